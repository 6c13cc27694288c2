"""Who says it: one link of the chain from the nearest asserter to the publisher."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.words import words


class SourceKind(StrEnum):
    PUBLISHER = "publisher"
    MEDIA = "media"
    COMPANY = "company"
    GOVERNMENT = "government"
    THINK_TANK = "think_tank"
    PERSON = "person"
    DOCUMENT = "document"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Source:
    """A link of a source chain. `name`: canonical, None where nobody is named. `label`: as written. `told`: to whom."""

    label: str
    kind: SourceKind
    name: str | None = None
    told: str | None = None


_OUTLETS = (SourceKind.MEDIA, SourceKind.PUBLISHER)


def is_first_hand(sources: Sequence[Source]) -> bool:
    """Whether the nearest asserter speaks for himself in the article: the publisher alone, whoever is said to have told
    this publisher, or one with nobody between him and the publisher who is said to have told nobody else. What another
    outlet says is never first-hand here."""
    if len(sources) < 2:
        return True
    nearest, publisher = sources[0], sources[-1]
    if nearest.told:
        return words(nearest.told) in (words(publisher.name or ""), words(publisher.label))
    return len(sources) == 2 and nearest.kind not in _OUTLETS
