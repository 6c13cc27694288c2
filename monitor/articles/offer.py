"""What a page says to machines of the price of its article: free, or sold, and which part of it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element as Element

from monitor.articles.paragraphs import word_count

_CLASS = re.compile(r"\.([\w-]+)\s*\Z")
_LOCKED = frozenset({"locked", "metered", "paid", "premium", "subscriber", "subscription", "subscribers"})
_TIERS = ("article:content_tier", "content_tier", "article:tier", "premium", "access")
_PART = 0.5
_HELD_BACK = 40
_WHOLE = 300


@dataclass(frozen=True)
class Offer:
    """Whether the article is sold, and how much of it is there (https://schema.org/isAccessibleForFree).

    `words`: how many the article has, None if not said. `sold_words`: how many stand in the parts said to be sold, None
    where no part is named. Many pages name a part that they send to nobody, and the article beside it.
    """

    is_sold: bool = False
    words: int | None = None
    sold_words: int | None = None

    def is_cut(self, found: int) -> bool:
        """Whether a text of so many words is only a part of the article."""
        if self.words is not None and self.words > _HELD_BACK:
            return found < _PART * self.words
        return self.sold_words is not None and self.sold_words < _HELD_BACK and found < _WHOLE


def offer_of(tree: Element, metas: Mapping[str, str], linked: Iterable[Mapping[str, Any]]) -> Offer:
    """The offer of a page, from its meta elements and its linked data."""
    is_sold = any(metas.get(name, "").lower() in _LOCKED for name in _TIERS)
    words: int | None = None
    classes: list[str] = []
    for item in linked:
        parts = [part for part in _listed(item.get("hasPart")) if isinstance(part, Mapping)]
        stated = [one["isAccessibleForFree"] for one in (item, *parts) if "isAccessibleForFree" in one]
        is_sold = is_sold or (bool(stated) and _is_false(stated[0]))
        words = words or _number(item.get("wordCount"))
        classes += [name[1] for part in parts if (name := _CLASS.search(str(part.get("cssSelector") or "")))]
    return Offer(is_sold, words, _words_in(tree, classes) if classes else None)


def _words_in(tree: Element, classes: list[str]) -> int:
    wanted = set(classes)
    return sum(
        word_count(" ".join(element.itertext()))
        for element in tree.iter()
        if isinstance(element.tag, str) and wanted & set((element.get("class") or "").split())
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_false(value: Any) -> bool:
    return value is False or str(value).strip().lower() in (
        "false",
        "http://schema.org/false",
        "https://schema.org/false",
    )


def _number(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and len(text) < 7 else None
