"""The id that a question would have by its claims, and the index that tells how far they reach.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column, and widen the index."""
    op.add_column("question", sa.Column("founded", Plain, nullable=False, server_default=""))
    op.drop_index("ix_claim_question_id", table_name="claim")
    columns = ["question_id", "published", "modality", "polarity"]
    op.create_index("ix_claim_question_id_published_modality_polarity", "claim", columns, unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_claim_question_id_published_modality_polarity", table_name="claim")
    op.create_index("ix_claim_question_id", "claim", ["question_id"], unique=False)
    op.drop_column("question", "founded")
