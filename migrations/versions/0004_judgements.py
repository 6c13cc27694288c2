"""What people decide: steps of disputes with notes, questions merged and split, claims rejected.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns and the tables."""
    op.add_column("dispute_event", sa.Column("note", Plain, nullable=False, server_default=""))
    op.add_column("dispute_event", sa.Column("undoes", Plain))
    op.add_column("question", sa.Column("merged_into", Plain))
    op.add_column("question", sa.Column("split_from", Plain))
    op.add_column("question", sa.Column("is_joined", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "decision",
        sa.Column("id", Plain, nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", Plain, nullable=False),
        sa.Column("note", Plain, nullable=False),
        sa.Column("question_id", Plain, nullable=False),
        sa.Column("into_id", Plain, nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True)),
        sa.Column("undone_by", Plain, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_at_id", "decision", ["at", "id"], unique=False)
    op.create_table(
        "decision_claim",
        sa.Column("decision_id", Plain, nullable=False),
        sa.Column("claim_id", Plain, nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name="fk_decision_claim_decision_id_decision", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("decision_id", "claim_id", name="pk_decision_claim"),
    )
    op.create_index("ix_decision_claim_claim_id", "decision_claim", ["claim_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_table("decision_claim")
    op.drop_table("decision")
    op.drop_column("question", "is_joined")
    op.drop_column("question", "split_from")
    op.drop_column("question", "merged_into")
    op.drop_column("dispute_event", "undoes")
    op.drop_column("dispute_event", "note")
