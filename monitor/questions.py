"""A claim and the questions near it → the question that it answers, or a new one."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from monitor.domain.article import Article
from monitor.domain.asked import Asked, published_on, question_period
from monitor.domain.block import block_key
from monitor.domain.claim import Claim
from monitor.domain.figure import telling_figure
from monitor.domain.fit import Fit, fit, kinds_differ, may_be_one, stages_differ
from monitor.domain.ids import content_id
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.question import Question, Temper
from monitor.domain.rejected import rejected_figures
from monitor.domain.repeat import may_be_reworded
from monitor.domain.stems import own_names, proper_names, spoken_of
from monitor.domain.topic import (
    BASE,
    CHANGE,
    COUNTED,
    EVENT,
    EXPECTED,
    FIGURE,
    PER,
    STAGE,
    UNSETTLED,
    Topic,
    also_told_as,
    question_topic,
    reworded_topics,
    topic_of,
)
from monitor.domain.unit import Units

_SLUG_LENGTH = 80
_MONTH_DAYS = 28
# How far the ends of two periods that are one may lie apart where one is a day; of longer ones two years are searched.
_AT_THE_END, _LONGEST = 3, 730
# What is left of the fit where the other's period is no month, quarter or year: "since March" is not what news means.
_ODD = 0.8


def block_keys(claim: Claim, article: Article, ontology: Ontology, units: Units) -> list[str]:
    """Under which keys to look for a claim's question, and to store it: each name of the subject, with metric and time.

    Two claims that could be one question share a key, however the subject is worded. The time keeps a key's questions
    few, however long the archive grows. A happening is asked for by its kind only while it is news.
    """
    published = published_on(article)
    topic = topic_of(claim, article, ontology, units)
    if not topic.concept:
        return []
    names = topic.names - ontology.words.common or topic.subject
    if topic.event is not None:
        names = names | topic.event.names
    times = _block_times(claim, article, topic, ontology)
    news = _quarters(published, ontology.tolerances.report_days) if published else times
    keys = {
        block_key(name, topic.concept, time)
        for name in {*names, *filter(None, [topic.subject_id])}
        for time in (news if name in ontology.words.event else times)
    }
    return sorted(keys)


def figure_keys(claim: Claim, article: Article, ontology: Ontology, *, before: int = 0, after: int = 0) -> list[str]:
    """Under which keys a denial looks for the figure that it denies, and every other claim lies with its figure.

    A claim lies under the names of its subject, on its day; a denial looks under all that its article names, lately.
    `before`, `after`: days around its own, to find where a claim with the figure lies.
    """
    published = published_on(article)
    figure = telling_figure(claim, published)
    if not figure or published is None:
        return []
    if claim.is_denial:
        names, times = spoken_of(claim, article, ontology), _quarters(published, ontology.tolerances.slow_days)
    else:
        names, times = own_names(claim, ontology), _quarters(published, before, after)
    return sorted(block_key(name, figure, time) for name in names for time in times)


def rejected_keys(claim: Claim, article: Article, ontology: Ontology) -> list[str]:
    """Under which keys a claim looks for what its own sentence rejects: "31 ships, not 46" is of what 46 was said of."""
    published = published_on(article)
    figures = rejected_figures(claim, published, ontology)
    if not figures or published is None:
        return []
    times = _quarters(published, ontology.tolerances.slow_days)
    names = spoken_of(claim, article, ontology)
    return sorted(block_key(name, figure, time) for name in names for figure in figures for time in times)


def rejected_question(asked: Asked, named: Sequence[Question]) -> Question | None:
    """The one question of those with a figure that a claim's sentence rejects; None for several, or none.

    It comes back with the claim's words; store it again.
    """
    ontology = asked.ontology
    spoken = spoken_of(asked.claim, asked.article, ontology)
    fitting = [
        question
        for question in named
        if proper_names(question.subject, ontology) & spoken
        and not kinds_differ(asked.topic, question_topic(question, ontology), wording=False)
        and _period_fits(asked, question)
    ]
    return _in_its_words(fitting[0], asked) if len(fitting) == 1 else None


def denied_question(asked: Asked, named: Sequence[Question]) -> Question | None:
    """The one question of those with the figure that a denial may be of; None where there are several, or none."""
    fitting = [one for one in named if not stages_differ(asked.topic, question_topic(one, asked.ontology))]
    return fitting[0] if len(fitting) == 1 else None


def repeated_question(asked: Asked, named: Sequence[Question]) -> Question | None:
    """The one question of those with the figure that a claim gives in words of its own; None for several, or none.

    It comes back with these words, so that who takes them up finds it too; store it again.
    """
    claim, topic, ontology = asked.claim, asked.topic, asked.ontology
    fitting = [
        question
        for question in named
        if may_be_reworded(claim, topic, question_topic(question, ontology), ontology) and _period_fits(asked, question)
    ]
    return _in_its_words(fitting[0], asked) if len(fitting) == 1 else None


def _in_its_words(question: Question, asked: Asked) -> Question:
    """A question with what a claim adds that was found by a figure, and with its wording."""
    found = _completed(question, asked)
    return replace(found, scope=also_told_as(found.scope, asked.claim, asked.ontology))


def _block_times(claim: Claim, article: Article, topic: Topic, ontology: Ontology) -> set[str]:
    """The quarters of a claim's period and those in which a like one may end; `open` and the last ones if it has none."""
    period, published = question_period(claim, article, topic, ontology), published_on(article)
    times = {"expected"} if topic.is_expected is not False else set()
    if period is not None:
        slack = max(round((1 - ontology.tolerances.period) * min(period.days, _LONGEST)), _AT_THE_END)
        end = period.end or published or period.first
        return times | _quarters(end, min(max(period.days, slack), _LONGEST), slack)
    states = topic.metric is not None and not (topic.metric.period_bound or topic.is_change or topic.is_expected)
    if published is None or states:
        return {*times, "open"}
    return {*times, "open", *_quarters(published, ontology.tolerances.report_days)}


@lru_cache(maxsize=4096)
def _quarters(day: date, before: int, after: int = 0) -> frozenset[str]:
    """The quarters of the year that lie at most so many days before a day and after it."""
    first, last = max(day.toordinal() - before, 1), min(day.toordinal() + after, date.max.toordinal())
    steps = [date.fromordinal(one) for one in (*range(first, last, _MONTH_DAYS), last)]
    return frozenset(f"{one.year}-{(one.month - 1) // 3 + 1}" for one in steps)


def file_claim(asked: Asked, candidates: Sequence[Question]) -> tuple[Question, bool]:
    """The question that a claim answers, and whether it is new.

    A question that no claim had given a period or a dimension may come back with it, under its id; store it again.
    """
    fitting = []
    for question in candidates:
        score, why_not = _answers(asked, question)
        if not why_not:
            fitting.append((-score, question.id, question))
    if fitting:
        _, _, question = min(fitting, key=lambda entry: entry[:2])
        return _completed(question, asked), False
    return _new(asked, candidates), True


def joined(asked: Asked, question: Question) -> Question:
    """A question with what a claim that was filed on it adds: what it did not say before, or another wording of it."""
    if _answers(asked, question)[1]:
        return _in_its_words(question, asked)
    return _completed(question, asked)


def would_meet(asked: Asked, question: Question) -> bool:
    """Whether it matters for a claim that this question is there: it answers it, or would found one of its id."""
    return not _answers(asked, question)[1] or _identity(asked) == question.id


def may_answer(asked: Asked, question: Question) -> bool:
    """Whether a claim could answer a question by what both are of, whatever else the question's claims come to say."""
    if not asked.may_speak_of(question):
        return False
    return any(may_be_one(asked.topic, one, asked.ontology) for one in topics_of(question, asked.ontology))


@kept
def topics_of(question: Question, ontology: Ontology) -> tuple[Topic, ...]:
    """The topic of a question in each of its wordings."""
    return question_topic(question, ontology), *reworded_topics(question, ontology)


def why_apart(asked: Asked, question: Question) -> str:
    """Why a claim does not answer a question; empty where it does."""
    return _answers(asked, question)[1]


def _answers(asked: Asked, question: Question) -> tuple[float, str]:
    """How well a claim fits a question, 0 to 1, and why it does not answer it; empty where it does."""
    topic, ontology = asked.topic, asked.ontology
    found = fit(topic, question_topic(question, ontology), ontology)
    if found.why_not:
        others = (fit(topic, one, ontology) for one in reworded_topics(question, ontology))
        reworded = next((one for one in others if not one.why_not), None)
        if reworded is None:
            return 0.0, found.why_not
        found = reworded
    nearness = _period_fits(asked, question)
    if not nearness:
        return 0.0, "they are of different periods"
    if not _is_of_one_thing(asked, found):
        return 0.0, f"only one of them is of {' '.join(sorted(found.only_a | found.only_b))}"
    return found.score * nearness, ""


def temper_of(topic: Topic, ontology: Ontology) -> Temper:
    """How figures of this topic live: as its metric says, else as most figures of its dimension."""
    if topic.metric is not None:
        return topic.metric.temper
    return ontology.tempers.get(topic.family, Temper.SLOW)


def _period_fits(asked: Asked, question: Question) -> float:
    """1 for the same period or none on both sides, less where only one side states it, 0 for another period."""
    topic, period = asked.topic, asked.period
    if period is None and question.period is None:
        return 1.0
    if period is not None and question.period is not None:
        points = not topic.is_change or bool(topic.is_expected)
        return 1.0 if period.is_one_with(question.period, asked.ontology.tolerances.period, points=points) else 0.0
    stated = period or question.period
    return _open_period_fits(asked, stated, question.temper) if stated else 1.0


def _open_period_fits(asked: Asked, period: Period, temper: Temper) -> float:
    """News without a stated period is of the one that ended last; only what is expected is told before its time."""
    published, tolerances = asked.published, asked.ontology.tolerances
    if published is None:
        return 0.7
    if period.first > published:
        return 0.8 if asked.topic.is_expected is not False else 0.0
    age = max((published - period.last).days, 0)
    fresh = 1 if temper is Temper.VOLATILE else tolerances.slow_days
    if age > min(tolerances.report_days, fresh + period.days):
        return 0.0
    usual = 1.0 if period.is_point or period.is_whole_months else _ODD
    return usual * (0.9 - 0.3 * age / tolerances.report_days)


def _is_of_one_thing(asked: Asked, found: Fit) -> bool:
    """Whether what only one side names leaves them comparable.

    A narrower count or sum is a part of the whole and a question of its own. Of a rate or a price the narrower claim
    may stand with the open ones; an open claim stands with narrower ones where its article speaks of what they name.
    """
    named_by_event = bool(found.only_a and found.only_b)
    if found.only_a and not named_by_event and not found.is_short_form:
        return asked.topic.family not in asked.ontology.additive or asked.topic.is_change
    return not found.only_b or found.only_b <= (asked.wide_lead if named_by_event else asked.lead)


def _completed(question: Question, asked: Asked) -> Question:
    """The question with what its claims did not say before: period, dimension, whether it is of what is expected."""
    scope, topic = question.scope, asked.topic
    if scope.get(STAGE) == UNSETTLED and topic.is_expected is not None:
        scope = {**scope, STAGE: EXPECTED} if topic.is_expected else {k: v for k, v in scope.items() if k != STAGE}
    if topic.base and BASE not in scope:
        scope = {**scope, BASE: topic.base}
    dimension = question.dimension or topic.family
    return replace(question, scope=scope, period=question.period or asked.period, dimension=dimension)


def _identity(asked: Asked, *, own: bool = False) -> str:
    """The id of the question that a claim founds. `own`: one that no other claim gives."""
    claim, topic, period = asked.claim, asked.topic, asked.period
    parts = [
        claim.subject_id or " ".join(sorted(topic.subject)),
        topic.concept,
        " ".join(sorted(topic.names - topic.subject)),
        " ".join(f"{name}={value}" for name, value in sorted(topic.marks.items())),
        topic.family,
        topic.per,
        f"{topic.is_change}{topic.is_expected}",
        period.iso() if period else "",
    ]
    return content_id("q", *parts, *([claim.id] if own else []))


def _new(asked: Asked, candidates: Sequence[Question]) -> Question:
    claim, topic, period, identity = asked.claim, asked.topic, asked.period, _identity(asked)
    # What cannot be named, or a question that was narrowed since, must not be met by chance: it gets its own address.
    if not topic.concept or not topic.subject or any(identity == question.id for question in candidates):
        identity = _identity(asked, own=True)
    metric = _metric_name(claim, topic)
    return Question(
        id=identity,
        slug=slug(claim.subject, metric, period),
        subject=claim.subject,
        metric=metric,
        dimension=topic.family,
        temper=temper_of(topic, asked.ontology),
        subject_id=claim.subject_id,
        scope=_scope(claim, topic),
        period=period,
    )


def _metric_name(claim: Claim, topic: Topic) -> str:
    """The claim's own words, unless these say nothing of what the figure is."""
    if not topic.is_borrowed or topic.metric is None:
        return claim.metric
    return " ".join([*sorted(topic.details), topic.metric.name])


def _scope(claim: Claim, topic: Topic) -> Mapping[str, str]:
    """The claim's own qualifiers, and what its topic cannot be read again without."""
    scope = dict(claim.qualifiers)
    if topic.is_change:
        scope[FIGURE] = CHANGE
    if topic.is_expected is not False:
        scope[STAGE] = EXPECTED if topic.is_expected else UNSETTLED
    if topic.per:
        scope[PER] = topic.per
    if topic.base:
        scope[BASE] = topic.base
    if topic.event is not None:
        scope[EVENT] = topic.event.text()
    counted = claim.quantity.unit.partition("/")[0]
    if counted.startswith("count:"):
        scope[COUNTED] = counted.partition(":")[2]
    return scope


def slug(subject: str, metric: str, period: Period | None) -> str:
    """A readable address: `kestrel-k2-process-die-yield-2026-10`."""
    text = f"{subject} {metric} {period.iso() if period else ''}"
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    joined = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    return joined[:_SLUG_LENGTH].strip("-") or "question"
