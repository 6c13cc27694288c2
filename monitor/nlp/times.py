"""Figure → the date words that govern it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import ancestors, clause_of

_COMPARED = re.compile(
    r"(?:from|than|against|versus|over|on)\b.*\b(?:earlier|before|ago|last|previous|prior|year)", re.IGNORECASE
)
_COMPARING = re.compile(
    r"\b(?:from|than|against|versus|behind|compared with|compared to|as)\s(?:that |those )?(?:of |in )?$", re.IGNORECASE
)
_EARLIER = re.compile(r"\b(?:from|than|against|versus|compared with|compared to|after)\s(?:a |an |the )?$", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_TELLING = frozenset({"ccomp", "parataxis"})


@dataclass(frozen=True)
class Governing:
    """The date of a figure and how near it stands: 1 its own phrase, 0 another clause."""

    date: DateSpan
    trust: float


def governing_date(
    doc: Doc,
    start: int,
    end: int,
    head: Token,
    noun: Token | None,
    dates: Sequence[DateSpan],
    figures: Sequence[tuple[int, int]],
) -> Governing | None:
    """The date in the figure's sentence that says when it holds, or None."""
    sentence = head.sent
    rivals = []
    for date in dates:
        if date.end <= sentence.start_char or date.start >= sentence.end_char or date.is_figure:
            continue
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None or _is_of_other(doc.text, date, start, figures):
            continue
        score = 0.0 if _is_beside(doc.text, date, start, end) else _score(doc, date, span.root, start, end, head, noun)
        if score > 0:
            rivals.append((score, -abs(date.start - end), -date.start, date))
    if not rivals:
        return None
    best = max(rivals, key=lambda rival: rival[:3])
    return Governing(best[3], min(best[0] / 100.0, 1.0))


def _is_of_other(text: str, date: DateSpan, start: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether a date directly follows an earlier value: "to 41, from 36 in 2024" says nothing of the 41."""
    for other_start, other_end in figures:
        if 0 <= date.start - other_end <= 2 and other_start != start:
            return bool(_EARLIER.search(text[max(0, other_start - 16) : other_start]))
    return False


def _is_beside(text: str, date: DateSpan, start: int, end: int) -> bool:
    """Whether a date is what the figure is compared with, or stands in brackets of its own."""
    if _COMPARED.match(text[date.start : date.end]) or _COMPARING.search(text[max(0, date.start - 16) : date.start]):
        return True
    opened = text.rfind("(", max(0, date.start - 120), date.start)
    closed = text.find(")", date.end, date.end + 120)
    bracketed = (
        opened >= 0 and closed >= 0 and ")" not in text[opened : date.start] and "(" not in text[date.end : closed]
    )
    return bracketed and not opened <= start < closed


def _bounds_only(text: str, date: DateSpan) -> bool:
    """Whether the date only says before or until when ("no step before the spring")."""
    return bool(_BOUND.match(text[date.start : date.end]) or _BOUND.search(text[max(0, date.start - 8) : date.start]))


def _score(doc: Doc, date: DateSpan, root: Token, start: int, end: int, head: Token, noun: Token | None) -> float:
    chain = list(ancestors(root))
    distance = min(abs(root.idx - end), abs(start - root.idx))
    nearness = max(0.0, 20.0 - distance / 8.0)
    between = doc.text[end : root.idx] if root.idx > end else ""
    if root.idx > end and distance < 30 and not any(mark in between for mark in ",;.:") and not _has_digit(between):
        return 95.0 + nearness / 10
    if _bounds_only(doc.text, date):
        return 8.0
    if root.dep_ == "poss" and root.head not in {head, noun}:
        return 20.0 + nearness / 2
    if head in chain or (noun is not None and noun in chain):
        return 85.0 + nearness / 2
    own, other = clause_of(head), clause_of(root)
    if own == other:
        return 60.0 + nearness
    if other in set(ancestors(own)):
        return 0.0 if _tells(other, own) else 35.0 + nearness
    if own in set(ancestors(other)):
        return 0.0 if _is_relative(other) else 25.0 + nearness
    return 12.0 + nearness / 2


def _tells(verb: Token, below: Token) -> bool:
    """Whether the verb reports the clause below it: its date is that of the saying."""
    for step in ancestors(below):
        if step.head == verb and step != verb:
            return step.dep_ in _TELLING
    return any(child.dep_ in _TELLING for child in verb.children)


def _is_relative(verb: Token) -> bool:
    return verb.dep_ in {"relcl", "acl"} or any(child.dep_ in _TELLING for child in verb.children)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
