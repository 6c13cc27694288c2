"""Printed pages become paragraphs again: without heads and feet, columns in order, broken words whole."""

import zlib
from datetime import UTC, datetime

import pytest
from printed_pages import Line, bound, printed

from monitor.articles.pdf import extract_pdf
from monitor.articles.read import read_page
from monitor.errors import ArticleUnreadable

URL = "https://varde.test/q1.pdf"
TEXT = "BT /F 10 Tf 50 700 Td (The harbour board met on Tuesday and counted fourteen ships, two more than last.) Tj ET\n"


def column(lines: list[str], x: float = 60, top: float = 760, size: float = 10) -> list[Line]:
    return [(x, top - 12 * number, size, text) for number, text in enumerate(lines)]


FIRST = [
    "Output of the three mines rose in the first quarter of the year,",
    "as repairs at the northern shaft were finished ahead of the time",
    "that had been planned.",
]
SECOND = [
    "The company expects to mine between 210,000 and 225,000 tonnes",
    "this year, a little less than it said in January.",
]


def test_lines_become_paragraphs_where_a_gap_parts_them() -> None:
    text = extract_pdf(printed([column(FIRST) + column(SECOND, top=700)]), URL).text
    assert text == f"{' '.join(FIRST)}\n\n{' '.join(SECOND)}"


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = [*column(FIRST), (72.0, 724.0, 10.0, SECOND[0]), (60.0, 712.0, 10.0, SECOND[1])]
    assert extract_pdf(printed([lines]), URL).text == f"{' '.join(FIRST)}\n\n{' '.join(SECOND)}"


def test_a_short_last_line_ends_a_paragraph() -> None:
    assert extract_pdf(printed([column(FIRST + SECOND)]), URL).text == f"{' '.join(FIRST)}\n\n{' '.join(SECOND)}"


def test_heads_feet_and_numbers_of_pages_are_no_text() -> None:
    body = [[f"Part {n} of the report has {n} mines in it,", "and no more than that."] for n in range(1, 5)]
    heads = [(60.0, 815.0, 8.0, f"Varde Minerals - Report 2026 - {n}") for n in range(1, 5)]
    feet = [(300.0, 25.0, 8.0, f"Page {n} of 4") for n in range(1, 5)]
    pages = [[head, *column(lines, top=700), foot] for head, lines, foot in zip(heads, body, feet, strict=True)]
    text = extract_pdf(printed(pages), URL).text
    assert text.split("\n\n") == [" ".join(lines) for lines in body]


def test_columns_are_read_one_after_the_other_however_they_are_drawn() -> None:
    left = [f"Left line {n} goes on about the northern mine" for n in range(8)]
    right = [f"right line {n} tells of the southern one" for n in range(8)]
    one = column(left, 50) + column(right, 310)
    crossed = [line for pair in zip(column(left, 50), column(right, 310), strict=True) for line in pair]
    whole = " ".join(left + right)
    assert extract_pdf(printed([one]), URL).text == whole
    assert extract_pdf(printed([crossed]), URL).text == whole


def test_a_paragraph_goes_on_over_the_page() -> None:
    text = extract_pdf(printed([column(FIRST[:2]), column(FIRST[2:])]), URL).text
    assert text == " ".join(FIRST)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ["The new quay was fin-", "ished in May, the harbour board of Orrin said on Tuesday."],
            "The new quay was finished in May,",
        ),
        (
            ["A well-known quay, as well-", "known as any other quay of the whole long coast, was sold."],
            "A well-known quay, as well-known as",
        ),
        (
            ["It was built in the years 2019-", "2021, and cost the county 88 million crowns, not 71."],
            "the years 2019-2021, and",
        ),
        (
            ["It was built by the firm Berg-", "Lund of Varde, and cost the county 88 million crowns."],
            "the firm Berg-Lund of",
        ),
    ],
)
def test_words_that_a_line_broke_are_whole_again(lines: list[str], text: str) -> None:
    assert text in extract_pdf(printed([column(lines)]), URL).text


def test_rows_of_a_table_stay_together_with_their_cells_apart() -> None:
    rows = [("Mine", "2025", "2026"), ("North", "39,800", "41,300"), ("South", "12,100", "12,750")]
    table = [
        (60.0 + 120 * at, 700.0 - 14 * row, 10.0, cell) for row, cells in enumerate(rows) for at, cell in enumerate(cells)
    ]
    text = extract_pdf(printed([column(FIRST) + table + column(SECOND, top=640)]), URL).text
    assert "\n\nMine | 2025 | 2026\nNorth | 39,800 | 41,300\nSouth | 12,100 | 12,750\n\n" in text


def test_title_author_and_dates_are_those_of_the_document() -> None:
    info = (
        "/Title(Report of the first quarter)/Author(Varde Minerals)"
        "/CreationDate(D:20260414093000+02'00')/ModDate(D:20260415100000Z)"
    )
    found = extract_pdf(printed([column(FIRST)], info), URL)
    assert (found.title, found.author, found.language, found.basis) == (
        "Report of the first quarter",
        "Varde Minerals",
        "en",
        "pdf",
    )
    assert found.published == datetime(2026, 4, 14, 7, 30, tzinfo=UTC)
    assert found.updated == datetime(2026, 4, 15, 10, 0, tzinfo=UTC)


def test_a_title_that_a_program_wrote_gives_way_to_the_headline() -> None:
    lines = [(60.0, 800.0, 18.0, "Output of the mines"), *column(FIRST)]
    found = extract_pdf(printed([lines], "/Title(Microsoft Word - q1_final2.docx)/Author(Administrator)"), URL)
    assert (found.title, found.author) == ("Output of the mines", "")
    assert found.text == " ".join(FIRST)


def test_text_that_runs_up_the_margin_is_left_out() -> None:
    stamp = b"BT /F 8 Tf 0 1 -1 0 20 300 Tm (Draft of the first of April, for internal use) Tj ET\n"
    assert "Draft" not in extract_pdf(bound([stamp + TEXT.encode()]), URL).text


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (printed([[]]), "holds no text"),
        (b"%PDF-1.4\n", "damaged"),
        (b"%PDF-1.4\n" + b"(" * 100_000, "damaged"),
        (
            printed(
                [column(FIRST)],
                extra="/Encrypt<</Filter/Standard/V 1/R 2/O(" + "a" * 32 + ")/U(" + "b" * 32 + ")/P -4>>/ID[(a)(a)]",
            ),
            "password",
        ),
    ],
)
def test_a_document_without_text_says_why(body: bytes, why: str) -> None:
    with pytest.raises(ArticleUnreadable, match=why):
        extract_pdf(body, URL)


def test_pages_that_draw_without_end_are_left_and_the_others_read() -> None:
    drawing = TEXT.encode() + b"0 0 m 1 1 l S\n" * 400_000
    assert "fourteen ships" in extract_pdf(bound([drawing, TEXT.encode()]), URL).text


def test_forms_within_forms_within_forms_end() -> None:
    source = b"/X Do " * 10 + TEXT.encode()
    first = 10 + 2 * 15
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream"
    )
    forms = [form % (first + number + 1, len(source), source) for number in range(12)]
    assert len(extract_pdf(bound([source] * 15, objects=forms), URL).text) < 2_000_000


def test_what_unpacks_to_gigabytes_is_not_unpacked() -> None:
    bomb = zlib.compress(b" " * 300_000_000, 9)
    body = bound([TEXT.encode()], objects=[b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(bomb), bomb)])
    assert "fourteen ships" in extract_pdf(body, URL).text


@pytest.mark.parametrize("media_type", ["application/pdf", "application/octet-stream", "", "application/x-pdf"])
def test_a_pdf_is_known_by_its_first_bytes(media_type: str) -> None:
    assert read_page(b"\n" + printed([column(FIRST)]), URL, media_type).basis == "pdf"
