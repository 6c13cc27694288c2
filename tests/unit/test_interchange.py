"""Lines of the interchange format: exact on the way out, strict on the way in."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.article import Article
from monitor.domain.claim import Claim, ClaimStatus, Modality, Polarity
from monitor.domain.dispute import DisputeState
from monitor.domain.entity import Entity
from monitor.domain.entry import Entry
from monitor.domain.evidence import Evidence, Where
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.relation import Relation, RelationKind
from monitor.domain.source import Source, SourceKind
from monitor.errors import RecordWrong
from monitor.interchange import (
    article_from_line,
    article_line,
    claim_from_line,
    claim_line,
    entity_line,
    entry_line,
    relation_line,
)
from monitor.interchange.read import written_step
from monitor.interchange.write import plain_number

QUOTE = "Orrin Glass sold roughly 20 tonnes of lenses in May, dealers said."
SPAN = QUOTE.index("roughly")
ARTICLE = Article(
    id="art-a",
    url="https://post.example/orrin?utm_source=x",
    canonical_url="https://post.example/orrin",
    title="Orrin sells lenses",
    text=QUOTE,
    publisher="Example Post",
    published=datetime(2026, 6, 2, 9, tzinfo=timezone(timedelta(hours=1))),
    arrived=datetime(2026, 6, 2, 12, tzinfo=UTC),
    origin_id="org-a",
)
CLAIM = Claim(
    id="clm-a",
    article_id="art-a",
    evidence=Evidence(Where.BODY, QUOTE, 0, len(QUOTE), "roughly 20 tonnes", SPAN, SPAN + 17),
    subject="Orrin Glass",
    metric="lens sales",
    quantity=Quantity("tonne", Decimal("2E+1"), approximation=Approximation.ABOUT, step=Decimal(10)),
    sources=(
        Source("dealers", SourceKind.ANONYMOUS),
        Source("Example Post", SourceKind.PUBLISHER, "Example Post"),
    ),
    qualifiers={"product": "lenses"},
    time=Period.parse("2026-05"),
    time_text="in May",
    modality=Modality.REPORTED,
    confidence=0.9,
    worth=0.62,
    question_id="q-a",
)


def test_a_claim_is_written_with_the_keys_in_their_order() -> None:
    assert list(json.loads(claim_line(CLAIM, ARTICLE))) == [
        "id", "article", "where", "status", "quote", "start", "end", "span", "span_start", "span_end", "subject",
        "metric", "qualifiers", "value", "unit", "approximation", "time", "time_text", "modality", "polarity",
        "source_chain", "origin", "question", "confidence", "worth",
    ]  # fmt: skip


def test_a_claim_reads_as_the_page_shows_it() -> None:
    written = claim_line(CLAIM, ARTICLE)
    assert '"value": 20, "unit": "tonne"' in written
    assert '"confidence": 0.90, "worth": 0.62}' in written
    assert '"time": "2026-05", "time_text": "in May"' in written
    assert '{"name": null, "label": "dealers", "kind": "anonymous"}' in written
    assert '{"name": "Example Post", "kind": "publisher"}' in written
    assert '"published": "2026-06-02T09:00:00+01:00"' in written


def test_a_range_a_bound_and_a_date_have_no_value_too_many() -> None:
    def figure(quantity: Quantity) -> dict[str, object]:
        line = json.loads(claim_line(replace(CLAIM, quantity=quantity), ARTICLE))
        return {key: line[key] for key in ("value", "low", "high", "direction") if key in line}

    assert figure(Quantity("percent", low=Decimal("18.50"), high=Decimal(25))) == {"low": 18.5, "high": 25}
    assert figure(Quantity("count:lens", low=Decimal(10000))) == {"low": 10000}
    assert figure(Quantity("date", date="2026-09")) == {"value": "2026-09"}
    assert figure(Quantity("percent", Decimal(3), direction=Direction.UP)) == {"value": 3, "direction": "up"}


def test_a_given_id_goes_out_in_place_of_ours() -> None:
    theirs = replace(ARTICLE, given_id="their-7")
    assert json.loads(article_line(theirs))["id"] == "their-7"
    assert json.loads(claim_line(CLAIM, theirs))["article"]["id"] == "their-7"


def test_an_article_survives_the_round_trip_unchanged() -> None:
    text = "Zwölf — “Linsen”\u2028\x85 \U0001f600\n\n* 3 %\ttab"
    line = article_line(replace(ARTICLE, text=text))
    assert len(line.splitlines()) == 1
    record = article_from_line(line)
    assert (record.text, record.published, record.title) == (text, ARTICLE.published, ARTICLE.title)


def test_entries_entities_and_relations_have_the_keys_of_the_page() -> None:
    entry = Entry("entry-a", "feed-a", "https://post.example/feed", None, "https://post.example/orrin", "Orrin")
    assert entry_line(entry, None) == (
        '{"feed": "https://post.example/feed", "id": null, "url": "https://post.example/orrin", "title": "Orrin", '
        '"published": null, "updated": null, "enclosures": [], "summary": "", "article": null}'
    )
    entity = Entity("ent-a", "Orrin Glass", "organisation", ("Orrin", "OG plc"), mentions=4)
    assert entity_line(entity) == (
        '{"id": "ent-a", "name": "Orrin Glass", "kind": "organisation", "aliases": ["OG plc", "Orrin"], "mentions": 4}'
    )
    relation = Relation("clm-a", "clm-b", RelationKind.CONTRADICTS, 0.971, "They do not meet.", "q-a")
    assert relation_line(relation, DisputeState.OPEN) == (
        '{"a": "clm-a", "b": "clm-b", "relation": "contradicts", "score": 0.97, "question": "q-a", '
        '"reason": "They do not meet.", "status": "open"}'
    )
    assert '"status"' not in relation_line(relation, None)


@pytest.mark.parametrize(
    ("value", "written"),
    [("2E+1", "20"), ("20.0", "20"), ("0.50", "0.5"), ("1E-7", "0.0000001"), ("-0.0", "0"), ("1200000", "1200000")],
)
def test_numbers_are_plain(value: str, written: str) -> None:
    assert plain_number(Decimal(value)) == written


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_written_number_is_the_number(value: Decimal) -> None:
    assert Decimal(plain_number(value)) == value


def test_a_claim_survives_the_round_trip() -> None:
    claim, article = claim_from_line(claim_line(CLAIM, ARTICLE))
    assert claim == replace(CLAIM, article_id=article.id, question_id=None)
    assert (article.origin_id, article.publisher) == ("org-a", "Example Post")


def test_a_corrected_claim_names_the_claim_that_puts_it_right() -> None:
    assert "corrected_by" not in json.loads(claim_line(CLAIM, ARTICLE))
    line = claim_line(replace(CLAIM, status=ClaimStatus.CORRECTED, corrected_by="clm-new"), ARTICLE)
    assert (json.loads(line)["status"], json.loads(line)["corrected_by"]) == ("corrected", "clm-new")
    claim, _ = claim_from_line(line)
    assert (claim.status, claim.corrected_by) == (ClaimStatus.CORRECTED, "clm-new")


def test_a_claim_that_nobody_weighed_has_no_worth_and_a_gold_set_says_instead_whether_it_is_asked_for() -> None:
    bare = claim_line(replace(CLAIM, worth=None), ARTICLE)
    assert "worth" not in json.loads(bare)
    for worth, read in ((True, None), (False, None), (0, 0.0), (7, 1.0)):
        assert claim_from_line(json.dumps(json.loads(bare) | {"worth": worth}))[0].worth == read


def test_a_bare_denial_has_no_unit_and_is_read_all_the_same() -> None:
    denial = replace(CLAIM, quantity=Quantity(""), polarity=Polarity.NEGATED, modality=Modality.DENIED)
    claim, article = claim_from_line(claim_line(denial, ARTICLE))
    assert claim == replace(denial, article_id=article.id, question_id=None)


def test_a_figure_without_a_unit_is_refused_and_so_is_what_neither_denies_nor_counts() -> None:
    line = json.loads(claim_line(CLAIM, ARTICLE)) | {"unit": ""}
    with pytest.raises(RecordWrong, match="unit"):
        claim_from_line(json.dumps(line | {"polarity": "negated"}))
    del line["value"]
    with pytest.raises(RecordWrong, match="unit"):
        claim_from_line(json.dumps(line))


@pytest.mark.parametrize(
    ("span", "value", "step"),
    [
        ("41.5 percent", "41.5", "0.1"),
        ("about 50,000", "50000", "10000"),
        ("$1.28 billion", "1280000000", "10000000"),
        ("six hospitals", "6", "0"),
        ("3 per cent", "3", "1"),
        ("two million", "2000000", "1000000"),
    ],
)
def test_the_worth_of_the_last_digit_is_read_from_the_span(span: str, value: str, step: str) -> None:
    assert written_step(span, Decimal(value)) == Decimal(step)


BAD = {
    "no JSON": "{",
    "no object": "[1]",
    "no address": '{"text": "x"}',
    "a file": '{"url": "file:///etc/passwd", "text": "x"}',
    "no text": '{"url": "https://a.example/1"}',
    "both": '{"url": "https://a.example/1", "text": "x", "html": "<p>x"}',
    "blank text": '{"url": "https://a.example/1", "text": "  \\n"}',
    "text is a list": '{"url": "https://a.example/1", "text": ["x"]}',
    "text is a number": '{"url": "https://a.example/1", "text": 5}',
    "a NUL": '{"url": "https://a.example/1", "text": "a\\u0000b"}',
    "half a surrogate": '{"url": "https://a.example/1", "text": "a\\ud800b"}',
    "no time": '{"url": "https://a.example/1", "text": "x", "published": "last week"}',
    "outside of the calendar": '{"url": "https://a.example/1", "text": "x", "published": "0001-01-01T00:00:00+14:00"}',
    "huge id": json.dumps({"url": "https://a.example/1", "text": "x", "id": "i" * 20_000}),
    "nested": '{"url": ' + "[" * 100_000,
    "not a number": '{"url": "https://a.example/1", "text": "x", "extra": NaN}',
    "endless number": '{"url": "https://a.example/1", "text": "x", "extra": ' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("line", BAD.values(), ids=BAD.keys())
def test_a_hostile_line_is_refused_with_its_number_and_a_mend(line: str) -> None:
    with pytest.raises(RecordWrong) as caught:
        article_from_line(line, 17)
    assert "ine 17" in caught.value.what
    assert caught.value.why
    assert caught.value.mend


def test_unknown_keys_are_ignored() -> None:
    record = article_from_line('{"url": "https://a.example/1", "text": "x", "mood": {"deep": [1, 2.5]}}')
    assert (record.text, record.given_id, record.published) == ("x", None, None)


def test_a_time_without_offset_is_utc() -> None:
    record = article_from_line('{"url": "https://a.example/1", "text": "x", "published": "2026-05-01T08:00:00Z"}')
    assert record.published == datetime(2026, 5, 1, 8, tzinfo=UTC)


def test_a_claim_whose_span_is_not_in_its_quote_is_refused() -> None:
    line = json.loads(claim_line(CLAIM, ARTICLE)) | {"span_start": 3}
    with pytest.raises(RecordWrong, match="does not stand in the quote"):
        claim_from_line(json.dumps(line))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda deep: st.lists(deep, max_size=3)))
def test_any_value_of_any_key_is_read_or_refused(value: object) -> None:
    for key in ("url", "title", "text", "published", "id", "language", "publisher"):
        fields = {"url": "https://a.example/1", "text": "x"} | {key: value}
        try:
            article_from_line(json.dumps(fields))
        except RecordWrong:
            continue
