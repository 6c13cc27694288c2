"""An address → its canonical form: one for all spellings of one page, never one for two pages."""

import re
from contextlib import suppress
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from monitor.domain.ids import content_id

_TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "piwik_",
    "matomo_",
    "hsa_",
    "oly_",
    "vero_",
    "_hs",
    "at_custom",
    "wt.mc",
    "itm_",
)
_TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igsh",
    "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "_openstat", "xtor", "s_cid", "ns_mchannel",
    "ns_campaign", "ns_source", "ns_linkname", "ns_fee", "cmpid", "ocid", "ncid", "smid", "guccounter", "guce_referrer",
    "guce_referrer_sig", "srnd", "sref", "taid", "ftag", "__twitter_impression", "rss_id", "wt_mc", "wtrid", "spm",
})  # fmt: skip
"""Parameters that name the way to a page and not the page. Common words such as `source`, `ref`, `cid` or `id` stay out:
some sites tell their articles apart by them."""

_PORTS = {"http": 80, "https": 443}
_SPELLING = re.compile(r"\Ahttps?://(?:www\.)?(?=[^/?#:]+(?:/|\Z))")
_SIMPLE = re.compile(r"https?://[a-z0-9][a-z0-9.-]*[a-z0-9]/[A-Za-z0-9._~/-]*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_LOGIN = re.compile(r"\A(\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)([^/?#]*)@")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "%/:@!$&'()*+,;=~-._"


def canonical_url(url: str, base: str | None = None) -> str:
    """The address in its one form, resolved against `base`. Applying it again changes nothing.

    Scheme and host in lower case, no credentials, default port, fragment (except `#!`, which names a page) or tracking
    parameters; the rest of the query sorted by name. Case and trailing slash of the path stay: they can make a
    difference. Raises ValueError for an address that cannot be parsed.
    """
    text = "".join(url.split())
    if _SIMPLE.fullmatch(text) and "/." not in text:
        return text  # most addresses are in their one form already
    parts = urlsplit(urljoin(base, text) if base else text)
    scheme = parts.scheme.lower()
    if not parts.hostname:
        return urlunsplit((scheme, "", parts.path, parts.query, ""))
    path = _escaped(_without_dots(parts.path or "/"))
    fragment = _escaped(parts.fragment) if parts.fragment.startswith("!") else ""
    return urlunsplit((scheme, _host(parts.hostname, parts.port, scheme), path, _query(parts.query), fragment))


def page_key(url: str) -> str:
    """What all spellings of an address have in common: one for http and https, with and without `www.` and tracking.

    A host that names a port is left as it is: two ports of one machine serve two sites.
    """
    with suppress(ValueError):  # an address that leads nowhere still has to be told from another
        url = canonical_url(url)
    return _SPELLING.sub("https://", url)


def page_id(url: str) -> str:
    """The id of the page at an address, however the address is spelled."""
    return content_id("page", page_key(url))


def without_login(url: str) -> str:
    """An address as it may stand in messages and logs, even where it is none: without user name and password."""
    return _LOGIN.sub(r"\1", url)


def is_home(url: str, home: str) -> bool:
    """Whether a password for one address may go to the other: same scheme, host and port, or the same encrypted."""
    try:
        here, there = _site(url), _site(home)
    except ValueError:
        return False
    return here == there or (there == ("http", here[1], 80) and here == ("https", here[1], 443))


def login_apart(url: str) -> tuple[str, str]:
    """The address without user name and password, and "user:password" as it stands in it; empty where none does."""
    found = _LOGIN.match(url)
    return without_login(url), unquote(found[2]) if found else ""


def _site(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme.lower())


def _host(name: str, port: int | None, scheme: str) -> str:
    host = name.lower().rstrip(".")
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        host = quote(host)
    if ":" in host:
        host = f"[{host}]"
    return host if port is None or port == _PORTS.get(scheme) else f"{host}:{port}"


def _query(query: str) -> str:
    kept = [_escaped(pair) for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0])]
    return "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0]))


def _is_tracking(name: str) -> bool:
    lower = name.lower()
    return lower in _TRACKING or lower.startswith(_TRACKING_PREFIXES)


def _escaped(text: str) -> str:
    """Percent escapes in one form: letters that need none are bare, the others in upper case, what needs one has it."""

    def one(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match[0])
        return byte.decode() if byte[0] in _UNRESERVED else match[0].upper()

    return quote(_ESCAPE.sub(one, text), safe=_KEPT + "?")


def _without_dots(path: str) -> str:
    """The path without `.` and `..` (RFC 3986, section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
