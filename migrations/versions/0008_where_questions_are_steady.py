"""From which claim on a question reads as it does, and which claim first gave it a key.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns. Where they are empty the claims are asked."""
    op.add_column("question", sa.Column("steady", sa.Double()))
    op.add_column("question", sa.Column("last", sa.Double()))
    op.add_column("question_block", sa.Column("first", sa.Double()))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("question_block", "first")
    op.drop_column("question", "last")
    op.drop_column("question", "steady")
