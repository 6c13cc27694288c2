"""How walls speak, as patterns: read from models/cues/walls.toml once, matched against titles and sentences."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KINDS = ("consent", "subscription", "challenge", "script", "error")
_TOKEN = re.compile(r"\(|\)\??|\||\.\.|[\w']+\*?")
_WORD = r"[\w']+"
_GAP = rf"(?:{_WORD} ){{0,8}}"
_AROUND_TITLE = rf"(?:{_WORD} ){{0,2}}\Z"
_NEVER = re.compile(r"(?!)")
_QUOTED = re.compile(
    r"“[^”]{1,300}”|\"[^\"]{1,300}\"|„[^“”]{1,300}[“”]|«[^»]{1,300}»|»[^«]{1,300}«|(?<!\w)‘[^’]{1,300}’(?!\w)"
)
_SENTENCE = re.compile(r"(?<=[.!?…:;|])\s+|\s[–—|•·]\s|\n+")
_WORDS = re.compile(_WORD)
_MOST_WORDS = 40


@dataclass(frozen=True)
class Voice:
    """The words of one language that a wall of one kind uses, and those by which a page speaks to its reader."""

    core: re.Pattern[str]
    side: re.Pattern[str]
    anywhere: re.Pattern[str]
    first: re.Pattern[str]
    is_cased: bool

    def addresses(self, cased: str) -> bool:
        """Whether a sentence speaks to its reader, or of the page that it stands on."""
        words = cased.casefold()
        return bool(self.first.match(words) or self.anywhere.search(cased if self.is_cased else words))

    def words_in(self, words: str, *, needs_core: bool = True) -> int:
        """How many different words of the kind stand in a text; none for a single one, or without one of the core."""
        core, side = set(self.core.findall(words)), set(self.side.findall(words))
        return len(core | side) if len(core | side) > 1 and ((core and side) or not needs_core) else 0


@dataclass(frozen=True)
class Phrases:
    """How one kind of wall speaks: whole titles, beginnings of sentences, and in each language, its words."""

    titles: re.Pattern[str] = _NEVER
    sentences: re.Pattern[str] = _NEVER
    voices: tuple[Voice, ...] = ()

    def entitle(self, title: str) -> bool:
        """Whether a title is one of such a wall."""
        return self.titles.match(_plain(title)) is not None

    def open(self, sentence: str) -> bool:
        """Whether a sentence is one that only such a wall says."""
        return self.sentences.match(_plain(sentence)) is not None

    def speak(self, sentence: str) -> bool:
        """Whether a sentence is of the sort that such a wall says to its reader."""
        cased = _cased(sentence)
        words = cased.casefold()
        return self.sentences.match(words) is not None or any(
            voice.words_in(words) and voice.addresses(cased) for voice in self.voices
        )

    def mention(self, sentence: str) -> bool:
        """Whether a sentence is about what such a wall is about, whomever it speaks to."""
        words = _plain(sentence)
        return self.sentences.match(words) is not None or any(voice.words_in(words) for voice in self.voices)

    def weight(self, said: Sequence[str], *, to_reader: bool = True, needs_core: bool = True) -> int:
        """How many different words of such a wall these sentences have together, as Voice counts them.

        `to_reader`: none, where fewer than a third of them speak to a reader.
        """
        cased = [_cased(sentence) for sentence in said]
        words = "".join(cased).casefold()
        heard = [v for v in self.voices if not to_reader or 3 * sum(map(v.addresses, cased)) >= len(cased)]
        return max((voice.words_in(words, needs_core=needs_core) for voice in heard), default=0)


@dataclass(frozen=True)
class WallCues:
    """The phrases of each kind, and what the products behind them leave in a page. Empty ones recognise no words."""

    phrases: Mapping[str, Phrases] = field(default_factory=dict)
    aside: re.Pattern[str] = _NEVER
    challenges: tuple[str, ...] = ()
    captchas: re.Pattern[str] = _NEVER
    consents: re.Pattern[str] = _NEVER
    barriers: re.Pattern[str] = _NEVER
    consent_addresses: tuple[str, ...] = ()

    def of(self, kind: str) -> Phrases:
        return self.phrases.get(kind) or Phrases()

    def is_aside(self, sentence: str) -> bool:
        """Whether a sentence speaks of what stands beside articles, such as letters by mail and comments."""
        return self.aside.search(_plain(sentence)) is not None


NO_CUES = WallCues()


def load_wall_cues(text: str) -> WallCues:
    """The cues of a file such as models/cues/walls.toml."""
    data = tomllib.loads(text)
    products = data["products"]
    return WallCues(
        phrases={kind: _phrases(data[kind], data["address"]) for kind in KINDS},
        aside=_among(data["aside"]["words"]),
        challenges=tuple(mark.lower() for mark in products["challenges"]),
        captchas=_names(products["captchas"]),
        consents=_names(products["consents"]),
        barriers=_names(products["barriers"]),
        consent_addresses=tuple(products["consent_addresses"]),
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text, without what it quotes: that is somebody else's."""
    return [piece for piece in _SENTENCE.split(_QUOTED.sub("", text)) if piece.strip()]


def _plain(sentence: str) -> str:
    """The first words of a sentence in the form that patterns match: lower case, no punctuation, a blank after each."""
    return _cased(sentence).casefold()


def _cased(sentence: str) -> str:
    return "".join(f"{word} " for word in _WORDS.findall(sentence.replace("’", "'"))[:_MOST_WORDS])


def _phrases(languages: Mapping[str, Any], address: Mapping[str, Any]) -> Phrases:
    said = languages.values()
    return Phrases(
        titles=_opening([phrase for one in said for phrase in one.get("titles", [])], _AROUND_TITLE),
        sentences=_opening([phrase for one in said for phrase in one.get("sentences", [])]),
        voices=tuple(_voice(one, address[name]) for name, one in languages.items()),
    )


def _voice(words: Mapping[str, Any], address: Mapping[str, Any]) -> Voice:
    return Voice(
        core=_among(words["core"]),
        side=_among(words["side"]),
        anywhere=_among(address["anywhere"]),
        first=_opening(address["first"]),
        is_cased=address.get("cased", False),
    )


def _opening(phrases: list[str], after: str = "") -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(map(_pattern, phrases))}){after}") if phrases else _NEVER


def _among(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, phrases))})")


def _pattern(phrase: str) -> str:
    """A phrase of the file as a regular expression over words that are each followed by a blank."""
    pieces = []
    for token in _TOKEN.findall(phrase):
        if token == "(":
            pieces.append("(?:")
        elif token == "..":
            pieces.append(_GAP)
        elif token[0] in ")|":
            pieces.append(token)
        else:
            pieces.append(re.escape(token.rstrip("*")) + (r"[\w']*" if token.endswith("*") else "") + " ")
    return "".join(pieces)


def _names(names: list[str]) -> re.Pattern[str]:
    """Any of these as a whole part of an id or a class."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(map(re.escape, names))})(?:$|[\s_-]|\d)", re.IGNORECASE)
