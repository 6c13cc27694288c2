"""What a person reads otherwise than the extractor did, and who.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns; decisions of other kinds have nothing there."""
    op.add_column("claim", sa.Column("read_by", Plain, nullable=False, server_default=""))
    for name in ("before", "after"):
        op.add_column("decision", sa.Column(name, sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("claim", "read_by")
    with op.batch_alter_table("decision") as batch:
        for name in ("before", "after"):
            batch.drop_column(name)
