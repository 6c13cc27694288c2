"""Paragraphs, headings, and where a sentence may begin. Runs before the parser, which respects what is set here."""

import re
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from monitor.nlp.attributes import register
from monitor.nlp.text import text_of

_BREAK = re.compile(r"\n\s*\n|\n")
_CLOSERS = frozenset("\"'”’»)]")
_ENDERS = (".", "!", "?", "…", ".”", "?”", "!”")
# "PRAGUE, Nov 5 (North Wire) - ", "TOLEDO — ": place in capitals, perhaps day and agency, then a dash.
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]{2,40}[A-ZÀ-Þ.])(?:,[^()\n—–]{0,60}?)?"
    r"\s*(?:\((?P<agency>[^()\n]{2,40})\)\s*)?(?:—|–|--|\s-)\s"
)
HEADING_WORDS = 12
LONGEST_SENTENCE = 250  # words; nobody writes longer ones, and what is looked up in a sentence takes time by the square
DATELINE_PARAGRAPHS = 2


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Start and end of each paragraph, white space around it left out."""
    found, at = [], 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[at:end]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            found.append((start, at + len(piece.rstrip())))
        at = match.end() if match else end
    return found


def find_headings(text: str, paragraphs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Short paragraphs that end without punctuation and have text below them."""
    return [
        (start, end)
        for start, end in paragraphs[:-1]
        if len(text[start:end].split()) <= HEADING_WORDS and text[end - 1] not in ".!?:;,…\"'”’"
    ]


@dataclass(frozen=True)
class Dateline:
    """Where a dateline stands, and the agency that it names."""

    start: int
    end: int
    agency: str = ""


def find_dateline(text: str, paragraphs: list[tuple[int, int]]) -> Dateline | None:
    """The dateline at the start of one of the first paragraphs (a correction's note may stand before it)."""
    for start, end in paragraphs[:DATELINE_PARAGRAPHS]:
        match = _DATELINE.match(text, start, end)
        if match:
            return Dateline(start, match.end(), (match["agency"] or "").strip())
    return None


def set_sentence_edges(doc: Doc) -> None:
    """Paragraphs begin sentences; nothing else does unless the text before it can end one, or goes on without end."""
    ended, broken, begun = True, True, 0
    for token in doc:
        if token.is_space:
            broken = broken or "\n" in token.text
            if token.i:
                token.is_sent_start = False
            continue
        if broken or token.i - begun >= LONGEST_SENTENCE:
            token.is_sent_start, begun = True, token.i
        elif ended:
            begun = token.i
        else:
            token.is_sent_start = False
        broken = False
        if token.text[-1:] not in _CLOSERS or not ended:
            ended = token.text.endswith(_ENDERS)


def layout(doc: Doc) -> Doc:
    """Set `paragraphs`, `headings` and the sentence edges of a Doc."""
    doc._.paragraphs = find_paragraphs(text_of(doc))
    doc._.headings = find_headings(text_of(doc), doc._.paragraphs)
    set_sentence_edges(doc)
    return doc


@Language.factory("layout", assigns=["doc._.paragraphs", "doc._.headings", "token.is_sent_start"])
def make_layout(nlp: Language, name: str) -> object:
    """The component; it needs no data."""
    register()
    return layout
