"""Reports → the table as Markdown."""

from collections.abc import Iterator, Mapping, Sequence

from tests.quality.figures.sets import MeasuredSet, Report, Row, value_at

NOT_MEASURED = "not measured"
_HEAD = """# Figures

How well articles are read and compared, all of it written by one command (README.md): do not edit. Percent where
nothing else is said. Every set is read by the same rules and the same weights; an adapter puts what was read into the
set's conventions and extracts nothing. "Best known": what others are known for on the same rows; in brackets what they
publish themselves.
"""


def render(sets: Sequence[MeasuredSet], reports: Mapping[str, Report | None], circumstances: Mapping[str, str]) -> str:
    """The whole file. `circumstances`: date, versions, machine."""
    facts = "".join(f"| {name} | {value} |\n" for name, value in circumstances.items())
    parts = [_section(one, reports.get(one.name)) for one in sets]
    return "\n".join([_HEAD, f"| measured | |\n| --- | --- |\n{facts}", *parts])


def _section(one: MeasuredSet, report: Report | None) -> str:
    rows = value_at(report, ("rows",))
    size = one.asks.format(rows=f"{rows:,}" if rows is not None else "its")
    origin = f" {one.origin}" if one.origin else ""
    return "\n".join([f"## {one.name}\n\n{size}{origin}\n", *_lines(one, report), ""])


def _lines(one: MeasuredSet, report: Report | None) -> Iterator[str]:
    compared = any(row.known for row in one.rows)
    yield "| figure | ours | best known |\n| --- | --: | --- |" if compared else "| figure | ours |\n| --- | --: |"
    for row in one.rows:
        cells = [row.figure, written(row, report, one.scale), *([row.known or "–"] if compared else [])]
        yield f"| {' | '.join(cells)} |"


def written(row: Row, report: Report | None, scale: int) -> str:
    """A figure as the table has it: a count as it is, of so many if its whole is known; else one decimal."""
    value, whole = value_at(report, row.at), value_at(report, row.out_of) if row.out_of else None
    if value is None:
        return NOT_MEASURED
    if isinstance(value, int):
        return f"{value:,} of {whole:,}" if whole is not None else f"{value:,}"
    return f"{value * scale:.1f}"
