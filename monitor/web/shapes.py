"""The objects of the API as its description promises them. Records are made in `app`; tests hold them against these."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.json_schema import SkipJsonSchema

from monitor.domain.claim import ClaimStatus, Modality, Polarity
from monitor.domain.dispute import DisputeState
from monitor.domain.quantity import Approximation, Direction
from monitor.domain.question import Temper
from monitor.domain.relation import RelationKind
from monitor.domain.source import SourceKind

T = TypeVar("T")
Absent = SkipJsonSchema[None]
"""Beside a type: the key is left out where there is nothing to say."""


def _without_defaults(schema: dict[str, Any]) -> None:
    for described in schema.get("properties", {}).values():
        described.pop("default", None)


class Shape(BaseModel):
    """Nothing but the keys that are described leaves."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_defaults)


class Page(Shape):
    """`next`: ask again with `cursor` set to this; null at the end."""

    next: str | None
    count: int
    count_is: Literal["exact", "at_least"]


class One(Shape, Generic[T]):
    data: T


class Many(Shape, Generic[T]):
    data: list[T]
    page: Page


class ClaimArticle(Shape):
    id: str
    url: str
    canonical_url: str | Absent = None
    version: int
    title: str
    publisher: str
    published: str | Absent = None


class Link(Shape):
    """A link of a source chain, nearest asserter first."""

    name: str | None
    label: str | Absent = None
    kind: SourceKind
    told: str | Absent = None


class Claim(Shape):
    """One statement of a figure or date with its evidence. Offsets count code points, half-open, in the stored text."""

    id: str
    article: ClaimArticle
    where: Literal["body", "title"]
    status: ClaimStatus
    quote: str
    start: int
    end: int
    span: str
    span_start: int
    span_end: int
    subject: str
    metric: str
    qualifiers: dict[str, str]
    value: int | float | str | Absent = None
    low: int | float | Absent = None
    high: int | float | Absent = None
    unit: str
    direction: Direction | Absent = None
    approximation: Approximation
    time: str | Absent = None
    time_text: str
    modality: Modality
    polarity: Polarity
    source_chain: list[Link]
    same_as: list[str] | Absent = None
    corrected_by: str | Absent = None
    origin: str | Absent = None
    question: str | Absent = None
    confidence: float
    worth: float | Absent = None
    printed: str
    reader: str
    read_by: str | Absent = None


class Marks(Shape):
    """Stretches of the quote, each a start and an end (half-open, in code points): its figure and the words asked for."""

    figure: list[int]
    words: list[list[int]]


class Hit(Claim):
    """`how` it was found: by its words, by its meaning alone (only similar), or both."""

    how: Literal["words", "meaning", "both"]
    marks: Marks


class FacetValue(Shape):
    value: str
    count: int


class Bar(Shape):
    period: str
    count: int


class Timeline(Shape):
    """How the claims lie in time; a claim of several steps counts in each."""

    step: Literal["day", "month", "year", "decade", "century"]
    bars: list[Bar]


class Found(Shape):
    data: list[Hit]
    page: Page
    facets: dict[str, list[FacetValue]]
    timelines: dict[str, Timeline]


class Relation(Shape):
    a: str
    b: str
    relation: RelationKind
    score: float
    question: str
    reason: str
    independent: bool


class Correction(Shape):
    """What a person read otherwise than the extractor. `before` and `after`: the fields that were changed, in words."""

    id: str
    at: str
    by: str
    note: str
    before: dict[str, str]
    after: dict[str, str]
    undone: str | None
    undone_by: str


class ClaimInFull(Claim):
    relations: list[Relation]
    corrections: list[Correction]


class Evidence(Shape):
    """Where a claim stands: the sentence in the stored copy of the version at hand. `sha256` is of the UTF-8 text."""

    article: str
    version: int
    where: Literal["body", "title"]
    quote: str
    start: int
    end: int
    span: str
    span_start: int
    span_end: int
    sha256: str
    changed_since: bool
    url: str
    permalink: str


class Article(Shape):
    id: str
    url: str
    canonical_url: str
    title: str
    publisher: str
    author: str
    published: str | None
    updated: str | None
    arrived: str
    language: str
    basis: str
    label: str | None
    label_reason: str | None
    date_note: str | None
    version: int
    latest: bool
    origin: str | None


class ArticleInFull(Article):
    text: str
    claims: list[Claim]


class Question(Shape):
    id: str
    slug: str
    subject: str
    metric: str
    scope: dict[str, str]
    dimension: str
    temper: Temper
    period: str | None
    claims: int


class Arithmetic(Shape):
    """What a claim's own sentence adds up or multiplies to its figure; `holds`: it comes out, rounding allowed."""

    claim: str
    equation: str
    holds: bool


class QuestionInFull(Question):
    claims: list[Claim]  # type: ignore[assignment]  # here the claims themselves, in lists their number
    relations: list[Relation]
    arithmetic: list[Arithmetic]


class Point(Shape):
    """A mark of a question's chart: one an origin and statement."""

    number: int
    claim: str
    at: str | None
    at_stated: bool
    printed: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    date: str | None
    unit: str
    approximation: Approximation
    modality: Modality
    position: int | None
    outlets: list[str]


class Position(Shape):
    label: str
    claims: list[str]
    origins: list[str]


class Dispute(Shape):
    id: str
    question: str
    state: DisputeState
    title: str
    positions: list[Position]
    origins: int
    opened: str
    changed: str
    stale: bool
    why_compared: str
    could_explain: list[str]
    gap: str


class DisputeEvent(Shape):
    """A step of a dispute's life. `by`: a person's name, or `rule`."""

    id: str
    at: str
    kind: str
    state: DisputeState
    by: str
    reason: str
    note: str
    claims: list[str]
    undoes: str | None


class DisputeInFull(Dispute):
    judgements: list[DisputeEvent]
    claims: list[Claim]
    relations: list[Relation]
    events: list[DisputeEvent]


class Entity(Shape):
    id: str
    name: str
    kind: str
    aliases: list[str]
    mentions: int
    origin: str


class EntityInFull(Entity):
    questions: list[Question]


class Source(Shape):
    """A publisher. `claims`: how many of its claims stand."""

    name: str
    claims: int


class Feed(Shape):
    id: str
    url: str
    fetch_url: str
    title: str
    publisher: str
    added: str | None
    status: str
    paused: bool
    condition: str
    said: str
    mend: str
    failures: int
    failing_since: str | None
    last_poll: str | None
    last_ok: str | None
    last_new: str | None
    last_error: str
    newest_entry: str | None
    entries_last_week: int
    entries_usual_week: float | None
    volume: str | None
    next_poll: str | None
    next_poll_reason: str
    interval_seconds: int | float | None
    skip_hours: list[int]
    skip_days: list[str]
    etag: str | None
    last_modified: str | None
    moved_to: str | None
    moved_since: str | None
    body_bytes: int
    bytes_saved: int
    has_login: bool
    proxy: str | None


class Move(Shape):
    at: str
    old: str
    new: str
    why: str


class Fetch(Shape):
    at: str
    status: str
    http_status: int | None
    condition: str | None
    new_entries: int
    bytes_read: int
    error: str


class FeedInFull(Feed):
    articles: int
    unread: dict[str, int]
    excerpts: dict[str, int]
    moves: list[Move]
    fetches: list[Fetch]


class SourceInFull(Shape):
    name: str
    claims_total: int
    feeds: list[Feed]
    claims: list[Claim]


class Finding(Shape):
    """A stored claim that a checked one meets. `likely`: how likely both are of one thing, where rules say no."""

    claim: Claim
    question: str
    relation: RelationKind | None
    why: str
    likely: float | Absent = None


class Checked(Shape):
    """A claim of a text that was given, and what the archive has on it. `left_out`: findings beyond those listed."""

    claim: Claim
    question: str | None
    agrees: list[Finding]
    disagrees: list[Finding]
    near: list[Finding]
    left_out: int


class WrongQuery(Shape):
    """Why a query is not understood. `position`: the character at which the trouble begins."""

    detail: str
    position: int


class Delivered(Shape):
    """How many messages to a webhook were taken, wait for another try, or were given up."""

    sent: int
    waiting: int
    failed: int


class Watch(Shape):
    """A saved query. `wrong`: it tells nothing. `hits`: claims that answer now. `webhook`: without its path.

    `owner`: the one reader it is for; the terminal alone tells it, and such a watch is not to be had here.
    """

    id: str
    name: str
    query: str
    threshold: str | None
    digest: bool
    webhook: str | None
    webhook_ended: str | None
    paused: bool
    added: str | None
    wrong: WrongQuery | None
    hits: int
    deliveries: Delivered
    owner: str | Absent = None


class SavedWatch(Watch):
    """`secret`: what messages to its webhook are signed with, as Standard Webhooks say; told this once."""

    secret: str | Absent = None


class Told(Shape):
    count: int
    count_is: Literal["exact", "at_least"]


class NewClaim(Claim):
    """`before`: the claim that was told before on the same question, from which the threshold counts."""

    before: str | Absent = None


class Preview(Shape):
    """What a watch would have brought: `hits` of any day, `hits_lately` and of them `told_lately` in the last `days`."""

    query: str
    days: int
    hits: int
    hits_lately: int
    told_lately: Told
    examples: list[NewClaim]


class WebhookAnswer(Shape):
    """What came of one try; `status` is null where there was no answer."""

    at: str
    status: int | None
    said: str


class Delivery(Shape):
    """A message to a webhook; its id is the same in every try."""

    id: str
    kind: str
    planned: str
    claims: int
    state: Literal["waiting", "claimed", "done", "set_aside"]
    next_try: str | None
    why: str | None
    answers: list[WebhookAnswer]


class Issue(Shape):
    """`to` and `reply` (of the mail server) are told at the terminal alone."""

    id: str
    period: str
    subject: str
    planned: str
    sent: str | None
    state: str
    to: str | Absent = None
    reply: str | Absent = None


class IssueInFull(Issue):
    text: str


class Event(Shape):
    number: int
    at: str
    kind: str
    id: str
    detail: str
    facts: dict[str, str]


class Summary(Shape):
    counts: dict[str, int]
    disputes: list[Dispute]
    claims: list[Claim]
    feeds_down: list[Feed]
    feeds_stale: list[Feed]


_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, why, and how to mend it."},
        "id": {"type": "string", "description": "The log of this service knows the problem by it."},
        "position": {"type": "integer", "description": "Of a query: the character at which the trouble begins."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "parameter": {"type": "string"},
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


def _problem(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/problem+json": {"schema": _PROBLEM}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: _problem("What was asked cannot be understood: the detail says which part."),
    404: _problem("Nothing has this address."),
    410: _problem("What had this address is gone: the detail says when, why, and where to look."),
    "default": _problem("Anything else that went wrong, in the same shape."),
}


def answers(shape: Any, status: int = 200) -> dict[str, Any]:
    """What the description of the API says of an address: the shape of its answer."""
    described = {status: {"model": shape, "description": "As asked."}, **PROBLEMS}
    return {"responses": described, "status_code": status}
