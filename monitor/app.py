"""Settings → the parts, put together: the only place that knows them all.

Parts are built when they are first needed, so that `monitor --help` and `monitor feeds` start without torch. What the
commands and the pages do with them are the methods of App.
"""

import os
import random
import re
import secrets
import socket
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.digest import Digest, Issue, MailState, Rendered, Subscriber
from monitor.domain.entity import Entity
from monitor.domain.feed import Feed, FetchLine
from monitor.domain.gold import Gold
from monitor.domain.ids import content_id
from monitor.domain.ontology import Ontology
from monitor.domain.question import Metric, Temper
from monitor.domain.relation import Told
from monitor.domain.search import Found, Query
from monitor.domain.unit import Units
from monitor.domain.watch import Watch
from monitor.domain.work import SetAside
from monitor.errors import AssetsWrong, MailDeferred, NotFound, RecordWrong, SettingsWrong

if TYPE_CHECKING:
    from monitor.interchange import Record
    from monitor.pipeline.edges import Edges, Limits, Post
    from monitor.pipeline.ingest import Intake, Taken
    from monitor.pipeline.pool import Readers
    from monitor.pipeline.relate import Related
    from monitor.pipeline.report import Sent
    from monitor.pipeline.walk import Done
    from monitor.quality import Fallen, Measured
    from monitor.settings import Settings
    from monitor.storage.store import Store
    from monitor.tasks.inline import Progress
    from monitor.tasks.timetable import Timetable

KINDS = ("entry", "article", "claim", "question")
GOLD = ("articles.jsonl", "claims.jsonl", "pairs.jsonl", "negatives.jsonl")
EXPORTS = ("entries", "articles", "entities", "claims", "relations")
_HISTORY_FOR_NEW_READERS = 5000


@dataclass(frozen=True)
class Trouble:
    """Something that does not work as it should: a feed, a subscriber, or an issue of the digest, and why."""

    kind: str
    name: str
    why: str


@dataclass(frozen=True)
class Health:
    """How the service is. `work`: kind of row → state → how many."""

    counts: dict[str, int]
    feeds_ok: int
    feeds_failed: int
    feeds_waiting: int
    feeds_paused: int
    last_poll: datetime | None
    work: dict[str, dict[str, int]]
    set_aside: list[SetAside]
    mail: dict[str, int]
    troubles: list[Trouble]


@dataclass
class Polled:
    """What came of asking feeds. `held`: not asked, as their servers want. `failed`: feeds as they are after it."""

    asked: int = 0
    ok: int = 0
    unchanged: int = 0
    held: int = 0
    failed: list[Feed] = field(default_factory=list)
    entries: int = 0
    walked: "dict[str, Done]" = field(default_factory=dict)


FeedTold = Callable[[Feed, FetchLine], None]
"""Hears of each feed as it answers."""


class App:
    """The service over one database. Close it when done. Safe to share between threads."""

    def __init__(
        self, settings: "Settings", config: Path | None = None, *, now: Callable[[], datetime] | None = None
    ) -> None:
        self.settings, self.config = settings, config
        self._now = now or _present
        self.version = version("claim-monitor")
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._building = threading.RLock()
        self._encoder: Any = None
        self.reading_alone = settings.models.in_process_articles

    # Parts ---------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The present instant, UTC; the moment that a replay has reached, where one was given."""
        return self._now()

    @property
    def database_url(self) -> str:
        """The address of the database in use."""
        from monitor.settings import database_url

        return database_url(self.settings, self.config)

    @property
    def shown_database_url(self) -> str:
        """The same without a password."""
        return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", self.database_url)

    @property
    def data_folder(self) -> Path:
        """Where the database lies, where it is a file."""
        from monitor.settings import data_folder

        return data_folder(self.settings, self.config)

    def revisions(self) -> tuple[str | None, str]:
        """The revision the database is at (None: it is empty), and the one this program works with."""
        from monitor import assets
        from monitor.storage.engine import open_engine
        from monitor.storage.upgrade import current_revision, newest_revision

        path = Path(self.database_url.removeprefix("sqlite:///"))
        newest = newest_revision(assets.migrations())
        if self.database_url.startswith("sqlite:///") and not path.exists():
            return None, newest  # asking would create the file
        engine = open_engine(self.database_url)
        try:
            return current_revision(engine), newest
        finally:
            engine.dispose()

    @property
    def base_url(self) -> str:
        """The public address of the archive, without a slash at its end."""
        web = self.settings.web
        host = f"[{web.host}]" if ":" in web.host else web.host
        return (web.base_url or f"http://{host}:{web.port}").rstrip("/")

    @cached_property
    def store(self) -> "Store":
        """The database, brought to the newest revision, the seeds of the settings merged in."""
        from monitor import assets
        from monitor.storage.engine import open_engine
        from monitor.storage.store import Store
        from monitor.storage.upgrade import upgrade

        with self._building:
            self._make_folder()
            engine = open_engine(self.database_url)
            upgrade(engine, assets.migrations())
            store = Store(engine, self.units)
            self._release_dead(store)
            self._merge_seeds(store)
            return store

    def _make_folder(self) -> None:
        if not self.database_url.startswith("sqlite:///"):
            return
        folder = Path(self.database_url.removeprefix("sqlite:///")).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            mend = "Set data_folder or database_url to a place that can be written."
            raise SettingsWrong(f"Cannot make the folder {folder}", why=error.strerror or "", mend=mend) from error

    def _release_dead(self, store: "Store") -> None:
        """Give back what processes of this machine held that are no more."""
        import psutil

        for owner in store.work.owners():
            host, _, rest = owner.partition(":")
            process = rest.partition(":")[0]
            if host == socket.gethostname() and process.isdigit() and not psutil.pid_exists(int(process)):
                store.work.release(owner)

    def _merge_seeds(self, store: "Store") -> None:
        settings = self.settings
        with store.transaction():
            for feed in settings.feeds:
                store.feeds.merge_seed(self._feed(feed.url, feed.title, feed.publisher))
            for watch in settings.watches:
                store.watches.merge_seed(Watch(content_id("wat", watch.name, ""), watch.name, watch.query))
            store.entities.merge_seed(self._entities())

    def _entities(self) -> list[Entity]:
        return [
            Entity(content_id("ent", one.name.lower()), one.name, one.kind, one.aliases, "config")
            for one in self.settings.entities
        ]

    def _feed(self, url: str, title: str = "", publisher: str = "") -> Feed:
        return Feed(content_id("feed", url), url, url, title, publisher, added=self.now())

    @cached_property
    def units(self) -> Units:
        """The table of units."""
        from monitor.units import load_units

        return load_units(_asset("ontology", "units.toml"))

    @cached_property
    def ontology(self) -> Ontology:
        """What is known of metrics, with those of the settings before those of the distribution."""
        from monitor.metrics import load_ontology

        known = load_ontology(_asset("ontology", "metrics.toml"), _asset("ontology", "comparing.toml"))
        own = tuple(
            Metric(one.name, Temper(one.temper), one.dimension, one.synonyms, one.period_bound)
            for one in self.settings.metrics
        )
        return replace(known, metrics=own + known.metrics) if own else known

    @cached_property
    def web(self) -> Any:
        """The polite client."""
        from monitor.fetch.client import Client

        fetch = self.settings.fetch
        return Client(
            version=self.version,
            contact=fetch.contact,
            allow_networks=fetch.allow_networks,
            pause_per_host_seconds=fetch.pause_per_host_seconds,
            connect_seconds=fetch.connect_seconds,
            exchange_seconds=fetch.timeout_seconds,
            feed_wire_bytes=fetch.feed_limit_bytes,
            feed_body_bytes=fetch.feed_limit_bytes * fetch.unpacked_times,
            page_wire_bytes=fetch.page_limit_bytes,
            page_body_bytes=fetch.page_limit_bytes * fetch.unpacked_times,
            redirects=fetch.redirects,
            obey_robots=fetch.robots,
        )

    @cached_property
    def fetchers(self) -> Executor:
        """Threads that wait for servers."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self.settings.fetch.connections, thread_name_prefix="fetch")

    @cached_property
    def readers(self) -> "Readers":
        """The language part, here and in other processes."""
        from functools import partial

        from monitor import assets
        from monitor.pipeline.pool import Readers

        models = self.settings.models
        build = partial(build_reader, assets.models(), models.pipeline, tuple(self._entities()), self.units)
        return Readers(
            build,
            processes=models.processes,
            alone=self.reading_alone,
            seconds=models.seconds_per_article,
        )

    def encoder(self) -> Any:
        """The sentence encoder, loaded."""
        # Read when the libraries are imported: nothing is asked of a model hub, and no bar is drawn while loading.
        for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_PROGRESS_BARS"):
            os.environ.setdefault(name, "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from monitor.embeddings.encode import Encoder

        with self._building:
            if self._encoder is None:
                self._encoder = Encoder(self.settings.models.device, self.settings.models.batch)
            return self._encoder

    def query_vector(self, text: str) -> bytes | None:
        """The vector of a query; None where the encoder is not loaded: a search does not wait for it."""
        if self._encoder is None or not text.strip():
            return None
        vector: bytes = self._encoder.encode([text])[0]
        return vector

    @cached_property
    def mailer(self) -> Any:
        """The mail server of the settings. MailDeferred where none is set."""
        from monitor.mail import Mailer

        smtp = self.settings.smtp
        if not smtp.host:
            raise MailDeferred(
                "Cannot send mail", why="smtp.host is empty", mend="Set the [smtp] section of config.toml."
            )
        return Mailer(
            smtp.host,
            smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=smtp.password,
            timeout_seconds=smtp.timeout_seconds,
        )

    @cached_property
    def edges(self) -> "Edges":
        """All that the steps touch."""
        from monitor.pipeline.edges import Edges

        return Edges(
            store=self.store,
            web=_Lazy(lambda: self.web),
            fetchers=self.fetchers,
            read=self._read,
            encoder=_Lazy(self.encoder),
            post=self._post(),
            ontology=self.ontology,
            units=self.units,
            now=self.now,
            chance=random.random,
            owner=self.owner,
            limits=self._limits(),
        )

    def use_port(self, port: int) -> None:
        """Note the port on which the archive really listens, so that addresses in mails are right."""
        self.settings = self.settings.model_copy(update={"web": self.settings.web.model_copy(update={"port": port})})

    def load_reader(self) -> None:
        """Load the language part in this process. AssetsWrong where it cannot be."""
        self.readers.load()

    def stop_reading(self) -> None:
        """Leave articles that are being read; nothing of them is written."""
        if "readers" in self.__dict__:
            self.readers.stop()

    def site(self) -> Any:
        """The archive as an ASGI application."""
        from monitor.web.site import create

        return create(self)

    def timetable(self, *, told: "FeedTold", first: "Callable[[Polled], None]", stopping: threading.Event) -> "Timetable":
        """All that the service does by itself. `first` hears of the first round of feeds; `stopping` ends long work."""
        from monitor.tasks.timetable import Tick, Timetable

        schedule = self.settings.schedule
        rounds = _Rounds(self, told, first)
        ticks = [
            Tick("poll", timedelta(seconds=schedule.poll_tick_seconds), rounds.poll),
            Tick("walk", timedelta(seconds=schedule.walk_tick_seconds), lambda: self.drain(stopped=stopping.is_set)),
            Tick("digest", timedelta(seconds=schedule.digest_tick_seconds), self.plan_digests),
            Tick("mail", timedelta(seconds=schedule.mail_tick_seconds), self.send_mail),
        ]
        if self.settings.web.meaning:
            threading.Thread(target=self.encoder, daemon=True, name="encoder").start()
        return Timetable(ticks)

    def _read(self, articles: Sequence[Article]) -> list[Reading | Exception]:
        return self.readers(articles)

    def _limits(self) -> "Limits":
        from monitor.feeds.cadence import Rhythm
        from monitor.pipeline.edges import Limits

        limits, fetch = self.settings.limits, self.settings.fetch
        shortest, longest = timedelta(seconds=fetch.min_interval_seconds), timedelta(seconds=fetch.max_interval_seconds)
        return Limits(
            batch=limits.batch,
            lease=timedelta(minutes=limits.lease_minutes),
            attempts=limits.attempts,
            retry=timedelta(minutes=limits.retry_minutes),
            article_characters=limits.article_characters,
            rhythm=Rhythm(shortest=shortest, longest=max(longest, shortest)),
        )

    def _post(self) -> "Post":
        from email.utils import parseaddr

        from monitor.pipeline.edges import Post

        return Post(
            compose=self._compose,
            send=lambda message, sender, recipient: str(self.mailer.send(message, sender, recipient)),
            sender=parseaddr(self.settings.smtp.sender)[1],
            items=self.settings.digest.items,
            expires=timedelta(hours=self.settings.digest.expires_hours),
            resend_unclear=self.settings.smtp.unclear == "resend",
        )

    @cached_property
    def _renderer(self) -> Any:
        from monitor.digest.render import Renderer

        return Renderer(public_url=self.base_url, name=self.settings.digest.title)

    def _compose(self, digest: Digest) -> Rendered:
        from monitor.digest.message import compose

        sender, name = self.settings.smtp.sender, self.settings.digest.title
        return compose(self._renderer.render(digest), digest, sender=sender, public_url=self.base_url, list_name=name)

    def close(self) -> None:
        """Give back rows, connections and processes."""
        built = self.__dict__
        if "readers" in built:
            self.readers.close()
        if "fetchers" in built:
            self.fetchers.shutdown(wait=False, cancel_futures=True)
        if "web" in built:
            self.web.close()
        if "mailer" in built:
            self.mailer.close()
        if "store" in built:
            self.store.work.release(self.owner)
            self.store.close()

    # Use cases: in and out -------------------------------------------------------------------------------------------

    def ingest(self, places: Sequence[str], *, progress: "Progress | None" = None) -> "tuple[Taken, dict[str, Done]]":
        """Take in files (JSON Lines, text, HTML), addresses and `-` (standard input), then walk until all is done."""
        from monitor.pipeline.ingest import Intake

        intake = Intake(self.edges)
        for place in places:
            try:
                self._take(intake, place)
            except RecordWrong as error:
                intake.taken.records += 1
                intake.taken.wrong.append((place, error))
        return intake.taken, self.drain(progress=progress)

    def _take(self, intake: "Intake", place: str) -> None:
        if place == "-":
            intake.lines("standard input", sys.stdin.buffer)
        elif place.lower().startswith(("http://", "https://")):
            intake.address(place)
        elif place.lower().endswith((".txt", ".md", ".html", ".htm")):
            intake.record(place, _record_of_file(Path(place)))
        else:
            with _opened(Path(place)) as lines:
                intake.lines(place, lines)

    def drain(
        self, *, progress: "Progress | None" = None, stopped: Callable[[], bool] = lambda: False
    ) -> "dict[str, Done]":
        """Run the walk until nothing waits that can be done now."""
        from monitor.tasks.inline import drain

        return drain(self.edges, progress=progress, stopped=stopped)

    def retry(self, kinds: Sequence[str] = KINDS, *, progress: "Progress | None" = None) -> "tuple[int, dict[str, Done]]":
        """Let rows that were set aside wait again, and walk. How many they were, and what came of it."""
        again = sum(self.store.work.again(kind) for kind in kinds)
        return again, self.drain(progress=progress)

    def export(self, kind: str, since: date | None = None) -> Generator[str, None, None]:
        """Lines of the interchange format, of one moment. `kind`: one of EXPORTS. Close it if you leave it early."""
        from monitor.pipeline.export import EXPORTS as KINDS_OF_LINES

        with self.store.snapshot():
            yield from KINDS_OF_LINES[kind](self.store, since)

    def claim_line(self, claim: Claim, article: Article) -> str:
        """A claim as a line of the interchange format."""
        from monitor.interchange import claim_line

        return claim_line(claim, article)

    def extract(self, place: str) -> tuple[Article, list[Claim]]:
        """The claims of one file or address, with nothing stored."""
        article = self._article_at(place)
        reading = self.readers([article])[0]
        if isinstance(reading, Exception):
            raise reading
        return article, list(reading.claims)

    def _article_at(self, place: str) -> Article:
        from monitor.pipeline.collect import article_of_page
        from monitor.pipeline.ingest import article_of_record

        limit = self.settings.limits.article_characters
        if place.lower().startswith(("http://", "https://")):
            return article_of_page(self.edges, self.web.get(place, kind="page"), None, None)
        record = _record_of_text("standard input", sys.stdin.read()) if place == "-" else _record_of_file(Path(place))
        return article_of_record(record, arrived=self.now(), characters=limit)

    def relate(self, lines: Iterable[bytes]) -> "Related":
        """Claims as lines → relations as lines, sorted, with nothing stored."""
        from monitor.pipeline.relate import relate_lines

        return relate_lines(lines, self.ontology, self.units, self.now())

    def gold_parts(self, folder: Path) -> list[Path]:
        """The folder itself where it holds a gold set, else those below it that do, by name."""
        below = sorted(path.parent for path in folder.glob(f"*/{GOLD[0]}"))
        return below if below and not (folder / GOLD[0]).exists() else [folder]

    def evaluate(self, gold: Path, *, progress: "Progress | None" = None) -> "Measured":
        """What this service finds in the articles of a gold set, measured; on a database of its own. RecordWrong."""
        from tempfile import TemporaryDirectory

        from monitor.quality import measure

        wanted = _gold_of_folder(gold)
        with TemporaryDirectory() as folder:
            own = {"database_url": f"sqlite:///{folder}/gold.db", "feeds": (), "watches": ()}
            trial = App(self.settings.model_copy(update=own), self.config, now=self._now)
            try:
                trial.ingest([str(gold / "articles.jsonl")], progress=progress)
                homes = {article.id: article for article in trial.store.articles.all()}
                found = [Told(claim, homes[claim.article_id]) for claim in trial.store.claims.all()]
                relations = [relation for relation, _ in trial.store.relations.all()]
            finally:
                trial.close()
        return measure(wanted, found, relations, self.ontology, self.units)

    def fallen(self, measured: "Measured", gold: Path, pinned: Path) -> "list[Fallen]":
        """The scores that are worse than pinned for this gold set. AssetsWrong where they are pinned for another."""
        from monitor.quality import checksum, fallen, load_pins

        pins = load_pins("".join(line.decode("utf-8") for line in _lines_of(pinned)), gold.resolve().name)
        found = checksum(b"".join(_lines_of(gold / name)) for name in GOLD)
        if found != pins.checksum:
            mend = "Measure it, and write its checksum and scores into that file, saying why in the commit."
            why = f"the scores are pinned for another gold set; the checksum of this one is {found}"
            raise AssetsWrong(f"Cannot judge {gold} by {pinned}", why=why, mend=mend)
        return fallen(measured.scores, pins)

    # Use cases: feeds ------------------------------------------------------------------------------------------------

    def add_feed(self, url: str, title: str = "", publisher: str = "") -> tuple[Feed, bool]:
        """The feed of this address, and whether it is new or back. RecordWrong for what is no address."""
        address = url.strip()
        if not re.fullmatch(r"https?://[^\s/]+\S*", address, re.IGNORECASE):
            mend = "Give the whole address, such as https://example.org/feed.xml."
            raise RecordWrong(f"Cannot add {address[:100]!r}", why="it is no http address", mend=mend)
        feed = self._feed(address, title, publisher)
        new = self.store.feeds.add(feed)
        return self.store.feeds.get(feed.id), new

    def find_feed(self, name: str) -> Feed:
        """The feed with this id, address, or the only one whose address or title holds these words. NotFound."""
        feeds = self.store.feeds.list()
        exact = [feed for feed in feeds if name in (feed.id, feed.url)]
        near = [feed for feed in feeds if name.lower() in f"{feed.url} {feed.title} {feed.publisher}".lower()]
        found = exact or near
        if len(found) == 1:
            return found[0]
        why = "no feed has this id, address or title" if not found else f"{len(found)} feeds match"
        raise NotFound(f"Cannot tell which feed {name!r} is", why=why, mend="`monitor feeds list` shows them all.")

    def pause_feed(self, feed_id: str, paused: bool) -> None:
        """Stop asking a feed, or ask it again."""
        self.store.feeds.pause(feed_id, paused)

    def remove_feed(self, feed_id: str) -> None:
        """Never ask this feed again; what it brought stays."""
        self.store.feeds.remove(feed_id)

    def poll(
        self,
        feed_ids: Sequence[str] | None = None,
        *,
        told: FeedTold | None = None,
        progress: "Progress | None" = None,
        walk: bool = True,
    ) -> Polled:
        """Ask these feeds (None: all) now, due or not, then walk until all is done."""
        from monitor.tasks.inline import poll_now

        wanted = [feed.id for feed in self.store.feeds.list() if not feed.paused] if feed_ids is None else feed_ids
        polled = Polled()
        poll_now(self.edges, wanted, told=self.telling(polled, told))
        if walk:
            polled.walked = self.drain(progress=progress)
        return polled

    def poll_due(self, seconds: float, *, told: FeedTold | None = None, only: Sequence[str] | None = None) -> Polled:
        """Ask what is due, and walk, until this time is up."""
        from monitor.tasks.inline import drain, poll_due, poll_now, until_due

        end, polled = self.now() + timedelta(seconds=seconds), Polled()
        telling = self.telling(polled, told)
        while True:
            due = self.store.feeds.due(self.now(), 1000)
            taken = poll_due(self.edges, told=telling) if only is None else self._poll_some(poll_now, due, only, telling)
            _add(polled.walked, drain(self.edges))
            left = end - self.now()
            if left <= timedelta():
                return polled
            if not taken.taken:
                time.sleep(max(0.05, until_due(self.edges, min(left, timedelta(seconds=5))).total_seconds()))

    def _poll_some(self, poll: Any, due: Sequence[str], only: Sequence[str], told: Any) -> "Done":
        done: Done = poll(self.edges, [one for one in due if one in only], told=told)
        return done

    def telling(self, polled: Polled, told: FeedTold | None) -> Callable[[Sequence[str]], None]:
        """A listener that counts what feeds answer, and hands each answer on."""

        def tell(ids: Sequence[str]) -> None:
            for one in ids:
                feed, lines = self.store.feeds.get(one), self.store.feeds.history(one, 1)
                line = lines[0] if lines else FetchLine(one, self.now(), feed.status, error=feed.last_error)
                _count(polled, feed, line)
                if told is not None:
                    told(feed, line)

        return tell

    # Use cases: reading ----------------------------------------------------------------------------------------------

    def search(
        self, text: str, *, limit: int = 20, cursor: str | None = None, strict: bool = False
    ) -> tuple[Query, Found]:
        """What a reader asked, as it was understood, and what answers it. QueryWrong for a broken one, if strict."""
        from monitor.archive import parse_query

        query = parse_query(text, self.units, strict=strict)
        words = " ".join((*query.words, *query.phrases))
        vector = self.query_vector(words) if self.settings.web.meaning else None
        return query, self.store.search.search(query, vector, limit, cursor)

    def counts(self) -> dict[str, int]:
        """How much there is of everything."""
        return self.store.counts()

    def health(self) -> Health:
        """How the service is."""
        feeds, issues = self.store.feeds.list(), self.store.digests.list(200)
        live = [feed for feed in feeds if not feed.paused]
        return Health(
            counts=self.store.counts(),
            feeds_ok=sum(feed.last_ok is not None and not feed.failures for feed in live),
            feeds_failed=sum(feed.failures > 0 for feed in live),
            feeds_waiting=sum(feed.last_poll is None for feed in live),
            feeds_paused=len(feeds) - len(live),
            last_poll=max((feed.last_poll for feed in feeds if feed.last_poll), default=None),
            work={kind: {str(s): n for s, n in self.store.work.count(kind).items()} for kind in KINDS},
            set_aside=self.store.work.list_set_aside(20),
            mail=_mail_counts([issue.state.value for issue in issues]),
            troubles=_troubles(live, self.store.subscribers.list(), issues),
        )

    # Use cases: digests ----------------------------------------------------------------------------------------------

    def subscribe(
        self,
        address: str,
        *,
        zone: str | None = None,
        at: clock | None = None,
        weekdays: Sequence[int] = tuple(range(7)),
        quiet: str = "skip",
    ) -> Subscriber:
        """A subscriber, new or with these wishes. RecordWrong for what is no mail address or zone."""
        checked = _mail_address(address)
        known = self.store.subscribers.by_address(checked)
        last = self.store.events.last()
        cursor = 0 if last < _HISTORY_FOR_NEW_READERS else last
        token, one = secrets.token_urlsafe(24), content_id("sub", checked)
        fresh = known or Subscriber(one, checked, "UTC", clock(7), token, cursor=cursor)
        subscriber = replace(
            fresh,
            zone=_zone(zone or self.settings.digest.zone),
            at=at or self.settings.digest.at,
            weekdays=tuple(weekdays),
            quiet=quiet,
            active=True,
            suspended_reason="",
        )
        self.store.subscribers.put(subscriber)
        return subscriber

    def unsubscribe(self, token: str) -> Subscriber:
        """The subscriber of this token, who gets no more mail. NotFound."""
        subscriber = self.store.subscribers.by_token(token)
        if subscriber is None:
            raise NotFound("No subscription", why="no subscriber has this token", mend="Use the link of a newer mail.")
        self.store.subscribers.set_active(subscriber.id, False)
        return replace(subscriber, active=False)

    def preview_digest(self, address: str, at: datetime | None = None) -> Rendered:
        """The issue this reader would get at this time, with nothing stored. NotFound for an unknown address."""
        from monitor.pipeline.report import preview, slot_at

        subscriber = self.store.subscribers.by_address(address)
        if subscriber is None:
            subscriber = Subscriber(content_id("sub", address), address, self.settings.digest.zone, clock(7), "preview")
        return preview(self.edges, subscriber, slot_at(_at_home(at or self.now(), subscriber.zone)))

    def send_digest(self, address: str) -> "Sent":
        """Plan the issue of this subscriber now, if today's is not planned yet, and send what is in the outbox."""
        from monitor.pipeline.report import plan_now, send_mail

        subscriber = self.store.subscribers.by_address(address)
        if subscriber is None:
            mend = "Add them with `monitor subscribers add ADDRESS`."
            raise NotFound(f"Cannot mail {address}", why="nobody subscribed with this address", mend=mend)
        if not subscriber.active:
            why = subscriber.suspended_reason or "its reader unsubscribed"
            raise NotFound(f"Cannot mail {address}", why=why, mend="`monitor subscribers add ADDRESS` sends to it again.")
        plan_now(self.edges, subscriber, _at_home(self.now(), subscriber.zone))
        return send_mail(self.edges)

    def plan_digests(self) -> int:
        """Plan the issues that are due."""
        from monitor.pipeline.report import plan_digests

        return plan_digests(self.edges) if self.settings.digest.enabled else 0

    def send_mail(self) -> "Sent":
        """Send what waits in the outbox."""
        from monitor.pipeline.report import Sent, send_mail

        return send_mail(self.edges) if self.settings.smtp.host else Sent()


def open_app(config: Path | None = None) -> App:
    """The service as set by this file (None: the one in use) and the environment. SettingsWrong."""
    from monitor.settings import config_path, load

    path = config or config_path()
    return App(load(path), path)


def build_reader(models: Path, model: str, entities: Sequence[Entity], units: Units) -> Any:
    """The language part. Stands at the top of the module, so that other processes can call it."""
    from monitor.nlp.load import build

    return build(models, model, entities, units)


def _present() -> datetime:
    """The one place where the clock is read."""
    return datetime.now(UTC)


def _clock() -> datetime:
    """The present instant, UTC: the one place where the clock is read."""
    return datetime.now(UTC)


def example_config() -> str:
    """The commented config.toml of the distribution."""
    from monitor import assets

    return assets.example_config().read_text(encoding="utf-8")


def user_config_file() -> Path:
    """config.toml in the user's configuration folder."""
    from monitor import settings

    return settings.user_config_file()


def origins_of_settings(config: Path | None) -> dict[str, str]:
    """Each dotted key → where its value comes from."""
    from monitor.settings import origins

    return origins(config)


class _Rounds:
    """Polls of the running service. The first round tells of each feed as it answers, then how it went."""

    def __init__(self, app: App, told: FeedTold, first: Callable[[Polled], None]) -> None:
        self._app, self._told, self._first = app, told, first
        self._is_first = True

    def poll(self) -> None:
        from monitor.tasks.inline import poll_due

        polled = Polled()
        told = self._told if self._is_first else None
        while poll_due(self._app.edges, told=self._app.telling(polled, told)).taken:
            pass
        if self._is_first:
            self._is_first = False
            self._first(polled)


class _Lazy:
    """Stands for a part until it is first used."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    def __getattr__(self, name: str) -> Any:
        return getattr(self._build(), name)


def _asset(*parts: str) -> str:
    from monitor import assets

    path = assets.models().joinpath(*parts)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        mend = "Install the package again."
        raise AssetsWrong(f"Cannot read {path}", why=error.strerror or str(error), mend=mend) from error


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise RecordWrong(f"Cannot read {path}", why=error.strerror or str(error), mend="Check the name.") from error
    with stream:
        yield iter(stream)


def _lines_of(path: Path) -> list[bytes]:
    with _opened(path) as lines:
        return list(lines)


def _gold_of_folder(folder: Path) -> Gold:
    from monitor.interchange import gold_from_lines

    _, claims, pairs, negatives = ([line.decode("utf-8") for line in _lines_of(folder / name)] for name in GOLD)
    return gold_from_lines(claims, pairs, negatives)


def _record_of_file(path: Path) -> "Record":
    with _opened(path) as lines:
        text = b"".join(lines).decode("utf-8-sig", "replace")
    if path.suffix.lower() in (".html", ".htm"):
        from monitor.interchange import Record

        return Record(path.resolve().as_uri(), "", "", None, None, None, text, None, None)
    return _record_of_text(path.resolve().as_uri(), text)


def _record_of_text(place: str, text: str) -> "Record":
    """A text without anything said of it. A short first line that stands alone is its title."""
    from monitor.interchange import Record

    first, _, rest = text.strip().partition("\n")
    title = first.strip() if len(first) <= 200 and rest.startswith(("\n", "\r\n")) else ""
    return Record(place, title, "", None, None, rest.strip() if title else text, None, None, None)


def _count(polled: Polled, feed: Feed, line: FetchLine) -> None:
    polled.asked += 1
    polled.entries += line.new_entries
    if line.status == "ok":
        polled.ok += 1
    elif line.status == "not_modified":
        polled.unchanged += 1
    elif line.status == "held":
        polled.held += 1
    else:
        polled.failed.append(feed)


def _add(sums: "dict[str, Done]", more: "dict[str, Done]") -> None:
    for name, done in more.items():
        if name in sums:
            sums[name].add(done)
        else:
            sums[name] = done


def _troubles(feeds: Iterable[Feed], subscribers: Iterable[Subscriber], issues: Iterable[Issue]) -> list[Trouble]:
    """Feeds that fail, readers whom no mail reaches, and each reader's last issue where it did not go out."""
    found = [Trouble("feed", feed.url, feed.last_error) for feed in feeds if feed.failures]
    found += [Trouble("subscriber", one.address, one.suspended_reason) for one in subscribers if one.suspended_reason]
    last: dict[str, Issue] = {}
    for issue in issues:  # newest first
        last.setdefault(issue.subscriber_id, issue)
    unsent = (MailState.QUEUED, MailState.FAILED, MailState.HELD)
    late = [issue for issue in last.values() if issue.state in unsent and issue.reply]
    return found + [Trouble("mail", f"{one.address} {one.period} {one.state}", one.reply) for one in late]


def _mail_counts(states: Sequence[str]) -> dict[str, int]:
    return {state: states.count(state) for state in sorted(set(states))}


def _mail_address(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        mend = "Give an address such as reader@example.org."
        raise RecordWrong(f"Cannot subscribe {address!r}", why=str(error), mend=mend) from error


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:
        mend = "Write an IANA name such as Europe/Berlin."
        raise RecordWrong(f"Cannot use the time zone {name!r}", why="it is not known", mend=mend) from error


def _at_home(moment: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(zone))
