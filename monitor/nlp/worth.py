"""A claim and the article around it → how much the claim is worth a reader's attention.

It is how likely a careful reader of the article asks for the figure: background, sample sizes and dates that are
announced are claims too, but few look for them. What other articles say plays no part. The weights are made by
models/training/worth.py, the words near a figure stand in cues/en/worth.toml.
"""

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.evidence import Evidence, Where
from monitor.domain.quantity import Quantity
from monitor.domain.source import SourceKind
from monitor.domain.trace import AND, GAP, Trace
from monitor.nlp.weighing import Weighing

REASONS = 3  # told of each claim
_SLIGHT = 0.1  # what moves the sum by less is no reason
_NEAR = 60  # characters on either side of a figure
_STEM = 6  # letters that "satellite" and "satellites" share
_LARGE = 9  # digits of a number from which on its size says no more
_WORD = re.compile(r"[^\W\d_]{3,}")
_REST = re.compile(r"\w*")
_LONG_AGO = timedelta(days=400)  # figures of the same month a year before are what news compares with
_DIGIT = re.compile(r"\d")
_HEAD = r"^[ \t*#]*(?:%s)\b[^.!?\d\n]{0,80}(?::|$)"
_SORTS = ("coming", "measured", "background", "own", "extent", "past")


@dataclass(frozen=True)
class WorthCues:
    """Sort of words → what finds one of them; `heads` finds the head of what a sender tells of himself."""

    near: Mapping[str, re.Pattern[str]]
    heads: re.Pattern[str]

    @staticmethod
    def read(path: Path) -> "WorthCues":
        """The words of a file such as models/cues/en/worth.toml."""
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        near = {sort: re.compile(rf"(?<!\w)(?:{_any_of(table[sort])})(?!\w)", re.IGNORECASE) for sort in _SORTS}
        heads = re.compile(_HEAD % _any_of(table["boilerplate"]), re.IGNORECASE | re.MULTILINE)
        return WorthCues(near, heads)

    def found(self, evidence: Evidence) -> dict[str, tuple[str, int]]:
        """Sort → the words of it nearest in front of the figure, else behind it, and where they stand in the text."""
        quote, start, end = evidence.quote, evidence.span_start - evidence.start, evidence.span_end - evidence.start
        far = _REST.match(quote, min(end + _NEAR, len(quote)))
        last = far.end() if far is not None else len(quote)
        found = {}
        for sort, words in self.near.items():
            before = list(words.finditer(quote, max(start - _NEAR, 0), start))
            hit = before[-1] if before else words.search(quote, end, last)
            if hit is not None:
                found[sort] = (hit[0], evidence.start + hit.start())
        return found


@dataclass(frozen=True)
class Worth:
    """Weighs the claims of an article."""

    weighing: Weighing
    cues: WorthCues

    @staticmethod
    def read(models: Path) -> "Worth":
        """The weights and words of a folder of models."""
        weighing = Weighing.read(models / "weights" / "worth" / "weights.toml")
        return Worth(weighing, WorthCues.read(models / "cues" / "en" / "worth.toml"))

    def weighed(self, reading: Reading, article: Article) -> Reading:
        """The reading, each claim with its worth and, where its fields have traces, with what makes it so."""
        around = Around.of(article, reading.claims, self.cues)
        known = [known_of(claim, around, self.cues) for claim in reading.claims]
        claims = [replace(claim, worth=self.weighing.of(one)) for claim, one in zip(reading.claims, known, strict=True)]
        ways = reading.traces or ((),) * len(claims)
        traces = [
            (*way, self._reasons(claim, one)) if way else () for claim, one, way in zip(claims, known, ways, strict=True)
        ]
        return replace(reading, claims=tuple(claims), traces=tuple(traces) if reading.traces else ())

    def _reasons(self, claim: Claim, known: Mapping[str, float]) -> Trace:
        """What moves it most away from the usual claim."""
        moved = [(name, by) for name, by in self.weighing.reasons(known)[:REASONS] if abs(by) >= _SLIGHT]
        found = self.cues.found(claim.evidence)
        said = [found[name] for name, _ in moved if name in found]
        rule = AND.join(f"{'more' if by > 0 else 'less'} {name}" for name, by in moved) or "usual"
        return Trace("worth", rule, GAP.join(words for words, _ in said), said[0][1] if said else -1)


@dataclass(frozen=True)
class Around:
    """What an article tells of its claims. `units`: how many claims have each; `about_from`: where boilerplate begins."""

    article: Article
    title_words: frozenset[str]
    units: Counter[str]
    claims: int
    about_from: int

    @staticmethod
    def of(article: Article, claims: Sequence[Claim], cues: WorthCues) -> "Around":
        """Boilerplate stands in the second half of a text."""
        head = cues.heads.search(article.text, len(article.text) // 2)
        return Around(
            article=article,
            title_words=_stems(article.title),
            units=Counter(claim.quantity.unit for claim in claims),
            claims=len(claims),
            about_from=head.start() if head is not None else len(article.text),
        )


def known_of(claim: Claim, around: Around, cues: WorthCues) -> dict[str, float]:
    """What is known of a claim's worth, by name, each between 0 and 1."""
    evidence, quantity, source = claim.evidence, claim.quantity, claim.sources[:1]
    in_title = evidence.where is Where.TITLE
    said = cues.found(evidence)
    known = {sort: float(sort in said) for sort in _SORTS}
    in_boilerplate = not in_title and evidence.span_start >= around.about_from
    if in_boilerplate:
        known["background"] = 1.0
    metric = _stems(claim.metric)
    known |= {
        "title": float(in_title),
        "place": 0.0 if in_title else evidence.span_start / max(len(around.article.text), 1),
        "subject in title": float(bool(_stems(claim.subject) & around.title_words)),
        "metric in title": len(metric & around.title_words) / max(len(metric), 1),
        "unit told": around.units[quantity.unit] / max(around.claims, 1),
        "unit alone": float(around.units[quantity.unit] <= 1),
        "change": float(quantity.direction is not None),
        "in words": float(_DIGIT.search(evidence.span) is None),
        "size": _size(quantity),
        "time said": float(bool(claim.time_text)),
        "long ago": float(_is_long_ago(claim, around.article)),
        "boilerplate": float(in_boilerplate),
        "date to come": known["coming"] * (quantity.unit == "date"),
        f"hedge={quantity.approximation.value}": 1.0,
        f"modality={claim.modality.value}": 1.0,
        f"asserter={(source[0].kind if source else SourceKind.PUBLISHER).value}": 1.0,
        f"kind={claim.subject_kind}": 1.0,
    }
    return known


def _is_long_ago(claim: Claim, article: Article) -> bool:
    """Whether it is of a time that had ended more than a year before the article came out."""
    if claim.time is None or claim.time.end is None or article.published is None:
        return False
    return article.published.date() - claim.time.end > _LONG_AGO


def _size(quantity: Quantity) -> float:
    """How many digits the number has, whatever its unit."""
    ends = (quantity.value, quantity.low, quantity.high)
    number = next((float(abs(end)) for end in ends if end is not None), 0.0)
    return min(math.log10(number + 1), _LARGE) / _LARGE


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM].lower() for word in _WORD.findall(text))


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
