"""HTML → title, text and dates of an article, or what the page is instead of one."""

from dataclasses import replace
from datetime import datetime

from htmldate import find_date
from lxml.etree import _Element as Element

from monitor.articles.body import body_of
from monitor.articles.cues import NO_CUES, WallCues
from monitor.articles.decode import decoded
from monitor.articles.evidence import Evidence
from monitor.articles.labels import label_of
from monitor.articles.language import language_of
from monitor.articles.lead import lead_of, with_lead
from monitor.articles.metadata import read_head
from monitor.articles.paragraphs import joined, word_count
from monitor.articles.sight import sight_of
from monitor.articles.teasers import teasers
from monitor.articles.tree import page_tree, unreadable
from monitor.domain.article import Extracted
from monitor.domain.instant import read_date

_FEWEST_WORDS = 12


def extract(page: bytes | str, url: str, cues: WallCues = NO_CUES) -> Extracted:
    """The article of a page: its text in paragraphs, without what stands around it.

    A wall, a list or an error that was sent in place of an article comes back with a label and without text; `cues` say
    how walls speak. Raises ArticleUnreadable for a page that holds no text at all.
    """
    source = page if isinstance(page, str) else decoded(page)
    tree = page_tree(source, url)
    head = read_head(tree, url)
    dated = head.published or _searched_date(tree, url)
    sight, others = sight_of(tree), teasers(tree)
    body = with_lead(lead_of(sight.blocks, head.descriptions), body_of(tree, url))
    found = _without_headline(body, head.title)
    label = label_of(Evidence(url, source.lower(), sight, head.offer, others, found, head.is_article, cues))
    text = "" if label else joined(found)
    if label is None and word_count(text) < _FEWEST_WORDS:
        raise unreadable(url, "the page holds no article text")
    read = Extracted(
        title=head.title,
        text=text,
        canonical_url=head.canonical_url,
        publisher=head.publisher,
        published=dated,
        updated=head.updated,
        author=head.author,
        language=language_of(text, head.language),
    )
    return replace(read, label=label.kind, label_reason=label.reason) if label else read


def _without_headline(found: list[str], title: str) -> list[str]:
    """The paragraphs without the headline, which the title already holds, and without one printed twice in a row."""
    kept: list[str] = []
    for paragraph in found:
        if paragraph != title and (not kept or paragraph != kept[-1]):
            kept.append(paragraph)
    return kept


def _searched_date(tree: Element, url: str) -> datetime | None:
    """The day that the page seems to be from, where it states no date for machines."""
    day = find_date(tree, url=url, original_date=True, extensive_search=False, outputformat="%Y-%m-%d")
    stamp = read_date(day) if day else None
    return stamp.when if stamp else None
