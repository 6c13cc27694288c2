"""Articles, versions, origins, entities."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage_samples import HOUR, NOW, article, at, claim, entry, feed, filed, mention, told

from monitor.domain.address import Address
from monitor.domain.article import Reading
from monitor.domain.claim import ClaimStatus
from monitor.domain.entity import Entity
from monitor.domain.ids import content_id
from monitor.domain.kept import Tally
from monitor.domain.origin import Fingerprint
from monitor.domain.work import WorkState
from monitor.storage.store import Store

FIRST = article("Orsel Mills made 40 tonnes of flour.")
SECOND = at(article("Orsel Mills made 45 tonnes of flour."), 2)
THIRD = at(article("Orsel Mills made 50 tonnes of flour."), 4)


def test_an_article_comes_back_as_given_with_its_offset(store: Store) -> None:
    given = replace(FIRST, updated=NOW, given_id="mine", author="A", language="de")
    assert store.articles.put(given) == given
    [found] = store.articles.get([given.id])
    assert found == given
    assert found.published is not None
    assert found.published.isoformat() == "2026-03-01T23:30:00-05:00"
    assert store.work.count("article")[WorkState.WAITING] == 1


def test_an_article_put_twice_changes_nothing(store: Store) -> None:
    store.articles.put(FIRST)
    events, work = store.events.last(), store.work.claim("article", 1, "me", NOW, HOUR)
    store.work.finish("article", work, "me")
    assert store.articles.put(replace(FIRST, arrived=NOW + HOUR)) == FIRST
    assert store.events.last() == events
    assert store.work.count("article")[WorkState.DONE] == 1


def test_versions_are_numbered_by_time_whatever_the_order_of_arrival(store: Store) -> None:
    for one in (SECOND, THIRD, FIRST):
        store.articles.put(one)
    versions = store.articles.by_url(FIRST.canonical_url)
    assert [(one.id, one.version, one.is_latest) for one in versions] == [
        (FIRST.id, 1, False),
        (SECOND.id, 2, False),
        (THIRD.id, 3, True),
    ]
    assert [one.id for one in store.articles.list(10)] == [THIRD.id]


def test_claims_of_an_older_version_are_superseded_even_if_it_arrives_late(store: Store) -> None:
    told(store, SECOND, claim(SECOND, "45 tonnes"))
    assert store.claims.of_article(SECOND.id)[0].status is ClaimStatus.CURRENT
    told(store, FIRST, claim(FIRST))
    assert store.claims.of_article(FIRST.id)[0].status is ClaimStatus.SUPERSEDED
    told(store, THIRD, claim(THIRD, "50 tonnes"))
    assert store.claims.of_article(SECOND.id)[0].status is ClaimStatus.SUPERSEDED
    assert store.claims.of_article(THIRD.id)[0].status is ClaimStatus.CURRENT


def test_a_status_that_a_person_set_outlives_new_versions(store: Store) -> None:
    one = claim(FIRST)
    told(store, FIRST, one)
    store.claims.set_status(one.id, ClaimStatus.REJECTED)
    store.articles.put(SECOND)
    assert store.claims.get([one.id])[0].status is ClaimStatus.REJECTED


def test_a_new_version_lets_the_questions_of_the_old_one_be_compared_again(store: Store) -> None:
    one = claim(FIRST)
    told(store, FIRST, one)
    filed(store, 1, one)
    store.work.finish("question", store.work.claim("question", 5, "me", NOW, HOUR), "me")
    store.articles.put(SECOND)
    assert store.work.claim("question", 5, "me", NOW, HOUR) == ["q-1"]
    assert store.questions.get(["q-1"])[0].claims == 0


def test_a_publisher_who_goes_back_to_an_old_text_makes_it_the_newest(store: Store) -> None:
    first, second = replace(FIRST, updated=NOW), replace(SECOND, updated=NOW + HOUR)
    for one in (first, second):
        store.articles.put(one)
    back = store.articles.put(replace(first, updated=NOW + 2 * HOUR))
    assert (back.version, back.is_latest) == (2, True)
    assert not store.articles.get([second.id])[0].is_latest
    for one in (first, second, replace(first, updated=NOW + 2 * HOUR)):
        store.articles.put(one)
    assert store.articles.get([first.id])[0].is_latest


def test_spellings_of_one_address_are_versions_of_one_article(store: Store) -> None:
    plain = replace(SECOND, canonical_url="http://mill.example/1")
    www = replace(THIRD, canonical_url="https://www.mill.example/1")
    store.articles.put(FIRST)
    assert [store.articles.put(one).version for one in (plain, www)] == [2, 3]
    assert {one.canonical_url for one in store.articles.by_url("http://www.mill.example/1")} == {FIRST.canonical_url}
    elsewhere = replace(article(path="9"), canonical_url="https://mill.example:8443/1")
    assert store.articles.put(elsewhere).version == 1


def test_what_a_feed_carried_comes_before_what_the_page_said_whatever_the_dates(store: Store) -> None:
    summary = replace(FIRST, basis="summary", label="subscription", updated=NOW + HOUR)
    store.articles.put(summary)
    stored = store.articles.put(SECOND)
    assert (stored.version, stored.is_latest) == (2, True)
    assert store.articles.latest(FIRST.canonical_url) == stored
    late = replace(THIRD, basis="content", updated=NOW + 5 * HOUR)
    assert store.articles.put(late).version == 2
    assert store.articles.latest(FIRST.canonical_url) == replace(stored, version=3)
    assert store.articles.latest("https://mill.example/none") is None


def test_a_page_that_bears_out_what_the_feed_carried_makes_no_version_of_it(store: Store) -> None:
    store.articles.put(replace(FIRST, basis="content", label="script", label_reason="an empty page"))
    read = store.articles.put(replace(FIRST, arrived=NOW + HOUR))
    assert (read.basis, read.label, read.label_reason, read.version) == ("page", "", "", 1)
    assert store.articles.put(replace(FIRST, basis="summary")).basis == "page"


def test_an_excerpt_follows_the_article_to_the_address_that_its_page_names(store: Store) -> None:
    one = replace(FIRST, basis="summary")
    told(store, one, claim(one))
    page = replace(SECOND, canonical_url="https://mill.example/flour")
    store.articles.put(page)
    store.articles.move_excerpts(one.canonical_url, page.canonical_url, NOW)
    versions = store.articles.by_url(page.canonical_url)
    assert [(version.id, version.version) for version in versions] == [(one.id, 1), (page.id, 2)]
    assert store.articles.by_url(one.canonical_url) == []
    assert store.claims.of_article(one.id)[0].status is ClaimStatus.SUPERSEDED


def test_an_address_waits_for_its_next_visit(store: Store) -> None:
    one = Address("http://www.mill.example/1?utm_source=feed", FIRST.canonical_url, '"x"', "Mon", NOW)
    store.addresses.put(one)
    assert store.work.claim("address", 5, "me", NOW + 9 * HOUR, HOUR) == []
    store.addresses.plan(one.id, NOW + HOUR)
    assert store.addresses.of("https://mill.example/1") == one
    assert store.addresses.get([one.id, "none"]) == [one]
    assert store.work.claim("address", 5, "me", NOW, HOUR) == []
    assert store.work.claim("address", 5, "me", NOW + HOUR, HOUR) == [one.id]
    store.work.take_again("address", [one.id], NOW + 3 * HOUR, "me")
    assert store.work.claim("address", 5, "me", NOW + 2 * HOUR, HOUR) == []
    assert store.work.claim("address", 5, "me", NOW + 3 * HOUR, HOUR) == [one.id]
    store.addresses.plan(one.id, None)
    assert store.work.claim("address", 5, "me", NOW + 9 * HOUR, HOUR) == []


def test_articles_are_listed_newest_first_page_by_page(store: Store) -> None:
    ones = [at(article(path=str(n)), n // 2) for n in range(6)] + [article(path="undated", published=None)]
    for one in ones:
        store.articles.put(one)
    pages = []
    after = None
    while page := store.articles.list(2, after):
        pages += page
        after = page.next_cursor
        if after is None:
            break
    moments = [one.published or one.arrived for one in pages]
    assert moments == sorted(moments, reverse=True)
    assert {one.id for one in pages} == {one.id for one in ones}
    assert [one.id for one in store.articles.all()] == sorted(one.id for one in ones)


def test_fingerprints_that_share_a_band_are_found_and_give_the_article_its_origin(store: Store) -> None:
    for one in (FIRST, article(path="2")):
        store.articles.put(one)
    mark = Fingerprint(FIRST.id, "org-1", (*range(126), 2**32 - 1, 0), ("a", "b"))
    store.articles.put_fingerprint(mark)
    store.articles.put_fingerprint(mark)
    assert store.articles.fingerprints(["b", "c"]) == [mark]
    assert store.articles.fingerprints(["c"]) == []
    assert [one.id for one in store.articles.origin_members("org-1")] == [FIRST.id]
    assert store.articles.origins([FIRST.id, article(path="2").id]) == {FIRST.id: "org-1", article(path="2").id: None}
    moved = replace(mark, origin_id="org-2", bands=("c",))
    store.articles.put_fingerprint(moved)
    assert store.articles.fingerprints(["a", "b"]) == []
    assert store.articles.fingerprints(["c"]) == [moved]


def test_a_copy_is_found_among_a_crowd_that_shares_bands(store: Store) -> None:
    with store.transaction():
        for number in range(60):
            one = article(path=str(number))
            store.articles.put(one)
            own = tuple(f"{band} own {number}" for band in range(3))
            store.articles.put_fingerprint(Fingerprint(one.id, f"org-{number}", (number,), ("crowd", "throng", *own)))
    asked = ("crowd", "throng", "0 own 59", "1 own 59", "2 own 59")
    near = store.articles.fingerprints(asked, most=5)
    assert len(near) == 5
    assert article(path="59").id in {one.article_id for one in near}
    assert store.articles.fingerprints(asked, most=5) == near
    assert store.articles.fingerprints([]) == []


def test_articles_are_counted_by_language_basis_and_label(store: Store) -> None:
    store.feeds.add(feed())
    for one in (FIRST, SECOND, article(path="2", language="de"), article(path="3", basis="summary", label="script")):
        store.articles.put(one)
    assert store.articles.tally() == [
        Tally("de", "page", "", 1),
        Tally("en", "page", "", 1),
        Tally("en", "summary", "script", 1),
    ]
    store.entries.put([entry(3)], NOW)
    assert store.articles.tally(feed().id) == []
    store.entries.link_article(entry(3).id, article(path="3", basis="summary").id)
    assert store.articles.tally(feed().id) == [Tally("en", "summary", "script", 1)]


def test_an_entity_is_named_as_most_mentions_name_it_in_whatever_order_they_come(store: Store) -> None:
    names = {"1": "ORSEL", "2": "Orsel Mills", "3": "Orsel Mills"}
    for path, name in names.items():
        store.articles.put(article(path=path))
        store.entities.put_mentions(article(path=path).id, [mention(name, name=name)])
    [found] = store.entities.all()
    assert found == Entity("ent-orsel", "Orsel Mills", "organisation", ("ORSEL",), "article", 3)
    assert store.entities.by_name("orsel") == found
    assert store.entities.by_name("nobody") is None
    store.entities.put_mentions(article(path="2").id, [])
    store.entities.put_mentions(article(path="3").id, [])
    assert store.entities.get("ent-orsel").name == "ORSEL"
    store.entities.put_mentions(article(path="1").id, [])
    assert list(store.entities.all()) == []


def test_a_name_given_in_the_settings_is_not_changed_by_articles(store: Store) -> None:
    given = Entity("ent-orsel", "Orsel Mills", "company", ("Orsel",), "config")
    store.entities.merge_seed([given])
    store.entities.merge_seed([given])
    store.articles.put(FIRST)
    store.claims.settle_reading(Reading(FIRST.id, (), (mention("the Orsel mill", name="Orsel"),)), {}, "m", NOW)
    found = store.entities.get("ent-orsel")
    assert found == replace(given, aliases=("Orsel", "the Orsel mill"), mentions=1)
    assert store.entities.of_article(FIRST.id) == [mention("the Orsel mill", name="Orsel")]


def test_names_are_found_by_the_entity_whose_own_name_it_is_first(store: Store) -> None:
    own = content_id("ent", "orsel")
    store.entities.merge_seed([Entity("ent-a", "Orsel Mills", "other", ("Orsel",)), Entity(own, "Orsel", "place")])
    found = store.entities.by_name("ORSEL")
    assert found is not None
    assert found.id == own


def test_time_in_another_zone_is_the_same_instant(store: Store) -> None:
    east = article(published=datetime.fromisoformat("2026-03-02T10:00:00+05:45"))
    store.articles.put(east)
    published = store.articles.get([east.id])[0].published
    assert published is not None
    assert published.isoformat() == "2026-03-02T10:00:00+05:45"
    assert published.astimezone(UTC) == datetime(2026, 3, 2, 4, 15, tzinfo=UTC)
    assert published.utcoffset() == timedelta(hours=5, minutes=45)
