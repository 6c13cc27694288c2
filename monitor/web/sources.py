"""`/sources/{name}`: one publisher: the feeds we read of it, what it told first-hand, what it relayed."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from monitor.app import full_records, records, wording
from monitor.app.publishers import Published, published, publishers
from monitor.domain.claim import Claim
from monitor.errors import NotFound
from monitor.web import shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.claims import disputes_on
from monitor.web.desk import Desk, Only, as_json, as_list, desk_of, missing
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers

router = APIRouter()
_CLAIMS = 50


@router.get("/sources")
def sources_page(request: Request) -> Response:
    """Every publisher that a claim was printed by."""
    desk = desk_of(request)
    return desk.page(request, "sources.html", publishers=publishers(desk.app), exports=exports(request))


@router.get("/sources.json", dependencies=[Depends(Only())])
@router.get("/api/v1/sources", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Source]))
def sources_json(request: Request) -> Response:
    """Publishers and how many current claims each printed."""
    listed = [records.source(name, count) for name, count in publishers(desk_of(request).app)]
    return as_list(listed, following=None, count=len(listed))


@router.get("/sources.atom")
def sources_feed(request: Request) -> Response:
    """The publishers whose articles came last, as an Atom feed."""
    desk = desk_of(request)
    last, counted = desk.app.store.articles.last_of_publishers(), dict(publishers(desk.app))
    newest = sorted((name for name in last if name), key=lambda name: (last[name], name), reverse=True)
    entries = [
        {
            "id": desk.address(request, f"/sources/{quote(name, safe='')}"),
            "title": name,
            "updated": last[name].isoformat(timespec="seconds"),
            "summary": f"{wording.told_in_words(counted.get(name, 0), 'claim')} of it stand.",
            "author": name,
        }
        for name in newest[:MOST_ENTRIES]
    ]
    return atom(desk, request, "Sources", entries)


@router.get("/sources.{form}")
def sources_file(request: Request, form: Form) -> Response:
    """All of them as a file."""
    desk = desk_of(request)
    return download(desk, form, "sources", shapes.Source, (records.source(*one) for one in publishers(desk.app)))


@router.get("/api/v1/sources/{name:path}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.SourceInFull]))
@router.get("/sources/{name:path}.json", dependencies=[Depends(Only())])
def source_json(request: Request, name: str) -> Response:
    """One publisher: its feeds and latest claims."""
    desk = desk_of(request)
    return as_json({"data": full_records.source(desk.app, _get(desk, name))})


@router.get("/sources/{name:path}")
def source_page(request: Request, name: str) -> Response:
    """What we read of a publisher and what it printed last. No score: only what can be counted."""
    desk = desk_of(request)
    one = _get(desk, name)
    own = sum(not first_hand_elsewhere(told.claim) for told in one.claims)
    disputes = {dispute.id: dispute for dispute in disputes_on(desk, [told.claim for told in one.claims]).values()}
    return desk.page(
        request,
        "source.html",
        name=name,
        claims=one.claims,
        total=one.total,
        own=own,
        feeds=one.feeds,
        disputes=list(disputes.values()),
    )


def first_hand_elsewhere(claim: Claim) -> bool:
    """Whether the publisher passes on what someone else said."""
    return len(claim.sources) > 1


def _get(desk: Desk, name: str) -> Published:
    try:
        return published(desk.app, name, _CLAIMS)
    except NotFound as error:
        raise missing("source", name, mend="See /sources for the publishers that were read.") from error
