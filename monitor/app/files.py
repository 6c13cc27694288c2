"""Files that people name, with a clear error where they cannot be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import RecordWrong


@contextmanager
def opened_file(path: Path) -> Iterator[Iterator[bytes]]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise RecordWrong(f"Cannot read {path}", why=error.strerror or str(error), mend="Check the name.") from error
    with stream:
        yield iter(stream)


def bytes_of(path: Path) -> bytes:
    with opened_file(path) as lines:
        return b"".join(lines)


def lines_of(path: Path) -> list[bytes]:
    with opened_file(path) as lines:
        return list(lines)
