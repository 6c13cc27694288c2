"""The axes of a chart: where a value or a day stands, and the rules and words beside it."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import escape

from monitor.app.wording import compact, day


@dataclass(frozen=True)
class Axis:
    """Turns a figure into pixels from `near` (its lowest) to `far` (its highest)."""

    low: float
    high: float
    near: float
    far: float
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value stands, in pixels."""
        low, high, value = (math.log10(x) if self.log else x for x in (self.low, self.high, value))
        share = 0.5 if high == low else (value - low) / (high - low)
        return self.near + (self.far - self.near) * share


def value_axis(ends: list[float], near: float, far: float, *, dates: bool, from_zero: bool = True) -> Axis:
    """An axis on which the ends have room; of powers of ten where they lie far apart, from 0 where that is near."""
    low, high = min(ends), max(ends)
    if not dates and low > sys.float_info.min and high / low > 200:  # below, a power of ten would be read as 0
        return Axis(10 ** math.floor(math.log10(low)), 10 ** math.ceil(math.log10(high)), near, far, log=True)
    if from_zero and not dates and 0 < low < 0.7 * high:
        low = 0.0
    slack = (high - low) * 0.08 or (14.0 if dates else abs(high) * 0.2 or 1.0)
    return Axis(low if low == 0 else low - slack, high + slack, near, far)


def day_axis(days: list[date], near: float, far: float) -> Axis:
    """An axis of time on which the days have room."""
    low, high = min(days).toordinal(), max(days).toordinal()
    slack = max((high - low) * 0.05, 3.0 if high == low else 0.6)
    return Axis(low - slack, high + slack, near, far)


def value_ticks(axis: Axis, *, dates: bool) -> list[float]:
    """Round values, or days a reader expects, on the axis."""
    if dates:
        return [float(tick.toordinal()) for tick in _calendar(axis, 5)]
    if axis.log:
        powers = range(round(math.log10(axis.low)), round(math.log10(axis.high)) + 1)
        return [10.0**power for power in powers][:: max(1, len(powers) // 6)]
    step = _round_step((axis.high - axis.low) / 5)
    return [step * n for n in range(math.ceil(axis.low / step - 1e-9), math.floor(axis.high / step + 1e-9) + 1)]


def _round_step(rough: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(float(Decimal(str(power)) * factor) for factor in (1, 2, 5, 10) if power * factor >= rough - 1e-12)


def _calendar(axis: Axis, most: int) -> list[date]:
    """At most `most` days, months or years that a reader expects on an axis of time."""
    first = date.fromordinal(max(1, math.ceil(axis.low)))
    last = date.fromordinal(min(date.max.toordinal(), math.floor(axis.high)))
    for step in (1, 2, 7, 14):
        if (last - first).days // step < most:
            return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]
    for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 6000, 60000):
        begin = -(-_months(first) // step) * step
        chosen = [date(month // 12, month % 12 + 1, 1) for month in range(begin, _months(last) + 1, step)][: most + 2]
        chosen = [day for day in chosen if first <= day <= last]
        if len(chosen) <= most:
            return chosen
    return []


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day_words(tick: date, ticks: Sequence[date]) -> str:
    if all(other.day == 1 for other in ticks) and len(ticks) > 1:
        return str(tick.year) if all(other.month == 1 for other in ticks) else day(tick)[2:]
    return day(tick)


def value_lines(axis: Axis, left: float, width: int, *, dates: bool) -> list[str]:
    """The rules of the axis of values as SVG, each with its number or day left of `left`."""
    ticks = value_ticks(axis, dates=dates)
    shown = [date.fromordinal(int(tick)) for tick in ticks] if dates else []
    lines = []
    for number, tick in enumerate(ticks):
        y = axis.at(tick)
        words = _day_words(shown[number], shown) if dates else compact(tick)
        name = "rule zero" if tick == 0 else "rule"
        lines.append(
            f'<line class="{name}" x1="{left:.1f}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{escape(words)}</text>'
        )
    return lines


def day_lines(axis: Axis, bottom: float, width: int) -> list[str]:
    """The axis of time as SVG at `bottom`, with its days below."""
    ticks = _calendar(axis, 3 if width < 500 else 7)
    lines = []
    for tick in ticks:
        x = axis.at(tick.toordinal())
        words = _day_words(tick, ticks)
        anchor = min(max(x, 4.0 * len(words)), width - 3.5 * len(words))
        lines.append(
            f'<line class="stop" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom:.1f}" y2="{bottom + 5:.1f}"/>'
            f'<text class="tick" x="{anchor:.1f}" y="{bottom + 20:.1f}" text-anchor="middle">{escape(words)}</text>'
        )
    return [f'<line class="axis" x1="0" x2="{width}" y1="{bottom:.1f}" y2="{bottom:.1f}"/>', *lines]
