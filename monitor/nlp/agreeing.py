"""Claims of one text that tell one figure say the same of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.domain.claim import Claim
from monitor.domain.quantity import Quantity
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.ties import Tie
from monitor.nlp.told_figures import Figure
from monitor.nlp.voice import told_in_title

_BARE = frozenset({"count:item", "ratio"})  # units of a number that stands alone
_ABOUT = frozenset({"to", "of", "about", "on"})  # "letters to 900 people", "reports of £30,000": of something else
TOLD_TRUST = 0.6  # of a metric, from which on other figures may go by it


def as_in_body(claim: Claim, told: Sequence[Claim]) -> tuple[Claim, Claim]:
    """A title's claim with what the body says of the same figure: a title has no room for metric, time and source.

    With the body's claim; with itself where there is none.
    """
    for other in sorted(told, key=lambda claim: claim.quantity.unit == "count:item"):
        if same_figure(claim.quantity, other.quantity):
            is_bare = claim.quantity.unit in _BARE
            taken = replace(
                claim,
                quantity=replace(claim.quantity, unit=other.quantity.unit) if is_bare else claim.quantity,
                subject=other.subject,
                subject_id=other.subject_id,
                subject_kind=other.subject_kind,
                metric=other.metric,
                qualifiers=other.qualifiers,
                time=other.time,
                time_text="",
                **told_in_title(claim, other),
            )
            return taken, other
    return claim, claim


def same_figure(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities state one number in one unit; a headline often leaves the noun counted out."""
    if a.date != b.date or (a.value, a.low, a.high) != (b.value, b.low, b.high):
        return False
    return a.unit == b.unit or a.unit in _BARE or (a.unit.startswith("count") and b.unit.startswith("count"))


def agreed(made: list[tuple[Figure, Claim]], trust: Mapping[str, float]) -> list[tuple[Figure, Claim]]:
    """The claims; those that repeat a number of the text are of what it was when it was first told."""
    first: dict[tuple[object, ...], Claim] = {}
    agreed = []
    for figure, claim in made:
        told = first.get(_number(claim.quantity)) if _is_telling(claim.quantity) else None
        if told is None and trust[claim.id] >= TOLD_TRUST:
            first[_number(claim.quantity)] = claim
        is_about = figure.anchor.preposition in _ABOUT and claim.quantity.unit != "percent"
        is_unsure = claim.quantity.unit in _BARE or trust[claim.id] < TOLD_TRUST or is_about
        agreed.append((figure, replace(claim, metric=told.metric) if told is not None and is_unsure else claim))
    return agreed


def filled(made: list[tuple[Figure, Claim]], trust: Mapping[str, float]) -> list[tuple[Figure, Claim]]:
    """The claims, those whose text says nothing of what they measure with what most of their sort do here."""
    often = Counter(
        (sort_of_unit(claim.quantity.unit), claim.metric)
        for figure, claim in made
        if trust[claim.id] >= TOLD_TRUST and figure.anchor.tie in {Tie.LEVEL, Tie.COUNT}
    )
    done = []
    for figure, claim in made:
        same = [(number, metric) for (sort, metric), number in often.items() if sort == sort_of_unit(claim.quantity.unit)]
        number, most = max(same, key=lambda one: one[0]) if same else (0, "")
        is_usual = trust[claim.id] == 0 and number * 2 > sum(n for n, _ in same)
        done.append((figure, replace(claim, metric=most) if is_usual else claim))
    return done


def paired(made: list[tuple[Figure, Claim]], quantities: list[QuantitySpan]) -> list[Claim]:
    """Claims of one figure in two units name each other and share what was found for the first."""
    by_index = {figure.index: claim for figure, claim in made if figure.index >= 0}
    claims = []
    for figure, claim in made:
        other = by_index.get(figure.span.same_as if figure.span.same_as is not None else -2)
        if other is not None:
            first = other if other.evidence.span_start < claim.evidence.span_start else claim
            claim = replace(
                claim,
                same_as=(other.id,),
                subject=first.subject,
                subject_id=first.subject_id,
                subject_kind=first.subject_kind,
                metric=first.metric,
                time=first.time,
                time_text=first.time_text,
                sources=first.sources,
                modality=first.modality,
                polarity=first.polarity,
            )
        claims.append(claim)
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.id, claim)
    return list(seen.values())


def _number(quantity: Quantity) -> tuple[object, ...]:
    unit = "count" if quantity.unit.startswith("count") else quantity.unit
    return unit, quantity.value, quantity.low, quantity.high, quantity.date, quantity.direction


def _is_telling(quantity: Quantity) -> bool:
    """Whether a number is rare enough that who repeats it means the same thing: 34,000 and 2.45, not 3 or 41 percent."""
    number = (
        quantity.value if quantity.value is not None else quantity.high if quantity.high is not None else quantity.low
    )
    least = 3 if quantity.unit == "percent" else 2
    return number is not None and len(number.normalize().as_tuple().digits) >= least


def sort_of_unit(unit: str) -> str:
    """Units whose figures may be of one thing: shares and points of them, money, counts."""
    if unit in {"percent", "percentage_point", "ratio", "point"}:
        return "share"
    return "money" if len(unit) == 3 and unit.isupper() else unit.split(":")[0]
