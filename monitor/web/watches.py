"""`/watches`: the saved queries that serve everybody. Those of one reader are his own and not shown."""

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import records
from monitor.domain.query import Query
from monitor.domain.relation import Told
from monitor.domain.search import Found, Order
from monitor.domain.watch import Watch
from monitor.errors import NotFound
from monitor.web import shapes
from monitor.web.desk import PAGE_SIZE, Desk, Only, as_json, as_list, desk_of, missing
from monitor.web.shapes import answers

router = APIRouter()
_PREVIEW = 10


@router.get("/watches")
def watches_page(request: Request) -> Response:
    """Every shared watch with how many claims answer it now."""
    desk = desk_of(request)
    listed = [(watch, _found(desk, watch, limit=1)[1].total) for watch in _shared(desk)]
    return desk.page(request, "watches.html", watches=listed)


@router.get("/watches.json", dependencies=[Depends(Only())])
@router.get("/api/v1/watches", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Watch]))
def watches_json(request: Request) -> Response:
    """Every shared watch."""
    listed = [records.watch(watch) for watch in _shared(desk_of(request))]
    return as_list(listed, following=None, count=len(listed))


@router.get("/watches/{watch_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/watches/{watch_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.Watch]))
def watch_json(request: Request, watch_id: str) -> Response:
    """One watch."""
    return as_json({"data": records.watch(_get(desk_of(request), watch_id))})


@router.get("/api/v1/watches/{watch_id}/hits", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Claim]))
def watch_hits(request: Request, watch_id: str) -> Response:
    """The newest claims that answer a watch."""
    desk = desk_of(request)
    _, found = _found(desk, _get(desk, watch_id))
    items = [records.claim(desk.app, Told(hit.claim, hit.article)) for hit in found.hits]
    return as_list(items, following=None, count=found.total)


@router.get("/watches/{watch_id}")
def watch_page(request: Request, watch_id: str) -> Response:
    """A watch's query, how it is read, and its last hits."""
    desk = desk_of(request)
    watch = _get(desk, watch_id)
    query, found = _found(desk, watch, limit=_PREVIEW)
    claims = [Told(hit.claim, hit.article) for hit in found.hits]
    return desk.page(request, "watch.html", watch=watch, query=query, claims=claims, total=found.total)


def _found(desk: Desk, watch: Watch, limit: int = PAGE_SIZE) -> tuple[Query, Found]:
    """What answers a watch: by words and filters alone, as for the digest."""
    found: tuple[Query, Found] = desk.app.searching.search(watch.query, limit=limit, order=Order.NEWEST, meaning=False)
    return found


def _shared(desk: Desk) -> list[Watch]:
    return [watch for watch in desk.app.store.watches.list() if not watch.owner]


def _get(desk: Desk, watch_id: str) -> Watch:
    try:
        watch: Watch = desk.app.store.watches.get(watch_id)
    except NotFound:
        watch = Watch(watch_id, "", "", owner="nobody")
    if watch.owner or watch.removed:  # another reader's watch answers as if it were not there
        raise missing("watch", watch_id, mend="See /watches for those that serve everybody.")
    return watch
