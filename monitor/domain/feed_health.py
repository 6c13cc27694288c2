"""How a feed is: its condition in a word, in a sentence, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.feed import Feed


class Condition(StrEnum):
    """How a feed is, those that need a look most first. What stands before `STALE` brings nothing at all."""

    GONE = "gone"
    WALL = "wall"
    PAGE = "page"
    NOT_FOUND = "not_found"
    ASTRAY = "astray"
    LOGIN = "login"
    FORBIDDEN = "forbidden"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    CERTIFICATE = "certificate"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SERVER = "server"
    LIMITED = "limited"
    FAILING = "failing"
    STALE = "stale"
    MOVED = "moved"
    WAITING = "waiting"
    PAUSED = "paused"
    READING = "reading"

    @property
    def words(self) -> str:
        """As people read it, in every list, page and mail."""
        return _WORDS[self]

    @property
    def is_down(self) -> bool:
        """Whether nothing can be read from the feed."""
        return self in _DOWN

    @property
    def is_read(self) -> bool:
        """Whether its server answers with a feed."""
        return self in (Condition.READING, Condition.MOVED, Condition.STALE)

    @property
    def is_unwell(self) -> bool:
        """Whether somebody should look: it is down, or brings nothing new any more."""
        return self.is_down or self is Condition.STALE


def condition_words(word: str) -> str:
    """A condition as people read it, by the word that a database keeps; a word of a newer program stands for itself."""
    return Condition(word).words if word in set(Condition) else word


def counted_in_words(conditions: Mapping[str, int]) -> str:
    """How many feeds are how, those that need a look first: "1 gone for good, 12 reading"."""
    return ", ".join(f"{conditions[one]} {one.words}" for one in Condition if conditions.get(one))


_WORDS = {
    Condition.GONE: "gone for good",
    Condition.WALL: "blocked by a bot wall",
    Condition.PAGE: "a page instead of a feed",
    Condition.NOT_FOUND: "not found",
    Condition.ASTRAY: "redirected to nowhere",
    Condition.LOGIN: "wants a login",
    Condition.FORBIDDEN: "refused by the server",
    Condition.UNREADABLE: "unparsable",
    Condition.TOO_LARGE: "too large",
    Condition.CERTIFICATE: "certificate not trusted",
    Condition.REFUSED: "not allowed to be asked",
    Condition.UNREACHABLE: "unreachable",
    Condition.SERVER: "server error",
    Condition.LIMITED: "rate limited",
    Condition.FAILING: "failing",
    Condition.STALE: "stale",
    Condition.MOVED: "moving",
    Condition.WAITING: "not asked yet",
    Condition.PAUSED: "paused",
    Condition.READING: "reading",
}
_HANDFUL = 6
_FAR = 3
_DOWN = frozenset(list(Condition)[: list(Condition).index(Condition.STALE)])


@dataclass(frozen=True)
class FeedHealth:
    """`said`: how the feed is, in a sentence. `mend`: what to do, empty where nothing is to be done."""

    condition: Condition
    said: str
    mend: str = ""


@dataclass(frozen=True)
class FeedPace:
    """Entries by their own dates: of the last seven days, and in a usual week (None: unknown)."""

    week: int = 0
    usual: float | None = None

    @property
    def volume(self) -> str:
        """Whether the last week is far from a usual one: low, high, or empty. A handful of entries says nothing."""
        if self.usual is None:
            return ""
        if self.usual >= _HANDFUL and self.week < self.usual / _FAR:
            return "low"
        return "high" if self.week >= _HANDFUL and self.week > self.usual * _FAR else ""


@dataclass(frozen=True)
class FeedReport:
    """A feed with how it is and how much it brings."""

    feed: Feed
    health: FeedHealth
    pace: FeedPace = FeedPace()
