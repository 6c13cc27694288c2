"""A server's answer to one request."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`url`: the address that answered, after redirects. `body`: decoded content, empty for 304. Header names lower case.

    `hops`: (status, target) of each redirect followed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    hops: tuple[tuple[int, str], ...] = ()
