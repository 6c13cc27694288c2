"""The named things of a text that may speak: mentions of the entity list, and names that only the tagger knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from monitor.nlp.attributes import EntitySpan

STATISTICAL = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "NORP": "group"}


@dataclass(frozen=True)
class Named:
    """A mention of a named thing: tokens from `first` to before `stop`."""

    first: int
    stop: int
    name: str
    kind: str


def named_things(doc: Doc, entities: Sequence[EntitySpan], spoken_from: int) -> list[Named]:
    """Mentions of the entity list; where it has none, what the statistical tagger proposes. No dateline speaks."""
    found: list[Named] = []
    taken: set[int] = set()
    for entity in entities:
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if span is not None and not taken & set(range(span.start, span.end)):
            found.append(Named(span.start, span.end, entity.name, entity.kind))
            taken |= set(range(span.start, span.end))
    for ent in doc.ents:
        if ent.label_ in STATISTICAL and not taken & set(range(ent.start, ent.end)):
            found.append(_statistical(ent))
    spoken = (n for n in found if doc[n.first].idx >= spoken_from and not _is_adjective(doc, n))
    return _joined(doc, sorted(spoken, key=lambda n: n.first))


def _joined(doc: Doc, named: list[Named]) -> list[Named]:
    """A first name and the surname that the tagger took for something else, as one person."""
    found: list[Named] = []
    for name in named:
        last = found[-1] if found else None
        if last is not None and last.kind == "person" and last.stop == name.first and name.kind in {"other", "event"}:
            first_name = doc[last.stop - 1]
            if first_name.dep_ == "compound" and name.first <= first_name.head.i < name.stop:
                found[-1] = Named(last.first, name.stop, f"{last.name} {name.name}", "person")
                continue
        found.append(name)
    return found


def _is_adjective(doc: Doc, named: Named) -> bool:
    """ "The Finnish maker": a tagger's name that is only an adjective."""
    return named.stop - named.first == 1 and doc[named.first].pos_ == "ADJ"


def _statistical(ent: Any) -> Named:
    """A mention without its article and possessive."""
    first, stop = ent.start, ent.end
    while first < stop - 1 and ent.doc[first].lower_ in {"the", "a", "an"}:
        first += 1
    while stop - 1 > first and ent.doc[stop - 1].tag_ == "POS":
        stop -= 1
    return Named(first, stop, ent.doc[first:stop].text.removesuffix("'s").removesuffix("’s"), STATISTICAL[ent.label_])
