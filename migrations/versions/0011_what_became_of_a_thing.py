"""What was told of a thing last is found at once, so that the address of a claim that is gone can say so.

Revision ID: 0011
"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_event_subject_id_number", "event", ["subject_id", "number"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_event_subject_id_number", table_name="event")
