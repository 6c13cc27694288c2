"""All that a step may touch: the store, the web, the language part, the encoder, the mail server and the clock."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from monitor.articles.visits import Visits
from monitor.domain.article import Article, Extracted, Reading
from monitor.domain.digest import Digest, Rendered
from monitor.domain.entry import ParsedFeed
from monitor.domain.ontology import Ontology
from monitor.domain.page import Page
from monitor.domain.unit import Units
from monitor.feeds.cadence import Rhythm
from monitor.feeds.parse import parse_feed
from monitor.pipeline.tellings import Tellings
from monitor.relations.verdicts import Verdicts
from monitor.storage.store import Store


class Encoder(Protocol):
    """Texts → unit vectors. `name` says by which weights and arithmetic, so that vectors of two are never mixed."""

    @property
    def name(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> list[bytes]: ...


class Web(Protocol):
    """One polite client for feeds and pages: the real one, or saved answers."""

    def get(
        self,
        url: str,
        *,
        kind: str = "page",
        etag: str | None = None,
        last_modified: str | None = None,
        login: tuple[str, str] | None = None,
        proxy: str | None = None,
    ) -> Page: ...

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
        """The answer to what is sent, if it was taken."""
        ...

    def rest(self, host: str) -> float:
        """Seconds until the host may be asked again, 0 if it may be asked now."""
        ...

    def keeping(self) -> AbstractContextManager[None]:
        """For work on what `get` brings inside: a large body takes up room to the end, and there is room for few."""
        ...


class Parse(Protocol):
    """The body of a feed → what it says. Raises FeedUnreadable."""

    def __call__(
        self, body: bytes, *, url: str, feed_id: str, content_type: str | None = None, now: datetime | None = None
    ) -> ParsedFeed: ...


@dataclass(frozen=True)
class Limits:
    """How much at once and how long: of the settings, what steps need.

    `attempts`: tries of one row before it is set aside. `retry`: wait before the second try, doubled from then on.
    `visits`: when pages are asked again. `languages`: those in which articles are read (ISO 639-1).
    `feeds_at_once`: asked at a time; `feeds_per_host`: of them at one host, between whose starts lies `host_pause`.
    """

    batch: int = 16
    lease: timedelta = timedelta(minutes=15)
    attempts: int = 5
    retry: timedelta = timedelta(minutes=10)
    article_characters: int = 600_000
    rhythm: Rhythm = field(default_factory=Rhythm)
    visits: Visits = field(default_factory=Visits)
    languages: tuple[str, ...] = ("en",)
    feeds_at_once: int = 32
    feeds_per_host: int = 2
    host_pause: timedelta = timedelta()


@dataclass(frozen=True)
class Post:
    """How a digest becomes a message and leaves. `send`: message, sender, recipient → the server's reply."""

    compose: Callable[[Digest], Rendered]
    send: Callable[[bytes, str, str], str]
    sender: str
    items: int = 30
    expires: timedelta = timedelta(hours=24)
    resend_unclear: bool = True


@dataclass(frozen=True)
class Hooks:
    """How webhooks are called. `public_url`: of the archive, in what they are told. `attempts`: tries of one message.

    `retry`: wait before the second try, four times as long before each next one, but never longer than `longest`.
    `mails`: whether a mail server is set; `mail_to`: who hears of a webhook that fails, where the watch is nobody's own.
    """

    public_url: str = ""
    attempts: int = 8
    retry: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=24)
    mails: bool = False
    mail_to: str = ""


@dataclass(frozen=True)
class Edges:
    """`read` gives for each article its reading, or the error that came instead. `owner` names this process in leases.

    `chance`: a number from 0 to 1, so that polls of many feeds spread out. `pages`: body, address and Content-Type → what
    a page yields; ArticleUnreadable.
    """

    store: Store
    web: Web
    fetchers: Executor
    pages: Callable[[bytes, str, str], Extracted]
    read: Callable[[Sequence[Article]], list[Reading | Exception]]
    encoder: Encoder
    post: Post
    ontology: Ontology
    units: Units
    now: Callable[[], datetime]
    chance: Callable[[], float]
    owner: str
    limits: Limits = Limits()
    parse: Parse = parse_feed
    verdicts: Verdicts = field(default_factory=Verdicts)
    tellings: Tellings = field(default_factory=Tellings)
    hooks: Hooks = Hooks()
