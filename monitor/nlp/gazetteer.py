"""The catalogue of known names: files of models/gazetteer and the names of config.toml, ready to be matched."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from monitor.domain.entity import Entity
from monitor.domain.ids import content_id


def entity_id(name: str) -> str:
    """The id of a canonical name, whatever its kind."""
    return content_id("ent", name.lower())


def read_gazetteer(folder: Path) -> Iterator[Entity]:
    """Every entity of the TOML files of a folder, in the order of file names.

    Adjectives ("Argentine") are aliases of their place.
    """
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, aliases in data["names"].items():
            yield Entity(entity_id(name), name, data["kind"], tuple(aliases), "gazetteer")


@dataclass(frozen=True)
class Known:
    """A match of a known name: tokens `start` to `end` of the Doc."""

    start: int
    end: int
    entity: Entity


class Gazetteer:
    """Finds known names in a Doc. Later entities (one's own) win over earlier ones with the same surface."""

    def __init__(self, nlp: Language, entities: Iterable[Entity]) -> None:
        self._by_surface: dict[str, Entity] = {}
        for entity in entities:
            for surface in (entity.name, *entity.aliases):
                self._by_surface[surface] = entity
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._by_words: dict[tuple[str, ...], Entity] = {}
        for surface, entity in self._by_surface.items():
            words = nlp.make_doc(surface)
            self._by_words[tuple(token.text for token in words)] = entity
            self._matcher.add("name", [words])

    @property
    def surfaces(self) -> Mapping[str, Entity]:
        """Each surface form and the entity it stands for."""
        return self._by_surface

    def find(self, doc: Doc) -> list[Known]:
        """The longest matches, left to right. A word that is also a common noun must be tagged as a name here."""
        spans = [Span(doc, start, end) for _, start, end in self._matcher(doc)]
        found: list[Known] = []
        taken = -1
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start < taken or not _is_name(span):
                continue
            taken = span.end
            found.append(Known(span.start, span.end, self._by_words[tuple(token.text for token in span)]))
        return found

    def get(self, surface: str) -> Entity | None:
        """The entity with exactly this surface form."""
        return self._by_surface.get(surface)


def _is_name(span: Span) -> bool:
    token = span[0]
    if len(span) > 1 or not token.text.istitle():
        return True
    if token.pos_ in {"PROPN", "ADJ"} or token.ent_type_:
        return bool(token.ent_type_ != "DATE")
    return False
