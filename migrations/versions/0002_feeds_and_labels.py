"""What is remembered of a feed's exchanges, of robots.txt, of what an article's text was taken from and of odd dates.

Revision ID: 0002
"""

import base64
import hashlib
import re

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
    "entry": (("date_note", Plain, ""), ("pdf", Plain, "")),
    "address": (("state", Plain, "done"), ("attempts", sa.Integer(), "0"), ("why", Plain, "")),
}
OPEN: dict[str, tuple[tuple[str, sa.types.TypeEngine], ...]] = {
    "entry": (("address_id", Plain),),
    "address": (
        ("etag", Plain),
        ("last_modified", Plain),
        ("first_read", sa.DateTime(timezone=True)),
        ("owner", Plain),
        ("lease_until", sa.DateTime(timezone=True)),
        ("not_before", sa.DateTime(timezone=True)),
        ("set_aside_at", sa.DateTime(timezone=True)),
    ),
}
"""Columns that may be empty."""

SPELLING = re.compile(r"\Ahttps?://(?:www\.)?(?=[^/?#:]+(?:/|\Z))")


def upgrade() -> None:
    """Add the columns, the index by which due feeds are found, and the table of what sites let robots read."""
    for table, columns in COLUMNS.items():
        for name, kind, default in columns:
            op.add_column(table, sa.Column(name, kind, nullable=False, server_default=default))
    for table, open_columns in OPEN.items():
        for name, kind in open_columns:
            op.add_column(table, sa.Column(name, kind))
    op.create_index("ix_feed_next_poll", "feed", ["next_poll"], unique=False)
    op.create_index("ix_entry_address_id", "entry", ["address_id"], unique=False)
    op.create_index("ix_address_state_not_before_id", "address", ["state", "not_before", "id"], unique=False)
    op.create_table(
        "robots",
        sa.Column("site", Plain, nullable=False),
        sa.Column("body", Plain),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trouble", Plain, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.PrimaryKeyConstraint("site", name="pk_robots"),
    )
    name_pages(SPELLING)


def downgrade() -> None:
    """Drop them."""
    name_pages(None)
    op.drop_table("robots")
    op.drop_index("ix_address_state_not_before_id", table_name="address")
    op.drop_index("ix_entry_address_id", table_name="entry")
    op.drop_index("ix_feed_next_poll", table_name="feed")
    for table, open_columns in OPEN.items():
        for name, _ in open_columns:
            op.drop_column(table, name)
    for table, columns in COLUMNS.items():
        for name, _, _ in columns:
            op.drop_column(table, name)


def name_pages(spelling: re.Pattern[str] | None) -> None:
    """Give versions whose address begins with http or www the page of its https twin (None: one of their own again)."""
    table = sa.table("article", sa.column("id"), sa.column("canonical_url"), sa.column("page_id"))
    connection = op.get_bind()
    some = table.c.canonical_url.like("http://%") | table.c.canonical_url.like("https://www.%")
    for row in connection.execute(sa.select(table.c.id, table.c.canonical_url).where(some)).all():
        key = spelling.sub("https://", row.canonical_url) if spelling else row.canonical_url
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:10]
        page_id = f"page-{base64.b32encode(digest).decode().lower()}"
        connection.execute(table.update().where(table.c.id == row.id).values(page_id=page_id))
