"""`/digests`: the issues that went out; `/digests/{id}`: one of them as sent.

An issue names its reader and carries the key to his subscription. Who looks at the archive gets neither.
"""

import re

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from monitor.app import full_records, records
from monitor.domain.digest import Issue, Subscriber
from monitor.domain.listed import every
from monitor.errors import NotFound
from monitor.web import shapes
from monitor.web.atom import MOST as MOST_ENTRIES
from monitor.web.atom import atom
from monitor.web.desk import MOST, PAGE_SIZE, Cursor, Desk, Limit, Only, as_json, as_list, desk_of, missing
from monitor.web.downloads import Form, download, exports
from monitor.web.shapes import answers

router = APIRouter()
_KEY = re.compile(r"(/u/)[^\s\"'<>?#&]+")
_LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation"
)


@router.get("/digests")
def digests_page(request: Request) -> Response:
    """Issues, newest first."""
    desk = desk_of(request)
    subscribers: list[Subscriber] = desk.app.store.subscribers.list()
    issues = desk.app.store.digests.list(PAGE_SIZE, request.query_params.get("cursor"))
    return desk.page(
        request,
        "digests.html",
        issues=issues,
        total=desk.app.store.digests.count(),
        following=issues.next_cursor,
        active=sum(one.active for one in subscribers),
        settings=desk.app.settings,
        exports=exports(request),
    )


@router.get("/digests.json", dependencies=[Depends(Only("cursor", "limit"))])
@router.get("/api/v1/digests", dependencies=[Depends(Only("cursor", "limit"))], **answers(shapes.Many[shapes.Issue]))
def digests_json(request: Request, cursor: Cursor = None, limit: Limit = PAGE_SIZE) -> Response:
    """Issues, newest first."""
    store = desk_of(request).app.store.digests
    issues = store.list(limit, cursor)
    items = [records.issue(one) for one in issues]
    return as_list(items, following=issues.next_cursor, count=store.count(), request=request)


@router.get("/digests.atom")
def digests_feed(request: Request) -> Response:
    """The last issues, as an Atom feed."""
    desk = desk_of(request)
    entries = [
        {
            "id": desk.address(request, f"/digests/{one.id}"),
            "title": one.rendered.subject,
            "updated": (one.sent or one.planned).isoformat(timespec="seconds"),
            "summary": f"The issue of {one.period}: {one.state.value}.",
            "author": desk.app.settings.digest.title,
        }
        for one in desk.app.store.digests.list(MOST_ENTRIES)
    ]
    return atom(desk, request, "Digests", entries)


@router.get("/digests.{form}")
def digests_file(request: Request, form: Form) -> Response:
    """All issues as a file, without their text."""
    desk = desk_of(request)
    listed = every(lambda cursor: desk.app.store.digests.list(MOST, cursor))
    return download(desk, form, "digests", shapes.Issue, (records.issue(one) for one in listed))


@router.get("/digests/{issue_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/digests/{issue_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.IssueInFull]))
def digest_json(request: Request, issue_id: str) -> Response:
    """One issue with its text."""
    one = _get(desk_of(request), issue_id)
    return as_json({"data": full_records.issue(one, unnamed(one.rendered.text, one.address))})


@router.get("/digests/{issue_id}/letter")
def digest_letter(request: Request, issue_id: str) -> Response:
    """The HTML part as sent, for a frame: it can run nothing and load nothing."""
    one = _get(desk_of(request), issue_id)
    return HTMLResponse(
        unnamed(one.rendered.html, one.address),
        headers={"Content-Security-Policy": _LETTER_POLICY, "X-Frame-Options": "SAMEORIGIN"},
    )


@router.get("/digests/{issue_id}")
def digest_page(request: Request, issue_id: str) -> Response:
    """One issue: what went out, when, and what the mail server said."""
    desk = desk_of(request)
    one = _get(desk, issue_id)
    return desk.page(request, "digest.html", issue=one, text=unnamed(one.rendered.text, one.address))


def unnamed(text: str, address: str) -> str:
    """The issue without the reader's address and without the key that ends his subscription."""
    return _KEY.sub(r"\1…", text.replace(address, "the reader") if address else text)


def _get(desk: Desk, issue_id: str) -> Issue:
    try:
        issue: Issue = desk.app.store.digests.get(issue_id)
    except NotFound as error:
        raise missing("digest", issue_id, mend="See /digests for the issues that went out.") from error
    return issue
