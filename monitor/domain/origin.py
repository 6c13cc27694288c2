"""The set of articles that carry one text: wire copy, mirrors. Counts as one source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fingerprint:
    """MinHash of a text: 32-bit values, and the keys of its LSH bands (one of them shared makes a candidate)."""

    article_id: str
    origin_id: str
    values: tuple[int, ...]
    bands: tuple[str, ...]
