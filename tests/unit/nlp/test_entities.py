"""Mentions of an article, found on hand-built Docs: no trained model."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from monitor.domain.entity import Entity
from monitor.domain.ids import content_id
from monitor.nlp.attributes import register
from monitor.nlp.entities import find_entities
from monitor.nlp.gazetteer import Gazetteer, read_gazetteer
from monitor.nlp.name_cues import NameCues

MODELS = Path(__file__).resolve().parents[3] / "models"


@pytest.fixture(scope="module")
def nlp() -> Language:
    register()
    return spacy.blank("en")


@pytest.fixture(scope="module")
def cues() -> NameCues:
    return NameCues.read(MODELS / "cues" / "en" / "names.toml")


def tagged(nlp: Language, text: str, **labels: str) -> Doc:
    """A Doc whose entities are the given words with their labels (blanks written as underscores)."""
    doc = nlp(text)
    ents = []
    for words, label in labels.items():
        words = words.replace("_", " ")
        start = text.index(words)
        ents.append(doc.char_span(start, start + len(words), label=label))
    doc.ents = [ent for ent in ents if isinstance(ent, Span)]
    return doc


def names(doc: Doc, gazetteer: Gazetteer, cues: NameCues) -> list[tuple[str, str]]:
    return [(doc.text[e.start : e.end], e.name) for e in find_entities(doc, gazetteer, cues, {})]


def test_the_catalogue_knows_aliases(nlp: Language, cues: NameCues) -> None:
    own = Entity("ent-1", "Brask Dairy", "organisation", ("BD Foods",))
    doc = nlp("Milk from BD Foods is dear.")
    assert names(doc, Gazetteer(nlp, [own]), cues) == [("BD Foods", "Brask Dairy")]


def test_an_acronym_in_brackets_stands_for_the_name_before_it(nlp: Language, cues: NameCues) -> None:
    doc = tagged(nlp, "The Kenya Egg Board (KEBO) spoke. KEBO was late.", Kenya_Egg_Board="ORG", KEBO="ORG")
    found = dict(names(doc, Gazetteer(nlp, []), cues))
    assert found["KEBO"] == "Kenya Egg Board"


def test_a_possessive_is_cut_off(nlp: Language, cues: NameCues) -> None:
    doc = tagged(nlp, "We met Norway's Egg Board there.", Norway="GPE")
    doc.ents = [Span(doc, 2, 6, label="ORG")]
    assert [text for text, _ in names(doc, Gazetteer(nlp, []), cues)] == ["Norway", "Egg Board"]


def test_a_designation_is_a_product_of_its_owner(nlp: Language, cues: NameCues) -> None:
    doc = tagged(nlp, "It runs on Orlan Works's K7 engine.", Orlan_Works="ORG")
    found = find_entities(doc, Gazetteer(nlp, []), cues, {})
    assert [(e.name, e.kind) for e in found][-1] == ("Orlan Works K7", "product")


def test_ids_come_from_the_canonical_name(nlp: Language, cues: NameCues) -> None:
    doc = tagged(nlp, "He met Orlan Works there.", Orlan_Works="ORG")
    assert find_entities(doc, Gazetteer(nlp, []), cues, {})[0].entity_id == content_id("ent", "orlan works")


def test_the_gazetteer_holds_hundreds_of_names_of_many_kinds() -> None:
    entities = list(read_gazetteer(MODELS / "gazetteer"))
    assert len(entities) > 500
    assert {"organisation", "place", "chip", "model", "product", "publisher"} <= {entity.kind for entity in entities}
    assert all(entity.name and all(entity.aliases) for entity in entities)
