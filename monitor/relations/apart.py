"""Numbers that do not meet → a newer state, a correction, an article at odds with itself, or a contradiction."""

from collections.abc import Iterator
from math import prod

from monitor.domain.base import is_whole
from monitor.domain.cues import has_cue, words_of
from monitor.domain.ontology import Ontology
from monitor.domain.quantity import Direction
from monitor.domain.question import Temper
from monitor.domain.relation import Relation, RelationKind
from monitor.domain.source import SourceKind
from monitor.relations.accepted import printed
from monitor.relations.corrections import puts_right
from monitor.relations.newer import (
    is_provisional,
    looks_misprinted,
    replaced_by,
    takes_its_place,
    update,
    was_put_otherwise,
    with_newer,
)
from monitor.relations.pair import Pair, literal, thing_of
from monitor.relations.plausible import Plausible, plausibility
from monitor.relations.reason import asserter
from monitor.relations.sums import is_part, is_total, opens
from monitor.relations.temper import Timing
from monitor.relations.wording import gives_only_another, sets_against

# Least share of words that two sentences of one voice in one article have in common, to be of one thing.
_ALIKE = 0.25


def weigh_units(pair: Pair) -> Relation | str:
    """The same number as percent and as percentage points of one change: one of them has the wrong unit."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one != other or pair.times.timing is not Timing.SAME:
        return "percent and percentage points are only set against each other with one number"
    return pair.relation(
        RelationKind.CONTRADICTS,
        f"{thing_of(pair)}: {{a}} and {{b}} give one change, in percent and in percentage points",
        score=0.85,
    )


def weigh_apart(pair: Pair) -> Relation | str:
    """Numbers that do not meet: a newer state, a correction, an article at odds with itself, or a contradiction."""
    voices, times = pair.voices, pair.times
    added = _added_up(pair)
    if added:
        return added
    if is_whole(pair.a.claim, pair.ontology) != is_whole(pair.b.claim, pair.ontology):
        return "one is the whole of which its sentence gives a part"
    if voices.same_article and pair.scope.notes and not _answers_in_brief(pair):
        return f"in one article, {pair.scope.notes[0]}"
    if voices.versions:
        return with_newer(pair, voices.newer_version, "a later version of the article changed the figure", 0.95)
    if times.timing is Timing.LATER and times.newer:
        return _contradiction(pair) if _is_disputed(pair) else _later(pair)
    if voices.same_asserter and voices.same_article:
        return _inside(pair)
    replaced = replaced_by(pair)
    if replaced:
        return with_newer(pair, replaced, "it was changed from that", 0.9)
    if times.newer and is_provisional(pair.a if times.newer > 0 else pair.b, pair.ontology):
        return with_newer(pair, times.newer, "the first was provisional", 0.85)
    if times.newer and takes_its_place(pair):
        return with_newer(pair, times.newer, "the newer one was changed", 0.85)
    if times.newer and was_put_otherwise(pair.a if times.newer < 0 else pair.b, pair.ontology):
        return with_newer(pair, times.newer, "the newer one says that it was put otherwise at first", 0.85)
    if voices.same_asserter and times.newer and not looks_misprinted(pair):
        return with_newer(pair, times.newer, f"{literal(_common_voice(pair))} gave a newer figure", 0.85)
    return _contradiction(pair)


def put_right(pair: Pair) -> Relation | str:
    """The update by which a paper puts a figure right that it had printed; empty where it prints no correction."""
    if pair.first is None or pair.second is None or pair.scope.unit_differs or pair.first.meets(pair.second):
        return ""
    if pair.times.timing is Timing.OTHER and pair.times.sure:
        return ""  # both say their time: what is named of one is not of the other
    for newer, older, order in ((pair.b, pair.a, 1), (pair.a, pair.b, -1)):
        if puts_right(newer, older, pair.ontology):
            why = f"{literal(newer.article.publisher or 'its page')} printed a correction"
            return with_newer(pair, order, why, 0.95)
    return ""


def _answers_in_brief(pair: Pair) -> bool:
    """Whether one of them leaves open what it is of only since it answers the other: by its figure, or with its own."""
    return pair.scope.by_figure or gives_only_another(pair.a, pair.b, pair.ontology)


def _added_up(pair: Pair) -> Relation | str:
    """A part of what a sentence adds up is no rival of a total; a sum that does not come out is at odds with itself."""
    (one, other), (first, second) = pair.sums, (pair.a.claim.evidence, pair.b.claim.evidence)
    parts = is_part(first, one), is_part(second, other)
    if not any(parts):
        return ""
    if first.quote == second.quote and pair.voices.same_article and one is not None and not one.holds and one.is_whole:
        total, part = (second, first) if parts[0] else (first, second)
        if is_total(total, one) and opens(part, one):
            why = f"{thing_of(pair)}: {{a}} and {{b}} stand in a sum that does not come out"
            return pair.relation(RelationKind.SELF_INCONSISTENT, why, score=0.8)
    return "" if all(parts) and not pair.voices.same_article else "one is a part of what its sentence adds up"


def _is_disputed(pair: Pair) -> bool:
    """Whether the later to speak, another voice, sets its figure against the earlier one: then it replaces nothing."""
    return not pair.voices.same_asserter and _set_apart(pair)


def _later(pair: Pair) -> Relation | str:
    """A later figure replaces an earlier one, except a count to date that falls: that is corrected or contradicted."""
    figures = (printed(pair.a.claim.quantity), printed(pair.b.claim.quantity))
    counts = pair.question.temper is Temper.CUMULATIVE and not pair.topic.is_expected
    if counts and None not in figures:
        old, new = figures if pair.times.newer > 0 else figures[::-1]
        explained = pair.voices.same_asserter or takes_its_place(pair)
        if (new or 0) < (old or 0) and not explained:
            return _contradiction(pair)
    return update(pair, "the later figure replaces the earlier one")


def _inside(pair: Pair) -> Relation | str:
    """One voice, one article, one time, two figures: only where nothing at all tells the two apart."""
    one, other = pair.scope.one, pair.scope.other
    if one is None or other is None or one.marks != other.marks or one.details != other.details:
        return "one voice in one article names two things"
    first, second = pair.a.claim.evidence, pair.b.claim.evidence
    if first.where is second.where and (
        first.quote == second.quote or any(_compares(e.quote, pair.ontology) for e in (first, second))
    ):
        return "one voice in one article sets two figures side by side"
    if first.where is second.where and pair.wording.shared < _ALIKE:
        return "one voice in one article, in sentences that share too little"
    plausible = _plausible(pair)
    score = 0.8 * pair.wording.score * plausible.score
    return pair.relation(
        RelationKind.SELF_INCONSISTENT,
        f"{thing_of(pair)}: {{a}} and {{b}} stand in one article and do not meet",
        score=score,
        doubts=(*pair.wording.doubts, *plausible.doubts),
    )


def _compares(sentence: str, ontology: Ontology) -> bool:
    """Whether a sentence speaks of a change or sets figures side by side."""
    return has_cue(words_of(sentence), ontology.words.revised)


def _contradiction(pair: Pair) -> Relation | str:
    plausible = _plausible(pair)
    factors = [*_circumstances(pair)]
    return pair.relation(
        RelationKind.CONTRADICTS,
        f"{thing_of(pair)}: {{a}} and {{b}} do not meet",
        score=0.95 * pair.wording.score * plausible.score * prod(factor for factor, _ in factors),
        doubts=(*pair.wording.doubts, *plausible.doubts, *(why for _, why in factors)),
    )


def _circumstances(pair: Pair) -> Iterator[tuple[float, str]]:
    """What makes a contradiction less likely than its sentences and figures do, each with what it leaves of the score."""
    if not pair.times.sure and pair.question.temper is not Temper.CONSTANT:
        yield 0.92, "not both say for what time"
    if pair.voices.same_article:
        yield 0.85, "both stand in one article"
    if not pair.times.sure and all(asserter(told).kind is SourceKind.PUBLISHER for told in (pair.a, pair.b)):
        yield 0.85, "two papers say it in their own voice, and the thing itself may have changed meanwhile"
    if {told.claim.quantity.direction for told in (pair.a, pair.b)} == {Direction.UP, Direction.DOWN}:
        yield 0.7, "a rise against a fall is more often a thing misread"


def _plausible(pair: Pair) -> Plausible:
    """How far size and place of the figures bear out a conflict; where one is set against the other they do."""
    if _set_apart(pair):
        return Plausible()
    topics = tuple(topic for topic in (pair.scope.one, pair.scope.other) if topic)
    return plausibility(pair.a, pair.b, pair.first, pair.second, topics, pair.ontology)


def _set_apart(pair: Pair) -> bool:
    """Whether a sentence sets its figure against the other's very one: then size and place say nothing more."""
    return sets_against(pair.a, pair.b, pair.ontology) or sets_against(pair.b, pair.a, pair.ontology)


def _common_voice(pair: Pair) -> str:
    """The common voice of both, by its name where one of them has it."""
    sources = [asserter(pair.a), asserter(pair.b)]
    return next((source.name for source in sources if source.name), sources[0].label)
