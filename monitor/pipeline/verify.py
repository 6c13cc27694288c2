"""The whole database → whether every claim stands where it says, code point for code point."""

from collections.abc import Iterator

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.pipeline.edges import Edges


def verify(edges: Edges) -> Iterator[tuple[Claim, str]]:
    """Every claim, and what is wrong with its evidence in the stored text; empty where nothing is."""
    for article in edges.store.articles.all():
        for claim in edges.store.claims.of_article(article.id):
            yield claim, misplaced(claim, article)


def misplaced(claim: Claim, article: Article) -> str:
    """What is wrong with the evidence of a claim in this version; empty where nothing is."""
    evidence = claim.evidence
    text = article.title if evidence.where is Where.TITLE else article.text
    if not evidence.quote or text[evidence.start : evidence.end] != evidence.quote:
        return f"its sentence does not stand at {evidence.start} to {evidence.end} of the {evidence.where.value}"
    if text[evidence.span_start : evidence.span_end] != evidence.span:
        return f"its figure does not stand at {evidence.span_start} to {evidence.span_end} of the {evidence.where.value}"
    if not evidence.start <= evidence.span_start <= evidence.span_end <= evidence.end:
        return "its figure does not stand in its sentence"
    return ""
