"""`/`: what is in dispute, what is new, and whether the feeds are well."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import feed_record, records
from monitor.domain.feed_health import FeedReport, counted_in_words
from monitor.web import shapes
from monitor.web.desk import Only, as_json, desk_of
from monitor.web.disputes import LIVE, shown
from monitor.web.shapes import answers
from monitor.web.told import told

router = APIRouter()
_DISPUTES = 8
_CLAIMS = 12


@dataclass(frozen=True)
class Strip:
    """The feeds in one line: how many are how, and those that need a look."""

    words: str
    down: int
    unwell: tuple[FeedReport, ...]


@router.get("/")
def front_page(request: Request) -> Response:
    desk = desk_of(request)
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
        strip=strip(desk.app.feeds.reports()),
    )


@router.get("/home.json", dependencies=[Depends(Only())])
@router.get("/api/v1/summary", dependencies=[Depends(Only())], **answers(shapes.One[shapes.Summary]))
def front_json(request: Request) -> Response:
    """What the home page shows: counts, live disputes, latest claims, feeds that are not well."""
    desk = desk_of(request)
    live = desk.app.store.disputes.list(LIVE, _DISPUTES)
    latest = told(desk, desk.app.store.claims.list(_CLAIMS, None))
    unwell = strip(desk.app.feeds.reports()).unwell
    return as_json(
        {
            "data": {
                "counts": dict(desk.app.store.counts()),
                "disputes": [records.dispute(one, desk.app.now()) for one in live],
                "claims": [records.claim(desk.app, one) for one in latest],
                "feeds_down": [feed_record(one) for one in unwell if one.health.condition.is_down],
                "feeds_stale": [feed_record(one) for one in unwell if not one.health.condition.is_down],
            }
        }
    )


def strip(reports: Sequence[FeedReport]) -> Strip:
    """How the feeds are, for one line."""
    counted = Counter(one.health.condition.value for one in reports)
    unwell = tuple(one for one in reports if one.health.condition.is_unwell)
    return Strip(counted_in_words(counted), sum(one.health.condition.is_down for one in unwell), unwell)
