"""A page of a list, and the place where the next one begins."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, overload

T = TypeVar("T")
Key = datetime | float | str
"""What a list is sorted by: one or more of these a row, the last of them its id."""


@dataclass(frozen=True)
class Listed(Sequence[T]):
    """A part of a list. `next_cursor`: opaque, where it goes on; None at the end. It holds while rows come and go."""

    items: tuple[T, ...]
    next_cursor: str | None = None

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.items[place]

    def __len__(self) -> int:
        return len(self.items)


def write_cursor(order: str, keys: Iterable[Key]) -> str:
    """The place behind the row with these keys, in a list of this order, for an address."""
    place = [order, *({"t": key.isoformat()} if isinstance(key, datetime) else key for key in keys)]
    return base64.urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: str, kinds: Sequence[type[Key]]) -> tuple[Key, ...]:
    """The keys of a cursor. ValueError where it is not one of ours, or of a list in another order."""
    try:
        said, *keys = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True))
        if said != order:
            raise ValueError
        return tuple(_key(key, kind) for key, kind in zip(keys, kinds, strict=True))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a cursor") from error


def _key(key: Any, kind: type[Key]) -> Key:
    if kind is datetime:
        moment = datetime.fromisoformat(key["t"])
        if moment.utcoffset() is None or not 1 < moment.year < 9999:  # at the rims UTC may not express it
            raise ValueError
        return moment
    if kind is float and isinstance(key, int | float) and not isinstance(key, bool):
        return float(key)
    if isinstance(key, str) and kind is str and "\0" not in key:
        return key
    raise ValueError


def every(page: Callable[[str | None], Listed[T]]) -> Iterator[T]:
    """All items, page by page. `page`: cursor → page."""
    listed = page(None)
    yield from listed
    while listed.next_cursor is not None:
        listed = page(listed.next_cursor)
        yield from listed
