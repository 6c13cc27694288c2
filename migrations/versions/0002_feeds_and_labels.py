"""What is remembered of a feed's exchanges, of robots.txt, of what an article's text was taken from and of odd dates.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

COLUMNS: dict[str, tuple[tuple[str, sa.types.TypeEngine, str], ...]] = {
    "feed": (
        ("login", Plain, ""),
        ("proxy", Plain, ""),
        ("body_bytes", sa.BigInteger(), "0"),
        ("bytes_saved", sa.BigInteger(), "0"),
        ("moves", sa.Text(), "[]"),
    ),
    "article": (("basis", Plain, "page"), ("label", Plain, ""), ("label_reason", Plain, ""), ("date_note", Plain, "")),
    "entry": (("date_note", Plain, ""),),
}


def upgrade() -> None:
    """Add the columns, the index by which due feeds are found, and the table of what sites let robots read."""
    for table, columns in COLUMNS.items():
        for name, kind, default in columns:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    op.create_index("ix_feed_next_poll", "feed", ["next_poll"], unique=False)
    op.create_table(
        "robots",
        sa.Column("site", Plain, nullable=False),
        sa.Column("body", Plain),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", Plain, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.PrimaryKeyConstraint("site", name="pk_robots"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("robots")
    op.drop_index("ix_feed_next_poll", table_name="feed")
    for table, columns in COLUMNS.items():
        for name, _, _ in columns:
            op.drop_column(table, name)
