"""Words of a text → whether one of our cues stands among them."""

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def has_cue(words: Iterable[str], cues: Iterable[str]) -> bool:
    """Whether a cue, of one word or more, stands whole among the words."""
    return _stands(f" {' '.join(words)} ", tuple(cues))


@lru_cache(maxsize=8192)
def _stands(near: str, cues: tuple[str, ...]) -> bool:
    """Remembered: the words beside a figure are asked for with each claim that it is held against."""
    return any(f" {cue} " in near for cue in cues)
