"""One request and its answer: a page, a redirect, or the wish for a password in another form."""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore

from monitor.domain.page import Page
from monitor.errors import FetchFailed
from monitor.fetch.bodies import Body, Limits, TooLarge, read_body
from monitor.fetch.connections import Connections, Proxy
from monitor.fetch.deadline import Deadline, Flooded
from monitor.fetch.encodings import ACCEPTED, Garbled
from monitor.fetch.failures import refused_by_server
from monitor.fetch.room import Room
from monitor.fetch.target import Target

REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEAD_BYTES = 262_144
"""What an answer may take before its body begins: headers, and interim answers that come before them."""

_ERROR_BYTES = 65_536
_DRAINED_BYTES = 65_536
_SINGLE = frozenset({"etag", "last-modified", "location", "content-length", "content-type", "date", "retry-after"})
_UNSENDABLE = re.compile(r"[^\t\x20-\x7e\x80-\xff]|^\s|\s$")
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, application/pdf;q=0.9, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
    "hook": "*/*",
}

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Asked:
    """What one request asks for. `conditions`: the validators, by the names of their headers.

    `body`: what is sent, with `headers` of its own; a request with one is a POST.
    """

    target: Target
    kind: str
    conditions: Mapping[str, str]
    authorization: str | None = None
    proxy: Proxy | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Redirect:
    """`location`: as the server sent it, each byte as the character of that number."""

    status: int
    location: str


@dataclass(frozen=True)
class Unauthorized:
    """The server did not take the password as we sent it. `failure`: what to raise where no other form is known."""

    headers: Headers
    failure: FetchFailed


Answer = Page | Redirect | Unauthorized


class Exchange:
    """Sends requests and reads their answers, one at a time for each thread, inside a `deadline.within`.

    `agent`: who asks; `limits`: for each kind of thing that is asked for. Raises FetchFailed for an error status, and
    what the network and the body raise.
    """

    def __init__(
        self, connections: Connections, deadline: Deadline, *, agent: str, limits: Mapping[str, Limits], seconds: float
    ) -> None:
        self._connections, self._deadline, self._limits = connections, deadline, limits
        self._room = Room()
        self._timeouts = {"timeout": {"connect": seconds}}
        self._usual = {
            kind: [
                (b"User-Agent", agent.encode("ascii")),
                (b"Accept", accept.encode("ascii")),
                (b"Accept-Encoding", ACCEPTED.encode("ascii")),
            ]
            for kind, accept in _ACCEPT.items()
        }

    def __call__(self, asked: Asked) -> Answer:
        """The answer to one request; redirects are not followed."""
        target = asked.target
        url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
        method = "GET" if asked.body is None else "POST"
        request = httpcore.Request(
            method, url, headers=self._headers(asked), content=asked.body, extensions=self._timeouts
        )
        with self._connections.answer(target, asked.proxy, request) as response:
            return self._read(asked, response, _named(response.headers))

    def keeping(self) -> AbstractContextManager[None]:
        """Large bodies that come inside, in this thread, take up room until its end."""
        return self._room.kept()

    def _headers(self, asked: Asked) -> Headers:
        headers = [(b"Host", asked.target.host_header.encode("ascii")), *self._usual[asked.kind]]
        sent = {**asked.conditions, **asked.headers}
        headers += [(name.encode(), value.encode("latin-1")) for name, value in sent.items()]
        if asked.body is not None:
            headers.append((b"Content-Length", b"%d" % len(asked.body)))
        if asked.authorization:
            headers.append((b"Authorization", asked.authorization.encode("latin-1")))
        return headers

    def _read(self, asked: Asked, response: httpcore.Response, headers: dict[str, str]) -> Answer:
        status, url = response.status, asked.target.url
        if status in REDIRECTS and headers.get("location"):
            _drain(response)
            return Redirect(status, headers["location"])
        if status == HTTPStatus.NOT_MODIFIED and asked.conditions:
            _drain(response)
            return Page(url, status, headers, b"")
        if 200 <= status < 300:
            body = self._body(response, headers, self._limits[asked.kind])
            return Page(url, status, headers, body.content, wire_bytes=body.wire_bytes)
        failure = refused_by_server(url, status, headers, self._beginning(response, headers))
        if status == HTTPStatus.UNAUTHORIZED and asked.authorization:
            return Unauthorized(response.headers, failure)
        raise failure

    def _body(self, response: httpcore.Response, headers: Mapping[str, str], limits: Limits) -> Body:
        stated = headers.get("content-length", "")
        if stated.isdecimal() and not limits.cut and (len(stated) > 15 or int(stated) > limits.wire_bytes):
            raise TooLarge(limits.wire_bytes, expanded=False)
        self._deadline.allow(2 * limits.wire_bytes + HEAD_BYTES)  # chunks come with a length each
        with self._room.place(limits.body_bytes, lambda: self._deadline.left(None)) as place:
            return read_body(response.iter_stream(), headers.get("content-encoding", ""), limits, place)

    def _beginning(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        """The beginning of what comes with an error, as far as it can be had: the status matters more."""
        with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, Flooded, Garbled):
            return self._body(response, headers, Limits(_ERROR_BYTES, _ERROR_BYTES, cut=True)).content
        return b""


def sendable(conditions: Mapping[str, str | None]) -> dict[str, str]:
    """The validators that there are, and that can stand in a header: what a server once sent always can."""
    return {name: value for name, value in conditions.items() if value and not _UNSENDABLE.search(value)}


def _named(headers: Headers) -> dict[str, str]:
    """Headers by lower-case name, byte for byte. Lines of one name are joined as a list, where it may hold several."""
    named: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in named:
            named[name] = value
        elif name not in _SINGLE:
            named[name] = f"{named[name]}, {value}"
    return named


_SINGLE = frozenset(
    {"etag", "last-modified", "location", "content-length", "content-type", "date", "expires", "retry-after"}
)


def _drain(response: httpcore.Response) -> None:
    """Reads what is left of a short answer, so that its connection can be kept."""
    total = 0
    for chunk in response.iter_stream():
        total += len(chunk)
        if total > _DRAINED_BYTES:
            return
