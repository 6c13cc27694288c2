"""Where feeds are on sites that announce none: the usual places, and the sitemaps that robots.txt names."""

import re
from urllib.parse import urlsplit, urlunsplit

_USUAL = ("feed", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed.json")
_IN_A_FOLDER = ("feed", "rss.xml", "index.xml")
_MOST_SITEMAPS = 4
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def usual_places(url: str) -> list[str]:
    """Addresses at which a site often has its feed: below the folder of this page first, then at the front."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0] if "." in parts.path.rpartition("/")[2] else parts.path.rstrip("/")
    below = [f"{folder}/{name}" for name in _IN_A_FOLDER] if folder else []
    return [urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in (*below, *(f"/{name}" for name in _USUAL))]


def robots_of(url: str) -> str:
    """The address of the rules for robots of a site."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))


def named_sitemaps(robots: str) -> list[str]:
    """The sitemaps that a robots.txt names, those of news first. https://www.sitemaps.org/protocol.html"""
    named = list(dict.fromkeys(_SITEMAP.findall(robots)))
    return sorted(named, key=lambda address: "news" not in address.lower())[:_MOST_SITEMAPS]
