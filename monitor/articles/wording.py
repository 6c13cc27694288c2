"""A text as its words, told alike however a desk spells: the ground on which copies of one text are found.

House style is folded away: case, accents and punctuation, British and American spelling, percent signs, commas in
numbers, small numbers in words or digits, short names of months. The folded words are for comparing alone; it does no
harm that some of them are no words of any language, as both texts are folded in the same way.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

RUN = 4
"""Words in a run: long enough that two reporters at one event share few, short enough to outlive small edits."""

LEAD = 32
"""Words of a lead: about a paragraph of a news text."""

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\d+(?:[.,]\d+)*|[^\W\d_]+|%")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DATELINE = re.compile(r"\A[A-Z][A-Z .,'/-]*(?:[A-Z][a-z]{2,8}\.? \d{1,2})?\s*(?:\([^()]{2,40}\))?\s+[-\u2013\u2014]\s+")
_ENDS_SENTENCE = frozenset(".!?\n")
_LONGEST = 200_000
_SPELLINGS = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (r"(?<=..)is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)", "iz"),
        (r"ys(?=(?:e|ed|es|er|ers|ing)$)", "yz"),
        (r"(?<=..)our(?=(?:s|ed|ing|ite|ites|able|er|ers|hood|hoods|less|ful)?$)", "or"),
        (r"(?<=...)tre(?=s?$)", "ter"),
        (r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers|ation)$)", "l"),
        (r"ae|oe", "e"),
        (r"(?<=..)ogue(?=s?$)", "og"),
        (r"(?<=..)ence(?=s?$)", "ense"),
        (r"amme(?=s?$)", "am"),
        (r"^grey", "gray"),
        (r"lough", "low"),
        (r"(?<=[ai])nse(?=[ds]?$)", "nce"),
        (r"^(tow|for|back|after|up|down)wards$", r"\1ward"),
        (r"^(amo|whi|ami)(ng|l|d)st$", r"\1\2"),
        (r"^(burn|dream|kneel|lean|learn|smell|spell|spill|spoil)t$", r"\1ed"),
    )
)
_SMALL = {
    word: str(number)
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}
_MONTHS = {"jan": "january", "feb": "february", "aug": "august", "sept": "september", "sep": "september",
           "oct": "october", "nov": "november", "dec": "december"}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """All runs of RUN words of a text, those that hold a figure, those that hold a name.

    `length`: words of the text. `places`: run → its first place, in words.
    """

    length: int
    runs: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    places: dict[str, int]

    @property
    def lead(self) -> frozenset[str]:
        """The runs of the first words."""
        return frozenset(run for run, place in self.places.items() if place < LEAD - RUN + 1)


def wording(text: str) -> Wording:
    """The wording of a text; of one longer than any news article, that of its beginning."""
    words, figures, names = _words(text[:_LONGEST])
    places: dict[str, int] = {}
    with_figures: set[str] = set()
    with_names: set[str] = set()
    for at in range(max(0, len(words) - RUN + 1)):
        run = " ".join(words[at : at + RUN])
        places.setdefault(run, at)
        if any(figures[at : at + RUN]):
            with_figures.add(run)
        if any(names[at : at + RUN]):
            with_names.add(run)
    return Wording(len(words), frozenset(places), frozenset(with_figures), frozenset(with_names), places)


def _words(text: str) -> tuple[list[str], list[bool], list[bool]]:
    """The folded words, and for each whether it is a figure, and whether it is a name: a capital within a sentence."""
    plain = unicodedata.normalize("NFKD", _DATELINE.sub("", _THOUSANDS.sub("", text)))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words: list[str] = []
    figures: list[bool] = []
    names: list[bool] = []
    end = 0
    for match in _TOKEN.finditer(plain):
        token, between = match[0], plain[end : match.start()]
        begins = not words or any(sign in _ENDS_SENTENCE for sign in between)
        end = match.end()
        word = folded(token.casefold())
        if word == "cent" and words and words[-1] == "per":
            words[-1] = "percent"
            continue
        words.append(word)
        figures.append(word[0].isdigit())
        names.append(token[0].isupper() and not begins)
    return words, figures, names


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A word in lower case as it is compared."""
    if word == "%":
        return "percent"
    known = _SMALL.get(word) or _MONTHS.get(word)
    if known:
        return known
    for pattern, spelled in _SPELLINGS:
        word = pattern.sub(spelled, word)
    return word
