"""What a feed carries of an article → a text to rest on where the page cannot be read."""

import re
from dataclasses import dataclass

from monitor.articles.paragraphs import joined
from monitor.articles.plain import extract_fragment
from monitor.domain.entry import Entry

_FEWEST_WORDS = 12
_FOOT = re.compile(r"\s*The post\b.{1,300}?\bappeared first on\b.{1,200}\Z", re.DOTALL)
_MORE = re.compile(
    r"\s*(?:[(\[]?\b(?:continue reading|read (?:more|on|the full \w+)|full story)\b[^.!?]{0,80}[.»→>…\])]*|[»→>])\Z",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:\s*[\[(]?\s*(?:…|\.\.\.)\s*[\])]?)\s*\Z")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)\]]*(?=\s|\Z)")


@dataclass(frozen=True)
class Excerpt:
    """`basis`: content or summary, as in Article."""

    basis: str
    text: str


def excerpt_of(entry: Entry) -> Excerpt | None:
    """The feed's content, where it is more than its summary, else the summary; None where neither is a text.

    A sentence that breaks off is left out: half of a figure is a wrong one.
    """
    summary = _whole(entry.summary)
    content = _whole(extract_fragment(entry.content, title=entry.title))
    is_more = len(content.split()) > len(summary.split())
    found = Excerpt("content", content) if is_more else Excerpt("summary", summary)
    return found if len(found.text.split()) >= _FEWEST_WORDS else None


def _whole(text: str) -> str:
    """A text without the words that lead to the page, and without a last sentence that breaks off."""
    *before, last = text.split("\n\n")
    last = _FOOT.sub("", last).strip()
    led = _MORE.sub("", last)
    kept = _CUT.sub("", led)
    if kept != last:
        kept = _up_to_last_end(kept)
    if not kept.strip() and before:
        return _whole(joined(before))
    return joined([*before, kept.strip()])


def _up_to_last_end(text: str) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else ""
