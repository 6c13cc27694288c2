"""`/watches`: the saved queries that serve everybody, and the way to them. Those of one reader are his own: not shown."""

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from starlette.datastructures import FormData

from monitor.app import records, wording
from monitor.app.watching import WatchReport
from monitor.archive import parse_query
from monitor.domain.relation import Told
from monitor.domain.search import Order
from monitor.domain.watch import Watch
from monitor.errors import FetchRefused, Gone, MonitorError, NotFound, QueryWrong, WatchWrong
from monitor.web import shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.claims import claim_entry
from monitor.web.desk import PAGE_SIZE, Cursor, Desk, Limit, Only, as_json, as_list, desk_of, missing, twin
from monitor.web.downloads import Form as Download
from monitor.web.downloads import download, exports
from monitor.web.shapes import answers
from monitor.web.writing import check_writer, form_of, may_write, words

router = APIRouter()
_HITS = 10
_DELIVERIES = 50
_WRONG = (QueryWrong, WatchWrong, FetchRefused)
Form = Annotated[FormData, Depends(form_of)]
WRITER = [Depends(check_writer), Depends(Only())]


class Wishes(BaseModel):
    """A watch as it is to be saved."""

    name: str = Field(min_length=1, max_length=100, examples=["Reservoir levels"])
    query: str = Field(min_length=1, max_length=2000, examples=['metric:level entity:"Lake Orsa"'])
    threshold: str = Field(default="", max_length=100, examples=["5 points", "10%"])
    digest: bool = True
    webhook: str = Field(default="", max_length=2000, examples=["https://receiver.example/hook"])


class Tried(BaseModel):
    """A watch to be tried."""

    query: str = Field(min_length=1, max_length=2000, examples=['metric:level entity:"Lake Orsa"'])
    threshold: str = Field(default="", max_length=100, examples=["5 points"])


@router.get("/watches")
def watches_page(request: Request) -> Response:
    """Every shared watch with how it is and how many claims answer it now."""
    desk = desk_of(request)
    listed = [one for one in desk.app.watching.reports() if not one.watch.owner]
    return desk.page(request, "watches.html", reports=listed, writes=may_write(request), exports=exports(request))


@router.get("/watches.json", dependencies=[Depends(Only())])
@router.get("/api/v1/watches", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Watch]))
def watches_json(request: Request) -> Response:
    """Every shared watch with how it is."""
    listed = [records.watch_report(one) for one in desk_of(request).app.watching.reports() if not one.watch.owner]
    return as_list(listed, following=None, count=len(listed))


@router.get("/watches.atom")
def watches_feed(request: Request) -> Response:
    """The shared watches, those saved last first, as an Atom feed. Each has one of its own for what it tells."""
    desk = desk_of(request)
    saved = [(one.watch.added, one) for one in desk.app.watching.reports() if not one.watch.owner and one.watch.added]
    entries = [
        {
            "id": desk.address(request, f"/watches/{one.watch.id}"),
            "title": one.watch.name,
            "updated": added.isoformat(timespec="seconds"),
            "summary": f"{one.watch.query}: {wording.told_in_words(one.hits, 'claim')} now.",
            "author": desk.app.settings.web.title,
        }
        for added, one in sorted(saved, key=lambda item: item[0], reverse=True)[:MOST_ENTRIES]
    ]
    return atom(desk, request, "Watches", entries)


@router.get("/watches.{form}")
def watches_file(request: Request, form: Download) -> Response:
    """All shared watches as a file."""
    desk = desk_of(request)
    items = (records.watch_report(one) for one in desk.app.watching.reports() if not one.watch.owner)
    return download(desk, form, "watches", shapes.Watch, items)


@router.get("/watches/new.json", dependencies=[Depends(Only("q", "threshold", "name", "watch", "tried", "digest"))])
def new_json(request: Request, q: str = "", threshold: str = "", watch: str = "") -> Response:
    """What the watch of the form would have brought."""
    desk = desk_of(request)
    known = _get(desk, watch) if watch else None
    query = q or (known.query if known else "")
    tried = desk.app.watching.preview(query, threshold or (known.threshold if known else ""))
    return as_json({"data": records.preview(desk.app, tried)})


@router.get("/watches/new")
def new_page(request: Request) -> Response:
    """The form of a watch with what it would have brought. `watch`: the id of one that is to be changed."""
    desk, asked = desk_of(request), request.query_params
    known = _get(desk, asked["watch"]) if asked.get("watch") else None
    values: dict[str, Any] = {
        "name": asked.get("name", known.name if known else ""),
        "query": asked.get("q", known.query if known else ""),
        "threshold": asked.get("threshold", known.threshold if known else ""),
        "digest": asked.get("digest") == "yes" if "tried" in asked else (known is None or known.digest),
        "webhook": asked.get("webhook", ""),
        "known": known,
    }
    return _form(desk, request, values, None)


@router.post("/watches", dependencies=[Depends(check_writer)], include_in_schema=False)
def save(request: Request, form: Form) -> Response:
    """Save the watch of the form. One with a webhook shows its secret, once."""
    desk = desk_of(request)
    known = _get(desk, words(form, "watch")) if words(form, "watch") else None
    webhook = words(form, "webhook") or (known.webhook if known and words(form, "keep") == "yes" else "")
    values: dict[str, Any] = {name: words(form, name) for name in ("name", "threshold", "webhook")}
    values |= {"query": words(form, "q"), "digest": words(form, "digest") == "yes", "known": known}
    try:
        watch = desk.app.watching.save(
            values["name"],
            values["query"],
            threshold=values["threshold"],
            digest=values["digest"],
            webhook=webhook,
            replacing=known.id if known else "",
        )
    except _WRONG as error:
        return _form(desk, request, values, error)
    if not watch.secret or (known and known.secret == watch.secret):
        return RedirectResponse(f"/watches/{watch.id}", status_code=303)
    page = desk.page(request, "watch_saved.html", status=201, watch=watch, json_address="")
    page.headers["Cache-Control"] = "no-store"
    return page


@router.post("/watches/{watch_id}/{change}", dependencies=[Depends(check_writer)], include_in_schema=False)
def change(request: Request, watch_id: str, change: str) -> Response:
    """Pause, resume, test or remove a watch, or send again what was given up."""
    desk = desk_of(request)
    watching, watch = desk.app.watching, _get(desk, watch_id)
    changes = {
        "pause": watching.pause,
        "resume": watching.resume,
        "remove": watching.remove,
        "test": watching.test,
        "again": watching.send_again,
    }
    if change not in changes:
        raise missing("change", change, mend=f"Known: {', '.join(changes)}.")
    changes[change](watch.id)
    there = "/watches" if change == "remove" else f"/watches/{watch.id}"
    return RedirectResponse(there + ("#deliveries" if change in ("test", "again") else ""), status_code=303)


@router.post("/api/v1/watches", dependencies=WRITER, **answers(shapes.One[shapes.SavedWatch], 201))
def save_json(request: Request, wishes: Wishes) -> Response:
    """Save a watch. The answer holds the secret that messages to its webhook are signed with, this once."""
    desk = desk_of(request)
    watch = desk.app.watching.save(
        wishes.name, wishes.query, threshold=wishes.threshold, digest=wishes.digest, webhook=wishes.webhook
    )
    record = records.watch_report(desk.app.watching.report(watch))
    answer = as_json({"data": record | ({"secret": watch.secret} if watch.secret else {})})
    answer.status_code = 201
    answer.headers["Location"] = f"/api/v1/watches/{watch.id}"
    return answer


@router.post("/api/v1/watch-preview", dependencies=[Depends(Only())], **answers(shapes.One[shapes.Preview]))
def preview_json(request: Request, tried: Tried) -> Response:
    """What a watch would have brought in the last 30 days, and the newest claims that it would tell of. Saves nothing."""
    desk = desk_of(request)
    return as_json({"data": records.preview(desk.app, desk.app.watching.preview(tried.query, tried.threshold))})


@router.post("/api/v1/watches/{watch_id}/pause", dependencies=WRITER, **answers(shapes.One[shapes.Watch]))
def pause_json(request: Request, watch_id: str) -> Response:
    """A watch tells nothing until it is resumed."""
    desk = desk_of(request)
    watch = desk.app.watching.pause(_get(desk, watch_id).id)
    return as_json({"data": records.watch_report(desk.app.watching.report(watch))})


@router.post("/api/v1/watches/{watch_id}/resume", dependencies=WRITER, **answers(shapes.One[shapes.Watch]))
def resume_json(request: Request, watch_id: str) -> Response:
    """A watch tells what comes from now on."""
    desk = desk_of(request)
    watch = desk.app.watching.resume(_get(desk, watch_id).id)
    return as_json({"data": records.watch_report(desk.app.watching.report(watch))})


@router.delete("/api/v1/watches/{watch_id}", dependencies=WRITER, **answers(shapes.One[shapes.Watch]))
def remove_json(request: Request, watch_id: str) -> Response:
    """Remove a watch; the answer is what it was."""
    desk = desk_of(request)
    report = _report(desk, watch_id)
    desk.app.watching.remove(report.watch.id)
    return as_json({"data": records.watch_report(report)})


@router.get("/watches/{watch_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/watches/{watch_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.Watch]))
def watch_json(request: Request, watch_id: str) -> Response:
    """One watch with how it is."""
    return as_json({"data": records.watch_report(_report(desk_of(request), watch_id))})


@router.get("/watches/{watch_id}.atom")
def watch_feed(request: Request, watch_id: str) -> Response:
    """The newest claims that a watch tells of, as an Atom feed of its own."""
    desk = desk_of(request)
    watch = _get(desk, watch_id)
    try:
        news = desk.app.watching.news(watch, MOST_ENTRIES)
    except QueryWrong:  # it tells nothing; its page says why
        news = []
    entries = [claim_entry(desk, request, one.told, before=one.before) for one in news]
    return atom(desk, request, f"Watch: {watch.name}", entries)


@router.get(
    "/api/v1/watches/{watch_id}/hits",
    dependencies=[Depends(Only("cursor", "limit"))],
    **answers(shapes.Many[shapes.Claim]),
)
def watch_hits(request: Request, watch_id: str, cursor: Cursor = None, limit: Limit = PAGE_SIZE) -> Response:
    """The newest claims that answer a watch; none where its query is not understood."""
    desk = desk_of(request)
    report = _report(desk, watch_id)
    if report.wrong:
        return as_list([], following=None, count=0)
    # By words and filters alone, as for the digest.
    _, found = desk.app.searching.search(
        report.watch.query, limit=limit, cursor=cursor, order=Order.NEWEST, meaning=False
    )
    items = [records.claim(desk.app, Told(hit.claim, hit.article)) for hit in found.hits]
    return as_list(items, following=found.next_cursor, count=found.total, request=request)


@router.get(
    "/api/v1/watches/{watch_id}/deliveries", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Delivery])
)
def watch_deliveries(request: Request, watch_id: str) -> Response:
    """The last messages to the webhook of a watch, newest first, each with every answer."""
    desk = desk_of(request)
    watch = _get(desk, watch_id)
    listed = desk.app.watching.deliveries(watch.id, _DELIVERIES)
    return as_list(
        [records.delivery(one) for one in listed], following=None, count=desk.app.store.deliveries.count(watch.id)
    )


@router.get("/watches/{watch_id}")
def watch_page(request: Request, watch_id: str) -> Response:
    """A watch's query, how it is read, its last hits, and what became of its messages."""
    desk = desk_of(request)
    report = _report(desk, watch_id)
    return desk.page(
        request,
        "watch.html",
        report=report,
        watch=report.watch,
        query=parse_query(report.watch.query, desk.app.units),
        news=[] if report.wrong else desk.app.watching.news(report.watch, _HITS),
        deliveries=desk.app.watching.deliveries(report.watch.id, _DELIVERIES),
        webhook=records.shown_webhook(report.watch.webhook),
        writes=may_write(request),
    )


def _form(desk: Desk, request: Request, values: dict[str, Any], error: MonitorError | None) -> Response:
    preview = None
    if values["query"].strip() and error is None:
        try:
            preview = desk.app.watching.preview(values["query"], values["threshold"])
        except QueryWrong as wrong:
            error = wrong
    known = values["known"]
    return desk.page(
        request,
        "watch_new.html",
        status=400 if error and request.method == "POST" else 200,
        **values,
        kept=records.shown_webhook(known.webhook) if known else "",
        preview=preview,
        wrong=error,
        writes=may_write(request),
        json_address=twin(request, ".json") if preview else "",
    )


def _report(desk: Desk, watch_id: str) -> WatchReport:
    report: WatchReport = desk.app.watching.report(_get(desk, watch_id))
    return report


def _get(desk: Desk, watch_id: str) -> Watch:
    watch: Watch | None = None
    with suppress(NotFound):
        watch = desk.app.store.watches.get(watch_id)
    if watch is not None and watch.removed and not watch.owner:
        mend = "See /watches for those that there are, or save it anew."
        raise Gone(f"The watch “{watch.name}” is gone", why="somebody removed it", mend=mend)
    if watch is None or watch.owner:  # another reader's watch answers as if it were not there
        raise missing("watch", watch_id, mend="See /watches for those that serve everybody.")
    return watch
