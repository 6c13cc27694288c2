"""What this checkout can measure alone: its own gold sets, and how fast it reads."""

import json
from pathlib import Path

from tests.quality.figures.programs import ROOT, database, json_lines, run
from tests.quality.figures.sets import Report

GOLD = ROOT / "models" / "quality" / "gold"


def gold(part: str, work: Path) -> Report:
    """The scores of `monitor eval` on a part of our gold set."""
    said = run(["-m", "monitor", "eval", "--gold", GOLD / part, "--json"], database(work, f"{part}.db"))
    scores = {one["name"]: float(one["value"]) for one in json.loads(said)["data"]}
    return scores | {"rows": len(json_lines(GOLD / part / "articles.jsonl"))}


def speed(work: Path) -> Report:
    """What `./run bench reading` measures."""
    report: Report = json.loads(run([ROOT / "tests" / "bench" / "reading.py", "--json"], database(work, "speed.db")))
    return report | {"rows": report["reading"]["sentences"]}
