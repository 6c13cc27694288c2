"""How each field of a claim was found → how likely value, subject, metric and asserter are all right.

The weights are made by models/training/confidence.py.
"""

from collections.abc import Sequence

from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.domain.source import SourceKind
from monitor.domain.trace import Trace

_LONG = 40  # words of a sentence from which on its length says no more
_FAR = 160  # characters from a figure to a cue, likewise
_FEATURED = ("unit", "subject", "metric", "time", "modality", "polarity", "source")
_SHARES = frozenset({"percent", "percentage_point", "ratio"})


def known_of(claim: Claim, traces: Sequence[Trace]) -> dict[str, float]:
    """What is known of a claim when it is read, by name, each between 0 and 1."""
    by_field = {trace.field: trace for trace in traces}
    known = {f"{field}={by_field[field].rule}": 1.0 for field in _FEATURED}
    for field in ("subject", "metric"):
        known[f"{field} trust"] = by_field[field].trust or 0.0
    known["both trusts"] = known["subject trust"] * known["metric trust"]
    known[f"kind={claim.subject_kind}"] = 1.0
    known[f"sort={_sort(claim)}"] = 1.0
    known[f"modality={claim.modality.value}"] = 1.0
    known[f"asserter={claim.sources[0].kind.value if claim.sources else SourceKind.PUBLISHER.value}"] = 1.0
    known["title"] = float(claim.evidence.where is Where.TITLE)
    known["change"] = float(claim.quantity.direction is not None)
    known["links"] = min(len(claim.sources) - 1, 3) / 3
    known["words"] = min(len(claim.evidence.quote.split()), _LONG) / _LONG
    known["figures"] = min(sum(word[:1].isdigit() for word in claim.evidence.quote.split()), 6) / 6
    known["metric words"] = min(len(claim.metric.split()), 6) / 6
    known["metric said"] = _share_said(claim)
    evidence = claim.evidence
    for field in ("subject", "source"):
        start = by_field[field].start
        known[f"{field} in sentence"] = float(evidence.start <= start < evidence.end)
        known[f"{field} distance"] = min(abs(start - evidence.span_start), _FAR) / _FAR if start >= 0 else 1.0
    return known


def _sort(claim: Claim) -> str:
    unit = claim.quantity.unit.partition("/")[0]
    if claim.quantity.is_empty:
        return "none"
    if unit in _SHARES:
        return "share"
    if len(unit) == 3 and unit.isupper():
        return "money"
    return unit if unit in {"count:item", "date"} else "count" if unit.startswith("count") else "measure"


def _share_said(claim: Claim) -> float:
    """How much of the metric stands in the sentence."""
    words = claim.metric.lower().split()
    said = claim.evidence.quote.lower()
    return sum(word[:5] in said for word in words) / len(words) if words else 0.0
