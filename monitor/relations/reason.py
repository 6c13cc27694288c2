"""What a relation says to a reader: one plain sentence that can be checked against the two quotes."""

import re
from datetime import date
from functools import lru_cache

from monitor.domain.claim import Claim
from monitor.domain.known import kept
from monitor.domain.period import Period
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*")


@kept
def asserter(told: Told) -> Source:
    """The nearest asserter; the publisher where the chain is empty."""
    if told.claim.sources:
        return told.claim.sources[0]
    return Source(told.article.publisher, SourceKind.PUBLISHER, told.article.publisher)


@kept
def says(told: Told) -> str:
    """A figure as printed, and who gives it: "about 20 percent (industry sources, via CSIS)"."""
    figure = told.claim.evidence.span
    return f"{'not ' if told.claim.is_denial and not told.claim.quantity.is_empty else ''}{figure} ({voice(told)})"


@kept
def voice(told: Told) -> str:
    """Who gives a figure, and the paper it stands in."""
    source = asserter(told)
    who = source.name or source.label
    publisher = told.article.publisher
    return who if not publisher or publisher == who else f"{who}, via {publisher}"


@lru_cache(maxsize=4096)
def when(period: Period) -> str:
    """A period in words: "6 March 2026", "February 2026", "2026", "1 July to 30 September 2026"."""
    iso = period.iso()
    if "/" not in iso:
        return _point(iso)
    if period.start is None or period.end is None:
        return f"up to {_day(period.end)}" if period.end else f"from {_day(period.start)}" if period.start else ""
    first = _day(period.start)
    if period.start.year == period.end.year:
        first = first.removesuffix(f" {period.start.year}")
    return f"{first} to {_day(period.end)}"


def sentence(head: str, *notes: str) -> str:
    """The head and its notes in brackets, as one sentence."""
    said = "; ".join(note for note in notes if note)
    whole = f"{head} ({said})" if said else head
    return f"{whole[:1].upper()}{whole[1:]}."


@kept
def as_written(claim: Claim, words: frozenset[str]) -> str:
    """Stems as the claim itself writes them, in its order."""
    if not words:
        return ""
    text = " ".join([claim.subject, *claim.qualifiers.values(), claim.metric])
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        low = word.lower().removesuffix("'s").removesuffix("’s")
        for stem in words:
            if low.startswith(stem[:-1] if stem.endswith("y") else stem):
                found.setdefault(stem, word.removesuffix("'s").removesuffix("’s"))
    ordered = list(found.values())
    return " ".join(dict.fromkeys(ordered + sorted(words - found.keys())))


def _point(iso: str) -> str:
    year, _, rest = iso.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
