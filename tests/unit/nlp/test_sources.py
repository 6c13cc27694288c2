"""Who says what: quoted and reported speech of invented news."""

from pathlib import Path

from parses import parsed

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.attributes import Attribution, EntitySpan
from monitor.nlp.sources import attribution_at, find_attributions, read_cues

CUES = read_cues((Path(__file__).parents[3] / "models/cues/en/sources.toml").read_text(encoding="utf-8"))


def around(text: str, figure: str, publisher: str = "Valley Mirror") -> Attribution | None:
    """The attribution that holds at a figure."""
    doc = parsed(text)
    start = text.index(figure)
    return attribution_at(find_attributions(doc, publisher, [], CUES), start, start + len(figure))


def chain(text: str, figure: str, publisher: str = "Valley Mirror") -> list[str | None]:
    """Names of the chain at a figure, labels in brackets where nobody is named."""
    found = around(text, figure, publisher)
    return [link.name or f"[{link.label}]" for link in found.chain] if found else []


def nearest(text: str, figure: str) -> Source:
    found = around(text, figure)
    assert found is not None, "nobody says it"
    return found.chain[0]


def test_a_clause_after_said_is_the_speakers() -> None:
    assert chain("Marta Quill said that the bridge had cost 14 million euros.", "14 million") == ["Marta Quill"]


def test_a_speaker_may_follow_or_interrupt() -> None:
    assert chain("The clinic treated 312 patients in May, Dr Lena Osei said.", "312") == ["Lena Osei"]
    assert chain('"We lost 40 hives in one night," said Tom Rusk, who keeps bees near Arlen.', "40 hives") == ["Tom Rusk"]
    text = "The reservoir, Ada Brandt said on Monday, was 38 percent full, down from 51 percent a year ago."
    assert chain(text, "38 percent") == ["Ada Brandt"]
    assert chain(text, "51 percent") == ["Ada Brandt"]


def test_what_the_sentence_says_beside_the_content_is_not_the_speakers() -> None:
    text = "Norvik Shipping, which has 60 vessels, said that freight rates rose 9 percent."
    assert chain(text, "9 percent") == ["Norvik Shipping"]
    assert chain(text, "60 vessels") == []


def test_according_to_names_the_source_of_its_sentence() -> None:
    text = "Apple growers lost 22 percent of the crop to hail, according to the agriculture ministry."
    assert chain(text, "22 percent") == ["agriculture ministry"]
    assert nearest(text, "22 percent").kind is SourceKind.GOVERNMENT


def test_a_but_after_the_attribution_is_the_publishers() -> None:
    text = "The tunnel cost 3 billion crowns, according to Helga Strand, but the first tender was 1 billion crowns."
    assert chain(text, "3 billion") == ["Helga Strand"]
    assert chain(text, "1 billion") == []


def test_documents_say_what_their_owner_wrote() -> None:
    text = "The coroner's report puts the number of dead at 17."
    assert [link.kind for link in around(text, "17").chain][-1] is SourceKind.DOCUMENT  # type: ignore[union-attr]
    assert chain("Data from the port authority show that 4,100 ships called last year.", "4,100") == ["port authority"]


def test_a_leaked_document_is_hearsay() -> None:
    found = around("An internal memo seen by the Mirror says the mill lost 9 million pounds.", "9 million")
    assert found is not None
    assert found.modality is Modality.REPORTED
    assert [link.kind for link in found.chain] == [SourceKind.DOCUMENT]


def test_unnamed_people_keep_their_wording_and_have_no_name() -> None:
    found = around("The group will shut 12 stores, two people familiar with the plan said.", "12 stores")
    assert found is not None
    assert found.chain == (Source("two people familiar with the plan", SourceKind.ANONYMOUS),)
    assert found.modality is Modality.REPORTED


def test_whom_they_told_is_kept_and_another_medium_is_the_next_link() -> None:
    text = "Industry sources told the Harbour Times that the yard had sold 3 ferries."
    found = around(text, "3 ferries")
    assert found is not None
    assert found.chain[0].kind is SourceKind.ANONYMOUS
    assert found.chain[0].told is not None
    assert "Harbour Times" in found.chain[0].told
    assert len(found.chain) == 2
    assert "Harbour Times" in (found.chain[1].name or "")


def test_the_publisher_that_was_told_is_no_link_of_its_own() -> None:
    text = "A night nurse told the Valley Mirror that 6 wards were closed."
    assert chain(text, "6 wards") == ["[A night nurse]"]


def test_an_unnamed_spokesman_speaks_for_his_house() -> None:
    source = nearest("A spokeswoman for Norvik Shipping said 300 jobs were safe.", "300 jobs")
    assert (source.name, source.label) == ("Norvik Shipping", "A spokeswoman for Norvik Shipping")


def test_a_title_is_no_part_of_the_name() -> None:
    source = nearest("Finance Director Oskar Lind said debt had fallen to 80 million euros.", "80 million")
    assert (source.name, source.kind) == ("Oskar Lind", SourceKind.PERSON)


def test_surnames_and_pronouns_mean_who_spoke_before() -> None:
    text = (
        "Ingrid Solberg said the glacier had lost 30 metres. Solberg expects another 12 metres by June. "
        "She said 4 huts would have to move."
    )
    assert chain(text, "30 metres") == chain(text, "12 metres") == chain(text, "4 huts") == ["Ingrid Solberg"]


def test_a_role_noun_means_the_organisation_named_before() -> None:
    text = "The Ministry of Fisheries closed the bay on Friday. The ministry said 70 tonnes of cod had died."
    assert "Ministry of Fisheries" in (nearest(text, "70 tonnes").name or "")


def test_what_is_reported_inside_a_report_names_the_inner_speaker_first() -> None:
    text = "Ada Brandt said that, according to the police, 19 cars were burnt."
    names = chain(text, "19 cars")
    assert names == ["police", "Ada Brandt"]


def test_one_who_cites_another_comes_second() -> None:
    text = "The dam holds 5 million cubic metres, an official said, citing Norvik Shipping."
    assert chain(text, "5 million") == ["Norvik Shipping", "[an official]"]


def test_a_quotation_without_a_speaker_goes_on_with_the_last_one() -> None:
    text = '"The roof is gone," said Tom Rusk. "It will take 8 weeks to mend."'
    assert chain(text, "8 weeks") == ["Tom Rusk"]


def test_a_quotation_over_two_paragraphs_has_one_speaker() -> None:
    text = 'Lena Osei said: "The first wave brought 90 patients.\n\n"The second brought 200," she said.'
    assert chain(text, "90 patients") == ["Lena Osei"]
    assert chain(text, "200") == ["Lena Osei"]


def test_a_sentence_that_plainly_goes_on_keeps_the_source() -> None:
    text = "The fire burnt 40 hectares, the forest service said. Some 25 barns were destroyed."
    assert chain(text, "25 barns") == chain(text, "40 hectares") != []


def test_a_sentence_about_somebody_else_does_not() -> None:
    text = "The fire burnt 40 hectares, the forest service said. But shares of Norvik Shipping rose 3 percent."
    assert chain(text, "3 percent") == []


def test_a_press_release_is_its_issuers_word_throughout() -> None:
    text = (
        "Norvik Shipping today announced results for the year.\n\n"
        "Fuel use fell 7 percent.\n\nAbout Norvik Shipping: a carrier of timber. Media contact: press office."
    )
    assert chain(text, "7 percent") == ["Norvik Shipping"]


def test_a_denied_or_unspoken_statement_is_nobodys() -> None:
    assert chain("The mayor did not say that the pool had cost 2 million.", "2 million") == []


def test_nothing_that_cannot_speak_is_a_source() -> None:
    assert chain("The storm claimed 11 lives on the coast.", "11 lives") == []
    assert chain("Rents rose 6 percent in Arlen.", "6 percent") == []


def test_given_entities_name_the_source_canonically() -> None:
    text = "Norvik said rates rose 9 percent."
    entity = EntitySpan(0, 6, "e1", "Norvik Shipping", "organisation", known=True)
    found = find_attributions(parsed(text), "Valley Mirror", [entity], CUES)
    assert found[0].chain == (Source("Norvik", SourceKind.COMPANY, "Norvik Shipping"),)


def test_regions_are_exact_text_and_ordered() -> None:
    text = '"We lost 40 hives in one night," said Tom Rusk, who keeps bees near Arlen.'
    found = find_attributions(parsed(text), "Valley Mirror", [], CUES)
    assert [text[a.start : a.end] for a in found] == ['"We lost 40 hives in one night,"']
    assert [text[a.cue_start : a.cue_end] for a in found] == ["said"]


def headline(text: str) -> list[str]:
    doc = parsed(text)
    doc._.where = "title"
    found = find_attributions(doc, "Valley Mirror", [], CUES)
    return [f"{link.name or link.label}: {text[a.start : a.end]}" for a in found for link in a.chain]


def test_a_headline_sets_its_source_off_with_a_colon_or_dash() -> None:
    assert headline("Floods cost farmers 40 million euros: ministry") == [
        "ministry: Floods cost farmers 40 million euros"
    ]
    assert headline("Norvik Shipping: 300 jobs are safe until spring") == [
        "Norvik Shipping: 300 jobs are safe until spring"
    ]
    assert headline("Storm Edna: 12 villages without power") == []


def test_whoever_forecast_before_puts_the_figure_where_it_is_put() -> None:
    text = "The exchange raised its barley forecast to 9 million tonnes.\n\nThe yield is now put at 5 tonnes per hectare."
    found = around(text, "5 tonnes")
    assert found is not None
    assert found.chain[0].name == "exchange"
    assert found.modality is Modality.FORECAST


def test_one_that_shows_a_document_speaks_through_it() -> None:
    text = "Oskar Lind showed a chart that said debt was 80 million euros."
    assert chain(text, "80 million") == ["Oskar Lind"]


def test_a_trade_magazine_is_a_medium_and_what_it_reports_hearsay() -> None:
    text = "Ironworks, a trade magazine, reported on Tuesday that the furnace had run 90 days."
    found = around(text, "90 days")
    assert found is not None
    assert (found.chain[0].kind, found.modality) == (SourceKind.MEDIA, Modality.REPORTED)


def test_putting_money_into_something_reports_nothing() -> None:
    assert chain("Norvik Shipping put 5 million euros into a new quay.", "5 million") == []
    assert chain("Norvik Shipping put the damage at 5 million euros.", "5 million") == ["Norvik Shipping"]
