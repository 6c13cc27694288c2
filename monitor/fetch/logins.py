"""User names and passwords → the Authorization header: Basic at once, Digest where a server has asked for it."""

from base64 import b64encode
from collections.abc import Sequence

import httpx

from monitor.fetch.target import Login, Target

_MOST_KEPT = 1_000


class Logins:
    """Remembers which sites want Digest, so that the password itself is not sent to them a second time."""

    def __init__(self) -> None:
        self._digests: dict[tuple[str, Login], httpx.DigestAuth] = {}

    def header(self, target: Target, login: Login) -> str:
        """The header for a request."""
        digest = self._digests.get((target.site, login))
        if digest is None:
            return f"Basic {b64encode(':'.join(login).encode()).decode()}"
        request = next(digest.auth_flow(httpx.Request("GET", target.url)))
        return str(request.headers["authorization"])

    def answer(self, target: Target, login: Login, headers: Sequence[tuple[bytes, bytes]]) -> str | None:
        """The header that answers a 401, where it asks for Digest in a way we know; None where it does not."""
        request, digest = httpx.Request("GET", target.url), httpx.DigestAuth(*login)
        flow = digest.auth_flow(request)
        next(flow)
        try:
            answered = flow.send(httpx.Response(401, headers=list(headers), request=request))
        except (StopIteration, httpx.ProtocolError, KeyError, ValueError, NotImplementedError):
            return None
        if len(self._digests) >= _MOST_KEPT:
            self._digests.clear()
        self._digests[target.site, login] = digest
        return str(answered.headers["authorization"])
