"""The lead of an article: the lines between headline and body that templates keep apart from the body.

It often holds the figure that the article is about. It is known by what the page says of itself for machines: the
description that search engines and networks show begins as the lead does.
"""

from collections.abc import Iterable, Sequence

from monitor.articles.paragraphs import folded

_SHORTEST = 40
_LONGEST = 800
_AGREED = 40
"""Characters that two texts share at their beginning when they are one."""


def lead_of(blocks: Iterable[str], descriptions: Iterable[str]) -> str:
    """The block of a page that its description repeats, or begins to; empty if there is none."""
    heads = {head for text in descriptions if len(head := _head(folded(text))) == _AGREED}
    return next((block for block in blocks if _SHORTEST <= len(block) <= _LONGEST and _head(block) in heads), "")


def with_lead(lead: str, found: Sequence[str]) -> list[str]:
    """The paragraphs with the lead before them, where it is not one of them."""
    if not lead or not found or any(_head(lead) in paragraph.casefold() for paragraph in found):
        return list(found)
    return [lead, *found]


def _head(text: str) -> str:
    return text[:_AGREED].casefold()
