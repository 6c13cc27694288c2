"""`/entities`: who and what the claims are about; `/entities/{id}`: one of them with its questions and disputes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from monitor.app import full_records, records, wording
from monitor.domain.entity import Entity
from monitor.domain.listed import every
from monitor.domain.query import Named, NameField, asking
from monitor.domain.relation import Told
from monitor.errors import NotFound
from monitor.web import shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.desk import MOST, Cursor, Desk, Limit, Only, as_json, as_list, desk_of, missing
from monitor.web.disputes import shown
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers

router = APIRouter()
_PAGE = 100
Kind = Annotated[str, Query(max_length=100)]
_CLAIMS = 25


@router.get("/entities")
def entities_page(request: Request) -> Response:
    """Entities by how often they are mentioned."""
    desk = desk_of(request)
    kind = request.query_params.get("kind", "")
    kinds = desk.app.store.entities.count_by_kind()
    page = desk.app.store.entities.list(_PAGE, request.query_params.get("cursor"), kind)
    return desk.page(
        request,
        "entities.html",
        entities=page,
        kind=kind,
        kinds=list(kinds.items()),
        total=kinds.get(kind, 0) if kind else sum(kinds.values()),
        everything=sum(kinds.values()),
        following=page.next_cursor,
        exports=exports(request),
    )


@router.get("/entities.json", dependencies=[Depends(Only("kind", "cursor", "limit"))])
@router.get(
    "/api/v1/entities",
    dependencies=[Depends(Only("kind", "cursor", "limit"))],
    **answers(shapes.Many[shapes.Entity]),
)
def entities_json(
    request: Request,
    kind: Kind = "",
    cursor: Cursor = None,
    limit: Limit = _PAGE,
) -> Response:
    """Entities that are mentioned, most mentioned first."""
    desk = desk_of(request)
    page, kinds = desk.app.store.entities.list(limit, cursor, kind), desk.app.store.entities.count_by_kind()
    count = kinds.get(kind, 0) if kind else sum(kinds.values())
    items = [records.entity(one) for one in page]
    return as_list(items, following=page.next_cursor, count=count, request=request)


@router.get("/entities.atom")
def entities_feed(request: Request, kind: Kind = "") -> Response:
    """The entities that are mentioned most, each with the time of its last mention, as an Atom feed."""
    desk = desk_of(request)
    listed = desk.app.store.entities.list(MOST_ENTRIES, None, kind)
    last = desk.app.store.entities.last_mentions([one.id for one in listed])
    entries = [
        {
            "id": desk.address(request, f"/entities/{one.id}"),
            "title": one.name,
            "updated": last[one.id].isoformat(timespec="seconds"),
            "summary": f"{one.kind}, {wording.told_in_words(one.mentions, 'mention')}.",
            "author": desk.app.settings.web.title,
        }
        for one in listed
    ]
    return atom(desk, request, "Entities", entries)


@router.get("/entities.{form}")
def entities_file(request: Request, form: Form, kind: Kind = "") -> Response:
    """All of them, or all of a kind, as a file."""
    desk = desk_of(request)
    listed = every(lambda cursor: desk.app.store.entities.list(MOST, cursor, kind))
    return download(desk, form, "entities", shapes.Entity, (records.entity(one) for one in listed))


@router.get("/entities/{entity_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/entities/{entity_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.EntityInFull]))
def entity_json(request: Request, entity_id: str) -> Response:
    """One entity with the questions about it."""
    desk = desk_of(request)
    return as_json({"data": full_records.entity(desk.app, _get(desk, entity_id))})


@router.get("/entities/{entity_id}")
def entity_page(request: Request, entity_id: str) -> Response:
    """Its names, the questions about it, their disputes, and the latest claims."""
    desk = desk_of(request)
    one = _get(desk, entity_id)
    questions = [question for question in desk.app.store.questions.of_subject(one.id) if question.claims]
    disputes = {question.id: desk.app.store.disputes.of_question(question.id) for question in questions}
    found = desk.app.store.search.search(asking(Named(NameField.ENTITY, one.name, whole=True)), None, _CLAIMS, None)
    return desk.page(
        request,
        "entity.html",
        entity=one,
        questions=questions,
        disputes=disputes,
        disputed=[shown(desk, dispute) for dispute in disputes.values() if dispute is not None],
        found=found,
        claims=[Told(hit.claim, hit.article) for hit in found.hits],
    )


def _get(desk: Desk, entity_id: str) -> Entity:
    try:
        one: Entity = desk.app.store.entities.get(entity_id)
    except NotFound as error:
        raise missing("entity", entity_id, mend="See /entities for those there are.") from error
    return one
