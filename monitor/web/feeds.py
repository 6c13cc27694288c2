"""`/feeds`: where we read and how each place is; `/feeds/{id}`: what came back each time we asked."""

from itertools import groupby

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import feed_record, feed_record_in_full, fetch_record
from monitor.domain.feed_health import FeedReport
from monitor.errors import Gone, NotFound
from monitor.web import shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.desk import Desk, Only, as_json, as_list, desk_of, missing
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers

router = APIRouter()
_LINES = 100
_STRIP = 60


@router.get("/feeds")
def feeds_page(request: Request) -> Response:
    """Every feed, those that need a look first, grouped by what ails them."""
    desk = desk_of(request)
    reports = desk.app.feeds.reports()
    groups = [(condition, list(some)) for condition, some in groupby(reports, key=lambda one: one.health.condition)]
    return desk.page(request, "feeds.html", groups=groups, count=len(reports), exports=exports(request))


@router.get("/feeds.json", dependencies=[Depends(Only())])
@router.get("/api/v1/feeds", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Feed]))
def feeds_json(request: Request) -> Response:
    """Every feed with how it is, those that need a look first."""
    reports = desk_of(request).app.feeds.reports()
    return as_list([feed_record(one) for one in reports], following=None, count=len(reports))


@router.get("/feeds.atom")
def feeds_alerts(request: Request) -> Response:
    """How each feed is since it was asked last, as an Atom feed: those that need a look first."""
    desk = desk_of(request)
    entries = [
        {
            "id": desk.address(request, f"/feeds/{one.feed.id}"),
            "title": f"{one.feed.name}: {one.health.condition.words}",
            "updated": (one.feed.last_poll or one.feed.added or desk.app.now()).isoformat(timespec="seconds"),
            "summary": one.health.said,
            "author": one.feed.publisher or desk.app.settings.web.title,
        }
        for one in desk.app.feeds.reports()[:MOST_ENTRIES]
    ]
    return atom(desk, request, "Feeds", entries)


@router.get("/feeds.{form}")
def feeds_file(request: Request, form: Form) -> Response:
    """All of them as a file."""
    desk = desk_of(request)
    return download(desk, form, "feeds", shapes.Feed, map(feed_record, desk.app.feeds.reports()))


@router.get("/feeds/{feed_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/feeds/{feed_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.FeedInFull]))
def feed_json(request: Request, feed_id: str) -> Response:
    """One feed with its addresses so far and its last answers."""
    desk = desk_of(request)
    report = _get(desk, feed_id)
    return as_json({"data": feed_record_in_full(report, desk.app.feeds.history(feed_id, _LINES), desk.app.kept(feed_id))})


@router.get("/api/v1/feeds/{feed_id}/fetches", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Fetch]))
def feed_fetches(request: Request, feed_id: str) -> Response:
    """What came back when this feed was asked, newest first."""
    desk = desk_of(request)
    _get(desk, feed_id)
    return as_list([fetch_record(line) for line in desk.app.feeds.history(feed_id, _LINES)], following=None)


@router.get("/feeds/{feed_id}")
def feed_page(request: Request, feed_id: str) -> Response:
    """One feed: how it is and what to do, when it is asked next and why then, and what came back before."""
    desk = desk_of(request)
    report = _get(desk, feed_id)
    history = desk.app.feeds.history(feed_id, _LINES)
    strip, kept = history[_STRIP - 1 :: -1], desk.app.kept(feed_id)
    return desk.page(request, "feed.html", report=report, feed=report.feed, history=history, strip=strip, kept=kept)


def _get(desk: Desk, feed_id: str) -> FeedReport:
    try:
        feed = desk.app.store.feeds.get(feed_id)
        if feed.removed:
            mend = "See /feeds for those that are read. What it brought stays."
            raise Gone(f"The feed {feed.shown_url} is gone", why="somebody removed it", mend=mend)
        return desk.app.feeds.report(feed)
    except Gone:
        raise
    except NotFound as error:
        raise missing("feed", feed_id, mend="See /feeds for those that are read.") from error
