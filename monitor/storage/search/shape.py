"""What a claim is filtered, ranked and counted by, as a row of fixed width: so that a million are read at once."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from sqlalchemy import Row

from monitor.domain.period import Period
from monitor.domain.source import is_first_hand
from monitor.storage.claims import sources_from
from monitor.storage.rows import UNWEIGHED

NAMES = ("subject", "metric", "topic", "unit", "modality", "status", "publisher", "asserter")
NUMBERS = (
    ("live", "?"),
    ("first_hand", "?"),
    ("length", "<u2"),  # stems of the statement
    ("published", "<i4"),  # day, 0 where unknown
    ("first", "<i4"),  # of the days the figure is of, 0 and 0 where unknown
    ("last", "<i4"),
    ("tie", "<i8"),  # from the id: an order that every process and database shares
    ("moment", "<f8"),
    ("worth", "<f8"),  # -1 where nobody weighed it
    ("low", "<f8"),  # ends of the figure, NaN where it has none
    ("high", "<f8"),
)
SHAPE = np.dtype([*NUMBERS, *((name, "<i8") for name in NAMES)])
"""One claim. Of a name stands `key_of`."""


def shape_of(row: Row[Any], published: date | None, length: int, names: Mapping[str, str]) -> bytes:
    """The shape of a claim of the table. `published`: the day where its publisher is; `length` in stems."""
    ends = [float(end) for end in (row.value, row.low, row.high) if isinstance(end, Decimal)]
    period = Period(None, None) if row.time is None else Period.parse(row.time)
    known = {
        "live": True,
        "first_hand": is_first_hand(sources_from(row.sources)),
        "length": min(length, 2**16 - 1),
        "published": published.toordinal() if published else 0,
        "first": 0 if row.time is None else (period.start or date.min).toordinal(),
        "last": 0 if row.time is None else (period.end or date.max).toordinal(),
        "tie": key_of(row.id),
        "moment": row.moment.timestamp(),
        "worth": UNWEIGHED if row.worth is None else row.worth,
        "low": min(ends, default=np.nan),
        "high": max(ends, default=np.nan),
    }
    values = (*(known[name] for name, _ in NUMBERS), *(key_of(names[name]) for name in NAMES))
    return np.array(values, SHAPE).tobytes()


def gone(claim_id: str) -> bytes:
    """The shape of a claim that is no more."""
    shape = np.zeros((), SHAPE)
    shape["tie"] = key_of(claim_id)
    return shape.tobytes()


def names_of(row: Row[Any]) -> dict[str, str]:
    """The texts that a claim is asked by; `row`: a claim and its publisher."""
    nearest = row.sources[0] if row.sources else {}
    return {
        "subject": row.subject,
        "metric": row.metric,
        "topic": " ".join((row.metric, *row.qualifiers.values())),
        "unit": row.unit,
        "modality": row.modality,
        "status": row.status,
        "publisher": row.publisher,
        "asserter": f"{nearest.get('name') or ''}\n{nearest.get('label') or ''}",
    }


def key_of(text: str) -> int:
    """A number of 64 bits that stands for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)
