"""What the suites of the client share: a client that may ask this machine, and how it fails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from servers.scenario import Exchange

from monitor.errors import FetchFailed
from monitor.fetch.client import Client
from monitor.fetch.failures import Stopped

MakeClient = Callable[..., Client]
LOOPBACK = ("127.0.0.0/8",)


@contextmanager
def clients() -> Iterator[MakeClient]:
    """Makes clients that are closed at the end."""
    with ExitStack() as stack:
        usual = {"allow_networks": LOOPBACK, "pause_per_host_seconds": 0.0, "now": lambda: datetime.now(UTC)}

        def make(**settings: Any) -> Client:
            return stack.enter_context(closing(Client(**{**usual, **settings})))

        yield make


def text(body: bytes = b"hello", **headers: str) -> Callable[[Exchange], None]:
    return lambda exchange: exchange.answer(body, **headers)


def failure(client: Client, url: str, **rest: Any) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        client.get(url, **rest)
    assert caught.value.why
    assert caught.value.mend
    return caught.value


def stopped(client: Client, url: str, **rest: Any) -> Stopped:
    """What a client that is being closed says of its request."""
    with pytest.raises(Stopped) as caught:
        client.get(url, **rest)
    return caught.value
