"""`monitor eval`: what is found in the articles of a gold set, against what is to be found there."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import FAILED
from monitor.cli.printing import bars, document, line, note, opened, short

if TYPE_CHECKING:
    from monitor.domain.claim import Claim
    from monitor.quality import Measured


class Cases(StrEnum):
    missed = "missed"
    spurious = "spurious"
    fields = "fields"
    pairs = "pairs"


def evaluate(
    gold: Annotated[
        Path,
        typer.Option(
            "--gold",
            metavar="FOLDER",
            help="A gold set (articles, claims, pairs, negatives), or a folder of such sets: each is measured alone.",
        ),
    ],
    pinned: Annotated[Path | None, typer.Option(metavar="FILE", help="Scores to keep; 1 if one fell.")] = None,
    show: Annotated[Cases | None, typer.Option(help="The cases behind the scores.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The scores as JSON.")] = False,
) -> int:
    """Read, file and compare the articles of a gold set, and score what was found. Nothing is stored.

    monitor eval --gold models/quality/gold --pinned models/quality/pinned.toml

    monitor eval --gold models/quality/gold/dev --show missed
    """
    with opened() as app:
        with bars() as progress:
            parts = {part: app.quality.evaluate(part, progress=progress) for part in app.quality.gold_parts(gold)}
        fallen = [(part, one) for part in parts if pinned for one in app.quality.fallen(parts[part], part, pinned)]
    if as_json:
        document([{"part": part.name, **asdict(score)} for part in parts for score in parts[part].scores])
    else:
        for part, measured in parts.items():
            _table(part, measured)
    for case in (case for measured in parts.values() if show for case in _CASES[show](measured)):
        line(case)
    for part, one in fallen:
        note(f"Fallen: {part.name} {one}")
    return FAILED if fallen else 0


def _table(part: Path, measured: "Measured") -> None:
    line(f"== {part.name}")
    for score in measured.scores:
        remark = "  (lower is better)" if score.lower_is_better else ""
        line(f"{score.name:22} {score.value:6.3f}  of {score.of:4}{remark}")


def _missed(measured: "Measured") -> Iterable[str]:
    return (f"{one.claim.id:10} {_said(one.claim)}" for one in measured.missed)


def _spurious(measured: "Measured") -> Iterable[str]:
    return (f"{told.article.given_id or told.article.url:6} {_said(told.claim)}" for told in measured.spurious)


def _wrong(measured: "Measured") -> Iterable[str]:
    for names, told, wanted in measured.wrong:
        yield f"{wanted.claim.id:10} {', '.join(names)}: {short(wanted.claim.evidence.quote, 160)}"
        yield f"    found  {_fields(told.claim)}"
        yield f"    wanted {_fields(wanted.claim)}"


def _pairs(measured: "Measured") -> Iterable[str]:
    yield from (f"not found    {one}" for one in measured.not_found)
    yield from (f"false alarm  {one}" for one in measured.false_alarms)


def _said(claim: "Claim") -> str:
    quote = short(claim.evidence.quote, 140)
    return f"{claim.evidence.span} ({claim.quantity.unit}) {claim.subject} · {claim.metric}: {quote}"


def _fields(claim: "Claim") -> str:
    quantity, chain = claim.quantity, " → ".join(source.name or f"({source.label})" for source in claim.sources)
    time = claim.time.iso() if claim.time else "no time"
    figure = f"{claim.evidence.span} [{quantity.unit}, {quantity.approximation}, {quantity.direction or 'level'}]"
    return f"{claim.subject} · {claim.metric} · {figure} · {time} · {claim.modality}, {claim.polarity} · {chain}"


_CASES: dict[Cases, "Callable[[Measured], Iterable[str]]"] = {
    Cases.missed: _missed,
    Cases.spurious: _spurious,
    Cases.fields: _wrong,
    Cases.pairs: _pairs,
}
