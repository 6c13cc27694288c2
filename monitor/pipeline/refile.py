"""What filing needs of the store, and what it leaves there: questions under their addresses, their keys, their claims."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor.domain.article import Article
from monitor.domain.block import CROWD, telling
from monitor.domain.claim import Claim, ClaimStatus
from monitor.domain.decision import Decision
from monitor.domain.ids import content_id
from monitor.domain.place import BEHIND_ALL, Reach, moment_of
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.pipeline.decided import decisions_on, merged_addresses, set_apart, with_decided
from monitor.pipeline.edges import Edges
from monitor.pipeline.lines import Filed, Line, as_founded
from monitor.questions import may_answer

OUT = frozenset({ClaimStatus.REJECTED, ClaimStatus.WITHDRAWN})
"""Claims that count no more; they stay on the page of the question that they were filed on."""


class StoredQuestions:
    """The questions of the store for one run of filing; what is known beforehand to be asked is asked at once."""

    def __init__(self, edges: Edges) -> None:
        self._edges = edges
        self._sizes: dict[str, int] = {}
        self._lying: dict[str, Mapping[str, float | None]] = {}
        self._under: dict[str, Mapping[str, float | None]] = {}
        self._questions: dict[str, Question] = {}
        self._reaches: dict[str, Reach] = {}
        self._told: dict[str, list[Told]] = {}
        self._between: dict[str, tuple[float, float, Sequence[Told]]] = {}

    def expect(self, filed: Sequence[Filed]) -> None:
        """Ask for all that these claims will look under."""
        groups = [group for one in filed for group in (one.looks.keys, one.looks.of_figure) if group]
        near = frozenset[str]().union(*(one.looks.near for one in filed))
        sizes = self.sizes(near.union(*groups))
        wanted = (telling({key: sizes[key] for key in group}) for group in groups)
        self.under({key for key in near if sizes[key] <= CROWD}.union(*wanted))
        self._expect_told({question_id for one in filed for question_id in self._met_behind(one)})

    def _met_behind(self, one: Filed) -> Iterator[str]:
        """The questions that a claim is likely to meet where their rows do not say how they read."""
        keys = telling({key: self._sizes[key] for key in one.looks.keys})
        for question_id in {found for ids in self.under(keys).values() for found in ids}:
            question = self._questions[question_id]
            if one.looks.rank <= self._reaches[question_id].steady and may_answer(one.asked, as_founded(question)):
                yield question_id

    def _expect_told(self, ids: Collection[str]) -> None:
        self._told.update((one, []) for one in ids)
        for told in told_on(self._edges, sorted(ids)):
            self._told[str(told.claim.question_id)].append(told)

    def sizes(self, keys: Collection[str]) -> Mapping[str, int]:
        """Key → how many questions lie under it."""
        missing = [key for key in keys if key not in self._sizes]
        if missing:
            self._sizes.update(dict.fromkeys(missing, 0) | self._edges.store.questions.sizes(missing))
        return self._sizes

    def under(self, keys: Collection[str]) -> Mapping[str, Mapping[str, float | None]]:
        """As in Archive.under; those that a person took claims out for are found by none."""
        self._look(keys)
        return {key: self._under[key] for key in keys}

    def lying(self, keys: Collection[str]) -> Mapping[str, Mapping[str, float | None]]:
        """Key → the ids of all questions that lie under it."""
        self._look(keys)
        return {key: self._lying[key] for key in keys}

    def _look(self, keys: Collection[str]) -> None:
        missing = [key for key in keys if key not in self._lying]
        if not missing:
            return
        sizes = self.sizes(missing)
        found = self._edges.store.questions.under([key for key in missing if sizes[key]])
        self._learn({one for ids in found.values() for one in ids})
        for key in missing:
            lying = self._lying[key] = found.get(key, {})
            self._under[key] = {one: first for one, first in lying.items() if self._questions[one].split_from is None}

    def question(self, question_id: str) -> Question:
        """A question as it is stored."""
        if question_id not in self._questions:
            self._learn([question_id])
        return self._questions[question_id]

    def reach(self, question_id: str) -> Reach:
        """How far its claims reach."""
        if question_id not in self._reaches:
            self._learn([question_id])
        return self._reaches[question_id]

    def told(self, question_id: str) -> list[Told]:
        """The claims on a question that count."""
        if question_id not in self._told:
            self._expect_told([question_id])
        return self._told[question_id]

    def between(self, ids: Collection[str], first: float, last: float) -> Mapping[str, Sequence[Told]]:
        """As in Archive.between."""
        found: dict[str, Sequence[Told]] = {}
        for one in ids:
            since, until, told = self._between.get(one, (BEHIND_ALL, BEHIND_ALL, ()))
            if one in self._told:
                found[one] = self._told[one]
            elif since <= first and last <= until:
                found[one] = told
        found.update(self._told_between(sorted(set(ids) - found.keys()), first, last))
        return found

    def _told_between(self, ids: Sequence[str], first: float, last: float) -> Mapping[str, Sequence[Told]]:
        claims = self._edges.store.claims.published_between(ids, moment_of(first), moment_of(last)) if ids else []
        found: dict[str, list[Told]] = {one: [] for one in ids}
        for told in with_articles(self._edges, [one for one in claims if one.status not in OUT]):
            found[str(told.claim.question_id)].append(told)
        self._between.update((one, (first, last, told)) for one, told in found.items())
        return found

    def expect_told(self, ids: Collection[str]) -> None:
        """Ask for the claims on these questions."""
        missing = sorted({one for one in ids if one not in self._told})
        if missing:
            self._expect_told(missing)

    def alive(self, ids: Collection[str]) -> set[str]:
        """Of these ids those of questions that have claims that count."""
        return self._edges.store.claims.counting(sorted(ids))

    def decided(self, ids: Collection[str]) -> dict[str, Question]:
        """Of these questions and those asked for: what persons merged or split, with all that belongs there."""
        self._learn(ids)
        touched = {key: one for key, one in self._questions.items() if one.merged_into or one.split_from or one.is_joined}
        return with_decided(self._edges, touched) if touched else {}

    def _learn(self, ids: Collection[str]) -> None:
        missing = sorted(one for one in ids if one not in self._questions)
        if missing:
            for one, reach in self._edges.store.questions.with_reaches(missing):
                self._questions[one.id], self._reaches[one.id] = one, reach


def told_on(edges: Edges, question_ids: Sequence[str]) -> list[Told]:
    """The claims of these questions that count, with their articles."""
    claims = [one for one in edges.store.claims.of_questions(question_ids) if one.status not in OUT]
    return with_articles(edges, claims)


def with_articles(edges: Edges, claims: Sequence[Claim]) -> list[Told]:
    """Claims with the article versions that tell them."""
    articles: dict[str, Article] = {
        one.id: one for one in edges.store.articles.get(sorted({one.article_id for one in claims}))
    }
    return [edges.tellings.of(one, articles[one.article_id]) for one in claims]


@dataclass
class Changes:
    """What a run of filing changes in the store.

    `questions`: id → the question with the keys to add, each with the rank of the first claim that gives it. `reaches`:
    id → how far its claims reach, where that is known. `anew`: ids of those of which all keys are given. `claims`: id →
    the id of the question that it stands under: that of the rules, unless persons decided.
    """

    questions: dict[str, tuple[Question, Mapping[str, float | None]]] = field(default_factory=dict)
    reaches: dict[str, Reach] = field(default_factory=dict)
    anew: set[str] = field(default_factory=set)
    claims: dict[str, str] = field(default_factory=dict)

    def save(self, edges: Edges) -> list[str]:
        """Write it. The ids of the questions on which claims are now."""
        edges.store.questions.put_all(list(self.questions.values()), anew=self.anew, reaches=self.reaches)
        edges.store.questions.file_all(self.claims)
        return sorted(set(self.claims.values()))

    def add(self, question: Question, keys: Mapping[str, float | None], reach: Reach | None = None) -> None:
        """One more question, or more keys of one; the first to say how it reads is right.

        Of one to which several lines come nobody knows from where on it reads as it does.
        """
        if question.id in self.questions:
            known, before = self.questions[question.id]
            self.questions[question.id] = (known, dict.fromkeys({**before, **keys}))
            self.reaches.pop(question.id, None)
            return
        self.questions[question.id] = (question, keys)
        if reach is not None:
            self.reaches[question.id] = reach


def changes_of(edges: Edges, lines: Iterable[Line], archive: StoredQuestions) -> Changes:
    """What is to be stored of a run of filing. Questions keep their addresses, and what persons decided stays."""
    changed, found = [line for line in lines if line.is_changed], Changes()
    decided = decisions_on(edges, [one.told.claim.id for line in changed for one in line.entries])
    apart = set_apart(edges, decided)
    by_rule = {line: [one for one in line.entries if one.told.claim.id not in apart] for line in changed}
    merged = _merged(edges, by_rule, decided)
    now = addresses({line: mine for line, mine in by_rule.items() if line not in merged}, archive)
    rows = {line.stored.id: line.stored for line in changed if line.stored}
    for line, address in now.items():
        question, old = line.last, rows.get(address)
        if question is not None:
            named = replace(question, id=address, founded=question.id, slug=old.slug if old else question.slug)
            found.add(named, _firsts(by_rule[line]), _reach(line, by_rule[line]))
            found.anew.update([address] if line.is_loaded else ())
    for line, place in merged.items():
        found.add(place, _keys(by_rule[line]))
    for line, mine in by_rule.items():
        at = merged[line].id if line in merged else _standing(edges, line, now.get(line, ""))
        found.claims.update({one.told.claim.id: at for one in mine})
        for one in line.entries:
            if one.told.claim.id in apart:
                found.add(apart[one.told.claim.id], _keys([one]))
                found.claims[one.told.claim.id] = apart[one.told.claim.id].id
    for line in changed:
        row = line.stored
        if row and row.id not in found.questions and not (row.merged_into or row.split_from or row.is_joined):
            found.add(row, {})  # an empty question keeps its page, and is found no more
            found.anew.add(row.id)
    return found


def _merged(edges: Edges, lines: Mapping[Line, Sequence[Filed]], decided: Mapping[str, Decision]) -> dict[Line, Question]:
    """Line → the question that a person made it part of."""
    if not decided:
        return {}
    numbers = {str(number): line for number, line in enumerate(lines) if line.is_loaded}
    filed = [(one.told.claim.id, number) for number, line in numbers.items() for one in lines[line]]
    found = merged_addresses(edges, filed, decided)
    return {numbers[number]: place for number, place in found.items()}


def _standing(edges: Edges, line: Line, address: str) -> str:
    if line.is_loaded or line.stored is None or line.stored.merged_into is None:
        return address
    place = edges.store.questions.standing(address)
    return place.id if place else address


def _keys(filed: Iterable[Filed]) -> dict[str, float | None]:
    return dict.fromkeys(frozenset[str]().union(*(one.looks.stored for one in filed)))


def _firsts(filed: Iterable[Filed]) -> dict[str, float | None]:
    """Key → rank of the first of these claims, which stand in their order, that gives it."""
    found: dict[str, float | None] = {}
    for one in filed:
        for key in one.looks.stored:
            found.setdefault(key, one.looks.rank)
    return found


def _reach(line: Line, filed: Sequence[Filed]) -> Reach | None:
    """How far the claims on a line reach; None where a person took some of them out."""
    if not filed or len(filed) < len(line.entries):
        return None
    last = max(filed[-1].looks.rank, line.reach.last) if line.stored and not line.is_loaded else filed[-1].looks.rank
    if not line.is_loaded:
        return Reach(line.reach.steady, last)
    changes = [at for at in range(1, len(filed)) if line.states[at] != line.states[at - 1]]
    return Reach(filed[changes[-1] if changes else 0].looks.rank, last)


def addresses(lines: Mapping[Line, Sequence[Filed]], archive: StoredQuestions) -> dict[Line, str]:
    """Line → its address: its row's where it only grew, else the one that most of its claims had, else a new one."""
    kept = {line: line.stored.id for line in lines if line.stored and not line.is_loaded}
    free = {line.stored.id for line in lines if line.stored and line.is_loaded}
    made = {line: line.states[-1].id for line, mine in lines.items() if line.is_loaded and mine}
    shared = Counter((line, one.told.claim.question_id) for line in made for one in lines[line])
    ranked = sorted((-count, made[line], str(old), lines[line][0].place, line) for (line, old), count in shared.items())
    for _, _, old, _, line in ranked:
        if line not in kept and old in free:
            kept[line] = old
            free.discard(old)
    taken = set(kept.values())
    alive = archive.alive({made[line] for line in made.keys() - kept.keys()} - free)
    for line in sorted(made, key=lambda one: (made[one], lines[one][0].place)):
        if line not in kept:
            own = made[line]
            if own in taken or (own not in free and own in alive):
                own = content_id("q", own, min(one.told.claim.id for one in lines[line]))
            kept[line] = own
            taken.add(own)
    return kept
