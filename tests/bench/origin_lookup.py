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
    """Milliseconds to ask once, and the most candidates that come back, for archives of a hundredth to all of `most`."""
    engine = open_engine(f"sqlite:///{folder / 'origins.db'}")
    upgrade(engine, _MIGRATIONS)
    store, chance, stored = Store(engine), random.Random(3), 0
    found: dict[str, Any] = {}
    costs: list[float] = []
    for size in (max(1, most // 100), max(1, most // 10), most):
        while stored < size:
            stored = _fill(store, stored, min(size, stored + 500), chance)
        cost, candidates = _ask(store, size, chance)
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


def _ask(store: Store, size: int, chance: random.Random) -> tuple[float, int]:
    """The mean of 200 askings, after 20 that warm up; a third each for crowd members, copies and strangers."""
    most, spent = 0, 0.0
    for turn in range(220):
        number = (size + 5 * turn, chance.randrange(size), size + 5 * turn + 1)[turn % 3]
        begun = time.perf_counter()
        near = store.articles.fingerprints(_bands(number))
        if turn >= 20:
            spent += time.perf_counter() - begun
        most = max(most, len(near))
        assert turn % 3 != 1 or f"art-{number}" in {one.article_id for one in near}
    return spent / 200 * 1000, most
