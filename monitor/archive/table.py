"""The language as a table: what can be written and what it finds. Parser and help page both take it from here."""

from dataclasses import dataclass

from monitor.domain.claim import ClaimStatus, Modality


@dataclass(frozen=True)
class Entry:
    """One way of asking. `examples` can be run as they stand."""

    finds: str
    examples: tuple[str, ...]


FIELDS = {
    "entity": Entry(
        "what the figure belongs to. A name with a space is quoted, and = before it means the whole name. One field "
        "twice, side by side, means either; with AND between them, both",
        ("entity:SMIC", 'entity:="Northwind Steel"', "entity:SMIC entity:TSMC"),
    ),
    "metric": Entry("what it measures, with its scope; with = the metric alone", ("metric:yield", 'metric:="staff"')),
    "source": Entry("who printed it", ('source:"Morning Paper"',)),
    "asserter": Entry("who says it first, by name or as described", ('asserter:"industry sources"',)),
    "first-hand": Entry(
        "yes: whoever says it first speaks for himself in the article, to its publisher or to all, or is the publisher; "
        "no: it came through other hands",
        ("first-hand:yes", "first-hand:no"),
    ),
    "value": Entry(
        "figures from, below or around a value, or figures and ranges that reach into a range, in any unit of the "
        "dimension: they are converted, but money never between currencies. .. leaves an end open",
        ("value:>=30%", "value:<2 million tonnes", "value:20..30%", "value:..$5.6m"),
    ),
    "unit": Entry("figures of this dimension", ("unit:megawatt", "unit:percent")),
    "published": Entry(
        "articles of that day, month, quarter or year, a bound or a range of them",
        ("published:2026-03", "published:>=2026-03-01", "published:2026-Q1..2026-Q3"),
    ),
    "as-of": Entry("figures of that time, whenever they were published", ("as-of:2026-Q1", "as-of:<2025")),
    "kind": Entry("how it is said", tuple(f"kind:{kind.value}" for kind in Modality)),
    "worth": Entry(
        "how much it is worth a reader's attention, from 0 to 1, where it was weighed",
        ("worth:>=0.5", "worth:0.2..0.6"),
    ),
    "state": Entry(
        "whether it still stands: current alone, unless a state is asked for anywhere in the query",
        (*(f"state:{status.value}" for status in ClaimStatus), "state:any"),
    ),
}
"""Each field by its name, which the parser takes from here."""

WORDS = (
    Entry(
        "claims with both words, in whatever form, in the sentence, the subject, the metric or the headline; then, "
        "apart, those that mean something similar",
        ("yield wafer", "yield AND wafer"),
    ),
    Entry("these words side by side", ('"pilot line"',)),
    Entry("either word; AND binds closer than OR, and brackets group", ("yield OR output", "(yield OR output) wafer")),
    Entry(
        "the first without the second; also before a field or a bracket", ("yield -forecast", "yield NOT kind:forecast")
    ),
)

LANGUAGE = (*WORDS, *FIELDS.values())
"""All of it, in the order in which it is explained."""
