"""A chart can be read without colour, without script and without eyes."""

from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.unit import Unit, Units
from monitor.web.chart import Figure, Mark, draw, notice, placed, strip

UNITS = Units({"tonne": Unit("tonne", "mass"), "kilogram": Unit("kilogram", "mass", Decimal("0.001"))})
SVG = "{http://www.w3.org/2000/svg}"


def mark(figure: Figure, label: str = "1", at: date = date(2031, 3, 1), **fields: object) -> Mark:
    return Mark(figure, label, f"{label}: told", at, **fields)  # type: ignore[arg-type]


def drawn(*marks: Mark, **fields: object) -> ElementTree.Element:
    values = {"title": "Yield", "description": "Two statements", "unit": "%", **fields}
    return ElementTree.fromstring(draw(marks, **values))  # type: ignore[arg-type]


def test_it_has_a_title_and_a_description_and_no_script() -> None:
    root = drawn(mark(Figure(20.0)), mark(Figure(40.0), "2"))
    assert root.findtext(f"{SVG}title") == "Yield"
    assert root.findtext(f"{SVG}desc") == "Two statements"
    assert root.get("role") == "img"
    assert not list(root.iter(f"{SVG}script"))


def test_positions_differ_by_shape_and_hedges_are_hollow() -> None:
    root = drawn(mark(Figure(20.0), group=0, hollow=True), mark(Figure(40.0), "2", group=1))
    circles = [one for one in root.iter(f"{SVG}circle") if "g0" in (one.get("class") or "")]
    squares = [one for one in root.iter(f"{SVG}polygon") if "g1" in (one.get("class") or "")]
    assert len(circles) == len(squares) == 1
    assert "hollow" in (circles[0].get("class") or "")


def test_ranges_are_bars_bounds_are_arrows_denials_are_crossed_and_what_has_not_happened_is_outlined() -> None:
    text = draw(
        [
            mark(Figure(low=10.0, high=20.0)),
            mark(Figure(low=30.0), "2"),
            mark(Figure(15.0), "3", denied=True),
            mark(Figure(12.0), "4", outline="forecast"),
            mark(Figure(13.0), "6", outline="planned"),
            mark(Figure(14.0), "7", outline="supposed"),
            mark(Figure(12.0), "5", dated=False),
        ],
        title="t",
        description="d",
        unit="%",
    )
    assert text.count('class="bar plain') == 2
    for words in ("range", "bound", "denied", "forecast", "planned or targeted", "supposed", "date not stated"):
        assert words in text


def test_a_question_without_figures_has_no_chart() -> None:
    assert draw([mark(Figure())], title="t", description="d", unit="") == ""
    assert strip([mark(Figure(1.0))], title="t", unit="") == ""


def test_a_statement_without_a_figure_gets_a_lane_of_its_own() -> None:
    assert "no figure" in draw([mark(Figure(1.0)), mark(Figure(), denied=True)], title="t", description="d", unit="")


def test_marks_of_one_day_and_figure_stand_side_by_side() -> None:
    root = drawn(*[mark(Figure(20.0), str(number)) for number in range(4)])
    places = [
        (float(one.get("cx") or 0), float(one.get("cy") or 0))
        for one in root.iter(f"{SVG}circle")
        if "plain" in (one.get("class") or "")
    ]
    assert len(places) == 4
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= 11 or abs(y - other_y) >= 11


def test_a_chart_alone_carries_its_styles_and_one_in_a_page_does_not() -> None:
    marks = [mark(Figure(1.0))]
    assert "<style>" in draw(marks, title="t", description="d", unit="", alone=True)
    assert "<style>" not in draw(marks, title="t", description="d", unit="")


def test_text_from_outside_is_escaped() -> None:
    nasty = Mark(Figure(1.0), "<1>", '<script>"x"</script>', date(2031, 1, 1), href='/claims/"><script>')
    root = ElementTree.fromstring(draw([nasty], title="<b>", description="&", unit="<i>"))
    assert not list(root.iter(f"{SVG}script"))
    assert ElementTree.fromstring(notice("<t>", "&")).findtext(f"{SVG}title") == "<t>"


def test_figures_are_converted_to_the_unit_of_the_axis() -> None:
    assert placed(Quantity("kilogram", Decimal(500)), "tonne", UNITS) == Figure(0.5)
    assert placed(Quantity("percent", Decimal(5)), "tonne", UNITS) is None
    assert placed(Quantity("date", date="2031-03"), "date", UNITS) == Figure(
        None, float(date(2031, 3, 1).toordinal()), float(date(2031, 3, 31).toordinal())
    )
    assert placed(Quantity("tonne", Decimal(5), approximation=Approximation.AT_LEAST), "tonne", UNITS) == Figure(low=5.0)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-1e15, 1e15), st.dates(date(1, 1, 2), date(9999, 12, 30)), st.booleans()),
        min_size=1,
        max_size=12,
    )
)
@example([(5e-324, date(2030, 5, 1), True), (4.0, date(2030, 6, 1), True)])
def test_every_figure_and_day_can_be_drawn_inside_the_frame(told: list[tuple[float, date, bool]]) -> None:
    marks = [mark(Figure(value), str(number), at, dated=dated) for number, (value, at, dated) in enumerate(told)]
    root = drawn(*marks)
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    for one in root.iter(f"{SVG}circle"):
        if "plain" in (one.get("class") or ""):
            assert 0 <= float(one.get("cx") or -1) <= width
            assert 0 <= float(one.get("cy") or -1) <= height


@pytest.mark.parametrize("unit", ["%", "date"])
@pytest.mark.parametrize("width", [320, 1080])
def test_it_can_be_drawn_narrow_and_wide(unit: str, width: int) -> None:
    figures = [700_000.0, 700_400.0] if unit == "date" else [0.001, 9_000_000.0]
    marks = [mark(Figure(figure), str(n), date(2031, n + 1, 1)) for n, figure in enumerate(figures)]
    assert f'viewBox="0 0 {width} ' in draw(marks, title="t", description="d", unit=unit, width=width)
