"""What every noun's file needs: small pieces of rows, writing what is new or differs, reading in pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, insert, or_, select, update

from monitor.domain.listed import Key, read_cursor, write_cursor
from monitor.domain.work import WorkState
from monitor.errors import QueryWrong
from monitor.storage.among import among
from monitor.storage.columns import storable
from monitor.storage.transactions import Transactions

T = TypeVar("T")
Values = dict[str, Any]

PAGE = 500
"""Rows read or ids asked at a time."""
UNWEIGHED = -1.0
"""Stands for the worth of a claim that nobody weighed: it comes last."""


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most PAGE: databases limit the number of parameters."""
    everything = list(items)
    for start in range(0, len(everything), PAGE):
        yield everything[start : start + PAGE]


def told(name: str, moment: datetime | None) -> Values:
    """The two columns of a time as a source told it. A time that UTC cannot express counts as not told."""
    if moment is not None:
        try:
            moment.astimezone(timezone.utc)  # noqa: UP017 - any zone would do: it is the overflow we look for
        except OverflowError:
            moment = None
    offset = moment.utcoffset() if moment is not None else None
    return {name: moment, f"{name}_offset": None if offset is None else int(offset.total_seconds())}


def as_told(row: Row[Any], name: str) -> datetime | None:
    """The time with the offset that the source gave."""
    moment: datetime | None = getattr(row, name)
    offset: int | None = getattr(row, f"{name}_offset")
    if moment is None or not offset:
        return moment
    return moment.astimezone(timezone(timedelta(seconds=offset)))


def fresh_work(state: WorkState = WorkState.WAITING) -> Values:
    """The columns of work nobody has begun."""
    return {
        "state": state.value,
        "owner": None,
        "lease_until": None,
        "attempts": 0,
        "not_before": None,
        "why": "",
        "set_aside_at": None,
    }


def differs(row: Row[Any], values: Mapping[str, Any]) -> bool:
    """Whether writing these values would change the row."""
    return any(row._mapping[name] != _kept(value) for name, value in values.items())


def _kept(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def by_ids(connection: Connection, query: Select[Any], column: ColumnElement[Any], ids: Sequence[str]) -> list[Row[Any]]:
    """The rows of these ids in the order asked; unknown ids are left out. The query must give the column `id`."""
    found: dict[str, Row[Any]] = {}
    for some in chunks(dict.fromkeys(ids)):
        for row in connection.execute(query.where(among(column, some))):
            found[row._mapping["id"]] = row
    return [found[one] for one in ids if one in found]


def in_pages(transactions: Transactions, query: Select[Any], keys: Sequence[ColumnElement[Any]]) -> Iterator[Row[Any]]:
    """All rows, sorted by the keys. No transaction stays open between pages, so the reader may write meanwhile."""
    after: tuple[Any, ...] | None = None
    while True:
        page = query.order_by(*keys).limit(PAGE)
        if after is not None:
            page = page.where(beyond(keys, after))
        with transactions.reading() as connection:
            rows = connection.execute(page).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1]._mapping
        after = tuple(last[key] for key in keys)


def beyond(keys: Sequence[ColumnElement[Any]], values: Sequence[Any], *, descending: bool = False) -> ColumnElement[bool]:
    """The condition to stand after these values in the order of the keys."""
    cases = []
    for place, key in enumerate(keys):
        before = [one == value for one, value in zip(keys[:place], values, strict=False)]
        here = key < values[place] if descending else key > values[place]
        cases.append(and_(*before, here))
    return or_(*cases)


def paged(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    *,
    order: str,
    limit: int,
    cursor: str | None,
) -> tuple[list[Row[Any]], str | None]:
    """A page of rows, greatest keys first, and where the next one begins. `order` names the list and its order.

    The cursor holds the keys of the last row themselves: it stays a place when that row moves or goes.
    """
    kinds = [key.type.python_type for key in keys]
    page = query.add_columns(*(key.label(f"key_{place}") for place, key in enumerate(keys)))
    page = page.order_by(*(key.desc() for key in keys)).limit(limit + 1)
    if cursor is not None:
        page = page.where(beyond(keys, place_of(cursor, order, kinds), descending=True))
    rows = list(connection.execute(page))
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]._mapping
    return rows[:limit], write_cursor(order, [last[f"key_{place}"] for place in range(len(keys))])


def place_of(cursor: str, order: str, kinds: Sequence[type[Key]]) -> tuple[Key, ...]:
    """The keys of a cursor. QueryWrong where it is not one of this list in this order."""
    try:
        return read_cursor(cursor, order, kinds)
    except ValueError as error:
        mend = "Start from the first page, and go on with what its page.next says."
        raise QueryWrong("Cannot go on from this place", why="the cursor is not of this list", mend=mend) from error


def upsert(connection: Connection, table: Table, key: str, values: Values, extra: Values | None = None) -> str | None:
    """Write a row: "new", "changed", or None where it already says so. `extra` is written only with a new row."""
    row = connection.execute(select(table).where(table.c[key] == values[key])).one_or_none()
    if row is None:
        connection.execute(insert(table), {**values, **(extra or {})})
        return "new"
    if differs(row, values):
        connection.execute(update(table).where(table.c[key] == values[key]).values(values))
        return "changed"
    return None


def upsert_all(
    connection: Connection, table: Table, key: str, rows: Sequence[Values], extra: Values | None = None
) -> None:
    """Write rows that are new or say something else by now. `extra` is written only with a new row."""
    for some in chunks(rows):
        query = select(table).where(among(table.c[key], [values[key] for values in some]))
        known = {row._mapping[key]: row for row in connection.execute(query)}
        new = [{**values, **(extra or {})} for values in some if values[key] not in known]
        if new:
            connection.execute(insert(table), new)
        changed = [values for values in some if values[key] in known and differs(known[values[key]], values)]
        if changed:
            of_this = update(table).where(table.c[key] == bindparam("this"))
            connection.execute(of_this, [{**values, "this": values[key]} for values in changed])
