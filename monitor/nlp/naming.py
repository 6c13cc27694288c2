"""Surface forms of one article → the canonical name each stands for.

A short form stands for the longest name in the same article that it shortens; a known name keeps its catalogue name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.nlp.gazetteer import entity_id

_WORD = re.compile(r"\w[\w'’.&-]*|&")
_OPENERS = frozenset({"port", "mount", "lake", "cape", "fort"})  # that a place may go without
# Bodies that are named by the place, or by the matter, that they are for.
SEATED = frozenset(
    {
        "council",
        "agency",
        "ministry",
        "authority",
        "commission",
        "parliament",
        "government",
        "university",
        "police",
        "board",
    }
    | {
        "court",
        "office",
        "statistics",
        "department",
        "federation",
        "association",
        "union",
        "chamber",
        "army",
        "navy",
        "park",
    }
)
LONGEST_ACRONYM = 4
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "le", "du", "des", "und", "der", "&"})


@dataclass(frozen=True)
class Name:
    """A canonical name, its kind, and whether the catalogue knows it."""

    name: str
    kind: str
    known: bool = False

    @property
    def id(self) -> str:
        """The entity's id."""
        return entity_id(self.name)


@dataclass
class Surface:
    """A form found in the text. `votes`: kind → weight of what speaks for it. `first`: where it stands first."""

    text: str
    first: int
    count: int = 0
    known: Name | None = None
    votes: dict[str, float] = field(default_factory=dict)

    def vote(self, kind: str, weight: float) -> None:
        """Add weight to a kind."""
        self.votes[kind] = self.votes.get(kind, 0.0) + weight

    @property
    def kind(self) -> str:
        """The kind with most weight; the alphabet decides a tie."""
        if self.known:
            return self.known.kind
        return min(self.votes, key=lambda kind: (-self.votes[kind], kind)) if self.votes else "other"


def fold(text: str) -> str:
    """What two writings of one name share: lower case, single blanks, straight apostrophes."""
    return " ".join(text.replace("’", "'").split()).lower()


def bare(text: str, legal_forms: frozenset[str]) -> str:
    """A name without its article, possessive ending and legal form ("the Halden Foundry Co.'s" → "Halden Foundry")."""
    words = text.replace("’", "'").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    if words and words[-1].endswith("'s"):
        words[-1] = words[-1][:-2]
    elif words and words[-1].endswith("s'"):
        words[-1] = words[-1][:-1]
    while len(words) > 1 and words[-1].strip(",").lower() in legal_forms:
        words = words[:-1]
    return " ".join(words).strip(" ,")


def shortens(short: str, long: str, long_kind: str) -> bool:
    """Whether `short` is a way to say `long`: a first part, a surname, or the initials."""
    a, b = _WORD.findall(fold(short)), _WORD.findall(fold(long))
    if not a or len(a) >= len(b):
        return len(a) == 1 and _is_initials(short, long)
    if long_kind == "person":
        return b[-len(a) :] == a or (len(a) == 1 and a[0] == b[0])
    if long_kind == "place":
        return b[0] in _OPENERS and b[1:] == a
    if b[-1] in SEATED and a == b[:1]:
        return False  # "Velmia" is a country, and no short form of "Velmia Coffee Council"
    return (b[: len(a)] == a and a[-1] not in _SMALL) or _is_initials(short, long)


def _is_initials(short: str, long: str) -> bool:
    if not (2 <= len(short) <= 7 and short.isupper() and short.isalpha()):
        return False
    words = [word for word in re.findall(r"[\w&]+", long) if word]
    return short in {
        "".join(word[0] for word in words).upper(),
        "".join(word[0] for word in words if word.lower() not in _SMALL).upper(),
    }


def name_table(surfaces: Sequence[Surface], introduced: Mapping[str, str], given: Mapping[str, Name]) -> dict[str, Name]:
    """Folded surface → canonical name. `introduced`: short → long form, as brackets say. `given`: names of the body."""
    table = dict(given)
    ordered = sorted(surfaces, key=lambda surface: (-len(surface.text.split()), -len(surface.text), surface.first))
    longest: list[tuple[Surface, Name]] = [
        (Surface(name.name, -1, 10**6, name if name.known else None, {name.kind: 1.0}), name)
        for name in dict.fromkeys(given.values())
    ]
    for surface in ordered:
        key = fold(surface.text)
        if key in table:
            continue
        name = surface.known or _long_form(surface, longest, introduced) or Name(_cased(surface), _kind(surface))
        table[key] = name
        if fold(name.name) == key or surface.known:
            longest.append((surface, name))
    return table


def _kind(surface: Surface) -> str:
    """The kind of a name that no longer one explains. News brings a person in by first name and surname or by a title:
    a single word that statistics alone take for a person is a company or another body."""
    untitled = surface.votes.get("person", 0.0) <= surface.count
    return "organisation" if surface.kind == "person" and untitled and " " not in surface.text else surface.kind


def _cased(surface: Surface) -> str:
    """A place as it is written elsewhere: datelines shout."""
    if surface.kind == "place" and surface.text.isupper() and len(surface.text) > LONGEST_ACRONYM:
        return surface.text.title()
    return surface.text


def _long_form(surface: Surface, longest: list[tuple[Surface, Name]], introduced: Mapping[str, str]) -> Name | None:
    full = introduced.get(fold(surface.text))
    candidates = [
        (long, name)
        for long, name in longest
        if (full is not None and fold(long.text) == fold(full))
        or (_compatible(surface, name) and shortens(surface.text, long.text, name.kind))
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda pair: (-pair[0].count, pair[0].first))[1]


def _compatible(surface: Surface, name: Name) -> bool:
    """A place is no short form of an organisation ("Toledo" of "Toledo Hospital"); other kinds are often mistagged."""
    return name.kind == "place" or surface.votes.get("place", 0) < 0.4 * sum(surface.votes.values())
