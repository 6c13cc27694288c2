"""Whose the figures of short articles are, where only the article tells. They need the packaged language model."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.nlp.claims import Reader

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "tests" / "samples" / "figures" / "subjects.txt").read_text(encoding="utf-8").split("### ")[1:]
_MARK = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_WEAK = frozenset({"of", "the", "a", "in", "for"})


def articles() -> Iterator[tuple[Article, list[tuple[int, str, str]]]]:
    """Each sample as an article, and its marked figures: where they stand, as written, whose they are."""
    for sample in SAMPLES:
        head, body = sample.split("\n", 1)
        publisher, day, title = (part.strip() for part in head.split("|"))
        text, marks, at = "", [], 0
        body = body.strip().replace("\n", "\n\n")
        for mark in _MARK.finditer(body):
            text += body[at : mark.start()]
            marks.append((len(text), mark[1], mark[2]))
            text, at = text + mark[1], mark.end()
        url = f"https://n.example/{len(title)}"
        when = datetime.fromisoformat(day).replace(tzinfo=UTC)
        yield Article("art-x", url, url, title, text + body[at:], publisher, when, when), marks


def words(name: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", name.lower())} - _WEAK


def claim_at(claims: tuple[Claim, ...], start: int, figure: str) -> Claim | None:
    inside = (c for c in claims if c.evidence.where == "body" and c.evidence.span_start < start + len(figure))
    return next((claim for claim in inside if claim.evidence.span_end > start), None)


@pytest.mark.parametrize(("article", "marks"), [pytest.param(*sample, id=sample[0].title) for sample in articles()])
def test_each_figure_is_of_what_its_article_says(
    reader: Reader, article: Article, marks: list[tuple[int, str, str]]
) -> None:
    claims = reader.read([article])[0].claims
    wrong = []
    for start, figure, subjects in marks:
        claim = claim_at(claims, start, figure)
        found = words(claim.subject) if claim is not None else set()
        if not any(words(name) <= found or (found and found <= words(name)) for name in subjects.split("/")):
            wrong.append((figure, claim.subject if claim is not None else None, subjects))
    assert not wrong
