"""What a page says of itself as linked data (JSON-LD, https://schema.org)."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import _Element as Element

from monitor.articles.paragraphs import folded

_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|Posting|Report|WebPage|Review|CreativeWork)\Z")
_WHOLE_PAGES = ("WebPage", "CreativeWork")
_MOST_SCRIPT = 2_000_000
_DEEPEST = 5


def linked_data(tree: Element) -> list[dict[str, Any]]:
    """The objects of a page that describe it or its article; articles come first, references to authors are resolved."""
    objects = list(_objects(tree))
    known = {str(item["@id"]): item for item in objects if "@id" in item and "name" in item}
    wanted = [_resolved(item, known) for item in objects if any(map(_ARTICLE_TYPES.search, types_of(item)))]
    return sorted(wanted, key=lambda item: any(kind.endswith(_WHOLE_PAGES) for kind in types_of(item)))


def types_of(item: Mapping[str, Any]) -> list[str]:
    """What an object says that it is."""
    kinds = item.get("@type")
    return [str(kind) for kind in kinds] if isinstance(kinds, list) else [str(kinds or "")]


def names_in(value: Any, depth: int = 0) -> list[str]:
    """The names of people or organisations, whatever shape they have."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [name for item in value for name in names_in(item, depth + 1)]
    if isinstance(value, dict):
        return names_in(value.get("name"), depth + 1)
    return [text] if isinstance(value, str) and (text := unescaped(value)) else []


def string_in(item: Mapping[str, Any], key: str) -> str:
    """A value that is a text, else an empty one."""
    value = item.get(key)
    return unescaped(value) if isinstance(value, str) else ""


def unescaped(text: str) -> str:
    """A text in one line; many systems write it as they would in markup, with `&#8211;` for a dash."""
    return folded(html.unescape(text))


def _objects(tree: Element) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) < _MOST_SCRIPT:
            try:
                value = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _unpacked(value, 0)


def _unpacked(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _unpacked(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _unpacked(value.get("@graph"), depth + 1)


def _resolved(item: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The object with its authors in place of references to them."""
    authors = item.get("author")
    listed = authors if isinstance(authors, list) else [authors]
    return {**item, "author": [_known(author, known) for author in listed]}


def _known(value: Any, known: Mapping[str, Any]) -> Any:
    return known.get(str(value.get("@id")), value) if isinstance(value, dict) and "name" not in value else value
