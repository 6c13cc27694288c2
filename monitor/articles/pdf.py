"""Bytes of a PDF → its text, title, author and dates."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from pypdf import Configuration, PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from monitor.articles.language import language_of
from monitor.articles.paragraphs import folded, joined, word_count
from monitor.articles.print import Run, Sheet, paragraphs_of
from monitor.articles.tree import unreadable
from monitor.domain.article import Extracted

_MOST_BYTES = 50_000_000
_MOST_PAGES = 150
_MOST_CHARACTERS = 1_000_000
_MOST_OPERATIONS = 600_000
_MOST_SOURCE = 8_000_000
_MOST_SOURCE_OF_PAGE = 2_000_000
_FEWEST_WORDS = 12
_GARBLED = 0.2
_LIMITS = Configuration(
    zlib_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    stream_decoding_work_maximum_length=60_000_000,
    stream_parsing_work_maximum_count=200_000,
    xform_maximum_invocations_per_extraction=100,
    page_tree_maximum_entries=20_000,
    page_tree_maximum_page_entries=200_000,
    jbig2dec_binary=None,
)
"""What one stream or page may cost. Pages of text take a hundredth of it; drawings may take more and hold none."""

_NO_NAME = re.compile(
    r"microsoft|untitled|unbenannt|sans titre|\.(?:docx?|indd|pdf|pptx?|xlsx?|qxd|rtf|odt|tex)\b|^\W*$|"
    r"^(?:admin\w*|user|owner|unknown)$",
    re.IGNORECASE,
)
"""What programs write where a title or author should be."""

_UNREADABLE_SIGNS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=-|\Z)")


_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RuntimeError)
"""What pypdf raises on broken files: not only its own errors."""


class _TooMuch(PyPdfError):
    """A document takes more work than any report does."""


@dataclass(frozen=True)
class _Document:
    """What was taken out of a file. `title` and `author` as the file says them; `language` from its catalogue."""

    sheets: list[Sheet]
    title: str
    author: str
    created: datetime | None
    changed: datetime | None
    language: str | None
    has_pictures: bool


def extract_pdf(body: bytes, url: str) -> Extracted:
    """The text of a PDF in paragraphs, without the lines that stand on every page; no more than its first 150 pages.

    Raises ArticleUnreadable for a file that is damaged, protected by a password, made of pictures, or far too large.
    """
    if len(body) > _MOST_BYTES:
        raise unreadable(url, f"the PDF has {len(body):,} bytes, more than {_MOST_BYTES:,}")
    document = _document(body, url)
    found = paragraphs_of(document.sheets)
    is_whole = document.title.casefold() in found.headline.casefold()
    title = found.headline if found.headline and is_whole else document.title
    text = joined(paragraph for paragraph in found.paragraphs if paragraph != title) or title
    if word_count(text) < _FEWEST_WORDS:
        raise unreadable(url, f"the PDF holds {'pictures of pages and ' if document.has_pictures else ''}no text")
    if len(_UNREADABLE_SIGNS.findall(text)) > _GARBLED * len(text):
        raise unreadable(url, "the fonts of the PDF do not say which letters they show")
    created, changed = document.created, document.changed
    return Extracted(
        title=title,
        text=text,
        published=created,
        updated=changed if created and changed and changed > created else None,
        author=document.author,
        language=language_of(text, document.language),
        basis="pdf",
    )


def _document(body: bytes, url: str) -> _Document:
    try:
        with apply_configuration(_LIMITS):
            reader = PdfReader(io.BytesIO(body))
            if not reader.is_encrypted or reader.decrypt(""):
                return _taken(reader)
    except DependencyError as error:
        raise unreadable(url, "the PDF is encrypted") from error
    except _BROKEN as error:
        raise unreadable(url, f"the PDF is damaged ({error})") from error
    raise unreadable(url, "the PDF is protected by a password")


def _taken(reader: PdfReader) -> _Document:
    said: Any = reader.metadata or {}
    language = _LANGUAGE.match(str(reader.root_object.get("/Lang") or ""))
    return _Document(
        sheets=list(_sheets(reader)),
        title=_name(said.get("/Title")),
        author=_name(said.get("/Author")),
        created=_instant(said, "creation_date"),
        changed=_instant(said, "modification_date"),
        language=language[0].lower() if language else None,
        has_pictures=_has_pictures(reader),
    )


@dataclass
class _Budget:
    """What may still be spent on a document: characters of text, operations that draw, bytes of pages' sources."""

    characters: int = _MOST_CHARACTERS
    operations: int = _MOST_OPERATIONS
    source: int = _MOST_SOURCE

    @property
    def is_spent(self) -> bool:
        return min(self.characters, self.operations, self.source) <= 0


def _sheets(reader: PdfReader) -> Iterator[Sheet]:
    """The pages in order, as many as the budget allows. One that cannot be read does not spoil the others."""
    budget = _Budget()
    for page in islice(reader.pages, _MOST_PAGES):
        if budget.is_spent:
            return
        with suppress(*_BROKEN):
            contents = page.get_contents()
            source = len(contents.get_data()) if contents is not None else 0
            budget.source -= source
            if source <= _MOST_SOURCE_OF_PAGE:
                yield Sheet(float(page.mediabox.height), tuple(_runs(page, budget)))


def _runs(page: PageObject, budget: _Budget) -> list[Run]:
    """The pieces of text of a page in the order in which it draws them."""
    bottom = float(page.mediabox.bottom)
    found: list[Run] = []

    def operation(*_: Any) -> None:
        budget.operations -= 1
        if budget.is_spent:
            raise _TooMuch("it draws more than a report does")

    def piece(text: str, space: list[float], place: list[float], font: Any, size: float) -> None:
        budget.characters -= len(text)
        run = _run(text, space, place, font, size)
        if run is not None and run.text.strip():
            found.append(replace(run, y=run.y - bottom))

    with suppress(_TooMuch):
        page.extract_text(visitor_operand_before=operation, visitor_text=piece)
    return found


def _run(text: str, space: list[float], place: list[float], font: Any, size: float) -> Run | None:
    """A piece in the page's measure. None for text that runs upwards: it is no part of the page's lines."""
    down = place[2] * space[1] + place[3] * space[3]
    along = place[0] * space[1] + place[1] * space[3]
    if abs(along) > abs(down):
        return None
    x = place[4] * space[0] + place[5] * space[2] + space[4]
    y = place[4] * space[1] + place[5] * space[3] + space[5]
    name = str(font.get("/BaseFont", "")) if font else ""
    return Run(x, y, abs(size * down), text, "bold" in name.lower())


def _has_pictures(reader: PdfReader) -> bool:
    first = reader.pages[0] if len(reader.pages) else None
    return first is not None and "/Image" in str((first.get("/Resources") or {}).get("/XObject", {}))


def _name(value: Any) -> str:
    text = folded(str(value or ""))
    return "" if len(text) > 300 or _NO_NAME.search(text) else text


def _instant(said: Any, name: str) -> datetime | None:
    """A date of the document; without an offset it is UTC."""
    try:
        when = getattr(said, name, None)
    except ValueError:
        return None
    return when if when is None or when.tzinfo else when.replace(tzinfo=UTC)
