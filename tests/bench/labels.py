"""How many walls, lists and errors are known for what they are, and how many articles are taken for one.

    .venv/bin/python -m tests.bench.labels [FOLDER… --show 20]

Counts the labelled pages of tests/samples/pages/labelled; those of `held` were written after the rules, and only count.
Every .html or .html.gz file below a folder that is named is read as an article's page: real ones show best what is wrong.
"""

import argparse
import gzip
import sys
import time
from collections import Counter
from pathlib import Path

from monitor import assets
from monitor.articles.cues import load_wall_cues
from monitor.articles.extract import extract
from monitor.errors import ArticleUnreadable
from tests.unit.articles.labelled_pages import LABELS, Labelled, labelled_pages

URL = "https://page.test/article"
MOST_MISSED, MOST_MISTAKEN = 0.05, 0.01

Result = tuple[Labelled, str, str]
"""A page, the label that it was given, and why."""


def judged(pages: list[Labelled]) -> list[Result]:
    cues = load_wall_cues((assets.models() / "cues" / "walls.toml").read_text(encoding="utf-8"))
    found = []
    for page in pages:
        try:
            read = extract(page.body, page.url, cues)
            found.append((page, read.label, read.label_reason))
        except ArticleUnreadable as error:
            found.append((page, "unreadable", error.why))
    return found


def real_pages(folders: list[Path]) -> list[Labelled]:
    paths = sorted(path for folder in folders for path in folder.rglob("*.html*") if path.is_file())
    return [
        Labelled(str(path), "", URL, gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())
        for path in paths
    ]


def tell_walls(name: str, results: list[Result]) -> float:
    """The share of walls that were taken for articles."""
    walls = [(page, label) for page, label, _ in results if page.label]
    missed = Counter(page.label for page, label in walls if not label)
    called = sum(label == page.label for page, label in walls)
    kinds = ", ".join(f"{kind} {missed[kind]}" for kind in LABELS if missed[kind]) or "none"
    share, rightly = 1 - missed.total() / len(walls), called / len(walls)
    print(f"{name:10} {len(walls):5} walls: {share:7.2%} labelled, {rightly:7.2%} by their kind; missed: {kinds}")
    return 1 - share


def tell_articles(name: str, results: list[Result], show: int) -> float:
    """The share of articles that were taken for something else."""
    articles = [result for result in results if not result[0].label]
    wrong = [result for result in articles if result[1]]
    share = len(wrong) / len(articles)
    print(f"{name:10} {len(articles):5} articles: {share:7.2%} labelled as something else")
    for page, label, reason in wrong[:show]:
        print(f"    {page.name}: {label}, {reason}")
    return share


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.bench.labels", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    missed, mistaken = [], []
    both: list[Result] = []
    for folder in ("seen", "held"):
        results = judged(list(labelled_pages(folder)))
        missed.append(tell_walls(folder, results))
        mistaken.append(tell_articles(folder, results, options.show))
        both += results
    tell_walls("both", both)
    if options.folders:
        pages, started = real_pages(options.folders), time.process_time()
        results = judged(pages)
        mistaken.append(tell_articles("folders", results, options.show))
        print(f"{len(pages) / (time.process_time() - started):.1f} pages a second of one core's time")
    return int(max(missed) > MOST_MISSED or max(mistaken) > MOST_MISTAKEN)


if __name__ == "__main__":
    sys.exit(main())
