"""Pieces of text with their places on printed pages → paragraphs.

Print breaks text by lines, columns and pages; what stands on every page is not text. Programs draw their pages column by
column, with few exceptions, so the order in which pieces are drawn is that of reading.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import median

from monitor.articles.paragraphs import folded

_EDGE = 0.12
"""The share of a page, at its top and at its foot, where lines stand that are repeated on other pages."""

_OFTEN = 0.4
_LONGEST_HEAD = 8
_HEIGHT = 4
_LEADER = re.compile(r"(?:\s?\.){5,}")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|pagina|p\.)?\W*\d{1,4}(?:\s*(?:of|/|von|sur|de|di|van)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*\Z")
_ITEM = re.compile(r"(?:[•▪◦‣●○■□·*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+\S")
_HYPHEN = re.compile(r"(\w+)[-\u00ad‐]\Z")
_WORD = re.compile(r"\w+(?:-\w+)*")
_HEADING = 1.15
_LETTER = 0.5
"""The width of a letter, on average, as a share of its size."""


@dataclass(frozen=True)
class Run:
    """A piece of text. `x`, `y`: where it begins, from the left and the foot of the page; all lengths in points."""

    x: float
    y: float
    size: float
    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Sheet:
    """A page: its height, and its pieces in the order of drawing."""

    height: float
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Printed:
    """The paragraphs of a document, and the largest line of its first page."""

    headline: str
    paragraphs: list[str]


@dataclass
class _Line:
    """`cells`: text and left edge of what stands side by side, far apart."""

    sheet: int
    y: float
    size: float
    is_bold: bool
    cells: list[tuple[float, str]]
    end: float = field(default=0.0)

    @property
    def x(self) -> float:
        return self.cells[0][0]

    @property
    def text(self) -> str:
        return " | ".join(folded(text) for _, text in self.cells)


@dataclass(frozen=True)
class _Leading:
    """The usual size of letters, and how far lines are from each other, as a multiple of their size."""

    size: float
    share: float

    def of(self, line: _Line) -> float:
        return self.share * line.size


def paragraphs_of(sheets: Sequence[Sheet]) -> Printed:
    """The paragraphs of a document in reading order; a table is one, its rows are lines with bars between cells."""
    lines = [line for number, sheet in enumerate(sheets) for line in _in_columns(list(_lines(number, sheet)))]
    lines = [line for line in _without_repeated(lines, sheets) if line.text]
    first = [line for line in lines if line.sheet == 0]
    largest = max((line.size for line in first), default=0.0)
    is_set_off = any(line.size < 0.9 * largest for line in first)
    headline = " ".join(line.text for line in first if line.size > 0.97 * largest) if is_set_off else ""
    return Printed(headline if len(headline) < 300 else "", _joined(lines))


def _lines(number: int, sheet: Sheet) -> Iterator[_Line]:
    """Pieces at one height, one after another, are a line."""
    line: _Line | None = None
    for run in sheet.runs:
        if line is not None and abs(run.y - line.y) <= 0.35 * max(run.size, line.size) and run.x >= line.x:
            _add(line, run)
            continue
        if line is not None:
            yield line
        line = _Line(number, run.y, run.size, run.is_bold, [(run.x, run.text)], _end_of(run))
    if line is not None:
        yield line


def _add(line: _Line, run: Run) -> None:
    place, text = line.cells[-1]
    is_apart = text.endswith("\n") or run.x > line.end + 1.5 * run.size
    if is_apart:
        line.cells.append((run.x, run.text))
    else:
        line.cells[-1] = (place, text + run.text)
    line.size = max(line.size, run.size)
    line.is_bold = line.is_bold and run.is_bold
    line.end = max(line.end, _end_of(run))


def _end_of(run: Run) -> float:
    return run.x + _LETTER * run.size * len(run.text.rstrip())


def _in_columns(lines: list[_Line]) -> list[_Line]:
    """The lines of a page; those of columns that were drawn side by side, row by row, one column after the other."""
    wide = [line for line in lines if len(line.cells) == 2 and min(len(text) for _, text in line.cells) > 25]
    if len(wide) < 5 or len(wide) < 0.5 * len(lines):
        return lines
    edge = median(line.cells[1][0] for line in wide)
    left: list[_Line] = []
    right: list[_Line] = []
    for line in lines:
        for place, text in line.cells:
            part = _Line(line.sheet, line.y, line.size, line.is_bold, [(place, text)])
            (right if place > edge - 2 * line.size else left).append(part)
    return left + right


def _without_repeated(lines: list[_Line], sheets: Sequence[Sheet]) -> list[_Line]:
    """The lines without heads and feet of pages, page numbers, and lines of a table of contents."""
    outermost = _outermost(lines)
    edges = {
        id(line): _key(line)
        for line in lines
        if not _EDGE * sheets[line.sheet].height < line.y < (1 - _EDGE) * sheets[line.sheet].height
    }
    seen = Counter(key for _, key in {(line.sheet, edges[id(line)]) for line in lines if id(line) in edges})
    often = max(2, _OFTEN * len(sheets))

    def is_text(line: _Line) -> bool:
        key = edges.get(id(line))
        if key is not None and (
            seen[key] >= (2 if id(line) in outermost else often) or _PAGE_NUMBER.fullmatch(line.text)
        ):
            return False
        return _LEADER.search(line.text) is None

    return [line for line in lines if is_text(line)]


def _outermost(lines: list[_Line]) -> set[int]:
    """The lines at the very top and foot of each page."""
    found: set[int] = set()
    for _, page in groupby(lines, key=lambda line: line.sheet):
        own = list(page)
        top, foot = max(line.y for line in own), min(line.y for line in own)
        found |= {id(line) for line in own if line.y in (top, foot)}
    return found


def _key(line: _Line) -> tuple[int, str]:
    """What a line at the edge shares with its likes on other pages: its height, and its text but for numbers."""
    text = line.text.casefold()
    is_short = len(text.split()) <= _LONGEST_HEAD
    return round(line.y / _HEIGHT), _NUMBER.sub("#", text) if is_short else text


def _joined(lines: list[_Line]) -> list[str]:
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    leading = _leading(lines)
    full = _fullness(lines)
    found: list[str] = []
    before: _Line | None = None
    for line in lines:
        if before is not None and len(before.cells) > 1 and len(line.cells) > 1 and before.sheet == line.sheet:
            found[-1] += "\n" + line.text
        elif before is None or _begins(before, line, leading, full[id(before)]):
            found.append(line.text)
        else:
            found[-1] = _glued(found[-1], line.text, words)
        before = line
    return found


def _begins(before: _Line, line: _Line, leading: _Leading, fullness: float) -> bool:
    """Whether a line begins a paragraph. `fullness`: share of its column's width that the line before takes."""
    if abs(before.size - line.size) > 0.08 * line.size or before.is_bold != line.is_bold:
        return True
    if len(before.cells) > 1 or len(line.cells) > 1 or _ITEM.match(line.text):
        return True
    down = before.y - line.y
    has_ended = _ENDED.search(before.text) is not None
    if before.sheet != line.sheet or down <= 0 or down > 4 * leading.of(line):  # another column or page
        return has_ended or not (line.text[:1].islower() or fullness > 0.75)
    if down > 1.35 * leading.of(line):
        return True
    if line.size > _HEADING * leading.size:  # a headline of several lines, often centred
        return False
    indent = line.x - before.x
    if 0.7 * line.size < indent < 6 * line.size and not _ITEM.match(before.text):
        return True
    return has_ended and fullness < 0.7


def _leading(lines: list[_Line]) -> _Leading:
    steps = [
        (one.y - other.y) / other.size
        for one, other in pairwise(lines)
        if one.sheet == other.sheet and other.size > 0 and 0 < one.y - other.y < 4 * other.size
    ]
    sizes = [line.size for line in lines for _ in range(min(20, len(line.text) // 10))]
    return _Leading(median(sizes) if sizes else 10.0, median(steps) if steps else 1.2)


def _fullness(lines: list[_Line]) -> dict[int, float]:
    """Of each line, its length as a share of the long lines that begin at the same place of its page."""
    columns: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(len(line.text))
    longest = {key: sorted(lengths)[int(0.9 * (len(lengths) - 1))] for key, lengths in columns.items()}
    return {id(line): len(line.text) / max(1, longest[_column(line)]) for line in lines}


def _column(line: _Line) -> tuple[int, int]:
    return line.sheet, round(line.x / 20)


def _glued(text: str, line: str, words: Counter[str]) -> str:
    """Two lines as one. A hyphen at the break goes, unless the document has the word with a hyphen elsewhere."""
    broken = _HYPHEN.search(text)
    if broken is None or not line[:1].isalpha():
        return f"{text}{'' if broken else ' '}{line}"
    rest = _WORD.match(line)
    end = rest[0] if rest else ""
    is_word = line[:1].islower() and not words[f"{broken[1]}-{end}".casefold()]
    if words[f"{broken[1]}{end}".casefold()] or is_word:
        return text[: broken.end(1)] + line
    return text + line
