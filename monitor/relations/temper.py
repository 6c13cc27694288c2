"""Same time, for this metric? Does the later figure replace, or can both not be right?"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from monitor.domain.ontology import Ontology, Tolerances
from monitor.domain.period import Period
from monitor.domain.question import Question, Temper
from monitor.domain.relation import Told
from monitor.domain.source import SourceKind
from monitor.domain.topic import Topic
from monitor.relations.reason import when

# A clause ends at a stop, a bracket, or another number; commas do not end it ("the previous figure, which …, was 21").
_CLAUSE_END = re.compile(r"[.;:()]\s|\d")
_CLAUSE_WORDS, _NEAR_WORDS, _PAST_WORDS = 12, 3, 5


class Timing(StrEnum):
    """`SAME`: both are of one time. `LATER`: the newer may replace. `OTHER`: different periods, each its own figure."""

    SAME = "same"
    LATER = "later"
    OTHER = "other"


@dataclass(frozen=True)
class Times:
    """`newer`: 1 if the second claim's figure is the newer, -1 if the first's, 0 if neither. `note`: for the reason.

    `sure`: both say their time.
    """

    timing: Timing
    newer: int
    note: str
    sure: bool = False


def compare_times(a: Told, b: Told, topic: Topic, question: Question, ontology: Ontology) -> Times:
    """How the times of two claims stand to each other, for a metric of this temper."""
    tolerances, temper = ontology.tolerances, question.temper
    sure = bool(a.claim.time_text) and bool(b.claim.time_text)
    published = _order(_instant(a), _instant(b))
    first, second = as_of(a), as_of(b)
    if topic.metric and first and second and _is_other_event(first, second, temper, tolerances):
        return Times(Timing.OTHER, 0, "they are too far apart to be of one event", sure)
    if _is_past(a, ontology) != _is_past(b, ontology):
        return Times(Timing.OTHER, 0, "one is told as the figure of an earlier time", sure)
    if _is_earlier_figure(a, ontology) != _is_earlier_figure(b, ontology) and not _both_attributed(a, b):
        newer = 1 if _is_earlier_figure(a, ontology) else -1
        # An earlier forecast is replaced; the earlier figure of a measured period is of another period.
        timing = Timing.LATER if question.period is None or topic.is_expected else Timing.OTHER
        return Times(timing, newer, "one is told as the earlier figure", sure)
    if question.period is not None or topic.is_expected or topic.is_change or _is_measured(topic):
        days = 1 if temper is Temper.VOLATILE else tolerances.slow_days
        return _by_period(a, b, topic, published, tolerances, days)
    if temper is Temper.CONSTANT:
        return Times(Timing.SAME, published, "such a figure does not change with time", sure)
    if first is None or second is None:
        return Times(Timing.SAME, published, "no time is known for one of them", False)
    return _by_temper(a, b, first, second, temper, tolerances)


def _is_other_event(first: Period, second: Period, temper: Temper, tolerances: Tolerances) -> bool:
    """Whether a count to date, or a thing that is measured once, must be of two events: they lie years apart."""
    if temper not in {Temper.CUMULATIVE, Temper.CONSTANT}:
        return False
    return min(
        abs((_first(second) - _last(first)).days), abs((_first(first) - _last(second)).days)
    ) > tolerances.event_days and not first.overlaps(second)


def _both_attributed(a: Told, b: Told) -> bool:
    """Whether each has an asserter of its own: "7.0, against 6.8 by the survey" sets two voices side by side."""
    sources = [told.claim.sources[0] for told in (a, b) if told.claim.sources]
    if len(sources) < 2 or any(source.kind is SourceKind.PUBLISHER for source in sources):
        return False
    return sources[0].name != sources[1].name


def as_of(told: Told) -> Period | None:
    """What the figure is of: its time, else the day of publication."""
    if told.claim.time is not None:
        return told.claim.time
    day = told.article.published
    return Period(day.date(), day.date()) if day else None


def same_period(one: Period, other: Period, least: float, *, points: bool) -> bool:
    """Whether two periods are one: most of their days shared or, with `points`, a day at the end of the other."""
    start, end = max(_first(one), _first(other)), min(_last(one), _last(other))
    low, high = min(_first(one), _first(other)), max(_last(one), _last(other))
    shared, union = (end - start).days + 1, (high - low).days + 1
    if shared > 0 and shared >= least * union:
        return True
    lengths = sorted(((_last(p) - _first(p)).days + 1) for p in (one, other))
    return points and lengths[0] <= 3 < lengths[1] and abs((_last(one) - _last(other)).days) <= 3


def _is_measured(topic: Topic) -> bool:
    return topic.metric is not None and topic.metric.period_bound


def _by_period(a: Told, b: Told, topic: Topic, published: int, tolerances: Tolerances, days: int) -> Times:
    """`days`: how far apart two figures without a stated period may be told and still be of one."""
    first, second = as_of(a), as_of(b)
    sure = bool(a.claim.time_text) and bool(b.claim.time_text)
    if first is None or second is None:
        return Times(Timing.SAME, published, "no period is known for one of them", False)
    if sure:
        if same_period(first, second, tolerances.period, points=not topic.is_change):
            return Times(Timing.SAME, published, f"both for {when(longer(first, second))}", True)
        return Times(Timing.OTHER, _order(_last(first), _last(second)), "they are of different periods", True)
    if not a.claim.time_text and not b.claim.time_text:
        meant = abs((_last(first) - _last(second)).days) <= days
    else:
        stated, told_on = (first, _last(second)) if a.claim.time_text else (second, _last(first))
        meant = may_mean(stated, told_on, tolerances, expected=bool(topic.is_expected), days=days)
    if meant:
        return Times(Timing.SAME, published, "one does not say for what time", False)
    return Times(Timing.OTHER, published, "they are of different periods", False)


def may_mean(stated: Period, told_on: date, tolerances: Tolerances, *, expected: bool, days: int) -> bool:
    """Whether a figure without a period, told on that day, can be of a stated one: news is of what ended last.

    A day is news for some days, a quarter for months; only what is expected is told before its time.
    """
    if _first(stated) > told_on:
        return expected
    length = (_last(stated) - _first(stated)).days
    return (told_on - _last(stated)).days <= min(tolerances.report_days, days + length)


def _by_temper(a: Told, b: Told, first: Period, second: Period, temper: Temper, tolerances: Tolerances) -> Times:
    sure = bool(a.claim.time_text) and bool(b.claim.time_text)
    apart = abs((_last(first) - _last(second)).days)
    newer = _order(_last(first), _last(second)) or _order(_instant(a), _instant(b))
    if temper is Temper.SLOW:
        if first.overlaps(second) or (apart <= tolerances.slow_days and not sure):
            return Times(Timing.SAME, newer, "", sure)
        return Times(Timing.LATER, newer, "they are of different times", sure)
    hours = abs(_instant(a) - _instant(b)) >= timedelta(hours=tolerances.rising_hours)
    if apart or (hours and not sure):
        return Times(Timing.LATER, newer, "", sure)
    return Times(Timing.SAME, newer, "both on one day", sure)


def _clause_ahead(told: Told) -> str:
    evidence = told.claim.evidence
    ahead = evidence.quote[: evidence.span_start - evidence.start].lower().replace("’", "'")
    return f" {' '.join(_CLAUSE_END.split(ahead)[-1].split()[-_CLAUSE_WORDS:])} "


def _is_past(told: Told, ontology: Ontology) -> bool:
    """Whether the words right ahead of the figure make it one of an earlier season, year or month."""
    near = f" {' '.join(_clause_ahead(told).split()[-_PAST_WORDS:])} "
    return any(f" {cue} " in near for cue in ontology.words.past)


def _is_earlier_figure(told: Told, ontology: Ontology) -> bool:
    """Whether the words ahead of the figure make it the one that another is compared to."""
    words, clause = ontology.words, _clause_ahead(told)
    near = f" {' '.join(clause.split()[-_NEAR_WORDS:])} "
    return any(f" {cue} " in near for cue in words.before) or any(f" {cue} " in clause for cue in words.earlier)


def longer(one: Period, other: Period) -> Period:
    """The longer of two periods that are one: it says what is meant."""
    return max((one, other), key=lambda period: ((_last(period) - _first(period)).days, period.iso()))


def _instant(told: Told) -> datetime:
    return told.article.updated or told.article.published or told.article.arrived.astimezone(UTC)


def _order(first: date, second: date) -> int:
    return (first < second) - (first > second)


def _first(period: Period) -> date:
    return period.start or date.min


def _last(period: Period) -> date:
    return period.end or date.max
