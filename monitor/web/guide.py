"""`/help/query`: what can be asked; `/about/method`: what is read how, and what it cannot do."""

from fastapi import APIRouter, Request, Response

from monitor.archive import LANGUAGE
from monitor.web.desk import desk_of

router = APIRouter()


@router.get("/help/query", include_in_schema=False)
def query_help(request: Request) -> Response:
    return desk_of(request).page(request, "help_query.html", language=LANGUAGE, json_address="")


@router.get("/about/method", include_in_schema=False)
def method(request: Request) -> Response:
    desk = desk_of(request)
    return desk.page(request, "method.html", json_address="")
