"""`/`: what is in dispute, what is new, and whether the feeds are well."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Request, Response

from monitor.domain.feed import Feed
from monitor.web import records
from monitor.web.desk import Only, as_json, desk_of
from monitor.web.disputes import LIVE, shown
from monitor.web.feeds import health, sorted_feeds
from monitor.web.told import told

router = APIRouter()
_DISPUTES = 8
_CLAIMS = 12


@dataclass(frozen=True)
class Strip:
    """The feeds in one line: how many read, and those that do not."""

    reading: int
    waiting: int
    paused: int
    down: tuple[Feed, ...]


@router.get("/")
def front_page(request: Request) -> Response:
    desk = desk_of(request)
    feeds = desk.app.store.feeds.list()
    disputes = desk.app.store.disputes.list(LIVE, _DISPUTES)
    items = [shown(desk, one) for one in disputes]
    by_state = desk.app.store.disputes.count_by_state()
    return desk.page(
        request,
        "home.html",
        disputes=items,
        live=sum(by_state[state] for state in LIVE),
        ended=sum(count for state, count in by_state.items() if state not in LIVE),
        latest=told(desk, desk.app.store.claims.list(_CLAIMS, None)),
        feeds=sorted_feeds(feeds),
        strip=strip(feeds),
    )


@router.get("/home.json", dependencies=[Depends(Only())])
@router.get("/api/v1/summary", dependencies=[Depends(Only())])
def front_json(request: Request) -> Response:
    """What the home page shows: counts, live disputes, latest claims, feeds that are not well."""
    desk = desk_of(request)
    live = desk.app.store.disputes.list(LIVE, _DISPUTES)
    latest = told(desk, desk.app.store.claims.list(_CLAIMS, None))
    down = strip(desk.app.store.feeds.list()).down
    return as_json(
        {
            "data": {
                "counts": dict(desk.app.store.counts()),
                "disputes": [records.dispute(one) for one in live],
                "claims": [records.claim(desk, one) for one in latest],
                "feeds_down": [records.feed(one) for one in down],
            }
        }
    )


def strip(feeds: Sequence[Feed]) -> Strip:
    """How the feeds are, for one line."""
    states = [health(feed) for feed in feeds]
    return Strip(
        reading=sum(state in ("ok", "not_modified") for state in states),
        waiting=states.count("waiting"),
        paused=states.count("paused"),
        down=tuple(feed for feed, state in zip(feeds, states, strict=True) if state in ("failed", "gone")),
    )
