import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.nlp.windows import WINDOW_CHARS, masked, windows

HOSTILE = {
    "one word": "a" * 1_000_000,
    "digits": "1" * 100_000,
    "numbers": "1 " * 50_000,
    "quotes": "“" * 50_000 + "”" * 50_000,
    "brackets": "(" * 50_000,
    "said": "he said that " * 20_000,
    "combining": "e\u0301\u0302" * 50_000,
    "nul": "\x00" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_nobody_could_read_is_blank(name: str) -> None:
    clean = masked(HOSTILE[name])
    assert len(clean) == len(HOSTILE[name])
    assert len(clean.strip()) < 50


def test_prose_and_its_numbers_stay() -> None:
    text = "The mill ground 40 tonnes.\n\nYield: 3, 4, 5 and 6 percent — “good”, she said … and left.\n"
    assert masked(text) == text


def test_a_long_text_is_cut_between_paragraphs() -> None:
    text = ("Oats fell again in the north of the county. " * 20 + "\n\n") * 40
    found = windows(text)
    assert all(end - start <= WINDOW_CHARS for start, end in found)
    assert all(text[:end].endswith("\n\n") for _, end in found)
    assert "".join(text[start:end] for start, end in found) == text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_masking_never_moves_a_letter(text: str) -> None:
    clean = masked(text)
    assert len(clean) == len(text)
    assert all(a in {b, " "} for a, b in zip(clean, text, strict=True))
