"""Canonical things with aliases, and where articles mention them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """`kind`: organisation, person, place, product, chip, model, process, event, publisher, other. `name` is canonical.

    `origin`: where we know it from: gazetteer, config, article.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    origin: str = "article"
    mentions: int = 0


@dataclass(frozen=True)
class Mention:
    """A mention of an entity in one article version. `where` is body or title; offsets are half-open code points.

    `known` is false for a name that only this article introduces.
    """

    entity_id: str
    name: str
    kind: str
    where: str
    start: int
    end: int
    text: str
    known: bool = False
