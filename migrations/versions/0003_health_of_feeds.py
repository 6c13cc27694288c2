"""Why a feed fails, how long it may be silent, and how much it brings a week.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns, and the index by which the entries of a feed are counted."""
    for table in ("feed", "fetch"):
        op.add_column(table, sa.Column("cause", Plain, nullable=False, server_default=""))
    op.add_column("feed", sa.Column("newest", sa.DateTime(timezone=True)))
    op.add_column("feed", sa.Column("silence_seconds", sa.Integer()))
    op.drop_index("ix_entry_feed_id", table_name="entry")
    op.create_index("ix_entry_feed_id_published", "entry", ["feed_id", "published"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_entry_feed_id_published", table_name="entry")
    op.create_index("ix_entry_feed_id", "entry", ["feed_id"], unique=False)
    op.drop_column("feed", "silence_seconds")
    op.drop_column("feed", "newest")
    for table in ("fetch", "feed"):
        op.drop_column(table, "cause")
