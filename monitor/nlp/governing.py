"""Date words in a figure's sentence → those that say when the figure holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import ancestors, clause_of
from monitor.nlp.dated_clauses import (
    begins_with_since,
    dates_telling,
    follows_when,
    hangs_on_object,
    is_joined,
    is_of_report,
    is_remark,
    is_superseded,
    is_told_by,
    is_told_in,
    stands_apart,
    tells,
)
from monitor.nlp.dated_names import is_delivery
from monitor.nlp.tenses import holds_still
from monitor.nlp.text import text_of
from monitor.nlp.time_cues import TimeCues

COMPARING = re.compile(
    r"\b(?:from|than|against|versus|behind|compared with|compared to|as)\s(?:that |those )?(?:of |in )?$", re.IGNORECASE
)
EARLIER = re.compile(r"\b(?:from|than|against|versus|compared with|compared to|after)\s(?:a |an |the )?$", re.IGNORECASE)
SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:from|than|against|versus|over|on)\b.*\b(?:earlier|before|ago|last|previous|prior|year)", re.IGNORECASE
)
_BOUND = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_MOST_JOINED = 4  # values told one after another for one thing
_TO = re.compile(r"\bto (?:\w+ )?$", re.IGNORECASE)
NEAR_ENOUGH = 0.2  # of a governing date: below, it stands in a clause that is not the figure's
REPORTS = 0.4  # a date of the report, survey or count that tells it
OWN = 0.8  # a date of the figure's own phrase
DAYS_OF_STRETCH = 27
DAYS_OF_TELLING = 7  # a longer time is what a report is about
AHEAD = frozenset({Modality.FORECAST, Modality.PLANNED})


@dataclass(frozen=True)
class Timed:
    """A figure whose time is wanted: its span, the token it hangs on, the noun it is of, and what is known of it."""

    start: int
    end: int
    head: Token
    noun: Token | None
    metric: str
    subject: str
    modality: Modality
    unit: str


@dataclass(frozen=True)
class Governing:
    """The date of a figure and how near it stands: 1 its own phrase, 0 another clause."""

    date: DateSpan
    root: Token
    trust: float


def governing_date(
    doc: Doc, figure: Timed, dates: Sequence[DateSpan], figures: Sequence[tuple[int, int]], cues: TimeCues
) -> Governing | None:
    """The date in the figure's sentence that says when it holds, or None."""
    sentence = figure.head.sent
    rivals = []
    for date in dates:
        if date.end <= sentence.start_char or date.start >= sentence.end_char:
            continue
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None or _is_of_other(text_of(doc), date, figure.start, figures):
            continue
        if date.is_figure and not _is_when_due(doc, figure, date, span.root):
            continue
        told_in = date.period.days <= DAYS_OF_TELLING and is_told_in(span.root, cues.documents)
        if told_in or is_delivery(span.root, date, figure.unit, cues):
            continue
        score = _score_beside(doc, figure, date, span.root)
        if score > 0:
            rivals.append((score, -abs(date.start - figure.end), -date.start, date, span.root))
    if not rivals:
        return None
    best = max(rivals, key=lambda rival: rival[:3])
    return Governing(best[3], best[4], min(best[0] / 100.0, 1.0))


def _is_when_due(doc: Doc, figure: Timed, date: DateSpan, root: Token) -> bool:
    """Whether a date that is stated says when so many are due: "40 are expected in May", "9 tonnes due in May"."""
    if figure.modality not in AHEAD or figure.end > date.start:
        return False
    own, other = clause_of(figure.head), clause_of(root)
    is_to = other.dep_ == "xcomp" and other.head == own  # "is to arrive on Tuesday"
    return _is_under(doc, figure, list(ancestors(root))) or own == other or is_to


def _is_under(doc: Doc, figure: Timed, chain: Sequence[Token]) -> bool:
    """Whether date words hang on the figure's own: "9 tonnes of rice due in May"."""
    own = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    counted = next((step for step in chain if own is not None and step in own), None)
    return counted is not None and not is_remark(chain, counted)


def _score_beside(doc: Doc, figure: Timed, date: DateSpan, root: Token) -> float:
    """The score of a date, where need be against its look: "more than last year's 241" dates the 241."""
    if _owns(root, figure.head, figure.noun):
        return 97.0
    own, other = clause_of(figure.head), clause_of(root)
    if follows_when(own, root):
        return 90.0
    if is_beside(text_of(doc), date, figure.start, figure.end) or _bounds_a_record(root):
        return 0.0
    if _came_to(doc, date, figure.start) or (own != other and is_joined(other, own)):
        return 0.0
    return _score(doc, figure, date, root)


def _owns(root: Token, head: Token, noun: Token | None) -> bool:
    """Whether the figure is the date's own: "last year's 241 billion", "last season's record of 27 million"."""
    if root.dep_ != "poss":
        return False
    for step in ancestors(head):
        if step in {root.head, noun} and root.head == step:
            return True
        if step.dep_ not in {"pobj", "prep", "nummod", "quantmod", "nmod"}:
            return False
    return False


def _came_to(doc: Doc, date: DateSpan, start: int) -> bool:
    """Whether the figure is where something has come to since the date, which is now: "doubled since June, to 280"."""
    text = text_of(doc)
    since = SINCE.search(text[max(0, date.start - 12) : date.start]) or SINCE.match(text[date.start : date.end])
    return since is not None and _TO.search(text[max(0, start - 12) : start]) is not None


def _bounds_a_record(root: Token) -> bool:
    """Whether the date only says since when nothing like it was seen: "the widest since 2019"."""
    for step in list(ancestors(root))[:3]:
        if step.lower_ == "since":
            held = [step.head, *step.head.children]
            return any(
                token.tag_ in {"JJS", "RBS"} or token.lower_ in {"first", "last"} for token in held if token.i < step.i
            )
    return False


def _is_of_other(text: str, date: DateSpan, start: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether a date directly follows earlier values: "to 41, from 36, or 2 a head, in 2024" says nothing of the 41."""
    ends = {end: begin for begin, end in figures}
    at = date.start
    values: list[int] = []
    while True:
        end = next((end for end in (at, at - 1, at - 2) if end in ends), None)
        if end is None or len(values) > _MOST_JOINED:
            return False
        values.append(ends[end])
        if EARLIER.search(text[max(0, ends[end] - 16) : ends[end]]):
            return start not in values
        at = len(text[: ends[end]].rstrip(" ").removesuffix("or").removesuffix("(").rstrip(" ").removesuffix(","))


def is_beside(text: str, date: DateSpan, start: int, end: int) -> bool:
    """Whether a date is what the figure is compared with, or stands in brackets of its own."""
    words, before = text[date.start : date.end], text[max(0, date.start - 16) : date.start]
    as_of = words.startswith("of") and before.lower().endswith("as ")
    if _COMPARED.match(words) or (COMPARING.search(before) and not as_of):
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


def _score(doc: Doc, figure: Timed, date: DateSpan, root: Token) -> float:
    start, end, head, noun = figure.start, figure.end, figure.head, figure.noun
    chain = list(ancestors(root))
    if dates_telling(chain) and not (noun is not None and noun in chain and is_superseded(noun)):
        return 0.0
    distance = min(abs(root.idx - end), abs(start - root.idx))
    nearness = max(0.0, 20.0 - distance / 8.0)
    own, other = clause_of(head), clause_of(root)
    between = text_of(doc)[end : root.idx] if root.idx > end else ""
    bounds = _bounds_only(text_of(doc), date) and not (figure.modality in AHEAD and own == other)
    if bounds and holds_still(head):
        return 8.0  # "pays 4 percent until 2035"
    if root.idx > end and distance < 30 and not any(mark in between for mark in ",;.:") and not _has_digit(between):
        return 95.0 + nearness / 10
    if bounds:
        return 8.0
    if root.dep_ == "poss" and root.head not in {head, noun}:
        return 20.0 + nearness / 2
    is_on_noun = noun is not None and noun in chain and not is_remark(chain, noun)
    if head in chain or is_on_noun or _is_under(doc, figure, chain):
        return 85.0 + nearness / 2
    if own == other:
        return 60.0 + nearness
    if other in set(ancestors(own)):
        if tells(other, own):
            was_given = date.period.days >= DAYS_OF_STRETCH and figure.modality not in AHEAD and is_told_by(other, own)
            return 40.0 if was_given or is_of_report(root, other) else 0.0
        if holds_still(head) and (own.dep_ == "relcl" or not holds_still(other)):
            return 0.0  # "which has a third of the market, on Monday put off a plant"
        if own.dep_ == "conj" and hangs_on_object(root, other):
            return 0.0
        # "Opened in May and costs 4 million": what follows a clause's date and is joined to it has none.
        if is_joined(own, other) and root.i > other.i:
            is_one_story = own.tag_ == other.tag_ == "VBD" and date.period.days >= DAYS_OF_STRETCH
            return 30.0 if is_one_story else 15.0
        return 35.0 + nearness
    if own in set(ancestors(other)):
        is_later = (
            holds_still(head) and other.tag_ == "VBD" and not begins_with_since(root)
        )  # "employs 90 and built 40 boats in 2026"
        return 0.0 if is_later or stands_apart(other, own) else 25.0 + nearness
    return 12.0 + nearness / 2


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)
