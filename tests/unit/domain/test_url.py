"""One address for all spellings of a page, and never one for two pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.url import canonical_url, is_home, login_apart, page_id, without_login


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Test:443/A/b#top", "https://news.test/A/b"),
        ("http://news.test", "http://news.test/"),
        ("http://news.test:8080/a", "http://news.test:8080/a"),
        ("https://news.test/a?utm_source=x&id=3&fbclid=9&UTM_Medium=m", "https://news.test/a?id=3"),
        ("https://news.test/a?b=2&a=1", "https://news.test/a?a=1&b=2"),
        ("https://news.test/a?", "https://news.test/a"),
        ("https://user:secret@news.test/a", "https://news.test/a"),
        ("https://news.test/%7euser/caf%c3%a9/%2f", "https://news.test/~user/caf%C3%A9/%2F"),
        ("https://news.test/café bar", "https://news.test/caf%C3%A9bar"),
        ("https://news.test./a/../b/./c", "https://news.test/b/c"),
        ("https://bücher.test/a", "https://xn--bcher-kva.test/a"),
        ("https://news.test/#!/story/5", "https://news.test/#!/story/5"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
    ],
)
def test_spellings_of_one_page_become_one(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://n.test/a", "https://n.test/a/"),
        ("https://n.test/a", "https://n.test/A"),
        ("https://n.test/?p=1", "https://n.test/?p=2"),
        ("https://n.test/s?ref=11", "https://n.test/s?ref=12"),
        ("https://n.test/s?cid=11", "https://n.test/s?cid=12"),
        ("https://n.test/s?source=a", "https://n.test/s?source=b"),
        ("https://n.test/a%2Fb", "https://n.test/a/b"),
        ("https://n.test/s?a=1&a=2", "https://n.test/s?a=2&a=1"),
        ("https://www.n.test/a", "https://n.test/a"),
    ],
)
def test_two_pages_stay_two(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_relative_addresses_are_resolved() -> None:
    assert canonical_url("../b?x=1", base="https://n.test/a/c/d") == "https://n.test/a/b?x=1"


PARTS = st.text("abC%/.?&=#:~é 2Fx", max_size=30)


@given(PARTS)
def test_the_canonical_form_is_its_own(part: str) -> None:
    once = canonical_url("https://n.test/" + part)
    assert canonical_url(once) == once


def test_spellings_of_one_page_share_its_id() -> None:
    ones = (
        "https://post.example/a?b=1",
        "http://post.example/a?b=1",
        "http://www.POST.example:80/a?utm_source=x&b=1#top",
        "https://www.post.example/a?b=1&fbclid=9",
    )
    assert len({page_id(one) for one in ones}) == 1
    others = (
        "https://post.example/a",
        "https://post.example:8443/a?b=1",
        "http://post.example:8443/a?b=1",
        "http://[bad",
    )
    assert len({page_id(one) for one in (*others, ones[0])}) == 5


@pytest.mark.parametrize(
    ("given", "bare", "login"),
    [
        ("https://ann:s%40fe@tarn.example/feed?a=b@c", "https://tarn.example/feed?a=b@c", "ann:s@fe"),
        ("https://ann@tarn.example", "https://tarn.example", "ann"),
        ("https://tarn.example/@ann/feed", "https://tarn.example/@ann/feed", ""),
        ("https://tarn.example/see//ann:b@c", "https://tarn.example/see//ann:b@c", ""),
        ("//ann:b@tarn.example/", "//tarn.example/", "ann:b"),
        ("no address", "no address", ""),
    ],
)
def test_a_login_is_taken_out_of_an_address(given: str, bare: str, login: str) -> None:
    assert login_apart(given) == (bare, login)
    assert without_login(given) == bare


@pytest.mark.parametrize(
    ("url", "home", "may"),
    [
        ("https://tarn.example/new", "https://tarn.example/feed", True),
        ("https://TARN.example.:443/new", "https://tarn.example/feed", True),
        ("https://tarn.example/feed", "http://tarn.example/feed", True),
        ("http://tarn.example/feed", "https://tarn.example/feed", False),
        ("https://tarn.example:8443/feed", "https://tarn.example/feed", False),
        ("http://tarn.example:8080/feed", "http://tarn.example/feed", False),
        ("https://tarn.example:8443/feed", "http://tarn.example:8080/feed", False),
        ("https://www.tarn.example/feed", "https://tarn.example/feed", False),
        ("https://tarn.example:x/feed", "https://tarn.example/feed", False),
    ],
)
def test_a_password_goes_to_its_own_site_alone_or_to_the_same_encrypted(url: str, home: str, may: bool) -> None:
    assert is_home(url, home) is may
