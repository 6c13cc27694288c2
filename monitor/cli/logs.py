"""How log lines are written: for a person, or one JSON object a line for a program."""

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum

_LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
_LOUD = ("httpx", "httpcore", "sentence_transformers", "trafilatura", "alembic", "apscheduler", "urllib3")
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime"}
"""What every record has; anything else are the facts of this one."""


class LogFormat(StrEnum):
    text = "text"
    json = "json"


class _Text(logging.Formatter):
    """Time, level, who says it, what, and its facts."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # so logging calls it
        facts = "".join(f" {name}={value}" for name, value in _facts(record).items())
        return super().formatMessage(record) + facts


class _Json(logging.Formatter):
    """The same as one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        trouble = {"error": self.formatException(record.exc_info)} if record.exc_info else {}
        return json.dumps(said | _facts(record) | trouble, ensure_ascii=False, default=str)


def _facts(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _USUAL}


def start_log(verbose: int, form: LogFormat) -> None:
    """Log to standard error: warnings, with one -v each step, with two everything."""
    level = _LEVELS[min(verbose, 2)]
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(_Json() if form is LogFormat.json else _Text())
    logging.basicConfig(level=level, handlers=[lines])
    for loud in _LOUD:
        logging.getLogger(loud).setLevel(max(level, logging.WARNING))
    if verbose < 2:  # what it cannot read we tell ourselves, with the address and what to do
        for loud in ("trafilatura", "pypdf"):
            logging.getLogger(loud).setLevel(logging.CRITICAL)
