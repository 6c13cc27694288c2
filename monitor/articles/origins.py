"""Text + known texts → its origin: wire copy and mirrors count once.

A fingerprint (MinHash in bands) finds candidates among all texts known; the texts themselves then decide. Shared runs
of words do not lie: two reporters at one event share its figures and a quote, a copy shares its sentences.
"""

import re
import unicodedata
from hashlib import blake2b

from datasketch import MinHash

_PERMUTATIONS = 128
_ROWS = 3
"""Values in a band. 42 bands of 3: half of the runs shared makes a candidate in 99.6 %, a third in 80 %, 5 % in 0.5 %."""

_RUN = 4
_FEWEST_RUNS = 12
_CONTAINED = 0.5
_RESEMBLING = 0.2
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def fingerprint(article_id: str, text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """MinHash values of a text and the keys of its bands; texts that share a key are candidates for one origin.

    A text of a few words has no bands: nothing can be said of its origin. `article_id` has no influence.
    """
    runs = _runs(text)
    sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
    if runs:
        sketch.update_batch([run.encode() for run in sorted(runs)])
    values = tuple(int(value) for value in sketch.hashvalues)
    return values, _bands(values) if len(runs) >= _FEWEST_RUNS else ()


def same_origin(text: str, other: str) -> bool:
    """Whether one of two texts is a copy of the other: shortened, re-headed, with a paragraph added, but its words.

    At least half of the runs of four words of the shorter stand in the longer one, and 20 % of all are shared: so a
    note of two lines does not make one origin of every long article that quotes it.
    """
    runs, others = _runs(text), _runs(other)
    smaller = min(len(runs), len(others))
    if smaller < _FEWEST_RUNS:
        return bool(runs) and runs == others
    shared = len(runs & others)
    return shared >= _CONTAINED * smaller and shared >= _RESEMBLING * len(runs | others)


def _runs(text: str) -> set[str]:
    """All runs of four words, without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _TOKEN.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return {" ".join(words[at : at + _RUN]) for at in range(max(0, len(words) - _RUN + 1))}


def _bands(values: tuple[int, ...]) -> tuple[str, ...]:
    keys = []
    for number in range(_PERMUTATIONS // _ROWS):
        part = values[number * _ROWS : (number + 1) * _ROWS]
        digest = blake2b(repr(part).encode(), digest_size=8).hexdigest()
        keys.append(f"{number:02}-{digest}")
    return tuple(keys)
