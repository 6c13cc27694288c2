"""The words of a query → the claims in whose text they stand, by the full-text index of either database."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from monitor.domain.query import All, Either, Not, Part, Words
from monitor.domain.words import words
from monitor.storage.engine import choose

_IN_CONTEXT = 0.2  # worth of a word that stands only in title or publisher

_SQLITE = text("SELECT rowid, bm25(search_words, 1.0, :context) FROM search_words WHERE search_words MATCH :query")
_POSTGRESQL = text(
    "SELECT number, -ts_rank(ARRAY[:context, 0, 0, 1.0]::real[], tokens, query, 1)"
    " FROM search_claim, to_tsquery('simple', :query) AS query WHERE tokens @@ query"
)


def stems(written: str) -> list[str]:
    """The words of a text without their endings. By us and not by the databases, so that both and the watches agree."""
    return [_stem(word) for word in words(written)]


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem: str = snowballstemmer.stemmer("porter").stemWord(word)  # a stemmer serves one thread at a time
    return stem or word  # of a lone s nothing would be left


def is_asked_of_text(part: Part) -> bool:
    """Whether the full-text index alone can say what answers: words together in any way but leaving out alone."""
    match part:
        case Words():
            return bool(words(part.text))
        case Either():
            return all(map(is_asked_of_text, part.parts))
        case All():
            plain, left_out = _sorted(part)
            return bool(plain) and all(map(is_asked_of_text, (*plain, *left_out)))
        case _:
            return False


def matching(connection: Connection, asked: Part) -> NDArray[np.float64]:
    """Number and rank value of each claim whose text answers what is asked of text; the smaller the value, the better.

    Two columns.
    """
    query = choose(connection, sqlite=_sqlite_query, postgresql=_postgresql_query)(asked)
    statement = choose(connection, sqlite=_SQLITE, postgresql=_POSTGRESQL)
    rows = connection.execute(statement, {"query": query, "context": _IN_CONTEXT}).all()
    # Numbers stay exact in a float up to 2 ** 53.
    return np.fromiter(chain.from_iterable(rows), np.float64, 2 * len(rows)).reshape(-1, 2)


def _sqlite_query(part: Part) -> str:
    match part:
        case Words():
            return f'"{" ".join(stems(part.text))}"'
        case Either():
            return f"({' OR '.join(_sqlite_query(one) for one in part.parts)})"
        case All():
            plain, left_out = _sorted(part)
            asked = f"({' AND '.join(map(_sqlite_query, plain))})"
            return f"({asked} NOT ({' OR '.join(map(_sqlite_query, left_out))}))" if left_out else asked
    raise TypeError(part)


def _postgresql_query(part: Part) -> str:
    match part:
        case Words():
            return f"({' <-> '.join(stems(part.text))})"
        case Either():
            return f"({' | '.join(_postgresql_query(one) for one in part.parts)})"
        case All():
            plain, left_out = _sorted(part)
            asked = [*map(_postgresql_query, plain), *(f"!{_postgresql_query(one)}" for one in left_out)]
            return f"({' & '.join(asked)})"
    raise TypeError(part)


def _sorted(part: All) -> tuple[Sequence[Part], Sequence[Part]]:
    """What must hold, and what must not."""
    plain = [one for one in part.parts if not isinstance(one, Not)]
    return plain, [one.part for one in part.parts if isinstance(one, Not)]
