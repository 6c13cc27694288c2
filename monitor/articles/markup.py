"""Small changes to a tree of markup."""

from lxml.etree import _Element as Element


def drop(element: Element) -> None:
    """Take an element out, leaving the text behind it in its place."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
