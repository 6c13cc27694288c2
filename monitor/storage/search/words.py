"""Text → search words, the same on both databases, and the queries that find them again."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from monitor.storage.engine import choose

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # characters of a word that count
_IN_CONTEXT = 0.2  # worth of a word that stands only in title or publisher

_SQLITE = text("SELECT rowid, bm25(search_words, 1.0, :context) FROM search_words WHERE search_words MATCH :query")
_POSTGRESQL = text(
    "SELECT number, -ts_rank(ARRAY[:context, 0, 0, 1.0]::real[], tokens, query, 1)"
    " FROM search_claim, to_tsquery('search_words', :query) AS query WHERE tokens @@ query"
)


def words(written: str) -> list[str]:
    """The words of a text: lower case, without accents, split at everything that is no letter or digit."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", written) if not unicodedata.combining(sign))
    return [word[:_LONGEST] for word in _WORD.findall(plain.casefold())]


def matching(connection: Connection, phrases: Sequence[str]) -> NDArray[np.float64]:
    """Number and rank value of each claim in whose text every one of these stands; the smaller the value, the better.

    Two columns. A phrase without any letter or digit is in every text; no rows where that is true of all.
    """
    asked = [found for found in map(words, phrases) if found]
    if not asked:
        return np.zeros((0, 2))
    query = choose(connection, sqlite=_sqlite_query, postgresql=_postgresql_query)(asked)
    statement = choose(connection, sqlite=_SQLITE, postgresql=_POSTGRESQL)
    rows = connection.execute(statement, {"query": query, "context": _IN_CONTEXT}).all()
    # Numbers stay exact in a float up to 2 ** 53.
    return np.fromiter(chain.from_iterable(rows), np.float64, 2 * len(rows)).reshape(-1, 2)


def _sqlite_query(phrases: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


def _postgresql_query(phrases: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(phrase)})" for phrase in phrases)
