"""All that a label is judged by: how much of a page's text a wall of some kind says, and how much it does not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.articles.cues import WallCues, sentences
from monitor.articles.offer import Offer
from monitor.articles.paragraphs import word_count
from monitor.articles.sight import Sight

_LONG = 450
"""Words from which on a text is not looked at more closely: no wall has so many, lists aside."""

_NOTHING = 15
_DENSE = 12
_MOST_BEHIND = 12
_FEW = 2
_SITE = re.compile(r"\s[|·–—-]\s")


@dataclass(frozen=True)
class Evidence:
    """A page, taken apart. `found`: the paragraphs that would be the article's. `source`: its markup in lower case.

    `is_marked`: whether it says for machines that it is an article.
    """

    url: str
    source: str
    sight: Sight
    offer: Offer
    teasers: Sequence[Sequence[str]]
    found: Sequence[str]
    is_marked: bool
    cues: WallCues

    @property
    def told(self) -> int:
        """Words of all teasers."""
        return sum(word_count(piece) for teaser in self.teasers for piece in teaser)

    def own(self, kind: str) -> int:
        """Words of the text that neither a wall of this kind says, nor a question for consent, which stands anywhere."""
        total = sum(map(word_count, self.found))
        if total > _LONG:
            return total
        texts = [_without(text, self.sight.unscripted) for text in self.found]
        said = set(self.said(kind, texts)) | set(self.said("consent", texts))
        return sum(map(word_count, texts)) - sum(map(word_count, said))

    def said(self, kind: str, texts: Sequence[str]) -> Iterator[str]:
        """The sentences among these that are of the sort that a wall of this kind says."""
        phrases = self.cues.of(kind)
        for text in texts:
            if phrases.entitle(text):
                yield text
            else:
                yield from (sentence for sentence in sentences(text) if phrases.speak(sentence))

    def title(self, kind: str) -> str:
        """The first title that is one of this kind, whole or but for the name of the site; empty if none is."""
        phrases = self.cues.of(kind)
        return next((title for title in self.sight.titles if any(map(phrases.entitle, (title, *_SITE.split(title))))), "")

    def weight(self, kind: str) -> int:
        """How many different words of such a wall the text has, where it is full of them and speaks to its reader."""
        text = [sentence for block in self._text() for sentence in sentences(block)]
        weight, words = self.cues.of(kind).weight(text), sum(map(word_count, text))
        return weight if words <= _DENSE * weight else 0

    def _text(self) -> Sequence[str]:
        """What was found, and the title; all that is to be seen, where hardly anything was found."""
        found = self.found if sum(map(word_count, self.found)) >= _NOTHING else self.sight.blocks
        return [*self.sight.titles[:1], *found]

    def tail(self, kind: str) -> list[str]:
        """The sentences behind the last paragraph of the text that such a wall would not say."""
        end = 0
        for number, paragraph in enumerate(self.found):
            is_wall = self.cues.of(kind).weight(sentences(paragraph), needs_core=False) >= _FEW
            if word_count(paragraph) > _NOTHING and not is_wall:
                end = number + 1
        last = self.found[end - 1] if end else ""
        blocks = list(self.sight.blocks)
        behind = blocks[blocks.index(last) + 1 :] if last in blocks else self.found[end:]
        said = [sentence for block in behind[:_MOST_BEHIND] for sentence in sentences(block)]
        return [sentence for sentence in said if not self.cues.of("consent").speak(sentence)]


def _without(text: str, parts: Sequence[str]) -> str:
    for part in parts:
        text = text.replace(part, " ")
    return text
