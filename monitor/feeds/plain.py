"""Markup as feeds carry it → one line of text. Linear in the length of the markup, whatever it holds."""

import html
import re
from contextlib import suppress
from itertools import islice

LONGEST_TEXT = 300_000
"""Characters of a title or summary that are looked at."""

LONG_SUMMARY = 1000
"""Characters of a summary that may be more than that."""

BEGINNING = 5000
"""Characters of markup that a summary is made of, where the entry carries its full text besides."""

_BLOCK = re.compile(r"<(?:p|br|div|li|h[1-6])\b", re.IGNORECASE)
_LONGEST_NAME = 500
_MAIL_AND_NAME = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)|([^<>@]+?)\s*<[^\s@<>]+@[^\s@<>]+>")
_HIDDEN = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_INLINE_NAMES = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
)  # fmt: skip
_INLINE = frozenset(name for inline in _INLINE_NAMES for name in (inline, inline.upper()))
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_SIGN_OF_MARKUP = re.compile(r"</[a-zA-Z]|<br\b|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});")
_C1_CODE = re.compile(rb"\xc2[\x80-\x9f]")
_C1 = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}


def folded(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    if "  " not in text and text.isprintable():  # of white space only the blank is printable
        return text.strip()
    return " ".join(text.split())


def looks_like_markup(text: str) -> bool:
    """Whether what should be plain text was written as markup: an end tag or a reference gives it away."""
    return ("<" in text or "&" in text) and _SIGN_OF_MARKUP.search(text) is not None


def mended(text: str) -> str:
    """The text without two old accidents: UTF-8 taken for Latin-1 and encoded again, windows-1252 taken for Latin-1."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return text.translate(_C1) if _C1_CODE.search(text.encode("utf-8", "replace")) else text


def plain(markup: str) -> str:
    """The text of HTML: tags, comments, scripts and styles gone, entities read, white space folded.

    Tags that end a line on a page separate words; those inside a line do not (`H<sub>2</sub>O` is `H2O`).
    """
    if "<" not in markup:
        return folded(html.unescape(markup))
    pieces = _TAG.split(markup)  # text, name of a tag, text, name …
    names = pieces[1::2]
    pieces[1::2] = ["" if name in _INLINE else " " for name in names]
    text = "".join(pieces)
    if "<" not in text and not any(name.lower() in _HIDDEN for name in set(names)):
        return folded(html.unescape(text))
    return folded(html.unescape("".join(_pieces(markup))))


def beginning(markup: str) -> str:
    """The first part of a long text, not ending inside of a tag."""
    head = markup[:BEGINNING]
    is_cut = len(markup) > BEGINNING and head.rfind("<") > head.rfind(">")
    return head[: head.rfind("<")] if is_cut else head


def full_text(markup: str) -> str:
    """The markup of a long summary, if it has paragraphs: then it is the whole article. Else empty."""
    return markup if len(list(islice(_BLOCK.finditer(markup), 3))) == 3 else ""


def person_of(written: str) -> str:
    """A person as feeds write one: the name out of `mail (Name)` or `Name <mail>`; anything else as it is."""
    written = folded(mended(written[:_LONGEST_NAME]))
    match = _MAIL_AND_NAME.fullmatch(written) if "@" in written else None
    return (match[1] or match[2]).strip() if match else written


def _pieces(markup: str) -> list[str]:
    """The text between tags, for markup that is odd: a sign of less-than in it, comments, scripts, a tag cut off."""
    pieces: list[str] = []
    last, last_comment = markup.rfind(">"), markup.rfind("-->")
    at = 0
    while 0 <= (start := markup.find("<", at)) < last:
        pieces.append(markup[at:start])
        if markup.startswith("<!--", start) and start < last_comment:
            at = markup.index("-->", start) + 3
            continue
        at, gap = _behind_tag(markup, start)
        pieces.append(gap)
    rest = markup[at:]
    cut_off = rest.find("<")
    pieces.append(rest[:cut_off] if cut_off >= 0 and _NAME.match(rest, cut_off + 1) else rest)
    return pieces


def _behind_tag(markup: str, start: int) -> tuple[int, str]:
    """Where the text goes on after the `<` at `start`, and what stands for what was left out. A `>` follows for sure."""
    name = _NAME.match(markup, start + 1)
    if name is None:
        is_declaration = markup.startswith(("<!", "<?"), start)
        return (markup.index(">", start) + 1, "") if is_declaration else (start + 1, "<")  # a sign of less-than
    tag = name[1].lower()
    if tag in _HIDDEN and markup[start + 1] != "/":
        end_tag = _HIDDEN[tag].search(markup, start)
        if end_tag is None:
            return len(markup), ""
        start = end_tag.start()
    end = markup.find(">", start)
    if end < 0:
        return len(markup), ""
    return end + 1, "" if tag in _INLINE else " "
