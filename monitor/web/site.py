"""App → the site: every page, the API and their errors. Read this file first."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

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
from monitor.web.guard import Conditional, Guarded, within_limits

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


def create(app: "App") -> FastAPI:
    """The site of an app, to be served by any ASGI server. It needs no script and asks no other host."""
    site = FastAPI(
        title=f"{app.settings.web.title} API",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,
        dependencies=[Depends(within_limits)],
    )
    site.state.desk = Desk(app, templates())
    site.add_middleware(Conditional)
    site.add_middleware(Bounded)
    site.add_middleware(Guarded)
    site.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    site.state.routes = [route for noun in NOUNS for route in noun.router.routes]
    for route in site.state.routes:
        _only_api_in_schema(route)
    for noun in NOUNS:
        site.include_router(noun.router)
    troubles.register(site)
    return site


def _only_api_in_schema(route: Any) -> None:
    """The API's description holds the API: pages and their twins are for people and follow the same shapes."""
    if not route.path.startswith("/api/"):
        route.include_in_schema = False
