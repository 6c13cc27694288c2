"""What a figure is of, in canonical words: the part of a claim that questions are made from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from monitor.domain.article import Article
from monitor.domain.claim import Claim, Modality
from monitor.domain.evidence import Evidence
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.question import Metric, Question, Temper
from monitor.domain.unit import Units

# Scope entries of a question that we write ourselves, so that its topic can be read again from the question alone.
STAGE, FIGURE, COUNTED, PER, ALSO = "stage", "figure", "counted", "per", "also told as"
EXPECTED, UNSETTLED, CHANGE = "expected", "unsettled", "change"
_EXPECTED = frozenset({Modality.FORECAST, Modality.PLANNED})
_OWN = frozenset({STAGE, FIGURE, COUNTED, PER, ALSO})
_OR = " / "
_MOST_WORDINGS = 3
_METHOD = "method"
_PERIOD_KEYS = frozenset({"period", "fiscal period", "fiscal_period", "time", "date"})

_WORD = re.compile(r"[^\W_]+(?:[.&-][^\W_]+)*")
_YEAR = re.compile(r"(?:fy)?(?:19|20)\d\d\Z|[qh][1-4]\Z|\d{1,3}\Z|\d{1,2}(?:st|nd|rd|th)\Z")
_JOINED = re.compile(r"(\d+(?:\.\d+)?)[ -]?(nm|nanomet(?:re|er)s?|mm|cm|km|gb|tb|mw|gw|kw|bit)\b")
_POSSESSIVE = re.compile(r"['’]s?\b")
# "Share of chips" and "share lost" are parts; "share price" and "shares" are stock.
_SHARE_OF = re.compile(r"\b(?:share|stock)s?\s+of\b|\bshare\s+\w+ed\b", re.IGNORECASE)
# What stands between a figure and the next number, bracket or stop is said of that figure.
_EDGE = re.compile(r"[;:()\d]|\.\s")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*")
_LEAD = 1000
_JOINT = re.compile(r",|\b(?:and|but|while|whereas|against|than|compared)\b")


def stem(word: str) -> str:
    """A word without its plural, lower case."""
    low = word.lower()
    if len(low) < 4 or low.endswith(("ss", "us", "is")):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "xes", "sses", "zes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") else low


def stems(text: str, ontology: Ontology) -> list[str]:
    """The words of a phrase in order, as stems, each read as the word that the ontology reads it as."""
    same = ontology.words.same
    return [same.get(word, word) for word in _stemmed(text)]


@lru_cache(maxsize=4096)
def _stemmed(text: str) -> tuple[str, ...]:
    """The stems of a text; each claim is compared with many."""
    joined = _JOINED.sub(lambda size: size[1] + ("nm" if size[2].startswith("nano") else size[2]), text.lower())
    return tuple(map(stem, _WORD.findall(_POSSESSIVE.sub("", joined))))


def own_names(claim: Claim, ontology: Ontology) -> frozenset[str]:
    """The words of a claim's subject that not everything is called by."""
    return frozenset(stems(claim.subject, ontology)) - ontology.words.common - ontology.words.weak


def spoken_of(claim: Claim, article: Article, ontology: Ontology) -> frozenset[str]:
    """The names that a reader of a claim has before him: its subject, and what headline, opening and sentence name."""
    named = _NAME.findall(f"{article.title} {article.text[:_LEAD]} {claim.evidence.quote}")
    return frozenset(stems(f"{claim.subject} {' '.join(named)}", ontology)) - ontology.words.common - ontology.words.weak


@dataclass(frozen=True)
class Topic:
    """Subject, metric and scope of a figure in canonical stems.

    `concept`: name of the ontology's metric, else the head of the phrase. `details`: the phrase's other words.
    `marks`: class → value of words that set figures apart. `family`: coarse dimension, empty for a bare denial.
    `is_expected`: forecast or plan; None where a denial leaves open which of the two it denies. `is_borrowed`: the
    metric's own phrase says nothing that we know, the words around the figure do. `tail`: last word of the subject:
    of "Ostrel Foundry Q9" the thing itself, where what is ahead says whose it is.
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

    @property
    def names(self) -> frozenset[str]:
        """All words that say which thing: from one text they stand in the subject, from another in the scope."""
        return self.subject | self.scope | self.details


class _This:
    """A claim with the units that it is read by as a key: these very ones, and no others that say the same."""

    def __init__(self, claim: Claim, units: Units) -> None:
        self.claim, self.units = claim, units

    def __hash__(self) -> int:
        return id(self.claim)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _This) and self.claim is other.claim and self.units is other.units


def claim_topic(claim: Claim, ontology: Ontology, units: Units, published: date | None = None) -> Topic:
    """The topic of a claim. `published`: the day of its article: what is told of a time far from over is expected.

    Remembered: a claim is held against many others.
    """
    return _claim_topic(_This(claim, units), ontology, published)


@lru_cache(maxsize=4096)
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
        expected=None if claim.modality is Modality.DENIED else claim.modality in _EXPECTED,
        spoken=claim.evidence,
    )
    if topic.is_expected is None and published is not None and claim.time is not None and claim.time.first > published:
        return replace(topic, is_expected=True)  # who denies a figure of a time to come denies a forecast
    if topic.is_expected is False and published is not None and _lies_ahead(claim, topic, published, ontology):
        return replace(topic, is_expected=True)
    return topic


def _lies_ahead(claim: Claim, topic: Topic, published: date, ontology: Ontology) -> bool:
    """Whether a figure of a period is told so long before its end that it can only be expected: a season's crop."""
    if topic.family == "date" and claim.quantity.date:
        return claim.quantity.date[:10] > published.isoformat()
    metric, end = topic.metric, claim.time.end if claim.time else None
    if metric is None or end is None or not metric.period_bound or metric.temper is Temper.CUMULATIVE:
        return False
    return (end - published).days > ontology.tolerances.slow_days


def stated_time(claim: Claim, topic: Topic, published: date | None) -> Period | None:
    """The time that a text states its figure to be of; None where it states none.

    A date is itself the answer. A time without words of its own is known from the context, unless it is just that of
    publication. The day that has passed when something is expected is the one on which it was reckoned: "as of 1 August".
    """
    if claim.time is None or topic.family == "date":
        return None
    if not claim.time_text and (published is None or claim.time.first <= published <= claim.time.last):
        return None
    if topic.is_expected and claim.time.is_point and published is not None and claim.time.last < published:
        return None
    return claim.time


def question_topic(question: Question, ontology: Ontology) -> Topic:
    """The topic of a question. Remembered: a claim is held against many questions, and they do not change."""
    scope = tuple(sorted(question.scope.items()))
    return _question_topic(question.subject, question.subject_id, question.metric, scope, question.dimension, ontology)


def reworded_topics(question: Question, ontology: Ontology) -> list[Topic]:
    """The topic of a question in each of the other wordings that a claim with its figure had for it."""
    scope = tuple(sorted((name, value) for name, value in question.scope.items() if name != COUNTED))
    return [
        _question_topic(question.subject, question.subject_id, metric, scope, question.dimension, ontology)
        for metric in question.scope.get(ALSO, "").split(_OR)
        if metric
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


@lru_cache(maxsize=50_000)
def _question_topic(
    subject: str,
    subject_id: str | None,
    metric: str,
    scope: tuple[tuple[str, str], ...],
    dimension: str,
    ontology: Ontology,
) -> Topic:
    own = dict(scope)
    return _topic(
        subject,
        subject_id,
        metric,
        {key: value for key, value in scope if key not in _OWN},
        ontology,
        family=dimension,
        counted=own.get(COUNTED, ""),
        per=own.get(PER, ""),
        moves=own.get(FIGURE) == CHANGE,
        expected=None if own.get(STAGE) == UNSETTLED else own.get(STAGE) == EXPECTED,
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
) -> Topic:
    words = ontology.words
    phrase, named_per = _without_per(metric)
    said = stems(phrase, ontology)
    nouns = stems(counted, ontology)
    is_part = bool(_SHARE_OF.search(phrase))
    words_of_it = [*_headed(phrase, ontology), *nouns, *stems(named_per, ontology)]
    known, used = _known(words_of_it, family, ontology, is_part=is_part)
    _, head = _head(phrase, nouns, ontology)
    empty = words.silent
    subjects = stems(subject, ontology)
    # A phrase of two words of its own says what it is: nothing is borrowed from beside the figure.
    says_little = len(frozenset(_telling(said, empty)).difference(subjects, nouns)) < 2
    borrowed = known is None and spoken is not None and family not in {"", "date"} and says_little
    if borrowed and spoken is not None:
        known, used = metric_beside(spoken, nouns, family, ontology)
        borrowed = known is not None and not (head & frozenset(nouns) and used.isdisjoint(nouns))
        known, used = (known, used) if borrowed else (None, frozenset())
    elif known is not None and spoken is not None and len(used) == 1:
        known, used = _narrower(known, used, spoken, ontology)
    concept, own = _head(phrase, nouns, ontology)
    if known:  # what is counted is no other word for the metric: infected doctors are not all infected
        concept, own = known.name, ontology.vocabulary[known.name] | (head - frozenset(nouns))
    scopes = [word for key, text in scope.items() if key != _METHOD for word in stems(text, ontology)]
    everything = [*subjects, *scopes, *said]
    marks = {words.apart[w][0]: words.apart[w][1] for w in everything if w in words.apart and w not in used}
    changes = moves or any(word in words.change for word in said)
    if family == "date" or (known is not None and known.dimension == "share"):
        marks.pop("part", None)  # the day on which a share peaks is no share; what is one by its name, need not say so
    if known is not None:
        changes = not known.is_change and (changes or _must_be_change(known, family, marks))
    if _METHOD in scope:  # how a thing is measured makes no other thing of it, unless both say how
        marks[_METHOD] = " ".join(sorted(_telling(stems(scope[_METHOD], ontology), empty)))
    return Topic(
        subject=frozenset(_telling(subjects, empty)) or frozenset(subjects),
        subject_id=subject_id,
        scope=frozenset(_telling(scopes, empty)) - own,
        concept=concept,
        # What is counted says more only of a metric that we do not know: votes are not the members who cast them.
        details=frozenset(_telling([*said, *([] if known else nouns)], empty)) - own,
        family=family,
        metric=known,
        marks=marks,
        is_change=changes,
        is_expected=True if any(word in words.future for word in said) else _or_open(expected, known, family),
        per=" ".join(word for word in stems(per or named_per, ontology)[:2] if word not in used),
        is_borrowed=borrowed,
        tail=next(iter(reversed(_telling(subjects, empty | words.common))), ""),
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


def _known(
    said: Sequence[str], family: str, ontology: Ontology, *, is_part: bool = False
) -> tuple[Metric | None, frozenset[str]]:
    """The metric whose longest head phrase is all among the words, and those words.

    Of phrases of one length the one of just this dimension wins where its words are no further from the head, then the
    one named nearer to it, then the first of the file. `said`: the head first. `is_part`: the words speak of a share
    of something, which is no price of a share.
    """
    places = {word: place for place, word in reversed(list(enumerate(said)))}
    found = [
        (-len(phrase), min(places[one] for one in phrase), ontology.metrics[rank].dimension != family, rank, phrase)
        for word in places
        for phrase, rank in ontology.index.get(word, ())
        if phrase <= places.keys()
        and _can_measure(ontology.metrics[rank], family)
        and not (is_part and family == "share" and phrase <= _STAKES)
    ]
    if not found:
        return None, frozenset()
    *_, rank, phrase = min(found, key=lambda match: match[:4])
    return ontology.metrics[rank], phrase


def _headed(phrase: str, ontology: Ontology) -> list[str]:
    """The words of a phrase from its head on: "wheat exports of Norland" → export, wheat, norland."""
    return [word for part in _LINKS.split(phrase.lower()) for word in reversed(stems(part, ontology))]


_STAKES = frozenset({"share", "stock"})


def _can_measure(metric: Metric, family: str) -> bool:
    return metric.dimension in {"", family} or family in {"", "share"}


def words_beside(spoken: Evidence, ontology: Ontology) -> frozenset[str]:
    """The stems of a figure and beside it, up to a stop or bracket, or to the joint before the next number."""
    start, end = spoken.span_start - spoken.start, spoken.span_end - spoken.start
    ahead, behind = spoken.quote[:start], spoken.quote[end:]
    edges, edge = list(_EDGE.finditer(ahead)), _EDGE.search(behind)
    if edges:
        ahead = ahead[edges[-1].end() :]
        if edges[-1][0].isdigit():
            ahead = _JOINT.split(ahead, maxsplit=1)[-1]
    if edge:
        behind = behind[: edge.start()]
        if edge[0].isdigit():
            behind = _JOINT.split(behind)[0]
    return frozenset(stems(f"{ahead} {spoken.span} {behind}", ontology))


def metric_beside(
    spoken: Evidence, nouns: Iterable[str], family: str, ontology: Ontology
) -> tuple[Metric | None, frozenset[str]]:
    """The metric of just this dimension that the words beside the figure name, and the words that do.

    The longest phrase wins; where two metrics are named equally well, nobody knows, and none is.
    """
    said = words_beside(spoken, ontology) | frozenset(nouns)
    found = {
        rank: phrase
        for word in said
        for phrase, rank in sorted(ontology.index.get(word, ()), key=lambda entry: len(entry[0]))
        if phrase <= said and ontology.metrics[rank].dimension == family
    }
    longest = max(map(len, found.values()), default=0)
    best = [rank for rank, phrase in found.items() if len(phrase) == longest]
    if len(best) != 1:
        return None, frozenset()
    return ontology.metrics[best[0]], found[best[0]]


def _narrower(known: Metric, used: frozenset[str], spoken: Evidence, ontology: Ontology) -> tuple[Metric, frozenset[str]]:
    """The metric that the words beside a figure make of a bare one: "training it cost 5 million" is a training cost."""
    said = words_beside(spoken, ontology)
    found = [
        (-len(phrase), rank, phrase)
        for word in said
        for phrase, rank in ontology.index.get(word, ())
        if used < phrase <= said and ontology.metrics[rank].dimension == known.dimension
    ]
    if not found or known.name not in ontology.bare:
        return known, used
    _, rank, phrase = min(found, key=lambda match: match[:2])
    return ontology.metrics[rank], phrase


_LINKS = re.compile(
    r"(?<![\w-])(?:of|in|on|for|at|by|to|from|with|per|whose|who|which|that|under|over|within|among|after|before|than|as"
    r"|into|including|excluding|without)(?![\w-])|,"
)


def _head(phrase: str, nouns: Iterable[str], ontology: Ontology) -> tuple[str, frozenset[str]]:
    """The last telling word before the first link ("share of exports to Brazil" → export), and the words it uses."""
    words = ontology.words
    empty = words.silent
    for part in [*_LINKS.split(phrase.lower()), " ".join(nouns)]:
        telling = _telling(stems(part, ontology), empty)
        if telling:
            return telling[-1], frozenset(telling[-1:])
    return "", frozenset()


def _telling(words: Iterable[str], empty: frozenset[str]) -> list[str]:
    """The words that say which thing it is."""
    return [word for word in words if word not in empty and not _YEAR.match(word)]


@dataclass(frozen=True)
class Fit:
    """Whether two topics can be one question. `why_not` is empty where they can.

    `score`: 0 to 1. `only_a`, `only_b`: words by which one side is narrower than the other; both are given only for
    happenings, which are named after this place or that: then each article must speak of the other's. `is_short_form`:
    the narrower words only say whose the thing is.
    """

    score: float = 0.0
    why_not: str = ""
    only_a: frozenset[str] = frozenset()
    only_b: frozenset[str] = frozenset()
    is_short_form: bool = False


def fit(a: Topic, b: Topic, ontology: Ontology) -> Fit:
    """Compare two topics: same kind of figure, same metric, same or open scope. Symmetric but for `only_a`/`only_b`."""
    why_not = kinds_differ(a, b) or marks_differ(a, b, ontology)
    if why_not:
        return Fit(why_not=why_not)
    only_a, only_b = _left_over(a, b, ontology)
    if not share_subject(a, b, ontology):
        return Fit(why_not="the subjects share no name", only_a=only_a, only_b=only_b)
    if only_a and only_b and not _one_event(a, b, only_a, only_b, ontology):
        return Fit(why_not=f"{_list(only_a)} is not {_list(only_b)}", only_a=only_a, only_b=only_b)
    score = 1.0 if a.metric else 0.9
    score *= 0.95 ** (a.is_borrowed + b.is_borrowed)
    # What leaves open whether it is expected is rather of what has come about.
    score *= 0.98 if a.is_expected is not b.is_expected and True in (a.is_expected, b.is_expected) else 1.0
    score *= 0.93 ** min(len(only_a) + len(only_b), 4)
    score *= 0.93 ** len(set(a.marks) ^ set(b.marks))
    return Fit(score, "", only_a, only_b, _is_short_form(a, b, only_a, only_b))


def may_be_one(a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether the names of two topics allow them to be one; a quick test that `fit` passes only where this one does."""
    if not a.family or not b.family:  # what a figure is of can be read otherwise once its dimension is known
        return True
    only_a, only_b = _left_over(a, b, ontology)
    if only_a and only_b and not _one_event(a, b, only_a, only_b, ontology):
        return False
    return share_subject(a, b, ontology)


def kinds_differ(a: Topic, b: Topic, *, wording: bool = True) -> str:
    """Why two topics are figures of two kinds, or empty. `wording`: whether two names of a metric are two."""
    if wording and (not a.concept or a.concept != b.concept):
        return f"the metrics differ: {a.concept or 'none'} and {b.concept or 'none'}"
    if a.family != b.family and a.family and b.family:
        return f"the dimensions differ: {a.family} and {b.family}"
    if a.family and b.family and a.is_change != b.is_change:
        return "one is a level, the other a change"
    if stages_differ(a, b):
        return "one is expected, the other has come about"
    if a.per and b.per and a.per != b.per:
        return f"one is per {a.per}, the other per {b.per}"
    return ""


def stages_differ(a: Topic, b: Topic) -> bool:
    """Whether one is known to be expected, and the other to have come about."""
    return a.is_expected != b.is_expected and None not in (a.is_expected, b.is_expected)


def marks_differ(a: Topic, b: Topic, ontology: Ontology) -> str:
    """Which word of a class that sets figures apart only one of them has, or empty."""
    for name in sorted(set(a.marks) | set(b.marks)):
        one, other = a.marks.get(name), b.marks.get(name)
        if one != other and ((one and other) or name in ontology.words.strict):
            return f"{one or 'plain'} is not {other or 'plain'}"
    return ""


def _left_over(a: Topic, b: Topic, ontology: Ontology) -> tuple[frozenset[str], frozenset[str]]:
    """The words of one that the other does not have; names of one entity, however written, are no difference."""
    names_a, names_b = a.names, b.names
    if a.subject_id and a.subject_id == b.subject_id:
        names_a, names_b = names_a - a.subject - b.subject, names_b - b.subject - a.subject
    common = ontology.words.common
    return names_a - names_b - common, names_b - names_a - common


def _is_short_form(a: Topic, b: Topic, only_a: frozenset[str], only_b: frozenset[str]) -> bool:
    """Whether one subject is the other without the name ahead of it: "H5" and "Halden H5", not "Halden"."""
    if not (only_a or only_b) or not a.tail or a.tail != b.tail:
        return False
    return only_a <= a.subject and only_b <= b.subject


def share_subject(a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether the subject of one is named by the other."""
    if a.subject_id and a.subject_id == b.subject_id:
        return True
    shared = (a.subject & b.names) | (b.subject & a.names)
    return bool(shared - ontology.words.common) or (bool(a.subject) and a.subject == b.subject)


def _one_event(a: Topic, b: Topic, only_a: frozenset[str], only_b: frozenset[str], ontology: Ontology) -> bool:
    """Whether the subjects are one kind of happening, and differ in nothing but the place they name it after."""
    kinds = a.subject & b.subject & ontology.words.event
    return bool(kinds) and only_a <= a.subject and only_b <= b.subject


def _list(words: frozenset[str]) -> str:
    return " ".join(sorted(words))
