"""`/disputes`: what sources contradict each other on; `/disputes/{id}`: the positions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Request, Response
from markupsafe import Markup

from monitor.app import full_records, packs, records, wording
from monitor.domain.dispute import Dispute, DisputeEvent, DisputeState
from monitor.domain.listed import every
from monitor.domain.question import Question
from monitor.domain.relation import CONFLICTS, Told
from monitor.web import chart, shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.claims import linked, markdown, permalinks, table
from monitor.web.desk import MOST, PAGE_SIZE, Cursor, Desk, Limit, Only, as_file, as_json, as_list, desk_of, missing, svg
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers
from monitor.web.told import Row, common_unit, marks, told_of

router = APIRouter()
LIVE = (DisputeState.OPEN, DisputeState.REOPENED, DisputeState.PROPOSED)
_REASONS = 3
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Side:
    """A position as a page shows it. `lead`: the claim to quote; `others`: the rest that say the same."""

    letter: str
    label: str
    lead: Told
    others: tuple[Told, ...]
    outlets: int
    origins: int


@dataclass(frozen=True)
class Shown:
    """A dispute with its question, its sides and the line of numbers on which they stand apart."""

    dispute: Dispute
    question: Question | None
    sides: tuple[Side, ...]
    strip: Markup
    outlets: int
    is_stale: bool

    @property
    def heading(self) -> str:
        """What it is about, without the figures: those stand beside it."""
        if self.question is None:
            return self.dispute.title
        subject, metric = self.question.subject, self.question.metric
        return metric if subject.lower() in metric.lower() else f"{subject} {metric}"


@router.get("/disputes")
def disputes_page(request: Request) -> Response:
    """All disputes, newest change first, or those of one state."""
    desk = desk_of(request)
    state = _state(request.query_params.get("state"))
    listed = desk.app.store.disputes.list(state, PAGE_SIZE, request.query_params.get("cursor"))
    return desk.page(
        request,
        "disputes.html",
        disputes=[shown(desk, one) for one in listed],
        state=state,
        states=list(DisputeState),
        by_state=desk.app.store.disputes.count_by_state(),
        following=listed.next_cursor,
        exports=exports(request),
    )


@router.get("/disputes.json", dependencies=[Depends(Only("state", "cursor", "limit"))])
@router.get(
    "/api/v1/disputes",
    dependencies=[Depends(Only("state", "cursor", "limit"))],
    **answers(shapes.Many[shapes.Dispute]),
)
def disputes_json(
    request: Request, state: DisputeState | None = None, cursor: Cursor = None, limit: Limit = PAGE_SIZE
) -> Response:
    """Disputes, newest change first."""
    desk = desk_of(request)
    listed = desk.app.store.disputes.list(state, limit, cursor)
    by_state = desk.app.store.disputes.count_by_state()
    count = by_state.get(state, 0) if state else sum(by_state.values())
    items = [records.dispute(one, desk.app.now()) for one in listed]
    return as_list(items, following=listed.next_cursor, count=count, request=request)


@router.get("/disputes.atom")
def disputes_feed(request: Request, state: DisputeState | None = None) -> Response:
    """The disputes that changed last, as an Atom feed."""
    desk = desk_of(request)
    entries = [
        {
            "id": desk.address(request, f"/disputes/{one.id}"),
            "title": f"{one.title} ({one.state.value})",
            "updated": one.changed.isoformat(timespec="seconds"),
            "summary": f"{' / '.join(position.label for position in one.positions)}. {one.why_compared}",
            "author": f"{one.origins} independent origins",
        }
        for one in desk.app.store.disputes.list(state, MOST_ENTRIES, None)
    ]
    return atom(desk, request, "Disputes", entries)


@router.get("/disputes.{form}")
def disputes_file(request: Request, form: Form, state: DisputeState | None = None) -> Response:
    """All of them, or all of one state, as a file."""
    desk = desk_of(request)
    listed = every(lambda cursor: desk.app.store.disputes.list(state, MOST, cursor))
    return download(desk, form, "disputes", shapes.Dispute, (records.dispute(one, desk.app.now()) for one in listed))


@router.get("/disputes/{dispute_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/disputes/{dispute_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.DisputeInFull]))
def dispute_json(request: Request, dispute_id: str) -> Response:
    """One dispute: its positions with their claims, its relations and its events."""
    desk = desk_of(request)
    return as_json({"data": full_records.dispute(desk.app, _get(desk, dispute_id))})


@router.get(
    "/api/v1/disputes/{dispute_id}/events",
    dependencies=[Depends(Only())],
    **answers(shapes.Many[shapes.DisputeEvent]),
)
def dispute_events(request: Request, dispute_id: str) -> Response:
    """The steps of one dispute's life, in order."""
    desk = desk_of(request)
    _get(desk, dispute_id)
    return as_list([records.dispute_event(event) for event in desk.app.store.disputes.events(dispute_id)], following=None)


@router.get("/disputes/{dispute_id}.md")
def dispute_pack(request: Request, dispute_id: str) -> Response:
    """The positions of one dispute with their evidence, why they are compared and what happened, for a memo."""
    desk = desk_of(request)
    one = _get(desk, dispute_id)
    events = [f"{event.at.isoformat()}: {event.kind}, by {event.by}. {event.reason}" for event in _events(desk, one)]
    explained = [f"Could explain it: {reason}" for reason in one.could_explain]
    notes = [f"State: {one.state.value}. {one.why_compared}", *explained, *events]
    return markdown(desk, request, one.title, _taking_part(desk, one), notes=notes)


@router.get("/disputes/{dispute_id}.jsonld")
def dispute_linked(request: Request, dispute_id: str) -> Response:
    """The claims that take part in one dispute, as schema.org has them."""
    desk = desk_of(request)
    claims = _taking_part(desk, _get(desk, dispute_id))
    return linked(packs.linked_list(claims, permalinks(desk, request)))


@router.get("/disputes/{dispute_id}.csv")
def dispute_table(request: Request, dispute_id: str) -> Response:
    """One row a claim that takes part."""
    desk = desk_of(request)
    lines = table(desk, request, iter(_taking_part(desk, _get(desk, dispute_id))))
    return as_file(desk, lines, "text/csv; charset=utf-8", f"{dispute_id}.csv")


def _taking_part(desk: Desk, one: Dispute) -> list[Told]:
    return told_of(desk, [claim_id for position in one.positions for claim_id in position.claim_ids])


def _events(desk: Desk, one: Dispute) -> list[DisputeEvent]:
    events: list[DisputeEvent] = desk.app.store.disputes.events(one.id)
    return events


@router.get("/disputes/{dispute_id}")
def dispute_page(request: Request, dispute_id: str) -> Response:
    """The positions side by side, why they are compared, what could explain it, and what happened."""
    desk = desk_of(request)
    one = shown(desk, _get(desk, dispute_id))
    taking_part = {claim_id for position in one.dispute.positions for claim_id in position.claim_ids}
    reasons = [
        relation
        for relation in desk.app.store.relations.of_question(one.dispute.question_id)
        if relation.a in taking_part and relation.b in taking_part
    ]
    reasons.sort(key=lambda relation: (relation.kind not in CONFLICTS, -relation.score, relation.a, relation.b))
    return desk.page(
        request,
        "dispute.html",
        one=one,
        events=_events(desk, one.dispute),
        judgements=desk.app.judging.judgements(dispute_id),
        reasons=reasons[:_REASONS],
        more_reasons=reasons[_REASONS:],
        numbers={told.claim.id: side.letter for side in one.sides for told in (side.lead, *side.others)},
        permalink=desk.address(request, f"/disputes/{dispute_id}"),
    )


def shown(desk: Desk, dispute: Dispute) -> Shown:
    """A dispute as pages show it."""
    claims = {
        one.claim.id: one
        for one in told_of(desk, [claim_id for position in dispute.positions for claim_id in position.claim_ids])
    }
    sides = []
    for letter, position in zip(LETTERS, dispute.positions, strict=False):
        told = [claims[claim_id] for claim_id in position.claim_ids if claim_id in claims]
        if told:
            sides.append(_side(letter, position.label, told, len(position.origin_ids)))
    questions = desk.app.store.questions.get([dispute.question_id])
    return Shown(
        dispute=dispute,
        question=questions[0] if questions else None,
        sides=tuple(sides),
        strip=drawn(desk, dispute.title, sides),
        outlets=len({one.article.publisher for one in claims.values()}),
        is_stale=dispute.is_stale(desk.app.now()),
    )


def _side(letter: str, label: str, told: Sequence[Told], origins: int) -> Side:
    lead, *others = sorted(told, key=lambda one: (-one.claim.confidence, one.article.arrived, one.claim.id))
    return Side(letter, label, lead, tuple(others), len({one.article.publisher for one in told}), origins)


def drawn(desk: Desk, title: str, sides: Sequence[Side]) -> Markup:
    """The sides on one line of numbers; empty where their figures have no common unit."""
    leads = [side.lead for side in sides]
    unit = common_unit(leads, desk.app.units)
    listed = [Row(number, side.lead, (), number - 1) for number, side in enumerate(sides, start=1)]
    lettered = [chart.lettered(mark, sides[int(mark.label) - 1].letter) for mark in marks(listed, unit, desk.app.units)]
    said = "; ".join(f"{side.letter}: {side.label}" for side in sides)
    return svg(chart.strip(lettered, title=f"{title}. {said}", unit=_axis_words(unit)))


def _axis_words(unit: str) -> str:
    return "date" if unit == "date" else wording.unit_words(unit) if unit else ""


def _state(text: str | None) -> DisputeState | None:
    """The state that a page was asked for; any where it is none."""
    return DisputeState(text) if text in set(DisputeState) else None


def _get(desk: Desk, dispute_id: str) -> Dispute:
    found: list[Dispute] = desk.app.store.disputes.get([dispute_id])
    if not found:
        raise missing(
            "dispute",
            dispute_id,
            mend="See /disputes for those there are; a dispute keeps its address through all its life.",
        )
    return found[0]
