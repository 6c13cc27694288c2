"""How the claims found lie in time: bars that are links, each narrowing to its period."""

from dataclasses import dataclass

from monitor import archive
from monitor.domain.search import Found, Timeline
from monitor.web.desk import Desk, search_address

_HEADS = {"published": "Published", "as-of": "As of"}
_WIDTH, _HEIGHT, _LEAST = 240, 48, 2.0


@dataclass(frozen=True)
class BarLink:
    """Place and size are in units of the picture; `words`: the period as it is asked for."""

    words: str
    count: int
    address: str
    x: float
    width: float
    height: float


@dataclass(frozen=True)
class Picture:
    words: str
    title: str
    step: str
    bars: tuple[BarLink, ...]
    width: int = _WIDTH
    height: int = _HEIGHT


def timelines(desk: Desk, text: str, found: Found, sort: str = "") -> list[Picture]:
    """The pictures of those times of which there is more than one step."""
    return [_picture(desk, text, one, sort) for one in found.timelines if len(one.bars) > 1]


def _picture(desk: Desk, text: str, told: Timeline, sort: str) -> Picture:
    first, last = told.bars[0].period.first, told.bars[-1].period.last
    day = _WIDTH / ((last - first).days + 1)
    most = max(bar.count for bar in told.bars)
    bars = []
    for bar in told.bars:
        begun, ended = bar.period.first, bar.period.last
        asked = bar.period.iso().replace("/", "..")
        query = archive.narrowed(text, told.name, asked, desk.app.units)
        x, width = (begun - first).days * day, ((ended - begun).days + 1) * day
        height = max(_LEAST, bar.count / most * _HEIGHT)
        address = search_address(query, sort=sort)
        bars.append(BarLink(asked, bar.count, address, round(x, 2), round(width * 0.9, 2), round(height, 2)))
    title = f"Claims by {told.step}, {first} to {last}; most in one {told.step}: {most}"
    return Picture(_HEADS[told.name], title, told.step, tuple(bars))
