"""Stored text → paragraphs with claims marked, and two texts → what changed. Offsets are code points, as stored."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from markupsafe import Markup

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.evidence import Where

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_TOKEN = re.compile(r"\s+|\w+(?:[.,:'’]\w+)*|[^\w\s]")
_FIGURE = re.compile(r"\d")
_MANY_TOKENS = 4000  # a changed block of more words is shown as taken out and put in


@dataclass(frozen=True)
class Piece:
    """A stretch of text. `claims`: those whose figure it is; `anchors`: those of them that begin here."""

    text: str
    claims: tuple[Claim, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """A stretch of two versions. `kind`: same, out or in; `figure`: whether it holds a number."""

    kind: str
    text: str
    figure: bool = False


def title(article: Article, claims: Sequence[Claim]) -> tuple[Piece, ...]:
    """The headline with its claims marked."""
    inside = [claim for claim in claims if claim.evidence.where is Where.TITLE]
    return tuple(pieces(article.title, 0, len(article.title), inside))


def paragraphs(article: Article, claims: Sequence[Claim]) -> list[tuple[Piece, ...]]:
    """The body by paragraphs with its claims marked. A claim across two paragraphs is marked in both."""
    inside = [claim for claim in claims if claim.evidence.where is Where.BODY]
    spans = [match.span() for match in _PARAGRAPH.finditer(article.text)]
    return [tuple(pieces(article.text, start, end, inside)) for start, end in spans]


def pieces(text: str, start: int, end: int, claims: Sequence[Claim]) -> Iterator[Piece]:
    """`text[start:end]` cut where a figure begins or ends. Overlapping figures share pieces; nothing is lost."""
    here = [claim for claim in claims if claim.evidence.span_start < end and claim.evidence.span_end > start]
    edges = {start, end}
    for claim in here:
        edges |= {max(start, claim.evidence.span_start), min(end, claim.evidence.span_end)}
    ordered = sorted(edges)
    for first, last in pairwise(ordered):
        over = tuple(one for one in here if one.evidence.span_start <= first and one.evidence.span_end >= last)
        begun = tuple(one.id for one in over if max(start, one.evidence.span_start) == first)
        yield Piece(text[first:last], over, begun if over else ())


def differences(old: str, new: str) -> list[tuple[Change, ...]]:
    """Two texts by paragraphs: those alike as they are, changed ones word by word."""
    before, after = (_PARAGRAPH.findall(text) for text in (old, new))
    found: list[tuple[Change, ...]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [(Change("same", paragraph),) for paragraph in before[a:b]]
            continue
        pairs = min(b - a, d - c)
        found += [difference(before[a + n], after[c + n]) for n in range(pairs)]
        found += [(_change("out", paragraph),) for paragraph in before[a + pairs : b]]
        found += [(_change("in", paragraph),) for paragraph in after[c + pairs : d]]
    return found


def difference(old: str, new: str) -> tuple[Change, ...]:
    """Two texts word by word."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if old == new:
        return (Change("same", new),) if new else ()
    if len(before) + len(after) > _MANY_TOKENS:
        return _change("out", old), _change("in", new)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", "".join(before[a:b])))
            continue
        if b > a:
            found.append(_change("out", "".join(before[a:b])))
        if d > c:
            found.append(_change("in", "".join(after[c:d])))
    return tuple(found)


def _change(kind: str, text: str) -> Change:
    return Change(kind, text, figure=bool(_FIGURE.search(text)))


def anchored(piece: Piece) -> Markup:
    """The anchors of the claims that begin at this piece but the last, which the mark itself carries."""
    return Markup("").join(Markup('<a id="{}"></a>').format(claim_id) for claim_id in piece.anchors[:-1])
