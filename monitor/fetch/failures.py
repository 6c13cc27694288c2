"""What can go wrong on the web → an error that says what, why and how to mend it."""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpcore
from socksio.exceptions import SOCKSError

from monitor.errors import FetchFailed, LeaseLost
from monitor.fetch.bodies import TooLarge
from monitor.fetch.deadline import Flooded
from monitor.fetch.encodings import Garbled
from monitor.fetch.network import NameUnknown

_AGAIN = frozenset({408, 425, 429})
_LATER = "It is tried again later."


class Stopped(LeaseLost):
    """No answer was waited for because the client is closed. It says nothing of the server, and is no failure of it."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Did not ask {url}", why="the program is being stopped", mend="Start it again.")


@contextmanager
def translated(url: str, seconds: float) -> Iterator[None]:
    """Errors of the network and of HTTP as FetchFailed, with a word on how to mend them."""
    try:
        yield
    except NameUnknown as error:
        mend = "Check the spelling and the name service of this machine."
        raise failed(url, f"no address is known for the host {error}", mend) from error
    except httpcore.ConnectTimeout as error:
        raise failed(url, "the server did not accept the connection in time", _LATER) from error
    except httpcore.TimeoutException as error:
        raise failed(url, f"the answer was not complete after {seconds:g} seconds", _LATER) from error
    except Flooded as error:
        raise failed(url, "the server sends headers or framing without end", _LATER) from error
    except TooLarge as error:
        raise too_large(url, error.limit_bytes, expanded=error.expanded) from error
    except Garbled as error:
        raise failed(url, str(error), "It is tried again; if it stays so, tell the publisher.") from error
    except (httpcore.ProxyError, SOCKSError) as error:
        raise failed(url, f"the proxy did not let us through ({_said(error)})", "Check the proxy.") from error
    except httpcore.ConnectError as error:
        if isinstance(error.__context__, ssl.SSLError):
            raise untrusted(url, error) from error
        raise failed(url, f"no connection ({_said(error)})", "Check that the server is up and the port right.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise failed(url, f"the connection broke ({_said(error)})", _LATER) from error


def _said(error: Exception) -> str:
    return str(error).strip() or type(error).__name__


def failed(url: str, why: str, mend: str, *, cause: str = "unreachable", status: int | None = None) -> FetchFailed:
    return FetchFailed(f"Cannot fetch {url}", why=why, mend=mend, cause=cause, status=status)


def untrusted(url: str, error: Exception) -> FetchFailed:
    mend = "Check the address and this machine's clock; for a server with a certificate of your own, set fetch.ca_file."
    return failed(url, f"its certificate or encryption cannot be trusted ({_said(error)})", mend, cause="certificate")


def too_large(url: str, limit_bytes: int, *, expanded: bool) -> FetchFailed:
    where = "after expansion" if expanded else "on the wire"
    error = failed(
        url,
        f"the answer is larger than {limit_bytes:,} bytes {where}",
        "If it is right that it is so large, raise the limit in the section [fetch] of the configuration.",
        cause="too_large",
    )
    error.retry = False
    return error


def refused_by_server(url: str, status: int, headers: Mapping[str, str], head: bytes = b"") -> FetchFailed:
    """`head`: the first bytes of the body: what stands there tells a wall against robots from a plain refusal."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "unknown status"
    error = FetchFailed(
        f"Cannot fetch {url}",
        why=f"the server answered {status} ({phrase})",
        mend=_MENDS.get(status, _LATER if status >= 500 else "Open the address in a browser."),
        status=status,
        retry_after_seconds=retry_after(headers),
        url=url,
        headers=headers,
        head=head,
    )
    error.retry = status >= 500 or status in _AGAIN
    return error


_MENDS = {
    401: "The server wants a user name and password: give the feed a login.",
    403: "The server does not let us read this; open the address in a browser, or ask the publisher.",
    404: "The address is wrong or the page is gone; open it in a browser.",
    410: "The server says that it is gone for good: remove it.",
    407: "The proxy wants a user name and password; put them into its address.",
    429: "We asked too often; the host is left alone for as long as it wants.",
    503: "The server is overloaded or down; it is left alone for as long as it wants.",
}


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a Retry-After header asks to wait. A date is held against the server's own clock, if it shows it."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(min(int(text[:12]), 10**9))
    when = _date(text)
    if when is None:
        return None
    shown_clock = _date(headers.get("date", ""))
    now = shown_clock.timestamp() if shown_clock else time.time()
    return max(0.0, when.timestamp() - now)


def _date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
