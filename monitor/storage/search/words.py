"""Text → search words, the same on both databases, and the queries that find them again."""

import re
import unicodedata
from collections.abc import Sequence

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


def matching(connection: Connection, phrases: Sequence[str]) -> dict[int, float]:
    """Number of each claim in whose text every one of these stands → its rank value, the smaller the better.

    A phrase without any letter or digit is in every text; {} where that is true of all.
    """
    asked = [found for found in map(words, phrases) if found]
    if not asked:
        return {}
    query = choose(connection, sqlite=_sqlite_query, postgresql=_postgresql_query)(asked)
    statement = choose(connection, sqlite=_SQLITE, postgresql=_POSTGRESQL)
    rows = connection.execute(statement, {"query": query, "context": _IN_CONTEXT})
    return {number: rank for number, rank in rows}  # noqa: C416 - rows are no pairs to the type checker


def _sqlite_query(phrases: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases)


def _postgresql_query(phrases: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(phrase)})" for phrase in phrases)
