"""Who says it: one link of the chain from the nearest asserter to the publisher."""

from dataclasses import dataclass
from enum import StrEnum


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
