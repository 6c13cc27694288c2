"""How a claim is cited: each style leads back to the claim, says when it was seen, and names the copy by its hash."""

import re
from dataclasses import replace

import archive_sample
import pytest

from monitor.app.citations import citations
from monitor.app.packs import copy_hash
from monitor.domain.quantity import Quantity
from monitor.domain.relation import Told
from monitor.domain.source import Source, SourceKind

PERMALINK = "https://press.example/claims/clm-x"
TEXT = 'Output fell 12 % to 40 tonnes, says "R&D_{unit}". Nothing else was said.'


def _told(title: str = "Output_falls & more", publisher: str = "Inland [Post]", on: str | None = "2031-03-10") -> Told:
    told_in = archive_sample.article(publisher, title, TEXT, f"{on}T08:00:00+01:00" if on else None)
    unit = Source("a spokeswoman", SourceKind.PERSON)
    return Told(archive_sample.claim(told_in, "40 tonnes", "Mill", "output", Quantity("tonne"), sources=[unit]), told_in)


def cited(one: Told) -> dict[str, str]:
    return {found.style: found.text for found in citations(one, PERMALINK, archive_sample.NOW)}


@pytest.mark.parametrize("style", ["short", "long", "markdown", "bibtex"])
def test_each_style_has_address_day_and_hash(style: str) -> None:
    text = cited(_told())[style]
    assert PERMALINK in text
    assert "2031-03-12" in text
    assert f"sha256:{copy_hash(_told().article)}" in text


def test_a_day_of_publication_that_is_unknown_is_not_made_up() -> None:
    styles = cited(_told(on=None))
    assert "date unknown" in styles["short"]
    assert not re.search(r"^ *(date|year) =", styles["bibtex"], re.MULTILINE)


def test_the_long_one_has_the_sentence_and_who_says_it() -> None:
    text = cited(_told())["long"]
    assert text.startswith("a spokeswoman, in: Inland [Post], 2031-03-10")
    assert "Output fell 12 % to 40 tonnes" in text


def test_nothing_in_a_text_becomes_markup() -> None:
    styles = cited(_told())
    assert r"Output\_falls & more" in styles["markdown"]
    assert r"Inland \[Post\]" in styles["markdown"]
    assert r"title = {Output\_falls \& more}" in styles["bibtex"]
    assert r"12 \% to 40 tonnes" in styles["bibtex"]
    assert styles["bibtex"].count("{") - styles["bibtex"].count("\\{") == styles["bibtex"].count("}") - styles[
        "bibtex"
    ].count("\\}")
    odd = _told()
    odd = Told(odd.claim, replace(odd.article, title="a\\b ~ c^d"))
    assert r"a\textbackslash{}b \textasciitilde{} c\textasciicircum{}d" in cited(odd)["bibtex"]
