"""Two readings of one page → whether its publisher changed it, or only what surrounds and decorates the text.

What counts is what a reader would call the text: its title and its sentences. White space, marks of quotation, the clock
("3 hours ago"), counters ("214 comments") and lines that are no sentences and name no figure do not.
"""

import re
import unicodedata

_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|several)\s+"
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\s+ago\b|\b(?:just|right) now\b"
)
_COUNTED = (
    r"(?:views?|comments?|shares?|likes?|reads?|readers?|replies|reactions?|followers?|min(?:ute)?s?(?: read| to read)?)"
)
_COUNT = r"\d[\d.,]*\s?[km]?"
_COUNTER = re.compile(rf"\W*(?:share\w*\W+)?(?:{_COUNT}\W*{_COUNTED}|{_COUNTED}\W*{_COUNT}|share\W*{_COUNT})\W*")
_STAMP = re.compile(r"\W*(?:last\s+)?(?:updated?|modified|published|posted)\b.{0,60}")
_SIGNS = str.maketrans("’‘“”«»„–—−", '\'\'"""""---', "\u00ad\u200b\u200c\u200d\ufeff")
_ENDS = tuple(".!?…:;\"')]。！？")
_LONGEST_LINE = 12
_CUT = 0.5


def is_same_text(title: str, text: str, other_title: str, other: str) -> bool:
    """Whether two readings of a page tell the same."""
    return _plain(title) == _plain(other_title) and _sentences(text) == _sentences(other)


def is_cut(text: str, later: str) -> bool:
    """Whether a later reading is no more than the first half of the text, or less: the page was closed, not changed."""
    before, after = _sentences(text), _sentences(later)
    if not after or len(" ".join(after)) > _CUT * len(" ".join(before)):
        return False
    *whole, last = after
    return before[: len(whole)] == whole and before[len(whole)].startswith(last.rstrip(" .…"))


def _sentences(text: str) -> list[str]:
    """The paragraphs of a text that tell something, as they are compared; all of them where none seems to."""
    plain = [line for paragraph in text.split("\n") if (line := _plain(paragraph))]
    return [line for line in plain if _tells(line)] or plain


def _tells(line: str) -> bool:
    if _COUNTER.fullmatch(line) or (_is_line(line) and _STAMP.fullmatch(line)):
        return False
    return line.endswith(_ENDS) or not _is_line(line) or any(sign.isdigit() for sign in line)


def _is_line(line: str) -> bool:
    return len(line.split()) <= _LONGEST_LINE


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_SIGNS).casefold()
    return " ".join(_AGO.sub(" ", folded).split())
