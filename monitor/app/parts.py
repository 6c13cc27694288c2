"""Settings → Edges: the only place where the parts are put together. Each is built when it is first needed."""

import os
import random
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.app.database import merge_seeds, open_store, revisions, without_password
from monitor.app.sweeps import set_sweeps
from monitor.domain.article import Article, Extracted, Reading
from monitor.domain.digest import Digest, Rendered
from monitor.domain.entity import Entity
from monitor.domain.feed import Feed
from monitor.domain.ids import content_id
from monitor.domain.ontology import Ontology
from monitor.domain.question import Metric, Temper
from monitor.domain.unit import Units
from monitor.domain.url import login_apart
from monitor.domain.watch import Watch
from monitor.errors import AssetsWrong, MailDeferred

if TYPE_CHECKING:
    from monitor.pipeline.edges import Edges, Hooks, Limits, Post
    from monitor.pipeline.pages import Job, Pages
    from monitor.pipeline.parser import Parser
    from monitor.pipeline.pool import Readers
    from monitor.relations.comparable import Comparable
    from monitor.settings import Settings
    from monitor.storage.store import Store


class Parts:
    """The parts over one database, each built when it is first asked for. Safe to share between threads."""

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
        return without_password(self.database_url)

    @property
    def data_folder(self) -> Path:
        """Where the database lies, where it is a file."""
        from monitor.settings import data_folder

        return data_folder(self.settings, self.config)

    def revisions(self) -> tuple[str | None, str]:
        """The revision the database is at (None: it is empty), and the one this program works with."""
        return revisions(self.database_url)

    @property
    def base_url(self) -> str:
        """The public address of the archive, without a slash at its end."""
        web = self.settings.web
        host = f"[{web.host}]" if ":" in web.host else web.host
        return (web.base_url or f"http://{host}:{web.port}").rstrip("/")

    @cached_property
    def store(self) -> "Store":
        """The database, brought to the newest revision, the seeds of the settings merged in."""
        with self._building:
            store = open_store(self.database_url, self.units)
            feeds = [self.feed(one.url, one.title, one.publisher) for one in self.settings.feeds]
            merge_seeds(store, feeds, self._watches(store.events.last()), self._entities())
            return store

    def _watches(self, last: int) -> list[Watch]:
        """The watches of the settings. A webhook is told of what comes after the `last` event."""
        from monitor.fetch.hooks import new_secret

        return [
            Watch(
                content_id("wat", one.name, ""),
                one.name,
                one.query,
                threshold=one.threshold,
                digest=one.digest,
                webhook=one.webhook,
                secret=new_secret(secrets.token_bytes) if one.webhook else "",
                added=self.now(),
                cursor=last,
            )
            for one in self.settings.watches
        ]

    def _entities(self) -> list[Entity]:
        return [
            Entity(content_id("ent", one.name.lower()), one.name, one.kind, one.aliases, "config")
            for one in self.settings.entities
        ]

    def feed(self, url: str, title: str = "", publisher: str = "") -> Feed:
        """A feed of this address that nothing is known of yet. A login that stands in the address is taken out of it."""
        bare, login = login_apart(url)
        return Feed(content_id("feed", bare), bare, bare, title, publisher, added=self.now(), login=login)

    @cached_property
    def units(self) -> Units:
        """The table of units."""
        from monitor.units import load_units

        return load_units(asset("ontology", "units.toml"))

    @cached_property
    def ontology(self) -> Ontology:
        """What is known of metrics, with those of the settings before those of the distribution, and rates."""
        from monitor.domain.ontology import Rate
        from monitor.metrics import load_ontology, with_metrics

        known = load_ontology(asset("ontology", "metrics.toml"), asset("ontology", "comparing.toml"))
        own = tuple(
            Metric(one.name, Temper(one.temper), one.dimension, one.synonyms, one.period_bound)
            for one in self.settings.metrics
        )
        rates = tuple(Rate(one.currency, one.worth, one.since, one.until) for one in self.settings.rates)
        return replace(with_metrics(known, own) if own else known, rates=rates)

    @cached_property
    def comparable(self) -> "Comparable":
        """What tells how likely two figures answer one question."""
        from monitor import assets
        from monitor.relations.comparable import Comparable

        return Comparable.read(assets.models() / "weights" / "comparable" / "weights.toml")

    @cached_property
    def web(self) -> Any:
        """The polite client."""
        from monitor.fetch.client import Client

        fetch = self.settings.fetch
        return Client(
            now=self.now,
            version=self.version,
            contact=self.contact,
            allow_networks=fetch.allow_networks,
            pause_per_host_seconds=fetch.pause_per_host_seconds,
            connect_seconds=fetch.connect_seconds,
            exchange_seconds=fetch.timeout_seconds,
            feed_wire_bytes=fetch.feed_limit_bytes,
            feed_body_bytes=fetch.feed_unpacked_limit_bytes,
            page_wire_bytes=fetch.page_limit_bytes,
            page_body_bytes=fetch.page_unpacked_limit_bytes,
            redirects=fetch.redirects,
            feeds_at_once_per_host=fetch.feeds_at_once_per_host,
            pages_at_once_per_host=fetch.pages_at_once_per_host,
            obey_robots=fetch.robots,
            robots_cache_seconds=fetch.robots_cache_seconds,
            robots_retry_seconds=fetch.robots_retry_seconds,
            robots_bytes=fetch.robots_limit_bytes,
            longest_crawl_delay_seconds=fetch.crawl_delay_limit_seconds,
            robots_memory=self.store.robots,
            proxy=fetch.proxy,
            ca_file=Path(fetch.ca_file).expanduser() if fetch.ca_file else None,
        )

    @property
    def contact(self) -> str:
        """Where publishers can reach whoever runs this."""
        from email.utils import parseaddr

        return self.settings.fetch.contact or self.settings.web.base_url or parseaddr(self.settings.smtp.sender)[1]

    @cached_property
    def parser(self) -> "Parser":
        """What reads feeds, here and in another process."""
        from monitor.pipeline.parser import Parser

        return Parser()

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

    @cached_property
    def pages(self) -> "Pages":
        """What takes articles out of pages, here and in another process."""
        from functools import partial

        from monitor.pipeline.pages import Pages

        build = partial(build_page_reader, asset("cues", "walls.toml"))
        return Pages(build, seconds=self.settings.fetch.seconds_per_page)

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

        set_sweeps()
        return Edges(
            store=self.store,
            web=_Lazy(lambda: self.web),
            fetchers=self.fetchers,
            pages=self.pages,
            read=self._read,
            encoder=_Lazy(self.encoder),
            post=self._post(),
            ontology=self.ontology,
            units=self.units,
            now=self.now,
            chance=random.random,
            owner=self.owner,
            limits=self._limits(),
            parse=self.parser,
            hooks=self._hooks(),
        )

    def use_port(self, port: int) -> None:
        """Note the port on which the archive really listens, so that addresses in mails are right."""
        self.settings = self.settings.model_copy(update={"web": self.settings.web.model_copy(update={"port": port})})

    def load_reader(self) -> None:
        """Load the language part in this process. AssetsWrong where it cannot be."""
        self.readers.load()

    def stop_reading(self) -> None:
        """Leave articles and pages that are being read; nothing of them is written."""
        for part in ("readers", "pages"):
            if part in self.__dict__:
                self.__dict__[part].stop()

    def _read(self, articles: Sequence[Article]) -> list[Reading | Exception]:
        return self.readers(articles)

    def _limits(self) -> "Limits":
        from monitor.articles.visits import Visits
        from monitor.feeds.cadence import Rhythm
        from monitor.pipeline.edges import Limits

        limits, fetch = self.settings.limits, self.settings.fetch
        return Limits(
            batch=limits.batch,
            lease=timedelta(minutes=limits.lease_minutes),
            attempts=limits.attempts,
            retry=timedelta(minutes=limits.retry_minutes),
            article_characters=limits.article_characters,
            rhythm=Rhythm(
                shortest=timedelta(seconds=fetch.min_interval_seconds),
                longest=timedelta(seconds=max(fetch.max_interval_seconds, fetch.min_interval_seconds)),
                first=timedelta(seconds=fetch.first_interval_seconds),
                rate_limited=timedelta(seconds=fetch.rate_limit_seconds),
                most_asked=timedelta(seconds=fetch.retry_after_limit_seconds),
                weekly_after=timedelta(seconds=fetch.dead_after_seconds),
                weekly=timedelta(seconds=fetch.dead_interval_seconds),
                sightings_apart=timedelta(seconds=fetch.move_after_seconds),
                jitter=fetch.interval_jitter,
            ),
            visits=Visits(
                open_pages=tuple(timedelta(hours=hours) for hours in fetch.revisit_hours),
                closed_pages=tuple(timedelta(hours=hours) for hours in fetch.closed_page_hours),
            ),
            languages=self.settings.models.languages,
            feeds_at_once=fetch.connections,
            feeds_per_host=fetch.feeds_at_once_per_host,
            host_pause=timedelta(seconds=fetch.pause_per_host_seconds),
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

    def _hooks(self) -> "Hooks":
        from monitor.pipeline.edges import Hooks

        webhooks = self.settings.webhooks
        return Hooks(
            public_url=self.base_url,
            attempts=webhooks.attempts,
            retry=timedelta(seconds=webhooks.retry_seconds),
            longest=timedelta(hours=webhooks.longest_retry_hours),
            mails=bool(self.settings.smtp.host),
            mail_to=webhooks.mail_to,
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
        if "pages" in built:
            self.pages.close()
        if "fetchers" in built:
            self.fetchers.shutdown(wait=False, cancel_futures=True)
        if "web" in built:
            self.web.close()
        if "parser" in built:
            self.parser.close()
        if "mailer" in built:
            self.mailer.close()
        if "store" in built:
            self.store.work.release(self.owner)
            self.store.close()


def build_reader(models: Path, model: str, entities: Sequence[Entity], units: Units) -> Any:
    """The language part. Stands at the top of the module, so that other processes can call it."""
    from monitor.nlp.load import build

    return build(models, model, entities, units)


def build_page_reader(wall_cues: str) -> "Callable[[Job], Extracted]":
    """What reads a page. Stands at the top of the module, so that other processes can call it."""
    from monitor.articles.cues import load_wall_cues
    from monitor.articles.read import read_page

    cues = load_wall_cues(wall_cues)

    def read(job: "Job") -> Extracted:
        body, url, media_type = job
        return read_page(body, url, media_type, cues)

    return read


def _present() -> datetime:
    """The present instant, UTC: the one place where the clock is read."""
    return datetime.now(UTC)


class _Lazy:
    """Stands for a part until it is first used."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build

    def __getattr__(self, name: str) -> Any:
        return getattr(self._build(), name)


def asset(*parts: str) -> str:
    """The text of a file in models/. AssetsWrong."""
    from monitor import assets

    path = assets.models().joinpath(*parts)
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        mend = "Install the package again."
        raise AssetsWrong(f"Cannot read {path}", why=error.strerror or str(error), mend=mend) from error
