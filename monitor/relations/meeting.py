"""Numbers that meet → they agree, one refines the other, or the newer one replaces the older."""

from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.domain.question import Temper
from monitor.domain.relation import Relation, RelationKind
from monitor.relations.accepted import Accepted, is_near, printed
from monitor.relations.newer import replaced_by, update
from monitor.relations.pair import Pair, thing_of
from monitor.relations.reason import says
from monitor.relations.temper import Timing, has_moved, is_corrected


def _alike(pair: Pair) -> str:
    same = pair.first == pair.second
    return "{a} and {b} give the same figure" if same else "{a} and {b} say the same, rounding and hedges allowed"


def weigh_meeting(pair: Pair, first: Accepted, second: Accepted) -> Relation | str:
    """Meeting numbers agree, or one refines the other; a count that has risen past an older bound updates it."""
    one, other = printed(pair.a.claim.quantity), printed(pair.b.claim.quantity)
    loose = (first.is_loose, second.is_loose)
    if any(loose) and one is not None and other is not None and not _says_much(pair, one, other):
        if pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE:
            return update(pair, "the count has moved on")
        return _overdrawn_headline(pair)
    if pair.times.newer and _has_gone_on(pair):
        return update(pair, "the later figure is another one", score=0.85)
    if loose[0] == loose[1]:
        return pair.relation(RelationKind.AGREES, _alike(pair), score=0.95)
    return pair.relation(RelationKind.REFINES, "{a} fits {b}, and is tighter", swap=loose[0], score=0.95)


def _has_gone_on(pair: Pair) -> bool:
    """Whether figures that meet only thanks to their hedges or ends are a newer one and the one it replaced.

    1,240 and three days on "some 1,300"; a guidance of 5.2 to 5.3 billion that had been 5.1 to 5.2. Who only rounds
    the same figure tells nothing new.
    """
    if _one_rounded(pair):
        return False
    if pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE:
        return True
    newer = pair.a if pair.times.newer < 0 else pair.b
    corrected = pair.voices.same_asserter and is_corrected(newer, pair.ontology)
    return bool(replaced_by(pair)) or corrected or has_moved(newer, pair.ontology)


def _one_rounded(pair: Pair) -> bool:
    """Whether the printed numbers are one, give or take the digits that the rounder of them leaves out."""
    if pair.a.claim.quantity == pair.b.claim.quantity:
        return True
    sides = [
        (sorted(n * scale for n in _numbers(told.claim)), told.claim.quantity.step * scale)
        for told, scale in zip((pair.a, pair.b), pair.scales, strict=True)
    ]
    (one, step), (other, other_step) = sides
    if len(one) != len(other):
        return True
    half = max(step, other_step) / 2
    return all(abs(first - second) <= half for first, second in zip(one, other, strict=True))


def _numbers(claim: Claim) -> list[Decimal]:
    quantity = claim.quantity
    return [number for number in (quantity.value, quantity.low, quantity.high) if number is not None]


def _says_much(pair: Pair, one: Decimal, other: Decimal) -> bool:
    """Whether a bound and a figure are near enough to speak of each other; while a count rises, nearer still."""
    tolerances = pair.ontology.tolerances
    rising = pair.times.timing is Timing.LATER and pair.question.temper is Temper.CUMULATIVE
    reach = 1 + 2 * tolerances.about if rising else tolerances.reach
    if pair.a.claim.quantity.vague or pair.b.claim.quantity.vague:
        reach = max(reach, tolerances.reach)
    return is_near(one * pair.scales[0], other * pair.scales[1], reach)


def _overdrawn_headline(pair: Pair) -> Relation | str:
    """ "Hundreds dead" over a body that knows of "at least 70": the headline goes far beyond its article."""
    wheres = {pair.a.claim.evidence.where, pair.b.claim.evidence.where}
    if not pair.voices.same_article or wheres != {Where.TITLE, Where.BODY}:
        return f"{says(pair.a)} and {says(pair.b)} meet only as one is a bound, too far off to speak of the other"
    return pair.relation(
        RelationKind.SELF_INCONSISTENT,
        f"{thing_of(pair)}: {{a}} and {{b}} stand over and in one article, far apart",
        score=0.75,
    )
