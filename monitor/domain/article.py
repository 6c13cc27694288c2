"""One published text in one version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.claim import Claim
from monitor.domain.entity import Mention
from monitor.domain.ids import content_id
from monitor.domain.known import Known
from monitor.domain.trace import Trace
from monitor.domain.url import page_key

EXCERPTS = ("summary", "content")
"""Bases that are no more than what a feed carries of an article, the thinnest first."""


@dataclass(frozen=True)
class Article(Known):
    """One version of a text. `id` comes from the canonical URL, title and text; `version` counts from 1 per URL.

    `published` and `updated` keep the offset that the source gave (aware), None where unknown. `arrived`: aware UTC.
    `given_id`: the id an ingested record brought. `text` is the stored body that offsets refer to. `basis`: what the
    text was taken from: page, pdf, content or summary (of the feed entry), record (ingested). `label`: where the page
    was no article: what it was instead (consent, subscription, challenge, script, list, error); `label_reason`: what
    showed it. `date_note`: what is odd about the dates, as in Entry.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    text: str
    publisher: str
    published: datetime | None
    arrived: datetime
    updated: datetime | None = None
    language: str = "en"
    author: str = ""
    given_id: str | None = None
    version: int = 1
    origin_id: str | None = None
    is_latest: bool = True
    basis: str = "page"
    label: str = ""
    label_reason: str = ""
    date_note: str = ""


def article_id(canonical_url: str, title: str, text: str) -> str:
    """The id of a version, made of address, title and text. All spellings of an address give one id."""
    return content_id("art", page_key(canonical_url), title, text)


def fullness(basis: str) -> int:
    """How much of an article such a basis can hold: a feed's summary least, its content more, the page itself most."""
    return EXCERPTS.index(basis) if basis in EXCERPTS else len(EXCERPTS)


def is_read(language: str, languages: Sequence[str]) -> bool:
    """Whether an article in this language (ISO 639-1, with or without a region) is one of those that are read."""
    return not language or language.lower().replace("_", "-").partition("-")[0] in languages


@dataclass(frozen=True)
class Extracted:
    """What an article page or file yields: paragraphs joined by a blank line.

    `basis`, `label`, `label_reason` as in Article. A page with a label has no text: what stands on it is not the article.
    """

    title: str
    text: str
    canonical_url: str | None = None
    publisher: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    language: str | None = None
    basis: str = "page"
    label: str = ""
    label_reason: str = ""


@dataclass(frozen=True)
class Reading:
    """What the language part found in one article version. `traces`: how each claim was read, in the order of the claims;
    they are shown and not stored.
    """

    article_id: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    traces: tuple[tuple[Trace, ...], ...] = ()
