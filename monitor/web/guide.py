"""`/help/query`: what can be asked; `/about/method`: what is read how, and what it cannot do."""

from dataclasses import asdict

from fastapi import APIRouter, Depends, Request, Response

from monitor.archive import LANGUAGE
from monitor.web.desk import Only, as_json, desk_of

router = APIRouter()


@router.get("/help/query", include_in_schema=False)
def query_help(request: Request) -> Response:
    return desk_of(request).page(request, "help_query.html", language=LANGUAGE)


@router.get("/help/query.json", dependencies=[Depends(Only())])
def query_help_json() -> Response:
    """What can be asked: each way of asking with examples and what it finds."""
    return as_json({"data": [asdict(entry) for entry in LANGUAGE]})


@router.get("/about/method", include_in_schema=False)
def method(request: Request) -> Response:
    desk = desk_of(request)
    return desk.page(request, "method.html", figures=desk.app.quality.figures())


@router.get("/about/method.json", dependencies=[Depends(Only())])
def method_json(request: Request) -> Response:
    """How well it reads, as it was measured, and how much of everything there is in this archive."""
    desk = desk_of(request)
    return as_json({"data": {"counts": desk.app.store.counts(), "figures": asdict(desk.app.quality.figures())}})
