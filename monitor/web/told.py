"""Claims with the article each stands in, gathered for the pages that show them together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.app import wording
from monitor.domain.claim import Claim, Modality
from monitor.domain.quantity import Approximation
from monitor.domain.question import Question
from monitor.domain.relation import Relation, RelationKind, Told
from monitor.domain.unit import Units
from monitor.web import chart
from monitor.web.desk import Desk

_BACKWARDS = {
    RelationKind.UPDATES: "updated by",
    RelationKind.REFINES: "refined by",
    RelationKind.DENIES: "denied by",
}


@dataclass(frozen=True)
class Related:
    """Another claim on the question, and what it is to the one whose page this is. `words` reads from that one."""

    told: Told
    relation: Relation
    words: str


@dataclass(frozen=True)
class Row:
    """One origin's statement in a question's table and chart: `number` names both. `copies`: who else printed it."""

    number: int
    told: Told
    copies: tuple[Told, ...]
    group: int

    @property
    def also(self) -> list[str]:
        """The other publishers that printed the same text."""
        own = self.told.article.publisher
        return sorted({copy.article.publisher for copy in self.copies} - {own})


def told(desk: Desk, claims: Iterable[Claim]) -> list[Told]:
    """The claims in the order given, with their articles."""
    listed = list(claims)
    articles = {article.id: article for article in desk.app.store.articles.get([*{claim.article_id for claim in listed}])}
    return [Told(claim, articles[claim.article_id]) for claim in listed if claim.article_id in articles]


def told_of(desk: Desk, claim_ids: Sequence[str]) -> list[Told]:
    """The claims of these ids that the archive still has."""
    return told(desk, desk.app.store.claims.get(list(claim_ids)))


def related(desk: Desk, claim: Claim) -> list[Related]:
    """The claims that stand in a relation to this one, surest first."""
    relations: list[Relation] = desk.app.store.relations.of_claim(claim.id)
    others = {relation.b if relation.a == claim.id else relation.a: relation for relation in relations}
    found = [
        Related(other, others[other.claim.id], _words(claim, others[other.claim.id]))
        for other in told_of(desk, list(others))
    ]
    return sorted(found, key=lambda one: (-one.relation.score, one.told.claim.id))


def _words(claim: Claim, relation: Relation) -> str:
    if relation.a != claim.id:
        return _BACKWARDS.get(relation.kind, wording.RELATION_WORDS[relation.kind])
    return wording.RELATION_WORDS[relation.kind]


def rows(claims: Sequence[Told], groups: dict[str, int]) -> list[Row]:
    """Copies of one text under one number, by the time they are of. `groups`: claim → its position."""
    ordered = sorted(claims, key=lambda one: (_placed_on(one), one.article.arrived, one.claim.id))
    by_statement: dict[tuple[object, ...], list[Told]] = {}
    for one in ordered:
        by_statement.setdefault(_statement(one), []).append(one)
    return [
        Row(number, same[0], tuple(same[1:]), groups.get(same[0].claim.id, -1))
        for number, same in enumerate(by_statement.values(), start=1)
    ]


def _statement(one: Told) -> tuple[object, ...]:
    claim = one.claim
    quantity = claim.quantity
    figure = (quantity.value, quantity.low, quantity.high, quantity.date, quantity.unit, quantity.approximation)
    return (one.article.origin_id or one.article.id, figure, claim.modality, claim.time, claim.status)


def _placed_on(one: Told) -> object:
    """The day a statement is placed on: that of its figure, else of its publication, else of its arrival."""
    time = one.claim.time
    if time is not None and time.start is not None and time.end is not None:
        return time.start + (time.end - time.start) / 2
    if time is not None and (time.end or time.start):
        return time.end or time.start
    return (one.article.published or one.article.arrived).date()


def common_unit(claims: Sequence[Told], units: Units) -> str:
    """The unit that most of the claims are in: what a chart of them is drawn in."""
    counts: dict[str, int] = {}
    for one in claims:
        if not one.claim.quantity.is_empty:
            unit = "date" if one.claim.quantity.date is not None else one.claim.quantity.unit
            counts[unit] = counts.get(unit, 0) + 1
    return max(sorted(counts), key=lambda unit: counts[unit]) if counts else ""


def marks(listed: Sequence[Row], unit: str, units: Units) -> list[chart.Mark]:
    """The rows that can stand on an axis of this unit, each as one mark."""
    found = []
    for row in listed:
        figure = chart.placed(row.told.claim.quantity, unit, units)
        if figure is not None:
            found.append(_mark(row, figure))
    return found


_OUTLINES = {
    Modality.PLANNED: "planned",
    Modality.FORECAST: "forecast",
    Modality.HYPOTHETICAL: "supposed",
    Modality.QUESTION: "supposed",
}


def _mark(row: Row, figure: chart.Figure) -> chart.Mark:
    claim, article = row.told.claim, row.told.article
    kind = claim.modality
    return chart.Mark(
        figure=figure,
        label=str(row.number),
        title=f"{row.number}. {wording.printed(claim)}: {wording.chain(claim)}"
        + (f", {wording.day(article.published)}" if article.published else ", date unknown"),
        at=_placed_on(row.told),  # type: ignore[arg-type]  # a date: sorted together with others of its kind above
        group=row.group,
        hollow=claim.quantity.approximation is Approximation.ABOUT or kind in (Modality.REPORTED, Modality.ESTIMATED),
        outline=_OUTLINES.get(kind, ""),
        denied=claim.is_denial,
        dated=bool(claim.time_text),
        href=f"/claims/{claim.id}",
    )


def questions_of(desk: Desk, claims: Iterable[Claim]) -> dict[str, Question]:
    """The questions that these claims answer, by id."""
    ids = list(dict.fromkeys(claim.question_id for claim in claims if claim.question_id))
    return {question.id: question for question in desk.app.store.questions.get(ids)}
