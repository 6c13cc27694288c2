"""What every page has at hand: the app, the templates, and the ways to answer with a page, JSON or lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from monitor.app import wording
from monitor.archive import printed
from monitor.domain.feed_health import condition_words
from monitor.domain.query import Query as Asked
from monitor.domain.size import size
from monitor.errors import NotFound, QueryWrong
from monitor.web import chart, tags

if TYPE_CHECKING:
    from monitor.app import App

Json = dict[str, Any]
PAGE_SIZE = 25
MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=1000, description="Where a page ended: the `next` of its `page`.")]
_FOLDER = Path(__file__).parent
_WHOLE_BYTES = 16_000_000


@dataclass(frozen=True)
class Desk:
    """One for each site. Handlers find it with `desk_of(request)`."""

    app: "App"
    templates: Environment

    def page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        """A page of the archive. `json_address` is the same thing as JSON, shown at the foot."""
        values.setdefault("json_address", twin(request, ".json"))
        text = self.templates.get_template(template).render(
            request=request,
            path=request.url.path,
            now=self.app.now(),
            site=self.app.settings.web.title,
            tally=self.app.store.counts,
            **values,
        )
        return HTMLResponse(text, status_code=status)

    def address(self, request: Request, path: str) -> str:
        """The full address of a path, as others can use it: the configured one before the one that was asked."""
        return (self.app.settings.web.base_url or str(request.base_url)).rstrip("/") + path


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def templates() -> Environment:
    """The page templates with the words of `wording` as filters. Everything is escaped unless it is Markup."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=wording.number,
        quantity=wording.quantity,
        unit_words=wording.unit_words,
        printed=wording.printed,
        marked=tags.marked,
        day=tags.day_tag,
        moment=tags.moment_tag,
        period=tags.period_tag,
        as_of=tags.as_of_tag,
        source_name=wording.source_name,
        chain=wording.chain,
        relayed=wording.relayed,
        counted=wording.told_in_words,
        ago=wording.ago,
        commands=tags.told_commands,
        condition=condition_words,
        size=size,
        language=wording.language,
        search=search_address,
        asked=asked,
    )
    environment.globals.update(
        dispute_shapes=tags.DISPUTE_SHAPES,
        feed_shapes=tags.FEED_SHAPES,
        fetch_shapes=tags.FETCH_SHAPES,
        relation_words=wording.RELATION_WORDS,
        source_words=wording.SOURCE_WORDS,
        sign=sign,
    )
    return environment


def search_address(query: str, **more: object) -> str:
    """The address of a search: `/claims?q=…`."""
    return "/claims?" + urlencode({"q": query, **{key: value for key, value in more.items() if value}})


def asked(query: Asked) -> str:
    """What is run for a query, as one would type it."""
    return printed(query.part)


def twin(request: Request, ending: str) -> str:
    """The address of this page in another form: its path with an ending, the question kept, the place in it left out."""
    path = quote(request.scope["path"], safe="/")
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != "cursor"]
    return ("/home" if path == "/" else path.rstrip("/")) + ending + (f"?{urlencode(kept)}" if kept else "")


def svg(text: str) -> Markup:
    """A drawing of ours as part of a page. `chart` escapes what stands in it."""
    return Markup(text)


def sign(group: int) -> Markup:
    """The mark that stands for a position in charts, for use in text."""
    kind, names = chart.SHAPES[group % len(chart.SHAPES)], f"g{group % len(chart.SHAPES)}"
    drawing = chart.shape(kind, 9, 9, names)
    return svg(f'<svg class="strip sign" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">{drawing}</svg>')


def as_json(value: Mapping[str, Any] | Sequence[Any]) -> Response:
    return JSONResponse(value)


def as_list(
    items: Sequence[Any],
    *,
    following: str | None,
    count: int | None = None,
    request: Request | None = None,
    more: Json | None = None,
) -> Response:
    """A page of a list in the API's shape. `following`: the opaque place where the next page begins.

    With a `request` the address of the next page stands in the header Link, too.
    """
    is_exact = count is not None or following is None
    page = {"next": following, "count": len(items) if count is None else count}
    page["count_is"] = "exact" if is_exact else "at_least"
    answer = as_json({"data": list(items), "page": page, **(more or {})})
    if request is not None and following is not None:
        answer.headers["Link"] = f'<{request.url.include_query_params(cursor=following)}>; rel="next"'
    return answer


def as_file(desk: Desk, lines: Iterable[str], media_type: str, name: str) -> Response:
    """A download: whole, of one moment and with a tag up to some size, beyond that made while it is sent."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces, begun, size = (line.encode() for line in lines), list[bytes](), 0
    with desk.app.store.snapshot():
        while size < _WHOLE_BYTES and (piece := next(pieces, None)) is not None:
            begun.append(piece)
            size += len(piece)
    if size < _WHOLE_BYTES:
        return Response(b"".join(begun), media_type=media_type, headers=headers)
    return StreamingResponse(chain(begun, pieces), media_type=media_type, headers=headers)


class Only:
    """A dependency for JSON: any other parameter is an error that names the nearest one."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def __call__(self, request: Request) -> None:
        for name in request.query_params:
            if name not in self.names:
                near = get_close_matches(name, self.names, n=1, cutoff=0.4)
                known = f"Known: {', '.join(self.names)}." if self.names else "This address takes none."
                mend = f"Did you mean {near[0]}? {known}" if near else known
                why = f"there is no parameter {name[:80]!r}"
                raise QueryWrong("Cannot answer", why=why, mend=mend, parameter=name[:80])


class Elsewhere(Exception):
    """What is asked for stands under another address by now. A person may undo that, so it is not for ever."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def missing(what: str, key: str, *, mend: str) -> NotFound:
    """The error of a page whose thing is not in the archive."""
    return NotFound(f"No {what} here", why=f"nothing in this archive has the address {key!r}", mend=mend)
