"""Addresses as feeds write them → where they lead."""

from collections.abc import Iterable
from urllib.parse import urljoin

_WEB = ("http://", "https://")
_ANY_TYPE = ("", "application/octet-stream", "application/x-pdf")


def absolute(base: str, address: str | None) -> str:
    """An address resolved against its base, without white space, which some feeds wrap into it. Nonsense stays."""
    address = "".join((address or "").split())
    if not address or not base or address.startswith(_WEB):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def first_page(addresses: Iterable[str]) -> str:
    """The first address that leads to a page of the web: no mail, no script. Empty if there is none."""
    for address in addresses:
        scheme, colon, _ = address.partition(":")
        if address.startswith(_WEB) or (address and (not colon or "/" in scheme)) or scheme.lower() in ("http", "https"):
            return address
    return ""


def is_web(address: str) -> bool:
    """Whether an address is one of the web as it stands, or leads there from the feed's own."""
    return address[:8].lower().startswith(_WEB) or address.startswith("/")


def is_pdf(address: str, media_type: str) -> bool:
    """Whether what an address leads to is a PDF, as its declared type or, where that says nothing, its end shows."""
    path = address.partition("?")[0].lower()
    return media_type == "application/pdf" or (media_type in _ANY_TYPE and path.endswith(".pdf"))
