"""Articles that are kept and count, but less than others: not read, or resting on what a feed carries of them."""

from collections.abc import Mapping
from dataclasses import dataclass

LABEL_WORDS: Mapping[str, str] = {
    "consent": "a request for consent",
    "subscription": "a wall for subscribers",
    "challenge": "a check for robots",
    "script": "a page that only scripts fill",
    "list": "a list of other pages",
    "error": "an error",
}
"""What a page was in place of its article."""


@dataclass(frozen=True)
class Tally:
    """How many articles, in their latest version, have this language, basis and label."""

    language: str
    basis: str
    label: str
    articles: int


@dataclass(frozen=True)
class Kept:
    """How many articles there are, and which of them are not read or not whole.

    `unread`: language → how many are not read for it. `excerpts`: label → how many rest on what a feed carries, as their
    pages were something else.
    """

    articles: int
    unread: Mapping[str, int]
    excerpts: Mapping[str, int]

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is to be said of them, in sentences; none where all is as it should be."""
        found = []
        if self.unread:
            found.append(f"{sum(self.unread.values())} in languages that are not read ({_counted(self.unread)})")
        if self.excerpts:
            words = {LABEL_WORDS.get(label, label or "no page"): number for label, number in self.excerpts.items()}
            found.append(f"{sum(words.values())} rest on what feeds carry ({_counted(words)})")
        return tuple(found)


def _counted(numbers: Mapping[str, int]) -> str:
    most_first = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{number} {name}" for name, number in most_first)
