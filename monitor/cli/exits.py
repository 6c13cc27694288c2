"""What a command's exit code means."""

from monitor.errors import (
    JudgementWrong,
    MailDeferred,
    MonitorError,
    QueryWrong,
    SchemaMismatch,
    SettingsWrong,
    StorageFailed,
    WatchWrong,
)

DONE = 0
FAILED = 1
WRONG_USE = 2
NOTHING = 3
IN_PART = 4
TRY_LATER = 75
WRONG_CONFIG = 78
INTERRUPTED = 130


def exit_code(error: MonitorError) -> int:
    """The code of an error that ended a command."""
    if isinstance(error, SettingsWrong | SchemaMismatch):
        return WRONG_CONFIG
    if isinstance(error, StorageFailed | MailDeferred):
        return TRY_LATER if error.retry else FAILED
    return WRONG_USE if isinstance(error, QueryWrong | JudgementWrong | WatchWrong) else FAILED


def outcome(done: int, failed: int) -> int:
    """0 where all was done, 4 in part, 1 not at all."""
    if not failed:
        return DONE
    return IN_PART if done else FAILED
