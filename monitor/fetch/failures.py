"""What can go wrong on the web → an error that says what, why and how to mend it."""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

import httpcore
import httpx

from monitor.errors import FetchFailed
from monitor.fetch.addresses import NameUnknown

_AGAIN = frozenset({408, 425, 429})


def shown(url: str) -> str:
    """The address without user name and password, as it may stand in messages and logs."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


@contextmanager
def translated(url: str, seconds: float) -> Iterator[None]:
    """Errors of the network and of HTTP as FetchFailed, with a word on how to mend them."""
    try:
        yield
    except NameUnknown as error:
        host = urlsplit(url).hostname
        raise failed(
            url, f"no address is known for the host {host}", "Check the spelling and the name service of this machine."
        ) from error
    except (httpcore.ConnectTimeout, httpx.ConnectTimeout) as error:
        raise failed(url, "the server did not accept the connection in time", "It is tried again later.") from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise failed(url, f"the answer was not complete after {seconds:g} seconds", "It is tried again later.") from error
    except ssl.SSLError as error:
        raise untrusted(url, error) from error
    except httpcore.ConnectError as error:
        if isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "SSL" in str(error):
            raise untrusted(url, error) from error
        raise failed(url, f"no connection ({_said(error)})", "Check that the server is up and the port right.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError) as error:
        raise failed(url, f"the connection broke ({_said(error)})", "It is tried again later.") from error
    except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        raise failed(url, f"the exchange failed ({_said(error)})", "Check the address.") from error


def _said(error: Exception) -> str:
    return str(error).strip() or type(error).__name__


def failed(url: str, why: str, mend: str, *, cause: str = "unreachable") -> FetchFailed:
    return FetchFailed(f"Cannot fetch {shown(url)}", why=why, mend=mend, cause=cause)


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
        f"Cannot fetch {shown(url)}",
        why=f"the server answered {status} ({phrase})",
        mend=_MENDS.get(status, "It is tried again later." if status >= 500 else "Open the address in a browser."),
        status=status,
        retry_after_seconds=retry_after(headers),
        headers=headers,
        head=head,
    )
    error.retry = status >= 500 or status in _AGAIN
    return error


_MENDS = {
    401: "The server wants a user name and password; put them into the address.",
    403: "The server does not let us read this; open the address in a browser, or ask the publisher.",
    404: "The address is wrong or the page is gone; open it in a browser.",
    410: "The server says that it is gone for good: remove it.",
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
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
