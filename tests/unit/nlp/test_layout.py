"""Paragraphs, headings and datelines of a text."""

import spacy

from monitor.nlp.attributes import register
from monitor.nlp.layout import find_dateline, find_headings, find_paragraphs, layout


def test_paragraphs_leave_white_space_out() -> None:
    text = "One.\n\n  Two. \n\n\nThree."
    assert [text[a:b] for a, b in find_paragraphs(text)] == ["One.", "Two.", "Three."]


def test_a_short_paragraph_without_a_full_stop_is_a_heading() -> None:
    text = "Third quarter in brief\n\nMilk sales rose.\n\nThe end"
    paragraphs = find_paragraphs(text)
    assert [text[a:b] for a, b in find_headings(text, paragraphs)] == ["Third quarter in brief"]


def test_a_dateline_names_its_agency() -> None:
    text = "OSLO, May 3 (Fjord Press) - Herring landed."
    line = find_dateline(text, find_paragraphs(text))
    assert line is not None
    assert line.agency == "Fjord Press"
    assert text[line.end :] == "Herring landed."


def test_a_plain_sentence_has_no_dateline() -> None:
    assert find_dateline("Herring was landed - late.", [(0, 26)]) is None


def test_no_sentence_begins_without_an_end_before_it() -> None:
    register()
    doc = spacy.blank("en")("He paid 4 crowns for it. Then\n\nshe left")
    layout(doc)
    assert [token.text for token in doc if token.is_sent_start] == ["He", "she"]
    paid = next(token for token in doc if token.text == "crowns")
    assert paid.is_sent_start is False
