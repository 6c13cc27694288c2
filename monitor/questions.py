"""A claim and the questions near it → the question that it answers, or a new one."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.ids import content_id
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.question import Question, Temper
from monitor.domain.topic import (
    CHANGE,
    COUNTED,
    EXPECTED,
    FIGURE,
    PER,
    STAGE,
    Fit,
    Topic,
    claim_topic,
    fit,
    question_topic,
    stems,
)
from monitor.domain.unit import Units

_SLUG_LENGTH = 80
_MONTH_DAYS = 28
# What a claim leaves open is what its article is about: the headline and the first sentence or two say it.
_LEAD = 250
# A happening is named after one place in the headline and after another further down.
_WIDE_LEAD = 1000


def block_keys(claim: Claim, ontology: Ontology, units: Units) -> list[str]:
    """Under which keys to look for a claim's question, and to store it: each name of the subject, with the metric.

    Two claims that could be one question share a key, however the subject is worded.
    """
    topic = claim_topic(claim, ontology, units)
    if not topic.concept:
        return []
    names = topic.names - ontology.words.common or topic.subject
    keys = {f"{name}|{topic.concept}" for name in names}
    if topic.subject_id:
        keys.add(f"{topic.subject_id}|{topic.concept}")
    return sorted(keys)


def file_claim(
    claim: Claim, article: Article, candidates: Sequence[Question], ontology: Ontology, units: Units
) -> tuple[Question, bool]:
    """The question that a claim answers, and whether it is new.

    A question that no claim had given a period or a dimension may come back with it, under its id; store it again.
    """
    published = article.published.date() if article.published else None
    topic = claim_topic(claim, ontology, units, published)
    period = question_period(claim, article, topic, ontology)
    fitting = []
    for question in candidates:
        found = fit(topic, question_topic(question, ontology), ontology)
        nearness = _period_fits(claim, article, topic, period, question, ontology)
        if not found.why_not and nearness and _is_of_one_thing(claim, article, topic, found, ontology):
            fitting.append((-found.score * nearness, question.id, question))
    if fitting:
        _, _, question = min(fitting, key=lambda entry: entry[:2])
        return _completed(question, topic, period), False
    return _new(claim, topic, period, candidates, ontology), True


def question_period(claim: Claim, article: Article, topic: Topic, ontology: Ontology) -> Period | None:
    """The period that makes the claim's question one of its own; None for a state, or where no period is stated.

    Forecasts and plans are bound to their target, a change to the time in which it came. A metric that we do not know
    is taken as a measurement of a period where the text gives a month or more. What lies years back is history, and
    no earlier state of today's figure.
    """
    if not claim.time_text or claim.time is None:
        return None
    if _is_history(claim.time, article, ontology):
        return claim.time
    if topic.metric is not None and not topic.is_expected and not topic.is_change:
        return claim.time if topic.metric.period_bound else None
    if topic.is_expected or topic.is_change or _days(claim.time) >= _MONTH_DAYS:
        return claim.time
    return None


def _is_history(time: Period, article: Article, ontology: Ontology) -> bool:
    if article.published is None:
        return False
    return (article.published.date() - _last(time)).days > ontology.tolerances.event_days


def temper_of(topic: Topic, ontology: Ontology) -> Temper:
    """How figures of this topic live: as its metric says, else as most figures of its dimension."""
    if topic.metric is not None:
        return topic.metric.temper
    return ontology.tempers.get(topic.family, Temper.SLOW)


def _period_fits(
    claim: Claim, article: Article, topic: Topic, period: Period | None, question: Question, ontology: Ontology
) -> float:
    """1 for the same period or none on both sides, less where only one side states it, 0 for another period."""
    if period is None and question.period is None:
        return 1.0
    if period is not None and question.period is not None:
        same = _same_period(period, question.period, ontology.tolerances.period, points=not topic.is_change)
        return 1.0 if same else 0.0
    if question.period is None:
        return 0.0 if period is not None and _is_history(period, article, ontology) else 0.8
    published = article.published.date() if article.published else None
    return _open_period_fits(published, question.period, topic, question.temper, ontology)


def _open_period_fits(published: date | None, period: Period, topic: Topic, temper: Temper, ontology: Ontology) -> float:
    """News without a stated period is of the one that ended last; only what is expected is told before its time."""
    if published is None:
        return 0.7
    if _first(period) > published:
        return 0.8 if topic.is_expected else 0.0
    tolerances, age = ontology.tolerances, max((published - _last(period)).days, 0)
    fresh = 1 if temper is Temper.VOLATILE else tolerances.slow_days
    if age > min(tolerances.report_days, fresh + _days(period)):
        return 0.0
    return 0.9 - 0.3 * age / tolerances.report_days


def _same_period(one: Period, other: Period, least: float, *, points: bool) -> bool:
    """Whether two stated periods are one: most of their days shared or, with `points`, a day at the end of the other."""
    start, end = max(_first(one), _first(other)), min(_last(one), _last(other))
    low, high = min(_first(one), _first(other)), max(_last(one), _last(other))
    if end >= start and (end - start).days + 1 >= least * ((high - low).days + 1):
        return True
    shorter, longer = sorted((_days(one), _days(other)))
    return points and shorter <= 3 < longer and abs((_last(one) - _last(other)).days) <= 3


def _is_of_one_thing(claim: Claim, article: Article, topic: Topic, found: Fit, ontology: Ontology) -> bool:
    """Whether what only one side names leaves them comparable.

    A narrower count or sum is a part of the whole and a question of its own. Of a rate or a price the narrower claim
    may stand with the open ones; an open claim stands with narrower ones where its article speaks of what they name.
    """
    named_by_event = bool(found.only_a and found.only_b)
    if found.only_a and not named_by_event and not found.is_short_form:
        return topic.family not in ontology.additive or topic.is_change
    lead = _WIDE_LEAD if named_by_event else _LEAD
    read = f"{article.title} {article.text[:lead]} {claim.evidence.quote}"
    return found.only_b <= frozenset(stems(read, ontology))


def _completed(question: Question, topic: Topic, period: Period | None) -> Question:
    """The question with the period and the dimension that its claims did not say before."""
    return replace(question, period=question.period or period, dimension=question.dimension or topic.family)


def _new(
    claim: Claim, topic: Topic, period: Period | None, candidates: Sequence[Question], ontology: Ontology
) -> Question:
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
    identity = content_id("q", *parts)
    # What cannot be named, or a question that was narrowed since, must not be met by chance: it gets its own address.
    if not topic.concept or not topic.subject or any(identity == question.id for question in candidates):
        identity = content_id("q", *parts, claim.id)
    metric = _metric_name(claim, topic)
    return Question(
        id=identity,
        slug=slug(claim.subject, metric, period),
        subject=claim.subject,
        metric=metric,
        dimension=topic.family,
        temper=temper_of(topic, ontology),
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
    if topic.is_expected:
        scope[STAGE] = EXPECTED
    if topic.per:
        scope[PER] = topic.per
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


def _days(period: Period) -> int:
    return (_last(period) - _first(period)).days + 1


def _first(period: Period) -> date:
    return period.start or date.min


def _last(period: Period) -> date:
    return period.end or date.max
