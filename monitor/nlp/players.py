"""Named things of an article, and where in its parse they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan

SETTINGS = frozenset({"place", "group"})


@dataclass(frozen=True)
class Player:
    """A thing that figures can be of."""

    name: str
    kind: str
    entity_id: str

    @staticmethod
    def of(entity: EntitySpan) -> "Player":
        """The thing that a mention names."""
        return Player(entity.name, entity.kind, entity.entity_id)


def token_at(doc: Doc, mention: EntitySpan) -> Token | None:
    """The head of a mention; None where its offsets meet no token."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None else None


def within(mentions: Sequence[EntitySpan], start: int, end: int) -> list[EntitySpan]:
    """Mentions inside a region, in order."""
    return [mention for mention in mentions if start <= mention.start and mention.end <= end]


def words_of(name: str) -> frozenset[str]:
    """The words of a name in lower case, without its article."""
    return frozenset(name.lower().split()) - {"the"}
