"""Bytes and what is said of their charset → the same document in UTF-8.

What a document or its server says of the charset is often wrong, so what the bytes themselves show goes first where it is
beyond doubt: a byte order mark, then text that makes sense as UTF-8.
"""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16: its mark begins with the other."""

_WIDE = (
    (re.compile(rb"\x00\x00\x00[<{]"), "utf-32-be"),
    (re.compile(rb"[<{]\x00\x00\x00"), "utf-32-le"),
    (re.compile(rb"\x00[<{]\x00"), "utf-16-be"),
    (re.compile(rb"[<{]\x00[^\x00]"), "utf-16-le"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)
"""How a document begins in charsets that have no ASCII in them (XML 1.0, appendix F)."""

_DECLARED = re.compile(rb"""\s{0,100}<\?xml[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']\s{0,9}([A-Za-z0-9._:-]{1,40})""")
_DECLARATION = re.compile(rb"\s{0,100}<\?xml\s[^>]{0,300}\?>")
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([^\s"';,]{1,40})""", re.I)

_OF_TEXT = re.compile(
    r"ascii|iso8859-\d+|iso2022_jp\w*|cp\d+|koi8-[rtu]|mac-[\w-]+|gb\w+|big5\w*|euc_\w+|shift_\w+|johab|hz|kz1048|ptcp154|tis-620"
)
"""The codecs that publishers use. Python has more, some of which decode in quadratic time or mean something else."""

_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "big5": "big5hkscs",
}  # fmt: skip
"""What is meant by a charset in practice (as in https://encoding.spec.whatwg.org/): the larger one that contains it."""

_SEVEN_BIT = ("iso2022", "hz")
_TWO_BYTES = frozenset({"gb18030", "cp949", "cp932", "big5hkscs", "euc_jp", "johab"})
_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
"""Bytes that Python carried along as lone surrogates, read as windows-1252."""


def as_utf8(body: bytes, content_type: str | None = None) -> bytes:
    """The document in UTF-8, without byte order mark; a declaration in it may still name the old charset.

    `content_type`: the header as the server sent it. Bytes that stand alone in UTF-8 are read as windows-1252.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            rest = body[len(mark) :]
            return _patched(rest) if charset == "utf-8" else _recoded(rest, charset)
    for beginning, charset in _WIDE:
        if beginning.match(body):
            return _recoded(body, charset)
    stated = _stated(body, content_type)
    if any(name.startswith(_SEVEN_BIT) for name in stated):
        return _first_that_fits(body, stated)
    if body.isascii() or (_fits(body, "utf-8") and not any(_fits(body, name) for name in stated if name in _TWO_BYTES)):
        return body
    return _first_that_fits(body, sorted(stated, key=lambda name: name == "cp1252"))


def without_declaration(document: bytes) -> bytes:
    """The document without its XML declaration, whose charset may no longer be true."""
    match = _DECLARATION.match(document)
    return document[match.end() :] if match else document


def _stated(body: bytes, content_type: str | None) -> list[str]:
    """The charsets that header and document name, the header first (RFC 7303)."""
    labels = _CHARSET.findall(content_type or "")[:1] + [label.decode() for label in _DECLARED.findall(body[:1000])[:1]]
    return [name for label in labels if (name := _charset(label))]


def _charset(label: str) -> str:
    """The codec that a label means, empty for none and for UTF-8, which is tried anyway."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return _SUPERSETS.get(name, name) if _OF_TEXT.fullmatch(name) else ""


def _fits(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def _first_that_fits(body: bytes, charsets: list[str]) -> bytes:
    for charset in charsets:
        if charset != "cp1252" and _fits(body, charset):
            return _recoded(body, charset)
    return _patched(body)


def _recoded(body: bytes, charset: str) -> bytes:
    return body.decode(charset, "replace").encode("utf-8", "replace")


def _patched(body: bytes) -> bytes:
    """UTF-8 with some strange bytes in it is read as such, anything else as windows-1252."""
    lenient = body.decode("utf-8", "replace")
    strange = lenient.count("\ufffd")
    if not strange:
        return body
    sound = len(lenient) - len(lenient.encode("ascii", "ignore")) - strange
    text = body.decode("utf-8" if sound > strange else "ascii", "surrogateescape")
    return text.translate(_BYTES).encode("utf-8")
