"""The table of all figures: what is measured is told with its set, and what is not is said to be so."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests.quality.figures.__main__ import measure
from tests.quality.figures.outside import false_contradictions, gold_files, score
from tests.quality.figures.programs import run
from tests.quality.figures.sets import MeasuredSet, Report, Row, load_sets, value_at
from tests.quality.figures.spans import count_whole, is_whole
from tests.quality.figures.table import NOT_MEASURED, render, written
from tests.quality.figures.world import article_lines, ranked_by_worth

QUALITY = Path(__file__).resolve().parents[2] / "models" / "quality"
SETS = load_sets((QUALITY / "figures.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "span", "whole"), [
    ("It took 1,400 tonnes.", "1,400 tonnes", True),
    ("It took 1,400 tonnes.", "400 tonnes", False),
    ("It took 1,400 tonnes.", "1,400 tonne", False),
    ("It took 1,400 tonnes.", " 1,400", False),
    ("A rise of 2.5%, or $3m", "2.5%", True),
    ("A rise of 2.5%, or $3m", "2", False),
    ("A rise of 2.5%, or $3m", "$3m", True),
    ("A rise of 2.5%, or $3m", "$3", False),
    ("In 2031, 12 ships came, in all 9.", "12 ships", True),
    ("In 2031, 12 ships came, in all 9.", "9", True),
    ("a ten-year-old", "ten-year", True),
    ("hexane-2,5-dione", "5", True),
    ("1,400 m", "400 m", False),
    ("1,400", "1,400", True),
])  # fmt: skip
def test_a_whole_span_cuts_no_word_and_no_number(text: str, span: str, whole: bool) -> None:
    start = text.index(span)
    assert is_whole(text, start, start + len(span)) is whole


def test_a_span_outside_its_text_or_of_nothing_is_not_whole() -> None:
    assert not is_whole("12 ships", 3, 9)
    assert not is_whole("12 ships", 3, 3)
    assert not is_whole("12 ships", -2, 2)


def test_spans_of_figures_and_of_sources_are_counted() -> None:
    lines = [
        {"id": "a", "quantities": [{"start": 0, "end": 2}, {"start": 0, "end": 5}]},
        {"id": "b", "attributions": [{"source": [[0, 3]], "cue": [[4, 8]], "content": []}]},
        {"id": "of another set", "quantities": [{"start": 0, "end": 1}]},
    ]
    assert count_whole({"a": "12 ships", "b": "Ada says"}, lines) == {"spans": 4, "whole": 3, "share": 75.0}


def test_only_pairs_that_cannot_be_compared_make_false_contradictions() -> None:
    gold = [{"id": "a", "label": "nei"}, {"id": "b", "label": "nei"}, {"id": "c", "label": "supports"}]
    lines = [{"id": "a", "label": "refutes"}, {"id": "b", "label": "nei"}, {"id": "c", "label": "refutes"}]
    assert false_contradictions(gold, lines) == {"pairs": 2, "refuted": 1, "share": 50.0}


def test_articles_come_in_the_order_in_which_they_went_online() -> None:
    first = {"id": "a", "url": "https://p.test/a", "title": "A", "published": "2031-02-01", "body_text": "x"}
    manifest = [
        first | {"id": "new", "publisher_name": "P", "available_from": "2031-02-03", "body_text": "y"},
        first | {"publisher_name": "P", "available_from": "2031-02-01"},
    ]
    old, new = article_lines(manifest)
    assert (old["id"], old["text"], "updated" in old) == ("a", "x", False)
    assert (new["id"], new["publisher"], new["updated"]) == ("new", "P", "2031-02-03")


@pytest.mark.parametrize(("value", "scale", "shown"), [(0.9126, 100, "91.3"), (71.04, 1, "71.0"), (1, 100, "1 of 1,200")])
def test_a_ratio_is_told_in_percent_and_a_count_by_its_whole(value: float, scale: int, shown: str) -> None:
    report = {"found": {"it": value, "all": 1200}}
    assert written(Row("it", ("found", "it"), ("found", "all")), report, scale) == shown


def test_the_sets_own_program_scores_and_the_rest_is_counted_here(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "12 ships came."}, {"id": "b", "text": "None came."}]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "ships.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (tmp_path / "score.py").write_text(
        "import json, sys\nprint(json.dumps({'told': {word: 1 for word in sys.argv[1:]}}))"
    )
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text(json.dumps({"id": "a", "quantities": [{"start": 0, "end": 8}]}) + "\n")
    one = MeasuredSet("Ships", "", "", "quantities", ("ships",), ("spans", "--strict"), 1, ())
    report = score(tmp_path, one, predicted)
    assert {"spans", "--strict", "--json", str(predicted)} <= set(report["told"])
    assert (report["rows"], report["spans"]["whole"], report["not comparable"]["pairs"]) == (2, 1, 0)


def test_a_program_that_fails_costs_its_own_set_alone(tmp_path: Path) -> None:
    broken, sound = tmp_path / "broken.py", tmp_path / "sound.py"
    broken.write_text("raise SystemExit('no disk')")
    sound.write_text("print(7)")

    def told(program: Path) -> dict[str, Report | None]:
        return {program.stem: {"it": int(run([program]))}}

    broken_words = tmp_path / "words.py"
    broken_words.write_text("print('seven')")
    found = measure([partial(told, one) for one in (broken, broken_words, sound)], jobs=2)
    assert found == ({"sound": {"it": 7}}, 2)


def test_a_figure_that_the_report_lacks_is_not_measured() -> None:
    row = Row("it", ("found", "it"))
    assert [written(row, report, 1) for report in (None, {}, {"found": 3}, {"found": {"it": "?"}})] == [NOT_MEASURED] * 4
    assert value_at({"found": {"it": 0}}, row.at) == 0


def test_a_set_that_is_not_given_is_in_the_table_and_not_measured(tmp_path: Path) -> None:
    rows = (Row("F1", ("F1",), (), "7 X"),)
    one = MeasuredSet("Set", "{rows} texts.", "", "quantities", ("absent",), ("quantities",), 1, rows)
    assert gold_files(tmp_path, one) == gold_files(None, one) == []
    text = render([one], {}, {"date": "1 May 2031"})
    assert f"| F1 | {NOT_MEASURED} | 7 X |" in text
    assert "| date | 1 May 2031 |" in text


def test_every_set_of_the_table_has_a_name_of_its_own_and_figures() -> None:
    assert len({one.name for one in SETS}) == len(SETS)
    assert all(one.rows for one in SETS)
    assert all(bool(one.files) == bool(one.score) for one in SETS)


def test_worth_is_held_against_what_the_makers_of_a_press_hold_worth_a_check() -> None:
    def line(start: int, **more: object) -> dict[str, object]:
        return {"where": "body", "span_start": start, "span_end": start + 4, "value": 3, **more}

    gold = [line(0, article="a", check_worthy=True), line(9, article="a", check_worthy=False)]
    gold += [line(40, article="a", check_worthy=False), line(0, article="b", check_worthy=True)]  # never found
    ours = [line(1, article={"id": "a"}, worth=0.9), line(9, article={"id": "a"}, worth=0.2)]
    ours += [line(43, article={"id": "a"}, worth=0.95)]
    assert ranked_by_worth(gold, ours) == {"ranking": 1.0, "low found": 1.0, "claims": 2}
