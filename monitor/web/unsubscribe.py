"""`/u/{token}`: the end of a subscription, without sign-in. RFC 8058: a POST ends it, a GET changes nothing."""

from fastapi import APIRouter, Request, Response

from monitor.domain.digest import Subscriber
from monitor.web.desk import Desk, desk_of, missing

router = APIRouter()


@router.get("/u/{token}", include_in_schema=False)
def ask(request: Request, token: str) -> Response:
    """What would end, and the button for it. Mail programs look at links by themselves, so that looking is harmless."""
    desk = desk_of(request)
    return _private(desk, request, _get(desk, token), done=False)


@router.post("/u/{token}", include_in_schema=False)
def end(request: Request, token: str) -> Response:
    """End the subscription: from the button or from a mail program. Doing it twice is doing it once."""
    desk = desk_of(request)
    subscriber = _get(desk, token)
    desk.app.digests.unsubscribe(token)
    return _private(desk, request, subscriber, done=True)


def _private(desk: Desk, request: Request, subscriber: Subscriber, *, done: bool) -> Response:
    page = desk.page(
        request,
        "unsubscribe.html",
        active=subscriber.active and not done,
        done=done,
        at=f"{subscriber.at:%H:%M}",
        zone=subscriber.zone,
        json_address="",
    )
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _get(desk: Desk, token: str) -> Subscriber:
    subscriber: Subscriber | None = desk.app.store.subscribers.by_token(token)
    if subscriber is None:
        mend = "Use the link at the foot of the last issue you got, whole; mail programs sometimes break long links."
        raise missing("subscription", "/u/…", mend=mend)
    return subscriber
