"""How much may be sent to us: what the pages and the API take is a sentence or a form, never a file."""

import json
import secrets
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 65_536


class Bounded:
    """Answers 413 to a request with a larger body, whether it says so or not, and reads no more of it."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if not stated.isdigit() or len(stated) > 9 or int(stated) > MOST_BYTES:
            await _refuse(send)
            return
        messages, size = [], 0
        more = scope["method"] not in ("GET", "HEAD")
        while more:  # read before anybody works on it: that is the only place where a stream can still be refused
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            more = message["type"] == "http.request" and message.get("more_body", False)
            if size > MOST_BYTES:
                await _refuse(send)
                return
        waiting = iter(messages)

        async def replayed() -> Message:
            return next(waiting, None) or await receive()

        await self.inner(scope, replayed, send)


async def _refuse(send: Send) -> None:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": f"what was sent has more than {MOST_BYTES:,} bytes. Send it in parts.",
        "id": secrets.token_hex(4),
    }
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
