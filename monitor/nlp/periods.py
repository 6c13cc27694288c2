"""Date words and the day of publication → periods."""

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan, register
from monitor.nlp.date_cues import DateCues, load_date_cues
from monitor.nlp.date_figures import Dated, governor_of, states
from monitor.nlp.date_grammar import date_at
from monitor.nlp.date_reading import Calendar, Found
from monitor.nlp.lexing import Lexed, lex
from monitor.nlp.text import text_of

_NO_DAY = date(2000, 1, 1)  # stands in where the day of publication is unknown; nothing relative is kept then
_OTHER_DAY = date(2011, 8, 19)
_GROUPED = re.compile(r"\b\d,\d{3}\b")
_NEAR_YEARS = 80
_NO_PERIOD = Period(None, None)


def find_dates(doc: Doc, published: datetime | None, cues: DateCues) -> list[DateSpan]:
    """The date words of a parsed text, in order, resolved against the publication date in its own offset.

    Where that is unknown, relative words get a period with both ends open. Prepositions are part of the span, except
    where the date is the figure.
    """
    lexed = lex(text_of(doc))
    if not lexed.pieces:
        return []
    reader = _Reader(doc, lexed, cues, _NO_DAY if published is None else published.date())
    spans = reader.read()
    if published is None:
        # What does not move with the day of publication is sure without it.
        sure = {(span.start, span.end, span.period) for span in _Reader(doc, lexed, cues, _OTHER_DAY).read()}
        spans = [
            span if (span.start, span.end, span.period) in sure else replace(span, period=_NO_PERIOD) for span in spans
        ]
    return spans


class _Reader:
    """Walks over the pieces of one text."""

    def __init__(self, doc: Doc, lexed: Lexed, cues: DateCues, today: date) -> None:
        self._doc, self._lexed, self._cues, self._today = doc, lexed, cues, today
        self._starts = [token.idx for token in doc]
        self._groups = bool(_GROUPED.search(text_of(doc)))
        self._spans: list[DateSpan] = []
        self._calendar = Calendar(lexed, cues, today, self._ahead, self._counts, self._anchor)

    def read(self) -> list[DateSpan]:
        """All date spans, in order."""
        index = 0
        while index < len(self._lexed.pieces):
            found = date_at(self._calendar, index) if self._may_start(index) else None
            if found is None:
                index += 1
                continue
            self._spans.append(self._span(found))
            index = found.last
        return self._spans

    def _may_start(self, index: int) -> bool:
        piece = self._lexed.pieces[index]
        if piece.kind == "n":
            return True
        return piece.kind == "w" and piece.low.removesuffix("'s") in self._cues.heads

    def _token(self, index: int) -> Token:
        offset = self._lexed.pieces[index].start
        return self._doc[max(0, bisect_right(self._starts, offset) - 1)]

    def _span(self, found: Found) -> DateSpan:
        first, period = self._with_preposition(found)
        pieces = self._lexed.pieces
        end = pieces[found.last - 1].end
        end -= 2 if pieces[found.last - 1].low.endswith("'s") else 0
        is_figure = self._is_figure(found, first)
        start = pieces[self._bare(found) if is_figure else first].start
        return DateSpan(start, end, period, is_figure)

    def _with_preposition(self, found: Found) -> tuple[int, Period]:
        """Where the words of time begin, and what "since" and "until" make of the period."""
        words, first, period = self._cues.words, found.first, found.period
        at = first - 1
        if self._lexed.low(at) == "the":
            at -= 1
            first = at + 1
        low = self._lexed.low(at)
        if low == "far" and self._lexed.low(at - 1) == "so" and period.start is not None and period.start <= self._today:
            return at - 1, Period(period.start, self._today)
        if low in words["prepositions"] and at >= 0:
            first = at
        if low in words["since"] and period.start is not None and not self._is_when(found.last):
            period = Period(period.start, max(self._today, period.start))
        elif low in words["between"] and found.unit == "stretch":
            first = at
        return first, period

    def _is_when(self, at: int) -> bool:
        """Whether a clause goes on to say what happened then: "since January, when the port handled 112 ships"."""
        return "when" in (self._lexed.low(at), self._lexed.low(at + 1) if self._lexed.low(at) == "," else "")

    def _bare(self, found: Found) -> int:
        """The date without its preposition, but with its article."""
        return found.first - 1 if self._lexed.low(found.first - 1) in self._cues.words["the"] else found.first

    # What the grammar asks of the sentence

    def _ahead(self, index: int) -> bool | None:
        """Whether the clause at this piece speaks of the future; None where its verb leaves that open."""
        lead = self._lexed.low(index - 1)
        if lead in self._cues.words["from_now"]:
            return True
        token = self._token(index)
        for ancestor in (token, *token.ancestors):
            if ancestor.pos_ in ("VERB", "AUX"):
                future = self._is_future(ancestor)
                # "Expects rain by Monday": a limit is ahead where no verb says that it is past
                return True if future is None and lead in self._cues.words["limit"] else future
            if ancestor.lower_ in self._cues.figures["adjectives"]:
                return True
        return None

    def _is_future(self, verb: Token) -> bool | None:
        words = self._cues.words
        if any(c.dep_ == "aux" and c.lower_ in words["past_aux"] for c in verb.children):
            return False
        if verb.lemma_.lower() in self._cues.figures["putting_off"]:
            return True
        if verb.lemma_.lower() in words["foreseeing"] and verb.tag_ in ("VBZ", "VBP"):
            return True
        if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ in words["going_aux"] for c in verb.children):
            return True
        for child in verb.children:
            if child.dep_ in ("aux", "auxpass") and child.lower_ in words["future_aux"]:
                return not any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
            if child.dep_ == "mark" and child.lower_ in ("if", "unless"):
                return True
        if verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
            return verb.head.i == verb.i or verb.head.lemma_.lower() not in ("use", "have")
        if verb.lower_ in self._cues.figures["adjectives"] and verb.tag_ == "VBN":
            return True
        return False if verb.tag_ in ("VBD", "VBN") else None

    def _counts(self, index: int) -> bool:
        """Whether a numeral that could be a year counts the plural noun after it."""
        token = self._token(index)
        if token.ent_type_ in ("QUANTITY", "MONEY", "PERCENT"):
            return True
        if token.dep_ != "nummod" or token.head.i <= token.i or token.head.tag_ not in ("NNS", "NNPS"):
            return False
        if token.head.dep_ == "compound" or any(child.dep_ in ("det", "poss") for child in token.head.lefts):
            return False
        # A text that writes 1,240 with a comma means a year by 2027.
        year = int(self._lexed.pieces[index].text)
        return not (self._groups and abs(year - self._today.year) <= _NEAR_YEARS)

    def _anchor(self, index: int) -> Period | None:
        """The last period said before, if it is in this sentence or the one before."""
        if not self._spans:
            return None
        sentence = self._token(index).sent
        before = sentence.start_char if sentence.start == 0 else self._doc[sentence.start - 1].sent.start_char
        last = self._spans[-1]
        return last.period if last.start >= before and last.period != _NO_PERIOD else None

    def _is_figure(self, found: Found, first: int) -> bool:
        """Whether the date is itself what is stated."""
        tokens = tuple(self._token(at) for at in range(found.first, found.last))
        lead = self._lexed.low(first)
        possessive = self._lexed.low(found.last - 1).endswith("'s") or self._lexed.low(found.last) == "'"
        dated = Dated(tokens, lead, found.period, found.unit, self._today, possessive)
        governor = governor_of(tokens[0])
        is_verb = governor is not None and governor.pos_ in ("VERB", "AUX")
        return states(dated, self._cues, self._is_future(governor) if governor is not None and is_verb else None)


@Language.factory("dates", assigns=["doc._.dates"], requires=["doc.sents"], default_config={"models": ""})
def _component(nlp: Language, name: str, models: str) -> "Periods":
    return Periods(load_date_cues(Path(models) / "cues" / "en"))


class Periods:
    """Sets `doc._.dates`, by the publication date of `doc._.article`."""

    def __init__(self, cues: DateCues) -> None:
        register()
        self._cues = cues

    def __call__(self, doc: Doc) -> Doc:
        article = doc._.article
        doc._.dates = find_dates(doc, None if article is None else article.published, self._cues)
        return doc
