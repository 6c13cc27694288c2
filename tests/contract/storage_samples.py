"""Small made-up things to store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.entity import Mention
from monitor.domain.entry import Entry
from monitor.domain.evidence import Evidence, Where
from monitor.domain.feed import Feed
from monitor.domain.ids import content_id
from monitor.domain.quantity import Quantity
from monitor.domain.question import Question, Temper
from monitor.domain.source import Source, SourceKind
from monitor.storage.store import Store

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=5)


def feed(url: str = "https://mill.example/feed", **fields: Any) -> Feed:
    return Feed(content_id("feed", url), url, url, **fields)


def entry(number: int = 1, **fields: Any) -> Entry:
    owner = feed()
    url = f"https://mill.example/{number}"
    known: dict[str, Any] = {"guid": None, "url": url, "title": f"Story {number}"}
    return Entry(id=content_id("entry", owner.id, url), feed_id=owner.id, feed_url=owner.url, **(known | fields))


def article(text: str = "Orsel Mills made 40 tonnes of flour.", path: str = "1", **fields: Any) -> Article:
    url = f"https://mill.example/{path}"
    known: dict[str, Any] = {
        "title": "Flour",
        "publisher": "Mill Gazette",
        "published": datetime.fromisoformat("2026-03-01T23:30:00-05:00"),
        "arrived": NOW,
    }
    known |= fields
    return Article(id=content_id("art", url, known["title"], text), url=url, canonical_url=url, text=text, **known)


def claim(of: Article, span: str = "40 tonnes", **fields: Any) -> Claim:
    start = of.text.index(span)
    known: dict[str, Any] = {
        "subject": "Orsel Mills",
        "metric": "flour output",
        "quantity": Quantity("tonne", Decimal(span.split()[0]), step=Decimal(10)),
        "sources": (Source("Mill Gazette", SourceKind.PUBLISHER, "Mill Gazette"),),
        "subject_id": "ent-orsel",
    }
    known |= fields
    return Claim(
        id=content_id("clm", of.id, "body", start, start + len(span), known["quantity"].unit),
        article_id=of.id,
        evidence=Evidence(Where.BODY, of.text, 0, len(of.text), span, start, start + len(span)),
        **known,
    )


def mention(text: str = "Orsel Mills", *, name: str = "Orsel Mills", kind: str = "organisation") -> Mention:
    return Mention("ent-orsel", name, kind, "body", 0, len(text), text)


def question(number: int = 1, **fields: Any) -> Question:
    known: dict[str, Any] = {"slug": f"question-{number}", "subject": "Orsel Mills", "metric": "flour output"}
    known |= {"dimension": "mass", "temper": Temper.SLOW}
    return Question(id=f"q-{number}", **(known | fields))


def told(store: Store, of: Article, *claims: Claim, vectors: dict[str, bytes] | None = None) -> None:
    """Store an article with what was read in it."""
    store.articles.put(of)
    store.claims.settle_reading(Reading(of.id, claims, ()), vectors or {}, "test", NOW)


def filed(store: Store, number: int, one: Claim) -> None:
    """File a claim that is stored on a question of its own."""
    store.questions.put(question(number), [f"key {number}"])
    store.questions.file(one.id, f"q-{number}")


def at(one: Article, hours: float) -> Article:
    """The article, published and arrived so much later."""
    assert one.published is not None
    return replace(one, published=one.published + hours * HOUR, arrived=one.arrived + hours * HOUR)
