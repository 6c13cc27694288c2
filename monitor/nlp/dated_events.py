"""The events of a text that it dates: a quake on Sunday, the attack that was found on 3 May."""

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc, Token

from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import VERBAL, ancestors
from monitor.nlp.governing import SINCE
from monitor.nlp.text import text_of

RECENT = 14  # days for which an event is news
OLD = 550  # days: the results of a year are told within half of the next but one
_LONGEST = 31  # days of an incident


def is_old(period: Period, today: date | None) -> bool:
    """Whether a period is so long over that it is the background of a text and not what it is about."""
    return today is not None and period.end is not None and (today - period.end).days > OLD


class DatedEvents:
    """`incident`: the day or month of the first past event that the text dates, None where there is none."""

    def __init__(self, doc: Doc, dates: Sequence[DateSpan], today: date | None, events: frozenset[str]) -> None:
        self._doc, self._today, self._events = doc, today, events
        self.incident = next((d.period for d in dates if self._is_incident(d)), None)

    def is_recent(self, date_span: DateSpan) -> bool:
        """Whether the date is that of a recent event ("Sunday's quake"), whose toll goes on being counted."""
        start = date_span.period.start
        if self._today is None or start is None or not 0 <= (self._today - start).days <= RECENT:
            return False
        return self._event_in(date_span) is not None

    def _is_incident(self, date_span: DateSpan) -> bool:
        period = date_span.period
        if date_span.is_figure or self._today is None or period.end is None or period.days > _LONGEST:
            return False
        event = self._event_in(date_span) if period.end <= self._today and not is_old(period, self._today) else None
        words = text_of(self._doc)[date_span.start : date_span.end]
        return event is not None and event.pos_ not in VERBAL and not SINCE.match(words)

    def _event_in(self, date_span: DateSpan) -> Token | None:
        span = self._doc.char_span(date_span.start, date_span.end, alignment_mode="expand")
        return next((event for token in span or () if (event := self._event_of(token)) is not None), None)

    def _event_of(self, root: Token) -> Token | None:
        """What date words are said of: "the quake on Sunday", "a raid struck on Monday", "when the river burst"."""
        for step in list(ancestors(root))[1:4]:
            if step.lemma_.lower() in self._events and step.pos_ in {"NOUN", "PROPN"}:
                return step
            if step.pos_ in VERBAL:
                subject = next((c for c in step.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
                if subject is not None and subject.lemma_.lower() in self._events:
                    return subject
                return step if _is_temporal(step) else None
        return None


def _is_temporal(verb: Token) -> bool:
    opened = (c for c in verb.children if c.dep_ in {"advmod", "mark"})
    return verb.dep_ in {"advcl", "pcomp", "relcl"} and any(c.lower_ in {"when", "after", "as"} for c in opened)
