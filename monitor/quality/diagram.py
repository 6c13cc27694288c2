"""Reliability of confidences → an SVG picture: what was said against what came true."""

from collections.abc import Mapping, Sequence
from html import escape

from monitor.quality.calibration import Bin, Judged, bins, calibration_error

_SIDE, _LEFT, _TOP, _WIDTH, _HEIGHT = 320, 64, 44, 620, 430
COLOURS = ("#1f5f99", "#b3541e", "#4b7f3a")
DASHES = ("", "6 4", "2 3")


def diagram(title: str, parts: Mapping[str, Judged], *, of: str = "claims") -> str:
    """A square with a line for each part: the closer to the diagonal, the better. A mark's size: how many claims.

    `of`: what was judged.
    """
    drawn = [_line(at, bins(judged), of) for at, judged in enumerate(parts.values())]
    keys = [
        key(at, name, f"{len(judged)} {of}, error {calibration_error(judged):.3f}")
        for at, (name, judged) in enumerate(parts.items())
    ]
    straight = f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#888" stroke-dasharray="3 3" fill="none"/>'
    return picture(title, "confidence said", "share that is right", [straight, *drawn, *keys])


def picture(title: str, right: str, up: str, drawn: Sequence[str]) -> str:
    """A square with both scales from 0 to 1, their names, and what is drawn on it."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12" fill="#222">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
            *_axes(right, up),
            *drawn,
            "</svg>\n",
        ]
    )


def x(share: float) -> float:
    """How far to the right a share stands."""
    return round(_LEFT + share * _SIDE, 1)


def y(share: float) -> float:
    """How far down a share stands."""
    return round(_TOP + (1 - share) * _SIDE, 1)


def _axes(right: str, up: str) -> list[str]:
    found = []
    for fifth in range(6):
        at = fifth / 5
        found += [
            f'<path d="M{x(at)} {y(0)}V{y(1)}M{x(0)} {y(at)}H{x(1)}" stroke="#ddd" fill="none"/>',
            f'<text x="{x(at)}" y="{y(0) + 18}" text-anchor="middle">{at:.1f}</text>',
            f'<text x="{x(0) - 8}" y="{y(at) + 4}" text-anchor="end">{at:.1f}</text>',
        ]
    middle = y(0.5)
    return [
        *found,
        f'<text x="{x(0.5)}" y="{y(0) + 40}" text-anchor="middle">{escape(right)}</text>',
        f'<text transform="translate(18 {middle}) rotate(-90)" text-anchor="middle">{escape(up)}</text>',
    ]


def _line(at: int, held: list[Bin], of: str) -> str:
    colour, dash = COLOURS[at % len(COLOURS)], DASHES[at % len(DASHES)]
    points = " ".join(f"{x(one.sure)},{y(one.right)}" for one in held)
    marks = "".join(
        f'<circle cx="{x(one.sure)}" cy="{y(one.right)}" r="{min(3 + one.of**0.5 / 3, 9):.1f}" fill="{colour}" '
        f'fill-opacity="0.75"><title>{one.of} {of}: said {one.sure:.2f}, right {one.right:.2f}</title></circle>'
        for one in held
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-dasharray="{dash}"/>{marks}'


def key(at: int, name: str, said: str) -> str:
    """The line that says what a colour stands for. `said`: more of it, on a second line."""
    left, top = _LEFT + _SIDE + 24, _TOP + 14 + 46 * at
    colour, dash = COLOURS[at % len(COLOURS)], DASHES[at % len(DASHES)]
    return (
        f'<path d="M{left} {top - 4}h22" stroke="{colour}" stroke-dasharray="{dash}" stroke-width="2"/>'
        f'<text x="{left + 28}" y="{top}">{escape(name)}</text>'
        f'<text x="{left + 28}" y="{top + 16}" fill="#555">{escape(said)}</text>'
    )
