"""`/feeds`: where we read and how each place is; `/feeds/{id}`: what came back each time we asked."""

from itertools import groupby

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import feed_record, feed_record_in_full, fetch_record
from monitor.domain.feed_health import FeedReport
from monitor.errors import NotFound
from monitor.web import shapes
from monitor.web.desk import Desk, Only, as_json, as_list, desk_of, missing
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
    return desk.page(request, "feeds.html", groups=groups, count=len(reports))


@router.get("/feeds.json", dependencies=[Depends(Only())])
@router.get("/api/v1/feeds", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Feed]))
def feeds_json(request: Request) -> Response:
    """Every feed with how it is, those that need a look first."""
    reports = desk_of(request).app.feeds.reports()
    return as_list([feed_record(one) for one in reports], following=None, count=len(reports))


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
        return desk.app.feeds.report(desk.app.store.feeds.get(feed_id))
    except NotFound as error:
        raise missing("feed", feed_id, mend="See /feeds for those that are read.") from error
