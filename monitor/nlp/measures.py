"""Units as written, before and after a number, and what a rate is per."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.unit import Surface, Units
from monitor.nlp.lexing import Lexed, lex

_HYPHENS = "-‐‑"
_LONGEST = 5  # words of a unit's form


@dataclass(frozen=True)
class UnitForms:
    """The surface forms of units, ready for look-up."""

    words: Mapping[tuple[str, ...], tuple[Surface, ...]]
    signs: Mapping[str, tuple[Surface, ...]]
    leads: Mapping[tuple[str, ...], tuple[Surface, ...]]
    lead_signs: Mapping[str, tuple[Surface, ...]]
    folded: Mapping[str, tuple[Surface, ...]]
    scopes: frozenset[str] = field(default_factory=frozenset)

    @staticmethod
    def of(units: Units) -> "UnitForms":
        """The forms of a table of units."""
        words: dict[tuple[str, ...], tuple[Surface, ...]] = {}
        signs: dict[str, tuple[Surface, ...]] = {}
        leads: dict[tuple[str, ...], tuple[Surface, ...]] = {}
        lead_signs: dict[str, tuple[Surface, ...]] = {}
        folded: dict[str, set[str]] = {}
        for surface in units.surfaces:
            if surface.exact_case:
                table = lead_signs if surface.before else signs
                key = surface.form.replace(" ", "")
                table[key] = (*table.get(key, ()), surface)
                if not surface.before and len(key) > 1 and surface.form != surface.unit:
                    folded.setdefault(key.lower(), set()).add(key)
            else:
                target = leads if surface.before else words
                form = tuple(piece.low for piece in lex(surface.form).pieces if piece.text not in _HYPHENS)
                target[form] = (*target.get(form, ()), surface)
        # "2.4Ghz": other letters are forgiven where they can mean one thing only.
        alone = {low: signs[forms.pop()] for low, forms in folded.items() if len(forms) == 1}
        return UnitForms(words, signs, leads, lead_signs, alone, units.scopes)


@dataclass(frozen=True)
class Measure:
    """A unit found in the text: pieces `first` to `last`, half-open."""

    surfaces: tuple[Surface, ...]
    first: int
    last: int


def unit_after(lexed: Lexed, index: int, forms: UnitForms) -> Measure | None:
    """The longest unit that starts at this piece, after an optional hyphen."""
    pieces = lexed.pieces
    if index >= len(pieces):
        return None
    if pieces[index].text in _HYPHENS and pieces[index].glued:
        if index + 1 >= len(pieces) or not pieces[index + 1].glued:
            return None
        index += 1
    sign, word = _sign_after(lexed, index, forms), _words_after(lexed, index, forms)
    if sign is not None and (word is None or sign.last >= word.last):
        return sign
    return word


def _sign_after(lexed: Lexed, index: int, forms: UnitForms) -> Measure | None:
    pieces = lexed.pieces
    text, best = "", None
    for at in range(index, min(index + 5, len(pieces))):
        if at > index and not pieces[at].glued:
            break
        text += pieces[at].text
        if (text in forms.signs or text.lower() in forms.folded) and not _runs_on(lexed, at + 1):
            best = at + 1
    if best is None:
        return None
    found = "".join(piece.text for piece in pieces[index:best])
    surfaces = certain(forms.signs.get(found) or forms.folded[found.lower()], lexed)
    if len(found) == 1 and found.isalpha() and not pieces[index].glued and found not in "mtgh":
        # "Plan B", "Team A": a letter that stands alone is a unit only among words that speak of its dimension.
        surfaces = tuple(one for one in surfaces if lexed.words.intersection(one.hints))
    return Measure(surfaces, index, best) if surfaces else None


def certain(surfaces: tuple[Surface, ...], lexed: Lexed) -> tuple[Surface, ...]:
    """The readings that hold in this text: unsure ones need one of their hints."""
    return tuple(one for one in surfaces if not one.unsure or lexed.words.intersection(one.hints))


def _runs_on(lexed: Lexed, index: int) -> bool:
    return index < len(lexed.pieces) and lexed.pieces[index].glued and lexed.pieces[index].kind != "s"


def _words_after(lexed: Lexed, index: int, forms: UnitForms) -> Measure | None:
    key: tuple[str, ...] = ()
    best, at = None, index
    while len(key) < _LONGEST and at < len(lexed.pieces):
        piece = lexed.pieces[at]
        if piece.text in _HYPHENS and key:
            at += 1
            continue
        key = (*key, piece.low)
        at += 1
        if key in forms.words and not _runs_on(lexed, at):
            best = Measure(forms.words[key], index, at)
        if piece.kind == "s" and piece.text not in "%." and best is None:
            break
    return best


def unit_before(lexed: Lexed, index: int, forms: UnitForms) -> Measure | None:
    """The unit that stands before the number at this piece: $, NT$, EUR, magnitude."""
    pieces = lexed.pieces
    text, best = "", None
    for at in range(index - 1, max(index - 7, -1), -1):
        piece = pieces[at]
        follows = pieces[at + 1]
        apart = not follows.glued
        text = piece.text + text
        loose = apart and at + 1 == index and _must_touch(text)
        found = certain(forms.lead_signs.get(_dollars(text), ()), lexed)
        if found and _starts_clean(lexed, at) and not loose:
            best = Measure(found, at, index)
        if apart and at + 1 < index and not follows.text.startswith("$"):
            break
    if best is not None:
        return best
    for length in (3, 2, 1):
        key = tuple(lexed.low(at) for at in range(index - length, index))
        if key in forms.leads:
            return Measure(forms.leads[key], index - length, index)
    return None


def _dollars(text: str) -> str:
    """ "us$" and "US$" are one."""
    return text.upper() if text.endswith("$") and len(text) > 2 else text


def _must_touch(text: str) -> bool:
    """A single letter is a currency only right at the number ("R500", not "plan R 500")."""
    return len(text) == 1 and text.isalpha()


def _starts_clean(lexed: Lexed, index: int) -> bool:
    """Whether no letter or digit runs into this piece from the left."""
    if index == 0 or not lexed.pieces[index].glued:
        return True
    before = lexed.pieces[index - 1]
    if before.text in _HYPHENS and lexed.pieces[index].kind == "w":
        # The R18 of "PLX-R18" is no amount of rand.
        return False
    return before.kind == "s" and (before.text not in "$€£" or lexed.pieces[index].kind == "s")


def choose(surfaces: tuple[Surface, ...], present: frozenset[str], near: frozenset[str], *, scaled: bool) -> Surface:
    """The reading of a shared form that fits the words of the text, those near it above all.

    `scaled`: a figure in millions is money, not weight.
    """
    if len(surfaces) == 1:
        return surfaces[0]

    def fit(surface: Surface) -> tuple[int, bool]:
        hits = sum((hint in present) + 4 * (hint in near) for hint in surface.hints)
        return hits, scaled and surface.unit.isupper()

    return max(surfaces, key=fit)
