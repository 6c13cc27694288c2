"""Claims are marked where they stand; what changed between two versions is shown word by word."""

from archive_sample import article, claim, percent
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.web import marking

TEXT = "First line 5 percent.\nstill first.\n\nSecond holds 10 to 20 percent there.\n\n\n\nThird."


def test_marks_carry_their_claims_and_nothing_is_lost() -> None:
    told_in = article("Paper", "T", TEXT, None)
    claims = [
        claim(told_in, "5 percent", "X", "y", percent("5")),
        claim(told_in, "10 to 20 percent", "X", "y", percent("1")),
    ]
    found = marking.paragraphs(told_in, claims)
    assert ["".join(piece.text for piece in one) for one in found] == [
        "First line 5 percent.\nstill first.",
        "Second holds 10 to 20 percent there.",
        "Third.",
    ]
    assert [piece.text for one in found for piece in one if piece.claims] == ["5 percent", "10 to 20 percent"]
    assert [anchor for one in found for piece in one for anchor in piece.anchors] == [one.id for one in claims]


def test_figures_that_overlap_share_pieces_and_each_has_one_anchor() -> None:
    told_in = article("Paper", "T", "It made $180 million of 1.2 billion yuan ($180 million).", None)
    whole = claim(told_in, "1.2 billion yuan ($180 million)", "X", "y", percent("1"))
    inner = claim(told_in, "yuan", "X", "z", percent("2"))
    (pieces,) = marking.paragraphs(told_in, [whole, inner])
    assert "".join(piece.text for piece in pieces) == told_in.text
    assert sorted(anchor for piece in pieces for anchor in piece.anchors) == sorted([whole.id, inner.id])


def test_a_changed_figure_is_told_from_changed_words() -> None:
    changes = marking.difference("It costs 2.4 million euros now.", "It costs 3.1 million euros today.")
    assert [(change.kind, change.text, change.figure) for change in changes if change.kind != "same"] == [
        ("out", "2.4", True),
        ("in", "3.1", True),
        ("out", "now", False),
        ("in", "today", False),
    ]


@settings(deadline=None)
@given(st.text(alphabet="ab1 .\n", max_size=60), st.text(alphabet="ab1 .\n", max_size=60))
def test_both_texts_can_be_read_back_from_the_difference(old: str, new: str) -> None:
    changes = marking.difference(old, new)
    assert "".join(change.text for change in changes if change.kind != "in") == old
    assert "".join(change.text for change in changes if change.kind != "out") == new


def test_long_changed_texts_do_not_take_long() -> None:
    old, new = " ".join(f"a{n}" for n in range(3000)), " ".join(f"b{n}" for n in range(3000))
    assert [change.kind for change in marking.difference(old, new)] == ["out", "in"]
