"""Two claims → every test that they are put to, in order, with what came of it and where it stopped."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from monitor.domain.asked import Asked
from monitor.domain.ontology import Ontology
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told
from monitor.domain.unit import Units
from monitor.questions import why_apart
from monitor.relations.accepted import Accepted
from monitor.relations.judge import weigh
from monitor.relations.pair import Pair, pair_of
from monitor.relations.reason import says, when
from monitor.relations.temper import Timing, as_of
from monitor.relations.voice import Voices

_TIMING = {
    Timing.SAME: "of one time",
    Timing.LATER: "of two times: the later may replace the earlier",
    Timing.OTHER: "of two times, each with a figure of its own",
}


@dataclass(frozen=True)
class Tested:
    """One test. `found`: what came of it, in words. `ended`: whether the comparison stopped there."""

    test: str
    found: str
    ended: bool = False


def explain(a: Told, b: Told, first: Question, second: Question, ontology: Ontology, units: Units) -> list[Tested]:
    """The tests of two claims. `first`, `second`: the questions they were filed under."""
    if first.id != second.id:
        why = why_apart(Asked(b, ontology, units), first) or "they were filed when neither question was as it is"
        found = f"“{first.thing()}” and “{second.thing()}” are two questions: {why}"
        return [Tested("question", found, ended=True)]
    question = Tested("question", f"both answer “{first.thing()}”")
    pair = pair_of(a, b, first, units, ontology)
    if isinstance(pair, str):
        return [question, Tested("scope", pair, ended=True)]
    verdict = weigh(a, b, first, units, ontology)
    return [question, *_tests(pair), _verdict(verdict)]


def _tests(pair: Pair) -> Iterator[Tested]:
    yield Tested("scope", "; ".join(pair.scope.notes) or "nothing that one names is left open by the other")
    times = [when(time) if time else "no time" for time in (as_of(pair.a, pair.topic), as_of(pair.b, pair.topic))]
    said = f"{times[0]} and {times[1]}, {_TIMING[pair.times.timing]}"
    yield Tested("time", f"{said} ({pair.times.note})" if pair.times.note else said)
    yield Tested("figures", f"{says(pair.a)} and {says(pair.b)}: {_figures(pair)}")
    yield Tested("voice", _voice(pair.voices))
    doubts = "; ".join(pair.wording.doubts) or "nothing in the sentences sets them apart"
    yield Tested("wording", f"{pair.wording.score:.2f} of 1: {doubts}")


def _figures(pair: Pair) -> str:
    if pair.first is None or pair.second is None:
        return "one of them gives no figure"
    met = "meet" if pair.first.meets(pair.second) else "do not meet"
    if pair.a.claim.quantity.date is not None:
        return f"the days {met}"
    return f"{_range(pair.first)} and {_range(pair.second)} {met}"


def _range(numbers: Accepted) -> str:
    low, high = (_number(end) for end in (numbers.low, numbers.high))
    if numbers.low == numbers.high:
        return low
    if numbers.low is None:
        return f"up to {high}"
    return f"{low} upwards" if numbers.high is None else f"{low} to {high}"


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():,f}"


def _voice(voices: Voices) -> str:
    if voices.independent:
        return "independent of each other"
    facts = {
        "they stand in one article": voices.same_article,
        "they stand in two versions of one article": voices.versions,
        "they rest on one asserter": voices.same_asserter,
        "one cites the other's publisher": voices.is_relayed,
    }
    return "not independent: " + ", ".join(fact for fact, holds in facts.items() if holds)


def _verdict(found: Relation | str) -> Tested:
    if isinstance(found, str):
        return Tested("verdict", f"no relation: {found}", ended=True)
    return Tested("verdict", f"{found.kind}, {found.score:.2f}: {found.reason}")
