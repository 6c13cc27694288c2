"""What is to become a claim, and what the text before it says."""

from dataclasses import dataclass, field, replace

from spacy.tokens import Span

from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.nlp.echoes import Echoes
from monitor.nlp.players import Player
from monitor.nlp.subjects import Subject
from monitor.nlp.ties import Anchor
from monitor.nlp.times import FigureTime

CARRIED = frozenset({"organisation", "product", "chip", "model", "process", "event"})  # what figures go on with


@dataclass(frozen=True)
class Figure:
    """A quantity or date that is to become a claim, and where it hangs."""

    span: QuantitySpan
    anchor: Anchor
    sentence: Span
    date: DateSpan | None = None
    index: int = -1

    def counting(self, unit: str) -> "Figure":
        """The figure in this unit."""
        return replace(self, span=replace(self.span, quantity=replace(self.span.quantity, unit=unit)))


Last = tuple[Figure, str, Subject | None, FigureTime]


@dataclass
class Memory:
    """What the text before says: the subject and metric of the last figure, by sentence and unit.

    `recent`: all figures so far that say what they are of.
    """

    echoes: Echoes
    subject: Player | None = None
    paragraph: int = -1
    figure: Last | None = None
    recent: list[Last] = field(default_factory=list)
    owners: dict[str, Subject] = field(default_factory=dict)
    trust: dict[str, float] = field(default_factory=dict)

    def learn(self, metric: str, figure: Figure, owner: Subject | None) -> None:
        """Keep what a figure measures, and whose it is."""
        self.echoes.learn(metric, figure.span.quantity.unit, figure.anchor.tie)
        if metric and owner is not None:
            self.owners.setdefault(metric, owner)
