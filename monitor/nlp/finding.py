"""Numbers, dates and denials of a text → the figures to be claimed, and where each hangs."""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from monitor.domain.quantity import Quantity
from monitor.nlp.anchors import anchor
from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.nlp.denials import find_denials
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.named import Named
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor, Tie
from monitor.nlp.told_figures import Figure

_GAPPED = frozenset({"on", "at", "to", "by", "with"})


class Finder:
    """Finds what a text states. `opening`: where its date line stands, whose numbers are none."""

    def __init__(self, doc: Doc, named: Named, cues: MetricCues, opening: tuple[int, int]) -> None:
        self._doc, self._named, self._cues, self._opening = doc, named, cues, opening

    def figures(self) -> list[Figure]:
        """The figures of the text, in order."""
        found = []
        for index, span in enumerate(self._doc._.quantities):
            if span.aside or self._in_opening(span.start) or self._colours_heading(span):
                continue
            if not self._is_inside_other(span):
                found.append(self._figure(span, None, index))
        for date in self._doc._.dates:
            if date.is_figure and not self._in_opening(date.start):
                quantity = Quantity(unit="date", date=date.period.iso())
                span = QuantitySpan(date.start, date.end, quantity, date.start, date.end, date.end, date.end)
                figure = self._figure(span, date, -1)
                if not _only_dates(figure, found):
                    found.append(figure)
        for span, verb, thing in find_denials(self._doc, self._cues.deeds):
            hung = Anchor(thing, Tie.LEVEL, noun=thing, verb=verb)
            found.append(Figure(span, hung, verb.sent))
        return sorted(found, key=lambda figure: (figure.span.start, figure.span.end))

    def _figure(self, span: QuantitySpan, date: DateSpan | None, index: int) -> Figure:
        is_change = span.quantity.direction is not None
        hung = anchor(self._doc, span.start, span.end, span.quantity.unit, self._cues.verbs, is_change=is_change)
        if hung.verb is not None and self._named.at(hung.verb) is not None:
            hung = replace(hung, noun=hung.noun or hung.verb, verb=None)  # "Left" of "the Green Left"
        gapped = self._gapped_name(span)
        if gapped is not None:
            hung = replace(hung, noun=gapped)
        return Figure(span, hung, hung.head.sent, date, index)

    def _gapped_name(self, span: QuantitySpan) -> Token | None:
        """ "Ruland" in "Sarn stood at 31 percent and Ruland at 22 percent", where the parse loses it."""
        inside = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        at = inside.start if inside is not None else 0
        if at < 3 or self._doc[at - 1].lower_ not in _GAPPED:
            return None
        name = self._doc[at - 2]
        mention = next((m for m in self._named.mentions if m.start <= name.idx < m.end), None)
        if mention is None:
            return None
        before = text_of(self._doc)[name.sent.start_char : mention.start].rstrip().removesuffix(" the")
        joined = before.endswith((" and", ",", ";", " but", " while"))
        return name if joined and any(character.isdigit() for character in before) else None

    def _colours_heading(self, span: QuantitySpan) -> bool:
        """ "Two yields, one process": a heading that counts its own topics."""
        spelled = not any(letter.isdigit() for letter in text_of(self._doc)[span.number_start : span.number_end])
        headings = self._doc._.headings if spelled and span.quantity.unit.startswith("count") else []
        return any(start <= span.start < end for start, end in headings)

    def _is_inside_other(self, span: QuantitySpan) -> bool:
        """Numbers of dates and of names are no figures of their own."""
        for date in self._doc._.dates:
            if date.start <= span.number_start and span.number_end <= date.end and not date.is_figure:
                return True
        return any(
            entity.start <= span.number_start and span.number_end <= entity.end and entity.kind != "event"
            for entity in self._doc._.entities
        )

    def _in_opening(self, at: int) -> bool:
        return self._opening[0] <= at < self._opening[1]


def _only_dates(dated: Figure, others: Sequence[Figure]) -> bool:
    """ "Expected inflation of 2.6 percent in March": the day dates the other figure of its verb."""
    verb = dated.anchor.verb
    return verb is not None and any(
        other.date is None
        and other.anchor.verb is not None
        and other.anchor.verb.i == verb.i
        and verb.idx < other.span.start < dated.span.start
        for other in others
    )
