"""Rows → values, each once: a row that reads as one that was loaded before gives the very value that it gave then.

Most of what is loaded was loaded shortly before: the claims of a question come with each new one. The key is all of the
row as the driver gives it, so that a row that somebody changed is another one.
"""

from collections import OrderedDict, namedtuple
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import Boolean, Column, Connection, Dialect, Select, TypeDecorator, select, type_coerce
from sqlalchemy.types import NullType

from monitor.storage.among import among
from monitor.storage.rows import chunks

T = TypeVar("T")


class Loaded(Generic[T]):
    """`build`: a row with an attribute for each of the columns → its value, which nobody may change.

    `most`: how many are remembered, those used last. `beside`: columns that are no part of the value; `with_beside` has
    what the driver gives of them.
    """

    def __init__(
        self, columns: Iterable[Column[Any]], build: Callable[[Any], T], most: int, beside: Iterable[Column[Any]] = ()
    ) -> None:
        self._columns: Sequence[Column[Any]] = tuple(columns)
        self._beside = tuple(beside)
        self._build, self._most = build, most
        self._row = namedtuple("_row", [column.name for column in self._columns])  # type: ignore[misc]
        self._known: OrderedDict[tuple[Any, ...], T] = OrderedDict()
        self._queries: dict[str, Select[Any]] = {}
        self._readers: dict[str, list[Callable[[Any], Any] | None]] = {}

    def those(self, connection: Connection, column: Column[Any], wanted: Iterable[str], *order: Any) -> Iterator[T]:
        """The values of the rows that have one of these in a column, in this order."""
        return (value for value, _ in self.with_beside(connection, column, wanted, *order))

    def with_beside(
        self, connection: Connection, column: Column[Any], wanted: Iterable[str], *order: Any
    ) -> Iterator[tuple[T, tuple[Any, ...]]]:
        """As `those`, each with what its row has beside."""
        if column.name not in self._queries:
            raw: list[Any] = [type_coerce(one, NullType()).label(one.name) for one in (*self._columns, *self._beside)]
            self._queries[column.name] = select(*raw).where(among(column, "wanted")).order_by(*order)
        own = len(self._columns)
        for some in chunks(dict.fromkeys(wanted)):
            for row in connection.execute(self._queries[column.name], {"wanted": some}):
                said = tuple(row)
                yield self._value(connection, said[:own]), said[own:]

    def _value(self, connection: Connection, row: tuple[Any, ...]) -> T:
        try:
            self._known.move_to_end(row)
            return self._known[row]
        except KeyError:
            found = self._known[row] = self._build(self._read(connection, row))
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return found

    def _read(self, connection: Connection, row: tuple[Any, ...]) -> Any:
        """The row with the values that its columns' types make of what the driver gives."""
        dialect = connection.dialect
        if dialect.name not in self._readers:
            self._readers[dialect.name] = [_reader(column, dialect) for column in self._columns]
        readers = self._readers[dialect.name]
        return self._row(*(read(one) if read else one for read, one in zip(readers, row, strict=True)))


def _reader(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes the value of what the driver gives; None where that is the value, as plain numbers and texts are."""
    if not isinstance(column.type, TypeDecorator | Boolean):
        return None
    read: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).result_processor(dialect, None)
    return read
