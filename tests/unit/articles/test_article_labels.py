"""A page that stands in place of an article says so, and gives no text; an article about such pages is an article."""

from functools import cache

import pytest
from labelled_pages import LABELS, Labelled, labelled_pages

from monitor import assets
from monitor.articles.cues import WallCues, load_wall_cues
from monitor.articles.extract import extract
from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable

URL = "https://gazette.test/2026/03/12/tin"
LEAD = "<p>The tin mine above Orrin will take on 140 people in April, its new owner said on Wednesday.</p>"
REST = "".join(
    f"<p>In shaft {n} the water stands {n * 7} metres high, and pumps from {n} firms are to drain it.</p>"
    for n in range(1, 16)
)


@cache
def cues() -> WallCues:
    return load_wall_cues((assets.models() / "cues" / "walls.toml").read_text(encoding="utf-8"))


def read(body: str, head: str = "", url: str = URL) -> Extracted:
    return extract(f"<html><head>{head}</head><body>{body}</body></html>", url, cues())


@cache
def label_of(page: Labelled) -> str:
    try:
        return extract(page.body, page.url, cues()).label
    except ArticleUnreadable:
        return "unreadable"


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("folder", ["seen", "held"])
def test_walls_are_known_whatever_they_say(folder: str, label: str) -> None:
    pages = [page for page in labelled_pages(folder) if page.label == label]
    missed = [page.name for page in pages if not label_of(page)]
    assert len(missed) <= max(1, 0.05 * len(pages)), missed


def test_nearly_all_walls_are_called_what_they_are() -> None:
    pages = [page for folder in ("seen", "held") for page in labelled_pages(folder) if page.label]
    wrong = [(page.name, label_of(page)) for page in pages if label_of(page) != page.label]
    assert len(wrong) <= 0.05 * len(pages), wrong


@pytest.mark.parametrize("folder", ["seen", "held"])
def test_no_article_is_taken_for_a_wall(folder: str) -> None:
    assert not [page.name for page in labelled_pages(folder) if not page.label and label_of(page)]


def test_a_wall_gives_its_reason_and_its_title_and_no_text() -> None:
    found = read(f"<article><h1>Tin mine reopens</h1>{LEAD}<p>Subscribe to continue reading.</p></article>")
    assert (found.label, found.text, found.title) == ("subscription", "", "Tin mine reopens")
    assert "subscribe" in found.label_reason


def test_what_a_page_says_to_machines_of_its_price_needs_no_words() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false,'
        '"hasPart":{"isAccessibleForFree":false,"cssSelector":".rest"}}</script>'
    )
    assert read(f"<article>{LEAD}</article>", head).label == "subscription"
    assert read(f"<article>{LEAD}<div class='rest'>{REST}</div></article>", head).label == ""


def test_a_page_that_names_more_words_than_it_holds_is_cut() -> None:
    said = '{"@type":"NewsArticle","isAccessibleForFree":"False","wordCount":900}'
    head = f'<script type="application/ld+json">{said}</script>'
    assert read(f"<article>{LEAD}</article>", head).label == "subscription"


def test_an_offer_above_a_whole_article_makes_no_wall() -> None:
    offer = "<div class='meter'><p>You have 2 free articles left this month. Subscribe to read more.</p></div>"
    assert read(f"{offer}<article>{LEAD}{REST}</article>").label == ""


def test_a_banner_beside_a_short_article_makes_no_wall() -> None:
    banner = "<div id='cookie-banner'><p>We and our partners use cookies on your device.</p><button>Accept</button></div>"
    assert read(f"<article>{LEAD}</article>{banner}").label == ""


def test_what_a_test_of_the_visitor_leaves_in_a_page_needs_no_words() -> None:
    script = "<script>window._cf_chl_opt={cType:'managed'}</script>"
    assert extract(f"<html><body><p>Hello.</p>{script}</body></html>", URL, cues()).label == "challenge"
    assert read(f"<article>{LEAD}{REST}</article>{script}").label == ""


def test_teasers_alone_are_a_list_even_without_cues() -> None:
    cards = "".join(
        f"<article><h2><a href='/{n}'>Story number {n} of the day</a></h2><p>It has {n} parts.</p></article>"
        for n in range(6)
    )
    found = extract(f"<html><body><main>{cards}</main></body></html>", "https://gazette.test/news")
    assert (found.label, found.text) == ("list", "")


def test_teasers_below_an_article_do_not_make_it_a_list() -> None:
    cards = "".join(f"<div><h3><a href='/{n}'>Story number {n} of the day</a></h3></div>" for n in range(9))
    assert read(f"<article><h1>Tin</h1>{LEAD}</article><div>{cards}</div>").label == ""


def test_a_dialog_for_consent_that_holds_all_there_is_to_read_is_one_in_any_language() -> None:
    words = "<p>Käytämme evästeitä ja tallennamme tietoja laitteellesi. Voit muuttaa valintaasi milloin tahansa.</p>"
    dialog = f"<div id='app'><div class='cookie-consent' role='dialog'>{words}<button>Hyväksy</button></div></div>"
    assert read(dialog).label == "consent"
    assert read(f"{dialog}<article>{LEAD}</article>").label == ""
    assert extract(f"<html><body class='cookie-consent-given'>{LEAD}</body></html>", URL, cues()).label == ""


def test_a_page_that_leads_on_by_itself_is_no_article_for_the_line_that_says_so() -> None:
    on = "<meta http-equiv='refresh' content='0; url=https://gazette.test/tin'>"
    line = "<p>The page that you asked for has another address now, and you are on your way there by yourself.</p>"
    assert read(line, on).label == "script"
    assert read(f"<article>{LEAD}{REST}</article>", on).label == ""


def test_a_place_that_says_that_it_is_loading_is_empty() -> None:
    assert read("<div id='root'>Loading…</div><script src='/a.js'></script>").label == "script"


@pytest.mark.parametrize(
    "title",
    ["Seite der Stadt nicht erreichbar", "Page of history missing at museum", "La página de la ciudad no disponible"],
)
def test_a_headline_about_a_page_is_no_message_of_one(title: str) -> None:
    body = (
        "<p>The town of Varde was without its pages for six hours on Tuesday, and 300 forms that were sent got lost.</p>"
    )
    assert read(f"<article><h1>{title}</h1>{body}</article>", f"<title>{title}</title>").label == ""
