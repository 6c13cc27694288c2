"""How much a claim is worth a reader's attention.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; claims that are there have no worth until their article is read again."""
    op.add_column("claim", sa.Column("worth", sa.Double()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("claim", "worth")
