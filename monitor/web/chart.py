"""Figures in, SVG text out: the chart of a question and the strip of a dispute. No script, no colour needed to read.

Marks differ by shape (one a position), fill (hollow: hedged), outline (dashed: a plan or target, dotted: a forecast,
thin with a question mark: supposed), a bar (range), an
arrow (bound), a cross (denial) and a dotted tail (the text states no date: placed at publication). Styles are classes
of static/chart.css; a chart that stands alone carries that file inside.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

from monitor.app.wording import compact, day
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.unit import Units
from monitor.web.axis import Axis, day_axis, day_lines, value_axis, value_lines, value_ticks

STYLES = (Path(__file__).parent / "static" / "chart.css").read_text(encoding="utf-8")
SHAPES = ("circle", "square", "triangle", "diamond")
_SIZE = 5.5  # half the width of a mark, in pixels of the drawing
_LANE = 26  # height of the lane below the plot for statements without a figure


@dataclass(frozen=True)
class Figure:
    """Where a quantity stands on an axis: a value or the ends of a range; a bound has one end. All None: no figure."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    def ends(self) -> tuple[float, ...]:
        return tuple(end for end in (self.value, self.low, self.high) if end is not None)


@dataclass(frozen=True)
class Mark:
    """One origin's statement. `at`: the day it is placed on. `group`: its position, -1 where it has none.

    `outline`: `planned`, `forecast` or `supposed` of what has not happened, else empty.
    """

    figure: Figure
    label: str
    title: str
    at: date
    group: int = -1
    hollow: bool = False
    outline: str = ""
    denied: bool = False
    dated: bool = True
    href: str = ""


def placed(quantity: Quantity, unit: str, units: Units) -> Figure | None:
    """A quantity on the axis of `unit`; None where its unit is of another dimension. A date counts in days."""
    if quantity.date is not None:
        return _placed_date(quantity.date, quantity.approximation)
    if quantity.is_empty:
        return Figure()
    here, there = units.get(quantity.unit), units.get(unit)
    if here.dimension != there.dimension:
        return None
    sign = -1 if quantity.direction == "down" else 1
    value, low, high = (
        None if end is None else float(end * here.factor / there.factor) * sign
        for end in (quantity.value, quantity.low, quantity.high)
    )
    if sign < 0:
        low, high = high, low
    return _bounded(value, low, high, quantity.approximation)


def _bounded(value: float | None, low: float | None, high: float | None, approximation: Approximation) -> Figure:
    """A bound may come as a value with a hedge: its number is the one end that is known."""
    if value is not None and approximation in (Approximation.AT_LEAST, Approximation.MORE_THAN):
        return Figure(low=value)
    if value is not None and approximation in (Approximation.AT_MOST, Approximation.LESS_THAN):
        return Figure(high=value)
    return Figure(value, low, high)


def _placed_date(iso: str, approximation: Approximation) -> Figure | None:
    try:
        period = Period.parse(iso)
    except ValueError:
        return None
    start, end = (None if edge is None else float(edge.toordinal()) for edge in (period.start, period.end))
    return _bounded(start, None, None, approximation) if start == end else Figure(None, start, end)


def draw(marks: Sequence[Mark], *, title: str, description: str, unit: str, width: int = 760, alone: bool = False) -> str:
    """The chart of a question as SVG: value against the day it is of. `unit` stands at the axis; `date` makes dates.

    An empty string where no mark has a figure: a table says it better. `alone`: with its styles inside, as a file.
    """
    drawn = [mark for mark in marks if mark.figure.ends()]
    if not drawn:
        return ""
    bare = [mark for mark in marks if not mark.figure.ends()]
    legend = _legend(marks, width)
    height = (300 if width < 500 else 340) + (_LANE if bare else 0) + 18 * len(legend)
    bottom = height - 34 - 18 * len(legend)
    floor = bottom - (_LANE if bare else 0)
    dates = unit == "date"
    values = value_axis([end for mark in drawn for end in mark.figure.ends()], floor - 10, 30, dates=dates)
    left = 92 if dates else 16 + 7.2 * max(len(compact(tick)) for tick in value_ticks(values, dates=dates))
    days = day_axis([mark.at for mark in marks], left + 18, width - 26)
    parts = [
        *value_lines(values, left, width, dates=dates),
        *day_lines(days, bottom, width),
        f'<text class="unit" x="4" y="14">{escape("" if dates else unit)}{" (log scale)" if values.log else ""}</text>',
    ]
    if bare:
        parts.append(f'<line class="rule" x1="{left:.1f}" x2="{width}" y1="{floor:.1f}" y2="{floor:.1f}"/>')
        parts.append(f'<text class="tick" x="{left - 6:.1f}" y="{floor + 17:.1f}" text-anchor="end">no figure</text>')
    taken: list[tuple[float, float]] = []
    for mark in sorted(marks, key=lambda mark: mark.at):
        parts.append(_mark(mark, days, values, lane=floor + _LANE / 2 if bare else None, taken=taken))
    for number, line in enumerate(legend):
        parts.append(_legend_line(line, height - 18 * (len(legend) - number) + 6))
    return _frame("".join(parts), "chart", width=width, height=height, title=title, description=description, alone=alone)


def strip(marks: Sequence[Mark], *, title: str, unit: str, width: int = 420, alone: bool = False) -> str:
    """The positions of a dispute on one line of numbers, so that the gap between them is seen. Empty without figures."""
    drawn = [mark for mark in marks if mark.figure.ends()]
    if len(drawn) < 2:
        return ""
    dates = unit == "date"
    ends = [end for mark in drawn for end in mark.figure.ends()]
    axis = value_axis(ends, 26, width - 26, dates=dates, from_zero=False)
    levels = _levels([axis.at(sum(mark.figure.ends()) / len(mark.figure.ends())) for mark in drawn])
    line = 34 + 32 * max(levels)
    low, high = (axis.at(end) for end in (min(ends), max(ends)))
    parts = [
        f'<line class="axis" x1="6" x2="{width - 6}" y1="{line}" y2="{line}"/>',
        f'<line class="gap" x1="{low:.1f}" x2="{high:.1f}" y1="{line}" y2="{line}"/>',
    ]
    for end in (min(ends), max(ends)) if max(ends) > min(ends) else (min(ends),):
        words = day(date.fromordinal(int(end))) if dates else f"{compact(end)}{' ' + unit if unit else ''}"
        x = min(max(axis.at(end), 3.6 * len(words)), width - 3.6 * len(words))
        parts.append(f'<text class="tick" x="{x:.1f}" y="{line + 28}" text-anchor="middle">{escape(words)}</text>')
    for mark, level in zip(drawn, levels, strict=True):
        parts.append(_strip_mark(mark, axis, line - 32 * level))
    return _frame("".join(parts), "strip", width=width, height=line + 36, title=title, description="", alone=alone)


def _levels(places: Sequence[float]) -> list[int]:
    """For each mark how many stand under it already: marks of one figure are stacked, never moved along the line."""
    levels: list[int] = []
    for number, place in enumerate(places):
        near = [level for level, other in zip(levels, places[:number], strict=False) if abs(place - other) < 14]
        levels.append(max(near, default=-1) + 1)
    return levels


def _frame(body: str, name: str, *, width: int, height: int, title: str, description: str, alone: bool) -> str:
    head = f"<title>{escape(title)}</title>" + (f"<desc>{escape(description)}</desc>" if description else "")
    styles = f"<style>{STYLES}</style>" if alone else ""
    back = f'<rect class="paper" width="{width}" height="{height}"/>' if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img">{head}{styles}{back}{body}</svg>'
    )


def _mark(mark: Mark, days: Axis, values: Axis, *, lane: float | None, taken: list[tuple[float, float]]) -> str:
    ends = [values.at(end) for end in mark.figure.ends()]
    y = sum(ends) / len(ends) if ends else (lane or 0.0)
    x = days.at(mark.at.toordinal())
    while any(abs(x - other_x) < 17 and abs(y - other_y) < 12 for other_x, other_y in taken):
        x += 17 if x + 34 < days.far + 26 else -17 * (len(taken) + 1)  # past the edge: start again on the left
    taken.append((x, y))
    parts = []
    if not mark.dated:
        parts.append(f'<line class="tail" x1="{x - 26:.1f}" x2="{x - _SIZE:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    if mark.figure.value is None and ends:
        parts.append(_span(mark, x, ends))
    else:
        parts.append(_shape(mark, x, y))
    if mark.denied:
        parts.append(_cross(x, y))
    if mark.outline == "supposed":
        parts.append(_asking(x, y))
    parts.append(f'<text class="number" x="{x + 9:.1f}" y="{y - 6:.1f}">{escape(mark.label)}</text>')
    return _linked(mark, "".join(parts))


def _span(mark: Mark, x: float, ends: list[float]) -> str:
    """A range as a bar with caps; a bound as an arrow from its known end."""
    name = _names(mark)
    if len(ends) > 1:
        top, bottom = min(ends), max(ends)
        caps = "".join(f"M{x - 5:.1f} {y:.1f}H{x + 5:.1f}" for y in (top, bottom))
        return f'<path class="bar {name}" d="M{x:.1f} {top:.1f}V{bottom:.1f}{caps}"/>'
    up = -1 if mark.figure.low is not None else 1  # pixels grow downwards
    y, tip = ends[0], ends[0] + up * 24
    head = f"M{x - 4:.1f} {tip - up * 6:.1f}L{x:.1f} {tip:.1f}L{x + 4:.1f} {tip - up * 6:.1f}"
    return f'<path class="bar {name}" d="M{x - 6:.1f} {y:.1f}H{x + 6:.1f}M{x:.1f} {y:.1f}V{tip:.1f}{head}"/>'


def _names(mark: Mark) -> str:
    return (
        (f"g{mark.group % len(SHAPES)}" if mark.group >= 0 else "plain")
        + (" hollow" if mark.hollow else "")
        + (f" {mark.outline}" if mark.outline else "")
    )


def _shape(mark: Mark, x: float, y: float) -> str:
    kind = SHAPES[mark.group % len(SHAPES)] if mark.group >= 0 else "circle"
    return shape(kind, x, y, _names(mark))


def shape(kind: str, x: float, y: float, names: str) -> str:
    """One mark of the four shapes, its middle at (x, y)."""
    r = _SIZE
    if kind == "circle":
        return f'<circle class="mark {names}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "triangle": ((0, -r * 1.2), (r * 1.15, r * 0.9), (-r * 1.15, r * 0.9)),
        "diamond": ((0, -r * 1.3), (r * 1.3, 0), (0, r * 1.3), (-r * 1.3, 0)),
    }[kind]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon class="mark {names}" points="{points}"/>'


def _cross(x: float, y: float) -> str:
    return f'<path class="cross" d="M{x - 8:.1f} {y - 8:.1f}l16 16m0-16l-16 16"/>'


def _asking(x: float, y: float) -> str:
    return f'<text class="asking" x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle">?</text>'


def _linked(mark: Mark, body: str) -> str:
    inner = f"<title>{escape(mark.title)}</title>{body}"
    return f'<a href="{escape(mark.href)}">{inner}</a>' if mark.href else f"<g>{inner}</g>"


def _strip_mark(mark: Mark, axis: Axis, y: float) -> str:
    figure = mark.figure
    name = _names(mark)
    if figure.value is not None:
        x = axis.at(figure.value)
        body = _shape(mark, x, y)
    elif figure.low is not None and figure.high is not None:
        low, high = axis.at(figure.low), axis.at(figure.high)
        x = (low + high) / 2
        body = f'<path class="bar {name}" d="M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 5}v10M{high:.1f} {y - 5}v10"/>'
    else:
        x, way = axis.at(figure.ends()[0]), 1 if figure.low is not None else -1
        head = f"M{x + way * 13:.1f} {y - 4}l{way * 5} 4l{-way * 5} 4"
        body = f'<path class="bar {name}" d="M{x:.1f} {y - 6}v12M{x:.1f} {y}h{way * 18}{head}"/>'
    if mark.denied:
        body += _cross(x, y)
    if mark.outline == "supposed":
        body += _asking(x, y)
    label = f'<text class="number" x="{x:.1f}" y="{y - 13}" text-anchor="middle">{escape(mark.label)}</text>'
    return _linked(mark, body + label)


_SIGNS: tuple[tuple[str, Callable[[Mark], bool], str], ...] = (
    (
        "exact",
        lambda m: m.figure.value is not None and not m.hollow and not m.outline,
        '<circle class="mark" cx="6" r="5"/>',
    ),
    ("hedged", lambda m: m.figure.value is not None and m.hollow, '<circle class="mark hollow" cx="6" r="5"/>'),
    ("range", lambda m: None not in (m.figure.low, m.figure.high), '<path class="bar" d="M6-7V7M2-7h8M2 7h8"/>'),
    (
        "bound",
        lambda m: m.figure.value is None and len(m.figure.ends()) == 1,
        '<path class="bar" d="M1 6h10M6 6V-7M3-3L6-7L9-3"/>',
    ),
    ("planned or targeted", lambda m: m.outline == "planned", '<circle class="mark planned" cx="6" r="5"/>'),
    ("forecast", lambda m: m.outline == "forecast", '<circle class="mark forecast" cx="6" r="5"/>'),
    ("supposed", lambda m: m.outline == "supposed", f'<circle class="mark supposed" cx="6" r="5"/>{_asking(6, 0)}'),
    ("denied", lambda m: m.denied, '<path class="cross" d="M0-6L12 6M12-6L0 6"/>'),
    ("date not stated, shown at publication", lambda m: not m.dated, '<line class="tail" x1="-4" x2="14"/>'),
)


def _legend(marks: Sequence[Mark], width: int) -> list[list[tuple[float, str, str]]]:
    """The signs that occur, as lines of (x, sign, words) that fit the width."""
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 6.0
    for words, occurs, sign in _SIGNS:
        if not any(occurs(mark) for mark in marks):
            continue
        room = 22 + 6.6 * len(words) + 16
        if x + room > width and lines[-1]:
            lines.append([])
            x = 6.0
        lines[-1].append((x, sign, words))
        x += room
    return lines


def _legend_line(line: Sequence[tuple[float, str, str]], y: float) -> str:
    return "".join(
        f'<g transform="translate({x:.1f} {y:.1f})">{sign}<text class="tick" x="20" y="4">{words}</text></g>'
        for x, sign, words in line
    )


def lettered(mark: Mark, label: str) -> Mark:
    """The mark under another label."""
    return replace(mark, label=label)


def notice(title: str, words: str) -> str:
    """A drawing that says in words why there is none."""
    text = f'<text x="16" y="34">{escape(words)}</text>'
    return _frame(text, "chart", width=760, height=60, title=title, description=words, alone=True)
