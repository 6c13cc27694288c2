"""Figure → the time that it is of: the date words that govern it, else the running time of the text, else its own day."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from spacy.tokens import Doc

from monitor.domain.claim import Modality
from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import ancestors, clause_of
from monitor.nlp.dated_clauses import begins_with_since
from monitor.nlp.dated_events import DatedEvents, is_old
from monitor.nlp.dated_layout import DatedLayout
from monitor.nlp.dated_names import is_part_of_name
from monitor.nlp.governing import (
    COMPARING,
    EARLIER,
    NEAR_ENOUGH,
    OWN,
    REPORTS,
    SINCE,
    Governing,
    Timed,
    governing_date,
    is_beside,
)
from monitor.nlp.stretches import moved
from monitor.nlp.tenses import holds_still, is_now, is_past, points_back, was_expected, would_have
from monitor.nlp.text import text_of
from monitor.nlp.time_cues import TimeCues

_AGO = re.compile(r"\b(?:an?|one|the)\s(?P<unit>day|week|month|quarter|year)\s(?:ago|earlier|before)\Z", re.IGNORECASE)
DAYS_OF_A_YEAR = 366
NEAR_BY = 2  # paragraphs over which the time of a figure holds for the same figure again
OVER = 4  # days after which what an event did is no longer counted
TOLD = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ESTIMATED})


@dataclass(frozen=True)
class FigureTime:
    """The time of a figure, in whose words, how sure, and by which rule. No period: not stated, no day known."""

    period: Period | None
    text: str
    trust: float
    rule: str = ""


class Timeline:
    """The times of one text, asked figure by figure in order: the running time moves on with them."""

    def __init__(
        self,
        doc: Doc,
        dates: Sequence[DateSpan],
        published: datetime | None,
        cues: TimeCues,
        below: "Timeline | None" = None,
    ) -> None:
        """`below`: of a title, the times of its body."""
        self._below = below
        self._doc, self._cues = doc, cues
        self._dates = [date for date in dates if not is_part_of_name(doc, date, cues)]
        self._today = published.date() if published is not None else None
        self._figures = [(q.start, q.end) for q in doc._.quantities]
        self._past_or_open = [d for d in self._dates if not self._is_over(d.period)]
        self._times: dict[tuple[str, str], tuple[int, FigureTime]] = {}
        self._layout = DatedLayout(doc, self._dates)
        self._running: FigureTime | None = None
        self._bracketed: FigureTime | None = None
        self._paragraph = -1
        self._figures_of: Counter[Period | None] = Counter()
        self._events = DatedEvents(doc, self._dates, self._today, cues.events)
        own = self._events.incident
        self._incident: Period | None = own if own is not None or below is None else below._incident
        self._expected: tuple[int, FigureTime | None] = (-1, None)

    def time_of(self, figure: Timed) -> FigureTime:
        """The governing date; else the time that the text gives such figures; else the day of publication."""
        self._turn_to(figure.start)
        cell = self._layout.of_cell(figure.start)
        found = self._in_words(cell, "cell") if cell is not None else self._governing(figure)
        if self._is_instant(figure) and (found is None or found.trust < OWN):
            found = self._of_incident(figure)
        if found is not None:
            self._remember(figure, found)
            return found
        running = self._carried(figure)
        if running is not None:
            self._figures_of[running.period] += 1
            self._expect(figure, running)
            return replace(running, trust=0.4)
        return FigureTime(Period(self._today, self._today) if self._today else None, "", 0.5, "publication")

    def _turn_to(self, at: int) -> None:
        """Forget the running time where a new paragraph begins."""
        paragraph = next((i for i, (a, b) in enumerate(self._doc._.paragraphs) if a <= at < b), -1)
        if paragraph != self._paragraph:
            self._paragraph, self._running = paragraph, None

    def _is_over(self, period: Period) -> bool:
        """Whether a period had ended when the text was published: no forecast is of it."""
        return self._today is not None and period.end is not None and period.end <= self._today

    def _is_ahead(self, period: Period) -> bool:
        return self._today is not None and period.start is not None and period.start > self._today

    # The date words of the sentence

    def _governing(self, figure: Timed) -> FigureTime | None:
        looks_ahead = figure.modality is Modality.FORECAST and not was_expected(figure.head)
        dates = self._past_or_open if looks_ahead else self._dates
        found = governing_date(self._doc, figure, dates, self._figures, self._cues)
        if found is None or found.trust < NEAR_ENOUGH or (found.trust < OWN and self._is_now(figure)):
            return None
        if self._is_ahead(found.date.period) and figure.modality in TOLD and not self._is_meant_for(figure, found):
            return None
        if found.trust == REPORTS and _days(found.date.period) < 27:
            return None  # "Friday's report" dates the report
        own_verb = clause_of(found.root) == clause_of(figure.head) and found.root.i > figure.head.i
        if self._is_toll(figure) and not own_verb and self._events.is_recent(found.date):
            return None
        words = self._words(found.date)
        before = self._before_the_figure(figure, words)
        return FigureTime(before or self._counted_since(found), words, found.trust, "governing")

    def _is_meant_for(self, figure: Timed, found: Governing) -> bool:
        """ "A quota of 9 tonnes for 2028" is of that time; "owes 9 million and may be gone by Christmas" is not."""
        own, other = clause_of(figure.head), clause_of(found.root)
        led = {step.lower_ for step in list(ancestors(found.root))[:2]} | {self._words(found.date).split()[0].lower()}
        return own == other and (found.trust >= OWN or "for" in led)

    def _before_the_figure(self, figure: Timed, words: str) -> Period | None:
        """What "from 118 a year ago" is of: the time of the figure it is compared with, a year back."""
        ago, (sentence, time) = _AGO.search(words), self._expected
        if ago is None or time is None or time.period is None or sentence != figure.head.sent.start:
            return None
        return moved(time.period, ago["unit"].lower(), -1) if time.period.days <= DAYS_OF_A_YEAR else None

    def _counted_since(self, found: Governing) -> Period:
        """The period of the date; from it to the day of publication after "since fighting resumed in June"."""
        period = found.date.period
        if self._today is None or period.start is None or not begins_with_since(found.root):
            return period
        return Period(period.start, max(period.start, self._today))

    def _is_instant(self, figure: Timed) -> bool:
        return bool(self._cues.instants.intersection(figure.metric.lower().split()))

    def _is_toll(self, figure: Timed) -> bool:
        return bool(self._cues.tolls.intersection(figure.metric.lower().split()))

    # The time that the text goes on with

    def _remember(self, figure: Timed, time: FigureTime) -> None:
        """The running time is that of what the text tells, not of what it compares with or puts in brackets."""
        if self._is_compared(figure.start):
            self._bracketed = time if self._is_bracketed(figure.start) else self._bracketed
            return
        self._running = time
        self._figures_of[time.period] += 1
        self._expect(figure, time)
        self._times.setdefault((figure.subject, figure.metric), (self._paragraph, time))

    def _expect(self, figure: Timed, time: FigureTime) -> None:
        """What is expected for a time was expected for it before: "raised its forecast to 24, from 20"."""
        self._expected = (figure.head.sent.start, time)

    def _is_bracketed(self, at: int) -> bool:
        text = text_of(self._doc)
        opened = text.rfind("(", max(0, at - 80), at)
        return opened >= 0 and ")" not in text[opened:at]

    def _is_compared(self, at: int) -> bool:
        before = text_of(self._doc)[max(0, at - 24) : at]
        return self._is_bracketed(at) or COMPARING.search(before) is not None or EARLIER.search(before) is not None

    def _carried(self, figure: Timed) -> FigureTime | None:
        if self._is_bracketed(figure.start) and figure.modality in TOLD:
            before = self._of_heading(figure)
            if self._bracketed is not None or before is not None:
                return replace(self._bracketed, rule="bracketed") if self._bracketed is not None else before
        if figure.modality is Modality.FORECAST and self._expected[0] == figure.head.sent.start and self._expected[1]:
            return replace(self._expected[1], rule="sentence")
        if self._is_compared(figure.start) or self._is_now(figure):
            return None
        rules = (self._known, self._lasting, self._of_heading, self._of_article, self._of_incident)
        for time in (rule(figure) for rule in rules if rule == self._known or not self._is_standing(figure)):
            if time is not None and time.period is not None and self._fits(figure, time.period):
                return time
        return None

    def _fits(self, figure: Timed, period: Period) -> bool:
        """What has been measured is of no time ahead, what is expected of none that is over."""
        if figure.modality in TOLD or (figure.modality is Modality.FORECAST and was_expected(figure.head)):
            return not self._is_ahead(period)
        return figure.modality is Modality.DENIED or not self._is_over(period) or would_have(figure.head)

    def _is_now(self, figure: Timed) -> bool:
        return figure.modality in TOLD and is_now(figure.head)

    def _is_standing(self, figure: Timed) -> bool:
        """Whether a sentence says that the figure holds at the time of writing; headlines tell the past so, too."""
        is_told = figure.modality in TOLD and self._doc._.where == "body"
        return is_told and holds_still(figure.head) and not points_back(figure.head)

    def _known(self, figure: Timed) -> FigureTime | None:
        """The time given not long before for the same metric of the same subject."""
        paragraph, time = self._times.get((figure.subject, figure.metric), (0, None))
        return time if self._is_of_stretch(figure) or self._paragraph - paragraph <= NEAR_BY else None

    def _lasting(self, figure: Timed) -> FigureTime | None:
        """The time of the figure before in the paragraph, for another figure of a stretch of time."""
        if self._running is None or SINCE.match(self._running.text):
            return None
        if not self._is_of_stretch(figure) and not points_back(figure.head):
            return None
        flows = bool(self._cues.flows.intersection(figure.metric.lower().split()))
        if flows and self._running.period is not None and self._running.period.days == 1:
            return None  # births of a year, beside the people who lived there on one day
        return replace(self._running, rule="paragraph")

    def _is_of_stretch(self, figure: Timed) -> bool:
        words = set(figure.metric.lower().split())
        if words & self._cues.differences:
            return False  # "the gap between the two is 9 tonnes": it is there now
        expected = figure.modality in {Modality.FORECAST, Modality.ESTIMATED} and bool(words & self._cues.crops)
        return expected or bool(words & self._cues.stretch)

    def _of_heading(self, figure: Timed) -> FigureTime | None:
        """The period named by the heading above the figure."""
        found = self._layout.of_heading(figure.start, bracketed=self._is_bracketed(figure.start))
        return self._in_words(found, "heading") if found is not None else None

    def _in_words(self, found: DateSpan, rule: str) -> FigureTime:
        return FigureTime(found.period, self._words(found), 0.4, rule)

    def _words(self, found: DateSpan) -> str:
        return text_of(self._doc)[found.start : found.end]

    def _of_article(self, figure: Timed) -> FigureTime | None:
        """The stretch that the text is about, for figures of a stretch: that of most figures, then named most often."""
        if not self._is_of_stretch(figure):
            return None
        ahead = figure.modality is Modality.FORECAST
        dates = [
            d
            for d in self._dates
            if not d.is_figure
            and not is_beside(text_of(self._doc), d, -1, -1)
            and not SINCE.match(self._words(d))
            and not _AGO.search(self._words(d))
            and 27 <= _days(d.period) <= 370
            and self._may_be_about(d.period, ahead=ahead)
        ]
        ended = [d for d in dates if self._is_over(d.period)]
        periods = [d.period for d in (dates if ahead or not ended else ended)]
        if not periods:
            return self._below._of_article(figure) if self._below is not None else None
        counts = Counter(periods)
        best = max(periods, key=lambda period: (self._figures_of[period], counts[period], -periods.index(period)))
        return FigureTime(best, "", 0.4, "article")

    def _may_be_about(self, period: Period, *, ahead: bool) -> bool:
        if ahead:
            return not self._is_over(period)
        return not self._is_ahead(period) and not is_old(period, self._today)

    # Events

    def _of_incident(self, figure: Timed) -> FigureTime | None:
        """The time of the event, for what was measured at that moment, and for the counts of one that is long over."""
        if self._incident is None or self._today is None or self._incident.end is None:
            return None
        measured = self._is_instant(figure)
        over = (self._today - self._incident.end).days >= OVER
        counted = figure.unit.startswith("count:") and over and figure.modality in TOLD and is_past(figure.head)
        return FigureTime(self._incident, "", 0.4, "incident") if measured or counted else None


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0
