"""Which happening an article tells of: its kind, its names and its day. Two papers need not name it alike."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from monitor.domain.article import Article
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.stems import stems

# A report says what happened, where and to whom at its head.
_LEAD = 900
# A name within a sentence; what opens one may be any word. A date line is all in capitals.
_PROPER = r"[A-ZÀ-Þ][\w’'-]+(?:\s+[A-ZÀ-Þ][\w’'-]+)*"
_NAME = re.compile(rf"(?<=[^\s.!?:\"“”‘•–—-]\s){_PROPER}|^[A-ZÀ-Þ]{{4,}}(?:\s[A-ZÀ-Þ]{{4,}})*(?=,)", re.MULTILINE)
_PLACE = re.compile(rf"\b(?:in|near|off|at|around|outside|from|on)\s+(?:the\s+)?({_PROPER})")
# A headline in which even a long word is small does not give every word a capital.
_PLAIN = re.compile(r"(?:^|\s)[a-zß-þ]{5,}")
_LEAST_NAMES = 2
_PARTS, _WORDS = "; ", ", "
_WRITTEN = re.compile(r"([^;]+); ([^;]+); (\d{4}-\d\d-\d\d)")


@dataclass(frozen=True)
class Event:
    """`kinds`: classes of happening that the head of the article speaks of. `names`: stems of the names there.

    `places`: those of the names that something is said to be in or near; not kept with a question.
    """

    kinds: frozenset[str]
    names: frozenset[str]
    day: date
    places: frozenset[str] = frozenset()

    def text(self) -> str:
        """The event as it is kept with a question."""
        return _PARTS.join([_WORDS.join(sorted(self.kinds)), _WORDS.join(sorted(self.names)), self.day.isoformat()])

    @staticmethod
    def read(text: str) -> "Event | None":
        """What `text` wrote; None for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        kinds, names, day = found.groups()
        return Event(frozenset(kinds.split(_WORDS)), frozenset(names.split(_WORDS)), date.fromisoformat(day))


@kept
def event_of(article: Article, ontology: Ontology) -> Event | None:
    """The happening that an article tells of; None where its head speaks of none, or names too little."""
    if article.published is None:
        return None
    body = article.text[:_LEAD]
    if article.publisher:
        body = body.replace(article.publisher, "")  # "told the Orvik Post" is of no Orvik
    return _event(article.title, body, article.published.date(), ontology)


@lru_cache(maxsize=4096)
def _event(title: str, body: str, day: date, ontology: Ontology) -> Event | None:
    words, head = ontology.words, f"{title}\n{body}"
    kinds = frozenset(words.happening[word] for word in stems(head, ontology) if word in words.happening)
    empty = words.common | words.weak | words.calendar | words.happening.keys()
    read = head if _PLAIN.search(title) else body
    names = _stems_of(_NAME.findall(read), ontology) - empty
    places = _stems_of(_PLACE.findall(body), ontology) & names
    return Event(kinds, names, day, places) if kinds and len(names) >= _LEAST_NAMES else None


def _stems_of(names: list[str], ontology: Ontology) -> frozenset[str]:
    return frozenset(stems(" ".join(names), ontology))


def is_one(a: Event, b: Event, ontology: Ontology) -> bool:
    """Whether two articles tell of one happening: of one kind, told within weeks, with names in common."""
    near = abs((a.day - b.day).days) <= ontology.tolerances.slow_days
    return near and not a.kinds.isdisjoint(b.kinds) and len(a.names & b.names) >= _LEAST_NAMES
