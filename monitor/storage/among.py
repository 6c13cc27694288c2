"""A column among many values, given as one parameter: no statement is made anew for a longer list."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class _Many(TypeDecorator[list[str]]):
    """Texts as one value: a JSON list on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Text()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> Any:
        wanted = list(value or ())
        return wanted if dialect.name == "postgresql" else json.dumps(wanted)


class _among(GenericFunction[Any]):
    inherit_cache = True
    type = NullType()  # a truth value would be compared with 1, and no index asked


@compiles(_among, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    column, wanted = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({wanted}))"


@compiles(_among, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    column, wanted = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY ({wanted})"


def among(column: ColumnElement[Any], wanted: str | Iterable[str]) -> Any:
    """The condition that a column has one of these texts, or one of those of the parameter of this name."""
    if isinstance(wanted, str):
        return _among(column, bindparam(wanted, type_=_Many()))
    return _among(column, bindparam(None, list(wanted), type_=_Many(), unique=True))
