"""A claim with its article is one value as long as both are; what was found out about it outlives its filing."""

from dataclasses import replace

from tellings import tell

from monitor.domain.claim import ClaimStatus
from monitor.domain.known import kept
from monitor.domain.quantity import Quantity
from monitor.domain.relation import Told
from monitor.pipeline.tellings import Tellings

TOLD = tell("41.5", paper="Gazette")
asked: list[str] = []


@kept
def paper(told: Told) -> str:
    asked.append(told.article.publisher)
    return told.article.publisher


def test_the_same_claim_and_article_are_the_same_value() -> None:
    known = Tellings()
    assert known.of(TOLD.claim, TOLD.article) is known.of(TOLD.claim, TOLD.article)


def test_what_is_known_holds_on_where_a_claim_is_only_filed_or_superseded() -> None:
    asked.clear()
    known = Tellings()
    paper(known.of(TOLD.claim, TOLD.article))
    filed = replace(TOLD.claim, question_id="q-1", status=ClaimStatus.SUPERSEDED)
    again = known.of(filed, replace(TOLD.article))
    assert again.claim is filed
    assert [paper(again), len(asked)] == ["Gazette", 1]


def test_of_a_claim_that_reads_otherwise_or_stands_elsewhere_all_is_found_out_anew() -> None:
    asked.clear()
    known = Tellings()
    paper(known.of(TOLD.claim, TOLD.article))
    paper(known.of(replace(TOLD.claim, quantity=Quantity("percent")), TOLD.article))
    paper(known.of(TOLD.claim, replace(TOLD.article, publisher="Herald")))
    assert asked == ["Gazette", "Gazette", "Herald"]


def test_only_so_many_are_remembered() -> None:
    known = Tellings(most=1)
    first = known.of(TOLD.claim, TOLD.article)
    other = tell("58.2", paper="Herald")
    known.of(other.claim, other.article)
    assert known.of(TOLD.claim, TOLD.article) is not first
