"""What a feed carries of an article, as a text to rest on."""

import pytest

from monitor.articles.excerpt import Excerpt, excerpt_of
from monitor.domain.entry import Entry

TOLD = "The mill in Ansbury ground 40 tonnes of rye in May, more than in any month since it was built."
MORE = "Its owner said that the river had been high enough to run both wheels."


def carried(summary: str = "", content: str = "", title: str = "Rye") -> Excerpt | None:
    return excerpt_of(Entry("e", "f", "https://mill.example/feed", None, "", title, summary=summary, content=content))


@pytest.mark.parametrize(
    "tail",
    [
        " […]", " [...]", "…", " ... Continue reading", " Read more »", " [&#8230;]".replace("&#8230;", "…"), " →",
        " The post Rye appeared first on Mill Gazette.", "\n\nThe post Rye appeared first on Mill Gazette.",
    ],
)  # fmt: skip
def test_words_that_lead_to_the_page_are_no_part_of_the_text(tail: str) -> None:
    assert carried(f"{TOLD} {MORE}{tail}") == Excerpt("summary", f"{TOLD} {MORE}")


@pytest.mark.parametrize(
    "tail", [" The owner has bought another 1,2…", " It sold 30 [...]", " It sold 30 Continue reading"]
)
def test_a_sentence_that_breaks_off_is_left_out(tail: str) -> None:
    assert carried(TOLD + tail) == Excerpt("summary", TOLD)


@pytest.mark.parametrize(
    "summary", ["", "Rye.", "The mill in Ansbury ground 40 tonnes of rye in May, which is", "Read more…"]
)
def test_a_few_words_are_no_text(summary: str) -> None:
    assert carried(summary + " …") is None


def test_content_that_says_more_goes_before_the_summary() -> None:
    assert carried(TOLD, f"<p>{TOLD}</p><p>{MORE}</p>") == Excerpt("content", f"{TOLD}\n\n{MORE}")
    assert carried(f"{TOLD} {MORE}", f"<p>{TOLD}</p>") == Excerpt("summary", f"{TOLD} {MORE}")
    assert carried(TOLD, f"<p>{TOLD}</p>") == Excerpt("summary", TOLD)


def test_a_paragraph_that_only_leads_on_is_dropped_whole() -> None:
    assert carried("", f"<p>{TOLD}</p><p>{MORE}</p><p>Continue reading →</p>") == Excerpt("content", f"{TOLD}\n\n{MORE}")
