"""Words of a text → whether one of our cues stands among them."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def has_cue(words: Iterable[str], cues: Iterable[str]) -> bool:
    """Whether a cue, of one word or more, stands whole among the words."""
    near = f" {' '.join(words)} "
    return any(f" {cue} " in near for cue in cues)
