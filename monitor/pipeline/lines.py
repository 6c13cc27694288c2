"""A question through the order of filing: as its claims found, complete and leave it."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from monitor.domain.asked import Asked
from monitor.domain.known import kept
from monitor.domain.place import BEHIND_ALL, NOWHERE, Reach
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.pipeline.looks import FIRST, Looks, Place, rank_of
from monitor.questions import file_claim, joined


@dataclass(eq=False)
class Filed:
    """A claim in a run of filing. `lies`: as in Looks."""

    asked: Asked
    looks: Looks
    waits: bool = False

    def __post_init__(self) -> None:
        self.place, self.lies = self.looks.place, self.looks.lies  # asked most often

    @property
    def told(self) -> Told:
        return self.asked.told

    def __lt__(self, other: "Filed") -> bool:
        return self.place < other.place


@dataclass(eq=False)
class Line:
    """A question through the order of filing: as its claims found, complete and leave it.

    `stored`: its row, None for a new one. What is filed behind the claim since which it reads so meets it as stored, and
    `entries` are only those that came to it in this run; else `is_loaded`, and they are all. `states`: the question with
    each of the entries. `found_under`: keys that its row is known to lie under, each as in Archive.under.
    """

    stored: Question | None = None
    reach: Reach = NOWHERE
    is_loaded: bool = False
    is_changed: bool = False
    entries: list[Filed] = field(default_factory=list)
    found_under: dict[str, float | None] = field(default_factory=dict)
    _states: list[Question] = field(default_factory=list)
    _is_unread: bool = False

    @property
    def states(self) -> list[Question]:
        if self._is_unread:
            self._is_unread, self._states = False, []
            for one in self.entries:
                self._states.append(self.joined(one, self._states[-1] if self._states else None))
        return self._states

    def load(self, known: Iterable[Filed]) -> None:
        """Take in the stored claims. Most are only looked at: how the question read with each is found when asked for."""
        self.entries = sorted([*self.entries, *known], key=lambda one: one.place)
        self.is_loaded = self._is_unread = True

    def joined(self, one: Filed, before: Question | None) -> Question:
        """The question with a claim that is known to have joined it; founded by the claim if there was none."""
        if before is None:
            question, _ = file_claim(one.asked, [])
            return question if self.stored is None else replace(question, id=as_founded(self.stored).id)
        if one.looks.is_denial and any(self.lies_under(key, one.place) for key in one.looks.by_figure):
            return before  # it was found by the figure that it denies, and adds nothing
        return joined(one.asked, before)

    def at(self, place: Place) -> Question | None:
        """The question as it is met at a place in the order; None before it was founded."""
        before = bisect_left(self.entries, place, key=lambda one: one.place)
        if before:
            return self.states[before - 1]
        return None if self.is_loaded or self.stored is None else as_founded(self.stored)

    @property
    def last(self) -> Question | None:
        """The question with all its claims."""
        return self.states[-1] if self.states else self.at(FIRST)

    @property
    def now(self) -> Question | None:
        """The question with all its claims, else as it is stored."""
        if not self.is_changed and (self._is_unread or not self.entries):
            return self.stored
        return self.last or self.stored

    def lies_under(self, key: str, place: Place) -> bool:
        """Whether it is found under a key at that place."""
        if not self.is_loaded and key in self.found_under:
            first = self.found_under[key]
            if first is None or first < rank_of(place):
                return True
        return any(key in one.lies for one in self.entries if one.place < place)

    def first_under(self, key: str) -> float:
        """The rank of the first claim that is known to give it a key; behind all where none does."""
        stored = None if self.is_loaded else self.found_under.get(key)
        ranks = (one.looks.rank for one in self.entries if key in one.lies)
        return min(next(ranks, BEHIND_ALL), BEHIND_ALL if stored is None else stored)


@kept
def as_founded(question: Question) -> Question:
    """The question under the id that it was founded with; its address may be an older one."""
    return replace(question, id=question.founded or question.id, founded="", claims=0)
