"""Outside test sets: read by our adapters, scored by the program that comes with them."""

import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.quality.figures.programs import json_lines, run
from tests.quality.figures.sets import MeasuredSet, Report
from tests.quality.figures.spans import count_whole

# Of contradictions, in percent: at these it is told how many pairs that cannot be compared are called one.
RECALLS = (65, 75)


def gold_files(folder: Path | None, one: MeasuredSet) -> list[Path]:
    """The set's files; nothing where the folder is not given or lacks one."""
    files = [folder / "data" / f"{name}.jsonl" for name in one.files] if folder is not None else []
    return files if all(file.is_file() for file in files) else []


def predict(reader: str, files: Iterable[Path], out: Path) -> Path:
    """Our lines for all rows of these files, made by one process: models are loaded once."""
    module, *options = reader.split()
    run(["-m", f"tests.quality.adapters.{module}", *options, *dict.fromkeys(files)], out=out)
    return out


def score(folder: Path, one: MeasuredSet, predicted: Path) -> Report:
    """The set's own scores, and of ours: whole spans, what is wrongly called a contradiction, and the size."""
    gold = gold_files(folder, one)
    task, *options = one.score
    said = run([folder / "score.py", task, "--gold", *gold, "--pred", predicted, "--json", *options])
    rows, lines = [row for file in gold for row in json_lines(file)], json_lines(predicted)
    texts = {row["id"]: row["text"] for row in rows if "text" in row}
    return {
        **json.loads(said),
        "rows": len(rows),
        "spans": count_whole(texts, lines),
        "not comparable": false_contradictions(rows, lines),
        "at recall": {str(recall): false_at_recall(rows, lines, recall) for recall in RECALLS},
    }


def false_contradictions(gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]]) -> dict[str, int | float]:
    """Of the pairs that are not comparable, those that are called a contradiction, in percent."""
    called = {one["id"]: one.get("label") for one in predicted}
    apart = [row["id"] for row in gold if row.get("label") == "nei"]
    wrong = sum(called.get(name) == "refutes" for name in apart)
    return {"pairs": len(apart), "refuted": wrong, "share": 100.0 * wrong / len(apart) if apart else 0.0}


def false_at_recall(gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]], recall: int) -> float | None:
    """Where so many percent of contradictions are found, the percentage of pairs not comparable that is taken for one.

    By the `score` of each line; None where none has one, or so many are not found at any score above 0.
    """
    scores = {one["id"]: float(one.get("score", 0.0)) for one in predicted}
    refuted, apart = (
        sorted((scores.get(row["id"], 0.0) for row in gold if row.get("label") == label), reverse=True)
        for label in ("refutes", "nei")
    )
    wanted = math.ceil(len(refuted) * recall / 100)
    if not apart or not 0 < wanted <= len(refuted) or not refuted[wanted - 1]:
        return None
    return 100.0 * sum(score >= refuted[wanted - 1] for score in apart) / len(apart)
