"""A press with a judge: its articles through the whole walk, and what comes out before its makers' judge.

The folder has `manifest.jsonl` (articles), the judge is a program `JUDGE FOLDER CLAIMS RELATIONS --json`; both speak the
interchange format.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.quality.figures.programs import database, json_lines, run
from tests.quality.figures.sets import Report


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
    return report | {"rows": len(manifest)}


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
