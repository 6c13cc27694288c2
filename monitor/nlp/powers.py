"""Powers as text writes them: numbers times a power of ten, and units raised to one ("m s−1", "g cm-3")."""

import re
from collections.abc import Sequence
from decimal import Decimal

from monitor.nlp.lexing import Lexed, Piece

_TIMES = frozenset("×⋅·*")
_MINUS = frozenset("-−–‐‑⁻")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LARGEST = 40  # a higher power is a misprint
_FLATTENED = re.compile(r"10(\d{1,2})")  # a raised exponent that came down to the line: 106 for 10⁶
_KINDS = {1: "", 2: "square_", 3: "cubic_"}


def power_of_ten(lexed: Lexed, index: int, mantissa: str) -> tuple[Decimal, int] | None:
    """The factor of "× 10−8", "x 10^6" or "×10⁶" that starts at this piece, and the piece after it."""
    pieces = lexed.pieces
    sign = pieces[index] if index + 1 < len(pieces) else None
    if sign is None or not (sign.text in _TIMES or (sign.low == "x" and pieces[index + 1].text.startswith("10"))):
        return None
    at = index + 2
    ten = pieces[index + 1].text
    if ten == "10":
        exponent, at = _exponent(pieces, at)
    else:
        flat = _FLATTENED.fullmatch(ten) if "." in mantissa and sign.text in _TIMES else None
        exponent = int(flat.group(1)) if flat else None
    return (Decimal(1).scaleb(exponent), at) if exponent is not None and abs(exponent) <= _LARGEST else None


def _exponent(pieces: Sequence[Piece], at: int) -> tuple[int | None, int]:
    """The signed whole number at this piece, glued to the one before it but for a blank behind its sign."""
    way = 1
    if at < len(pieces) and pieces[at].text == "^" and pieces[at].glued:
        at += 1
    if at < len(pieces) and pieces[at].text in _MINUS and pieces[at].glued:
        way, at = -1, at + 1
        loose = True
    else:
        loose = False
    if at >= len(pieces) or not (pieces[at].glued or (loose and pieces[at - 1].text != "-")):
        return None, at
    digits = pieces[at].text.translate(_RAISED)
    return (way * int(digits), at + 1) if digits.isascii() and digits.isdigit() and len(digits) <= 2 else (None, at)


def negative_power(lexed: Lexed, index: int) -> tuple[int, int] | None:
    """The 1 of the "−1" of "s−1" that starts at this piece, and the piece after it."""
    pieces = lexed.pieces
    if index >= len(pieces) or not pieces[index].glued or pieces[index].text not in _MINUS:
        return None
    exponent, last = _exponent(pieces, index)
    ends = last >= len(pieces) or not pieces[last].glued or pieces[last].kind == "s"
    return (-exponent, last) if exponent is not None and -3 <= exponent < 0 and ends else None


def raised(unit: str, power: int) -> str:
    """ "centimetre" to the power of 3: "cubic_centimetre"."""
    return f"{_KINDS[power]}{unit}"
