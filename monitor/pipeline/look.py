"""Asking for a page, and what it turned out to be: an article, something else in its place, or nothing at all."""

from dataclasses import dataclass

from monitor.domain.address import Address
from monitor.domain.article import Article, Extracted
from monitor.domain.kept import LABEL_WORDS
from monitor.domain.page import Page
from monitor.errors import ArticleUnreadable, FetchFailed, FetchRefused
from monitor.pipeline.articles import article_of, canonical_address
from monitor.pipeline.edges import Edges

_AGAIN = frozenset({408, 423, 425, 429})
_CLOSED = frozenset({401, 402, 403, 407, 451})
"""Refusals of a server that may think otherwise another day."""

_MEND = "Open the address in a browser; if there is an article, save it and give the file to `monitor ingest`."


@dataclass(frozen=True)
class Look:
    """What came of asking for a page.

    `found`: its article, None where there is none; then `label` and `reason` say what there was instead, and `may_open`
    whether it may be there another day. `page`: the answer. `is_unchanged`: the article is the one read before.
    """

    found: Extracted | None = None
    page: Page | None = None
    label: str = ""
    reason: str = ""
    may_open: bool = False
    is_unchanged: bool = False


def look_at(edges: Edges, url: str, known: Address | None = None) -> Look:
    """Ask for a page, conditionally where its address is known. Raises FetchFailed for a passing failure."""
    try:
        page = edges.web.get(
            url,
            kind="page",
            etag=known.etag if known else None,
            last_modified=known.last_modified if known else None,
        )
        if page.status == 304:
            return Look(page=page, is_unchanged=True)
        read = edges.pages(page.body, page.url, page.headers.get("content-type", ""))
    except FetchFailed as error:
        if _passes(error):
            raise
        return Look(label="error", reason=error.why, may_open=error.status in _CLOSED)
    except (FetchRefused, ArticleUnreadable) as error:
        return Look(label="error", reason=error.why)
    if read.text:
        return Look(found=read, page=page)
    return Look(page=page, label=read.label, reason=read.label_reason, may_open=True)


def article_at(edges: Edges, url: str) -> Article:
    """The article at an address that a person named. ArticleUnreadable where the page is something else."""
    page = edges.web.get(url, kind="page")
    return article_in(edges, page.body, page.url, page.headers.get("content-type", ""))


def article_in(edges: Edges, body: bytes, url: str, media_type: str) -> Article:
    """The article of a page or PDF that a person gave us. ArticleUnreadable where it is something else."""
    read = read_given(edges, body, url, media_type)
    canonical = canonical_address(read.canonical_url or url, url)
    return article_of(edges, url, canonical, read, None, None)


def read_given(edges: Edges, body: bytes, url: str, media_type: str) -> Extracted:
    """What such a page or PDF yields. ArticleUnreadable where it is no article."""
    read = edges.pages(body, url, media_type)
    if read.label:
        why = f"the page is {LABEL_WORDS.get(read.label, read.label)} ({read.label_reason})"
        raise ArticleUnreadable(f"Cannot read {url}", why=why, mend=_MEND)
    return read


def given_up(error: FetchFailed) -> Look:
    """The look at a page that failed for a passing reason until nobody would wait any longer."""
    return Look(label="error", reason=error.why, may_open=True)


def _passes(error: FetchFailed) -> bool:
    """Whether asking again soon may help."""
    return error.retry if error.status is None else error.status >= 500 or error.status in _AGAIN
