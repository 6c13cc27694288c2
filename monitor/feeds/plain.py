"""Markup as feeds carry it → one line of text. Linear in the length of the markup, whatever it holds."""

import html
import re

_SPACE = re.compile(r"\s+")
_HIDDEN = ("script", "style")
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")


def folded(text: str) -> str:
    """The text with every run of white space as one blank, none at the ends."""
    return _SPACE.sub(" ", text).strip()


def plain(markup: str) -> str:
    """The text of HTML: tags, comments, scripts and styles gone, entities read, white space folded.

    Tags that end a line on a page separate words; those inside a line do not (`H<sub>2</sub>O` is `H2O`).
    """
    if "<" not in markup:
        return folded(html.unescape(markup))
    return folded(html.unescape("".join(_pieces(markup))))


def _pieces(markup: str) -> list[str]:
    pieces: list[str] = []
    lower = markup.lower()
    last, last_comment = markup.rfind(">"), markup.rfind("-->")
    at = 0
    while 0 <= (start := markup.find("<", at)) < last:
        pieces.append(markup[at:start])
        if markup.startswith("<!--", start) and start < last_comment:
            at = markup.index("-->", start) + 3
            continue
        at, gap = _behind_tag(markup, lower, start)
        pieces.append(gap)
    rest = markup[at:]
    cut_off = rest.find("<")
    pieces.append(rest[:cut_off] if cut_off >= 0 and _NAME.match(rest, cut_off + 1) else rest)
    return pieces


def _behind_tag(markup: str, lower: str, start: int) -> tuple[int, str]:
    """Where the text goes on after the `<` at `start`, and what stands for what was left out. A `>` follows for sure."""
    name = _NAME.match(markup, start + 1)
    if name is None and not markup.startswith(("<!", "<?"), start):
        return start + 1, "<"  # a sign of less-than in the text
    tag = name[1].lower() if name else ""
    if tag in _HIDDEN and markup[start + 1] != "/":
        start = lower.find(f"</{tag}", start)
        if start < 0:
            return len(markup), ""
    end = markup.find(">", start)
    if end < 0:
        return len(markup), ""
    return end + 1, "" if tag in _INLINE else " "
