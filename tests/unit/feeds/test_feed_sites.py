"""Where feeds are on sites that announce none."""

import pytest

from monitor.feeds.sites import named_sitemaps, robots_of, usual_places

SITE = "https://tarn.example"


def test_usual_places_are_tried_below_the_page_first_and_then_at_the_front() -> None:
    found = usual_places(f"{SITE}/news/?page=2")
    assert found[:2] == [f"{SITE}/news/feed", f"{SITE}/news/rss.xml"]
    assert f"{SITE}/feed" in found
    assert usual_places(f"{SITE}/index.html") == usual_places(SITE)
    assert len(set(found)) == len(found) <= 12


def test_rules_for_robots_stand_at_the_front_of_the_same_port() -> None:
    assert robots_of("http://tarn.example:8080/a/b?c#d") == "http://tarn.example:8080/robots.txt"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sitemaps_of_news_come_first_and_not_without_end(end: str) -> None:
    lines = [
        "User-agent: *",
        "Disallow: /x",
        *(f"SiteMap : {SITE}/{n}.xml" for n in range(9)),
        f"sitemap:{SITE}/News.xml",
    ]
    found = named_sitemaps(end.join(lines))
    assert found[:2] == [f"{SITE}/News.xml", f"{SITE}/0.xml"]
    assert len(found) == 4
    assert named_sitemaps("User-agent: *") == []
