"""The first schema.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Plain = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TABLES = [
    "relation",
    "fingerprint_band",
    "dispute_event",
    "claim_vector",
    "question_block",
    "mention",
    "issue",
    "fingerprint",
    "fetch",
    "entry",
    "entity_name",
    "dispute",
    "claim",
    "watch",
    "subscriber",
    "question",
    "host",
    "feed",
    "event",
    "entity",
    "counter",
    "article",
    "address",
]


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "address",
        sa.Column("id", Plain, nullable=False),
        sa.Column("url", Plain, nullable=False),
        sa.Column("canonical_url", Plain, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_address"),
    )
    op.create_table(
        "article",
        sa.Column("id", Plain, nullable=False),
        sa.Column("url", Plain, nullable=False),
        sa.Column("canonical_url", Plain, nullable=False),
        sa.Column("page_id", Plain, nullable=False),
        sa.Column("title", Plain, nullable=False),
        sa.Column("text", Plain, nullable=False),
        sa.Column("publisher", Plain, nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_offset", sa.Integer(), nullable=True),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_offset", sa.Integer(), nullable=True),
        sa.Column("arrived", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", Plain, nullable=False),
        sa.Column("author", Plain, nullable=False),
        sa.Column("given_id", Plain, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin_id", Plain, nullable=True),
        sa.Column("is_latest", sa.Boolean(), nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", Plain, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
    )
    op.create_index("ix_article_moment_id", "article", ["moment", "id"], unique=False)
    op.create_index("ix_article_origin_id", "article", ["origin_id"], unique=False)
    op.create_index("ix_article_page_id_version", "article", ["page_id", "version"], unique=False)
    op.create_index("ix_article_state_published_id", "article", ["state", "published", "id"], unique=False)
    op.create_table(
        "counter",
        sa.Column("name", Plain, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "entity",
        sa.Column("id", Plain, nullable=False),
        sa.Column("name", Plain, nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("origin", Plain, nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entity"),
    )
    op.create_table(
        "event",
        sa.Column("number", Number, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("subject_id", Plain, nullable=False),
        sa.Column("detail", Plain, nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_event"),
    )
    op.create_table(
        "feed",
        sa.Column("id", Plain, nullable=False),
        sa.Column("url", Plain, nullable=False),
        sa.Column("fetch_url", Plain, nullable=False),
        sa.Column("title", Plain, nullable=False),
        sa.Column("publisher", Plain, nullable=False),
        sa.Column("added", sa.DateTime(timezone=True), nullable=True),
        sa.Column("etag", Plain, nullable=True),
        sa.Column("last_modified", Plain, nullable=True),
        sa.Column("status", Plain, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_poll", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_ok", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_new", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", Plain, nullable=False),
        sa.Column("next_poll", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_poll_reason", Plain, nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("interval_seconds", sa.Integer(), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_to", Plain, nullable=True),
        sa.Column("moved_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skip_hours", sa.Text(), nullable=False),
        sa.Column("skip_days", sa.Text(), nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
    )
    op.create_table(
        "host",
        sa.Column("name", Plain, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", Plain, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_host"),
    )
    op.create_table(
        "question",
        sa.Column("id", Plain, nullable=False),
        sa.Column("slug", Plain, nullable=False),
        sa.Column("subject", Plain, nullable=False),
        sa.Column("subject_id", Plain, nullable=True),
        sa.Column("metric", Plain, nullable=False),
        sa.Column("dimension", Plain, nullable=False),
        sa.Column("temper", Plain, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("period", Plain, nullable=True),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", Plain, nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", Plain, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
        sa.UniqueConstraint("slug", name="uq_question_slug"),
    )
    op.create_index("ix_question_moment_id", "question", ["moment", "id"], unique=False)
    op.create_index("ix_question_state_id", "question", ["state", "id"], unique=False)
    op.create_index("ix_question_subject_id", "question", ["subject_id"], unique=False)
    op.create_table(
        "subscriber",
        sa.Column("id", Plain, nullable=False),
        sa.Column("address", Plain, nullable=False),
        sa.Column("zone", Plain, nullable=False),
        sa.Column("at", Plain, nullable=False),
        sa.Column("token", Plain, nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("suspended_reason", Plain, nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("quiet", Plain, nullable=False),
        sa.Column("watches", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("token", name="uq_subscriber_token"),
    )
    op.create_table(
        "watch",
        sa.Column("id", Plain, nullable=False),
        sa.Column("name", Plain, nullable=False),
        sa.Column("query", Plain, nullable=False),
        sa.Column("owner", Plain, nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
    )
    op.create_table(
        "claim",
        sa.Column("id", Plain, nullable=False),
        sa.Column("article_id", Plain, nullable=False),
        sa.Column("where", Plain, nullable=False),
        sa.Column("quote", Plain, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("span", Plain, nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("subject", Plain, nullable=False),
        sa.Column("subject_id", Plain, nullable=True),
        sa.Column("subject_kind", Plain, nullable=False),
        sa.Column("metric", Plain, nullable=False),
        sa.Column("qualifiers", sa.Text(), nullable=False),
        sa.Column("unit", Plain, nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("low", sa.Text(), nullable=True),
        sa.Column("high", sa.Text(), nullable=True),
        sa.Column("date", Plain, nullable=True),
        sa.Column("approximation", Plain, nullable=False),
        sa.Column("direction", Plain, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("vague", sa.Boolean(), nullable=False),
        sa.Column("time", Plain, nullable=True),
        sa.Column("time_text", Plain, nullable=False),
        sa.Column("modality", Plain, nullable=False),
        sa.Column("polarity", Plain, nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("status", Plain, nullable=False),
        sa.Column("status_by", Plain, nullable=False),
        sa.Column("question_id", Plain, nullable=True),
        sa.Column("reader", Plain, nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", Plain, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_claim_article_id_article"),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_claim_question_id_question"),
        sa.PrimaryKeyConstraint("id", name="pk_claim"),
    )
    op.create_index("ix_claim_article_id", "claim", ["article_id"], unique=False)
    op.create_index("ix_claim_moment_id", "claim", ["moment", "id"], unique=False)
    op.create_index("ix_claim_question_id", "claim", ["question_id"], unique=False)
    op.create_index("ix_claim_state_published_article_id", "claim", ["state", "published", "article_id"], unique=False)
    op.create_table(
        "dispute",
        sa.Column("id", Plain, nullable=False),
        sa.Column("question_id", Plain, nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("title", Plain, nullable=False),
        sa.Column("positions", sa.Text(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("opened", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why_compared", Plain, nullable=False),
        sa.Column("could_explain", sa.Text(), nullable=False),
        sa.Column("gap", Plain, nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_dispute_question_id_question"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("question_id", name="uq_dispute_question_id"),
    )
    op.create_index("ix_dispute_changed_id", "dispute", ["changed", "id"], unique=False)
    op.create_table(
        "entity_name",
        sa.Column("name_id", Plain, nullable=False),
        sa.Column("entity_id", Plain, nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_entity_name_entity_id_entity", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name_id", "entity_id", name="pk_entity_name"),
    )
    op.create_index("ix_entity_name_entity_id", "entity_name", ["entity_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", Plain, nullable=False),
        sa.Column("feed_id", Plain, nullable=False),
        sa.Column("feed_url", Plain, nullable=False),
        sa.Column("guid", Plain, nullable=True),
        sa.Column("url", Plain, nullable=False),
        sa.Column("title", Plain, nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_offset", sa.Integer(), nullable=True),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_offset", sa.Integer(), nullable=True),
        sa.Column("author", Plain, nullable=False),
        sa.Column("summary", Plain, nullable=False),
        sa.Column("content", Plain, nullable=False),
        sa.Column("enclosures", sa.Text(), nullable=False),
        sa.Column("article_id", Plain, nullable=True),
        sa.Column("state", Plain, nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", Plain, nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_entry_article_id_article"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_entry_feed_id_feed"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_article_id", "entry", ["article_id"], unique=False)
    op.create_index("ix_entry_feed_id", "entry", ["feed_id"], unique=False)
    op.create_index("ix_entry_state_published_id", "entry", ["state", "published", "id"], unique=False)
    op.create_table(
        "fetch",
        sa.Column("number", Number, nullable=False),
        sa.Column("feed_id", Plain, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", Plain, nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("new_entries", sa.Integer(), nullable=False),
        sa.Column("bytes_read", sa.BigInteger(), nullable=False),
        sa.Column("error", Plain, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_fetch_feed_id_feed"),
        sa.PrimaryKeyConstraint("number", name="pk_fetch"),
    )
    op.create_index("ix_fetch_feed_id_number", "fetch", ["feed_id", "number"], unique=False)
    op.create_table(
        "fingerprint",
        sa.Column("article_id", Plain, nullable=False),
        sa.Column("origin_id", Plain, nullable=False),
        sa.Column("minima", sa.LargeBinary(), nullable=False),
        sa.Column("bands", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_fingerprint_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprint"),
    )
    op.create_table(
        "issue",
        sa.Column("id", Plain, nullable=False),
        sa.Column("subscriber_id", Plain, nullable=False),
        sa.Column("address", Plain, nullable=False),
        sa.Column("period", Plain, nullable=False),
        sa.Column("planned", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", Plain, nullable=False),
        sa.Column("text", Plain, nullable=False),
        sa.Column("html", Plain, nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("message_id", Plain, nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reply", Plain, nullable=False),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("cursor_from", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), nullable=False),
        sa.Column("owner", Plain, nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name="fk_issue_subscriber_id_subscriber"),
        sa.PrimaryKeyConstraint("id", name="pk_issue"),
        sa.UniqueConstraint("subscriber_id", "period", name="uq_issue_subscriber_id_period"),
    )
    op.create_index("ix_issue_state_planned", "issue", ["state", "planned"], unique=False)
    op.create_table(
        "mention",
        sa.Column("article_id", Plain, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entity_id", Plain, nullable=False),
        sa.Column("name", Plain, nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("where", Plain, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", Plain, nullable=False),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_mention_article_id_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name="fk_mention_entity_id_entity"),
        sa.PrimaryKeyConstraint("article_id", "place", name="pk_mention"),
    )
    op.create_index("ix_mention_entity_id", "mention", ["entity_id"], unique=False)
    op.create_table(
        "question_block",
        sa.Column("block", Plain, nullable=False),
        sa.Column("question_id", Plain, nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name="fk_question_block_question_id_question", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("block", "question_id", name="pk_question_block"),
    )
    op.create_index("ix_question_block_question_id", "question_block", ["question_id"], unique=False)
    op.create_table(
        "claim_vector",
        sa.Column("claim_id", Plain, nullable=False),
        sa.Column("model", Plain, nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_vector_claim_id_claim", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", name="pk_claim_vector"),
    )
    op.create_table(
        "dispute_event",
        sa.Column("id", Plain, nullable=False),
        sa.Column("dispute_id", Plain, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("state", Plain, nullable=False),
        sa.Column("by", Plain, nullable=False),
        sa.Column("reason", Plain, nullable=False),
        sa.Column("claim_ids", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_dispute_event_dispute_id_dispute"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_event"),
    )
    op.create_index("ix_dispute_event_dispute_id_place", "dispute_event", ["dispute_id", "place"], unique=False)
    op.create_table(
        "fingerprint_band",
        sa.Column("band", Plain, nullable=False),
        sa.Column("article_id", Plain, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["fingerprint.article_id"],
            name="fk_fingerprint_band_article_id_fingerprint",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("band", "article_id", name="pk_fingerprint_band"),
    )
    op.create_index("ix_fingerprint_band_article_id", "fingerprint_band", ["article_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("a", Plain, nullable=False),
        sa.Column("b", Plain, nullable=False),
        sa.Column("question_id", Plain, nullable=False),
        sa.Column("kind", Plain, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("reason", Plain, nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["a"], ["claim.id"], name="fk_relation_a_claim", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b"], ["claim.id"], name="fk_relation_b_claim", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name="fk_relation_question_id_question"),
        sa.PrimaryKeyConstraint("a", "b", name="pk_relation"),
    )
    op.create_index("ix_relation_b", "relation", ["b"], unique=False)
    op.create_index("ix_relation_question_id", "relation", ["question_id"], unique=False)
    op.execute("INSERT INTO counter (name, value) VALUES ('change', 0)")


def downgrade() -> None:
    """Drop all tables."""
    for table in TABLES:
        op.drop_table(table)
