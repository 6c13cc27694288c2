"""`/help/query`: what can be asked; `/about/method`: what is read how, and what it cannot do."""

from fastapi import APIRouter, Request, Response

from monitor.domain.claim import ClaimStatus, Modality
from monitor.web.desk import desk_of

router = APIRouter()


@router.get("/help/query", include_in_schema=False)
def query_help(request: Request) -> Response:
    kinds, states = [kind.value for kind in Modality], [status.value for status in ClaimStatus]
    return desk_of(request).page(request, "help_query.html", kinds=kinds, states=states, json_address="")


@router.get("/about/method", include_in_schema=False)
def method(request: Request) -> Response:
    desk = desk_of(request)
    return desk.page(request, "method.html", json_address="")
