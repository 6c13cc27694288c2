"""Teasers: blocks that stand for other pages. A page made of them is a list."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from monitor.articles.paragraphs import folded, word_count
from monitor.articles.sight import is_around

_BLOCKS = frozenset(
    {"p", "div", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "dt", "dd", "header", "figcaption"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FEWEST_WORDS = 3
_MOST_WORDS = 60
_SHORTEST_HEADLINE = 2
_MOST_TEASERS = 300
_OF_LINKS = 0.5


def teasers(tree: Element) -> list[list[str]]:
    """The texts of each teaser of a page: a headline that leads to another page, and the lines that go with it."""
    links = _headlines(tree)
    targets: dict[Element, set[str]] = {}
    for link, href in links:
        for element in (link, *link.iterancestors()):
            targets.setdefault(element, set()).add(href)
    cards: dict[Element, None] = {}
    for link, _ in links:
        cards.setdefault(_card(link, targets))
    found = [_texts(card) for card in cards]
    return [texts for texts in found if _FEWEST_WORDS <= word_count(" ".join(texts)) <= _MOST_WORDS]


def _headlines(tree: Element) -> list[tuple[Element, str]]:
    """Links that are headlines: in a heading, or most of the text of their block."""
    found: list[tuple[Element, str]] = []
    lines: dict[Element, bool] = {}
    for link in _seen_links(tree):
        text = folded(" ".join(link.itertext()))
        if word_count(text) >= _SHORTEST_HEADLINE and _is_headline(link, lines):
            found.append((link, link.get("href")))
            if len(found) == _MOST_TEASERS:
                break
    return found


def _seen_links(tree: Element) -> Iterator[Element]:
    todo = [tree]
    while todo:
        element = todo.pop()
        if not isinstance(element.tag, str) or is_around(element):
            continue
        if element.tag == "a" and not (element.get("href") or "#").startswith(("#", "javascript:", "mailto:")):
            yield element
        else:
            todo.extend(reversed(element))


def _is_headline(link: Element, lines: dict[Element, bool]) -> bool:
    """Whether a link is a headline. `lines`: of the blocks looked at so far, whether they are made of links."""
    block = next((element for element in link.iterancestors() if element.tag in _BLOCKS), None)
    if block is None or block.tag in _HEADINGS:
        return block is not None
    if block not in lines:
        lines[block] = _is_made_of_links(block)
    return lines[block] or any(element.tag in _HEADINGS for element in link.iter())


def _is_made_of_links(block: Element) -> bool:
    """Whether most of the text that stands in a block itself, not in blocks within it, is that of links."""
    total, linked = 0, 0
    todo = [(block, False)]
    while todo:
        element, in_link = todo.pop()
        in_link = in_link or element.tag == "a"
        own = len((element.text or "").strip())
        total, linked = total + own, linked + own * in_link
        for child in element:
            tail = len((child.tail or "").strip())
            total, linked = total + tail, linked + tail * in_link
            if child.tag not in _BLOCKS:
                todo.append((child, in_link))
    return linked >= _OF_LINKS * total


def _card(link: Element, targets: dict[Element, set[str]]) -> Element:
    """The largest element around a headline that leads to no second page."""
    card = link
    for element in link.iterancestors():
        if len(targets[element]) > 1 or element.tag in ("body", "main"):
            break
        card = element
    return card


def _texts(card: Element) -> list[str]:
    texts = [folded(text) for text in card.itertext()]
    below = card.getnext()
    if below is not None and (card.tag in _HEADINGS or card.tag == "dt") and below.tag in ("p", "dd"):
        texts.append(folded(" ".join(below.itertext())))  # a flat list: the line under the heading is its own
    return [text for text in texts if text]
