"""A server's answer to one request."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`url`: the address that answered, after redirects. `body`: decoded content, empty for 304. Header names lower case.

    `url` has no user name, password and fragment. Header values are the server's own bytes, each as the character of
    that number (Latin-1). `hops`: (status, target) of each redirect followed. `wire_bytes`: length of the body as sent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[tuple[int, str], ...] = ()
    wire_bytes: int = 0
