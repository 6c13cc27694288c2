"""All tables; constraint names follow one convention.

Ids come from content, so a second writing of the same thing meets the first. Rows that a step of the walk takes carry
the state of that work. Long texts such as addresses are never indexed themselves: PostgreSQL refuses index rows over
2,700 bytes; a hash of the text stands in an id column instead.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    true,
)

from monitor.storage.columns import Exact, Plain, Structured, UtcTime, Vector

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[str]:
    return Column("id", Plain, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Plain, nullable=False)


def _given(name: str) -> Column[str]:
    """A text that rows of an earlier revision lack."""
    return Column(name, Plain, nullable=False, server_default="")


def _to(target: str, name: str, *, nullable: bool = False, cascade: bool = False, key: bool = False) -> Column[str]:
    rule = ForeignKey(target, ondelete="CASCADE" if cascade else None)
    return Column(name, Plain, rule, nullable=nullable, primary_key=key)


def _told_time(name: str) -> tuple[Column[Any], Column[Any]]:
    """An instant, and the offset in seconds in which the source told it."""
    return Column(name, UtcTime), Column(f"{name}_offset", Integer)


def _work() -> tuple[Column[Any], ...]:
    """The state of the work on a row. The row is the truth; whoever drives a step asks it."""
    return (
        _text("state"),
        Column("owner", Plain),
        Column("lease_until", UtcTime),
        Column("attempts", Integer, nullable=False, default=0),
        Column("not_before", UtcTime),
        Column("why", Plain, nullable=False, default=""),
        Column("set_aside_at", UtcTime),
    )


feed = Table(
    "feed",
    metadata,
    _id(),
    _text("url"),
    _text("fetch_url"),
    _text("title"),
    _text("publisher"),
    Column("added", UtcTime),
    Column("etag", Plain),
    Column("last_modified", Plain),
    _text("status"),
    Column("failures", Integer, nullable=False),
    Column("last_poll", UtcTime),
    Column("last_ok", UtcTime),
    Column("last_new", UtcTime),
    _text("last_error"),
    Column("next_poll", UtcTime),
    _text("next_poll_reason"),
    Column("paused", Boolean, nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("interval_seconds", Integer),
    Column("failing_since", UtcTime),
    Column("moved_to", Plain),
    Column("moved_since", UtcTime),
    Column("skip_hours", Structured, nullable=False),
    Column("skip_days", Structured, nullable=False),
    Column("owner", Plain),
    Column("lease_until", UtcTime),
    _given("login"),
    _given("proxy"),
    Column("body_bytes", BigInteger, nullable=False, server_default="0"),
    Column("bytes_saved", BigInteger, nullable=False, server_default="0"),
    Column("moves", Structured, nullable=False, server_default="[]"),
    _given("cause"),
    Column("newest", UtcTime),
    Column("silence_seconds", Integer),
    Index(None, "next_poll"),
)

fetch = Table(
    "fetch",
    metadata,
    Column("number", Number, primary_key=True),
    _to("feed.id", "feed_id"),
    Column("at", UtcTime, nullable=False),
    _text("status"),
    Column("http_status", Integer),
    Column("new_entries", Integer, nullable=False),
    Column("bytes_read", BigInteger, nullable=False),
    _text("error"),
    _given("cause"),
    Index(None, "feed_id", "number"),
)

host = Table("host", metadata, Column("name", Plain, primary_key=True), Column("until", UtcTime), _text("why"))

robots = Table(
    "robots",
    metadata,
    Column("site", Plain, primary_key=True),
    Column("body", Plain),
    Column("until", UtcTime, nullable=False),
    _text("trouble"),
    Column("status", Integer),
)

article = Table(
    "article",
    metadata,
    _id(),
    _text("url"),
    _text("canonical_url"),
    _text("page_id"),  # hash of the canonical address
    _text("title"),
    _text("text"),
    _text("publisher"),
    *_told_time("published"),
    *_told_time("updated"),
    Column("arrived", UtcTime, nullable=False),
    Column("moment", UtcTime, nullable=False),  # published, else arrived: the order in which people read
    _text("language"),
    _text("author"),
    Column("given_id", Plain),
    Column("version", Integer, nullable=False),
    Column("origin_id", Plain),
    Column("is_latest", Boolean, nullable=False),
    *_work(),
    Column("basis", Plain, nullable=False, server_default="page"),
    _given("label"),
    _given("label_reason"),
    _given("date_note"),
    Index(None, "page_id", "version"),
    Index(None, "origin_id"),
    Index(None, "moment", "id"),
    Index(None, "state", "published", "id"),
)

address = Table(
    "address",
    metadata,
    _id(),  # hash of what all spellings of the address share
    _text("url"),
    _text("canonical_url"),
    Column("etag", Plain),
    Column("last_modified", Plain),
    Column("first_read", UtcTime),
    *_work(),
    Index(None, "state", "not_before", "id"),
)

fingerprint = Table(
    "fingerprint",
    metadata,
    _to("article.id", "article_id", cascade=True, key=True),
    _text("origin_id"),
    Column("minima", LargeBinary, nullable=False),  # unsigned 32-bit, little endian
    Column("bands", Structured, nullable=False),
)

fingerprint_band = Table(
    "fingerprint_band",
    metadata,
    Column("band", Plain, primary_key=True),  # hash of the band's key
    _to("fingerprint.article_id", "article_id", cascade=True, key=True),
    Index(None, "article_id"),
)

entry = Table(
    "entry",
    metadata,
    _id(),
    _to("feed.id", "feed_id"),
    _text("feed_url"),
    Column("guid", Plain),
    _text("url"),
    _text("title"),
    *_told_time("published"),
    *_told_time("updated"),
    _text("author"),
    _text("summary"),
    _text("content"),
    Column("enclosures", Structured, nullable=False),
    _to("article.id", "article_id", nullable=True),
    *_work(),
    _given("date_note"),
    _given("pdf"),
    Column("address_id", Plain),  # as in `address`, which has a row once the page was asked
    Index(None, "feed_id", "published"),
    Index(None, "article_id"),
    Index(None, "address_id"),
    Index(None, "state", "published", "id"),
)

entity = Table(
    "entity",
    metadata,
    _id(),
    _text("name"),
    _text("kind"),
    Column("aliases", Structured, nullable=False),  # given ones; those met in articles stand in `mention`
    _text("origin"),
    Column("seeded", Boolean, nullable=False),  # given by gazetteer or settings: articles do not rename it
)

entity_name = Table(
    "entity_name",
    metadata,
    Column("name_id", Plain, primary_key=True),  # hash of the name or alias in lower case
    _to("entity.id", "entity_id", cascade=True, key=True),
    Index(None, "entity_id"),
)

mention = Table(
    "mention",
    metadata,
    _to("article.id", "article_id", cascade=True, key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    _to("entity.id", "entity_id"),
    _text("name"),
    _text("kind"),
    _text("where"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("text"),
    Column("known", Boolean, nullable=False),
    Index(None, "entity_id"),
)

question = Table(
    "question",
    metadata,
    _id(),
    _text("slug"),
    _text("subject"),
    Column("subject_id", Plain),
    _text("metric"),
    _text("dimension"),
    _text("temper"),
    Column("scope", Structured, nullable=False),
    Column("period", Plain),
    Column("claims", Integer, nullable=False),  # current ones
    Column("moment", UtcTime),  # of its newest claim
    Column("merged_into", Plain),  # what persons decided: see `decision`
    Column("split_from", Plain),
    Column("is_joined", Boolean, nullable=False, server_default=false()),
    *_work(),
    _given("founded"),  # the id that its claims would give it, where it has kept an older one
    Column("steady", Double),  # ranks in the order of filing, see `domain/place.py`; empty: its claims say it
    Column("last", Double),
    _given("related"),  # the stamp of who wrote its relations last; empty: they may be any
    UniqueConstraint("slug"),
    Index(None, "subject_id"),
    Index(None, "moment", "id"),
    Index(None, "state", "id"),
)

question_block = Table(
    "question_block",
    metadata,
    Column("block", Plain, primary_key=True),  # hash of the block key
    _to("question.id", "question_id", cascade=True, key=True),
    Column("first", Double),  # rank of the first claim that gives the key; empty: it was given before `steady`
    Index(None, "question_id"),
)

claim = Table(
    "claim",
    metadata,
    _id(),
    _to("article.id", "article_id"),
    _text("where"),
    _text("quote"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("span"),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    _text("subject"),
    Column("subject_id", Plain),
    _text("subject_kind"),
    _text("metric"),
    Column("qualifiers", Structured, nullable=False),
    _text("unit"),
    Column("value", Exact),
    Column("low", Exact),
    Column("high", Exact),
    Column("date", Plain),
    _text("approximation"),
    Column("direction", Plain),
    Column("step", Exact, nullable=False),
    Column("vague", Boolean, nullable=False),
    Column("time", Plain),
    _text("time_text"),
    _text("modality"),
    _text("polarity"),
    Column("sources", Structured, nullable=False),
    Column("same_as", Structured, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("worth", Double),  # of claims of an earlier revision nobody knows it until they are read again
    _text("status"),
    _text("status_by"),  # empty: a rule of ours; else who set it
    Column("corrected_by", Plain),  # the claim that puts it right
    _to("question.id", "question_id", nullable=True),
    _text("reader"),
    _given("read_by"),  # who corrected the reading
    Column("published", UtcTime),  # as the article, for the order of the work
    Column("moment", UtcTime, nullable=False),  # as the article, for the order of pages
    *_work(),
    Index(None, "article_id"),
    Index(None, "question_id", "published", "modality", "polarity"),
    Index(None, "moment", "id"),
    Index(None, "state", "published", "article_id"),
)

claim_vector = Table(
    "claim_vector",
    metadata,
    _to("claim.id", "claim_id", cascade=True, key=True),
    _text("model"),
    Column("vector", Vector, nullable=False),
)

relation = Table(
    "relation",
    metadata,
    _to("claim.id", "a", cascade=True, key=True),
    _to("claim.id", "b", cascade=True, key=True),
    _to("question.id", "question_id"),
    _text("kind"),
    Column("score", Double, nullable=False),
    _text("reason"),
    Column("independent", Boolean, nullable=False),
    Index(None, "b"),
    Index(None, "question_id"),
)

dispute = Table(
    "dispute",
    metadata,
    _id(),
    _to("question.id", "question_id"),
    _text("state"),
    _text("title"),
    Column("positions", Structured, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("opened", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    _text("why_compared"),
    Column("could_explain", Structured, nullable=False),
    _text("gap"),
    UniqueConstraint("question_id"),
    Index(None, "changed", "id"),
)

dispute_event = Table(
    "dispute_event",
    metadata,
    _id(),
    _to("dispute.id", "dispute_id"),
    Column("place", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    _text("kind"),
    _text("state"),
    _text("by"),
    _text("reason"),
    Column("claim_ids", Structured, nullable=False),
    _given("note"),
    Column("undoes", Plain),
    Index(None, "dispute_id", "place"),
)

decision = Table(
    "decision",
    metadata,
    _id(),
    _text("kind"),
    Column("at", UtcTime, nullable=False),
    _text("by"),
    _text("note"),
    _text("question_id"),
    _text("into_id"),
    Column("before", Structured, nullable=False, server_default="{}"),  # of a correction: the fields as read
    Column("after", Structured, nullable=False, server_default="{}"),  # and as the person reads them
    Column("undone", UtcTime),
    _text("undone_by"),
    Index(None, "at", "id"),
)

decision_claim = Table(
    "decision_claim",
    metadata,
    _to("decision.id", "decision_id", cascade=True, key=True),
    Column("claim_id", Plain, primary_key=True),  # the claim may be gone when its article is read anew
    Index(None, "claim_id"),
)

counter = Table(
    "counter",
    metadata,
    Column("name", Plain, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    _text("kind"),
    _text("subject_id"),
    _text("detail"),
    Column("facts", Structured, nullable=False),
    Index(None, "subject_id", "number"),
)

watch = Table(
    "watch",
    metadata,
    _id(),
    _text("name"),
    _text("query"),
    _text("owner"),
    Column("removed", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False, server_default=false()),
    _given("threshold"),
    Column("digest", Boolean, nullable=False, server_default=true()),
    _given("webhook"),
    _given("secret"),
    _given("ended"),
    Column("added", UtcTime),
    Column("cursor", BigInteger, nullable=False, server_default="0"),
)

delivery = Table(
    "delivery",
    metadata,
    _id(),
    _to("watch.id", "watch_id"),
    _text("kind"),
    Column("planned", UtcTime, nullable=False),
    _text("body"),
    Column("hits", Integer, nullable=False),
    Column("answers", Structured, nullable=False),
    *_work(),
    Index(None, "watch_id", "planned"),
    Index(None, "state", "planned", "id"),
)

subscriber = Table(
    "subscriber",
    metadata,
    _id(),
    _text("address"),
    _text("zone"),
    _text("at"),
    _text("token"),
    Column("weekdays", Structured, nullable=False),
    Column("active", Boolean, nullable=False),
    _text("suspended_reason"),
    Column("cursor", BigInteger, nullable=False),
    _text("quiet"),
    Column("watches", Structured, nullable=False),
    UniqueConstraint("token"),
)

issue = Table(
    "issue",
    metadata,
    _id(),
    _to("subscriber.id", "subscriber_id"),
    _text("address"),
    _text("period"),
    Column("planned", UtcTime, nullable=False),
    Column("expires", UtcTime, nullable=False),
    _text("subject"),
    _text("text"),
    _text("html"),
    Column("message", LargeBinary, nullable=False),
    _text("message_id"),
    _text("state"),
    Column("attempts", Integer, nullable=False),
    _text("reply"),
    Column("sent", UtcTime),
    Column("counts", Structured, nullable=False),
    Column("cursor_from", BigInteger, nullable=False),  # where the subscriber stood before this issue
    Column("cursor", BigInteger, nullable=False),
    Column("owner", Plain),
    Column("lease_until", UtcTime),
    Column("not_before", UtcTime),
    UniqueConstraint("subscriber_id", "period"),
    Index(None, "state", "planned"),
)
