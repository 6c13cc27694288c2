"""What a figure is of, in canonical words: the part of a claim that questions are made from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from monitor.domain.article import Article
from monitor.domain.base import base_of
from monitor.domain.claim import Claim, Modality
from monitor.domain.event import Event, event_of
from monitor.domain.evidence import Evidence
from monitor.domain.known import Known, kept
from monitor.domain.metric_words import from_head, head_of, known_metric, metric_beside, narrower
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.question import Metric, Question, Temper
from monitor.domain.stems import stems, telling, trade_of
from monitor.domain.unit import Units

# Scope entries of a question that we write ourselves, so that its topic can be read again from the question alone.
STAGE, FIGURE, COUNTED, PER, ALSO = "stage", "figure", "counted", "per", "also told as"
BASE = "of"
EVENT = "happening"
EXPECTED, UNSETTLED, CHANGE = "expected", "unsettled", "change"
_EXPECTED = frozenset({Modality.FORECAST, Modality.PLANNED})
_OWN = frozenset({STAGE, FIGURE, COUNTED, PER, ALSO, BASE, EVENT})
_OR = " / "
_MOST_WORDINGS = 3
_METHOD = "method"
_PERIOD_KEYS = frozenset({"period", "fiscal period", "fiscal_period", "time", "date"})
# "Share of chips" and "share lost" are parts; "share price" and "shares" are stock.
_WORD, _CLAUSE, _NEAR = re.compile(r"[\w'-]+"), re.compile(r"[.;:,()]\s"), 6
_SHARE_OF = re.compile(r"\b(?:share|stock)s?\s+of\b|\bshare\s+\w+ed\b", re.IGNORECASE)


@dataclass(frozen=True)
class Topic(Known):
    """Subject, metric and scope of a figure in canonical stems.

    `concept`: name of the ontology's metric, else the head of the phrase. `details`: the phrase's other words.
    `marks`: class → value of words that set figures apart. `family`: coarse dimension, empty for a bare denial.
    `is_expected`: forecast or plan; None where a denial leaves open which of the two it denies. `is_borrowed`: the
    metric's own phrase says nothing that we know, the words around the figure do. `tail`: last word of the subject:
    of "Ostrel Foundry Q9" the thing itself, where what is ahead says whose it is. `base`: the number that a share or part
    is known to be of, as printed: by it shares and counts can be compared. `event`: the happening of which its article
    tells, where the metric is of one.
    """

    subject: frozenset[str]
    subject_id: str | None
    scope: frozenset[str]
    concept: str
    details: frozenset[str]
    family: str
    metric: Metric | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    is_change: bool = False
    is_expected: bool | None = False
    per: str = ""
    is_borrowed: bool = False
    tail: str = ""
    base: str = ""
    event: Event | None = None
    trade: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """All words that say which thing: from one text they stand in the subject, from another in the scope."""
        return self.subject | self.scope | self.details


class _This:
    """A claim as a key for its topic: by all that this is read from, so that a claim that is loaded again is known."""

    def __init__(self, claim: Claim, units: Units) -> None:
        self.claim, self.units = claim, units
        quantity = claim.quantity
        self._said = (
            claim.subject,
            claim.subject_id,
            claim.metric,
            tuple(claim.qualifiers.items()),
            (quantity.unit, quantity.direction, quantity.date, quantity.is_empty),
            claim.modality,
            claim.time,
            claim.evidence,
        )
        self._hash = hash(self._said)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.units is other.units and self._said == other._said


@kept
def claim_topic(
    claim: Claim, ontology: Ontology, units: Units, published: date | None = None, event: Event | None = None
) -> Topic:
    """The topic of a claim. `published`: the day of its article: what is told of a time far from over is expected.
    `event`: what its article tells of.

    Remembered: a claim is held against many others.
    """
    topic = _claim_topic(_This(claim, units), ontology, published)
    return replace(topic, event=event) if topic.metric is not None and topic.metric.of_event else topic


def topic_of(claim: Claim, article: Article, ontology: Ontology, units: Units) -> Topic:
    """The topic of a claim in its article."""
    published = article.published.date() if article.published else None
    topic = claim_topic(claim, ontology, units, published)
    if topic.metric is None or not topic.metric.of_event:
        return topic
    return claim_topic(claim, ontology, units, published, event_of(article, ontology))


@lru_cache(maxsize=8192)
def _claim_topic(this: _This, ontology: Ontology, published: date | None) -> Topic:
    claim, units = this.claim, this.units
    quantity = claim.quantity
    family = "" if quantity.is_empty else ontology.family(quantity.unit, units.get(quantity.unit).dimension)
    above, _, below = quantity.unit.partition("/")
    scope = {key: value for key, value in claim.qualifiers.items() if key not in _PERIOD_KEYS | _OWN}
    topic = _topic(
        claim.subject,
        claim.subject_id,
        claim.metric,
        scope,
        ontology,
        family=family,
        counted=_counted(above),
        per=claim.qualifiers.get("per", "") or below,
        moves=quantity.direction is not None or quantity.unit == "percentage_point",
        expected=None if claim.modality is Modality.DENIED else claim.modality in _EXPECTED or _will_be(claim, ontology),
        spoken=claim.evidence,
        base=base.text if (base := base_of(claim, ontology)) else "",
    )
    if topic.is_expected is None and published is not None and claim.time is not None and claim.time.first > published:
        return replace(topic, is_expected=True)  # who denies a figure of a time to come denies a forecast
    if topic.is_expected is False and published is not None and _lies_ahead(claim, topic, published, ontology):
        return replace(topic, is_expected=True)
    return topic


def _will_be(claim: Claim, ontology: Ontology) -> bool:
    """Whether hearsay is of what is to come ("the mill will weave 5,200 shawls, a manager said"): no outcome, either."""
    if claim.modality is not Modality.REPORTED:
        return False
    evidence = claim.evidence
    ahead = evidence.quote[: evidence.span_start - evidence.start].lower()
    near = f" {' '.join(_WORD.findall(_CLAUSE.split(ahead)[-1])[-_NEAR:])} "
    return any(f" {cue} " in near for cue in ontology.words.ahead)


def _lies_ahead(claim: Claim, topic: Topic, published: date, ontology: Ontology) -> bool:
    """Whether a figure of a period is told so long before its end that it can only be expected: a season's crop."""
    if topic.family == "date" and claim.quantity.date:
        return claim.quantity.date[:10] > published.isoformat()
    metric, end = topic.metric, claim.time.end if claim.time else None
    if metric is None or end is None or not metric.period_bound or metric.temper is Temper.CUMULATIVE:
        return False
    return (end - published).days > ontology.tolerances.slow_days


def stated_time(claim: Claim, topic: Topic, published: date | None) -> Period | None:
    """The time that a text states its figure to be of, as `time_stated` has it for its topic."""
    return time_stated(claim, published, is_date=topic.family == "date", is_expected=bool(topic.is_expected))


def time_stated(claim: Claim, published: date | None, *, is_date: bool, is_expected: bool) -> Period | None:
    """The time that a text states its figure to be of; None where it states none.

    A date is itself the answer. A time without words of its own is known from the context, unless it is just that of
    publication. The day that has passed when something is expected is the one on which it was reckoned: "as of 1 August".
    `is_date`, `is_expected`: what is known of its topic.
    """
    if claim.time is None or is_date:
        return None
    if not claim.time_text and (published is None or claim.time.first <= published <= claim.time.last):
        return None
    if is_expected and claim.time.is_point and published is not None and claim.time.last < published:
        return None
    return claim.time


@kept
def question_topic(question: Question, ontology: Ontology) -> Topic:
    """The topic of a question."""
    return _question_topic(question, question.metric, dict(sorted(question.scope.items())), ontology)


@kept
def reworded_topics(question: Question, ontology: Ontology) -> list[Topic]:
    """The topic of a question in each of the other wordings that a claim with its figure had for it."""
    scope = {name: value for name, value in sorted(question.scope.items()) if name != COUNTED}
    return [
        _question_topic(question, metric, scope, ontology) for metric in question.scope.get(ALSO, "").split(_OR) if metric
    ]


def also_told_as(scope: Mapping[str, str], claim: Claim, ontology: Ontology) -> Mapping[str, str]:
    """The scope of a question with one more wording of it: that of a claim, with what the claim counts."""
    counted = _counted(claim.quantity.unit.partition("/")[0])
    says_it = set(stems(counted, ontology)) <= set(stems(claim.metric, ontology))
    wording = claim.metric if says_it else f"{claim.metric} of {counted}"
    known = [one for one in scope.get(ALSO, "").split(_OR) if one]
    if wording in known or len(known) == _MOST_WORDINGS:
        return scope
    return {**scope, ALSO: _OR.join([*known, wording])}


def _question_topic(question: Question, metric: str, scope: Mapping[str, str], ontology: Ontology) -> Topic:
    """The topic of a question in one of its wordings."""
    return _topic(
        question.subject,
        question.subject_id,
        metric,
        {key: value for key, value in scope.items() if key not in _OWN},
        ontology,
        family=question.dimension,
        counted=scope.get(COUNTED, ""),
        per=scope.get(PER, ""),
        moves=scope.get(FIGURE) == CHANGE,
        expected=None if scope.get(STAGE) == UNSETTLED else scope.get(STAGE) == EXPECTED,
        base=scope.get(BASE, ""),
        event=Event.read(scope.get(EVENT, "")),
    )


def _topic(
    subject: str,
    subject_id: str | None,
    metric: str,
    scope: Mapping[str, str],
    ontology: Ontology,
    *,
    family: str,
    counted: str,
    per: str,
    moves: bool,
    expected: bool | None,
    spoken: Evidence | None = None,
    base: str = "",
    event: Event | None = None,
) -> Topic:
    phrase = _phrase(metric, counted, family, moves, ontology)
    named = _Named(phrase.metric, phrase.used)
    if spoken is not None:
        named = _as_spoken(phrase, spoken, stems(subject, ontology), family, ontology)
    scopes = tuple(scope.items())
    return _worded(subject, subject_id, scopes, phrase, named, family, per, moves, expected, base, event, ontology)


@dataclass(frozen=True, eq=False)  # compared by identity: a key of what is made of it
class _Phrase:
    """The words of a metric. `said`, `nouns`: stems of it and of what is counted. `head`: with the words it uses.

    `per`: what it names as that which the figure is per. `metric`: that of the ontology which it names, by `used`.
    """

    said: tuple[str, ...]
    nouns: tuple[str, ...]
    head: tuple[str, frozenset[str]]
    per: str
    metric: Metric | None
    used: frozenset[str]


@lru_cache(maxsize=8192)
def _phrase(metric: str, counted: str, family: str, moves: bool, ontology: Ontology) -> _Phrase:
    phrase, per = _without_per(metric)
    nouns = stems(counted, ontology)
    # A percentage that is no change is of no share price.
    is_part = not moves or bool(_SHARE_OF.search(phrase))
    words_of_it = [*from_head(phrase, ontology), *nouns, *stems(per, ontology)]
    known, used = known_metric(words_of_it, family, ontology, is_part=is_part)
    return _Phrase(tuple(stems(phrase, ontology)), tuple(nouns), head_of(phrase, nouns, ontology), per, known, used)


@dataclass(frozen=True)
class _Named:
    """The metric that a figure is of, and the words that say so. `is_borrowed`: as in Topic."""

    metric: Metric | None
    used: frozenset[str]
    is_borrowed: bool = False


def _as_spoken(phrase: _Phrase, spoken: Evidence, subjects: Sequence[str], family: str, ontology: Ontology) -> _Named:
    """The metric that a phrase names together with the words beside its figure."""
    known, used, nouns = phrase.metric, phrase.used, frozenset(phrase.nouns)
    if known is not None:
        return _Named(*narrower(known, used, spoken, ontology)) if len(used) == 1 else _Named(known, used)
    # A phrase of two words of its own says what it is: nothing is borrowed from beside the figure.
    own = frozenset(telling(phrase.said, ontology.words.silent)).difference(subjects, nouns)
    if family not in {"", "date"} and len(own) < 2:
        known, used = metric_beside(spoken, nouns, family, ontology)
        if known is not None and not (phrase.head[1] & nouns and used.isdisjoint(nouns)):
            return _Named(known, used, is_borrowed=True)
    return _Named(None, frozenset())


@lru_cache(maxsize=16_384)
def _worded(
    subject: str,
    subject_id: str | None,
    scope: tuple[tuple[str, str], ...],
    phrase: _Phrase,
    named: _Named,
    family: str,
    per: str,
    moves: bool,
    expected: bool | None,
    base: str,
    event: Event | None,
    ontology: Ontology,
) -> Topic:
    """The topic of words. Most claims of one matter word it like others before them."""
    known, used, words = named.metric, named.used, ontology.words
    empty, subjects = words.silent, stems(subject, ontology)
    concept, own = phrase.head
    if known:  # what is counted is no other word for the metric: infected doctors are not all infected
        concept, own = known.name, ontology.vocabulary[known.name] | (own - frozenset(phrase.nouns))
    scopes = [word for key, text in scope if key != _METHOD for word in stems(text, ontology)]
    everything = [*subjects, *scopes, *phrase.said]
    marks = {words.apart[w][0]: words.apart[w][1] for w in everything if w in words.apart and w not in used}
    changes = moves or any(word in words.change for word in phrase.said)
    if family == "date" or (known is not None and known.dimension == "share"):
        marks.pop("part", None)  # the day on which a share peaks is no share; what is one by its name, need not say so
    if known is not None:
        changes = not known.is_change and (changes or _must_be_change(known, family, marks))
    for text in (text for key, text in scope if key == _METHOD):
        # how a thing is measured makes no other thing of it, unless both say how
        marks[_METHOD] = " ".join(sorted(telling(stems(text, ontology), empty)))
    return Topic(
        subject=frozenset(telling(subjects, empty)) or frozenset(subjects),
        subject_id=subject_id,
        scope=frozenset(telling(scopes, empty)) - own,
        concept=concept,
        # What is counted says more only of a metric that we do not know: votes are not the members who cast them.
        details=frozenset(telling([*phrase.said, *([] if known else phrase.nouns)], empty)) - own,
        family=family,
        metric=known,
        marks=marks,
        is_change=changes,
        is_expected=True if any(w in words.future for w in phrase.said) else _or_open(expected, known, family),
        per=" ".join(word for word in stems(per or phrase.per, ontology)[:2] if word not in used),
        is_borrowed=named.is_borrowed,
        base=base,
        event=event,
        trade=trade_of(subject, ontology),
        tail=next(iter(reversed(telling(subjects, empty | words.common))), ""),
    )


def _or_open(expected: bool | None, metric: Metric | None, family: str) -> bool | None:
    """Costs, cuts and other sums that hold until they are replaced are told of as planned or as given alike."""
    if expected or metric is None or metric.period_bound or (family != "money" and not metric.is_change):
        return expected
    return None if metric.temper in {Temper.SLOW, Temper.CONSTANT} else expected


def _without_per(metric: str) -> tuple[str, str]:
    phrase, found, below = metric.partition(" per ")
    if not found:
        return metric, ""
    return phrase, below.partition(" ")[0].strip(",;")


def _counted(unit: str) -> str:
    return unit.partition(":")[2] if unit.startswith("count:") else ""


def _must_be_change(metric: Metric, family: str, marks: Mapping[str, str]) -> bool:
    """Percent of a thing that is measured in money or tonnes: a growth, unless it is named a share of it."""
    return family == "share" and metric.dimension not in {"", "share"} and "part" not in marks
