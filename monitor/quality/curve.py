"""Likelihoods and what was so → an SVG picture: how precise a judge is at each recall."""

from collections.abc import Mapping

from monitor.quality.calibration import Judged
from monitor.quality.diagram import COLOURS, DASHES, key, picture, x, y


def points(judged: Judged) -> list[tuple[float, float, float]]:
    """Recall, precision and the least likelihood that gives them, from the surest on; equally sure ones come at once."""
    whole = sum(right for _, right in judged)
    found: list[tuple[float, float, float]] = []
    taken = right = 0
    for sure in sorted({sure for sure, _ in judged}, reverse=True):
        level = [so for given, so in judged if given == sure]
        taken, right = taken + len(level), right + sum(level)
        found.append((right / whole if whole else 0.0, right / taken, sure))
    return found


def curve(title: str, parts: Mapping[str, Judged]) -> str:
    """A square with a line for each part: recall to the right, precision upwards. Marks: from 0.9, 0.5 and 0.1 on."""
    lines = [_line(at, points(judged)) for at, judged in enumerate(parts.values())]
    keys = [key(at, name, f"{len(judged)} pairs") for at, (name, judged) in enumerate(parts.items())]
    return picture(title, "recall", "precision", [*lines, *keys])


def _line(at: int, drawn: list[tuple[float, float, float]]) -> str:
    colour, dash = COLOURS[at % len(COLOURS)], DASHES[at % len(DASHES)]
    path = " ".join(f"{x(recall)},{y(precision)}" for recall, precision, _ in drawn)
    marks = ""
    for least in (0.9, 0.5, 0.1):
        reached = [point for point in drawn if point[2] >= least]
        if reached:
            recall, precision, _ = reached[-1]
            said = f"from {least} on: precision {precision:.2f}, recall {recall:.2f}"
            marks += f'<circle cx="{x(recall)}" cy="{y(precision)}" r="4" fill="{colour}"><title>{said}</title></circle>'
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-dasharray="{dash}"/>{marks}'
