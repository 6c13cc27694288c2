"""Whole claims from sentences of many fields. They need the packaged language model, loaded once."""

import pytest
from readings import PUBLISHED, Read, claim

from monitor.domain.article import Article
from monitor.nlp.claims import Reader

SENTENCES = [
    ("Brask Dairy employs 1,200 people in Denmark.", "1,200", "Brask Dairy", "employees"),
    ("Brask Dairy's net profit was 40 million euros in 2025.", "40 million", "Brask Dairy", "net profit"),
    ("Shares in Brask Dairy fell 4.2 percent on Monday.", "4.2", "Brask Dairy", "share price change"),
    ("Hungarian consumer prices rose 3.9 percent year-on-year in April.", "3.9", "Hungary", "price inflation"),
    ("Orlan Semiconductor put the yield of its A9 chip at 61 percent.", "61", "A9", "yield"),
    ("A ferry sank off Bohol in the Philippines on Sunday, killing at least 31 people.", "31", "", "people killed"),
    ("Norrland Biologics said its vaccine cost about $4.", "$4", "Norrland Biologics", "cost"),
    ("The Dutch wheat crop will reach 1.1 million tonnes, the Grain Board said.", "1.1", "Netherlands", "production"),
]


@pytest.mark.parametrize(("text", "span", "subject", "metric"), SENTENCES)
def test_a_figure_finds_its_subject_and_metric(read: Read, text: str, span: str, subject: str, metric: str) -> None:
    found = claim(read(text), span)
    assert subject in found.subject
    assert metric in found.metric


METRICS = [
    ("Measles cases rose to 1,930 in the first half, from 410 a year earlier.", "410", "measles cases"),
    ("About 1,400 homes were without power on Monday, the grid operator said.", "1,400", "homes without power"),
    ("Some 5,500 people lost their homes, the aid group Open Hands said.", "5,500", "people who lost homes"),
    ("The number of people whose tax number was stolen rose to 46,000.", "46,000", "people whose tax number was stolen"),
    ("The company used 2,600 graphics chips for 74 days.", "2,600", "graphics chips used"),
    ("The tablet was tested in a trial with 4,200 children.", "4,200", "children in trial"),
    ("The strike lasted 11 days.", "11 days", "strike duration"),
    ("The flood forced the town to close its bridges for four days.", "four days", "duration of closing bridges"),
    ("Farmers planted barley on 2.1 million hectares.", "2.1 million", "barley"),
    ("Frost damaged 40,000 hectares.", "40,000", "area damaged"),
    ("The school in Elmstadt is to reopen on 16 June.", "16 June", "school reopening date"),
    ("Construction of the bridge cost 1.9 billion pounds.", "1.9 billion", "construction cost"),
    ("A report put the share of working pumps from its oldest plant at 38 percent.", "38", "share of working pumps"),
    ("Admissions fell by 4 percent and revenue by 2 percent.", "2 percent", "revenue change"),
    ("The wage bill rose to 140 million pounds, or 68 percent of revenue.", "68", "wage bill as share of revenue"),
    ("About one in six car loans will have to be repaid by June.", "one in six", "share of car loans repaid"),
    ("A survey found lead pipes in 11 percent of old houses.", "11", "share of old houses with lead pipes"),
    ("The reservoir is 96 percent full.", "96", "reservoir full"),
    ("Turnout is 61 percent; the target is 70 percent.", "70", "turnout target"),
    ("The storm cut off 1,400 homes. Engineers had reconnected 800 of them by evening.", "800", "homes reconnected"),
    ("Food prices by themselves were up by 3.8 percent.", "3.8", "food price inflation"),
    ("The clinic has restored 240 of its 310 servers.", "240", "servers restored"),
    (
        "Defence spending will rise to 2.4 percent of national income.",
        "2.4",
        "defence spending as share of national income",
    ),
    ("The dam, which is 140 metres high, holds back the river.", "140", "dam height"),
    ("A glacier lost 12 metres of ice in a year.", "12", "ice lost"),
    ("One in three households owns a dog.", "One in three", "share of households"),
    ("The bill could value the unit at 700 million euros.", "700 million", "valuation"),
]


@pytest.mark.parametrize(("text", "span", "metric"), METRICS)
def test_the_clause_says_what_a_figure_is_of(read: Read, text: str, span: str, metric: str) -> None:
    assert metric in claim(read(text), span).metric


def test_the_day_of_another_figure_is_no_figure(read: Read) -> None:
    reading = read("Economists had expected inflation of 2.6 percent in February.")
    assert [c.quantity.unit for c in reading.claims] == ["percent"]


def test_a_heading_that_counts_its_topics_claims_nothing(read: Read) -> None:
    reading = read("The plant made 40 boats in 2025, it said.\n\nTwo boats, one yard\n\nIt plans to make 60 this year.")
    assert "Two boats" not in [c.evidence.span for c in reading.claims]


TEXT = (
    "Brask Dairy sold 2.5 million litres of oat milk in 2025, up 7 percent from a year earlier.\n\n"
    "The company expects to sell 3 million litres this year. It employs 1,200 people, chief executive Ida Holm said."
)


def test_evidence_is_always_the_texts_own_characters(read: Read) -> None:
    title = "Brask sells 2.5 million litres"
    reading = read(TEXT, title)
    assert reading.claims
    for found in reading.claims:
        evidence = found.evidence
        text = title if evidence.where == "title" else TEXT
        assert text[evidence.start : evidence.end] == evidence.quote
        assert text[evidence.span_start : evidence.span_end] == evidence.span
        assert evidence.start <= evidence.span_start < evidence.span_end <= evidence.end


def test_pronouns_and_the_company_mean_the_company(read: Read) -> None:
    reading = read(TEXT)
    assert claim(reading, "3 million").subject == "Brask Dairy"
    assert claim(reading, "1,200").subject == "Brask Dairy"


def test_a_title_resolves_to_the_full_name_of_the_body(read: Read) -> None:
    found = claim(read(TEXT, "Brask sells 2.5 million litres"), "2.5", "title")
    assert found.subject == "Brask Dairy"
    assert found.time is not None
    assert found.time.iso() == "2025"


def test_where_the_text_names_no_time_it_is_the_day_of_publication(read: Read) -> None:
    found = claim(read("Brask Dairy employs 1,200 people."), "1,200")
    assert found.time is not None
    assert (found.time.iso(), found.time_text) == ("2027-05-12", "")


def test_the_publisher_ends_every_chain(read: Read) -> None:
    for found in read(TEXT).claims:
        assert found.sources[-1].name == "North Ledger"


def test_wire_copy_names_its_agency_before_the_publisher(read: Read) -> None:
    found = claim(read("OSLO, May 12 (Fjord Press) - Brask Dairy employs 1,200 people."), "1,200")
    assert [source.name for source in found.sources] == ["Fjord Press", "North Ledger"]


def test_a_press_release_speaks_for_its_issuer(read: Read) -> None:
    found = claim(read("Brask Dairy A/S employs 1,200 people.", author="Brask Dairy A/S"), "1,200")
    assert found.sources[0].name == "Brask Dairy"


def test_a_date_of_comparison_does_not_date_the_figure(read: Read) -> None:
    found = claim(read("Cargo at Mombasa port rose to 41 million tonnes, from 36 million tonnes in 2024."), "41")
    assert found.time is not None
    assert found.time.iso() == "2027-05-12"


def test_a_denied_deed_is_a_claim_without_a_figure(read: Read) -> None:
    reading = read("Brask Dairy was hacked in April. No ransom was paid, Brask Dairy said.")
    found = next(c for c in reading.claims if c.quantity.is_empty)
    assert found.evidence.span == "No ransom was paid"
    assert found.modality == "denied"


def test_reading_is_the_same_alone_and_in_a_batch(reader: Reader) -> None:
    articles = [
        Article(f"art-{i}", f"https://n.example/{i}", f"https://n.example/{i}", "", text, "P", PUBLISHED, PUBLISHED)
        for i, text in enumerate([TEXT, SENTENCES[0][0], SENTENCES[5][0]])
    ]
    assert reader.read(articles) == [reader.read([article])[0] for article in articles]


def test_an_article_without_words_has_no_claims(read: Read) -> None:
    assert read("", "").claims == ()


NO_CLAIMS = [
    ("Tests by maker\n1. Hansen Works: 38.6%\n2. Dromore Lamps: 31.2%", ["38.6%", "31.2%"]),
    ("Places by rent\n1) Torv: 9 euros\n2) Baskow: 7 euros", ["9 euros", "7 euros"]),
    ("By Lena Hart\nPublished 3 hours ago · 5 min read · 214 comments\n\nOutput rose 4 percent.", ["4 percent"]),
    (
        "Output rose 4 percent.\n\nRelated: 2,300-acre fire contained\n\nMost read: 1. Fire 2. Rail: 5 questions",
        ["4 percent"],
    ),
    ("Output rose 4 percent.\n\nPublication: Sorel M. et al., Annals of Ice 71, 402–419 (2026).", ["4 percent"]),
    ("Herring north of 62 degrees is scarce. The catch fell 4 percent.", ["4 percent"]),
    ("The rotor must be forged again, said two members of the staff. Output rose 4 percent.", ["4 percent"]),
]


@pytest.mark.parametrize(("text", "spans"), NO_CLAIMS)
def test_marks_of_lists_and_pages_and_counts_of_sources_are_no_claims(read: Read, text: str, spans: list[str]) -> None:
    assert [one.evidence.span for one in read(text).claims if one.evidence.span != "twice"] == spans


@pytest.mark.parametrize(
    ("text", "printed", "converted", "units"),
    [
        (
            "Brisk Energy said its pipeline near Tarn cost 1.2 billion yuan (roughly $180 million) to build.",
            "1.2 billion yuan",
            "roughly $180 million",
            ("CNY", "USD"),
        ),
        (
            "Brask Dairy paid 40 million euros ($44 million) for the plant.",
            "40 million euros",
            "$44 million",
            ("EUR", "USD"),
        ),
    ],
)
def test_a_sum_and_its_conversion_are_two_readings_of_one_figure(
    read: Read, text: str, printed: str, converted: str, units: tuple[str, str]
) -> None:
    found = read(text)
    one, other = claim(found, printed), claim(found, converted)
    assert (one.quantity.unit, other.quantity.unit) == units
    assert (one.same_as, other.same_as) == ((other.id,), (one.id,))
    assert (one.subject, one.metric) == (other.subject, other.metric)
