"""Whether a span is whole: it lies in its text, has no blank at an edge, and cuts no word and no number."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

# What holds a number together: "1,400", "2.5"; the "2,5" of a list are two.
_JOINT = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d)\.(?=\d)")


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether these characters can be the text that a figure or a source stands for."""
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    return not (_cuts(text, start) or _cuts(text, end))


def _cuts(text: str, at: int) -> bool:
    """Whether a word or a number goes on over this place: "kilo|metre", "1|,400", "1,|400", "2.|5"."""
    if at in (0, len(text)):
        return False
    in_word = text[at - 1].isalnum() and text[at].isalnum()
    return in_word or any(_JOINT.match(text, place) for place in (at - 1, at))


def spans_of(prediction: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Every span of a prediction line: of figures, or of sources, words of saying and contents."""
    for one in prediction.get("quantities", ()):
        yield one["start"], one["end"]
    for one in prediction.get("attributions", ()):
        yield from ((start, end) for role in ("source", "cue", "content") for start, end in one.get(role, ()))


def count_whole(texts: dict[str, str], predictions: Iterable[dict[str, Any]]) -> dict[str, int | float]:
    """How many spans there are, how many of them are whole, and the share in percent."""
    spans = [(texts[one["id"]], *span) for one in predictions if one["id"] in texts for span in spans_of(one)]
    whole = sum(is_whole(*span) for span in spans)
    return {"spans": len(spans), "whole": whole, "share": 100.0 * whole / len(spans) if spans else 0.0}
