"""The bytes of an XML document → its tree, without danger: nothing is loaded from anywhere, no entity grows."""

import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from lxml import etree

from monitor.errors import FeedUnreadable
from monitor.feeds.slips import set_right

MOST_ELEMENTS = 250_000
"""Elements of a document; about 300 bytes are kept of each."""

DEEPEST = 200
"""No feed nests deeper, XHTML content included."""

_MOST_ATTRIBUTES = 500_000
_SMALL = 4 * MOST_ELEMENTS
"""Bytes of a document that cannot hold too much: an element has four or more, an attribute five."""

_CDATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)


def whole_tree(document: bytes, url: str) -> Element | None:
    """The root of a document in UTF-8; None where it breaks the rules of XML, apart from common slips.

    Raises FeedUnreadable for a document that holds more than any feed does; `url` names it there.
    """
    if _is_large(document) and _is_large(_CDATA.sub(b"", document)):
        raise hostile(url)
    root = None if declares_entities(document) else _tree(document)
    if root is None:
        document = set_right(document)
        root = None if declares_entities(document) else _tree(document)
    if root is not None and len(document) > _SMALL and sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise hostile(url)
    return root


def recovered_tree(document: bytes) -> Any:
    """The root of a broken document that was tamed before, as libxml2 makes sense of it; None where it cannot.

    Its elements do all that is asked of those of a whole tree.
    """
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is not None:
        etree.strip_tags(root, etree.Entity)
    return root


def declares_entities(document: bytes) -> bool:
    """Whether a document may define texts of its own, with which a few bytes become gigabytes."""
    return b"<!DOCTYPE" in document and (b"<!ENTITY" in document or b"<!ATTLIST" in document)


def hostile(url: str) -> FeedUnreadable:
    """The error for a document that is made to be costly."""
    return FeedUnreadable(
        f"Cannot read feed {url}",
        why=f"the document nests deeper than {DEEPEST} or holds more than {MOST_ELEMENTS:,} elements",
        mend="No feed is made like this: check the address; if it is right, tell the publisher, or remove the feed.",
    )


def _is_large(markup: bytes) -> bool:
    """Whether there are signs of more elements, each with its end tag, or more attributes than we take."""
    return len(markup) > _SMALL and (markup.count(b"<") > 2 * MOST_ELEMENTS or markup.count(b"=") > _MOST_ATTRIBUTES)


def _tree(document: bytes) -> Element | None:
    try:
        return ElementTree.fromstring(document, ElementTree.XMLParser(encoding="utf-8"))
    except (ElementTree.ParseError, ValueError):
        return None
