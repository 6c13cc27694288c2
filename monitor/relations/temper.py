"""Same time, for this metric? Does the later figure replace, or can both not be right?"""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from monitor.domain.cues import has_cue, words_of
from monitor.domain.evidence import Where
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology, Tolerances
from monitor.domain.period import Period
from monitor.domain.question import Question, Temper
from monitor.domain.relation import Told
from monitor.domain.source import SourceKind
from monitor.domain.topic import Topic, time_stated
from monitor.relations.reason import when
from monitor.relations.wording import takes_up

# A clause ends at a stop, a bracket, another number, or where it is set against the next; commas do not end it ("the
# previous figure, which …, was 21").
_CLAUSE_END = re.compile(r"[.;:()]\s|\d|\b(?:but|while|whereas|although)\b|, and not\b")
_CLAUSE_BREAK = re.compile(r"[.,;:()](?:\s|$)|\s[-–—]\s")
_CLAUSE_WORDS, _NEAR_WORDS, _PAST_WORDS, _BEHIND_WORDS, _REST_WORDS = 12, 3, 5, 6, 2
_OWN = ("its", "their", "his", "her")
_WORD = re.compile(r"[\w'-]+")


class Timing(StrEnum):
    """`SAME`: both are of one time. `LATER`: the newer may replace. `OTHER`: different periods, each its own figure."""

    SAME = "same"
    LATER = "later"
    OTHER = "other"


class Times(NamedTuple):
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
    if a.article.id == b.article.id:
        a, b = _of_its_article(a, b, topic), _of_its_article(b, a, topic)
        if takes_up(a, b, ontology):
            a, b = _of_what_it_takes_up(a, b), _of_what_it_takes_up(b, a)
    sure = bool(a.claim.time_text and b.claim.time_text and _stated(a, topic) and _stated(b, topic))
    published = _order(_instant(a), _instant(b))
    first, second = as_of(a, topic), as_of(b, topic)
    happened = _is_other_event(first, second, temper, tolerances) if topic.metric and first and second else False
    if temper is Temper.CUMULATIVE and topic.metric and topic.metric.of_event and not happened:
        first, second = _counted_on(a, b, topic, ontology), _counted_on(b, a, topic, ontology)
    if happened:
        return Times(Timing.OTHER, 0, "they are too far apart to be of one event", sure)
    past = _is_past(a, ontology), _is_past(b, ontology)
    if past[0] != past[1]:
        span = (a if past[0] else b).claim.evidence.span
        return Times(Timing.OTHER, 0, f"{span} is told as the figure of an earlier time", sure)
    earlier = (_is_earlier_figure(a, b, ontology), _is_earlier_figure(b, a, ontology))
    # What has come about and does not change is not replaced by what another says later.
    lasts = (sure and temper is Temper.CUMULATIVE) or (temper is Temper.CONSTANT and _both_attributed(a, b))
    lasts = lasts and not topic.is_expected
    if earlier[0] != earlier[1] and not lasts:
        newer = 1 if earlier[0] else -1
        # An earlier forecast is replaced, and so is a figure of one period; else the earlier one is of another period.
        replaced = question.period is None or topic.is_expected or _of_one_period(a, b, topic, tolerances)
        timing = Timing.LATER if replaced else Timing.OTHER
        span = (a if earlier[0] else b).claim.evidence.span
        return Times(timing, newer, f"{span} is told as the earlier figure", sure)
    if question.period is not None or topic.is_change or _is_of_a_period(topic):
        days = 1 if temper is Temper.VOLATILE else tolerances.slow_days
        return _by_period(a, b, topic, published, tolerances, days)
    if temper is Temper.CONSTANT:
        return Times(Timing.SAME, published, "such a figure does not change with time", sure)
    if first is None or second is None:
        return Times(Timing.SAME, published, "no time is known for one of them", False)
    return _by_temper(a, b, first, second, temper, tolerances, sure=sure)


def _of_its_article(headline: Told, body: Told, topic: Topic) -> Told:
    """A headline that states no time is of the time that its article states."""
    wheres = headline.claim.evidence.where, body.claim.evidence.where
    if wheres != (Where.TITLE, Where.BODY) or _stated(headline, topic):
        return headline
    return replace(headline, claim=replace(headline.claim, time=body.claim.time))


def _of_what_it_takes_up(told: Told, other: Told) -> Told:
    """A figure that takes up the one ahead of it is of its time, unless its own words name one."""
    evidence, ahead = told.claim.evidence, other.claim.evidence
    if evidence.span_start < ahead.span_start or (told.claim.time_text and told.claim.time_text in evidence.quote):
        return told
    return replace(told, claim=replace(told.claim, time=other.claim.time, time_text=other.claim.time_text))


def _is_other_event(first: Period, second: Period, temper: Temper, tolerances: Tolerances) -> bool:
    """Whether a count to date, or a thing that is measured once, must be of two events: they lie years apart."""
    if temper not in {Temper.CUMULATIVE, Temper.CONSTANT}:
        return False
    return min(
        abs((second.first - first.last).days), abs((first.first - second.last).days)
    ) > tolerances.event_days and not first.overlaps(second)


def _both_attributed(a: Told, b: Told) -> bool:
    """Whether each has an asserter of its own: "7.0, against 6.8 by the survey" sets two voices side by side."""
    sources = [told.claim.sources[0] for told in (a, b) if told.claim.sources]
    if len(sources) < 2 or any(source.kind is SourceKind.PUBLISHER for source in sources):
        return False
    return sources[0].name != sources[1].name


def as_of(told: Told, topic: Topic) -> Period | None:
    """What the figure is of: its time, else the day of publication. A date, and what is expected, hold as of that day."""
    return _times(told, topic.family == "date", bool(topic.is_expected))[1]


def _counted_on(told: Told, other: Told, topic: Topic, ontology: Ontology) -> Period | None:
    """As of when the victims of a happening were counted: "the toll of Sunday's crash" is no toll as of Sunday.

    A day that is named is that of the happening, unless its own words make it that of the count, or the figure is an
    earlier one.
    """
    time, day = told.claim.time, told.article.published
    if day is None or time is None or not _stated(told, topic) or _is_earlier_figure(told, other, ontology):
        return as_of(told, topic)
    quote, text = told.claim.evidence.quote.lower(), told.claim.time_text.lower()
    ahead = words_of(quote[: quote.index(text)])[-_NEAR_WORDS:] if text in quote else []
    if has_cue([*ahead, *words_of(text)], ontology.words.counted_on):
        return as_of(told, topic)
    return Period(day.date(), day.date())


def _stated(told: Told, topic: Topic) -> Period | None:
    return _times(told, topic.family == "date", bool(topic.is_expected))[0]


@kept
def _times(told: Told, is_date: bool, is_expected: bool) -> tuple[Period | None, Period | None]:
    """The time that is stated, and what the figure is of, for a topic of this kind."""
    day = told.article.published
    stated = time_stated(told.claim, day.date() if day else None, is_date=is_date, is_expected=is_expected)
    if not is_date and told.claim.time is not None and (stated or not told.claim.time_text):
        return stated, told.claim.time
    return stated, Period(day.date(), day.date()) if day else told.claim.time


def _of_one_period(a: Told, b: Told, topic: Topic, tolerances: Tolerances) -> bool:
    """Whether both state a time, and that is one."""
    first, second = _stated(a, topic), _stated(b, topic)
    return first is not None and second is not None and first.is_one_with(second, tolerances.period, points=False)


def _is_of_a_period(topic: Topic) -> bool:
    """Whether its figures are of a period, stated or not: what is measured, what is expected but for a date."""
    if topic.is_expected and topic.family != "date":
        return True
    return topic.metric is not None and topic.metric.period_bound


def _by_period(a: Told, b: Told, topic: Topic, published: int, tolerances: Tolerances, days: int) -> Times:
    """`days`: how far apart two figures without a stated period may be told and still be of one."""
    first, second = as_of(a, topic), as_of(b, topic)
    stated_a, stated_b = _stated(a, topic), _stated(b, topic)
    if first is None or second is None:
        return Times(Timing.SAME, published, "no period is known for one of them", False)
    if stated_a and stated_b:
        # One voice that tells of a quarter and of its last day in one article tells the two apart.
        points = (not topic.is_change or bool(topic.is_expected)) and a.article.id != b.article.id
        if stated_a.is_one_with(stated_b, tolerances.period, points=points):
            return Times(Timing.SAME, published, f"both for {when(longer(first, second))}", True)
        return Times(Timing.OTHER, _order(first.last, second.last), "they are of different periods", True)
    if not stated_a and not stated_b:
        meant = first.overlaps(second) or abs((first.last - second.last).days) <= days
    else:
        stated, told_on = (first, second.last) if stated_a else (second, first.last)
        meant = may_mean(stated, told_on, tolerances, expected=bool(topic.is_expected), days=days)
    if meant:
        return Times(Timing.SAME, published, "one does not say for what time", False)
    return Times(Timing.OTHER, published, "they are of different periods", False)


def may_mean(stated: Period, told_on: date, tolerances: Tolerances, *, expected: bool, days: int) -> bool:
    """Whether a figure without a period, told on that day, can be of a stated one: news is of what ended last.

    A day is news for some days, a quarter for months; only what is expected is told before its time.
    """
    if stated.first > told_on:
        return expected
    return (told_on - stated.last).days <= min(tolerances.report_days, days + stated.days - 1)


def _by_temper(
    a: Told, b: Told, first: Period, second: Period, temper: Temper, tolerances: Tolerances, *, sure: bool
) -> Times:
    apart = abs((first.last - second.last).days)
    newer = _order(first.last, second.last) or _order(_instant(a), _instant(b))
    if temper is Temper.SLOW:
        if first.overlaps(second) or (apart <= tolerances.slow_days and not sure):
            return Times(Timing.SAME, newer, "", sure)
        return Times(Timing.LATER, newer, "they are of different times", sure)
    hours = abs(_instant(a) - _instant(b)) >= timedelta(hours=tolerances.rising_hours)
    if apart or (hours and not sure):
        return Times(Timing.LATER, newer, "", sure)
    return Times(Timing.SAME, newer, "both on one day", sure)


@kept
def _clause_ahead(told: Told, start: int = 0) -> tuple[str, ...]:
    """The words ahead of a figure in its clause, from this place in its sentence on."""
    evidence = told.claim.evidence
    ahead = evidence.quote[start : evidence.span_start - evidence.start].lower().replace("’", "'")
    return tuple(_WORD.findall(_CLAUSE_END.split(ahead)[-1])[-_CLAUSE_WORDS:])


@kept
def _is_past(told: Told, ontology: Ontology) -> bool:
    """Whether the words right ahead of the figure make it one of an earlier season, year or month."""
    return has_cue(_clause_ahead(told)[-_PAST_WORDS:], ontology.words.past)


def _is_earlier_figure(told: Told, other: Told, ontology: Ontology) -> bool:
    """Whether the words beside the figure make it an earlier one, or the one that another is compared to."""
    evidence, ahead, start = told.claim.evidence, other.claim.evidence, 0
    if other.article.id == told.article.id and ahead.span_end <= evidence.span_start:
        start = max(ahead.span_end - evidence.start, 0)  # the clause begins behind a figure of the same sentence
    is_earlier, is_compared = _told_as_earlier(told, start, ontology)
    return is_earlier or (is_compared and not _both_attributed(told, other))


@kept
def _told_as_earlier(told: Told, start: int, ontology: Ontology) -> tuple[bool, bool]:
    """Whether the words beside the figure make it an earlier one; whether those ahead compare another to it."""
    words, clause = ontology.words, _clause_ahead(told, start)
    is_earlier = has_cue(clause, words.earlier) or has_cue(_rest_of_clause(told), words.formerly)
    return is_earlier, has_cue(clause[-_NEAR_WORDS:], words.before)


def _rest_of_clause(told: Told) -> list[str]:
    """The last word of the figure's clause, where at most one more stands between: "after 910,000 cars previously"."""
    evidence = told.claim.evidence
    behind = _CLAUSE_BREAK.split(evidence.quote[evidence.span_end - evidence.start :].lower(), maxsplit=1)[0]
    words = _WORD.findall(behind)
    return words[-1:] if len(words) <= _REST_WORDS else []


@kept
def is_corrected(told: Told, ontology: Ontology) -> bool:
    """Whether the words beside the figure say that another one stood there before and was wrong."""
    evidence, ahead = told.claim.evidence, _clause_ahead(told)
    behind = _WORD.findall(evidence.quote[evidence.span_end - evidence.start :].lower())[:_BEHIND_WORDS]
    return has_cue(ahead, ontology.words.corrected) or has_cue([*ahead, "|", *behind], ontology.words.now_said)


@kept
def puts_own_right(told: Told, ontology: Ontology) -> bool:
    """Whether the words ahead of the figure say that somebody corrected what he had said himself: "corrected its"."""
    return has_cue(_clause_ahead(told), (f"{cue} {own}" for cue in ontology.words.corrected for own in _OWN))


@kept
def has_moved(told: Told, ontology: Ontology) -> bool:
    """Whether the words ahead of the figure say that it was moved there from another: lowered, raised, new."""
    return has_cue(_clause_ahead(told), ontology.words.moved)


def longer(one: Period, other: Period) -> Period:
    """The longer of two periods that are one: it says what is meant."""
    if one == other:
        return one
    return max((one, other), key=lambda period: (period.days, period.iso()))


@kept
def _instant(told: Told) -> datetime:
    return told.article.updated or told.article.published or told.article.arrived.astimezone(UTC)


def _order(first: date, second: date) -> int:
    return (first < second) - (first > second)
