"""Figure → the time that it is of: the date words that govern it, else the running time of the text, else its own day."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.period import Period
from monitor.nlp.attributes import DateSpan
from monitor.nlp.clauses import ancestors, clause_of, subject_of

_COMPARED = re.compile(
    r"(?:from|than|against|versus|over|on)\b.*\b(?:earlier|before|ago|last|previous|prior|year)", re.IGNORECASE
)
_COMPARING = re.compile(
    r"\b(?:from|than|against|versus|behind|compared with|compared to|as)\s(?:that |those )?(?:of |in )?$", re.IGNORECASE
)
_EARLIER = re.compile(r"\b(?:from|than|against|versus|compared with|compared to|after)\s(?:a |an |the )?$", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:before|until|till)\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_TO = re.compile(r"\bto (?:\w+ )?$", re.IGNORECASE)
_GIVING = frozenset({"release", "publish", "disclose", "issue", "announce", "report", "give", "reveal", "post", "state"})
_TELLING = frozenset({"ccomp", "parataxis"})
NEAR_ENOUGH = 0.2  # of a governing date: below, it stands in a clause that is not the figure's
REPORTS = 0.4  # a date of the report, survey or count that tells it
OWN = 0.8  # a date of the figure's own phrase
NEAR_BY = 2  # paragraphs over which the time of a figure holds for the same figure again
OVER = 4  # days after which what an event did is no longer counted
RECENT = 14  # days for which an event is news
TOLD = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ESTIMATED})


@dataclass(frozen=True)
class Governing:
    """The date of a figure and how near it stands: 1 its own phrase, 0 another clause."""

    date: DateSpan
    trust: float


def governing_date(
    doc: Doc,
    start: int,
    end: int,
    head: Token,
    noun: Token | None,
    dates: Sequence[DateSpan],
    figures: Sequence[tuple[int, int]],
) -> Governing | None:
    """The date in the figure's sentence that says when it holds, or None."""
    sentence = head.sent
    rivals = []
    for date in dates:
        if date.end <= sentence.start_char or date.start >= sentence.end_char or date.is_figure:
            continue
        span = doc.char_span(date.start, date.end, alignment_mode="expand")
        if span is None or _is_of_other(doc.text, date, start, figures):
            continue
        score = _score_beside(doc, date, span.root, start, end, head, noun)
        if score > 0:
            rivals.append((score, -abs(date.start - end), -date.start, date))
    if not rivals:
        return None
    best = max(rivals, key=lambda rival: rival[:3])
    return Governing(best[3], min(best[0] / 100.0, 1.0))


def _score_beside(doc: Doc, date: DateSpan, root: Token, start: int, end: int, head: Token, noun: Token | None) -> float:
    """The score of a date, where need be against its look: "more than last year's 241" dates the 241."""
    if _owns(root, head, noun):
        return 97.0
    if _is_beside(doc.text, date, start, end) or _bounds_a_record(root) or _came_to(doc, date, start):
        return 0.0
    clause, later = clause_of(head), clause_of(root)
    if clause != later and _is_joined(later, clause):
        return 0.0
    return _score(doc, date, root, start, end, head, noun)


def _owns(root: Token, head: Token, noun: Token | None) -> bool:
    """Whether the figure is the date's own: "last year's 241 billion", "last season's record of 27 million"."""
    if root.dep_ != "poss":
        return False
    for step in ancestors(head):
        if step in {root.head, noun} and root.head == step:
            return True
        if step.dep_ not in {"pobj", "prep", "nummod", "quantmod", "nmod"}:
            return False
    return False


def _came_to(doc: Doc, date: DateSpan, start: int) -> bool:
    """Whether the figure is where something has come to since the date, which is now: "doubled since June, to 280"."""
    text = doc.text
    since = _SINCE.search(text[max(0, date.start - 12) : date.start]) or _SINCE.match(text[date.start : date.end])
    return since is not None and _TO.search(text[max(0, start - 12) : start]) is not None


def _bounds_a_record(root: Token) -> bool:
    """Whether the date only says since when nothing like it was seen: "the widest since 2019"."""
    for step in list(ancestors(root))[:3]:
        if step.lower_ == "since":
            held = [step.head, *step.head.children]
            return any(
                token.tag_ in {"JJS", "RBS"} or token.lower_ in {"first", "last"} for token in held if token.i < step.i
            )
    return False


def _is_of_other(text: str, date: DateSpan, start: int, figures: Sequence[tuple[int, int]]) -> bool:
    """Whether a date directly follows an earlier value: "to 41, from 36 in 2024" says nothing of the 41."""
    for other_start, other_end in figures:
        if 0 <= date.start - other_end <= 2 and other_start != start:
            return bool(_EARLIER.search(text[max(0, other_start - 16) : other_start]))
    return False


def _is_beside(text: str, date: DateSpan, start: int, end: int) -> bool:
    """Whether a date is what the figure is compared with, or stands in brackets of its own."""
    if _COMPARED.match(text[date.start : date.end]) or _COMPARING.search(text[max(0, date.start - 16) : date.start]):
        return True
    opened = text.rfind("(", max(0, date.start - 120), date.start)
    closed = text.find(")", date.end, date.end + 120)
    bracketed = (
        opened >= 0 and closed >= 0 and ")" not in text[opened : date.start] and "(" not in text[date.end : closed]
    )
    return bracketed and not opened <= start < closed


def _bounds_only(text: str, date: DateSpan) -> bool:
    """Whether the date only says before or until when ("no step before the spring")."""
    return bool(_BOUND.match(text[date.start : date.end]) or _BOUND.search(text[max(0, date.start - 8) : date.start]))


def _score(doc: Doc, date: DateSpan, root: Token, start: int, end: int, head: Token, noun: Token | None) -> float:
    chain = list(ancestors(root))
    if _dates_telling(chain):
        return 0.0
    distance = min(abs(root.idx - end), abs(start - root.idx))
    nearness = max(0.0, 20.0 - distance / 8.0)
    between = doc.text[end : root.idx] if root.idx > end else ""
    if root.idx > end and distance < 30 and not any(mark in between for mark in ",;.:") and not _has_digit(between):
        return 95.0 + nearness / 10
    if _bounds_only(doc.text, date):
        return 8.0
    if root.dep_ == "poss" and root.head not in {head, noun}:
        return 20.0 + nearness / 2
    if head in chain or (noun is not None and noun in chain):
        return 85.0 + nearness / 2
    own, other = clause_of(head), clause_of(root)
    if own == other:
        return 60.0 + nearness
    if other in set(ancestors(own)):
        if _tells(other, own):
            return 40.0 if _is_of_report(root, other) else 0.0
        # "Opened in May and costs 4 million": what follows a clause's date and is joined to it has none.
        return 15.0 if _is_joined(own, other) and root.i > other.i else 35.0 + nearness
    if own in set(ancestors(other)):
        apart = _is_relative(other) or _is_sequel(other) or _is_another_matter(other) or _is_of_the_past(other, own)
        return 0.0 if apart else 25.0 + nearness
    return 12.0 + nearness / 2


def _dates_telling(chain: Sequence[Token]) -> bool:
    """Whether a date is that of giving a figure out: "the 640 cases it named last month"."""
    verb = next((step for step in chain if step.pos_ == "VERB"), None)
    return verb is not None and verb.dep_ in {"acl", "relcl"} and verb.lemma_.lower() in _GIVING


def _tells(verb: Token, below: Token) -> bool:
    """Whether the verb reports the clause below it: its date is that of the saying."""
    for step in ancestors(below):
        if step.head == verb and step != verb:
            return step.dep_ in _TELLING
    return any(child.dep_ in _TELLING for child in verb.children)


def _is_of_report(root: Token, verb: Token) -> bool:
    """Whether the date is part of the name of what tells: "a survey in 2024 found", not "the office said in May"."""
    return any(step.dep_ == "nsubj" and step.head == verb for step in ancestors(root))


def _is_joined(own: Token, other: Token) -> bool:
    """Whether a clause with a subject or auxiliary of its own is joined to the other."""
    if not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in own.children):
        return False
    for step in ancestors(own):
        if step == other:
            return True
        if step.dep_ != "conj":
            return False
    return False


def _is_sequel(verb: Token) -> bool:
    """Whether the clause says after what something came: "fled after the river burst its banks on Monday"."""
    return any(c.lower_ == "after" and c.dep_ in {"mark", "prep"} for c in verb.children) or (
        verb.dep_ == "pcomp" and verb.head.lower_ == "after"
    )


def _is_another_matter(verb: Token) -> bool:
    """Whether the clause is the object of a preposition and has its own subject: "like what they paid in 2023"."""
    return verb.dep_ == "pcomp" and subject_of(verb) is not None


def _is_of_the_past(verb: Token, main: Token) -> bool:
    """Whether a participle tells what had been before what the main clause says holds: "Opened in 1998, it has 40"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and main.tag_ in {"VBZ", "VBP"}


def _is_relative(verb: Token) -> bool:
    return verb.dep_ in {"relcl", "acl"} or any(child.dep_ in _TELLING for child in verb.children)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


# --- the time of a figure, over the whole text


@dataclass(frozen=True)
class TimeCues:
    """Which figures are of a stretch of time, of the moment of an event, or grow until the day of the report."""

    stretch: frozenset[str]
    crops: frozenset[str]
    tolls: frozenset[str]
    instants: frozenset[str]
    events: frozenset[str]

    @staticmethod
    def read(folder: Path) -> "TimeCues":
        """The cues of a folder such as models/cues/en."""
        tables = tomllib.loads((folder / "dates.toml").read_text(encoding="utf-8"))["of_figures"]
        names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))["nominals"]
        return TimeCues(
            frozenset(tables["stretch"]),
            frozenset(tables["crops"]),
            frozenset(tables["tolls"]),
            frozenset(tables["instants"]),
            frozenset(names["event"]) - frozenset(tables["lasting_events"]),
        )


@dataclass(frozen=True)
class Timed:
    """A figure whose time is wanted: its span, the token it hangs on, the noun it is of, and what is known of it."""

    start: int
    end: int
    head: Token
    noun: Token | None
    metric: str
    subject: str
    modality: Modality
    unit: str


@dataclass(frozen=True)
class FigureTime:
    """The time of a figure, in whose words, how sure, and by which rule. No period: not stated, no day known."""

    period: Period | None
    text: str
    trust: float
    rule: str = ""


class Timeline:
    """The times of one text, asked figure by figure in order: the running time moves on with them."""

    def __init__(self, doc: Doc, dates: Sequence[DateSpan], published: datetime | None, cues: TimeCues) -> None:
        self._doc, self._dates, self._cues = doc, list(dates), cues
        self._today = published.date() if published is not None else None
        self._figures = [(q.start, q.end) for q in doc._.quantities]
        self._past_or_open = [d for d in self._dates if not self._is_over(d.period)]
        self._times: dict[tuple[str, str], tuple[int, FigureTime]] = {}
        self._running: FigureTime | None = None
        self._bracketed: FigureTime | None = None
        self._paragraph = -1
        self._incident = self._date_of_incident()
        self._expected: tuple[int, FigureTime | None] = (-1, None)

    def time_of(self, figure: Timed) -> FigureTime:
        """The governing date; else the time that the text gives such figures; else the day of publication."""
        self._turn_to(figure.start)
        found = self._governing(figure)
        if found is not None:
            self._remember(figure, found)
            return found
        running = self._carried(figure)
        if running is not None:
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
        dates = self._past_or_open if figure.modality is Modality.FORECAST else self._dates
        found = governing_date(self._doc, figure.start, figure.end, figure.head, figure.noun, dates, self._figures)
        if found is None or found.trust < NEAR_ENOUGH or (found.trust < OWN and _is_now(figure)):
            return None
        if self._is_ahead(found.date.period) and found.trust < OWN and figure.modality in TOLD:
            return None
        if found.trust == REPORTS and _days(found.date.period) < 27:
            return None  # "Friday's report" dates the report
        if self._is_toll(figure) and self._is_of_event(found.date):
            return None
        words = self._doc.text[found.date.start : found.date.end]
        return FigureTime(found.date.period, words, found.trust, "governing")

    def _is_toll(self, figure: Timed) -> bool:
        return bool(self._cues.tolls.intersection(figure.metric.lower().split()))

    def _is_of_event(self, date_span: DateSpan) -> bool:
        """Whether the date is that of a recent event ("Sunday's quake"), whose toll goes on being counted."""
        start = date_span.period.start
        if self._today is None or start is None or not 0 <= (self._today - start).days <= RECENT:
            return False
        span = self._doc.char_span(date_span.start, date_span.end, alignment_mode="expand")
        return span is not None and any(self._event_of(token) is not None for token in span)

    def _event_of(self, root: Token) -> Token | None:
        """The event that date words are said of: "the quake on Sunday", "when the river burst on Monday"."""
        for step in list(ancestors(root))[1:4]:
            if step.lemma_.lower() in self._cues.events and step.pos_ in {"NOUN", "PROPN"}:
                return step
            if step.pos_ in {"VERB", "AUX"}:
                temporal = any(
                    c.dep_ in {"advmod", "mark"} and c.lower_ in {"when", "after", "as"} for c in step.children
                )
                subject = next((c for c in step.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
                acting = subject is not None and subject.lemma_.lower() in self._cues.events
                return step if acting or (temporal and step.dep_ in {"advcl", "pcomp", "relcl"}) else None
        return None

    # The time that the text goes on with

    def _remember(self, figure: Timed, time: FigureTime) -> None:
        """The running time is that of what the text tells, not of what it compares with or puts in brackets."""
        if self._is_compared(figure.start):
            self._bracketed = time if self._is_bracketed(figure.start) else self._bracketed
            return
        self._running = time
        self._expect(figure, time)
        self._times.setdefault((figure.subject, figure.metric), (self._paragraph, time))

    def _expect(self, figure: Timed, time: FigureTime) -> None:
        """What is expected for a time was expected for it before: "raised its forecast to 24, from 20"."""
        self._expected = (figure.head.sent.start, time)

    def _is_bracketed(self, at: int) -> bool:
        text = self._doc.text
        opened = text.rfind("(", max(0, at - 80), at)
        return opened >= 0 and ")" not in text[opened:at]

    def _is_compared(self, at: int) -> bool:
        before = self._doc.text[max(0, at - 24) : at]
        return self._is_bracketed(at) or _COMPARING.search(before) is not None or _EARLIER.search(before) is not None

    def _carried(self, figure: Timed) -> FigureTime | None:
        if self._is_bracketed(figure.start) and self._bracketed is not None and figure.modality in TOLD:
            return replace(self._bracketed, rule="bracketed")
        if figure.modality is Modality.FORECAST and self._expected[0] == figure.head.sent.start and self._expected[1]:
            return replace(self._expected[1], rule="sentence")
        if self._is_compared(figure.start) or _is_now(figure):
            return None
        for time in (
            self._known(figure),
            self._lasting(figure),
            self._of_heading(figure),
            self._of_article(figure),
            self._of_incident(figure),
        ):
            if time is not None and time.period is not None and self._fits(figure, time.period):
                return time
        return None

    def _fits(self, figure: Timed, period: Period) -> bool:
        """What has been measured is of no time ahead, what is expected of none that is over."""
        if figure.modality in TOLD:
            return not self._is_ahead(period)
        return not (figure.modality is Modality.FORECAST and self._is_over(period))

    def _known(self, figure: Timed) -> FigureTime | None:
        """The time given not long before for the same metric of the same subject."""
        paragraph, time = self._times.get((figure.subject, figure.metric), (0, None))
        return time if self._is_of_stretch(figure) or self._paragraph - paragraph <= NEAR_BY else None

    def _lasting(self, figure: Timed) -> FigureTime | None:
        """The time of the figure before in the paragraph, for another figure of a stretch of time."""
        if self._running is None or not self._is_of_stretch(figure) or _SINCE.match(self._running.text):
            return None
        return replace(self._running, rule="paragraph")

    def _is_of_stretch(self, figure: Timed) -> bool:
        words = set(figure.metric.lower().split())
        expected = figure.modality is Modality.FORECAST and bool(words & self._cues.crops)
        return expected or bool(words & self._cues.stretch)

    def _of_heading(self, figure: Timed) -> FigureTime | None:
        """The period named by the heading above the figure."""
        above = [(a, b) for a, b in self._doc._.headings if b <= figure.start]
        if not above:
            return None
        start, end = above[-1]
        dates = [d for d in self._dates if start <= d.start < end]
        if not dates:
            return None
        return FigureTime(dates[0].period, self._doc.text[dates[0].start : dates[0].end], 0.4, "heading")

    def _of_article(self, figure: Timed) -> FigureTime | None:
        """The stretch of time that the text is about, for figures of a stretch: named most often, then first."""
        if not self._is_of_stretch(figure):
            return None
        ahead = figure.modality is Modality.FORECAST
        dates = [
            d
            for d in self._dates
            if not d.is_figure
            and not _is_beside(self._doc.text, d, -1, -1)
            and not _SINCE.match(self._doc.text[d.start : d.end])
            and 27 <= _days(d.period) <= 370
            and (not self._is_over(d.period) if ahead else not self._is_ahead(d.period))
        ]
        ended = [d for d in dates if self._is_over(d.period)]
        dates = dates if ahead or not ended else ended
        counts = Counter(d.period for d in dates)
        if not counts:
            return None
        best = max(counts.values())
        first = next(d for d in dates if counts[d.period] == best)
        return FigureTime(first.period, "", 0.4, "article")

    # Events

    def _date_of_incident(self) -> Period | None:
        """The day or month of the one past event that the text dates."""
        found = []
        for date_span in self._dates:
            span = self._doc.char_span(date_span.start, date_span.end, alignment_mode="expand")
            event = self._event_of(span.root) if span is not None and not date_span.is_figure else None
            named = event is not None and (event.pos_ in {"NOUN", "PROPN"})
            if named and self._is_over(date_span.period) and _days(date_span.period) <= 31:
                found.append(date_span.period)
        return found[0] if found else None

    def _of_incident(self, figure: Timed) -> FigureTime | None:
        """The time of the event, for what was measured at that moment, and for the counts of one that is long over."""
        if self._incident is None or self._today is None or self._incident.end is None:
            return None
        measured = self._cues.instants.intersection(figure.metric.lower().split())
        over = (self._today - self._incident.end).days >= OVER
        counted = figure.unit.startswith("count:") and over and figure.modality in TOLD and _is_past(figure.head)
        return FigureTime(self._incident, "", 0.4, "incident") if measured or counted else None


def _is_now(figure: Timed) -> bool:
    """Whether the figure's clause says that it holds now."""
    head = figure.head
    return figure.modality in TOLD and any(
        c.dep_ == "advmod" and c.lower_ in {"now", "currently"} for c in clause_of(head).children
    )


def _is_past(head: Token) -> bool:
    """Whether the figure's clause tells of what has happened."""
    verb = clause_of(head)
    if any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} for c in verb.children):
        return False  # "have been filed": until now
    return verb.tag_ in {"VBD", "VBN"} or any(
        c.dep_ in {"relcl", "acl"} and c.tag_ in {"VBD", "VBN"} for c in head.children
    )


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1 if period.start and period.end else 0
