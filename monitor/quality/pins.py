"""The scores that must be kept, and which of them fell."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monitor.errors import AssetsWrong
from monitor.quality.score import Score


@dataclass(frozen=True)
class Pins:
    """`at_least`, `at_most`: name of a score → its limit, itself allowed. `checksum`: of the gold set they hold for."""

    checksum: str
    at_least: Mapping[str, float]
    at_most: Mapping[str, float]


@dataclass(frozen=True)
class Fallen:
    """A score beyond its limit; `found` is None where nothing of this name was measured."""

    name: str
    pinned: float
    found: float | None

    def __str__(self) -> str:
        found = "not measured" if self.found is None else f"{self.found:.3f}"
        return f"{self.name}: pinned {self.pinned:.3f}, found {found}"


def load_pins(text: str, part: str) -> Pins:
    """The pins of a pinned.toml for this part of the gold set. AssetsWrong where it has none."""
    try:
        parts = tomllib.loads(text)
        if part not in parts:
            raise ValueError(f'it has no part "{part}"')
        data = parts[part]
        limits = [{str(k): float(v) for k, v in data.get(key, {}).items()} for key in ("at_least", "at_most")]
        return Pins(str(data["checksum"]), *limits)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        mend = "Give a file such as models/quality/pinned.toml."
        raise AssetsWrong("Cannot read the pinned scores", why=str(error), mend=mend) from error


def checksum(files: Iterable[bytes]) -> str:
    """SHA-256 over these files in order, in hexadecimal."""
    whole = hashlib.sha256()
    for content in files:
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def fallen(scores: Iterable[Score], pins: Pins) -> list[Fallen]:
    """The scores that are worse than pinned, in the order of the pins."""
    found = {score.name: round(score.value, 3) for score in scores}
    low = [Fallen(k, pin, found.get(k)) for k, pin in pins.at_least.items() if found.get(k, -1.0) < pin]
    high = [Fallen(k, pin, found.get(k)) for k, pin in pins.at_most.items() if found.get(k, 2.0) > pin]
    return low + high
