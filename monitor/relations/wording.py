"""What the sentences themselves say: do they name other things, do they share their words, do they name the subject?

A reader who sees "in Oldmark" in one sentence and "in Newport" in the other compares nothing, whatever the fields say.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import prod
from typing import NamedTuple

from monitor.domain.cues import has_cue
from monitor.domain.evidence import Where
from monitor.domain.known import kept
from monitor.domain.metric_words import metric_beside, words_beside
from monitor.domain.ontology import Ontology
from monitor.domain.question import Metric, Temper
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind
from monitor.domain.stems import stems
from monitor.domain.topic import Topic
from monitor.relations.bases import base_between

_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]*(?:\d+)?")
_WORD = re.compile(r"[\w’'-]+")
_PAST = re.compile(r"\b(?:19|20)\d\d\b")
# What each doubt leaves of a score: the sentences name two things; a sentence names another thing than its subject;
# a subject stands neither in the sentence nor at the head of its article; the sentences share hardly a word;
# a phrase of one sets it apart; the metric stands in no word of the sentence; a pronoun stands for the subject; the
# words beside a figure name another metric; the sentences name other things of one kind; a figure is a part of another.
_OTHER_NAMES, _STRAYED, _UNNAMED, _UNLIKE, _TELLTALE, _UNGROUNDED = 0.7, 0.75, 0.9, 0.9, 0.7, 0.85
_LONG_PAST, _STOOD_FOR, _OTHER_METRIC, _OTHER_KIND, _PORTION = 0.55, 0.85, 0.6, 0.6, 0.5
_LEAST_SHARED = 0.1
_SUPPOSED = "supposition"
# From this confidence on nobody doubts that a claim was read rightly: people put it in, or checked it.
_CERTAIN = 0.995
_LEAD = 250
# What a sentence, or speech within one, may begin behind.
_OPENERS = ".:!?\"'“‘„«(•–—-"
# What goes on behind it is no new sentence.
_GOES_ON = ",;"
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CONTRAST_WORDS, _PORTION_WORDS = 6, 3
# A sentence that comes at most so many characters behind another is the next one; few words: a verb, and how.
_NEXT, _FEW = 3, 3
_LAST_CLAUSE = re.compile(r"[;:,]|\b(?:but|while|whereas|and)\b")


class Wording(NamedTuple):
    """`score`: 0 to 1, how far the sentences bear out that they are of one thing. `shared`: of their words, 0 to 1.

    `doubts`: what lowered the score, in words.
    """

    score: float
    shared: float
    doubts: tuple[str, ...] = ()


def sets_against(one: Told, other: Told, ontology: Ontology) -> bool:
    """Whether one's sentence sets its figure against the very figure of the other: "only 31 ships, not 46"."""
    evidence, digits = one.claim.evidence, _DIGITS.search(other.claim.evidence.span)
    is_headline = one.article.id == other.article.id and evidence.where is not other.claim.evidence.where
    if digits is None or other.claim.quantity.date or is_headline:
        return False
    rest = (
        f"{evidence.quote[: evidence.span_start - evidence.start]}|{evidence.quote[evidence.span_end - evidence.start :]}"
    )
    if digits[0] not in rest:
        return False
    at = re.search(rf"(?<![\d.,]){re.escape(digits[0])}(?!\d|[.,]\d)", rest)
    if at is None:
        return False
    return has_cue(_words(rest[: at.start()])[-_CONTRAST_WORDS:], ontology.words.contrast)


def takes_up(a: Told, b: Told, ontology: Ontology) -> bool:
    """Whether one only gives another voice's figure for what the sentence before it, or its own sentence, speaks of.

    "The ministry has 400", "the union makes it 250": what it is of does not stand there, for it was just said.
    """
    if a.article.id != b.article.id:
        return False
    first, second = sorted((a, b), key=lambda told: (told.claim.evidence.span_start, told.claim.id))
    ahead, behind = first.claim.evidence, second.claim.evidence
    voices = [told.claim.sources[0] for told in (a, b) if told.claim.sources]
    names = [_who(source) for source in voices]
    if ahead.where is not behind.where or len(set(names)) < 2:
        return False
    is_one_sentence = ahead.start == behind.start
    if not is_one_sentence and not 0 <= behind.start - ahead.end <= _NEXT:
        return False
    said = behind.quote[: behind.span_start - behind.start]
    between = (
        said[ahead.span_end - behind.start :] if is_one_sentence else ahead.quote[ahead.span_end - ahead.start :] + said
    )
    if _DIGITS.search(_PAST.sub("", between)):
        return False  # what is taken up is the figure named last
    if is_one_sentence:
        said = _LAST_CLAUSE.split(between)[-1]
    rest = behind.quote[behind.span_end - behind.start :]
    said += _LAST_CLAUSE.split(rest)[0] if is_one_sentence else rest
    return _adds_little(said, second.claim.subject, voices, ontology)


@kept
def only_says_who(told: Told, ontology: Ontology) -> bool:
    """Whether a sentence gives a figure and who gives it, and little else: "the company still speaks of 31"."""
    evidence, sources = told.claim.evidence, told.claim.sources
    if len(sources) < 2 or sources[0].kind is SourceKind.PUBLISHER or _DIGITS.search(_PAST.sub("", _around(told))):
        return False
    return _adds_little(_around(told), told.claim.subject, sources, ontology) and evidence.where is Where.BODY


def gives_only_another(a: Told, b: Told, ontology: Ontology) -> bool:
    """Whether one only says who gives another figure than the other's voice: what it leaves open, its article says.

    Right behind the other it answers the figure named last, as takes_up says.
    """
    if a.article.id != b.article.id or not (only_says_who(a, ontology) or only_says_who(b, ontology)):
        return False
    if [*map(_who, a.claim.sources[:1])] == [*map(_who, b.claim.sources[:1])]:
        return False
    one, other = sorted((a.claim.evidence, b.claim.evidence), key=lambda evidence: evidence.start)
    return one.where is not other.where or other.start - one.end > _NEXT or takes_up(a, b, ontology)


def _worded_alike(one: "_Sentence", other: "_Sentence", topic: Topic, ontology: Ontology) -> bool:
    """Whether one article has two voices' figures of a subject that it names both times, and the metric neither time."""
    a, b = one.told, other.told
    if a.article.id != b.article.id or not (one.names_subject and other.names_subject):
        return False
    if [*map(_who, a.claim.sources[:1])] == [*map(_who, b.claim.sources[:1])]:
        return False
    return not (_says_metric(a, topic, ontology) or _says_metric(b, topic, ontology))


def _who(source: Source) -> str:
    return source.name or source.label


def _adds_little(said: str, subject: str, voices: Iterable[Source], ontology: Ontology) -> bool:
    told_by = " ".join([subject, *(f"{source.name or ''} {source.label}" for source in voices)])
    words = ontology.words
    empty = words.weak | words.calendar | words.pronouns | frozenset(stems(told_by, ontology))
    return len(set(stems(said, ontology)) - empty) <= _FEW


class _Sentence:
    """A claim's sentence with what comparing asks of it, each found once: a claim is held against many others."""

    def __init__(self, told: Told, ontology: Ontology) -> None:
        self.told, self._ontology = told, ontology
        self._grounding: dict[tuple[object, ...], tuple[float, str]] = {}

    def grounding(self, topic: Topic, *, in_brief: bool) -> tuple[float, str]:
        """How far it bears out what its figure is said to be of, as `_grounding` has it."""
        asked = (topic.concept, topic.details, topic.family, topic.metric and topic.metric.name, in_brief)
        if asked not in self._grounding:
            self._grounding[asked] = _grounding(self.told, topic, self._ontology, in_brief=in_brief)
        return self._grounding[asked]

    @property
    def span(self) -> str:
        return self.told.claim.evidence.span

    @property
    def subject(self) -> str:
        return self.told.claim.subject

    @cached_property
    def own(self) -> frozenset[str]:
        """Its words, as stems."""
        return frozenset(stems(self.told.claim.evidence.quote, self._ontology))

    @cached_property
    def read(self) -> frozenset[str]:
        """The words that a reader has before him, as stems."""
        return frozenset(stems(_read(self.told), self._ontology))

    @cached_property
    def names(self) -> frozenset[str]:
        return _names(self.told, self._ontology)

    @cached_property
    def seen(self) -> frozenset[str]:
        """The words that a reader has before him."""
        return frozenset(_words(_read(self.told)))

    @cached_property
    def content(self) -> frozenset[str]:
        return _content(self.told, self._ontology)

    @cached_property
    def names_subject(self) -> bool:
        return _says_subject(self.told, self.told.claim.evidence.quote, self._ontology)

    @cached_property
    def has_subject_before_it(self) -> bool:
        return _says_subject(self.told, _read(self.told), self._ontology)

    @cached_property
    def telltales(self) -> dict[str, str]:
        """The classes of which it has a phrase, each with that phrase."""
        plain = f" {' '.join(_words(_around(self.told)))} ".replace(" all of ", " ")
        classes = self._ontology.words.telltale.items()
        found = {kind: next((one for one in phrases if f" {one} " in plain), "") for kind, phrases in classes}
        return {kind: phrase for kind, phrase in found.items() if phrase}

    @cached_property
    def is_portion(self) -> bool:
        return _is_portion(self.told, self._ontology)

    @cached_property
    def days(self) -> frozenset[str]:
        return _days(self.told, self._ontology)

    @cached_property
    def old_years(self) -> frozenset[int]:
        return _old_years(self.told)


@kept
def _sentence(told: Told, ontology: Ontology) -> _Sentence:
    return _Sentence(
        Told(told.claim, told.article), ontology
    )  # a copy: what is kept of one must not hold it, or nobody lets go of it


def compare_wording(a: Told, b: Told, topic: Topic, ontology: Ontology) -> Wording:
    """Compare the two sentences word by word, leaving out who says it and when."""
    if sets_against(a, b, ontology) or sets_against(b, a, ontology) or takes_up(a, b, ontology):
        return Wording(1.0, 1.0)
    one, other = _sentence(a, ontology), _sentence(b, ontology)
    only_a, only_b = one.names - other.seen, other.names - one.seen
    shared = _dice(one.content, other.content)
    doubts: list[tuple[float, str]] = []
    misread: list[tuple[float, str]] = []
    if only_a and only_b:
        doubts.append((_OTHER_NAMES, f"one sentence names {_first(only_a)}, the other {_first(only_b)}"))
    for said, names in ((one, only_a), (other, only_b)):
        if names and not said.names_subject:
            misread.append((_STRAYED, f"the sentence of {said.span} names {_first(names)} and not {said.subject}"))
        elif not said.has_subject_before_it:
            why = f"neither the sentence of {said.span} nor the head of its article names {said.subject}"
            misread.append((_UNNAMED, why))
    for kind in ontology.words.telltale:
        if kind == _SUPPOSED and topic.is_expected is not False:
            continue  # "4,000 jobs would go, he had said": of what is to come "would" supposes nothing
        if (kind in one.telltales) != (kind in other.telltales):
            said = one if kind in one.telltales else other
            doubts.append((_TELLTALE, f"only the sentence of {said.span} has “{said.telltales[kind]}”"))
    in_brief = gives_only_another(a, b, ontology) or _worded_alike(one, other, topic, ontology)
    misread.append(min(said.grounding(topic, in_brief=in_brief) for said in (one, other)))
    if (one.is_portion or other.is_portion) and not base_between(a, b, ontology):
        doubts.append((_PORTION, f"{(one if one.is_portion else other).span} is told as a part of something"))
    other_kind = _other_kind(one, other, ontology) or _other_kind(other, one, ontology)
    if other_kind:
        doubts.append((_OTHER_KIND, other_kind))
    if one.days != other.days and topic.metric and topic.metric.temper is Temper.VOLATILE:
        days = [" and ".join(sorted(day.title() for day in said.days)) or "no day" for said in (one, other)]
        doubts.append((_TELLTALE, f"one sentence names {days[0]}, the other {days[1]}"))
    if one.old_years != other.old_years:
        said, years = (
            (one, one.old_years - other.old_years) if one.old_years - other.old_years else (other, other.old_years)
        )
        doubts.append((_LONG_PAST, f"only the sentence of {said.span} names {min(years)}"))
    if shared < _LEAST_SHARED:
        misread.append((_UNLIKE, f"the sentences of {one.span} and {other.span} share hardly a word"))
    if min(a.claim.confidence, b.claim.confidence) < _CERTAIN:
        doubts += misread
    return Wording(prod(factor for factor, _ in doubts), shared, tuple(why for _, why in doubts if why))


def _around(told: Told) -> str:
    """The sentence without its figure: "one in five" is a share, and no part of anything."""
    evidence = told.claim.evidence
    return (
        f"{evidence.quote[: evidence.span_start - evidence.start]} {evidence.quote[evidence.span_end - evidence.start :]}"
    )


def _names(told: Told, ontology: Ontology) -> frozenset[str]:
    """Proper names of the sentence that are neither its subject nor a voice, nor a date."""
    claim, quote = told.claim, told.claim.evidence.quote
    voices = " ".join(f"{source.name or ''} {source.label} {source.told or ''}" for source in claim.sources)
    known = set(_words(f"{voices} {claim.subject} {told.article.publisher}")) | ontology.words.calendar
    everything = f"{told.article.title} {told.article.text}"
    found = {match[0] for match in _NAME.finditer(quote) if len(match[0]) > 2 and not _only_opens(match, everything)}
    names = {name.lower().removesuffix("'s").removesuffix("’s") for name in found}
    text = told.article.text
    common = {word for word in names if any(_is_edge(text, at) for at in _places(word, text))}
    return frozenset(names - known - common - ontology.words.weak)


def _only_opens(word: re.Match[str], text: str) -> bool:
    """Whether a capital letter may be that of a sentence's first word: no other sentence has the word in its middle.

    `text`: headline and text of its article.
    """
    ahead = word.string[: word.start()].rstrip()
    if ahead and ahead[-1] not in _OPENERS:
        return False
    if word[0].endswith(("'s", "’s")) or _NAME.match(word.string, word.end() + 1):
        return False
    return not any(at and (text[at - 1] in _GOES_ON or _is_letter(text[at - 1])) for at in _places(f" {word[0]}", text))


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word begins that no letter follows. A pattern for each name would be compiled anew with each article."""
    at = text.find(word)
    while at >= 0:
        if _is_edge(text, at + len(word)):
            yield at
        at = text.find(word, at + 1)


def _is_edge(text: str, at: int) -> bool:
    """Whether a word begins or ends there."""
    return _is_letter(text[at - 1 : at]) != _is_letter(text[at : at + 1])


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _read(told: Told) -> str:
    """What a reader has before him: sentence, headline, opening."""
    return f"{told.claim.evidence.quote} {told.article.title} {told.article.text[:_LEAD]}"


def _content(told: Told, ontology: Ontology) -> frozenset[str]:
    words = ontology.words
    empty = words.weak | words.calendar
    subject = frozenset(stems(told.claim.subject, ontology))
    found = stems(told.claim.evidence.quote, ontology)
    return frozenset(word for word in found if word not in empty and not word[0].isdigit()) - subject


def _says_subject(told: Told, text: str, ontology: Ontology) -> bool:
    subject = frozenset(stems(told.claim.subject, ontology)) - ontology.words.common - ontology.words.weak
    return not subject or bool(subject & frozenset(stems(text, ontology)))


def _says_metric(told: Told, topic: Topic, ontology: Ontology) -> bool:
    """Whether the sentence has a word of the metric: "it has been stuck at 3 percent" borrows it from elsewhere."""
    own = ontology.vocabulary[topic.metric.name] if topic.metric else frozenset({topic.concept}) | topic.details
    return not topic.concept or not own.isdisjoint(stems(told.claim.evidence.quote, ontology))


def _grounding(told: Told, topic: Topic, ontology: Ontology, *, in_brief: bool) -> tuple[float, str]:
    """How far the sentence itself bears out what its figure is said to be of, 0 to 1, and why no further.

    `in_brief`: the two stand in one article that need not say again what they are of.
    """
    doubts, span = [], told.claim.evidence.span
    if not _says_metric(told, topic, ontology) and not in_brief:
        doubts.append((_UNGROUNDED, f"the sentence of {span} has no word of {topic.concept}"))
    if _is_stood_for(told, ontology):
        doubts.append((_STOOD_FOR, f"in the sentence of {span} a pronoun stands for what it is of"))
    if _names_other_metric(told, topic, ontology):
        doubts.append((_OTHER_METRIC, f"the words beside {span} name another quantity"))
    return prod(factor for factor, _ in doubts), " and ".join(why for _, why in doubts)


def _is_stood_for(told: Told, ontology: Ontology) -> bool:
    """Whether the sentence opens with a pronoun: what it stands for was guessed."""
    first = _words(told.claim.evidence.quote)[:1]
    return bool(first) and first[0] in ontology.words.pronouns and not _says_subject(told, " ".join(first), ontology)


def _names_other_metric(told: Told, topic: Topic, ontology: Ontology) -> bool:
    """Whether the words beside the figure name a metric, and not the one that it was taken for."""
    evidence = told.claim.evidence
    if topic.metric is None:
        return False
    if ontology.vocabulary[topic.metric.name].isdisjoint(words_beside(evidence, ontology)):
        metric, _ = metric_beside(evidence, (), topic.family, ontology)
        if metric is not None and metric is not topic.metric:
            return True
    said = frozenset(stems(evidence.quote, ontology))
    own, others = _phrases(said, topic.metric, topic.family, ontology)
    return not own and others


def _phrases(said: frozenset[str], metric: Metric, family: str, ontology: Ontology) -> tuple[bool, bool]:
    """Whether a phrase of this metric stands in a sentence, and whether one of two words of another one does."""
    own = others = False
    for word in said:
        for phrase, rank in ontology.index.get(word, ()):
            if phrase <= said:
                found = ontology.metrics[rank]
                own = own or found is metric
                others = others or (len(phrase) > 1 and found is not metric and found.dimension == family)
    return own, others


def _is_portion(told: Told, ontology: Ontology) -> bool:
    """Whether the words beside a count make it a part of another ("two of the dissenters", "including two guards")."""
    evidence = told.claim.evidence
    if not told.claim.quantity.unit.startswith("count:"):
        return False
    behind = " ".join(_words(evidence.quote[evidence.span_end - evidence.start :])[:3])
    ahead = _words(evidence.quote[: evidence.span_start - evidence.start])[-_PORTION_WORDS:]
    return any(behind.startswith(cue) for cue in ontology.words.portion) or has_cue(ahead, ontology.words.portion_of)


def _other_kind(a: _Sentence, b: _Sentence, ontology: Ontology) -> str:
    """Which thing of some kind a's sentence names, where b speaks of others of that kind instead; empty otherwise."""
    for members in ontology.words.kinds.values():
        named = a.own & members
        if named:
            others = b.own & members or b.read & members
            if others and named.isdisjoint(others):
                return f"the sentence of {a.span} is on {min(named)}, that of {b.span} on {min(others)}"
    return ""


def _words(text: str) -> list[str]:
    low = text.lower()
    found: list[str] = _WORD.findall(low)
    if "'" in low or "’" in low:
        return [word.removesuffix("'s").removesuffix("’s") for word in found]
    return found


def _days(told: Told, ontology: Ontology) -> frozenset[str]:
    """The weekdays that a sentence names."""
    return frozenset(word for word in _words(told.claim.evidence.quote) if word.endswith("day")) & ontology.words.calendar


def _old_years(told: Told) -> frozenset[int]:
    """The years that a sentence names and that had passed before the year ahead of publication."""
    year = (told.article.published or told.article.arrived).year
    named = {int(found) for found in _PAST.findall(told.claim.evidence.quote)}
    return frozenset(one for one in named if one < year - 1)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _first(names: frozenset[str]) -> str:
    return min(names).title()
