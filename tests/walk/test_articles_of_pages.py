"""Pages that are walls today, gone tomorrow, or changed: what an article rests on, and which versions it has."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from walking import FEED, PAGE, World, add_feed, lines, page, pdf, rss

from monitor.articles.visits import Visits
from monitor.domain.article import Article
from monitor.domain.relation import RelationKind
from monitor.domain.work import WorkState
from monitor.errors import FetchFailed, FetchRefused
from monitor.tasks.inline import drain

SUMMARY = "Orrin sold 38 tonnes of glass."
LONGER = "That is more than anybody at the works by the river had hoped for in the spring."
GONE = FetchFailed("Cannot fetch", why="the server answered 404 (Not Found)", mend="None.", status=404)
DOWN = FetchFailed("Cannot fetch", why="the server is down", mend="Wait.", status=503)
REFUSED = FetchRefused("Did not ask", why="robots.txt forbids it", mend="None.")
FORBIDDEN = FetchFailed("Cannot fetch", why="the server answered 403 (Forbidden)", mend="None.", status=403)
WALL = """<html><head><title>Orrin sells glass</title><script type="application/ld+json">{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "Orrin sells glass", "isAccessibleForFree": false, "hasPart": {"@type":
"WebPageElement", "isAccessibleForFree": false, "cssSelector": ".paywall"}}</script></head><body><article>
<h1>Orrin sells glass</h1><p>The works by the river have had a good spring.</p><div class="paywall">
<h2>Subscribe to continue reading</h2><p>Already a subscriber? Log in</p><button>Subscribe now</button></div>
</article></body></html>"""


def carried(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def start(world: World, answer: object, *, summary: str = "Short.", content: str = "") -> None:
    add_feed(world)
    world.web.answers = {FEED: rss((PAGE, "Orrin sells glass", summary), content=content), PAGE: answer}  # type: ignore[dict-item]
    world.poll()


def walk_at(world: World, *hours: float) -> None:
    """Let the walk go on at these hours after the start, without asking the feed."""
    begun = world.clock[0]
    for hour in hours:
        world.clock[0] = begun + timedelta(hours=hour)
        drain(world.edges)


def versions(world: World) -> list[Article]:
    return world.store.articles.by_url(PAGE)


# Walls ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "label"), [(WALL, "subscription"), (FORBIDDEN, "error"), (GONE, "error"), (REFUSED, "error")]
)
def test_an_article_whose_page_is_none_rests_on_what_the_feed_carries_and_says_so(
    world: World, answer: object, label: str
) -> None:
    start(world, answer, summary=f"{SUMMARY} {LONGER}")
    [article] = world.store.articles.all()
    assert (article.text, article.basis, article.label) == (f"{SUMMARY} {LONGER}", "summary", label)
    assert article.label_reason
    assert [str(claim.quantity.value) for claim in world.store.claims.all()] == ["38"]


def test_the_content_of_the_feed_goes_before_its_summary(world: World) -> None:
    start(world, WALL, summary=SUMMARY, content=carried("Orrin sold 41 tonnes of glass.", LONGER))
    [article] = world.store.articles.all()
    assert (article.basis, article.text) == ("content", f"Orrin sold 41 tonnes of glass.\n\n{LONGER}")


def test_a_wall_that_opens_gives_way_to_the_text_and_that_is_no_correction(world: World) -> None:
    start(world, WALL, summary=f"{SUMMARY} {LONGER}")
    world.web.answers[PAGE] = page(40)
    walk_at(world, 2)
    excerpt, full = versions(world)
    assert [(one.version, one.basis, one.label) for one in (excerpt, full)] == [
        (1, "summary", "subscription"),
        (2, "page", ""),
    ]
    assert full.is_latest
    assert full.updated is None
    assert full.origin_id == excerpt.origin_id
    status = {str(claim.quantity.value): claim.status.value for claim in world.store.claims.all()}
    assert status == {"38": "superseded", "40": "current"}
    assert list(world.store.relations.all()) == []
    [entry] = world.store.entries.all()
    assert entry.article_id == full.id


def test_the_text_behind_a_wall_settles_no_dispute_as_corrected(world: World) -> None:
    start(world, WALL, summary=f"{SUMMARY} {LONGER}")
    other = "https://times.example/glass"
    add_feed(world, "https://times.example/feed.xml")
    world.web.answers["https://times.example/feed.xml"] = rss((other, "Glass", "Short."))
    world.web.answers[other] = page(95).replace(PAGE, other)
    world.poll()
    [dispute] = world.store.disputes.list(limit=5)
    world.web.answers[PAGE] = page(94)
    walk_at(world, 2)
    said = " ".join(event.reason for event in world.store.disputes.events(dispute.id))
    assert "correct" not in said


def test_a_wall_is_tried_a_few_times_with_growing_pauses_and_then_left_alone(world: World) -> None:
    start(world, WALL, summary=f"{SUMMARY} {LONGER}")
    tries = []
    for hour in range(1, 200):
        before = len(world.web.asked)
        world.later(hours=1)
        drain(world.edges)
        tries += [hour] * (len(world.web.asked) - before)
    assert tries == [1, 6, 24, 72]
    assert len(versions(world)) == 1


@pytest.mark.parametrize("answer", [GONE, REFUSED])
def test_a_page_that_is_gone_or_forbidden_to_robots_is_not_asked_again(world: World, answer: object) -> None:
    start(world, answer, summary=f"{SUMMARY} {LONGER}")
    walk_at(world, 2, 30, 200)
    assert world.web.asked.count(PAGE) == 1


def test_an_entry_with_nothing_to_read_is_set_aside_until_the_wall_opens(world: World) -> None:
    start(world, WALL, summary="Short.")
    [aside] = world.store.work.list_set_aside(5)
    assert "too little text" in aside.why
    assert list(world.store.articles.all()) == []
    world.web.answers[PAGE] = page(40)
    walk_at(world, 2)
    [article] = versions(world)
    assert (article.basis, article.version) == ("page", 1)
    assert world.store.work.list_set_aside(5) == []
    assert [str(claim.quantity.value) for claim in world.store.claims.all()] == ["40"]


def test_a_sentence_that_the_feed_breaks_off_is_no_statement(world: World) -> None:
    start(world, WALL, summary=f"{LONGER} Orrin sold 40 tonnes of ... Continue reading on our site")
    [article] = world.store.articles.all()
    assert article.text == LONGER


def test_a_server_that_stays_down_leaves_the_article_to_what_the_feed_carries(world: World) -> None:
    start(world, DOWN, summary=f"{SUMMARY} {LONGER}")
    assert list(world.store.articles.all()) == []
    for _ in range(6):
        world.later(hours=3)
        drain(world.edges)
    [article] = world.store.articles.all()
    assert (article.basis, article.label) == ("summary", "error")
    assert "the server is down" in article.label_reason
    world.web.answers[PAGE] = page(40)
    world.later(days=3)
    drain(world.edges)
    assert [one.basis for one in versions(world)] == ["summary", "page"]


def test_the_text_that_was_read_stays_when_its_page_is_closed_and_its_entry_changes(world: World) -> None:
    start(world, page(40))
    world.later(hours=2)
    world.web.answers = {FEED: rss((PAGE, "Orrin sells glass", f"{SUMMARY} {LONGER}")), PAGE: WALL}
    world.poll()
    [article] = versions(world)
    assert (article.basis, article.label) == ("page", "")
    assert [entry.article_id for entry in world.store.entries.all()] == [article.id]


def test_an_excerpt_and_its_text_are_one_article_though_the_page_names_another_address(world: World) -> None:
    add_feed(world)
    link = "https://post.example/x/77"
    world.web.answers = {FEED: rss((link, "Orrin sells glass", f"{SUMMARY} {LONGER}")), link: FORBIDDEN}
    world.poll()
    world.web.answers[link] = page(40)
    walk_at(world, 2)
    assert [one.basis for one in versions(world)] == ["summary", "page"]
    assert world.store.articles.by_url(link) == []


def test_a_page_that_calls_itself_otherwise_is_no_other_article(world: World) -> None:
    start(world, page(40))
    world.web.answers[PAGE] = page(40).replace(PAGE, f"{PAGE}-and-more")
    walk_at(world, 5)
    assert [article.canonical_url for article in world.store.articles.all()] == [PAGE]
    world.web.answers[PAGE] = page(7, title="Another story").replace(PAGE, "https://post.example/another")
    walk_at(world, 20)
    assert {article.canonical_url for article in world.store.articles.all()} == {PAGE, "https://post.example/another"}


# Changes -------------------------------------------------------------------------------------------------------------


def test_a_page_that_changes_is_a_new_version_and_the_old_text_stays(world: World) -> None:
    start(world, page(40))
    world.web.answers[PAGE] = page(14)
    walk_at(world, 5)
    old, new = versions(world)
    assert "40 tonnes" in old.text
    assert "14 tonnes" in new.text
    assert (new.version, new.is_latest, new.updated) == (2, True, world.clock[0])
    [relation] = [one for one, _ in world.store.relations.all()]
    assert relation.kind is RelationKind.UPDATES
    assert [entry.article_id for entry in world.store.entries.all()] == [new.id]


def test_a_change_has_the_time_that_the_page_gives_it(world: World) -> None:
    start(world, page(40))
    stamp = '<meta property="article:modified_time" content="2026-05-04T11:30:00+02:00"></head>'
    world.web.answers[PAGE] = page(14).replace("</head>", stamp)
    walk_at(world, 5)
    assert versions(world)[1].updated == datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def test_pages_are_visited_at_growing_distances_from_publication_and_asked_whether_they_changed(world: World) -> None:
    start(world, page(40))  # published at five, read at eight
    tries = []
    for hour in range(9, 250):
        before = len(world.web.asked)
        world.later(hours=1)
        drain(world.edges)
        tries += [hour - 5] * (len(world.web.asked) - before)
    assert tries == [6, 24, 72, 168]
    assert world.web.spared == [PAGE] * 4
    assert len(versions(world)) == 1


def test_without_distances_no_page_is_asked_again(world: World) -> None:
    limits = replace(world.edges.limits, visits=Visits(open_pages=(), closed_pages=()))
    quiet = World(replace(world.edges, limits=limits), world.web, world.clock)
    start(quiet, page(40))
    walk_at(quiet, 2, 30, 200)
    assert world.web.asked.count(PAGE) == 1


def test_the_clock_the_counters_and_the_furniture_of_a_page_are_no_changes(world: World) -> None:
    start(world, page(40, more="The gate was opened 3 hours ago, and nobody has come so far.</p><p>212 comments"))
    first = lines(world)
    after = page(40, more="The gate was opened 4 hours ago, and   nobody has come so far.</p><p>214 comments")
    world.web.answers[PAGE] = after.replace("</article>", "<h2>More from us</h2></article>")
    walk_at(world, 5)
    assert world.web.asked.count(PAGE) == 2
    assert lines(world) == first


def test_a_page_that_is_cut_short_or_closed_later_is_not_changed(world: World) -> None:
    rest = " ".join(f"The works by the river have oven number {number}, and it has been lit." for number in range(9))
    start(world, page(40, more=rest))
    world.web.answers[PAGE] = page(40, more="The works ...").replace("The works by the river have been making", "Pay. x")
    for answer in (WALL, DOWN, page(40)):
        world.web.answers[PAGE] = answer
        world.later(days=1)
        drain(world.edges)
    assert len(versions(world)) == 1
    world.web.answers[PAGE] = page(14, more=rest)
    world.later(days=5)
    drain(world.edges)
    assert [one.version for one in versions(world)] == [1, 2]


def test_a_page_that_is_gone_is_not_visited_again_and_its_text_stays(world: World) -> None:
    start(world, page(40))
    world.web.answers[PAGE] = GONE
    walk_at(world, 5, 30, 200)
    assert world.web.asked.count(PAGE) == 2
    assert [one.basis for one in versions(world)] == ["page"]


def test_a_publisher_who_takes_a_change_back_makes_the_first_text_the_newest(world: World) -> None:
    start(world, page(40))
    world.web.answers[PAGE] = page(14)
    walk_at(world, 5)
    world.web.answers[PAGE] = page(40)
    walk_at(world, 20)
    assert [("40" in one.text, one.is_latest) for one in versions(world)] == [(False, False), (True, True)]


def test_new_entries_go_before_visits(world: World) -> None:
    start(world, page(40))
    fresh = [f"https://post.example/new-{number}" for number in range(5)]
    items = [(PAGE, "Orrin sells glass", "Short."), *((url, "More glass", "Short.") for url in fresh)]
    world.web.answers = {FEED: rss(*items), PAGE: page(14), **{url: page(7).replace(PAGE, url) for url in fresh}}
    world.later(hours=5)
    world.web.asked.clear()
    world.poll()
    assert sorted(world.web.asked[1:6]) == fresh
    assert world.web.asked[6:] == [PAGE]


def test_a_host_that_asks_for_rest_is_visited_when_it_is_over(world: World) -> None:
    start(world, page(40))
    world.store.feeds.hold_host("post.example", world.clock[0] + timedelta(hours=20), "Retry-After")
    walk_at(world, 5, 19)
    assert world.web.asked.count(PAGE) == 1
    walk_at(world, 2)
    assert world.web.asked.count(PAGE) == 2


def test_a_page_that_answers_with_retry_after_rests_its_host(world: World) -> None:
    busy = FetchFailed("Cannot fetch", why="429", mend="Wait.", status=429, retry_after_seconds=7200)
    start(world, busy, summary=f"{SUMMARY} {LONGER}")
    walk_at(world, 0.5, 1, 1.5)
    assert world.web.asked == [FEED, PAGE]
    world.web.answers[PAGE] = page(40)
    walk_at(world, 1)
    assert [one.basis for one in versions(world)] == ["page"]


def test_a_server_that_does_not_answer_keeps_no_batch_waiting(world: World) -> None:
    silent = FetchFailed("Cannot fetch", why="the answer was not complete after 30 seconds", mend="Wait.")
    urls = [f"https://post.example/{number}" for number in range(4)]
    add_feed(world)
    world.web.answers = {FEED: rss(*((url, f"Story {url[-1]}", "Short.") for url in urls)), **dict.fromkeys(urls, silent)}
    one_by_one = ThreadPoolExecutor(1)
    World(replace(world.edges, fetchers=one_by_one), world.web, world.clock).poll()
    one_by_one.shutdown()
    assert len(world.web.asked) == 2
    world.web.answers |= {url: page(40).replace(PAGE, url) for url in urls}
    world.later(hours=1)
    drain(world.edges)
    assert len(list(world.store.articles.all())) == 4


def test_of_one_host_a_few_pages_are_visited_at_once(world: World) -> None:
    world = World(replace(world.edges, limits=replace(world.edges.limits, batch=16)), world.web, world.clock)
    urls = [f"https://post.example/{number}" for number in range(10)]
    add_feed(world)
    world.web.answers = {FEED: rss(*((url, f"Story {url[-1]}", "Short.") for url in urls))}
    world.web.answers |= {url: page(40).replace(PAGE, url) for url in urls}
    world.poll()
    world.web.asked.clear()
    walk_at(world, 5)
    assert len(world.web.asked) == 4
    walk_at(world, 1 / 60, 2 / 60, 1)
    assert sorted(world.web.asked) == urls


def test_pages_of_a_feed_that_was_removed_are_left_alone(world: World) -> None:
    start(world, page(40))
    world.store.feeds.remove(world.store.feeds.list()[0].id)
    walk_at(world, 5, 30)
    assert world.web.asked.count(PAGE) == 1


# One page, many addresses --------------------------------------------------------------------------------------------


def test_feeds_spellings_phones_and_amp_lead_to_one_article(world: World) -> None:
    plain = page(40).replace(f'<link rel="canonical" href="{PAGE}">', "")
    ways: Sequence[tuple[str, str]] = (
        ("https://post.example/feed.xml", PAGE),
        ("https://post.example/business.xml", f"{PAGE}?utm_source=rss&utm_medium=feed"),
        ("http://post.example/old.xml", "http://post.example/glass"),
        ("https://www.post.example/rss", "https://www.post.example/glass#top"),
        ("https://post.example/amp.xml", "https://post.example/amp/glass"),
        ("https://m.post.example/feed", "https://m.post.example/glass?fbclid=8"),
    )
    for feed, link in ways:
        add_feed(world, feed)
        is_other = "amp" in link or "//m." in link
        world.web.answers |= {feed: rss((link, "Orrin sells glass", "Short.")), link: page(40) if is_other else plain}
    world.poll()
    [article] = world.store.articles.all()
    assert article.version == 1
    assert [entry.article_id for entry in world.store.entries.all()] == [article.id] * 6


def test_entries_without_an_address_are_articles_of_their_own(world: World) -> None:
    add_feed(world)
    items = "".join(
        f"<item><title>Note {number}</title><guid isPermaLink='false'>n{number}</guid>"
        f"<description>Orrin sold {number} tonnes of glass. {LONGER}</description></item>"
        for number in (40, 41)
    )
    world.web.answers = {FEED: f"<rss version='2.0'><channel><title>Notes</title>{items}</channel></rss>"}
    world.poll()
    assert [(one.version, one.basis) for one in world.store.articles.all()] == [(1, "summary"), (1, "summary")]


# PDFs ----------------------------------------------------------------------------------------------------------------


REPORT = pdf(
    "Orrin sold 40 tonnes of glass.",
    "The works by the river have been making panes for windows since the old days of",
    "the town, and the owners see no reason why they should stop doing so next year.",
)


def test_a_pdf_that_an_entry_leads_to_is_read(world: World) -> None:
    link = "https://post.example/report.pdf"
    add_feed(world)
    world.web.answers = {FEED: rss((link, "Report", "Short.")), link: ("application/pdf", REPORT)}
    world.poll()
    [article] = world.store.articles.all()
    assert (article.basis, article.title, article.label) == ("pdf", "Report", "")
    assert [str(claim.quantity.value) for claim in world.store.claims.all()] == ["40"]


def test_an_enclosed_pdf_stands_for_a_page_that_is_a_wall(world: World) -> None:
    add_feed(world)
    enclosure = '<enclosure url="https://post.example/files/77" type="application/pdf" length="9"/></item>'
    feed = rss((PAGE, "Orrin sells glass", f"{SUMMARY} {LONGER}")).replace("</item>", enclosure)
    world.web.answers = {FEED: feed, PAGE: WALL, "https://post.example/files/77": ("application/pdf", REPORT)}
    world.poll()
    [article] = world.store.articles.all()
    assert (article.basis, article.label, article.canonical_url) == ("pdf", "subscription", PAGE)
    assert [str(claim.quantity.value) for claim in world.store.claims.all()] == ["40"]
    world.web.answers[PAGE] = page(41)
    walk_at(world, 5)
    assert [one.basis for one in versions(world)] == ["pdf", "page"]


def test_an_enclosed_pdf_is_not_asked_for_where_the_page_can_be_read(world: World) -> None:
    add_feed(world)
    enclosure = '<enclosure url="https://post.example/files/77" type="application/pdf" length="9"/></item>'
    world.web.answers = {FEED: rss((PAGE, "Glass", "Short.")).replace("</item>", enclosure), PAGE: page(40)}
    world.poll()
    assert world.web.asked == [FEED, PAGE]


# Languages -----------------------------------------------------------------------------------------------------------


def test_an_article_in_a_language_that_is_not_read_is_kept_and_counted(world: World) -> None:
    german = (
        "<html><head><title>Glas</title></head><body><article><h1>Glas</h1><p>Orrin sold 40 tonnes of glass.</p><p>Die "
        "Glashütte am Fluss hat im vergangenen Jahr so viele Scheiben verkauft wie seit zehn Jahren nicht mehr, teilte "
        "das Unternehmen am Montag mit.</p><p>Vor allem die Nachfrage aus dem Ausland sei gestiegen, während der Absatz "
        "in der Heimat weiter zurückging.</p></article></body></html>"
    )
    start(world, german)
    [article] = world.store.articles.all()
    assert article.language == "de"
    assert article.origin_id
    assert list(world.store.claims.all()) == []
    assert world.store.work.count("article")[WorkState.DONE] == 1
