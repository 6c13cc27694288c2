"""App → the site: every page, the API and their errors. Read this file first."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.web import (
    articles,
    check,
    claims,
    digests,
    disputes,
    entities,
    feeds,
    guide,
    home,
    machines,
    questions,
    sources,
    troubles,
    unsubscribe,
    watches,
)
from monitor.web.bodies import Bounded
from monitor.web.desk import Desk, templates

if TYPE_CHECKING:
    from monitor.app import App

NOUNS = (
    home,
    check,
    claims,
    questions,
    disputes,
    articles,
    entities,
    sources,
    feeds,
    watches,
    digests,
    unsubscribe,
    guide,
    machines,
)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; "
        "frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}


def create(app: "App") -> FastAPI:
    """The site of an app, to be served by any ASGI server. It needs no script and asks no other host."""
    site = FastAPI(
        title=f"{app.settings.web.title} API",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,
    )
    site.state.desk = Desk(app, templates())
    site.add_middleware(Bounded)
    site.add_middleware(Guarded)
    site.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for noun in NOUNS:
        for route in noun.router.routes:
            _only_api_in_schema(route)
        site.include_router(noun.router)
    troubles.register(site)
    return site


def _only_api_in_schema(route: Any) -> None:
    """The API's description holds the API: pages and their twins are for people and follow the same shapes."""
    if not route.path.startswith("/api/"):
        route.include_in_schema = False


class Guarded:
    """Sets the headers that keep a page from loading, running or sending anything, where a page has not set its own.

    HEAD is answered as GET without the body.
    """

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["type"] == "http" and scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET"} if head else scope
        await self.inner(asked, receive, guarded if scope["type"] == "http" else send)
