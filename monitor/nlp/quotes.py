"""Quoted speech: which regions of a text stand in quotation marks."""

from collections.abc import Sequence
from dataclasses import dataclass

OPENING = "“«„"
CLOSING = "”»"
STRAIGHT = '"'
LONGEST = 6000  # characters: a mark without a partner further away than this is a slip


@dataclass(frozen=True)
class Quote:
    """A quotation; `start`/`end` include its marks. `goes_on`: the next paragraph carries it on without a close."""

    start: int
    end: int
    goes_on: bool = False

    @property
    def inside(self) -> tuple[int, int]:
        return self.start + 1, self.end if self.goes_on else self.end - 1


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quote]:
    """Quotations in order. A paragraph that ends inside one closes it; it goes on if the next opens with a mark."""
    text = text.replace("''", '" ').replace("``", '" ')  # typewriter marks, kept as long as they were
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[number + 1][0] :][:1] if number + 1 < len(paragraphs) else ""
        found.extend(_in_paragraph(text, start, end, following))
    return found


def _in_paragraph(text: str, start: int, end: int, following: str) -> list[Quote]:
    found: list[Quote] = []
    opened: int | None = None
    for at in range(start, end):
        mark = text[at]
        if opened is None:
            if mark in OPENING or (mark == STRAIGHT and not _is_inch(text, at)):
                opened = at
        elif mark in CLOSING or (mark == STRAIGHT and text[opened] == STRAIGHT):
            found.append(Quote(opened, at + 1))
            opened = None
        elif mark in OPENING and text[opened] in OPENING and mark == text[opened]:
            opened = at  # the first one was never closed: trust the later
    if (opened is not None and end - opened < LONGEST and following and following in OPENING + STRAIGHT) or (
        opened is not None and opened == start and end - opened < LONGEST
    ):
        found.append(Quote(opened, end, goes_on=True))
    return found


def _is_inch(text: str, at: int) -> bool:
    """A mark right after a digit opens nothing: 5" is a length."""
    return at > 0 and text[at - 1].isdigit()
