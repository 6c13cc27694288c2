"""The file of measured figures → its tables, for the page that shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class Table:
    """What was measured on one set: the words on it, and rows of cells below a head."""

    name: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Written:
    """`circumstances`: the date and the like; `sets`: a table for each."""

    about: str
    circumstances: tuple[tuple[str, str], ...]
    sets: tuple[Table, ...]


def read_written(text: str) -> Written:
    """The figures as the command that measures them wrote them down."""
    first, *sets = _tables(MarkdownIt("commonmark").enable("table").parse(text))
    return Written(first.about, tuple((row[0], row[1]) for row in first.rows), tuple(sets))


def _tables(tokens: Sequence[Token]) -> Iterator[Table]:
    """Each heading that has a table, with the paragraphs between them."""
    name, about, rows = "", list[str](), list[list[str]]()
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and before is not None:
            words = " ".join(token.content.split())
            if before.type == "heading_open":
                name, about = words, []
            elif before.type == "paragraph_open":
                about.append(words)
            else:
                rows[-1].append(words)
        elif token.type == "table_close":
            yield Table(name, " ".join(about), tuple(rows[0]), tuple(map(tuple, rows[1:])))
            rows = []
