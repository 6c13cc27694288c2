"""The keys of one line, each read with its type; what is wrong is said with the line's number."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from monitor.domain.period import Period
from monitor.errors import RecordWrong

LONGEST_LINE = 64_000_000
LONGEST_FIELD = 10_000
_MEND = "Correct that line and ingest it again; the other lines are done."
_LONE = re.compile("[\ud800-\udfff]")


class Fields:
    """The keys of one line, each read with its type; what is wrong is said with the line's number."""

    def __init__(self, line: str | Mapping[str, Any], number: int) -> None:
        self.line_number = number
        self._data = line if isinstance(line, Mapping) else self._parsed(line)

    def _parsed(self, line: str) -> Mapping[str, Any]:
        if len(line) > LONGEST_LINE:
            raise self.wrong(None, f"it has more than {LONGEST_LINE:,} characters")
        try:
            data = json.loads(line, parse_float=Decimal, parse_int=_whole, parse_constant=_no_number)
        except (ValueError, RecursionError, InvalidOperation) as error:
            raise self.wrong(None, f"it is no JSON: {str(error)[:200] or 'nested too deep'}") from error
        if not isinstance(data, dict):
            raise self.wrong(None, "it is no JSON object")
        return data

    def wrong(self, key: str | None, why: str) -> RecordWrong:
        place = f"Line {self.line_number}" if key is None else f"The key {key} of line {self.line_number}"
        return RecordWrong(f"{place} cannot be read", why=why, mend=_MEND)

    def optional(self, key: str, longest: int = LONGEST_FIELD) -> str | None:
        value = self._data.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, f"{shown(value)} is no text")
        if len(value) > longest:
            raise self.wrong(key, f"it has {len(value):,} characters, more than {longest:,}")
        if "\0" in value:
            raise self.wrong(key, "it holds a NUL character, which no database stores")
        if _LONE.search(value):
            raise self.wrong(key, "it holds half of a surrogate pair, which is no character")
        return value

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._data.get(key) is not None

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.optional(key)
        if required and not (value or "").strip():
            raise self.wrong(key, "it is missing")
        return value or ""

    def time(self, key: str) -> datetime | None:
        value = self.optional(key)
        if not value:
            return None
        try:
            read = datetime.fromisoformat(value.strip())
        except ValueError as error:
            raise self.wrong(key, f"{shown(value)} is no time of RFC 3339, such as 2025-03-07T09:00:00+01:00") from error
        read = read if read.tzinfo else read.replace(tzinfo=UTC)
        try:
            read.astimezone(UTC)
        except (OverflowError, ValueError) as error:
            raise self.wrong(key, f"{shown(value)} is outside of the calendar") from error
        return read

    def period(self, key: str) -> Period | None:
        value = self.optional(key)
        if not value:
            return None
        try:
            return Period.parse(value)
        except ValueError as error:
            raise self.wrong(key, str(error)) from error

    def number(self, key: str) -> Decimal | None:
        value = self._data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, f"{shown(value)} is no number")
        number = Decimal(value)
        if number and not -30 <= number.adjusted() <= 30:
            raise self.wrong(key, f"{shown(value)} is out of range")
        return number

    def whole(self, key: str, default: int) -> int:
        value = self._data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
            raise self.wrong(key, f"{shown(value)} is no whole number from 0 to 2147483647")
        return value

    def is_flag(self, key: str) -> bool:
        return isinstance(self._data.get(key), bool)

    def flag(self, key: str, default: bool) -> bool:
        value = self._data.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, f"{shown(value)} is neither true nor false")
        return value

    def one_of(self, key: str, kind: type[StrEnum], default: Any) -> Any:
        value = self.optional(key)
        if not value:
            return default
        try:
            return kind(value)
        except ValueError as error:
            raise self.wrong(key, f"{shown(value)} is none of {', '.join(kind)}") from error

    def listed(self, key: str) -> Sequence[Any]:
        value = self._data.get(key) or []
        if not isinstance(value, list) or len(value) > 1000:
            raise self.wrong(key, f"{shown(value)} is no list")
        return value

    def words(self, key: str) -> dict[str, str]:
        below = self.below(key)
        return {name: text for name in sorted(below._data) if (text := below.optional(name))}

    def below(self, key: str) -> "Fields":
        value = self._data.get(key) or {}
        if not isinstance(value, dict):
            raise self.wrong(key, f"{shown(value)} is no object")
        return Fields(value, self.line_number)


def _whole(digits: str) -> int:
    if len(digits) > 60:
        raise ValueError("a number of more than 60 digits")
    return int(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def shown(value: object) -> str:
    written = repr(value) if not isinstance(value, float) or math.isfinite(value) else str(value)
    return written if len(written) <= 60 else written[:57] + "..."
