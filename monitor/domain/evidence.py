"""The verbatim sentence behind a claim, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    BODY = "body"
    TITLE = "title"


@dataclass(frozen=True)
class Evidence:
    """`text[start:end] == quote` and `text[span_start:span_end] == span`, in code points of the stored body or title."""

    where: Where
    quote: str
    start: int
    end: int
    span: str
    span_start: int
    span_end: int
