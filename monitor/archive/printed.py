"""Query → what one would type for it."""

import re

from monitor.domain.query import (
    All,
    Days,
    Either,
    Figure,
    FirstHand,
    Kind,
    Leaf,
    Named,
    Not,
    Part,
    State,
    Words,
    Worth,
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_QUOTED = re.compile(r'[\s"()\\]|^=')


def printed(part: Part) -> str:
    """The part in the language that was typed, in one form: read again it is the same."""
    match part:
        case All():
            return " AND ".join(_within(one) for one in part.parts)
        case Either():
            return " OR ".join(_within(one) for one in part.parts)
        case Not(part=FirstHand()):
            return written("first-hand", "no")
        case Not():
            return f"NOT {_within(part.part)}"
        case _:
            return _leaf(part)


def written(field: str, value: str, *, whole: bool = False) -> str:
    """A field and its value as one types them: quoted where there is a space, a quote or a bracket in it."""
    name = " ".join(_CONTROL.sub(" ", value).split())
    return f"{field}:{'=' if whole else ''}{_quoted(name) if not name or _QUOTED.search(name) else name}"


def _within(part: Part) -> str:
    return f"({printed(part)})" if isinstance(part, All | Either) else printed(part)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Words():
            return _quoted(leaf.text) if leaf.phrase else leaf.text
        case Named():
            return written(leaf.field, leaf.name, whole=leaf.whole)
        case Kind():
            return written("kind", leaf.modality)
        case State():
            return written("state", leaf.status or "any")
        case FirstHand():
            return written("first-hand", "yes")
        case Days():
            since, until = (day.isoformat() if day else None for day in (leaf.since, leaf.until))
            return written(leaf.field, _range(since, until))
        case Worth():
            return written("worth", _bounds(leaf))
        case Figure(low=None, high=None):
            return written("unit", leaf.unit or "")
        case Figure():
            return written("value", f"{_bounds(leaf)} {leaf.unit or ''}")


def _bounds(leaf: Figure | Worth) -> str:
    low, high = (end if end is None else format(end, "f") for end in (leaf.low, leaf.high))
    return _range(low, high, leaf.low_open, leaf.high_open)


def _range(low: str | None, high: str | None, low_open: bool = False, high_open: bool = False) -> str:
    if low is None:
        return f"{'<' if high_open else '<='}{high}"
    if high is None:
        return f"{'>' if low_open else '>='}{low}"
    return low if low == high else f"{low}..{high}"
