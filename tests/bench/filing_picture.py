"""What the benchmark of filing measured → an SVG picture: what an article costs, claims a second and memory, by size."""

from collections.abc import Sequence
from html import escape
from math import floor, log10
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _ACROSS, _DOWN = 760, 890, 84, 60, 620, 190
_LETTER, _GAP = 6.2, 18  # width of a letter, and of the space between two names
_APART = 1.4  # sizes nearer than by this factor would be printed over each other
_COLOURS = {
    "p50 ms": "#1f5f99",
    "p95 ms": "#b3541e",
    "a second": "#1f5f99",
    "filed a second": "#b3541e",
    "compared a second": "#3d7a4a",
    "memory, MiB": "#3d7a4a",
}
_NAMES = {
    "p50 ms": "half of the articles cost less",
    "p95 ms": "19 in 20 cost less",
    "a second": "both",
    "filed a second": "filed",
    "compared a second": "compared",
    "memory, MiB": "resident memory of the process",
}


def picture(report: dict[str, Any]) -> str:
    """Three charts over the claims in the archive, on a scale of powers of ten."""
    counts = report["counts"]
    title = f"Filing and comparing {counts['claims']:,} claims in {counts['questions']:,} questions, one process"
    costs = _chart(report["one article"], ("p50 ms", "p95 ms"), "one new article, milliseconds of processor", 0)
    speeds = _chart(
        report["parts"],
        ("a second", "filed a second", "compared a second"),
        "claims filed and compared a second of processor",
        1,
    )
    memory = _chart(report["parts"], ("memory, MiB",), "memory, MiB", 2)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12" fill="#222">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
            *costs,
            *speeds,
            *memory,
            "</svg>\n",
        ]
    )


def _round(step: float) -> float:
    """The next round number from a step of the scale on: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(step))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= step)


def _chart(rows: Sequence[dict[str, Any]], lines: Sequence[str], what: str, number: int) -> list[str]:
    top = _TOP + number * (_DOWN + 80)
    sizes = [row["claims"] for row in rows]
    first, last = log10(min(sizes)), log10(max(sizes))
    most = 4 * _round(max(row[line] for row in rows for line in lines) / 4)

    def across(size: float) -> float:
        return round(_LEFT + (log10(size) - first) / max(last - first, 0.01) * _ACROSS, 1)

    def down(value: float) -> float:
        return round(top + (1 - value / most) * _DOWN, 1)

    found = [f'<text x="{_LEFT}" y="{top - 10}" font-weight="600">{escape(what)}</text>']
    for quarter in range(5):
        value = most * quarter / 4
        found += [
            f'<path d="M{_LEFT} {down(value)}H{_LEFT + _ACROSS}" stroke="#ddd" fill="none"/>',
            f'<text x="{_LEFT - 8}" y="{down(value) + 4}" text-anchor="end">{value:,g}</text>',
        ]
    powers = (10**n for n in range(3, 8))
    between = (size for size in powers if sizes[0] * _APART < size < sizes[-1] / _APART)
    for size in (sizes[0], *between, sizes[-1]):
        found.append(f'<text x="{across(size)}" y="{top + _DOWN + 18}" text-anchor="middle">{size:,}</text>')
    found.append(
        f'<text x="{_LEFT + _ACROSS / 2}" y="{top + _DOWN + 36}" text-anchor="middle">claims in the archive</text>'
    )
    for at, line in enumerate(lines):
        colour = _COLOURS[line]
        right = _LEFT + _ACROSS - sum(len(_NAMES[other]) * _LETTER + _GAP for other in lines[at + 1 :])
        points = " ".join(f"{across(row['claims'])},{down(row[line])}" for row in rows)
        found += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *(f'<circle cx="{across(row["claims"])}" cy="{down(row[line])}" r="3" fill="{colour}"/>' for row in rows),
            f'<text x="{right}" y="{top - 10}" text-anchor="end" fill="{colour}">{_NAMES[line]}</text>',
        ]
    return found
