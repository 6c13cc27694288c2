"""Independent voices? Same text, same asserter, one that cites the other: these count once."""

from dataclasses import replace

import pytest
from tellings import tell

from monitor.domain.relation import Told
from monitor.relations.voice import compare_voices


def by(name: str | None, paper: str = "Silicon Gazette", **more: str) -> Told:
    return tell("5", by=name, paper=paper, **more)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ostrel", "Ostrel", True),
        ("Ostrel", "Ostrel Foundry", True),
        ("Ostrel", "Relief Office", False),
        ("Varde Grain Exchange", "anonymous the exchange", True),
        ("Ostrel", "anonymous Ostrel engineers", False),
        ("anonymous two engineers", "anonymous two engineers", False),
        (None, "Silicon Gazette", True),
        (None, None, False),
    ],
)
def test_who_speaks(one: str | None, other: str | None, same: bool) -> None:
    found = compare_voices(by(one), by(other, "Daily Ledger"))
    assert found.same_asserter is same
    assert compare_voices(by(other, "Daily Ledger"), by(one)).same_asserter is same


def test_the_same_nameless_source_in_one_article_is_one() -> None:
    one, other = (tell(n, by="anonymous two engineers", article="x") for n in ("5", "6"))
    assert compare_voices(one, other).same_asserter


def test_independent_are_two_texts_with_two_asserters() -> None:
    assert compare_voices(by("Ostrel"), by("Relief Office", "Daily Ledger")).independent
    assert not compare_voices(by("Ostrel"), by("Ostrel", "Daily Ledger")).independent


def test_a_paper_that_cites_the_other_is_not_independent() -> None:
    first = by(None, "Daily Ledger")
    relayed = by("Daily Ledger", "Silicon Gazette")
    assert compare_voices(first, relayed).is_relayed
    assert not compare_voices(first, relayed).independent


def test_copies_and_versions() -> None:
    copies = compare_voices(by("Ostrel", origin="org-1"), by("Ostrel", "Daily Ledger", origin="org-1"))
    assert copies.copies
    assert not copies.independent
    old, new = (tell("5", url="https://p.example/a", version=version) for version in (1, 2))
    versions = compare_voices(old, new)
    assert (versions.versions, versions.newer_version) == (True, 1)
    assert compare_voices(new, old).newer_version == -1


def test_an_article_and_what_a_feed_carried_of_it_are_copies() -> None:
    old, full = (tell("5", url="https://p.example/a", version=version) for version in (1, 2))
    excerpt = Told(old.claim, replace(old.article, basis="summary"))
    assert compare_voices(excerpt, full).copies
    assert not compare_voices(excerpt, full).independent
    assert not compare_voices(excerpt, Told(full.claim, replace(full.article, basis="summary"))).copies


def test_a_short_form_with_the_word_for_its_kind_is_the_same_voice() -> None:
    long = tell("23", by="Bolsa Varde", on="2031-03-20T08:00+00:00")
    short = tell("22", by="anonymous Varde exchange", paper="Daily Ledger")
    assert compare_voices(long, short, frozenset({"exchange"})).same_asserter
    assert not compare_voices(long, tell("22", by="anonymous Varde engineers"), frozenset({"exchange"})).same_asserter
