"""What stands around every page: guarding headers, HEAD, limits of an address, and answers that have not changed."""

import hashlib
from email.utils import parsedate_to_datetime

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cache-Control": "no-cache",
}
"""`no-cache`: may be kept, but is asked for again each time; what has not changed is answered with 304."""
_LONGEST_QUERY_BYTES = 32_768
_KEPT_IN_304 = ("cache-control", "content-location", "date", "etag", "expires", "last-modified", "vary")


def within_limits(request: Request) -> None:
    """A dependency of every address: what no reader typed is refused before anything is asked of the database."""
    if len(request.scope["query_string"]) > _LONGEST_QUERY_BYTES:
        raise HTTPException(414, f"what follows the question mark is longer than {_LONGEST_QUERY_BYTES} bytes")
    if "\0" in request.url.path or "\0" in request.scope["path"]:
        raise HTTPException(404)


class Guarded:
    """Sets the headers that keep a page from loading, running or sending anything, where a page has not set its own.

    HEAD is answered as GET without the body.
    """

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = scope["type"] == "http" and scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _due(message["status"]).items():
                    headers.setdefault(name, value)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET"} if head else scope
        await self.inner(asked, receive, guarded if scope["type"] == "http" else send)


def _due(status: int) -> dict[str, str]:
    """The headers of an answer. What a 304 names replaces what was kept with the page (RFC 9111, section 3.2), so the
    policy of every page must not stand there: it would shut a letter, which has a policy of its own, out of its frame."""
    return {"Cache-Control": HEADERS["Cache-Control"]} if status == 304 else HEADERS


class Conditional:
    """Answers 304 to who already has what would be sent (RFC 9110, section 13). What is sent in pieces is left alone."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":  # Guarded has made a GET of HEAD
            await self.inner(scope, receive, send)
            return
        asked = Headers(scope=scope)
        started: Message = {}

        async def compared(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start" and message["status"] == 200:
                started = message
            elif started and message["type"] == "http.response.body":
                first, started = started, {}
                if not message.get("more_body"):
                    first, message = _marked(asked, first, message)
                await send(first)
                await send(message)
            else:
                await send(message)

        await self.inner(scope, receive, compared)


def _marked(asked: Headers, start: Message, body: Message) -> tuple[Message, Message]:
    """The answer with an ETag, or 304 in its place."""
    headers = MutableHeaders(scope=start)
    headers.setdefault("ETag", f'"{hashlib.sha256(body.get("body", b"")).hexdigest()[:32]}"')
    if not _is_known(asked, headers):
        return start, body
    kept = [(name, value) for name, value in headers.raw if name.decode("latin-1").lower() in _KEPT_IN_304]
    return {**start, "status": 304, "headers": kept}, {**body, "body": b""}


def _is_known(asked: Headers, sent: Headers) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:  # the date counts only where no tag is given
        return tags.strip() == "*" or sent["etag"] in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since, changed = asked.get("if-modified-since"), sent.get("last-modified")
    if not since or not changed:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # a date that is none is as if it were not there
        return False
