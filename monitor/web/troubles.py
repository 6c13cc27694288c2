"""Errors as answers: a page for people, problem+json for machines. Both carry an id that the log has too."""

import logging
import secrets
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from monitor.errors import (
    ArticleUnreadable,
    FetchRefused,
    Gone,
    MonitorError,
    NotFound,
    QueryWrong,
    SchemaMismatch,
    StorageFailed,
    WatchWrong,
)
from monitor.web.desk import Elsewhere, Json, desk_of
from monitor.web.guard import HEADERS

log = logging.getLogger(__name__)
_FOR_MACHINES = (".json", ".ndjson", ".csv", ".atom", ".jsonld", ".md", ".svg")
_STATUS: dict[type[MonitorError], int] = {
    Gone: 410,  # before the more general one
    NotFound: 404,
    QueryWrong: 400,
    ArticleUnreadable: 400,  # the text that a reader gave us
    WatchWrong: 400,
    FetchRefused: 400,  # the address that a reader gave us
    SchemaMismatch: 503,
    StorageFailed: 503,
}
_MEND = {
    404: "Start from the home page or search; an address that ends in … may have been cut on its way to you.",
    405: "This address is only to be read.",
    500: "Try again. If it happens again, tell whoever runs this archive the id below: the log has the details under it.",
}


def register(site: FastAPI) -> None:
    """Let every error of the site be answered here."""
    site.add_exception_handler(Elsewhere, _on_elsewhere)
    site.add_exception_handler(MonitorError, _on_ours)
    site.add_exception_handler(HTTPException, _on_http)
    site.add_exception_handler(RequestValidationError, _on_parameters)
    site.add_exception_handler(Exception, _on_anything)


def _on_elsewhere(request: Request, error: Exception) -> Response:
    assert isinstance(error, Elsewhere)
    headers = {"Cache-Control": "no-cache"}  # a person may undo it
    return RedirectResponse(str(request.url.replace(path=error.path)), status_code=301, headers=headers)


def _on_ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MonitorError)
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    extra: Json = {}
    if isinstance(error, QueryWrong):
        named = {"parameter": error.parameter} if error.parameter else {}
        extra = {"position": error.position, "errors": [{**named, "detail": f"{error.why}. {error.mend}"}]}
    return answer(request, status, what=error.what, why=error.why, mend=error.mend, error=error, extra=extra)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    what = HTTPStatus(error.status_code).phrase
    why = "nothing in this archive has this address" if error.status_code == 404 else str(error.detail)
    found = answer(request, error.status_code, what=what, why=why, mend=_MEND.get(error.status_code, ""), error=None)
    found.headers.update(error.headers or {})
    if error.status_code == 405:  # of several routes with one address, the server names the methods of one alone
        found.headers["Allow"] = ", ".join(sorted(_methods(request)))
    return found


def _methods(request: Request) -> set[str]:
    """The methods that the address takes."""
    routes = (route for route in request.app.state.routes if route.matches(request.scope)[0] is not Match.NONE)
    return {method for route in routes for method in getattr(route, "methods", None) or ()}


def _on_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(one["loc"][0] == "path" for one in error.errors()):  # no address of ours is of this form
        return _on_http(request, HTTPException(404))
    troubles = [_trouble(one) for one in error.errors()]
    why = "; ".join(f"{one.get('parameter') or one.get('pointer')}: {one['detail']}" for one in troubles)
    mend = "Correct what is named."
    return answer(request, 400, what="Cannot answer", why=why, mend=mend, error=None, extra={"errors": troubles})


def _trouble(one: Json) -> dict[str, str]:
    """What is wrong with one parameter, or with one place in the body (a JSON pointer, RFC 6901)."""
    place = [str(part) for part in one["loc"][1:]]
    if one["loc"][0] == "body":
        return {"pointer": "#" + "".join(f"/{part}" for part in place), "detail": one["msg"]}
    return {"parameter": ".".join(place), "detail": one["msg"]}


def _on_anything(request: Request, error: Exception) -> Response:
    what, why = "Something broke here", "the page could not be made; nothing that is stored was harmed"
    found = answer(request, 500, what=what, why=why, mend=_MEND[500], error=error)
    found.headers.update(HEADERS)  # it is sent by what stands around the site, which guards nothing
    if request.scope["method"] == "HEAD":
        found.body = b""
    return found


def answer(
    request: Request, status: int, *, what: str, why: str, mend: str, error: Exception | None, extra: Json | None = None
) -> Response:
    """The error in the form that was asked for."""
    number = secrets.token_hex(4)
    if status >= 500:
        log.error("page failed", extra={"error_id": number, "path": request.url.path}, exc_info=error)
    if for_machines(request):
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": f"{what}: {why}. {mend}".strip(),
            "id": number,
        }
        return JSONResponse(problem | (extra or {}), status_code=status, media_type="application/problem+json")
    try:
        return desk_of(request).page(
            request,
            "error.html",
            status=status,
            status_code=status,
            what=what,
            why=why,
            mend=mend,
            number=number,
            json_address="",
        )
    except Exception:  # the page of errors must not need what just failed
        log.exception("error page failed", extra={"error_id": number})
        return Response(f"{what}: {why}. {mend} ({number})\n", status_code=status, media_type="text/plain")


def for_machines(request: Request) -> bool:
    """Whether JSON is expected: an address of the API, of a page's twin or download, or a client that says so."""
    path = request.url.path
    return path.startswith("/api/") or path.endswith(_FOR_MACHINES) or "json" in request.headers.get("accept", "")
