"""A page without its furniture: what stands around and between the paragraphs of an article and is not part of it.

Recognised by structure: elements, roles, the names that templates give their blocks, and how much of a block is links.
Never by its words. A block that holds a good part of the page's prose stays, whatever it is called.
"""

import re

from lxml.etree import _Element as Element

from monitor.articles.markup import drop

_ELEMENTS = frozenset({"aside", "nav", "dialog", "menu"})
_ROLES = frozenset(
    {"navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"}
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|newsletters?|nl-?signup|sign-?up|subscribe|subscription|promo\w*|sponsor\w*|advert\w*|"
    r"outbrain|taboola|cookies?|consent|gdpr|ticker|bread-?crumbs?|share|sharing|social|comments?|most-?(?:read|viewed|popular)|"
    r"trending|read-?(?:more|next|also)|see-?also|more-?(?:from|on|stories)|recommend\w*|teaser|tools|byline|dateline|"
    r"donat\w*|paywall-?\w*|skip-?link|print-?only|screen-?reader\w*|sr-only|visually-?hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:^|[\s_-])(?:updated?|modified|published?|pub-?date|posted|posted-?on|date|time|time-?stamp)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_DATE_LINE = 100
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BLOCKS = frozenset({"div", "section", "ul", "ol", "p", "span", "figure", "header", "footer", "table", "form", "li", "a"})
_MOST_PROSE = 0.3
"""The share of the page's prose from which on a block is the article, however it is called."""


def without_furniture(tree: Element) -> Element:
    """The tree with its furniture taken out, in place."""
    prose = max(1, _prose(tree))
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and _is_furniture(element) and _prose(element) < _MOST_PROSE * prose:
            drop(element)
    return tree


def _is_furniture(element: Element) -> bool:
    if element.tag in _ELEMENTS or (element.get("role") or "").strip().lower() in _ROLES:
        return True
    if element.tag not in _BLOCKS:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if not names.strip():
        return False
    names = _CAMEL.sub("-", names)
    return _NAMES.search(names) is not None or (_DATE_LINE.search(names) is not None and _is_short(element))


def _is_short(element: Element) -> bool:
    total = 0
    for text in element.itertext():
        total += len(text.strip())
        if total > _LONGEST_DATE_LINE:
            return False
    return True


def _prose(element: Element) -> int:
    """Characters of text in paragraphs that are not links."""
    total = 0
    for paragraph in element.iter("p"):
        total += sum(len(text) for text in paragraph.itertext())
    return total
