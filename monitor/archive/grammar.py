"""The grammar of queries: text → a tree of terms, mended where it does not fit, with what was wrong and where.

Pieces side by side must all hold, as those with AND between; OR binds weaker, NOT and a minus stronger; brackets group.
A wrong sign is skipped or completed, so that every text has a tree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lark import Lark, Token, Tree, UnexpectedToken

from monitor.archive.figures import figure_end
from monitor.domain.unit import Units

LONGEST = 2000  # characters; what is longer is no question that a person typed
DEEPEST = 20  # brackets in brackets

_GRAMMAR = r"""
    start: either?
    ?either: both (_OR both)*
    ?both: row (_AND row)*
    row: part+
    ?part: NOT+ atom -> turned
         | atom
    ?atom: _OPEN either _CLOSE -> group
         | TERM
         | NOTHING

    _OPEN: "("
    _CLOSE: ")"
    _OR.3: /(OR(?![^\s"()])|\|\|(?![^\s"()]))/
    _AND.3: /(AND(?![^\s"()])|&&(?![^\s"()]))/
    NOT.3: /NOT(?![^\s"()])|(?<![^\s()])-(?=[^\s\-)])/
    TERM: /([A-Za-z][A-Za-z_-]*:=?)?"([^"\\]|\\.)*"?|[^\s"()]+/s
    SPACE: /[\s]+/
    %ignore SPACE
    %declare NOTHING
"""
_LARK = Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Trouble:
    """What was wrong at a character, and what was done instead."""

    position: int
    why: str
    instead: str


def cleaned(text: str) -> str:
    """The text without signs that nobody types, cut where it is too long."""
    return _CONTROL.sub(" ", text)[:LONGEST]


def tree_of(text: str, units: Units) -> tuple[Tree[Token], list[Trouble]]:
    """The terms of a cleaned text as they belong together. Units tell where a figure with spaces in it ends."""
    parsing = _Parsing(text)
    for token in _tokens(text, units):
        parsing.take(token)
    return parsing.finish(), parsing.troubles


def _tokens(text: str, units: Units) -> Iterator[Token]:
    """The tokens; a figure of several words is one."""
    end = 0
    for token in _LARK.lex(text):
        start = token.start_pos or 0
        if start < end:
            continue
        if token.type == "TERM" and token[:6].lower() == "value:" and token[6:7] != '"':
            end = max(figure_end(text, start + 6, units), start + 6)
            token = Token("TERM", text[start:end], start_pos=start, end_pos=end)
        yield token


class _Parsing:
    """A parser that goes on where a token does not fit."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parser = _LARK.parse_interactive()
        self._open: list[int] = []
        self._ignored = 0  # brackets beyond the deepest that are still to be closed
        self._last: Token | None = None
        self.troubles: list[Trouble] = []

    def take(self, token: Token) -> None:
        position = token.start_pos or 0
        if token.type == "_OPEN" and len(self._open) == DEEPEST:
            self._ignored += 1
            self._warn(position, f"more than {DEEPEST} brackets stand in each other", "this one was left out")
        elif token.type == "_CLOSE" and self._ignored:
            self._ignored -= 1
        elif token.type == "_CLOSE" and not self._open:
            self._warn(position, "no bracket is open here", "it was left out")
        elif self._fits(token):
            self._last = token
            if token.type == "_OPEN":
                self._open.append(position)
            elif token.type == "_CLOSE":
                self._open.pop()
        elif token.type == "_CLOSE":
            self._complete(position)
            self.take(token)
        else:
            self._warn(position, f"nothing stands before {token}", "it was left out")

    def finish(self) -> Tree[Token]:
        if self._last is not None and self._last.type in ("_OR", "_AND", "NOT"):
            self._complete(self._last.start_pos or 0)
        for position in reversed(self._open):
            if self._last is not None and self._last.type == "_OPEN" and self._last.start_pos == position:
                self._complete(position)
            self._warn(position, "this bracket is not closed", "it was taken to reach the end")
            self._fits(Token("_CLOSE", ")"))
        tree: Tree[Token] = self._parser.feed_eof()  # type: ignore[no-untyped-call]
        return tree

    def _fits(self, token: Token) -> bool:
        try:
            self._parser.feed_token(token)
        except UnexpectedToken:
            return False
        return True

    def _complete(self, position: int) -> None:
        """Nothing stands where something must."""
        before = str(self._last) if self._last is not None else ""
        why = "nothing stands in these brackets" if before == "(" else f"nothing stands after {before}"
        where = (self._last.start_pos or 0) if self._last is not None else position
        self._warn(where, why, "it was left out")
        self._last = Token("NOTHING", "", start_pos=position, end_pos=position)
        self._parser.feed_token(self._last)

    def _warn(self, position: int, why: str, instead: str) -> None:
        self.troubles.append(Trouble(position, why, instead))
