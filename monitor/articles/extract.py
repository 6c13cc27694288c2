"""HTML → title, text and dates of an article."""

import re
from datetime import datetime
from functools import cache

import trafilatura
from htmldate import find_date
from lxml import html as markup
from lxml.etree import _Element as Element
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from monitor.articles.furniture import without_furniture
from monitor.articles.metadata import Head, read_head, read_instant
from monitor.articles.paragraphs import folded, joined, paragraphs, prepared
from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable

_FEWEST_WORDS = 12
_LONGEST_TITLE = 30
_SURE = 0.9
_SAMPLE = 5000
_SHORTEST_WHOLE = 800
_MUCH_MORE = 1.6
_HELD = 0.8
_BETWEEN = 0.1
_BLANK_LINES = re.compile(r"\n\s*\n")


def extract(page: bytes | str, url: str) -> Extracted:
    """The article of a page: its text in paragraphs, without what stands around it.

    Raises ArticleUnreadable for a page without article text: a list of links, a form, a program to be run.
    """
    tree = _tree(page, url)
    head = read_head(tree, url)
    searched = head.published or _searched_date(tree, url)
    body = _body(tree, url)
    found = _own_paragraphs(body, head)
    text = joined(found)
    if len(text.split()) < _FEWEST_WORDS:
        raise _unreadable(url, "the page holds no article text")
    return Extracted(
        title=head.title,
        text=text,
        canonical_url=head.canonical_url,
        publisher=head.publisher,
        published=searched,
        updated=head.updated,
        author=head.author,
        language=language_of(text, head.language),
    )


def extract_fragment(fragment: str, *, title: str = "") -> str:
    """The text of a piece of HTML that is all article, such as the full content of a feed entry; empty if it has none."""
    if not fragment.strip():
        return ""
    if "<" not in fragment:
        return joined(_blocks(fragment))
    tree = without_furniture(markup.fragment_fromstring(fragment, create_parent="div"))
    return joined(paragraph for paragraph in paragraphs(tree) if paragraph != title)


def extract_plain(text: str) -> Extracted:
    """A plain text file as an article: its first line is the title, paragraphs are what blank lines part.

    Raises ArticleUnreadable for a text without words.
    """
    found = _blocks(text)
    if not found:
        raise _unreadable("the text", "it holds no words")
    title = found[0] if len(found[0].split()) <= _LONGEST_TITLE else ""
    body = joined(found[1:] if title and len(found) > 1 else found)
    return Extracted(title=title, text=body, language=language_of(body))


def _blocks(text: str) -> list[str]:
    """What blank lines part."""
    return [block for part in _BLANK_LINES.split(text) if (block := folded(part))]


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language (ISO 639-1) of a text: what the text shows, or what the page states where the text shows little."""
    sample = text[:_SAMPLE]
    if not sample.strip():
        return stated
    code, certainty = _identifier().classify(sample)
    if certainty >= _SURE or stated is None:
        return str(code)
    return stated


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _tree(page: bytes | str, url: str) -> Element:
    tree = trafilatura.load_html(page) if page else None
    if tree is None:
        raise _unreadable(url, "the page is empty or no HTML")
    return tree


def _body(tree: Element, url: str) -> list[str]:
    """The paragraphs of the article's body.

    The thorough reading escalates when a page holds much beside what was found. Where it then only puts other blocks
    before or behind an article that the plain reading had found whole, those are other articles: the plain one is it.
    """
    bare = prepared(without_furniture(tree))
    thorough = _paragraphs_found(bare, url, fast=False)
    plain = _paragraphs_found(bare, url, fast=True)
    return plain if _is_whole(plain, thorough) else thorough


def _paragraphs_found(tree: Element, url: str, *, fast: bool) -> list[str]:
    document = trafilatura.bare_extraction(tree, url=url, include_comments=False, fast=fast)
    return [] if document is None else paragraphs(document.body)  # type: ignore[union-attr]


def _is_whole(plain: list[str], thorough: list[str]) -> bool:
    """Whether the plain reading is an article in itself, and the thorough one that article with others around it."""
    length = sum(map(len, plain))
    if length < _SHORTEST_WHOLE or sum(map(len, thorough)) < _MUCH_MORE * length:
        return False
    own = set(plain)
    shared = [place for place, paragraph in enumerate(thorough) if paragraph in own]
    held = sum(len(thorough[place]) for place in set(shared))
    between = sum(len(thorough[place]) for place in range(shared[0], shared[-1] + 1)) - held if shared else 0
    return held >= _HELD * length and between <= _BETWEEN * length


def _own_paragraphs(found: list[str], head: Head) -> list[str]:
    """The paragraphs without the headline, which the title already holds, and without one printed twice in a row."""
    kept: list[str] = []
    for paragraph in found:
        if paragraph != head.title and (not kept or paragraph != kept[-1]):
            kept.append(paragraph)
    return kept


def _searched_date(tree: Element, url: str) -> datetime | None:
    """The day that the page seems to be from, where it states no date for machines."""
    day = find_date(tree, url=url, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    return read_instant(day) if day else None


def _unreadable(url: str, why: str) -> ArticleUnreadable:
    return ArticleUnreadable(
        f"Cannot read an article from {url}",
        why=why,
        mend="Open the address in a browser; if there is an article, save it and give the file to `monitor ingest`.",
    )
