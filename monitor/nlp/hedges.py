"""Words around a figure that make it approximate or a bound."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monitor.domain.quantity import Approximation
from monitor.nlp.lexing import Lexed, lex

_LONGEST = 6


@dataclass(frozen=True)
class Hedges:
    """Phrases by their words, and what they make of the figure they stand before or after."""

    before: Mapping[tuple[str, ...], Approximation]
    after: Mapping[tuple[str, ...], Approximation]

    @staticmethod
    def of(data: Mapping[str, Any]) -> "Hedges":
        """From the tables `before` and `after` of a file such as models/cues/en/hedges.toml."""
        return Hedges(_phrases(data["before"]), _phrases(data["after"]))


def _phrases(table: Mapping[str, list[str]]) -> dict[tuple[str, ...], Approximation]:
    return {
        tuple(piece.low for piece in lex(phrase).pieces): Approximation(kind)
        for kind, phrases in table.items()
        for phrase in phrases
    }


def hedge_before(lexed: Lexed, index: int, hedges: Hedges) -> tuple[Approximation, int] | None:
    """What stands right before this piece, and where it begins. The longest phrase wins."""
    for length in range(min(_LONGEST, index), 0, -1):
        kind = hedges.before.get(tuple(lexed.low(at) for at in range(index - length, index)))
        if kind is not None:
            return kind, index - length
    return None


def hedge_after(lexed: Lexed, index: int, hedges: Hedges) -> tuple[Approximation, int] | None:
    """What starts at this piece ("or more"), and the piece after it."""
    for length in range(_LONGEST, 0, -1):
        kind = hedges.after.get(tuple(lexed.low(at) for at in range(index, index + length)))
        if kind is not None:
            return kind, index + length
    return None
