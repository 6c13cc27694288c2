"""A sentence of a pair, set as it is printed, as an article of its own."""

import re
from datetime import UTC, datetime
from typing import Any

from monitor.domain.article import Article

_ARRIVED = datetime(2022, 1, 1, tzinfo=UTC)
_SPACED = (
    (r" ([,.;:!?%)\]])", r"\1"),
    (r"([(\[$£€]) ", r"\1"),
    (r" (n't|'s|'re|'ve|'ll|'d|')(?= |$)", r"\1"),
    (r"``|''", '"'),
    (r" ?-LRB- ?", " ("),
    (r" ?-RRB-", ")"),
    (r" ?\(\d{4} [a-z ]+\)", ""),  # a page's name: "The Raven (2012 film)"
)
_PAGE_MARK = re.compile(r"\s*\([^)]*\)$")


def article_of(row: dict[str, Any], side: str) -> Article:
    """One side of a pair as an article of its own."""
    page = _PAGE_MARK.sub("", plain(str(row.get("page", "")).replace("-COLON-", ":"))).strip()
    name, address = f"{row['id']}-{side}", f"https://{side}.test/{row['id']}"
    return Article(name, address, address, page, plain(row[side]), side.title(), None, _ARRIVED, origin_id=name)


def plain(text: str) -> str:
    """A tokenized text as it is printed."""
    for pattern, printed_as in _SPACED:
        text = re.sub(pattern, printed_as, text)
    return text
