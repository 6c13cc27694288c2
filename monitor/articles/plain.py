"""Plain text, and pieces of HTML that are all article → paragraphs."""

import re

from monitor.articles.furniture import without_furniture
from monitor.articles.language import language_of
from monitor.articles.paragraphs import folded, joined, paragraphs
from monitor.articles.tables import without_layout
from monitor.articles.tree import fragment_tree, unreadable
from monitor.domain.article import Extracted

_LONGEST_TITLE = 30
_BLANK_LINES = re.compile(r"\n\s*\n")


def extract_plain(text: str, url: str = "the text") -> Extracted:
    """A plain text file as an article: its first line is the title, paragraphs are what blank lines part.

    Raises ArticleUnreadable for a text without words.
    """
    found = _blocks(text)
    if not found:
        raise unreadable(url, "it holds no words")
    title = found[0] if len(found[0].split()) <= _LONGEST_TITLE else ""
    body = joined(found[1:] if title and len(found) > 1 else found)
    return Extracted(title=title, text=body, language=language_of(body))


def extract_fragment(fragment: str, *, title: str = "") -> str:
    """The text of a piece of HTML that is all article, such as the full content of a feed entry; empty if it has none."""
    if not fragment.strip():
        return ""
    if "<" not in fragment:
        return joined(_blocks(fragment))
    tree = without_layout(without_furniture(fragment_tree(fragment)))
    return joined(paragraph for paragraph in paragraphs(tree) if paragraph != title)


def _blocks(text: str) -> list[str]:
    """What blank lines part."""
    return [block for part in _BLANK_LINES.split(text) if (block := folded(part))]
