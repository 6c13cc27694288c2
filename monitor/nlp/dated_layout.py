"""The times that headings, and the heads of columns and rows, give to the figures below and beside them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan
from monitor.nlp.cells import cells_in
from monitor.nlp.stretches import shifted
from monitor.nlp.tables import Region
from monitor.nlp.text import text_of


class DatedLayout:
    """The dates of a text by where they stand: in its headings, in the first rows and columns of its tables."""

    def __init__(self, doc: Doc, dates: Sequence[DateSpan]) -> None:
        self._text, self._dates = text_of(doc), dates
        figures = [(q.start, q.end) for q in doc._.quantities]
        # A line of a list that ends without a full stop looks like a heading, but has figures of its own.
        self._headings = [(a, b) for a, b in doc._.headings if not any(a <= s and e <= b for s, e in figures)]
        self._cells = cells_in(text_of(doc))

    def of_cell(self, at: int) -> DateSpan | None:
        """The period at the head of a number's column, else of its row; its day where the caption names one."""
        cell = next((cell for (start, end), cell in self._cells.items() if start <= at < end), None)
        if cell is None:
            return None
        captioned = self._first_in(cell.caption)
        head = self._first_in(cell.column) or self._first_in(cell.row)
        if head is None or captioned is None:
            return head or captioned
        return replace(head, period=_same_day_in(captioned.period, head.period))

    def of_heading(self, at: int, *, bracketed: bool) -> DateSpan | None:
        """The period that the heading above a figure names; for figures in brackets the one that it has in brackets."""
        above = [(start, end) for start, end in self._headings if end <= at]
        dates = [d for d in self._dates if above and above[-1][0] <= d.start < above[-1][1]]
        inside = [d for d in dates if self._is_in_brackets(d, above[-1])]
        own = inside if bracketed else [d for d in dates if d not in inside]
        return own[0] if own else None

    def _first_in(self, region: Region) -> DateSpan | None:
        return next((d for d in self._dates if region[0] <= d.start and d.end <= region[1]), None)

    def _is_in_brackets(self, date_span: DateSpan, heading: Region) -> bool:
        before = self._text[heading[0] : date_span.start]
        return before.count("(") > before.count(")")


def _same_day_in(captioned: Period, year: Period) -> Period:
    """ "1 January" over a column "2026": that day of that year; else the column's own period."""
    if captioned.start is None or captioned.end is None or year.start is None or not _is_year(year):
        return year
    if (captioned.end - captioned.start).days > 31:
        return year
    moved = 12 * (year.start.year - captioned.start.year)
    return Period(shifted(captioned.start, "month", moved), shifted(captioned.end, "month", moved))


def _is_year(period: Period) -> bool:
    first, last = period.start, period.end
    return first is not None and first == date(first.year, 1, 1) and last == date(first.year, 12, 31)
