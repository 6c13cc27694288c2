"""Figure → what it measures, by its table or list, by the figures before it, and by what it hangs on."""

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from monitor.nlp.agreeing import sort_of_unit
from monitor.nlp.assembly_cues import AssemblyCues
from monitor.nlp.cast import Cast
from monitor.nlp.cells import Cell, cells_in, measured_in
from monitor.nlp.compared import is_more_than_before, lead, multiple
from monitor.nlp.echoes import Echoes, Told, compares, stand_in
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.labels import labelled_metric
from monitor.nlp.metric_forms import measured_by
from monitor.nlp.metrics import metric_of
from monitor.nlp.owners import clause_subject
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.subjects import Subject
from monitor.nlp.taken_up import taken_up
from monitor.nlp.text import sentence_edges, text_of
from monitor.nlp.ties import Tie
from monitor.nlp.told_figures import CARRIED, Figure, Last, Memory
from monitor.nlp.world import is_told

SUPPORT = "support"  # what polls measure
KILLED = "people killed"  # which they are not where a text is about a disease or about births
POLL_WORDS = 3  # from which on an article is about polls
# The rules that bring a subject along → how that was found; with other rules it was told earlier.
_BROUGHT = {"beside": "before", "taken up": "before", "continued": "before", "cell": "row", "row": "row"}


@dataclass(frozen=True)
class Measured:
    """A metric, how sure it is, the rule that gave it, and the subject and the unit where these came with it."""

    metric: str
    trust: float
    rule: str
    subject: Subject | None = None
    unit: str = ""

    @property
    def subject_rule(self) -> str:
        """How the subject was found that came with the metric."""
        return _BROUGHT.get(self.rule, "owner")


class Measurer:
    """Names what the figures of one text measure."""

    def __init__(self, doc: Doc, cast: Cast, phrase: Phrase, cues: AssemblyCues) -> None:
        self._doc, self._cast, self._phrase, self._cues = doc, cast, phrase, cues
        self._cells = cells_in(text_of(doc))
        counts = Counter(token.lemma_.lower() for token in doc if token.lemma_.lower() in cues.metrics.measures)
        self._measure = min(counts, key=lambda word: (-counts[word], word)) if counts else ""
        if sum(token.lemma_.lower() in cues.metrics.polls for token in doc) >= POLL_WORDS:
            self._measure = SUPPORT
        natural = cues.metrics.names.natural
        sick = sum(token.lemma_.lower() in natural for token in doc)
        self._dies_of_itself = sick >= cues.metrics.names.natural_often

    @property
    def measure(self) -> str:
        """What most of the text's figures measure; empty where there is no such word."""
        return self._measure

    def metric(self, figure: Figure, memory: Memory, echoes: Echoes) -> Measured:
        """What the figure measures, with the subject where that comes with it."""
        cues, unit = self._cues.metrics, figure.span.quantity.unit
        step = figure.span.quantity.step
        # "6.8" counts nothing, and goes on with no count
        unit = "ratio" if unit == "count:item" and step is not None and step < 1 else unit
        before = memory.figure
        told = Told(before[1], before[0].span.quantity.unit) if before is not None else None
        beside = before is not None and figure.sentence.start == before[0].sentence.start
        if (
            before is not None
            and told is not None
            and beside
            and (before[0].span.quantity.direction is None or figure.span.quantity.direction is not None)
            and compares(self._doc, figure.span.start, unit, told, cues)
        ):
            return Measured(_moved(before[1], figure, before[0]), 0.6, "beside", self._same_subject(figure, before))
        asked = taken_up(figure, memory.recent, self._cast.named, cues)
        if asked is not None:
            return Measured(asked[1], 0.6, "taken up", asked[2], asked[0].span.quantity.unit)
        cell = self._cell(figure)
        row = self._row(cell) if cell is not None else None
        in_cell = measured_in(self._doc, cell, self._phrase, cues, named=row is not None) if cell is not None else ""
        if cell is not None and in_cell and (cell.column[1] or not figure.span.counted):
            return Measured(in_cell, 0.8, "cell", row)
        if row is not None:
            return Measured(metric_of(figure.span, figure.anchor, self._phrase, cues)[0], 0.6, "row", row)
        labelled = labelled_metric(self._doc, figure.span, figure.anchor, self._phrase, cues)
        if labelled:
            return Measured(labelled, 0.8, "label")
        compared = self._compared(figure, before if beside else None)
        if compared:
            return Measured(compared, 0.6, "compared")
        metric, trust = metric_of(figure.span, figure.anchor, self._phrase, cues)
        if before is not None and _continues(figure, before[0], metric):
            return Measured(_moved(before[1], figure, before[0]), 0.5, "continued", self._same_subject(figure, before))
        if not metric or figure.anchor.tie in {Tie.LEVEL, Tie.CHANGE}:
            metric, trust = metric_of(figure.span, stand_in(figure.anchor, self._phrase), self._phrase, cues)
        metric = "" if self._is_of_thing(figure, metric) else metric
        full = echoes.complete(metric, unit, figure.anchor.tie, told)
        if figure.anchor.tie is Tie.SHARE and told is not None and beside and self._is_restated(figure.span.start):
            full = full if " as " in full else f"{told.metric} as {full}"
        if full and figure.anchor.tie is Tie.CHANGE and "annual" not in full.split() and self._is_yearly(figure):
            full = f"annual {full}"
        rule = figure.anchor.tie.value if full == metric else "completed"
        trust = trust if full == metric else 0.4
        return Measured(full, trust, rule, self._owner_told(figure, memory, full, metric))

    def named(self, metric: str, figure: Figure, subject: Subject | None) -> str:
        """The metric by its common name, and by that of a central bank's policy rate."""
        cues, bank = self._cues, subject.player.name if subject is not None else ""
        metric = " ".join(cues.metrics.names.of(metric.split(), measured_by(figure.span, cues.metrics)))
        verb = figure.anchor.verb
        if (
            verb is not None
            and verb.lemma_.lower() in cues.metrics.aiming
            and not cues.metrics.outlook & {*metric.split()}
        ):
            metric = f"{metric} target" if metric else metric
        if metric == KILLED and self._dies_of_itself:
            return "deaths"
        sentence, tails = figure.sentence.text, cues.metrics.names.after
        return cues.policy_rates.named(metric, figure.span.quantity.unit, bank, sentence, tails)

    def _cell(self, figure: Figure) -> Cell | None:
        """The cell of a table or the line of a list in which a figure stands."""
        start = figure.span.start
        return next((cell for (first, end), cell in self._cells.items() if first <= start < end), None)

    def _row(self, cell: Cell) -> Subject | None:
        """The named thing that a row is about."""
        text = text_of(self._doc)
        name = text[slice(*cell.row)].strip(" \t-–—•*·")
        named = self._cast.named.within(*cell.row)
        if named and text[named[0].start : named[0].end] == name:
            return Subject(Player.of(named[0]), 0.85, "row")
        is_listed = cell.sort[1] == 0  # a list "by district" names them all
        kind = (
            named[0].kind
            if named
            else "other"
            if is_listed
            else self._cues.nominals.get(text[slice(*cell.sort)].strip().lower())
        )
        return Subject(Player(name, kind, entity_id(name)), 0.8, "row") if kind and name[:1].isupper() else None

    def _compared(self, figure: Figure, before: Last | None) -> str:
        """The metric of a figure that says how one thing compares with another; empty for others."""
        ahead = lead(self._doc, figure.span, self._cues.metrics)
        if ahead:
            return ahead
        if before is None:
            return ""
        last, metric = before[0].span, before[1]
        if figure.span.quantity.unit != last.quantity.unit and is_more_than_before(self._doc, figure.span, last):
            return f"annual {metric} change" if self._is_yearly(figure) else f"{metric} change"
        other = multiple(self._doc, figure.span, self._phrase)
        return f"{metric} compared with {other}" if other else ""

    def _owner_told(self, figure: Figure, memory: Memory, full: str, own: str) -> Subject | None:
        """Whose an earlier figure of this metric was, where somebody only tells one: "the ministry speaks of nine"."""
        is_bare = figure.anchor.counted is None and not figure.span.counted
        is_number = figure.span.quantity.unit.startswith("count") and is_bare
        if not (is_number or full != own) or not is_told(figure.anchor, self._cast.named.world.cues):
            return None
        return memory.owners.get(full)

    def _same_subject(self, figure: Figure, before: Last) -> Subject | None:
        """The subject of the figure before, unless a rival is named since: "34 percent and the Green List on 31"."""
        last, _, subject, _ = before
        placed = self._placed(figure, before)
        if placed is not None:
            return placed
        since = self._cast.named.within(last.span.end, figure.span.start)
        own = subject.player.name if subject is not None else ""
        doer = clause_subject(figure.anchor)
        teller = self._cast.meant(doer) if doer is not None else None
        told = is_told(figure.anchor, self._cast.named.world.cues)
        if doer is not None and told and teller is not None and self._cast.named.is_onlooker(teller):
            since = [m for m in since if not doer.left_edge.idx <= m.start <= doer.idx]
        elif doer is not None and not told and self._is_other(doer, figure, own):
            return None
        return None if any(m.kind in {*CARRIED, "other"} and m.name != own for m in since) else subject

    def _placed(self, figure: Figure, before: Last) -> Subject | None:
        """The place that opens a sentence which goes on with another place's figure: "In Tolvar it was 9 percent"."""
        subject, sentence = before[2], figure.sentence
        if subject is None or subject.player.kind not in {"place", "group"} or before[0].sentence.start == sentence.start:
            return None
        opening = sentence[0]
        if opening.lower_ not in {"in", "across", "at"} or opening.dep_ != "prep":
            return None
        named = [self._cast.meant(child) for child in opening.children if child.dep_ == "pobj"]
        place = next((player for player in named if player is not None and player.kind in {"place", "other"}), None)
        return Subject(place, 0.8, "front") if place is not None else None

    def _is_other(self, doer: Token, figure: Figure, own: str) -> bool:
        """Whether the subject of a figure's clause is another thing than the one before: a name, a noun with figures."""
        named = self._cast.named.at(doer)
        if named is not None:
            return named.name != own
        is_plain = doer.pos_ == "NOUN" and doer.lemma_.lower() not in self._cues.metrics.generic
        is_other = is_plain and doer != figure.anchor.noun and figure.anchor.counted is None
        return is_other and self._cast.meant(doer) is None

    def _is_restated(self, start: int) -> bool:
        """ "costs of 3 million, or 40 percent of revenue": the share is what the figure before it makes."""
        return text_of(self._doc)[max(0, start - 5) : start].split()[-1:] == ["or"]

    def _is_of_thing(self, figure: Figure, metric: str) -> bool:
        """Whether a percentage is said of a thing that has none ("the mill was at 45%"): a measure of it is meant."""
        noun = figure.anchor.noun
        moved = figure.anchor.tie is Tie.CHANGE and metric.endswith(" change")
        metric = metric.removesuffix(" change") if moved else metric
        unit = figure.span.quantity.unit
        if noun is None or not (figure.anchor.tie is Tie.LEVEL or moved) or unit not in {"percent", "percentage_point"}:
            return False
        kinds = {"product", "place", "organisation"} if self._measure == SUPPORT else {"product", "place"}
        is_thing = self._cues.nominals.get(noun.lemma_.lower()) in kinds
        return bool(is_thing and self._measure and metric.split()[-1:] == [noun.lower_])

    def _is_yearly(self, figure: Figure) -> bool:
        start, end = sentence_edges(self._doc, figure.span.start, figure.span.end)
        near = text_of(self._doc)[max(start, figure.span.start - 80) : min(end, figure.span.end + 80)].lower()
        return any(phrase in near for phrase in self._cues.metrics.yearly)


def _continues(figure: Figure, before: Figure, metric: str) -> bool:
    """Whether a figure without a metric goes on with that of the figure before it: "up from 2.4%", "it was 3%"."""
    unit, last = figure.span.quantity.unit.split("/")[0], before.span.quantity.unit.split("/")[0]
    same_unit = unit == last
    noun = figure.anchor.noun
    is_pronoun = noun is not None and noun.tag_ in {"PRP", "DT", "WDT"}
    points_back = noun is not None and noun.lower_ in {"that", "this"} and _alike(figure, before)
    if figure.sentence.start == before.sentence.start:
        return not metric and sort_of_unit(unit) == sort_of_unit(last)
    gap = figure.sentence.start_char - before.sentence.end_char
    return gap < 3 and (points_back or (same_unit and (is_pronoun or not metric)))


def _alike(figure: Figure, before: Figure) -> bool:
    """Whether "That is 0.6 percent more", "That makes 90,000 tonnes" may be said of what the figure before it gives."""
    units = [one.span.quantity.unit.split("/")[0].split(":")[0] for one in (figure, before)]
    return (
        figure.span.quantity.direction is not None or sort_of_unit(units[0]) == sort_of_unit(units[1]) or "count" in units
    )


def _moved(metric: str, figure: Figure, before: Figure) -> str:
    """The metric of the figure before, as a change where this one says how much it moved."""
    if figure.span.quantity.direction is None or before.span.quantity.direction is not None:
        return metric
    return f"{metric} change"
