"""The address that a page calls its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from monitor.domain.url import canonical_url

_CACHE = re.compile(
    r"https?://(?:[\w-]+\.(?:cdn\.ampproject\.org|bing-amp\.com)/[a-z]+|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?P<safe>s/)?(?P<page>.+)"
)
"""Copies of pages that search engines serve (https://developers.google.com/amp/cache/overview)."""

_SECOND_LEVEL = 3
"""The longest part that stands before a country's name in the names of its sites, as in `co.uk`."""


def own_address(tree: Element, metas: Mapping[str, str], linked: Sequence[Mapping[str, Any]], url: str) -> str | None:
    """The first address that a page calls its own and may: one of its own site that is not its front page.

    Papers that print agency copy point to the agency, and anyone could point to anyone: neither counts.
    """
    here = uncached(url)
    for link in _stated(tree, metas, linked):
        address = _absolute(link, here)
        if address is not None and _may_name(here, address):
            return address
    return canonical_url(here) if here != url else None


def uncached(url: str) -> str:
    """The address of the page itself, where a search engine's copy of it is meant."""
    match = _CACHE.fullmatch(url)
    return f"{'https' if match['safe'] else 'http'}://{match['page']}" if match else url


def _stated(tree: Element, metas: Mapping[str, str], linked: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
    yield metas.get("og:url", "")
    for item in linked:
        for value in (item.get("mainEntityOfPage"), item.get("url")):
            named = value.get("@id") if isinstance(value, Mapping) else value
            yield named if isinstance(named, str) and named.startswith(("http://", "https://")) else ""


def _absolute(link: str, url: str) -> str | None:
    """The address resolved and made canonical; None for the front page of a site where the page is not that itself."""
    if not link.strip():
        return None
    try:
        address = canonical_url(uncached(urljoin(url, link.strip())))
    except ValueError:
        return None
    parts = urlsplit(address)
    is_front = parts.path in ("", "/") and not parts.query
    if parts.scheme not in ("http", "https") or (is_front and urlsplit(url).path not in ("", "/")):
        return None
    return address


def _may_name(here: str, address: str) -> bool:
    """Whether a page may call this address its own: it is of the same site, or the page was served without a name."""
    host = urlsplit(here).hostname or ""
    return _is_number(host) or _site(host) == _site(urlsplit(address).hostname or "")


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return "." not in host
    return True


def _site(host: str) -> str:
    """What the hosts of one site end with: `gazette.test`, `gazette.co.test`."""
    parts = host.lower().split(".")
    is_second = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= _SECOND_LEVEL
    return ".".join(parts[-3:] if is_second else parts[-2:])
