"""Claims → the questions they answer, whatever the order in which they come.

Filing goes claim by claim, and which question is there first decides what the next one meets. So that the questions are
those of the set of claims and not of the order in which they came, there is one order (`filing_order`), and a claim is
filed as if all had come in it: it meets the questions as they were at its place. What it changes for later claims is
followed up: those that look under a key where a question came, went or reads otherwise now are filed anew, in order.
Where nothing later lies near, as is usual, nothing is loaded but the questions that share a key.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Protocol

from monitor.domain.asked import Asked
from monitor.domain.block import CROWD, telling
from monitor.domain.ontology import Ontology
from monitor.domain.place import BEHIND_ALL, NOWHERE, Reach
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.domain.unit import Units
from monitor.pipeline.lines import Filed, Line, as_founded
from monitor.pipeline.looks import DENIED, FIRST, Place, looks_of, rank_of
from monitor.questions import (
    denied_question,
    file_claim,
    may_answer,
    rejected_question,
    repeated_question,
    would_meet,
)


class Archive(Protocol):
    """The questions that are stored."""

    def sizes(self, keys: Collection[str]) -> Mapping[str, int]:
        """Key → how many questions lie under it."""
        ...

    def under(self, keys: Collection[str]) -> Mapping[str, Mapping[str, float | None]]:
        """Key → id of each question under it → rank of the first claim that gave it; None: since it reads as stored."""
        ...

    def question(self, question_id: str) -> Question: ...

    def reach(self, question_id: str) -> Reach: ...

    def told(self, question_id: str) -> Sequence[Told]:
        """The claims on a question that count."""
        ...

    def between(self, ids: Collection[str], first: float, last: float) -> Mapping[str, Sequence[Told]]:
        """Of these questions the claims that count and stand between two ranks, or more; none for those without."""
        ...

    def expect_told(self, ids: Collection[str]) -> None:
        """Said beforehand: `told` will be asked for these questions."""
        ...


class Nothing:
    """An archive without questions."""

    def sizes(self, keys: Collection[str]) -> Mapping[str, int]:
        return {}

    def under(self, keys: Collection[str]) -> Mapping[str, Mapping[str, float | None]]:
        return {}

    def question(self, question_id: str) -> Question:
        raise KeyError(question_id)

    def reach(self, question_id: str) -> Reach:
        return NOWHERE

    def told(self, question_id: str) -> Sequence[Told]:
        return ()

    def between(self, ids: Collection[str], first: float, last: float) -> Mapping[str, Sequence[Told]]:
        return {}

    def expect_told(self, ids: Collection[str]) -> None:
        pass


class Filing:
    """A run of claims being filed. `archive`: the questions that are stored. `lines`: all questions that took part.

    `_under`: key → the lines with claims in this run that give it; `_founded`: how many of them are not stored.
    """

    def __init__(self, archive: Archive, ontology: Ontology, units: Units) -> None:
        self._archive, self._ontology, self._units = archive, ontology, units
        self._stored: dict[str, Line] = {}
        self._under: dict[str, dict[Line, None]] = defaultdict(dict)
        self._lying: dict[str, dict[Line, None]] = {}
        self._founded: Counter[str] = Counter()
        self._on: dict[Filed, Line] = {}
        self._asked: dict[str, Asked] = {}
        self._new: dict[str, Filed] = {}
        self._waiting: list[Filed] = []
        self.lines: list[Line] = []

    def prepared(self, told: Told) -> Filed:
        """A claim with what filing needs to know of it."""
        return Filed(Asked(told, self._ontology, self._units), looks_of(told, self._ontology, self._units))

    def line_of(self, one: Filed) -> Line | None:
        """The question that a claim is filed on by now."""
        return self._on.get(one)

    def file(self, told: Iterable[Filed], again: Iterable[str] = (), emptied: Iterable[str] = ()) -> None:
        """File these claims. `again`: stored questions that lost a claim, or have one that reads otherwise by now.

        `emptied`: stored questions all of whose claims are among those to be filed.
        """
        self._new = {one.told.claim.id: one for one in told}
        for question_id in sorted(set(emptied)):
            line = self._line(question_id)
            line.is_loaded = line.is_changed = True
        for question_id in sorted(set(again)):
            line = self._line(question_id)
            self._load(line)
            line.is_changed = True
            self._follow(line, FIRST, line.entries)
        for one in self._new.values():
            self._wait(one)
        while self._waiting:
            one = heappop(self._waiting)
            one.waits = False
            self._decide(one)

    def _wait(self, one: Filed) -> None:
        if not one.waits:
            one.waits = True
            heappush(self._waiting, one)

    def _decide(self, one: Filed) -> None:
        """File one claim at its place, and follow up what that changes for later ones."""
        old, was = self.line_of(one), None
        if old is not None:
            was = self._take_off(one, old)
        question, line = self._choose(one)
        if line is None:
            line = self._new_line(one, question)
        before = line.at(one.place)
        self._note_keys(line, one.lies)
        fresh = {key: line.first_under(key) for key in one.lies if not line.lies_under(key, one.place)}
        self._put_on(one, line, question)
        if line is old and question == was:
            return
        line.is_changed = True
        if old is not None and old is not line:
            old.is_changed = True
            self._follow(old, one.place, [one, *old.entries])
        if question == before:
            self._follow(line, one.place, [one], fresh)
            return
        if before is not None:
            self._load(line)  # all keys are needed, and the row knows only their hashes
        is_new = before is None and line.stored is None and len(line.entries) == 1
        self._follow(line, one.place, line.entries, is_new=is_new)

    def _new_line(self, one: Filed, question: Question) -> Line:
        """The line of a new question: the old one where the claim founds just what it had founded."""
        old = self.line_of(one)
        if old is not None and old.stored and old.at(one.place) is None and as_founded(old.stored).id == question.id:
            return old
        self.lines.append(Line(is_loaded=True))
        return self.lines[-1]

    def _take_off(self, one: Filed, line: Line) -> Question:
        place = line.entries.index(one)
        was = line.states.pop(place)  # asked for while the claim is still there
        del line.entries[place]
        self._retell(line, place)
        return was

    def _put_on(self, one: Filed, line: Line, question: Question) -> None:
        place = bisect_left(line.entries, one.place, key=lambda other: other.place)
        line.states.insert(place, question)
        line.entries.insert(place, one)
        self._on[one] = line
        self._retell(line, place + 1)
        self._lay(line, one)

    def _lay(self, line: Line, one: Filed) -> None:
        """Let a question be found under the keys of one of its claims."""
        for key in one.looks.stored:
            under = self._under[key]
            if line not in under:
                under[line] = None
                self._founded[key] += line.stored is None

    def _retell(self, line: Line, start: int) -> None:
        """Bring the states from an entry on up to date."""
        for place in range(start, len(line.entries)):
            one, before = line.entries[place], line.states[place - 1] if place else line.at(line.entries[0].place)
            if before is not None:
                line.states[place] = line.joined(one, before)

    def _choose(self, one: Filed) -> tuple[Question, Line | None]:
        """The question that a claim answers, as it reads with it, and its line; None for a new one."""
        if one.looks.rejected:  # what a sentence sets its figure against says more than its words
            named = self._met(one, one.looks.rejected, by_words=False)
            found = rejected_question(one.asked, [met for met, _ in named.values()])
            if found is not None:
                return found, named[found.id][1]
        lines = self._met(one, one.looks.keys, by_words=True)
        question, is_new = file_claim(one.asked, [met for met, _ in lines.values()])
        if one.looks.is_denial or is_new:  # a figure that few things share says what the words do not
            named = self._met(one, one.looks.of_figure - one.looks.rejected, by_words=False)
            by_figure = denied_question if one.looks.is_denial else repeated_question
            found = by_figure(one.asked, [met for met, _ in named.values()])
            if found is not None:
                return found, named[found.id][1]
        return question, None if is_new else lines[question.id][1]

    def _met(self, one: Filed, keys: frozenset[str], *, by_words: bool) -> dict[str, tuple[Question, Line]]:
        """Id → the question that a claim meets under some keys. `by_words`: only such as it may be of."""
        found = {}
        telling_keys = telling(self._sizes(keys))
        for line in self._lines_under(telling_keys):
            final = line.now
            if by_words and final and not may_answer(one.asked, final):
                continue
            self._load_if_unsure(line, one.place, telling_keys)
            question = line.at(one.place)
            if question is not None and any(line.lies_under(key, one.place) for key in telling_keys):
                found[question.id] = (question, line)
        return {key: found[key] for key in sorted(found)}

    def _follow(
        self,
        line: Line,
        place: Place,
        by: Sequence[Filed],
        fresh: Mapping[str, float] | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        """Let the claims beyond a place that meet a question otherwise by now be filed anew.

        `by`: the claims under whose keys it came, went or changed. `fresh`: those of the keys that matter, each with the
        rank from which on it was found under it before; None for all. `is_new`: it was not there before.
        """
        if fresh is not None and not fresh:
            return
        if fresh is None:
            self._load(line)
            keys, until = None, BEHIND_ALL
            lies = frozenset[str]().union(*(one.lies for one in by))
            looked_under = frozenset[str]().union(*(one.looks.near for one in by))
        else:
            keys = lies = frozenset(fresh)
            until = max(fresh.values())
            looked_under = frozenset[str]().union(*(one.looks.looked_under(keys) for one in by))
        near = [key for key, size in self._sizes(looked_under).items() if size <= CROWD]
        others = {line: None, **self._lines_under(near)}
        moves = self._may_move(line, by, keys, near)
        beyond = [one for one in others if one.reach.last >= rank_of(place) and (one is not line or moves)]
        beyond = self._may_concern(beyond, line, (rank_of(place), until), frozenset(near))
        self._archive.expect_told([one.stored.id for one in beyond if one.stored and not one.is_loaded])
        for other in beyond:
            self._load(other)
        is_new = is_new or keys is not None
        for other in others:
            for one in other.entries[bisect_left(other.entries, place, key=lambda one: one.place) :]:
                if one.looks.rank > until:
                    break
                if one.place > place and not one.waits and self._concerns(one, line, lies, is_new=is_new):
                    self._wait(one)

    def _may_concern(
        self, others: Sequence[Line], line: Line, ranks: tuple[float, float], near: frozenset[str]
    ) -> list[Line]:
        """Of these questions those whose stored claims might be filed otherwise for one that changed between two ranks.

        A claim looks for its figure, or it stands there and may answer the question.
        """
        unsure = {
            one.stored.id
            for one in others
            if one.stored
            and not one.is_loaded
            and one is not line
            and not any("=" in key for key in near.intersection(one.found_under))
        }
        question = line.now
        if not unsure or question is None:
            return list(others)
        for question_id, told in self._archive.between(unsure, *ranks).items():
            if any(may_answer(self._asking(one), question) for one in told):
                unsure.discard(question_id)
        return [one for one in others if one.stored is None or one.stored.id not in unsure]

    def _asking(self, told: Told) -> Asked:
        """A stored claim that is held against the questions of this run, one after the other."""
        asked = self._asked.get(told.claim.id)
        if asked is None:
            asked = self._asked[told.claim.id] = Asked(told, self._ontology, self._units)
        return asked

    def _may_move(self, line: Line, by: Sequence[Filed], keys: frozenset[str] | None, near: Sequence[str]) -> bool:
        """Whether stored claims of a question may be filed otherwise for keys of its own: not for a figure that it has.

        Those found by words or by the figure stay; only a denial may be found by the figure as well.
        """
        figures = frozenset[str]().union(*(one.looks.by_figure for one in by))
        by_figure = keys is not None and keys <= figures
        return any(key in line.found_under for key in near if key.startswith(DENIED) or not by_figure)

    def _concerns(self, one: Filed, line: Line, keys: frozenset[str], *, is_new: bool) -> bool:
        """Whether a claim might be filed otherwise for a question that changed under these keys.

        `is_new`: it was not found under these keys before, or not there at all, and reads as it did.
        """
        if self.line_of(one) is line or not one.looks.of_figure.isdisjoint(keys):
            return True
        if one.looks.keys.isdisjoint(keys):
            return False
        final = line.now
        if final is None:
            return True
        if not may_answer(one.asked, final):
            return False
        met, filed_on = line.at(one.place) if is_new else None, self.line_of(one)
        if met is None or filed_on is None:
            return True
        own = filed_on.now
        return (own is not None and as_founded(own).id == met.id) or would_meet(one.asked, met)

    def _sizes(self, keys: Collection[str]) -> dict[str, int]:
        stored, founded = self._archive.sizes(keys), self._founded
        return {key: stored.get(key, 0) + founded[key] for key in keys}

    def _lines_under(self, keys: Collection[str]) -> dict[Line, None]:
        missing = [key for key in keys if key not in self._lying]
        found = self._archive.under(missing) if missing else {}
        for key in missing:
            ids = found.get(key, {})
            lying = self._lying[key] = {self._line(question_id): None for question_id in ids}
            for line, first in zip(lying, ids.values(), strict=True):
                line.found_under[key] = first
        lines: dict[Line, None] = {}
        for key in keys:
            lines.update(self._lying[key])
        for key in keys:
            lines.update(self._under.get(key, {}))
        return lines

    def _line(self, question_id: str) -> Line:
        line = self._stored.get(question_id)
        if line is None:
            line = Line(self._archive.question(question_id), self._archive.reach(question_id))
            self._stored[question_id] = line
            self.lines.append(line)
        return line

    def _note_keys(self, line: Line, keys: Collection[str]) -> None:
        """Let a question that is not loaded know which of these keys its row lies under."""
        if line.is_loaded or line.stored is None:
            return
        sizes = self._archive.sizes(keys)
        found = self._archive.under([key for key in keys if sizes.get(key, 0) <= CROWD])
        line.found_under.update((key, ids[line.stored.id]) for key, ids in found.items() if line.stored.id in ids)

    def _load_if_unsure(self, line: Line, place: Place, keys: Collection[str]) -> None:
        """Bring in a question's claims where its row does not say how it read at that place, or which keys it had."""
        at = rank_of(place)
        if at <= line.reach.steady or any(line.found_under.get(key) == at for key in keys):
            self._load(line)

    def _load(self, line: Line) -> None:
        """Bring in all claims of a stored question, and so the question as it was at each of them."""
        if line.is_loaded or line.stored is None:
            return
        known = [one for one in self._archive.told(line.stored.id) if one.claim.id not in self._new]
        line.load([self.prepared(one) for one in known])
        for one in line.entries:
            self._on[one] = line
            self._lay(line, one)
