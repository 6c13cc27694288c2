"""What a figure is of where its sentence leaves that to what was said before: "the target is 70", "it gives 36"."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor, Tie

_LINKS = frozenset({"of", "the", "a", "an", "for", "in", "and", "its", "their", "as"})
_POINTING = frozenset({"it", "they", "this", "that", "these", "those"})
_MOVES = frozenset({"change", "growth"})
_SPANS = frozenset({"hour", "day", "week", "month", "quarter", "year"})
_MEASURES = frozenset({"barrel", "tonne", "kilometre", "metre", "mile", "litre", "gallon", "megawatt-hour", "millimetre"})
_REACH = 24  # characters before a figure in which it may be compared with another


@dataclass(frozen=True)
class Told:
    """What was found for an earlier figure."""

    metric: str
    unit: str


@dataclass
class Echoes:
    """The metrics that an article has given so far.

    `measure`: the share that it speaks of most, such as "yield"; `prices`: what prices it spoke of last.
    """

    cues: MetricCues
    measure: str = ""
    levels: dict[str, str] = field(default_factory=dict)
    phrases: dict[tuple[str, str], str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    rates: dict[str, str] = field(default_factory=dict)
    prices: str = ""

    def complete(self, metric: str, unit: str, tie: Tie, before: Told | None) -> str:
        """The metric with what it leaves out; empty where nothing says what the figure is of."""
        words = metric.split()
        if len(words) == 1 and (fuller := self.phrases.get((_one(words[0]), _sort(unit)))):
            return fuller
        if words == ["prices", "change"]:
            return f"{self.prices or 'price'} change"
        if metric == "rate" and self._known(unit):
            return self._known(unit)
        is_length = unit in self.cues.units.lengths and not all(word in self.cues.generic for word in words)
        if words and (is_length or not self._says_nothing(words, unit)):
            return metric
        if tie is Tie.SHARE and words[:1] == ["share"]:
            if before is None or set(words) & self.cues.differences:
                return metric
            return f"share of {self._stem(before.metric)}"
        is_moved = before is not None and tie is Tie.CHANGE and _sort(unit) in {"percent", "ratio", _sort(before.unit)}
        known = self._known(unit) or (before.metric if before is not None and is_moved else "")
        if not known:
            return "" if all(word in self.cues.generic | _LINKS for word in words) else metric
        return self._grown(self._stem(known), words, tie)

    def _known(self, unit: str) -> str:
        """The last level of this sort; of shares one that is a measure, such as a yield, before one that is not."""
        above, _, below = unit.partition("/")
        last = self.rates.get(below, "") if above == "item" and below else self.levels.get(_sort(unit), "")
        if unit == "percent" and self.measure and not self.cues.measures.intersection(last.split()):
            return self.measure
        return last

    def _grown(self, stem: str, words: list[str], tie: Tie) -> str:
        """The stem with the word that says it is expected, moved or apart."""
        for word in words:
            if word == "cut" and stem.endswith("rate"):
                return f"{stem} {word}"
            if word in self.cues.outlook:
                return f"{stem} {word}"
            if word in self.cues.differences:
                return f"{stem} difference"
        moved = tie is Tie.CHANGE or any(word in self.cues.verbs.change_nouns for word in words)
        return f"{stem} change" if moved else stem

    def _says_nothing(self, words: list[str], unit: str) -> bool:
        """Whether no word of the metric says what is measured. A loss of money is a measure, one of votes a change."""
        cues = self.cues
        if _sort(unit) == "money" and any(_one(word) in cues.company for word in words):
            return False
        if len(words) == 1 and _one(words[0]) in cues.people:
            return True
        empty = cues.generic | cues.outlook | cues.differences | cues.verbs.change_nouns | _LINKS | _MOVES
        return all(word in empty for word in words)

    def _stem(self, metric: str) -> str:
        words = metric.split()
        while len(words) > 1 and (words[-1] in self.cues.outlook or words[-1] in _MOVES | {"difference"}):
            words.pop()
        return " ".join(words)

    def learn(self, metric: str, unit: str, tie: Tie) -> None:
        """Keep what this figure was of for those after it."""
        words = metric.split()
        if not words or self._says_nothing(words, unit):
            return
        told = tie is Tie.COUNT and (unit.startswith("count") or _sort(unit) == "money")
        if tie is Tie.LEVEL or unit == "date" or told:
            self.levels[_sort(unit)] = metric
            if unit.startswith("count:"):
                self.levels["count:item"] = metric
            if "/" in unit:
                self.rates[unit.partition("/")[2]] = metric
        if unit not in {"count:item", "ratio"}:
            self.units.setdefault(metric, unit)
        if tie is Tie.LEVEL and len(words) > 1 and words[-1] in {"price", "prices"}:
            self.prices = metric
        if len(words) > 1:
            head = words[0] if _one(words[0]) in self.cues.people else _head(words)
            self.phrases.setdefault((_one(head), _sort(unit)), metric)

    def unit_of(self, metric: str, unit: str) -> str:
        """The noun that a bare number counts, where an earlier figure of the same metric had one."""
        return self.units.get(metric, unit) if unit == "count:item" else unit


def compares(doc: Doc, start: int, unit: str, before: Told | None, cues: MetricCues) -> bool:
    """Whether the figure at `start` is set beside the figure before it: "against 41 percent", "up from the 3 it gave"."""
    if before is None or not (before.unit == unit or (unit == "count:item" and before.unit.startswith("count"))):
        return False
    before_it = text_of(doc)[max(0, start - _REACH) : start].lower()
    words = [word for word in before_it.split() if word not in {"the", "a", "an"}]
    return bool(words) and (words[-1] in cues.comparing or words[-2:] in (["compared", "with"], ["compared", "to"]))


def stand_in(hung: Anchor, phrase: Phrase) -> Anchor:
    """The anchor with what "it" or "they" stands for: the subject of the sentence before, or what that is about."""
    noun = hung.noun
    if noun is None or noun.lower_ not in _POINTING or noun.sent.start == 0:
        return hung
    root = noun.doc[noun.sent.start - 1].sent.root
    found = next((token for token in _topics(root) if _is_thing(token, phrase) and _agrees(noun, token)), None)
    return replace(hung, noun=found) if found is not None else hung


def _topics(root: Token) -> Iterator[Token]:
    """Subject of a sentence; where that is no noun, what it says it is or is done to: "Look at stocks. They …"."""
    subject = next((child for child in root.children if child.dep_ in {"nsubj", "nsubjpass", "csubj"}), None)
    if subject is not None and subject.pos_ in {"NOUN", "PROPN"}:
        yield subject
        return
    for child in root.rights:
        if child.dep_ in {"attr", "dobj"}:
            yield child
        elif child.dep_ == "prep":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _agrees(pronoun: Token, noun: Token) -> bool:
    """Whether "it" stands for one thing and "they" for several."""
    return not (pronoun.lower_ == "it" and noun.tag_ == "NNS") and not (pronoun.lower_ == "they" and noun.tag_ == "NN")


def _is_thing(noun: Token, phrase: Phrase) -> bool:
    return noun.pos_ == "NOUN" and not phrase.is_barred(noun) and not noun.ent_type_


def _one(word: str) -> str:
    """The singular of a plain plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _sort(unit: str) -> str:
    """Units whose figures may be of one thing: "12,000 wafers a month" and "a goal of 15,000 wafers"."""
    if len(unit) == 3 and unit.isupper():
        return "money"
    if unit == "percentage_point":
        return "percent"
    above, _, below = unit.partition("/")
    return f"count:{above}" if below in _SPANS and above not in _MEASURES and not above.isupper() else unit


def _head(words: list[str]) -> str:
    """The noun of a metric: "boats" of "boats of wheat"."""
    return words[words.index("of") - 1] if "of" in words[1:] else words[-1]
