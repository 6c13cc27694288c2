"""`/questions/{slug}`: every figure told on one question, as a chart and as a table."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import full_records, packs, records, wording
from monitor.domain.claim import ClaimStatus
from monitor.domain.dispute import Dispute
from monitor.domain.listed import every
from monitor.domain.query import Named, NameField, asking
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.web import chart, shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.claims import linked, markdown, permalinks, table
from monitor.web.desk import (
    MOST,
    PAGE_SIZE,
    Cursor,
    Desk,
    Elsewhere,
    Limit,
    Only,
    as_file,
    as_json,
    as_list,
    desk_of,
    missing,
    svg,
)
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers
from monitor.web.told import Row, common_unit, marks, questions_of, rows, told

router = APIRouter()
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True)
class Plotted:
    """A question's statements by number, and what a chart of them needs."""

    question: Question
    dispute: Dispute | None
    rows: tuple[Row, ...]
    older: tuple[Row, ...]
    unit: str
    marks: tuple[chart.Mark, ...]


@router.get("/questions")
def questions_page(request: Request) -> Response:
    """All questions, newest claim first."""
    desk = desk_of(request)
    shown = desk.app.store.questions.list(PAGE_SIZE, request.query_params.get("cursor"))
    disputes = {one.id: desk.app.store.disputes.of_question(one.id) for one in shown}
    return desk.page(
        request,
        "questions.html",
        questions=shown,
        disputes=disputes,
        following=shown.next_cursor,
        exports=exports(request),
    )


@router.get("/questions.json", dependencies=[Depends(Only("cursor", "limit"))])
@router.get("/api/v1/questions", dependencies=[Depends(Only("cursor", "limit"))], **answers(shapes.Many[shapes.Question]))
def questions_json(request: Request, cursor: Cursor = None, limit: Limit = PAGE_SIZE) -> Response:
    """Questions, newest claim first."""
    store = desk_of(request).app.store
    listed = store.questions.list(limit, cursor)
    items, count = [records.question(one) for one in listed], store.count("questions")
    return as_list(items, following=listed.next_cursor, count=count, request=request)


@router.get("/questions.atom")
def questions_feed(request: Request) -> Response:
    """The questions whose claims came last, as an Atom feed."""
    desk = desk_of(request)
    entries = []
    for one in desk.app.store.questions.list(MOST_ENTRIES):
        last = max(told(desk, desk.app.store.claims.of_question(one.id)), key=_moment)
        entries.append(
            {
                "id": desk.address(request, f"/questions/{one.slug}"),
                "title": f"{one.subject}: {one.metric}",
                "updated": _moment(last).isoformat(timespec="seconds"),
                "summary": f"{wording.told_in_words(one.claims, 'claim')}. The last: {last.claim.evidence.quote}",
                "author": last.article.publisher or "unknown",
            }
        )
    return atom(desk, request, "Questions", entries)


@router.get("/questions.{form}")
def questions_file(request: Request, form: Form) -> Response:
    """All of them as a file."""
    desk = desk_of(request)
    listed = every(lambda cursor: desk.app.store.questions.list(MOST, cursor))
    return download(desk, form, "questions", shapes.Question, (records.question(one) for one in listed))


@router.get("/questions/{slug}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/questions/{slug}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.QuestionInFull]))
def question_json(request: Request, slug: str) -> Response:
    """One question with its claims and their relations."""
    desk = desk_of(request)
    return as_json({"data": full_records.question(desk.app, _get(request, slug))})


@router.get("/api/v1/questions/{slug}/points", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Point]))
def question_points(request: Request, slug: str) -> Response:
    """The marks of a question's chart: one an origin and statement."""
    desk = desk_of(request)
    shown = plotted(desk, _get(request, slug))
    return as_list([_point(row, shown) for row in shown.rows], following=None, count=len(shown.rows))


@router.get("/questions/{slug}.csv")
def question_table(request: Request, slug: str) -> Response:
    """One row a claim."""
    desk = desk_of(request)
    question = _get(request, slug)
    claims = told(desk, desk.app.store.claims.of_question(question.id))
    return as_file(desk, table(desk, request, iter(claims)), "text/csv; charset=utf-8", f"{question.slug}.csv")


@router.get("/questions/{slug}.md")
def question_pack(request: Request, slug: str) -> Response:
    """All claims on one question, each with its evidence, for a memo."""
    desk, question = desk_of(request), _get(request, slug)
    return markdown(desk, request, question.thing(), told(desk, desk.app.store.claims.of_question(question.id)))


@router.get("/questions/{slug}.jsonld")
def question_linked(request: Request, slug: str) -> Response:
    """All claims on one question as schema.org has them."""
    desk, question = desk_of(request), _get(request, slug)
    claims = told(desk, desk.app.store.claims.of_question(question.id))
    return linked(packs.linked_list(claims, permalinks(desk, request)))


@router.get("/questions/{slug}.atom")
def question_feed(request: Request, slug: str) -> Response:
    """The claims on one question, newest first, as an Atom feed."""
    desk = desk_of(request)
    question = _get(request, slug)
    claims = told(desk, desk.app.store.claims.of_question(question.id))
    claims.sort(key=lambda one: (_moment(one), one.claim.id), reverse=True)
    entries = [
        {
            "id": desk.address(request, f"/claims/{one.claim.id}"),
            "title": f"{wording.printed(one.claim)}: {wording.chain(one.claim)}",
            "updated": _moment(one).isoformat(timespec="seconds"),
            "summary": one.claim.evidence.quote,
            "author": one.article.publisher or "unknown",
        }
        for one in claims[:MOST_ENTRIES]
    ]
    return atom(desk, request, f"{question.subject}: {question.metric}", entries)


@router.get("/questions/{slug}.svg")
def question_chart(request: Request, slug: str) -> Response:
    """The chart as a file that stands alone."""
    desk = desk_of(request)
    shown = plotted(desk, _get(request, slug))
    text = _draw(shown, width=760, alone=True) or _empty_chart(shown)
    return Response(text, media_type="image/svg+xml", headers={"Content-Security-Policy": _SVG_POLICY})


@router.get("/questions/{slug}")
def question_page(request: Request, slug: str) -> Response:
    """The chart, the table of the same data, and the questions beside this one."""
    desk = desk_of(request)
    shown = plotted(desk, _get(request, slug))
    return desk.page(
        request,
        "question.html",
        question=shown.question,
        dispute=shown.dispute,
        rows=shown.rows,
        older=shown.older,
        wide=svg(_draw(shown, width=1080)),
        narrow=svg(_draw(shown, width=343)),
        arithmetic=desk.app.reading.arithmetic([row.told for row in shown.rows]),
        letters="ABCDEFGHJKLMNPQRSTUVWXYZ",
        neighbours=_neighbours(desk, shown.question),
        permalink=desk.address(request, f"/questions/{shown.question.slug}"),
    )


def plotted(desk: Desk, question: Question) -> Plotted:
    """The current statements by number, then those that no longer stand."""
    dispute: Dispute | None = desk.app.store.disputes.of_question(question.id)
    groups = (
        {claim_id: place for place, position in enumerate(dispute.positions) for claim_id in position.claim_ids}
        if dispute
        else {}
    )
    claims = told(desk, desk.app.store.claims.of_question(question.id))
    listed = rows([one for one in claims if one.claim.status is ClaimStatus.CURRENT], groups)
    unit = common_unit([row.told for row in listed], desk.app.units)
    return Plotted(
        question=question,
        dispute=dispute,
        rows=tuple(listed),
        older=tuple(rows([one for one in claims if one.claim.status is not ClaimStatus.CURRENT], {})),
        unit=unit,
        marks=tuple(marks(listed, unit, desk.app.units)),
    )


def _draw(shown: Plotted, *, width: int, alone: bool = False) -> str:
    question = shown.question
    scope = wording.scope(list(question.scope.items()))
    described = (
        f"{len(shown.marks)} statements on {question.subject}: {question.metric}{', ' + scope if scope else ''}. "
        + ("; ".join(mark.title for mark in shown.marks[:12]))
    )
    return chart.draw(
        shown.marks,
        title=f"{question.subject}: {question.metric}",
        description=described,
        unit="date" if shown.unit == "date" else wording.unit_words(shown.unit) if shown.unit else "",
        width=width,
        alone=alone,
    )


def _empty_chart(shown: Plotted) -> str:
    return chart.notice(
        f"{shown.question.subject}: {shown.question.metric}", "No figure to draw; the table has the statements."
    )


def _point(row: Row, shown: Plotted) -> dict[str, object]:
    claim = row.told.claim
    return {
        "number": row.number,
        "claim": claim.id,
        "at": claim.time.iso() if claim.time else None,
        "at_stated": bool(claim.time_text),
        "printed": wording.printed(claim),
        "value": _plain(claim.quantity.value),
        "low": _plain(claim.quantity.low),
        "high": _plain(claim.quantity.high),
        "date": claim.quantity.date,
        "unit": claim.quantity.unit,
        "approximation": claim.quantity.approximation.value,
        "modality": claim.modality.value,
        "position": row.group if row.group >= 0 else None,
        "outlets": sorted({row.told.article.publisher, *(copy.article.publisher for copy in row.copies)}),
    }


def _moment(one: Told) -> datetime:
    """When a claim came to be read: its publication, or its arrival where that is unknown."""
    return one.article.published or one.article.arrived


def _plain(value: object) -> float | int | None:
    if value is None:
        return None
    number = float(str(value))
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _neighbours(desk: Desk, question: Question) -> list[Question]:
    """Other questions on the same metric of the same subject: other periods, other scopes."""
    query = asking(
        Named(NameField.ENTITY, question.subject, whole=True), Named(NameField.METRIC, question.metric, whole=True)
    )
    found = desk.app.store.search.search(query, None, 100, None)
    others = questions_of(desk, [hit.claim for hit in found.hits])
    return [
        other
        for other in others.values()
        if other.id != question.id and other.subject == question.subject and other.metric == question.metric
    ]


def _get(request: Request, slug: str) -> Question:
    store = desk_of(request).app.store.questions
    question: Question | None = store.named(slug)
    if question is None:
        raise missing("question", slug, mend="Search for its subject instead.")
    standing: Question | None = store.standing(question.id)
    if standing is not None and standing.id != question.id:
        raise Elsewhere(request.url.path.replace(f"/{slug}", f"/{standing.slug}"))
    return question
