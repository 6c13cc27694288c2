"""Whether the longer of two sentences answers what the shorter one asks: has it its words and names, and for this figure?

A short sentence leaves out what goes without saying; what it does say, the other must have. Words that stand for each
other (died, killed) count as one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.relations.mention import Mention

_MOST_WORDS, _MOST_MISSING, _MOST_NAMES, _MOST_ROLES = 8, 4, 2, 4
_SHORT = 9  # words
_NEAREST = 2
# Where a sentence asks nothing but its heading: what is usual.
_USUAL_MISSING, _USUAL_OWN, _USUAL_NAME = 0.3, 0.5, 0.7


@dataclass(frozen=True)
class _Asked:
    """`words`: what the shorter sentence asks, without the headings; `found`: those of them that the longer one has."""

    short: Mention
    long: Mention
    words: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        return [word for word in self.words if word not in self.found]


def answered(one: Mention, other: Mention) -> dict[str, float]:
    """What of the shorter sentence is in the longer one, and how far it is said there of the figure."""
    forth, back = _asked(one, other), _asked(other, one)
    first, second = len(one.own_words.own), len(other.own_words.own)
    if first == second:  # neither is the shorter: both ways count alike
        there, here = _seen(forth), _seen(back)
        return {name: (there[name] + here[name]) / 2 for name in there}
    return _seen(forth if first < second else back)


def _asked(short: Mention, long: Mention) -> _Asked:
    titled, kin = short.titled | long.titled, short.ontology.words.kin
    known = long.own_words.own
    stand_in = frozenset[int]().union(*(kin.get(word, frozenset()) for word in known))
    words = tuple(word for word in short.own_words.own if word not in titled)
    found = tuple(word for word in words if word in known or kin.get(word, frozenset()) & stand_in)
    return _Asked(short, long, words, found)


def _seen(asked: _Asked) -> dict[str, float]:
    names, missing = asked.short.own_words.names, asked.missing
    lost = sum(word in names for word in missing)
    owned = [_owned(word, asked.long) for word in asked.found]
    named = [asked.long.own_words.own[word] for word in asked.found if word in names and word in asked.long.own_words.own]
    nearest = sorted(asked.words, key=lambda word: (asked.short.own_words.distance[word], word))[:_NEAREST]
    return {
        "asked words": min(len(asked.words), _MOST_WORDS) / _MOST_WORDS,
        "asked, missing": float(min(len(missing), _MOST_MISSING)),
        "asked, share missing": len(missing) / len(asked.words) if asked.words else _USUAL_MISSING,
        "asked, all found": float(not missing),
        "asked names missing": float(min(lost, _MOST_NAMES)),
        "an asked name missing": float(lost > 0),
        "asked, of this figure": sum(owned) / len(owned) if owned else _USUAL_OWN,
        "asked, least of this figure": min(owned, default=_USUAL_OWN),
        "asked names of this figure": min(named, default=_USUAL_NAME),
        "nearest asked missing": float(sum(word in missing for word in nearest)),
        "a short sentence": float(len(asked.short.own_words.own) <= _SHORT),
    }


def _owned(word: str, of: Mention) -> float:
    """How far the word, or one that stands for it, is the figure's own."""
    kin = of.ontology.words.kin
    alike = kin.get(word, frozenset())
    return max(share for other, share in of.own_words.own.items() if other == word or kin.get(other, frozenset()) & alike)


def roles(one: Mention, other: Mention) -> dict[str, float]:
    """Classes of words that set figures apart: which both have of one value, of two, and which only one has."""
    first, second = one.own_words.roles, other.own_words.roles
    both = first.keys() & second.keys()
    same = {name for name in both if first[name] & second[name]}
    alone = first.keys() ^ second.keys()
    return {
        "roles that clash": float(len(both - same)),
        "a clash of roles": float(bool(both - same)),
        "roles in one": float(min(len(alone), _MOST_ROLES)),
        "roles shared": float(min(len(same), _MOST_ROLES)),
        **_each("clash", both - same),
        **_each("in one", alone),
        **_each("shared", same),
    }


def _each(how: str, names: Iterable[str]) -> dict[str, float]:
    return {f"{name} {how}": 1.0 for name in names}
