"""Bytes of a page or text file → text, in the character set that they are really in."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress

from trafilatura.utils import detect_encoding

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_SEARCHED = 4096
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
}  # fmt: skip
"""What senders mean who name the narrower set (https://encoding.spec.whatwg.org/#names-and-labels)."""

_OF_TEXT = re.compile(
    r"utf-8|iso8859-\d+|iso2022_jp\w*|cp\d+|koi8-[rtu]|mac-[\w-]+|gb\w+|big5\w*|euc_\w+|shift_\w+|hz|tis-620|ascii"
)
"""Codecs of texts. Python has others, some of which mean something else or take time by the square."""

_GUESSED = 20_000
_FOREIGN = 0.2
"""The share of bytes beyond ASCII from which on a text is hardly one in Latin letters."""

_WRONG = 0.02
"""The share of unreadable signs beyond which a decoding is no longer a text with a few damaged bytes."""


def decoded(body: bytes, media_type: str = "") -> str:
    """The text of a body. `media_type`: the Content-Type header of its server, with the character set if it names one.

    What is valid UTF-8 is UTF-8, whatever is claimed; then the header counts, then the page's own word, then a guess.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if b"\0" in body[:2]:
        return body.decode("utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace")
    claims = list(_claims(body, media_type))
    if not _is_seven_bit(claims):
        with suppress(UnicodeDecodeError):
            return body.decode("utf-8")
    for name in (*claims, "utf-8"):
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= _WRONG * len(text):
            return text
    sample = body[:_GUESSED]
    if sum(byte > 127 for byte in sample) < _FOREIGN * len(sample):
        return body.decode("cp1252", "replace")
    guess = next((name for name in detect_encoding(sample) if _OF_TEXT.fullmatch(name)), "cp1252")
    return body.decode(guess, "replace")


def _is_seven_bit(claims: list[str]) -> bool:
    """Whether the text is said to be in a set that is made of ASCII bytes, and so looks like UTF-8."""
    return any(name.startswith(("iso2022", "hz")) for name in claims)


def _claims(body: bytes, media_type: str) -> Iterator[str]:
    header = _HEADER.search(media_type)
    own = _META.search(body, 0, _SEARCHED)
    for claim in (header[1] if header else "", own[1].decode("ascii", "replace") if own else ""):
        with suppress(LookupError):
            name = codecs.lookup(claim).name
            if _OF_TEXT.fullmatch(name):
                yield _WIDER.get(name, name)
