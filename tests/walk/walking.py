"""A walk to be driven by hand: saved answers for the web, a reader of one sentence, and a clock to be set."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.evidence import Evidence, Where
from monitor.domain.feed import Feed
from monitor.domain.ids import content_id
from monitor.domain.page import Page
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source, SourceKind
from monitor.errors import ArticleUnreadable, FetchFailed, MonitorError
from monitor.pipeline.edges import Edges
from monitor.pipeline.export import EXPORTS
from monitor.storage.store import Store
from monitor.tasks.inline import drain
from monitor.tasks.polling import Poller

START = datetime(2026, 5, 4, 8, tzinfo=UTC)
FEED = "https://post.example/feed.xml"
PAGE = "https://post.example/glass"


@dataclass
class SavedWeb:
    """Addresses with what they answer: a body, a media type with a body, or an error.

    `asked`: what was asked, in order; `spared`: what had not changed since it was asked before.
    """

    answers: dict[str, str | tuple[str, bytes] | MonitorError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)

    def get(
        self,
        url: str,
        *,
        kind: str = "page",
        etag: str | None = None,
        last_modified: str | None = None,
        login: tuple[str, str] | None = None,
        proxy: str | None = None,
    ) -> Page:
        self.asked.append(url)
        answer = self.answers.get(url, FetchFailed(f"Cannot fetch {url}", why="404", mend="None.", status=404))
        if isinstance(answer, MonitorError):
            raise answer
        usual = "application/rss+xml" if kind == "feed" else "text/html"
        media_type, body = (usual, answer.encode()) if isinstance(answer, str) else answer
        tag = sha256(body).hexdigest()
        if etag == tag:
            self.spared.append(url)
            return Page(url, 304, {}, b"")
        return Page(url, 200, {"etag": tag, "content-type": media_type}, body)

    def rest(self, host: str) -> float:
        return 0.0

    def keeping(self) -> AbstractContextManager[None]:
        return nullcontext()


class LetterEncoder:
    """Vectors that depend on the text alone."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        return [(sha256(text.encode()).digest() * 24)[:768] for text in texts]


def read_tonnes(articles: Sequence[Article]) -> list[Reading | Exception]:
    """A reader of one sentence: `<Subject> sold <N> tonnes of <metric>.`"""
    return [_read_one(article) for article in articles]


def _read_one(article: Article) -> Reading | Exception:
    if "unreadable" in article.text:
        return ArticleUnreadable("Cannot read", why="it says so", mend="None.")
    claims = []
    for found in re.finditer(r"(\w+) sold ((\d+) tonnes) of (\w+)\.", article.text):
        at, end = found.span(2)
        evidence = Evidence(Where.BODY, found[0], *found.span(), found[2], at, end)
        claims.append(
            Claim(
                id=content_id("clm", article.id, "body", at, end, "tonne"),
                article_id=article.id,
                evidence=evidence,
                subject=found[1],
                metric=f"sales of {found[4]}",
                quantity=Quantity("tonne", Decimal(found[3]), step=Decimal(1)),
                sources=(Source(article.publisher, SourceKind.PUBLISHER, article.publisher),),
                confidence=0.9,
            )
        )
    return Reading(article.id, tuple(claims), ())


@dataclass
class World:
    """A walk to be driven: its edges, the web behind it, and a clock to be set."""

    edges: Edges
    web: SavedWeb
    clock: list[datetime]

    @property
    def store(self) -> Store:
        return self.edges.store

    def poll(self) -> None:
        poller = Poller(self.edges)
        poller.ask({feed.id: feed.fetch_url for feed in self.store.feeds.list()})
        poller.close()
        drain(self.edges)

    def later(self, **span: float) -> None:
        self.clock[0] += timedelta(**span)


def add_feed(world: World, url: str = FEED) -> Feed:
    feed = Feed(content_id("feed", url), url, url, added=START)
    world.store.feeds.add(feed)
    return feed


def rss(*items: tuple[str, str, str], content: str = "") -> str:
    """A feed of (address, title, summary)."""
    entries = "".join(
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>Mon, 04 May 2026 07:00:00 +0200</pubDate><description>{summary}</description>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
        + "</item>"
        for url, title, summary in items
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Example Post</title><link>https://post.example/</link>{entries}</channel></rss>"
    )


def page(tonnes: int, *, title: str = "Orrin sells glass", more: str = "") -> str:
    filler = "The works by the river have been making panes for windows since the old days of the town, and still do."
    return (
        f'<html><head><title>{title}</title><link rel="canonical" href="{PAGE}"></head><body><article><h1>{title}</h1>'
        f"<p>Orrin sold {tonnes} tonnes of glass.</p><p>{filler}</p><p>{more or filler[:60]}</p></article></body></html>"
    )


def pdf(*lines: str) -> bytes:
    """A document of one page with these lines."""
    drawn = " ".join(f"1 0 0 1 72 {720 - 14 * number} Tm ({line}) Tj" for number, line in enumerate(lines))
    stream = f"BT /F 12 Tf {drawn} ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
    )
    body = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def lines(world: World) -> dict[str, list[str]]:
    return {kind: list(export(world.store, None)) for kind, export in EXPORTS.items()}
