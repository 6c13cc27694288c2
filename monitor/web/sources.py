"""`/sources/{name}`: one publisher: the feeds we read of it, what it told first-hand, what it relayed."""

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import feed_record, records
from monitor.domain.claim import Claim
from monitor.domain.query import Named, NameField, asking
from monitor.domain.relation import Told
from monitor.web import shapes
from monitor.web.claims import disputes_on
from monitor.web.desk import Desk, Only, as_json, as_list, desk_of, missing
from monitor.web.shapes import answers

router = APIRouter()
_CLAIMS = 50


@router.get("/sources")
def sources_page(request: Request) -> Response:
    """Every publisher that a claim was printed by."""
    desk = desk_of(request)
    return desk.page(request, "sources.html", publishers=_publishers(desk))


@router.get("/sources.json", dependencies=[Depends(Only())])
@router.get("/api/v1/sources", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Source]))
def sources_json(request: Request) -> Response:
    """Publishers and how many current claims each printed."""
    listed = [{"name": name, "claims": count} for name, count in _publishers(desk_of(request))]
    return as_list(listed, following=None, count=len(listed))


@router.get("/api/v1/sources/{name:path}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.SourceInFull]))
@router.get("/sources/{name:path}.json", dependencies=[Depends(Only())])
def source_json(request: Request, name: str) -> Response:
    """One publisher: its feeds and latest claims."""
    desk = desk_of(request)
    claims, total = _claims(desk, name)
    feeds = [feed_record(one) for one in desk.app.feeds.reports() if one.feed.publisher == name]
    data = {
        "name": name,
        "claims_total": total,
        "feeds": feeds,
        "claims": [records.claim(desk.app, one) for one in claims],
    }
    return as_json({"data": data})


@router.get("/sources/{name:path}")
def source_page(request: Request, name: str) -> Response:
    """What we read of a publisher and what it printed last. No score: only what can be counted."""
    desk = desk_of(request)
    claims, total = _claims(desk, name)
    own = sum(not first_hand_elsewhere(one.claim) for one in claims)
    disputes = {dispute.id: dispute for dispute in disputes_on(desk, [one.claim for one in claims]).values()}
    return desk.page(
        request,
        "source.html",
        name=name,
        claims=claims,
        total=total,
        own=own,
        feeds=[one for one in desk.app.feeds.reports() if one.feed.publisher == name],
        disputes=list(disputes.values()),
    )


def first_hand_elsewhere(claim: Claim) -> bool:
    """Whether the publisher passes on what someone else said."""
    return len(claim.sources) > 1


def _claims(desk: Desk, name: str) -> tuple[list[Told], int]:
    found = desk.app.store.search.search(asking(Named(NameField.SOURCE, name, whole=True)), None, _CLAIMS, None)
    claims = [Told(hit.claim, hit.article) for hit in found.hits]
    if not claims and not any(feed.publisher == name for feed in desk.app.store.feeds.list()):
        raise missing("source", name, mend="See /sources for the publishers that were read.")
    return claims, found.total


def _publishers(desk: Desk) -> list[tuple[str, int]]:
    """Publishers by the number of their current claims; those whose feeds gave none yet at the end."""
    counted = desk.app.store.claims.publishers()
    silent = {
        feed.publisher: 0 for feed in desk.app.store.feeds.list() if feed.publisher and feed.publisher not in counted
    }
    return sorted({**counted, **silent}.items(), key=lambda item: (-item[1], item[0].lower()))
