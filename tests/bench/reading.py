"""`./run bench reading`: how fast whole claims are read, beside quantulum3, and where the time goes.

    ./run bench reading [--gold models/quality/gold/dev] [--json]

The texts are the articles of a gold set, whole and several times over. Times are CPU seconds of one process, so that
they hold on a machine that does other things too; quantulum3, which finds values and units alone, reads the same
sentences in the same run.
"""

import argparse
import os
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from bench import machine, open_bench
from quantulum3 import parser as quantulum
from report import show

from monitor import assets
from monitor.app import App
from monitor.app.parts import build_reader
from monitor.domain.article import Article
from monitor.domain.evidence import Where
from monitor.interchange import article_from_line
from monitor.nlp.claims import Reader, assemble
from monitor.pipeline.ingest import article_of_record

TIMES = 3


def articles_of(app: App, folder: Path) -> list[Article]:
    """The articles of a gold set as the walk would take them in."""
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    records = [article_from_line(line, number) for number, line in enumerate(lines, 1)]
    return [article_of_record(app.parts.edges, record, arrived=app.parts.now()) for record in records]


def sentences_of(articles: list[Article]) -> list[str]:
    """Cut by full stops alone, so that the count depends on no model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return [sent.text.strip() for doc in nlp.pipe(a.text for a in articles) for sent in doc.sents if sent.text.strip()]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the least of a few runs: what else the machine does only adds."""
    spent = []
    for _ in range(TIMES):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


def seconds_by_step(reader: Reader, articles: list[Article]) -> dict[str, float]:
    """CPU seconds of each part of the pipeline on the bodies, and of putting claims together."""
    spent: Counter[str] = Counter()
    begun = time.process_time()
    docs = [reader.annotate(article.text, article, Where.BODY, {}) for article in articles]
    spent["words"] = time.process_time() - begun
    for name, part in reader.nlp.pipeline:
        begun = time.process_time()
        docs = list(part.pipe(docs, batch_size=16)) if hasattr(part, "pipe") else [part(doc) for doc in docs]
        spent[name] = time.process_time() - begun
    titles = [reader.annotate(one.title, one, Where.TITLE, doc._.names) for one, doc in zip(articles, docs, strict=True)]
    titles = list(reader.nlp.pipe(titles))
    begun = time.process_time()
    for article, doc, title in zip(articles, docs, titles, strict=True):
        assemble(article, doc, title, reader.cues)
    spent["claims"] = time.process_time() - begun
    return {name: round(value, 3) for name, value in spent.most_common()}


def measure(folder: Path) -> dict[str, Any]:
    """Everything that the benchmark prints."""
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as name:
        app = open_bench(Path(name))
        articles = articles_of(app, folder)
        sentences = sentences_of(articles)
        reader = build_reader(assets.models(), app.settings.models.pipeline, (), app.units)
        reader.read(articles[:2])
        claims = sum(len(reading.claims) for reading in reader.read(articles))
        ours = seconds(lambda: reader.read(articles))
        steps = seconds_by_step(reader, articles)
        app.parts.edges.encoder.encode(["Halden spoke of 12 tonnes."])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        app.close()
    quantulum.parse("Halden spoke of 12 tonnes.")
    theirs = seconds(lambda: [_quantities(text) for text in sentences])
    count = len(sentences)
    return {
        "machine": machine(),
        "reading": {
            "articles": len(articles),
            "sentences": count,
            "claims": claims,
            "sentences a CPU second, whole claims": round(count / ours, 1),
            "sentences a CPU second, quantulum3": round(count / theirs, 1),
            "ours in theirs": round(theirs / ours, 2),
            "peak memory with all models loaded, MiB": memory,
        },
        "CPU seconds by step": steps,
    }


def _quantities(text: str) -> object:
    try:
        return quantulum.parse(text)
    except Exception:  # what it raises on some sentences is of many kinds; the time counts all the same
        return None


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, default=Path("models/quality/gold/dev"), help="folder of a gold set")
    options.add_argument("--json", action="store_true", help="print one JSON document")
    wanted = options.parse_args()
    show(measure(wanted.gold), as_json=wanted.json)


if __name__ == "__main__":
    main()
