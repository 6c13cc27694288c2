"""Which parts of a text stand in quotation marks."""

from monitor.nlp.quotes import find_quotes


def quoted(text: str) -> list[str]:
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line:
            paragraphs.append((start, start + len(line)))
        start += len(line) + 1
    return [text[q.start : q.end] for q in find_quotes(text, paragraphs)]


def test_straight_and_curly_marks_both_quote() -> None:
    assert quoted('She said "the well is dry" and left.') == ['"the well is dry"']
    assert quoted("She said “the well is dry” and left.") == ["“the well is dry”"]


def test_a_quotation_runs_on_over_paragraphs_that_each_open_with_a_mark() -> None:
    text = "“The dam held.\n\n“The bridge did not,” he said."
    assert quoted(text) == ["“The dam held.", "“The bridge did not,”"]


def test_a_mark_after_a_digit_is_a_length() -> None:
    assert quoted('A 12" pipe burst. Nobody said "stop" in time.') == ['"stop"']


def test_a_mark_that_never_closes_quotes_nothing_inside_a_paragraph() -> None:
    assert quoted('The so-called "reform failed.\n\nNobody minds.') == []
