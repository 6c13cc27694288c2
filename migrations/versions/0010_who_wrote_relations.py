"""Who wrote the relations on a question last.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column. Where it is empty all relations are compared with those that stand."""
    op.add_column("question", sa.Column("related", Plain, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("question", "related")
