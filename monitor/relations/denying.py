"""A denial and another claim → whether it denies that claim, and how surely."""

from decimal import Decimal

from monitor.domain.claim import Modality
from monitor.domain.relation import Relation, RelationKind
from monitor.relations.accepted import Accepted, is_near, printed
from monitor.relations.pair import Pair, literal, thing_of
from monitor.relations.reason import says, voice
from monitor.relations.temper import Timing

# How far a denied figure may be from the one that it denies.
_DENIED_NEAR = Decimal("1.06")


def weigh_denial(pair: Pair, denied_a: bool, denied_b: bool) -> Relation | str:
    """A denial hits what says the figure it denies; a bare one hits every figure. Two denials of one thing agree."""
    meet = pair.first is None or pair.second is None or pair.first.meets(pair.second)
    if pair.times.timing is Timing.OTHER and (pair.times.sure or not pair.scope.by_figure):
        return pair.times.note
    if not meet or pair.scope.unit_differs or not _speak_of_one(pair):
        denied, other = (pair.a, pair.b) if denied_a else (pair.b, pair.a)
        return f"the denial of {denied.claim.printed} ({voice(denied)}) is not of {says(other)}"
    if _are_bounds(pair) and not _quotes_denial(pair):
        return "two bounds, and nobody is quoted with a denial of that time"
    if denied_a and denied_b:
        same = (pair.first is None) == (pair.second is None)
        return (
            pair.relation(RelationKind.AGREES, "{a} and {b} deny the same", score=0.9)
            if same
            else "only one denial gives a figure"
        )
    if pair.voices.same_article and pair.voices.same_asserter:
        return "one voice denies in one article what it says"
    bare = pair.first is None or pair.second is None
    denier = voice(pair.b if denied_b else pair.a)
    why = f"{thing_of(pair)}: {literal(denier)} denies {{b}}"
    return pair.relation(RelationKind.DENIES, why, swap=denied_b, score=0.8 if bare else 0.95)


def _speak_of_one(pair: Pair) -> bool:
    """Whether a denial names the very figure, give or take its rounding; one that names no figure is of any."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    if one is None or other is None or _is_range(pair.first) or _is_range(pair.second):
        return True
    return is_near(one * pair.scales[0], other * pair.scales[1], _DENIED_NEAR)


def _are_bounds(pair: Pair) -> bool:
    """Whether both give a bound: "nobody waits more than a year" sets none against "those who waited over a year"."""
    return bool(pair.first and pair.second and pair.first.is_loose and pair.second.is_loose)


def _quotes_denial(pair: Pair) -> bool:
    """Whether somebody denies a figure of the other's time: who promises an end to long waits denies none of today."""
    denied = any(told.claim.modality is Modality.DENIED for told in (pair.a, pair.b))
    return denied and pair.times.timing is Timing.SAME


def _is_range(numbers: Accepted | None) -> bool:
    """Whether the text gives both ends; of a bound the one that it names is the figure."""
    return numbers is not None and numbers.is_loose and bool(numbers.low) and numbers.high is not None
