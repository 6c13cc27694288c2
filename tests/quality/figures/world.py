"""A press with a judge: its articles through the whole walk, and what comes out before its makers' judge.

The folder has `manifest.jsonl` (articles) and `gold_claims.jsonl`, the judge is a program `JUDGE FOLDER CLAIMS RELATIONS
--json`; both speak the interchange format.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from monitor.quality.calibration import average_precision, ranking
from tests.quality.figures.programs import database, json_lines, run
from tests.quality.figures.sets import Report

_LEAST_OVERLAP = 0.5


def judged(world: Path, judge: Path, work: Path) -> Report:
    """The judge's report on what we read, file and compare."""
    articles, claims, relations = (work / f"world-{name}.jsonl" for name in ("articles", "claims", "relations"))
    manifest = json_lines(world / "manifest.jsonl")
    articles.write_text("".join(f"{json.dumps(line)}\n" for line in article_lines(manifest)), encoding="utf-8")
    service = database(work, "world.db")
    run(["-m", "monitor", "ingest", articles], service)
    run(["-m", "monitor", "export", "claims"], service, claims)
    run(["-m", "monitor", "export", "relations"], service, relations)
    report: Report = json.loads(run([judge, world, claims, relations, "--json"]))
    worth = ranked_by_worth(json_lines(world / "gold_claims.jsonl"), json_lines(claims))
    return report | {"rows": len(manifest), "worth": worth}


def ranked_by_worth(gold: Iterable[dict[str, Any]], ours: Iterable[dict[str, Any]]) -> dict[str, float | int]:
    """How our worth ranks what the press's makers hold worth a check. A claim is found where spans overlap by half."""
    places: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in ours:
        places.setdefault((one["article"]["id"], one["where"]), []).append(one)
    weighed = []
    for wanted in gold:
        near = places.get((wanted["article"], wanted["where"]), [])
        same = max(near, key=lambda one: (_overlap(one, wanted), one.get("value") == wanted["value"]), default=None)
        if same is not None and _overlap(same, wanted) >= _LEAST_OVERLAP:
            weighed.append((float(same["worth"]), bool(wanted["check_worthy"])))
    low = [(1 - worth, not asked) for worth, asked in weighed]
    return {"ranking": ranking(weighed), "low found": average_precision(low), "claims": len(weighed)}


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> float:
    common = min(a["span_end"], b["span_end"]) - max(a["span_start"], b["span_start"])
    return max(common, 0) / min(a["span_end"] - a["span_start"], b["span_end"] - b["span_start"])


def judged_on_gold_claims(world: Path, judge: Path, work: Path) -> Report:
    """The judge's report on how we file and compare the world's own claims."""
    claims, relations = work / "world-gold-claims.jsonl", work / "world-gold-relations.jsonl"
    run([judge.with_name("gold_to_interchange.py"), world], out=claims)
    run(["-m", "monitor", "relate", claims], database(work, "world-gold.db"), relations)
    report: Report = json.loads(run([judge, world, claims, relations, "--json"]))
    return report | {"rows": len(json_lines(claims))}


def article_lines(manifest: Iterable[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Articles as `monitor ingest` takes them, in the order in which they went online."""
    for one in sorted(manifest, key=lambda one: one.get("available_from") or one["published"]):
        line = {name: one[name] for name in ("id", "url", "title", "published")}
        line |= {"publisher": one["publisher_name"], "text": one["body_text"], "language": "en"}
        online = one.get("available_from") or one["published"]
        yield line if online == one["published"] else line | {"updated": online}
