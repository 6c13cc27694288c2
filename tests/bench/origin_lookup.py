"""What it costs to find the candidates for an article's origin, at several sizes of the archive.

Fingerprints are made up: four in five share no band with another, one in five belongs to a crowd that shares three
in ten, as articles do that a desk fills into one template. Asked is for members of crowds, copies and strangers.
"""

import random
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from monitor.domain.article import Article
from monitor.domain.origin import Fingerprint
from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.upgrade import upgrade

_BANDS = 72
_CROWDS = 20
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def origin_lookup(folder: Path, most: int) -> dict[str, Any]:
    """What one asking costs, and the most candidates that come back, for archives of a hundredth to all of `most`."""
    engine = open_engine(f"sqlite:///{folder / 'origins.db'}")
    upgrade(engine, _MIGRATIONS)
    store, chance, stored = Store(engine), random.Random(3), 0
    found: dict[str, Any] = {}
    costs: list[float] = []
    for size in (max(1, most // 100), max(1, most // 10), most):
        while stored < size:
            stored = _fill(store, stored, min(size, stored + 500), chance)
        cost, candidates = _ask(store, size)
        costs.append(cost)
        found[f"{size} articles"] = f"{cost:.2f} ms, {candidates} candidates at most"
    found["all against a hundredth of them"] = f"{costs[-1] / costs[0]:.2f} times"
    store.close()
    return found


def _fill(store: Store, begin: int, end: int, chance: random.Random) -> int:
    with store.transaction():
        for number in range(begin, end):
            url = f"https://bench.example/{number}"
            store.articles.put(Article(f"art-{number}", url, url, "", "", "", _MOMENT, _MOMENT))
            values = tuple(chance.getrandbits(32) for _ in range(192))
            store.articles.put_fingerprint(Fingerprint(f"art-{number}", f"org-{number}", values, _bands(number)))
    return end


def _bands(number: int) -> tuple[str, ...]:
    own = random.Random(number)
    crowd = number % (5 * _CROWDS) if number % 5 == 0 else None
    return tuple(
        f"{band:02}-crowd {crowd}" if crowd is not None and own.random() < 0.3 else f"{band:02}-{own.getrandbits(64)}"
        for band in range(_BANDS)
    )


def _ask(store: Store, size: int) -> tuple[float, int]:
    """Milliseconds of processor for one of 210 askings, and the most candidates that came back.

    A third each for members of crowds, copies and strangers. All is asked twice, and the second time counts: what a disk
    needs is another question.
    """
    chance = random.Random(size)
    numbers = [(size + 5 * turn, chance.randrange(size), size + 5 * turn + 1)[turn % 3] for turn in range(210)]
    for _ in range(2):
        begun = time.process_time()
        near = [store.articles.fingerprints(_bands(number)) for number in numbers]
        spent = time.process_time() - begun
    for number, found in zip(numbers, near, strict=True):
        assert number >= size or f"art-{number}" in {one.article_id for one in found}
    return spent / len(numbers) * 1000, max(map(len, near))
