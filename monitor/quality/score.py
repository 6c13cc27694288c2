"""Everything that can be said in numbers of what was found in the articles of a gold set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.gold import Gold, GoldClaim, Negative
from monitor.domain.ontology import Ontology
from monitor.domain.relation import Relation, Told
from monitor.domain.unit import Units
from monitor.quality.calibration import average_precision, ranking
from monitor.quality.compared import Compared, compare, together
from monitor.quality.fields import Same
from monitor.quality.matching import article_key, match


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


def measure(
    gold: Gold, found: Sequence[Told], relations: Iterable[Relation], ontology: Ontology, units: Units
) -> Measured:
    """Score the claims and relations found in the articles of a gold set; claims of other articles are left out."""
    articles = {article_key(one.told) for one in gold.claims} | {one.article_id for one in gold.negatives}
    ours = [told for told in found if article_key(told) in articles]
    # A denial without a figure is not asked for, and not held against anybody.
    numbers = [told for told in ours if not told.claim.quantity.is_empty]
    bare = {told.claim.id for told in ours if told.claim.quantity.is_empty}
    same = Same(ontology.words.weak)
    matched = match(numbers, gold.claims, same, units)
    pairs = [(numbers[i], gold.claims[at]) for i, at in sorted(matched.items(), key=lambda one: one[1])]
    known = {told.claim.id: wanted for told, wanted in pairs}
    compared = compare(gold, (one for one in relations if not {one.a, one.b} & bare), known)
    spurious = tuple(told for i, told in enumerate(numbers) if i not in matched)
    asked = [(told, wanted) for told, wanted in pairs if wanted.worth]
    hit = {wanted.claim.id for _, wanted in asked}
    return Measured(
        scores=(
            *_of_claims(asked, len(spurious), sum(one.worth for one in gold.claims), same),
            *_precision_recall("questions", *together([(a.claim.question_id, b.claim.question_id) for a, b in pairs])),
            *_of_conflicts(compared),
            _negatives_taken(gold, spurious),
            *_of_worth(pairs),
        ),
        missed=tuple(one for one in gold.claims if one.worth and one.claim.id not in hit),
        spurious=spurious,
        wrong=tuple((bad, told, wanted) for told, wanted in asked if (bad := _wrong(told, wanted, same))),
        not_found=_named(compared.wanted - compared.flagged, gold),
        false_alarms=_named(compared.false_alarms, gold),
    )


def _wrong(told: Told, wanted: GoldClaim, same: Same) -> tuple[str, ...]:
    return tuple(name for name, check in same.checks.items() if not check(told, wanted))


def _of_claims(pairs: Sequence[tuple[Told, GoldClaim]], spurious: int, wanted: int, same: Same) -> list[Score]:
    given = len(pairs) + spurious
    whole = sum(all(check(*pair) for check in same.whole) for pair in pairs)
    fields = [(name, sum(check(*pair) for pair in pairs)) for name, check in same.checks.items()]
    return [
        *_precision_recall("claims", len(pairs), given, wanted),
        *(Score(name, _share(right, len(pairs)), len(pairs)) for name, right in fields),
        *_precision_recall("whole_claims", whole, given, wanted),
    ]


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


def _of_worth(pairs: Iterable[tuple[Told, GoldClaim]]) -> list[Score]:
    """How well claims that are asked for are told from background, by rank alone: chance gives one half and the share."""
    weighed = [(told.claim.worth, wanted.worth) for told, wanted in pairs if told.claim.worth is not None]
    low = [(1 - worth, not asked) for worth, asked in weighed]
    return [
        Score("worth_ranking", ranking(weighed), len(weighed)),
        Score("low_worth_found", average_precision(low), sum(is_low for _, is_low in low)),
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
