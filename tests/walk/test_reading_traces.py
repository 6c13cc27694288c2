"""How each field was found, said beside the claims."""

import ast
from pathlib import Path

import pytest
from readings import Read

from monitor.domain.article import Reading
from monitor.domain.trace import FIELDS, WHY, Trace

ROOT = Path(__file__).resolve().parents[2]
NLP, MODELS = ROOT / "monitor" / "nlp", ROOT / "models"


def traces(reading: Reading, span: str) -> dict[str, Trace]:
    """The traces of the claim with this span, by field."""
    found = next(ways for one, ways in zip(reading.claims, reading.traces, strict=True) if span in one.evidence.span)
    return {trace.field: trace for trace in found}


@pytest.mark.parametrize(
    ("text", "span", "field", "rule", "cue"),
    [
        ("Orsel Mill used 40 tonnes of salt in March.", "40", "unit", "unit", "tonnes"),
        ("Orsel Mill used 40 tonnes of salt in March.", "40", "subject", "clause", "Orsel Mill"),
        ("Orsel Mill used 40 tonnes of salt in March.", "40", "time", "governing", "in March"),
        ("Orsel Mill used 40 tonnes of salt in March.", "40", "source", "own", ""),
        ("The ferry will carry 300 people, the harbour board said.", "300", "unit", "counted", "people"),
        ("The ferry will carry 300 people, the harbour board said.", "300", "source", "speech", "said"),
        ("The ferry will carry 300 people, the harbour board said.", "300", "modality", "cue", "will"),
        ("The choir has not lost 12 singers, Ada Brun said.", "12", "polarity", "cue", "not"),
        ("The bakery sold 900 loaves on Monday.", "900", "modality", "plain", ""),
    ],
)
def test_a_field_names_its_rule_and_its_words(read: Read, text: str, span: str, field: str, rule: str, cue: str) -> None:
    found = traces(read(text), span)[field]
    assert (found.rule, found.cue) == (rule, cue)
    assert found.why


def test_what_stands_for_a_subject_is_its_cue(read: Read) -> None:
    text = "Karvo Lines runs ferries to the islands. The company employs 310 people."
    assert traces(read(text), "310")["subject"].cue in {"The company", "Karvo Lines"}


def test_a_title_says_that_the_body_completed_it(read: Read) -> None:
    text = "Orsel Mill raised its output of paper to 4,250 tonnes in March, the harbour board said."
    found = traces(read(text, title="Output rises to 4,250 tonnes"), "4,250 tonnes")
    assert found["subject"].rule == "body" or found["metric"].rule == "body"


def test_every_claim_has_a_trace_of_each_field_with_its_offset(read: Read) -> None:
    text = "Orsel Mill lost 3.2 million euros ($3.5 million) in 2025. It had 120 workers, up from 90, and plans 14 more."
    reading = read(text)
    assert len(reading.traces) == len(reading.claims) > 3
    for ways in reading.traces:
        assert tuple(trace.field for trace in ways) == FIELDS
        for trace in ways:
            assert trace.why
            assert trace.start < 0 or text[trace.start :].startswith(trace.cue.split(" … ")[0])


def test_a_long_article_keeps_the_offsets_of_its_windows(read: Read) -> None:
    text = "\n\n".join(["The bakery on the square stayed open all day and everybody liked it."] * 2500)
    reading = read(text + "\n\nOrsel Mill used 40 tonnes of salt in March.")
    value = traces(reading, "40")["value"]
    assert (text + "\n\nOrsel Mill used 40 tonnes of salt in March.")[value.start :].startswith("40 tonnes")


def test_every_rule_of_a_subject_or_a_time_can_be_said_in_words() -> None:
    for file, made, field, at in (("subjects.py", "Subject", "subject", 2), ("times.py", "FigureTime", "time", 3)):
        tree = ast.parse((NLP / file).read_text(encoding="utf-8"))
        calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == made]
        rules = {one.args[at].value for one in calls if len(one.args) > at and isinstance(one.args[at], ast.Constant)}
        assert rules
        assert rules <= set(WHY[field])
