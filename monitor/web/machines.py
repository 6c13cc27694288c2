"""`/healthz`, `/readyz`, `/version` and the list of what changed: for machines."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from monitor.app import records
from monitor.errors import MonitorError
from monitor.web import shapes
from monitor.web.desk import Only, as_list, desk_of
from monitor.web.shapes import answers

router = APIRouter()
_EVENTS = 500
_LAST = 2**63 - 1


@router.get("/healthz", include_in_schema=False)
def alive() -> Response:
    """This process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz", include_in_schema=False)
def ready(request: Request) -> Response:
    """Whether the database fits this program and answers: 200, or 503 with what is wrong."""
    try:
        counts = desk_of(request).app.store.counts()
    except MonitorError as error:
        return JSONResponse({"ready": False, "why": str(error)}, status_code=503)
    return JSONResponse({"ready": True, "counts": counts})


@router.get("/version", include_in_schema=False)
def which(request: Request) -> Response:
    """Which program this is."""
    return JSONResponse({"name": "claim-monitor", "version": desk_of(request).app.parts.version})


@router.get("/api/v1/events", dependencies=[Depends(Only("since", "limit"))], **answers(shapes.Many[shapes.Event]))
def events(
    request: Request,
    since: Annotated[int, Query(ge=0, le=_LAST, description="The number of the last event that is known.")] = 0,
    limit: Annotated[int, Query(ge=1, le=_EVENTS, description="How many at most.")] = _EVENTS,
) -> Response:
    """Everything that changed after an event, in order. `next` is the number to ask with again as `since`."""
    store = desk_of(request).app.store.events
    listed = store.since(since, limit)
    following = str(listed[-1].number) if listed else None
    return as_list([records.event(one) for one in listed], following=following, count=store.count(since))


@router.get("/robots.txt", include_in_schema=False)
def robots() -> Response:
    """Nothing here is for search engines: the sentences belong to those who wrote them."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
