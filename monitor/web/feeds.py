"""`/feeds`: where we read and how each place is; `/feeds/{id}`: what came back each time we asked."""

from collections.abc import Sequence

from fastapi import APIRouter, Depends, Request, Response

from monitor.domain.feed import Feed
from monitor.errors import NotFound
from monitor.web import records
from monitor.web.desk import Desk, Only, as_json, as_list, desk_of, missing

router = APIRouter()
_LINES = 100
_WORST_FIRST = ("failed", "gone", "waiting", "paused", "ok", "not_modified")


@router.get("/feeds")
def feeds_page(request: Request) -> Response:
    """Every feed, those that need a look first."""
    desk = desk_of(request)
    feeds = sorted_feeds(desk.app.store.feeds.list())
    return desk.page(request, "feeds.html", feeds=[(feed, health(feed)) for feed in feeds])


@router.get("/feeds.json", dependencies=[Depends(Only())])
@router.get("/api/v1/feeds", dependencies=[Depends(Only())])
def feeds_json(request: Request) -> Response:
    """Every feed with its health."""
    feeds = sorted_feeds(desk_of(request).app.store.feeds.list())
    return as_list([records.feed(feed) for feed in feeds], following=None, count=len(feeds))


@router.get("/feeds/{feed_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/feeds/{feed_id}", dependencies=[Depends(Only())])
def feed_json(request: Request, feed_id: str) -> Response:
    """One feed with its last answers."""
    desk = desk_of(request)
    feed = _get(desk, feed_id)
    history = [records.fetch(line) for line in desk.app.store.feeds.history(feed_id, _LINES)]
    return as_json({"data": {**records.feed(feed), "fetches": history}})


@router.get("/api/v1/feeds/{feed_id}/fetches", dependencies=[Depends(Only())])
def feed_fetches(request: Request, feed_id: str) -> Response:
    """What came back when this feed was asked, newest first."""
    desk = desk_of(request)
    _get(desk, feed_id)
    return as_list([records.fetch(line) for line in desk.app.store.feeds.history(feed_id, _LINES)], following=None)


@router.get("/feeds/{feed_id}")
def feed_page(request: Request, feed_id: str) -> Response:
    """One feed: how it is, when it is asked next and why then, and what came back before."""
    desk = desk_of(request)
    feed = _get(desk, feed_id)
    return desk.page(
        request, "feed.html", feed=feed, state=health(feed), history=desk.app.store.feeds.history(feed_id, _LINES)
    )


def health(feed: Feed) -> str:
    """The one word for how a feed is: paused goes before what the server last said."""
    return "paused" if feed.paused else feed.status


def sorted_feeds(feeds: Sequence[Feed]) -> list[Feed]:
    """Those that need a look first, then by name."""

    def order(feed: Feed) -> tuple[int, str, str]:
        state = health(feed)
        place = _WORST_FIRST.index(state) if state in _WORST_FIRST else 0
        return min(place, 4), (feed.title or feed.publisher or feed.url).lower(), feed.id

    return sorted(feeds, key=order)


def _get(desk: Desk, feed_id: str) -> Feed:
    try:
        feed: Feed = desk.app.store.feeds.get(feed_id)
    except NotFound as error:
        raise missing("feed", feed_id, mend="See /feeds for those that are read.") from error
    return feed
