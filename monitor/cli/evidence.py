"""How claims look on a terminal: the evidence set off in its sentence, and what gave each field. Plain text elsewhere."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.cli.printing import line

if TYPE_CHECKING:
    from monitor.domain.claim import Claim
    from monitor.domain.evidence import Evidence
    from monitor.domain.trace import Trace

_ROOM = 200
"""Characters shown on either side of a figure."""
_EVIDENCE = "bold black on yellow"
Piece = tuple[str, str]
"""Words and their style; an empty style is the terminal's own."""


def said(claim: "Claim") -> None:
    """The figure, what it is of, how it is said and by whom, how sure its reading is, and how much it is worth."""
    chain = _chain(claim, by_label=True)
    _show(
        [
            (claim.evidence.span, "bold"),
            (f"  {claim.subject or 'subject not named'} · {claim.metric}", "cyan"),
            (f"  ({claim.modality}, {chain})", ""),
            (f"  confidence {claim.confidence:.2f}", "dim"),
            ("" if claim.worth is None else f"  worth {claim.worth:.2f}", "dim"),
        ]
    )


def excerpt(evidence: "Evidence") -> None:
    """The sentence, shortened around the figure where it is long."""
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    before, after = evidence.quote[:start], evidence.quote[end:]
    before = f"…{before[-_ROOM:]}" if len(before) > _ROOM else before
    after = f"{after[:_ROOM]}…" if len(after) > _ROOM else after
    _show([(before, ""), (evidence.quote[start:end], _EVIDENCE), (after, "")], indent=4)


def how(claim: "Claim", traces: Sequence["Trace"]) -> None:
    """A row for each field: what it is, the words that gave it, and the rule with how far it is trusted."""
    rows = [(one.field, _value(claim, one.field), f"“{one.cue}”" if one.cue else "–", _why(one)) for one in traces]
    if not sys.stdout.isatty():
        for row in rows:
            line("      " + "\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for style, ratio in (("dim", None), ("", 3), ("green", 3), ("dim", 4)):
        grid.add_column(style=style, ratio=ratio, no_wrap=ratio is None)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(Padding(grid, (0, 0, 1, 4)))


def _why(trace: "Trace") -> str:
    return trace.why if trace.trust is None else f"{trace.why} ({trace.trust:.2f})"


def _value(claim: "Claim", field: str) -> str:
    quantity = claim.quantity
    values = {
        "value": quantity.date or _number(claim),
        "unit": quantity.unit,
        "subject": claim.subject,
        "metric": claim.metric,
        "time": claim.time.iso() if claim.time and (claim.time.start or claim.time.end) else "not known",
        "modality": claim.modality.value,
        "polarity": claim.polarity.value,
        "source": _chain(claim, by_label=False),
        "worth": "not known" if claim.worth is None else f"{claim.worth:.2f}",
        "qualifiers": ", ".join(f"{key}: {value}" for key, value in claim.qualifiers.items()) or "none",
    }
    return values[field]


def _chain(claim: "Claim", *, by_label: bool) -> str:
    """Who says it, nearest first; what is missing at the end is the publisher of a text that names none."""
    names = [(s.label or s.name, s.name or s.label)[0 if by_label else 1] for s in claim.sources]
    return " → ".join(name or "publisher" for name in names) or "no source"


def _number(claim: "Claim") -> str:
    """The number in its unit, with what is said of its exactness and of where it moved."""
    quantity = claim.quantity
    ends = [f"{end:,f}" for end in (quantity.low, quantity.high) if end is not None]
    number = f"{quantity.value:,f}" if quantity.value is not None else " to ".join(ends) or "none"
    hedge = "" if quantity.approximation.value in {"exact", "range"} else quantity.approximation.value.replace("_", " ")
    return " ".join(part for part in (quantity.direction or "", hedge, number) if part)


def _show(pieces: Sequence[Piece], indent: int = 0) -> None:
    tidy = [(" ".join(words.split("\n")), style) for words, style in pieces]
    if not sys.stdout.isatty():
        line(" " * indent + "".join(words for words, _ in tidy))
        return
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    Console(highlight=False).print(Padding(Text.assemble(*tidy), (0, 0, 0, indent)))
