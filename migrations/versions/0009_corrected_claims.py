"""Which claim puts a corrected one right.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column. It fills as questions are compared."""
    op.add_column("claim", sa.Column("corrected_by", Plain))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("claim", "corrected_by")
