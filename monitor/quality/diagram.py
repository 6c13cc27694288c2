"""Reliability of confidences → an SVG picture: what was said against what came true."""

from collections.abc import Mapping
from html import escape

from monitor.quality.calibration import Bin, Judged, bins, calibration_error

_SIDE, _LEFT, _TOP, _WIDTH, _HEIGHT = 320, 64, 44, 620, 430
_COLOURS = ("#1f5f99", "#b3541e", "#4b7f3a")
_DASHES = ("", "6 4", "2 3")


def diagram(title: str, parts: Mapping[str, Judged]) -> str:
    """A square with a line for each part: the closer to the diagonal, the better. A mark's size: how many claims."""
    drawn = [_line(at, bins(judged)) for at, judged in enumerate(parts.values())]
    keys = [_key(at, name, judged) for at, (name, judged) in enumerate(parts.items())]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12" fill="#222">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="24" font-size="15" font-weight="600">{escape(title)}</text>',
            *_axes(),
            *drawn,
            *keys,
            "</svg>\n",
        ]
    )


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 1)


def _axes() -> list[str]:
    found = []
    for fifth in range(6):
        at = fifth / 5
        found += [
            f'<path d="M{_x(at)} {_y(0)}V{_y(1)}M{_x(0)} {_y(at)}H{_x(1)}" stroke="#ddd" fill="none"/>',
            f'<text x="{_x(at)}" y="{_y(0) + 18}" text-anchor="middle">{at:.1f}</text>',
            f'<text x="{_x(0) - 8}" y="{_y(at) + 4}" text-anchor="end">{at:.1f}</text>',
        ]
    middle = _y(0.5)
    return [
        *found,
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#888" stroke-dasharray="3 3" fill="none"/>',
        f'<text x="{_x(0.5)}" y="{_y(0) + 40}" text-anchor="middle">confidence said</text>',
        f'<text transform="translate(18 {middle}) rotate(-90)" text-anchor="middle">share that is right</text>',
    ]


def _line(at: int, held: list[Bin]) -> str:
    colour, dash = _COLOURS[at % len(_COLOURS)], _DASHES[at % len(_DASHES)]
    points = " ".join(f"{_x(one.sure)},{_y(one.right)}" for one in held)
    marks = "".join(
        f'<circle cx="{_x(one.sure)}" cy="{_y(one.right)}" r="{min(3 + one.of**0.5 / 3, 9):.1f}" fill="{colour}" '
        f'fill-opacity="0.75"><title>{one.of} claims: said {one.sure:.2f}, right {one.right:.2f}</title></circle>'
        for one in held
    )
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-dasharray="{dash}"/>{marks}'


def _key(at: int, name: str, judged: Judged) -> str:
    left, top = _LEFT + _SIDE + 24, _TOP + 14 + 46 * at
    colour, dash = _COLOURS[at % len(_COLOURS)], _DASHES[at % len(_DASHES)]
    said = f"{len(judged)} claims, error {calibration_error(judged):.3f}"
    return (
        f'<path d="M{left} {top - 4}h22" stroke="{colour}" stroke-dasharray="{dash}" stroke-width="2"/>'
        f'<text x="{left + 28}" y="{top}">{escape(name)}</text>'
        f'<text x="{left + 28}" y="{top + 16}" fill="#555">{said}</text>'
    )
