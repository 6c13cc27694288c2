"""Whether a span is whole: it lies in its text, has no blank at an edge, and cuts no word and no number."""

from collections.abc import Iterable, Iterator
from typing import Any


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether these characters can be the text that a figure or a source stands for."""
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    return not (_cuts(text, start) or _cuts(text, end))


def _cuts(text: str, at: int) -> bool:
    """Whether a word or a number goes on over this place: "kilo|metre", "1|,400", "2.|5"."""
    before, after = text[:at][-2:], text[at : at + 2]
    if not before or not after:
        return False
    if before[-1].isalnum() and after[0].isalnum():
        return True
    in_front = before[-1].isdigit() and after[0] in ".," and after[1:].isdigit()
    return in_front or (after[0].isdigit() and before[-1] in ".," and before[:-1].isdigit())


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
