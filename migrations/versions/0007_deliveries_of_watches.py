"""Watches that can be paused, have a threshold and call a webhook; what was delivered, with every answer.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
COLUMNS = ("cursor", "added", "ended", "secret", "webhook", "digest", "threshold", "paused")


def upgrade() -> None:
    """Add the columns and the table. Watches that are there call nothing and stay in the digest."""
    op.add_column("watch", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("watch", sa.Column("threshold", Plain, nullable=False, server_default=""))
    op.add_column("watch", sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.true()))
    for name in ("webhook", "secret", "ended"):
        op.add_column("watch", sa.Column(name, Plain, nullable=False, server_default=""))
    op.add_column("watch", sa.Column("added", sa.DateTime(timezone=True)))
    op.add_column("watch", sa.Column("cursor", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "delivery",
        sa.Column("id", Plain, nullable=False),
        sa.Column("watch_id", Plain, nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", Plain, nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("owner", Plain),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("why", Plain, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["watch_id"], ["watch.id"], name="fk_delivery_watch_id_watch"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_watch_id_planned", "delivery", ["watch_id", "planned"], unique=False)
    op.create_index("ix_delivery_state_planned_id", "delivery", ["state", "planned", "id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("delivery")
    for name in COLUMNS:
        op.drop_column("watch", name)
