"""Text → its words, as searching compares them: the same in every database and in memory."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_LONGEST = 60  # characters of a word that count


def words(written: str) -> list[str]:
    """The words of a text: lower case, without accents, split at everything that is no letter or digit."""
    plain = written
    if not written.isascii():
        plain = _FOREIGN.sub(_without_accents, unicodedata.normalize("NFKD", written))
    return [word[:_LONGEST] for word in _WORD.findall(plain.casefold())]


def _without_accents(found: re.Match[str]) -> str:
    return "".join(sign for sign in found[0] if not unicodedata.combining(sign))


@lru_cache(maxsize=100_000)  # the distinct subjects, metrics and publishers
def name_words(name: str) -> str:
    """Words without a plural s, a space before and after each: what two spellings of one name share."""
    return "".join(f" {_singular(word)}" for word in words(name)) + " "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
