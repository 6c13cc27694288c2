"""The words of a query → the claims in whose text they stand, by the full-text index of either database."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from monitor.domain.query import All, Either, Not, Part, Words, leaves
from monitor.domain.words import words
from monitor.storage.engine import choose

_CONTEXT, _STATEMENT = 0.2, 0.8
"""Worth of a word that stands in title, publisher or statement, and what one in the statement is worth more."""
_BREVITY = (1.2, 0.75, 20)
"""How soon more words make a claim less of a match, as in BM25 for words that stand once in it: k, b, usual length."""
_RANKED = 16  # words that count for the order; what more of them say changes little and takes time

_SQLITE = text("SELECT group_concat(rowid) FROM search_words WHERE search_words MATCH :query")
_POSTGRESQL = text(
    "SELECT string_agg(int8send(number), '' ORDER BY number) FROM search_claim"
    " WHERE tokens @@ to_tsquery('simple', :query)"
)

Numbers = NDArray[np.int64]


def stems(written: str) -> list[str]:
    """The words of a text without their endings. By us and not by the databases, so that both and the watches agree."""
    return [stem_of(word) for word in words(written)]


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """A word without its ending; it begins as the word does."""
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


def matching(connection: Connection, asked: Part) -> Numbers:
    """The number of each claim whose text answers what is asked of text, growing."""
    return _found(connection, choose(connection, sqlite=_sqlite_query, postgresql=_postgresql_query)(asked))


def ranked(connection: Connection, asked: Part, numbers: Numbers, lengths: NDArray[np.uint16]) -> NDArray[np.float64]:
    """How well the claims that answer fit, each for itself, whatever other claims there are: the greater, the better.

    The more of the words stand in the statement itself and the shorter it is, the better. How rare a word is does not
    count: then every claim that comes in would move others, and a list could not be turned page by page.
    """
    write, narrowed = choose(
        connection, sqlite=(_sqlite_query, _sqlite_statement), postgresql=(_postgresql_query, _postgresql_statement)
    )
    worths = np.zeros(len(numbers))
    certain = _certain(asked)
    for one in _wanted(asked)[:_RANKED]:
        both = "{} AND {}" if write is _sqlite_query else "{} & {}"
        worths += _CONTEXT
        if one not in certain:
            worths -= _CONTEXT * ~_among(numbers, _found(connection, both.format(write(asked), write(one))))
        worths += _STATEMENT * _among(numbers, _found(connection, both.format(write(asked), narrowed(one))))
    k, b, usual = _BREVITY
    return np.round(worths / (1 + k * (1 - b + b * lengths / usual)), 6)


def _found(connection: Connection, query: str) -> Numbers:
    # All in one value: rows would take longer to fetch than to find.
    found = connection.execute(choose(connection, sqlite=_SQLITE, postgresql=_POSTGRESQL), {"query": query}).scalar()
    if not found:
        return np.zeros(0, np.int64)
    if isinstance(found, str):
        return np.fromstring(found, np.int64, sep=",")
    return np.frombuffer(bytes(found), ">i8").astype(np.int64)


def _among(numbers: Numbers, some: Numbers) -> NDArray[np.bool_]:
    """Which of the growing numbers are among some."""
    mask = np.zeros(len(numbers), np.bool_)
    if len(numbers):
        places = np.minimum(np.searchsorted(numbers, some), len(numbers) - 1)
        mask[places[numbers[places] == some]] = True
    return mask


def _wanted(part: Part) -> list[Words]:
    """The words that claims are found by, each once."""
    return list(dict.fromkeys(leaf for leaf, without in leaves(part) if isinstance(leaf, Words) and not without))


def _certain(part: Part) -> list[Part]:
    """What stands in every claim that answers."""
    return [one for below in part.parts for one in _certain(below)] if isinstance(part, All) else [part]


def _sqlite_statement(words_: Words) -> str:
    return f"{{statement}} : {_sqlite_query(words_)}"


def _postgresql_statement(words_: Words) -> str:
    return f"({' <-> '.join(f'{stem}:A' for stem in stems(words_.text))})"


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
