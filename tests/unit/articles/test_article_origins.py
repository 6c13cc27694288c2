"""Copies have one origin; two stories of one event, of one template, or one that follows the other up have two.

Catch rate on the copies of origin_edits.py: 170 of 170, and of two copies edited each in its own way 1,700 pairs, at
least 99 %. False joins: 0 of 125 pairs.
"""

import random
from itertools import product

from origin_edits import EDITS, Edit, copies, stories, strangers, template_stories

from monitor.articles.origins import RESEMBLING, fingerprint, is_copy, same_origin
from monitor.articles.wording import Wording, wording


def joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


WIRE = joined(
    (
        "TARN HARBOUR, Feb 3 (Borealis) - A warehouse fire destroyed about 1,200 tonnes of stored grain on "
        "Monday, the port authority said, forcing two freighters to wait in the roads."
    ),
    (
        "The fire broke out shortly before four in the morning in the northern silo row and was put out after "
        "five hours by 60 firefighters, harbour master Oskar Lind told reporters."
    ),
    (
        "No one was hurt. Lind said a faulty conveyor motor was the likely cause, and that the insurer put "
        "the damage at 3.4 million crowns."
    ),
    (
        "The port handles roughly a third of the country's grain exports. Traders said the loss was too small "
        "to move prices, which closed 0.4 percent lower on the Tarn exchange."
    ),
    (
        "It was the second fire in the silo row in six years. In 2020 a dust explosion killed two workers and "
        "closed the berth for a month."
    ),
)

OWN = joined(
    (
        "The smell of burnt barley hung over Tarn Harbour all day. In the small hours of Monday the northern "
        "silos had caught fire, and by the time the town woke up, some 1,200 tonnes of grain were gone."
    ),
    (
        '"A faulty conveyor motor was the likely cause," harbour master Oskar Lind said at noon, standing in '
        "ankle-deep black water."
    ),
    (
        "For the dockers it brought back the spring of 2020, when two of their colleagues died in an "
        "explosion. Sixty firefighters fought the flames, but the union wants to know why the sprinklers that "
        "were promised after that accident were never put in. The port authority says they are on order."
    ),
    ("Two ships from Marrow are waiting outside. Their captains expect to load by Thursday."),
)


def paragraphs(text: str) -> list[str]:
    return text.split("\n\n")


def are_candidates(one: str, other: str) -> bool:
    return bool(set(fingerprint("a", one)[1]) & set(fingerprint("b", other)[1]))


def test_a_copy_with_other_head_and_by_line_and_fewer_paragraphs_is_a_copy() -> None:
    first, *rest = paragraphs(WIRE)
    body = first.split(" - ")[1]
    shortened = "\n\n".join(["By our own correspondent and Borealis", body, *rest[:-2]])
    assert same_origin(WIRE, shortened)
    assert are_candidates(WIRE, shortened)


def test_a_copy_with_a_local_paragraph_and_small_edits_is_a_copy() -> None:
    edited = WIRE.replace("percent", "per cent").replace("Monday", "Monday morning").replace("told reporters", "said")
    edited += (
        "\n\nAt Selby mill, which buys from Tarn, deliveries went on as planned, the manager said on Monday evening."
    )
    assert same_origin(WIRE, edited)
    assert are_candidates(WIRE, edited)


def test_two_reports_of_one_event_with_one_quote_in_common_are_two() -> None:
    assert not same_origin(WIRE, OWN)
    assert not are_candidates(WIRE, OWN)


def test_it_does_not_matter_which_comes_first() -> None:
    half = "\n\n".join(paragraphs(WIRE)[:3])
    assert same_origin(WIRE, half)
    assert same_origin(half, WIRE)


def test_a_note_of_two_lines_does_not_swallow_a_long_article_that_quotes_it() -> None:
    note = paragraphs(WIRE)[2]
    long_article = OWN * 3 + "\n\n" + note
    assert not same_origin(note, long_article)


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert same_origin(WIRE, WIRE.upper().replace(",", "").replace("O", "Ö"))


def test_a_few_words_have_no_origin_but_their_own() -> None:
    assert fingerprint("a", "Too short to say.")[1] == ()
    assert not same_origin("Nothing new.", "Nothing at all.")
    assert same_origin("The same few words here.", "the same few words here")
    assert not same_origin("", "")


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    values, bands = fingerprint("a", WIRE)
    assert (len(values), len(bands)) == (192, 72)
    assert fingerprint("b", WIRE) == (values, bands)
    assert bands[0] == "00-" + fingerprint("c", WIRE)[1][0].partition("-")[2]


def test_chinese_text_is_compared_sign_by_sign() -> None:
    text = "港口当局周一表示，一场仓库火灾烧毁了约一千二百吨储存的粮食，两艘货轮被迫在港外等候。"
    assert same_origin(text, text + "完")


def test_every_kind_of_edit_leaves_a_copy_that_is_found() -> None:
    pairs = list(copies())
    assert len(pairs) == 170
    assert [name for name, text, copy in pairs if not same_origin(text, copy)] == []
    assert [name for name, text, copy in pairs if not are_candidates(text, copy)] == []


def test_stories_of_one_template_follow_ups_rivals_and_round_ups_are_no_copies() -> None:
    pairs = list(strangers())
    assert len(pairs) == 125
    assert [name for name, text, other in pairs if same_origin(text, other)] == []
    assert [name for name, text, other in pairs if same_origin(other, text)] == []


def test_two_papers_that_edit_one_wire_text_each_in_its_own_way_have_copies() -> None:
    missed, pairs = [], 0
    for name, text in (stories() | {name: told[0] for name, told in template_stories().items()}).items():
        here, there = ([edited(edit, text, f"{name} {paper}") for edit in EDITS] for paper in "ab")
        for (kind, one, bands), (other_kind, other, other_bands) in product(here, there):
            pairs += 1
            if not is_copy(one, other) or bands.isdisjoint(other_bands):
                missed.append(f"{kind} {other_kind} {name}")
    assert pairs == 1700
    assert len(missed) <= 17, missed


def edited(edit: Edit, text: str, paper: str) -> tuple[str, Wording, set[str]]:
    copy = edit(text, random.Random(f"{edit.__name__} {paper}"))
    return edit.__name__, wording(copy), set(fingerprint("a", copy)[1])


def test_the_first_paragraph_that_a_feed_carries_is_a_copy_of_the_text() -> None:
    for text in stories().values():
        opening = paragraphs(text)[0]
        assert same_origin(opening, text)
        assert are_candidates(opening, text)
        assert not same_origin(paragraphs(text)[2], text)


def test_the_bands_find_the_least_copy_as_often_as_is_written_down() -> None:
    bands = [key for key in fingerprint("a", WIRE)[1] if not key.startswith("lead")]
    found = 1 - (1 - RESEMBLING**3) ** len(bands)
    assert len(bands) * 3 == len(fingerprint("a", WIRE)[0])
    assert found > 0.97
    assert 1 - (1 - 0.02**3) ** len(bands) < 0.001
