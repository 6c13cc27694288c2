"""Pages announce their feeds, and mostly it is plain which one is meant."""

import pytest

from monitor.feeds.announced import announced_feeds, plain_address, the_main_one

SITE = "https://tarn.example"


def link(href: str, title: str = "", media_type: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{media_type}" title="{title}" href="{href}">'


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head>{''.join(links)}</head><body>news</body></html>".encode()


def main_of(*links: str, at: str = f"{SITE}/") -> str | None:
    found = the_main_one(announced_feeds(page(*links), at), at)
    return found.url if found else None


def test_feeds_are_announced_in_the_order_of_the_page_each_once_and_in_full() -> None:
    found = announced_feeds(
        page(
            link("/feed", "Tarn Post &raquo; Feed"),
            link("feed.json", media_type="application/feed+json"),
            link("/feed"),
            '<LINK REL=feed HREF="//mire.example/atom">',
            link("/style.css", media_type="text/css"),
            link("/wp-json/wp/v2/pages/1", media_type="application/json"),
            link("mailto:a@b.example"),
        ),
        f"{SITE}/north/",
    )
    assert [(one.url, one.title, one.format) for one in found] == [
        (f"{SITE}/feed", "Tarn Post » Feed", "RSS"),
        (f"{SITE}/north/feed.json", "", "JSON Feed"),
        ("https://mire.example/atom", "", ""),
    ]


def test_addresses_are_read_against_the_base_of_the_page() -> None:
    found = announced_feeds(page('<base href="/news/">', link("rss")), f"{SITE}/a/b")
    assert [one.url for one in found] == [f"{SITE}/news/rss"]


@pytest.mark.parametrize(
    ("links", "main"),
    [
        ([link("/feed/")], "/feed/"),
        ([link("/feed/", "Post » Feed"), link("/comments/feed/", "Post » Comments Feed")], "/feed/"),
        ([link("/atom.xml", "Post Atom"), link("/rss.xml", "Post RSS")], "/atom.xml"),
        ([link("/posts", "Post"), link("/posts?alt=rss", "Post")], "/posts"),
        ([link("/sport/rss", "Sport"), link("/rss", "All")], "/rss"),
        ([link("/north.xml", "North"), link("/south.xml", "South")], None),
        ([], None),
    ],
)
def test_the_feed_of_the_whole_site_is_meant(links: list[str], main: str | None) -> None:
    assert main_of(*links) == (SITE + main if main else None)


def test_below_the_front_the_feed_of_the_site_and_that_of_the_page_may_both_be_meant() -> None:
    links = [link("/feed", "All"), link("/sport/feed", "Sport")]
    assert main_of(*links, at=f"{SITE}/sport/") is None
    assert main_of(*links, at=f"{SITE}/about") == f"{SITE}/feed"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("feed://tarn.example/rss", "http://tarn.example/rss"),
        ("feed:https://tarn.example/rss", "https://tarn.example/rss"),
        (" https://tarn.example/feed:rss ", "https://tarn.example/feed:rss"),
    ],
)
def test_the_old_scheme_of_feeds_is_read(written: str, meant: str) -> None:
    assert plain_address(written) == meant
