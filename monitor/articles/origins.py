"""Text + known texts → its origin: wire copy and mirrors count once.

A fingerprint (MinHash in bands) finds candidates among all texts known; the texts themselves then decide. A copy shares
the sentences of the other text with their figures and names, from the lead on. Two stories told with one template share
sentences but neither figures nor names; what follows a story up quotes it behind a lead of its own; two reporters at one
event share its figures and a quote, but hardly a run of words.
"""

from hashlib import blake2b

from datasketch import MinHash

from monitor.articles.wording import Wording, wording

_ROWS = 3
_BANDS = 64
"""A pair that shares 38 % of its runs, as the least copy does, becomes a candidate in 97 % (1 - (1 - 0.38³)⁶⁴), one that
shares half of them in 99.98 %, two stories of one field, which share a fiftieth, in 0.05 %."""

_LEAD_ROWS = 2
_LEAD_BANDS = 8
"""Bands of the lead alone: they find the summary that a feed carries of a long text, which shares few of its runs."""

_FEWEST_RUNS = 12
_CONTAINED = 0.58
RESEMBLING = 0.38
_MIRRORED = 0.8
_FIGURES = 0.5
_NAMES = 0.35
_FEWEST_MARKS = 8
_OPENING_WORDS = 57
_EXCERPT_WORDS = 90
_EXCERPT_CONTAINED = 0.85
_AT_ONCE = 2000


def fingerprint(article_id: str, text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """MinHash values of a text and the keys of its bands; texts that share a key are candidates for one origin.

    A text of a few words has no bands: nothing can be said of its origin. `article_id` has no influence.
    """
    told = wording(text)
    values = _minima(told.runs, _ROWS * _BANDS)
    if len(told.runs) < _FEWEST_RUNS:
        return values, ()
    lead = _minima(told.lead, _LEAD_ROWS * _LEAD_BANDS)
    return values, (*_keys(values, _ROWS, ""), *_keys(lead, _LEAD_ROWS, "lead "))


def same_origin(text: str, other: str) -> bool:
    """Whether one of two texts is a copy of the other: shortened, re-headed, restyled, with paragraphs added."""
    return is_copy(wording(text), wording(other))


def is_copy(one: Wording, other: Wording) -> bool:
    """The same of two wordings.

    Copies share 58 % of the runs of the shorter and 38 % of all runs; half of the shorter's runs with figures and a third
    of those with names; and the shared part begins at the top of both, behind no more than headline, by-line and a line
    of the site, unless the two are the same for the most part. A text of one paragraph is a copy, too, where a longer
    one opens with it: so feeds sum articles up.
    """
    fewer = min(len(one.runs), len(other.runs))
    if fewer < _FEWEST_RUNS:
        return bool(one.runs) and one.runs == other.runs
    shared = one.runs & other.runs
    alike = len(shared) / len(one.runs | other.runs)
    if len(shared) < _CONTAINED * fewer or not _same_facts(one, other):
        return False
    if alike >= _MIRRORED:
        return True
    is_excerpt = min(one.length, other.length) <= _EXCERPT_WORDS and len(shared) >= _EXCERPT_CONTAINED * fewer
    return (alike >= RESEMBLING or is_excerpt) and _opens_with(shared, one) and _opens_with(shared, other)


def _same_facts(one: Wording, other: Wording) -> bool:
    """Whether the shorter's figures stand in the longer in the same words, and its names, where there are enough."""
    marks = ((one.figures, other.figures, _FIGURES), (one.names, other.names, _NAMES))
    for some, others, least in marks:
        fewer = min(len(some), len(others))
        if fewer >= _FEWEST_MARKS and len(some & others) < least * fewer:
            return False
    return True


def _opens_with(shared: frozenset[str], told: Wording) -> bool:
    """Whether a good part of the first words is shared. What only quotes another text begins with words of its own."""
    return sum(told.places[run] <= _OPENING_WORDS for run in shared) >= _FEWEST_RUNS


def _minima(runs: frozenset[str], permutations: int) -> tuple[int, ...]:
    sketch = MinHash(num_perm=permutations, seed=1)
    coded = [run.encode() for run in runs]
    for start in range(0, len(coded), _AT_ONCE):  # the library keeps a number for each pair of run and permutation
        sketch.update_batch(coded[start : start + _AT_ONCE])
    return tuple(int(value) for value in sketch.hashvalues)


def _keys(values: tuple[int, ...], rows: int, name: str) -> list[str]:
    keys = []
    for number in range(len(values) // rows):
        part = values[number * rows : (number + 1) * rows]
        digest = blake2b(repr(part).encode(), digest_size=8).hexdigest()
        keys.append(f"{name}{number:02}-{digest}")
    return keys
