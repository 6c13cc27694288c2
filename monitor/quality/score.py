"""Everything that can be said in numbers of what was found in the articles of a gold set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.gold import Gold, GoldClaim, Negative
from monitor.domain.relation import Relation, Told
from monitor.domain.unit import Units
from monitor.quality.compared import Compared, compare, together
from monitor.quality.fields import FIELDS, same_asserter, same_metric, same_subject
from monitor.quality.matching import article_key, match

_WHOLE = (same_subject, same_metric, same_asserter)


@dataclass(frozen=True)
class Score:
    """`value` is a ratio from 0 to 1, `of` how many cases it rests on. `lower_is_better`: a share of mistakes."""

    name: str
    value: float
    of: int
    lower_is_better: bool = False


@dataclass(frozen=True)
class Measured:
    """The scores, and the cases behind them. `wrong`: names of fields that differ, what was found, what it should be."""

    scores: tuple[Score, ...]
    missed: tuple[GoldClaim, ...]
    spurious: tuple[Told, ...]
    wrong: tuple[tuple[tuple[str, ...], Told, GoldClaim], ...]
    not_found: tuple[str, ...]
    false_alarms: tuple[str, ...]

    def values(self) -> Mapping[str, float]:
        return {score.name: score.value for score in self.scores}


def measure(gold: Gold, found: Sequence[Told], relations: Iterable[Relation], units: Units) -> Measured:
    """Score the claims and relations found in the articles of a gold set; claims of other articles are left out."""
    articles = {article_key(one.told) for one in gold.claims} | {one.article_id for one in gold.negatives}
    ours = [told for told in found if article_key(told) in articles]
    numbers = [told for told in ours if not told.claim.quantity.is_empty]  # a denial without a figure is not asked for
    matched = {i: gold.claims[at] for i, at in match(numbers, gold.claims, units).items()}
    pairs = [(numbers[i], wanted) for i, wanted in sorted(matched.items()) if wanted.worth]
    spurious = [told for i, told in enumerate(numbers) if i not in matched]
    hit = {wanted.claim.id for wanted in matched.values()}
    wanted = [one for one in gold.claims if one.worth]
    given = len(pairs) + len(spurious)
    whole = sum(all(same(told, one) for same in _WHOLE) for told, one in pairs)
    known = {numbers[i].claim.id: one for i, one in matched.items()}
    kept = {told.claim.id for told in ours if told.claim.quantity.is_empty}
    compared = compare(gold, (one for one in relations if not {one.a, one.b} & kept), known)
    questions = [(numbers[i].claim.question_id, one.claim.question_id) for i, one in sorted(matched.items())]
    return Measured(
        scores=(
            *_precision_recall("claims", len(pairs), given, len(wanted)),
            *(
                Score(name, _share(sum(same(*pair) for pair in pairs), len(pairs)), len(pairs))
                for name, same in FIELDS.items()
            ),
            *_precision_recall("whole_claims", whole, given, len(wanted)),
            *_precision_recall("questions", *together(questions)),
            *_of_conflicts(compared),
            _negatives_taken(gold, spurious),
        ),
        missed=tuple(one for one in wanted if one.claim.id not in hit),
        spurious=tuple(spurious),
        wrong=tuple((bad, *pair) for pair in pairs if (bad := tuple(n for n, same in FIELDS.items() if not same(*pair)))),
        not_found=_named(compared.wanted - compared.flagged, gold),
        false_alarms=_named(compared.false_alarms, gold),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _precision_recall(name: str, right: int, given: int, wanted: int) -> list[Score]:
    precision, recall = _share(right, given), _share(right, wanted)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    values = (("precision", precision, given), ("recall", recall, wanted), ("f1", both, wanted))
    return [Score(f"{name}_{part}", value, of) for part, value, of in values]


def _of_conflicts(compared: Compared) -> list[Score]:
    flagged, wrong = len(compared.flagged) + compared.stray, len(compared.false_alarms) + compared.stray
    precision = Score("conflicts_precision", _share(flagged - wrong, flagged), flagged)
    recall = Score("conflicts_recall", _share(len(compared.found), len(compared.wanted)), len(compared.wanted))
    kinds = [(kind, *compared.recalled(kind)) for kind in ("agrees", "updates")]
    confused = compared.lookalikes & compared.flagged
    return [
        precision,
        recall,
        *(Score(f"{kind}_recall", _share(right, of), of) for kind, right, of in kinds),
        Score("lookalikes_flagged", _share(len(confused), len(compared.lookalikes)), len(compared.lookalikes), True),
    ]


def _negatives_taken(gold: Gold, spurious: Sequence[Told]) -> Score:
    taken = sum(any(_covers(told, one) for told in spurious) for one in gold.negatives)
    return Score("negatives_taken", _share(taken, len(gold.negatives)), len(gold.negatives), True)


def _covers(told: Told, negative: Negative) -> bool:
    evidence = told.claim.evidence
    here = article_key(told) == negative.article_id and evidence.where is negative.where
    return here and evidence.span_start <= negative.start and negative.end <= evidence.span_end


def _named(pairs: Iterable[frozenset[tuple[str, str]]], gold: Gold) -> tuple[str, ...]:
    """Each pair of answers in words: the first claim that gives each."""
    text: dict[tuple[str, str], str] = {}
    for one in gold.claims:
        said = f"{one.claim.subject} · {one.claim.metric} · {one.claim.evidence.span} [{one.claim.id}]"
        text.setdefault(one.answer, said)
    return tuple(sorted(" <> ".join(sorted(text[answer] for answer in pair)) for pair in pairs))
