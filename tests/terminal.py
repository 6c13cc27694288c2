"""The commands as somebody at a terminal gives them: in this process, or in one of their own that can be killed."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from monitor.cli.main import run

LOOPBACK = {
    "MONITOR_FETCH__ALLOW_NETWORKS": "127.0.0.0/8",
    "MONITOR_FETCH__MIN_INTERVAL_SECONDS": "0",
    "MONITOR_FETCH__PAUSE_PER_HOST_SECONDS": "0",
}
"""Settings that let us ask the servers of tests, and in no need to be patient with them."""


@dataclass(frozen=True)
class Said:
    """What a command came to: its exit code, what it printed and what it told the person."""

    code: int
    out: str
    err: str


@dataclass
class Terminal:
    """A folder with a config.toml and a database of its own. `environment`: what is set besides."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "config.toml").touch()

    @property
    def database(self) -> Path:
        return self.folder / "data" / "monitor.db"

    def environ(self) -> dict[str, str]:
        usual = {"MONITOR_CONFIG": str(self.folder / "config.toml"), "MONITOR_MODELS__PROCESSES": "0"}
        return {**os.environ, **usual, **self.environment}

    def __call__(self, *words: str, stdin: bytes = b"") -> Said:
        """Run a command here and now."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        typed = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        with (
            mock.patch.dict(os.environ, self.environ(), clear=True),
            mock.patch.object(sys, "stdin", typed),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(words)
        return Said(code, *(stream.buffer.getvalue().decode("utf-8") for stream in (out, err)))  # type: ignore[attr-defined]

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Run a command in a process of its own."""
        command = [sys.executable, "-m", "monitor", *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environ(), stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )
