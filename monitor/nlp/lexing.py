"""Text → numerals, words and signs with their place. Finer than spaCy's tokens, which keep "$5.5bn" in odd pieces."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# A numeral: Indian and Western grouping, thin spaces as grouping, decimals. The counts are bounded, so that no text
# makes the search go back and forth.
_NUMERAL = (
    r"(?:\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d)|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,7}(?!\d)|\d+)(?:\.\d+)?"
    r"|(?<![\d.])\.\d+"
)
_PIECE = re.compile(rf"(?P<n>{_NUMERAL})|(?P<w>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<s>[^\s\w]|_)")


class Piece(NamedTuple):
    """A numeral ("n"), word ("w") or sign ("s"). `glued`: nothing stands between it and the piece before."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True)
class Lexed:
    """The pieces of a text, and where each starts."""

    pieces: list[Piece]
    starts: list[int]

    @cached_property
    def words(self) -> frozenset[str]:
        """The pieces of the text in lower case."""
        return frozenset(piece.low for piece in self.pieces)

    def at(self, offset: int) -> int:
        """The index of the first piece that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def low(self, index: int) -> str:
        """The lower-case text of a piece; empty outside the text."""
        return self.pieces[index].low if 0 <= index < len(self.pieces) else ""


def lex(text: str) -> Lexed:
    """The pieces of a text in order."""
    pieces: list[Piece] = []
    end = -1
    for match in _PIECE.finditer(text):
        start, piece = match.start(), match.group()
        kind = match.lastgroup or "s"
        pieces.append(Piece(kind, piece, piece.lower().replace("’", "'"), start, match.end(), start == end))
        end = match.end()
    return Lexed(pieces, [piece.start for piece in pieces])
