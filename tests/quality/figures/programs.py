"""Other programs, run with the settings of this checkout and none of the caller's."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def run(words: Sequence[str | Path], settings: Mapping[str, str] | None = None, out: Path | None = None) -> str:
    """What a Python program says on standard output, kept in a file if one is named.

    Raises CalledProcessError with what it said on standard error where it fails.
    """
    command = [sys.executable, *map(str, words)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(settings or {}), capture_output=True, check=True, encoding="utf-8"
    )
    if out is not None:
        out.write_text(done.stdout, encoding="utf-8")
    return done.stdout


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without the settings of a monitor; one thread, so that CPU seconds can be compared."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    own = {"MONITOR_CONFIG": str(ROOT / "config.toml"), "MONITOR_FEEDS": "[]", "MONITOR_MODELS__PROCESSES": "0"}
    quiet = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    return {**kept, **own, **quiet, **settings}


def database(folder: Path, name: str) -> dict[str, str]:
    """Settings of a monitor on an empty database of its own."""
    for old in folder.glob(f"{name}*"):
        old.unlink()
    return {"MONITOR_DATABASE_URL": f"sqlite:///{folder.resolve() / name}"}


def json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
