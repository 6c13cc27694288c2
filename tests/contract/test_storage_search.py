"""Search by words, by meaning and by filters."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from sqlalchemy import Engine
from storage_samples import HOUR, NOW, article, at, claim, told

from monitor.archive import parse_query
from monitor.domain.claim import Claim, ClaimStatus, Modality
from monitor.domain.evidence import Evidence, Where
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.query import (
    DayField,
    Days,
    Figure,
    Kind,
    Named,
    NameField,
    Not,
    Part,
    Query,
    State,
    Words,
    asking,
    either_of,
)
from monitor.domain.search import Found, Order
from monitor.domain.source import Source, SourceKind
from monitor.domain.unit import Unit, Units
from monitor.errors import QueryWrong
from monitor.storage.store import Store

UNITS = Units({"tonne": Unit("tonne", "mass"), "kilogram": Unit("kilogram", "mass", Decimal("0.001"))})


def vector(*parts: float) -> bytes:
    whole = np.zeros(384, np.float32)
    whole[: len(parts)] = parts
    return (whole / np.linalg.norm(whole)).astype("<f2").tobytes()


def put(store: Store, text: str, *, hours: float = 0, meaning: bytes | None = None, **fields: object) -> Claim:
    """Store an article of one sentence with one claim, whose span is its first figure."""
    publisher = str(fields.pop("publisher", "Mill Gazette"))
    one = at(article(text, path=text, publisher=publisher, title="Grain"), hours)
    span = next(word for word in text.split() if word[0].isdigit())
    made = claim(one, span, **({"quantity": Quantity("tonne", Decimal(span))} | fields))
    told(store, one, made, vectors={} if meaning is None else {made.id: meaning})
    return made


def ids(found: Found) -> list[str]:
    return [hit.claim.id for hit in found.hits]


def words(*asked: str, **fields: object) -> Query:
    return query(*(Words(one) for one in asked), **fields)


def query(*parts: Part, **fields: object) -> Query:
    """The query of these parts and of fields by their names: several values of one are alternatives."""
    asked = list(parts)
    for name in NameField:
        values = fields.get(name.value, ())
        asked += [either_of(Named(name, one) for one in values)] if values else []  # type: ignore[attr-defined, list-item]
    figure = {key: fields[key] for key in ("low", "high", "low_open", "high_open", "unit") if key in fields}
    asked += [Figure(**figure)] if figure else []  # type: ignore[arg-type]
    for day, since, until in ((DayField.PUBLISHED, "since", "until"), (DayField.AS_OF, "as_of_since", "as_of_until")):
        if since in fields or until in fields:
            asked.append(Days(day, fields.get(since), fields.get(until)))  # type: ignore[arg-type]
    asked += [State(fields["status"])] if "status" in fields else []  # type: ignore[arg-type]
    return asking(*asked)


def test_every_word_must_stand_in_the_claim_whatever_its_form(store: Store) -> None:
    rye = put(store, "Orsel grinds 40 tonnes of rye in Café Brûlé")
    wheat = put(store, "Orsel grinds 50 tonnes of wheat")
    assert set(ids(store.search.search(words("orsel", "GRINDING")))) == {rye.id, wheat.id}
    assert ids(store.search.search(words("cafe", "rye"))) == [rye.id]
    assert ids(store.search.search(words("rye", "wheat"))) == []
    found = store.search.search(words("rye"))
    assert (found.total, found.hits[0].how, found.hits[0].claim) == (1, "words", rye)
    assert found.hits[0].article.id == rye.article_id


def test_words_of_title_and_publisher_count_but_less(store: Store) -> None:
    inside = put(store, "Gazette Street sold 40 sacks")
    around = put(store, "Baker Street sold 50 sacks")
    assert ids(store.search.search(words("gazette"))) == [inside.id, around.id]


def test_the_more_words_stand_in_the_statement_and_the_shorter_it_is_the_better(store: Store) -> None:
    both = put(store, "Rye and barley weighed 40 tonnes", hours=1)
    short = put(store, "Rye weighed 40 tonnes", hours=2)
    long = put(store, "Barley of the late harvest that lay in the open barn by the river weighed 40 tonnes", hours=3)
    found = ids(store.search.search(query(either_of([Words("rye"), Words("barley")]) or Words(""))))
    assert found == [both.id, short.id, long.id]


def test_a_rank_depends_on_no_other_claim(store: Store) -> None:
    put(store, "Rye and barley weighed 40 tonnes", hours=1)
    before = {hit.claim.id: hit.score for hit in store.search.search(words("rye")).hits}
    for n in range(5):
        put(store, f"Rye lot {n} weighed {n} tonnes", hours=n)
    after = {hit.claim.id: hit.score for hit in store.search.search(words("rye")).hits}
    assert before.items() <= after.items()


def test_phrases_stand_together_and_left_out_words_do_not_stand(store: Store) -> None:
    one = put(store, "A winter crop of 40 tonnes")
    other = put(store, "A crop of winter barley, 50 tonnes")
    assert ids(store.search.search(query(Words("winter crop", phrase=True)))) == [one.id]
    assert ids(store.search.search(query(Words("crop"), Not(Words("barley"))))) == [one.id]
    assert set(ids(store.search.search(query(Not(Words("barley")))))) == {one.id}
    assert set(ids(store.search.search(words("41.5")))) == set()
    assert other.id in ids(store.search.search(words("winter")))


@pytest.mark.parametrize("typed", ['"', "a OR b", "NEAR(", "x*", "';--", "(", "^", "col:x", "\x00", "𝔘𝔫", "&", "<->"])
def test_nothing_typed_breaks_the_search(store: Store, typed: str) -> None:
    put(store, "Orsel grinds 40 tonnes")
    store.search.search(words(typed))
    store.search.search(query(Words(typed, phrase=True), Not(Words(typed)), entity=(typed,), metric=(typed,)))


@pytest.mark.parametrize(
    ("typed", "total"),
    [
        ("orsel " * 300, 1),
        ("oats OR " * 200 + "grinds", 1),
        ("-oats " * 300, 1),
        ("orsel -oats " * 150, 1),
        ("(" * 20 + "oats OR orsel" + ")" * 20, 1),
        ("(orsel -(oats " * 9 + "x" + "))" * 9, 1),
        ("(oats OR (orsel " * 9 + "40" + "))" * 9, 1),
        ("NOT " * 400 + "orsel", 1),
        ("entity:orsel AND " * 100 + "40", 0),
        ('"' + "orsel " * 300 + '"', 0),
        ("orsel*", 1),
        ("statement:orsel", 0),
        ("orsel'; DROP TABLE claim;--", 0),
        ("NEAR(orsel grinds)", 0),
        ("orsel:* & !oats", 0),
    ],
    ids=lambda value: str(value)[:20],
)
def test_giant_and_hostile_queries_are_harmless(store: Store, typed: str, total: int) -> None:
    put(store, "Orsel grinds 40 tonnes", subject="Tarn")
    assert store.search.search(parse_query(typed, UNITS)).total == total


def test_words_without_a_letter_ask_for_nothing(store: Store) -> None:
    one = put(store, "Orsel grinds 40 tonnes")
    assert ids(store.search.search(words("…"))) == [one.id]


def test_without_words_the_newest_come_first_page_by_page(store: Store) -> None:
    made = [put(store, f"Lot {n} weighed {n} tonnes", hours=n // 3).id for n in range(10)]
    pages = _pages(store, Query(), 3)
    assert [len(page) for page in pages] == [3, 3, 3, 1]
    everything = [one for page in pages for one in page]
    assert sorted(everything) == sorted(made)
    moments = [store.articles.get([one.article_id])[0].published for one in store.claims.get(everything)]
    assert moments == sorted(moments, reverse=True)  # type: ignore[type-var]


def _pages(store: Store, query: Query, limit: int, meaning: bytes | None = None) -> list[list[str]]:
    pages: list[list[str]] = []
    cursor: str | None = None
    while True:
        found = store.search.search(query, meaning, limit, cursor)
        pages.append(ids(found))
        cursor = found.next_cursor
        if cursor is None:
            return pages


def test_pages_of_words_and_meaning_together_show_every_claim_once(store: Store) -> None:
    for n in range(7):
        put(store, f"Lot {n} of rye weighed {n} tonnes", meaning=vector(1, n / 10))
    for n in range(7):
        put(store, f"Batch {n} of wheat weighed {n} tonnes", meaning=vector(1, n / 7))
    everything = [one for page in _pages(store, words("rye"), 4, vector(1)) for one in page]
    assert everything == ids(store.search.search(words("rye"), vector(1), 50))
    assert len(everything) == len(set(everything)) == 14
    assert store.search.search(words("rye"), vector(1)).total == 7


def test_an_order_moves_claims_and_leaves_none_out(store: Store) -> None:
    worths = (0.2, None, 0.9, 0.2, 0.0)
    made = [put(store, f"Rye lot {n} weighed {n} tonnes", hours=n, worth=worth) for n, worth in enumerate(worths)]
    by_worth = [made[place].id for place in (2, 3, 0, 4, 1)]
    for query in (Query(), words("rye")):
        pages, cursor = [], None
        while True:
            found = store.search.search(query, None, 2, cursor, order=Order.WORTH)
            pages += ids(found)
            if (cursor := found.next_cursor) is None:
                break
        assert pages == by_worth
        assert found.total == len(made)
    assert ids(store.search.search(words("rye"), order=Order.NEWEST)) == [one.id for one in made[::-1]]


def _lots(store: Store, lots: range, hours: float) -> set[str]:
    """Store one article with a claim for each lot, those of even numbers of rye. Returns their ids."""
    lines = [f"Lot {n} of {'oats' if n % 2 else 'rye'} weighed {n} tonnes." for n in lots]
    home = at(article("\n".join(lines), path=f"lots-{lots.start}", title="Grain"), hours)
    made, start = [], 0
    for line, n in zip(lines, lots, strict=True):
        evidence = Evidence(Where.BODY, line, start, start + len(line), line, start, start + len(line))
        made.append(replace(claim(home, f"{n} tonnes", worth=n % 9 / 9), id=f"clm-{n}", evidence=evidence))
        start += len(line) + 1
    vectors = {one.id: vector(1, n % 7 / 7, n % 11 / 11) for one, n in zip(made, lots, strict=True)}
    told(store, home, *made, vectors=vectors)
    return {one.id for one in made}


def test_pages_of_ten_thousand_claims_have_no_gap_and_no_repeat_while_others_come_in(store: Store) -> None:
    there: set[str] = set()
    with store.transaction():
        for begin in range(0, 10_000, 500):
            there |= _lots(store, range(begin, begin + 500), hours=begin / 100)
    lists = [(parse_query(typed, UNITS), order) for typed in ("", "rye", "rye OR oats") for order in Order]
    shown: list[list[str]] = [[] for _ in lists]
    cursors: list[str | None] = [None for _ in lists]
    arrived = 10_000
    while arrived == 10_000 or any(cursors):
        for place, (asked, order) in enumerate(lists):
            if shown[place] and cursors[place] is None:
                continue
            meaning = vector(1, 0.2) if asked.words else None
            found = store.search.search(asked, meaning, 700, cursors[place], order=order)
            shown[place] += ids(found)
            cursors[place] = found.next_cursor
            assert found.total == (5000 if len(asked.words) == 1 else 10_000)
        # Older and newer than what is shown, and alike: what comes in would stand before, between and behind.
        _lots(store, range(arrived, arrived + 20), hours=arrived % 300 - 100)
        arrived += 20
    for (asked, _), one in zip(lists, shown, strict=True):
        assert len(one) == len(set(one))
        assert set(one) <= there
        if len(asked.words) != 1:
            assert set(one) == there
    assert all(len(one) >= 5000 for one in shown)


def test_a_list_is_turned_on_while_claims_of_it_are_replaced(store: Store) -> None:
    made = [put(store, f"Rye lot {n} weighed {n} tonnes", hours=n) for n in range(30)]
    first = store.search.search(words("rye"), None, 10)
    for gone in (made[29], made[25], made[20]):  # two shown, the last of them the end of the page
        store.claims.set_status(gone.id, ClaimStatus.WITHDRAWN)
    rest = _rest(store, words("rye"), first.next_cursor)
    assert ids(first) + rest == [one.id for one in made[::-1]]


def _rest(store: Store, asked: Query, cursor: str | None) -> list[str]:
    shown: list[str] = []
    while cursor is not None:
        found = store.search.search(asked, None, 10, cursor)
        shown, cursor = shown + ids(found), found.next_cursor
    return shown


def test_a_cursor_of_before_a_reindexing_still_leads_on(store: Store) -> None:
    made = [put(store, f"Rye lot {n} weighed {n} tonnes", hours=n).id for n in range(6)]
    first = store.search.search(Query(), None, 3)
    store.search.reindex()
    assert ids(first) + _rest(store, Query(), first.next_cursor) == made[::-1]


def test_a_place_in_one_order_is_no_place_in_another(store: Store) -> None:
    for n in range(3):
        put(store, f"Rye lot {n} weighed {n} tonnes", worth=0.5)
    cursor = store.search.search(Query(), None, 1, order=Order.WORTH).next_cursor
    with pytest.raises(QueryWrong):
        store.search.search(Query(), cursor=cursor)


def test_a_worth_that_changes_changes_the_order(store: Store) -> None:
    low, high = (put(store, f"Lot {n} weighed {n} tonnes", worth=n / 10) for n in (1, 9))
    assert ids(store.search.search(Query(), order=Order.WORTH)) == [high.id, low.id]
    [home] = store.articles.get([low.article_id])
    told(store, home, replace(low, worth=0.95))
    assert ids(store.search.search(Query(), order=Order.WORTH)) == [low.id, high.id]


def test_a_cursor_that_is_not_ours_is_refused(store: Store) -> None:
    for cursor in ("", "x", "W10", "!!!", "bnVsbA"):
        with pytest.raises(QueryWrong):
            store.search.search(Query(), cursor=cursor)


def test_meaning_finds_what_words_do_not_and_says_so(store: Store) -> None:
    by_words = put(store, "Rye weighed 40 tonnes", meaning=vector(0, 1))
    by_both = put(store, "Rye harvest weighed 50 tonnes", meaning=vector(1, 0))
    by_meaning = put(store, "Grain brought in: 60 tonnes", meaning=vector(1, 0.1))
    put(store, "Nothing alike: 70 tonnes", meaning=vector(0, 0, 1))
    found = store.search.search(words("rye"), vector(1, 0))
    assert {hit.claim.id: hit.how for hit in found.hits} == {
        by_both.id: "both",
        by_words.id: "words",
        by_meaning.id: "meaning",
    }
    assert found.hits[0].claim.id == by_both.id
    assert found.total == 2
    strict = store.search.search(words("rye"), vector(1, 0), least_similarity=0.999)
    assert by_meaning.id not in ids(strict)
    assert by_meaning.id not in ids(store.search.search(query(Words("rye", phrase=True)), vector(1, 0)))


def test_filters_hold_for_what_meaning_finds_too(store: Store) -> None:
    put(store, "Grain brought in: 60 tonnes", meaning=vector(1), publisher="Other Paper")
    mine = put(store, "Grain brought in: 61 tonnes", meaning=vector(1))
    found = store.search.search(words("rye", source=("gazette",)), vector(1))
    assert ids(found) == [mine.id]
    found = store.search.search(query(Words("rye"), Not(Words("grain"))), vector(1))
    assert ids(found) == []


def test_vectors_of_another_encoder_are_passed_over(store: Store) -> None:
    one = put(store, "Grain brought in: 60 tonnes", meaning=vector(1))
    assert ids(store.search.search(words("rye"), b"\x00\x3c" * 8)) == []
    assert ids(store.search.search(words("rye"), vector(1))) == [one.id]


def _filtered(store: Store, **fields: object) -> set[str]:
    return set(ids(store.search.search(query(**fields))))


def test_each_field_filters_and_values_of_one_field_are_alternatives(store: Store) -> None:
    anon = (Source("two old millers", SourceKind.ANONYMOUS), Source("Gazette", SourceKind.PUBLISHER, "Gazette"))
    a = put(store, "A made 40 tonnes", subject="Orsel Mills", metric="flour output", sources=anon)
    b = put(store, "B made 50 tonnes", subject="Tarn Bakery", metric="bread output", modality=Modality.FORECAST)
    c = put(store, "C made 60 tonnes", subject="Orsel Farm", publisher="Field Post", qualifiers={"process": "stone"})
    assert _filtered(store, entity=("orsel mill",)) == {a.id}
    assert _filtered(store, entity=("orsel mills", "TARN")) == {a.id, b.id}
    assert _filtered(store, entity=("ors",)) == set()
    assert _filtered(store, metric=("flour outputs",)) == {a.id, c.id}
    assert _filtered(store, metric=("stone",)) == {c.id}
    assert _filtered(store, metric=("output",), entity=("orsel",), source=("field post",)) == {c.id}
    assert _filtered(store, asserter=("old millers",)) == {a.id}
    assert _filtered(store, asserter=("mill gazette",)) == {b.id, c.id}
    assert set(ids(store.search.search(query(Kind(Modality.FORECAST))))) == {b.id}
    assert _filtered(store, status=None) == {a.id, b.id, c.id}


def test_a_range_takes_figures_that_reach_into_it(store: Store) -> None:
    exact = put(store, "One weighed 30 tonnes")
    bound = put(store, "Two weighed 40 tonnes", quantity=Quantity("tonne", low=Decimal(40)))
    wide = put(store, "Three weighed 20 to", quantity=Quantity("tonne", low=Decimal(20), high=Decimal(35)))
    put(store, "Four on 1 May", quantity=Quantity("date", date="2026-05-01"))
    other = put(store, "Five cost 30 crowns", quantity=Quantity("CZK", Decimal(30)))
    assert _filtered(store, unit="tonne", low=Decimal(30)) == {exact.id, bound.id, wide.id}
    assert _filtered(store, unit="tonne", low=Decimal(30), low_open=True) == {bound.id, wide.id}
    assert _filtered(store, unit="tonne", high=Decimal(20)) == {wide.id}
    assert _filtered(store, unit="tonne", high=Decimal(20), high_open=True) == set()
    assert _filtered(store, low=Decimal(30), high=Decimal(30)) == {exact.id, wide.id, other.id}
    assert _filtered(store, unit="CZK") == {other.id}


def test_figures_in_other_units_are_converted(engine: Engine) -> None:
    store = Store(engine, UNITS)
    light = put(store, "One weighed 300 kilograms", quantity=Quantity("kilogram", Decimal(300)))
    heavy = put(store, "Two weighed 2 tonnes")
    assert _filtered(store, unit="tonne", low=Decimal("0.3")) == {light.id, heavy.id}
    assert _filtered(store, unit="kilogram", low=Decimal(300), low_open=True) == {heavy.id}
    assert _filtered(store, unit="kilogram") == {light.id, heavy.id}


def test_days_are_those_of_the_publisher(store: Store) -> None:
    one = put(store, "One weighed 30 tonnes", time=Period(date(2026, 1, 1), date(2026, 3, 31)))
    assert _filtered(store, since=date(2026, 3, 1), until=date(2026, 3, 1)) == {one.id}
    assert _filtered(store, since=date(2026, 3, 2)) == set()
    assert _filtered(store, as_of_since=date(2026, 3, 31)) == {one.id}
    assert _filtered(store, as_of_until=date(2025, 12, 31)) == set()
    other = put(store, "Two weighed 30 tonnes", time=Period(None, date(2020, 1, 1)))
    assert _filtered(store, as_of_until=date(1999, 1, 1)) == {other.id}


def test_counts_are_of_all_matches_not_of_the_page(store: Store) -> None:
    for n in range(5):
        put(store, f"Lot {n} weighed {n} tonnes", publisher="Field Post" if n else "Mill Gazette")
    found = store.search.search(words("lot"), limit=2)
    facets = {facet.name: facet.values for facet in found.facets}
    assert found.total == 5
    assert facets["publisher"] == (("Field Post", 4), ("Mill Gazette", 1))
    assert facets["unit"] == (("tonne", 5),)
    assert set(facets) == {"publisher", "metric", "unit", "modality", "subject"}
    assert store.search.search(words("lot", source=("gazette",))).total == 1


def test_search_follows_what_changes(store: Store, engine: Engine) -> None:
    one = put(store, "Orsel grinds 40 tonnes", meaning=vector(1), subject="Quern")
    other = Store(engine)
    assert ids(other.search.search(words("orsel"))) == [one.id]
    store.claims.set_status(one.id, ClaimStatus.WITHDRAWN)
    assert ids(other.search.search(words("orsel"), vector(1))) == []
    assert ids(other.search.search(words("orsel", status=ClaimStatus.WITHDRAWN))) == [one.id]
    of = store.articles.get([one.article_id])[0]
    told(store, of, replace(one, subject="Tarn"))
    assert ids(other.search.search(words("tarn", status=None))) == [one.id]
    assert ids(other.search.search(words("quern", status=None))) == []
    told(store, of)
    assert ids(other.search.search(query(status=None))) == []
    told(store, of, one)
    assert ids(other.search.search(words("orsel"))) == [one.id]


def test_a_newer_version_leaves_the_old_claims_out(store: Store) -> None:
    old = put(store, "Orsel grinds 40 tonnes")
    of = store.articles.get([old.article_id])[0]
    newer = replace(at(of, 5), id="art-newer", text="Orsel grinds 45 tonnes")
    told(store, newer, claim(newer, "45"))
    assert ids(store.search.search(words("orsel"))) == [claim(newer, "45").id]


def test_reindexing_finds_the_same(store: Store, engine: Engine) -> None:
    for n in range(4):
        put(store, f"Lot {n} weighed {n} tonnes", meaning=vector(1, n))
    before = store.search.search(words("lot"), vector(1))
    other = Store(engine)
    other.search.search(words("lot"), vector(1))
    store.search.reindex()
    assert store.search.search(words("lot"), vector(1)) == before
    assert other.search.search(words("lot"), vector(1)) == before


def test_an_empty_archive_finds_nothing(store: Store) -> None:
    narrow = query(entity=("a",), unit="tonne", low=Decimal(1), since=NOW.date())
    for one in (Query(), words("rye"), narrow):
        found = store.search.search(one, vector(1))
        assert (found.hits, found.total, found.next_cursor) == ((), 0, None)


def test_undated_articles_are_found_by_when_they_arrived(store: Store) -> None:
    one = article("Undated 40 tonnes", published=None, arrived=datetime(2027, 1, 1, tzinfo=UTC))
    told(store, one, claim(one, "40"))
    put(store, "Dated 50 tonnes", hours=HOUR.seconds / 3600)
    assert ids(store.search.search(Query()))[0] == claim(one, "40").id
    assert _filtered(store, since=date(2026, 1, 1)) != {claim(one, "40").id}


def _bars(found: Found, name: str) -> tuple[str, dict[str, int]]:
    [told] = [one for one in found.timelines if one.name == name]
    return told.step, {bar.period.iso(): bar.count for bar in told.bars}


def test_claims_are_counted_by_day_month_or_year_as_far_as_they_reach(store: Store) -> None:
    put(store, "One weighed 30 tonnes", time=Period(date(2026, 3, 1), date(2026, 3, 1)))
    put(store, "Two weighed 40 tonnes", hours=24, time=Period(date(2026, 3, 1), date(2026, 3, 3)))
    put(store, "Three weighed 50 tonnes", hours=24)
    found = store.search.search(Query())
    assert _bars(found, "published") == ("day", {"2026-03-01": 1, "2026-03-02": 2})
    assert _bars(found, "as-of") == ("day", {"2026-03-01": 2, "2026-03-02": 1, "2026-03-03": 1})
    put(store, "Four weighed 60 tonnes", time=Period(date(2025, 11, 1), date(2025, 12, 31)))
    assert _bars(store.search.search(Query()), "as-of") == ("month", {"2025-11": 1, "2025-12": 1, "2026-03": 2})
    put(store, "Five weighed 70 tonnes", time=Period(date(1988, 1, 1), date(1989, 12, 31)))
    assert _bars(store.search.search(Query()), "as-of")[1] == {"1988": 1, "1989": 1, "2025": 1, "2026": 2}


def test_a_claim_without_a_beginning_counts_from_the_first_step_on(store: Store) -> None:
    put(store, "One weighed 30 tonnes", time=Period(None, date(2026, 3, 2)))
    put(store, "Two weighed 30 tonnes", time=Period(date(2026, 3, 1), date(2026, 3, 1)))
    assert _bars(store.search.search(Query()), "as-of") == ("day", {"2026-03-01": 2, "2026-03-02": 1})


@pytest.mark.parametrize("name", DayField)
def test_each_bar_counts_what_asking_for_its_period_finds(store: Store, name: DayField) -> None:
    for n in range(12):
        period = Period(date(2020 + n, 1, 1), date(2020 + n + n % 3, 12, 28 - n)) if n % 4 else None
        put(store, f"Lot {n} weighed {n} tonnes", hours=n * n * 90, time=period)
    found = store.search.search(Query())
    [told] = [one for one in found.timelines if one.name == name]
    assert len(told.bars) > 4
    for bar in told.bars:
        asked = query(Days(name, bar.period.start, bar.period.end))
        assert store.search.search(asked).total == bar.count


def test_words_asked_for_are_marked_in_the_sentence(store: Store) -> None:
    put(store, "Café Orsel grinds 40 tonnes; grinding rye costs little")
    [hit] = store.search.search(words("cafe", "grind")).hits
    assert [hit.claim.evidence.quote[start:end] for start, end in hit.marks] == ["Café", "grinds", "grinding"]
    [hit] = store.search.search(query(Words("grinding rye", phrase=True), Not(Words("oats")))).hits
    assert [hit.claim.evidence.quote[start:end] for start, end in hit.marks] == ["grinding rye"]


def test_what_was_made_ready_and_what_came_since_is_found_by_words_and_by_meaning(store: Store) -> None:
    early = put(store, "Mills ground 40 tonnes of rye.", meaning=vector(1, 0.2))
    store.search.prepare()
    late = put(store, "Mills ground 55 tonnes of oats.", hours=1, meaning=vector(1, 0.3))
    found = store.search.search(words("mills"), vector(1, 0.25))
    assert sorted(ids(found)) == sorted([early.id, late.id])
    assert {hit.how for hit in found.hits} == {"both"}
