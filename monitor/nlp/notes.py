"""Notes that say in what unit the bare numbers of a text are: "in thousands of euros"."""

from collections.abc import Iterator
from decimal import Decimal

from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.measures import UnitForms, unit_after


def note_places(lexed: Lexed, cues: FigureCues) -> list[tuple[int, int]]:
    """Where the scale words of such notes stand, which are no numbers of their own."""
    return [(lexed.pieces[at].start, lexed.pieces[at].end) for at in _notes(lexed, cues)]


def unit_note(lexed: Lexed, cues: FigureCues, forms: UnitForms) -> tuple[str, Decimal] | None:
    """The unit that a note names and the factor of its scale, or None."""
    for at in _notes(lexed, cues):
        scale = cues.numbers.scales[lexed.low(at).removesuffix("s")]
        measure = unit_after(lexed, at + 2, forms) if lexed.low(at + 1) == "of" else None
        if measure is not None:
            surface = measure.surfaces[0]
            return surface.unit, surface.factor * scale
    return None


def _notes(lexed: Lexed, cues: FigureCues) -> Iterator[int]:
    """Pieces such as the "thousands" of "in thousands of euros", and of a bare "in thousands"."""
    for index, piece in enumerate(lexed.pieces):
        plural = piece.low in cues.numbers.vague and piece.low.removesuffix("s") in cues.numbers.scales
        if plural and lexed.low(index - 1) in cues.unit_note_leads:
            follower = lexed.low(index + 1)
            if follower == "of" or not follower or lexed.pieces[index + 1].kind == "s":
                yield index
