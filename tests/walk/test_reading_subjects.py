"""Whose figure it is, in short articles of many fields. They need the packaged language model."""

import pytest
from readings import Read

ARTICLES = [
    ("The Lowland Crop Board expects a barley harvest of 8 million tonnes.", "8 million", "barley"),
    ("Barley cost $212 a tonne on Friday.", "$212", "barley"),
    ("Inflation fell to 2.4 percent, the statistics office said.", "2.4", "inflation"),
    ("Construction of the Murrow Bank wind farm will cost £2.6 billion.", "2.6", "Murrow Bank wind farm"),
    ("Granholm Civil hires. Last year Granholm Civil's memory unit had 230 employees.", "230", "memory unit"),
    ("Storm Hesper tore down lines. Two people died when Storm Hesper hit Maru.", "Two", "Storm Hesper"),
    ("The market for power chips will reach $18 billion.", "$18", "power chips market"),
    ("The army said it had sent 400 soldiers.", "400", "army"),
]


@pytest.mark.parametrize(("text", "span", "subject"), ARTICLES)
def test_a_figure_is_of_the_narrowest_thing_named(read: Read, text: str, span: str, subject: str) -> None:
    claims = read(text).claims
    assert subject in next(c.subject for c in claims if span in c.evidence.span)


def test_evidence_of_a_long_text_is_verbatim(read: Read) -> None:
    text = "\n\n".join(f"Velmora Rail employs {n} people in its depot." for n in range(1000, 1500))
    claims = read(text).claims
    assert len(claims) > 400
    assert len({claim.id for claim in claims}) == len(claims)
    for claim in claims:
        at = claim.evidence
        assert text[at.start : at.end] == at.quote
        assert text[at.span_start : at.span_end] == at.span
