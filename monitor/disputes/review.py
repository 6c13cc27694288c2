"""A question's relations → its dispute: opened, moved, settled, reopened, each step with its rule and reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from monitor.disputes.steps import holding, step
from monitor.disputes.words import gap, label, title
from monitor.domain.article import EXCERPTS
from monitor.domain.claim import ClaimStatus, Modality
from monitor.domain.dispute import LIVING, RULE, Dispute, DisputeEvent, DisputeState, Position
from monitor.domain.ids import content_id
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.question import Question
from monitor.domain.relation import CONFLICTS, ByKind, Relation, RelationKind, Told
from monitor.domain.source import SourceKind

OPEN_BAR = 0.6
_MISREAD = "extraction error"
# The rules that take steps of a dispute's life, by the names that stand in its events.
_FOUND, _SURER, _NONE_LEFT, _AGAIN = "conflict found", "conflict surer now", "no conflict left", "conflict again"
_NEW_CLAIM, _NEW_FIGURE, _POSITIONS = "claim new since the judgement", "figure that nobody judged", "positions changed"
_ENDED = frozenset({DisputeState.SETTLED, DisputeState.DISMISSED})
_JUDGED = frozenset({DisputeState.EXPLAINED, DisputeState.DISMISSED})
_SAME = (RelationKind.AGREES, RelationKind.REFINES)
_CONFLICTS = sorted(CONFLICTS)


@dataclass(frozen=True)
class Standing:
    """How things stand on a question now. `conflicts`: those between claims that still hold. `gone`: why others ended."""

    told: Mapping[str, Told]
    conflicts: tuple[Relation, ...]
    relations: ByKind
    gone: tuple[str, ...]

    @cached_property
    def parties(self) -> frozenset[str]:
        return frozenset(side for relation in self.conflicts for side in (relation.a, relation.b))


def review(
    question: Question,
    told: Sequence[Told],
    relations: Sequence[Relation] | ByKind,
    previous: Dispute | None,
    events: Sequence[DisputeEvent],
    now: datetime,
    bar: float = OPEN_BAR,
) -> tuple[Dispute | None, list[DisputeEvent]]:
    """The question's dispute as it stands, and what is new in its life. `bar`: least score that opens it by itself.

    `told`: its claims, those that were rejected or withdrawn too; `relations`: between the others.
    None where nothing was ever in conflict. What people judged stays, unless a figure comes up that they did not see.
    """
    standing = _standing(told, relations if isinstance(relations, ByKind) else ByKind.of(relations))
    if not standing.conflicts:
        return _without_conflict(previous, standing, events, now)
    positions = _positions(standing)
    fresh = _described(question, standing, positions, previous, now)
    taken = _next_step(fresh, positions, standing, previous, events, bar)
    if taken is not None:
        fresh = replace(fresh, state=taken.state)
        by = f"{RULE}: {taken.rule}"
        return fresh, [step(fresh, taken.kind, by, taken.reason, now, sorted(standing.parties), events)]
    if previous is None or replace(fresh, changed=previous.changed) == previous:
        return previous, []
    return replace(fresh, changed=previous.changed), []


def _standing(told: Sequence[Told], relations: ByKind) -> Standing:
    by_id = {one.claim.id: one for one in told}
    current = {name for name, one in by_id.items() if one.claim.status is ClaimStatus.CURRENT}
    outdated = _outdated(by_id, current, relations)
    ended = {name: _why_gone(one, outdated) for name, one in by_id.items()}
    alive: list[Relation] = []
    gone: set[str] = set()
    for relation in relations.these(*_CONFLICTS):
        one, other = ended.get(relation.a), ended.get(relation.b)
        if one is None or other is None:
            continue
        if one or other:
            gone.update((one, other))
        else:
            alive.append(relation)
    return Standing(by_id, tuple(alive), relations, tuple(sorted(gone - {""})))


def _outdated(by_id: Mapping[str, Told], current: set[str], relations: ByKind) -> dict[str, str]:
    """Claims that a current one has replaced, with the reason: the last to do so says it."""
    last: dict[str, tuple[str, str]] = {}
    for relation in relations.these(RelationKind.UPDATES, RelationKind.DENIES):
        if relation.a not in current or relation.b not in by_id:
            continue
        why = "superseded by later data"
        if relation.kind is RelationKind.DENIES:
            newer, older = by_id[relation.a], by_id[relation.b]
            if newer.article.publisher != older.article.publisher or not _takes_back(newer):
                continue
            why = "retracted"
        said = (relation.a, why)
        last[relation.b] = max(last.get(relation.b, said), said)
    return {name: why for name, (_, why) in last.items()}


def _takes_back(told: Told) -> bool:
    """Whether a denial is the publisher's own word: it takes back what it printed."""
    return all(source.kind is SourceKind.PUBLISHER for source in told.claim.sources)


def _why_gone(told: Told, outdated: Mapping[str, str]) -> str:
    if told.claim.status is ClaimStatus.CURRENT:
        return outdated.get(told.claim.id, "")
    if told.claim.status is ClaimStatus.WITHDRAWN:
        return "retracted"
    if told.claim.status is ClaimStatus.REJECTED:
        return _MISREAD
    # The text that takes the place of what a feed carried of it corrects nothing.
    return "superseded by later data" if told.article.basis in EXCERPTS else "source corrected"


def _without_conflict(
    previous: Dispute | None, standing: Standing, events: Sequence[DisputeEvent], now: datetime
) -> tuple[Dispute | None, list[DisputeEvent]]:
    if previous is None or previous.state not in LIVING:
        return previous, []
    seen = sorted({claim for position in previous.positions for claim in position.claim_ids})
    parties = [standing.told[one] for one in seen if one in standing.told]
    gone = set(standing.gone) | {_why_gone(one, {}) for one in parties}
    gone |= {_MISREAD for one in parties if one.claim.read_by}
    reasons = sorted(gone - {""})
    state = DisputeState.DISMISSED if reasons == [_MISREAD] else DisputeState.SETTLED
    ended = replace(previous, state=state, changed=now)
    reason = "; ".join(reasons) or "the claims no longer contradict each other"
    return ended, [step(ended, str(state), f"{RULE}: {_NONE_LEFT}", reason, now, seen, events)]


@dataclass(frozen=True)
class _Taken:
    """A step of a dispute's life that a rule takes, and why."""

    state: DisputeState
    kind: str
    rule: str
    reason: str


def _next_step(
    fresh: Dispute,
    positions: tuple[Position, ...],
    standing: Standing,
    previous: Dispute | None,
    events: Sequence[DisputeEvent],
    bar: float,
) -> _Taken | None:
    """The step that comes next; None where it stands as it stood."""
    best = max(standing.conflicts, key=lambda r: (r.score, r.a, r.b))
    if previous is None and best.score < bar:
        return _Taken(DisputeState.PROPOSED, "proposed", _FOUND, best.reason)
    if previous is None or (previous.state is DisputeState.PROPOSED and best.score >= bar):
        return _Taken(DisputeState.OPEN, "opened", _SURER if previous else _FOUND, best.reason)
    if previous.state in LIVING:
        if _sides(previous.positions) == _sides(positions):
            return None
        reason = "; ".join((f"now {fresh.title}", f"independent origins: {fresh.origins}", *_left(previous, standing)))
        return _Taken(previous.state, "moved", _POSITIONS, reason)
    return _reopening(positions, standing, previous, events, best)


def _left(previous: Dispute, standing: Standing) -> list[str]:
    """Why claims that took part stand no longer."""
    seen = {claim for position in previous.positions for claim in position.claim_ids} - standing.parties
    gone = {_why_gone(standing.told[one], {}) for one in seen if one in standing.told}
    return sorted(gone - {""})


def _reopening(
    positions: tuple[Position, ...],
    standing: Standing,
    previous: Dispute,
    events: Sequence[DisputeEvent],
    best: Relation,
) -> _Taken | None:
    """The step by which a dispute that had ended lives again; None where nothing is new that bears on it."""
    reopened = DisputeState.REOPENED
    lasting = holding(events)
    if lasting and lasting[-1].is_by_rule and previous.state in _ENDED:  # it had ended because no conflict was left
        return _Taken(reopened, "reopened", _AGAIN, best.reason)
    seen = {claim for event in events for claim in event.claim_ids}
    known = [standing.told[one] for one in sorted(seen & standing.told.keys())]
    if previous.state is DisputeState.SETTLED:
        printed = {_printed(one) for one in known}
        if any(_printed(standing.told[one]) not in printed for one in standing.parties - seen):
            return _Taken(reopened, "reopened", _NEW_CLAIM, best.reason)
    figures = {label(one.claim) for one in known}
    fresh = [one for one in positions if not seen & set(one.claim_ids) and one.label not in figures]
    if previous.state in _JUDGED and fresh:
        reason = f"a figure that nobody had judged: {fresh[0].label}"
        return _Taken(reopened, "reopened", _NEW_FIGURE, reason)
    return None


def _printed(told: Told) -> tuple[str, str]:
    """What stands at an address: the same figure in a later version of its article is nothing new."""
    return told.article.canonical_url, label(told.claim)


def _sides(positions: Iterable[Position]) -> list[tuple[str, tuple[str, ...]]]:
    return [(position.label, position.origin_ids) for position in positions]


def _positions(standing: Standing) -> tuple[Position, ...]:
    """Claims that say the same stand together, unless they conflict; in order of first appearance."""
    cluster = {name: {name} for name in standing.told if standing.told[name].claim.status is ClaimStatus.CURRENT}
    enemies: dict[str, set[str]] = defaultdict(set)
    for relation in standing.relations.these(*_CONFLICTS, RelationKind.UPDATES):
        enemies[relation.a].add(relation.b)
        enemies[relation.b].add(relation.a)
    same = standing.relations.these(*_SAME)
    for one, other in chain(_copies(standing.told, cluster), ((relation.a, relation.b) for relation in same)):
        if cluster.get(one) is not cluster.get(other):
            _merge(cluster, one, other, enemies)
    taking_part = [group for group in {id(one): one for one in cluster.values()}.values() if standing.parties & group]
    by_appearance = [sorted(group, key=lambda name: _appearance(standing.told[name])) for group in taking_part]
    ordered = sorted(by_appearance, key=lambda group: _appearance(standing.told[group[0]]))
    return tuple(_position([standing.told[name] for name in group]) for group in ordered)


def _copies(told: Mapping[str, Told], current: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of one figure in copies of one text, which no relation joins."""
    first: dict[tuple[str, ...], str] = {}
    pairs = []
    for name in sorted(current):
        one = told[name]
        evidence = one.claim.evidence
        key = (one.article.origin_id or one.article.id, evidence.span.lower(), str(one.claim.is_denial), evidence.quote)
        if key in first:
            pairs.append((first[key], name))
        first.setdefault(key, name)
    return pairs


def _merge(cluster: dict[str, set[str]], one: str, other: str, enemies: Mapping[str, set[str]]) -> None:
    """Let two claims, with those that stand with each, stand together, unless some of them conflict."""
    if one not in cluster or other not in cluster or cluster[one] is cluster[other]:
        return
    small, large = sorted((cluster[one], cluster[other]), key=len)
    if any(not enemies[name].isdisjoint(large) for name in small if name in enemies):
        return
    large |= small
    cluster.update(dict.fromkeys(small, large))


def _position(told: Sequence[Told]) -> Position:
    """`told` in order of appearance."""
    tightest = min(told, key=lambda one: (_looseness(one.claim.quantity), _appearance(one)))
    origins = dict.fromkeys(one.article.origin_id or one.article.id for one in told)
    return Position(label(tightest.claim), tuple(one.claim.id for one in told), tuple(origins))


def _looseness(quantity: Quantity) -> int:
    order = (Approximation.EXACT, Approximation.ABOUT, Approximation.RANGE)
    return order.index(quantity.approximation) if quantity.approximation in order else len(order)


def _appearance(told: Told) -> tuple[str, str, str, int, str]:
    published = told.article.published or told.article.arrived
    evidence = told.claim.evidence
    stamp = f"{published.timestamp():015.0f}"
    return stamp, told.article.id, evidence.where, evidence.span_start, told.claim.id


def _described(
    question: Question, standing: Standing, positions: tuple[Position, ...], previous: Dispute | None, now: datetime
) -> Dispute:
    in_conflict = [standing.told[name] for name in sorted(standing.parties)]
    return Dispute(
        id=content_id("dsp", question.id),
        question_id=question.id,
        state=previous.state if previous else DisputeState.OPEN,
        title=title(question, positions),
        positions=positions,
        origins=_origins(positions, standing),
        opened=previous.opened if previous else now,
        changed=now,
        why_compared=_why_compared(question, in_conflict),
        could_explain=tuple(_explanations(in_conflict, standing.conflicts)),
        gap=gap([standing.told[position.claim_ids[0]].claim.quantity for position in positions]),
    )


def _origins(positions: Iterable[Position], standing: Standing) -> int:
    """Independent origins: texts, less those that rest on the asserter of another in the same position."""
    voices = set()
    for position in positions:
        for name in position.claim_ids:
            told = standing.told[name]
            nearest = told.claim.sources[0] if told.claim.sources else None
            named = nearest.name if nearest and nearest.name else told.article.origin_id or told.article.id
            voices.add(named.lower())
    texts = {origin for position in positions for origin in position.origin_ids}
    return min(len(voices), len(texts)) if len(texts) > 1 else len(texts)


def _why_compared(question: Question, told: Sequence[Told]) -> str:
    units = sorted({one.claim.quantity.unit for one in told if not one.claim.quantity.is_empty})
    parts = [f"Same subject ({question.subject}), same quantity ({question.metric})"]
    if units:
        words = (unit.removeprefix("count:").replace("_", " ") for unit in units)
        parts.append(f"unit: {' and '.join(words)}")
    if question.period is not None:
        parts.append(f"period: {question.period.iso()}")
    keys = sorted({key for one in told for key in one.claim.qualifiers})
    for key in keys:
        named = [one for one in told if key in one.claim.qualifiers]
        parts.append(f"{key} {named[0].claim.qualifiers[key]}: named by {len(named)} of {len(told)}")
    return "; ".join(parts) + "."


def _explanations(told: Sequence[Told], conflicts: Sequence[Relation]) -> Iterable[str]:
    """What differs between the claims besides the figure: each could explain it."""
    metrics = sorted({one.claim.metric for one in told})
    if len({metric.rstrip("s") for metric in metrics}) > 1:
        yield f"different definition: {' / '.join(metrics[:3])}"
    if len({tuple(sorted(one.claim.qualifiers.items())) for one in told}) > 1:
        yield "different scope: not all name the same one"
    stated = {bool(one.claim.time_text) for one in told}
    if False in stated:
        yield "different time: " + ("one does not state it" if True in stated else "none states it")
    modalities = {one.claim.modality for one in told}
    if Modality.ESTIMATED in modalities and len(modalities) > 1:
        yield "one is an estimate"
    if Modality.REPORTED in modalities or any(one.claim.sources and one.claim.sources[0].name is None for one in told):
        yield "one rests on unnamed sources or on hearsay"
    if len({one.claim.quantity.unit for one in told if not one.claim.quantity.is_empty}) > 1:
        yield "different units or rounding"
    if any(relation.kind is RelationKind.DENIES for relation in conflicts):
        yield "one side denies what the other says"
    if conflicts and not any(relation.independent for relation in conflicts):
        yield "one took its figure from the other, or both from one source"
