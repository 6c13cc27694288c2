"""What is to become a claim, and what the text before it says."""

from dataclasses import dataclass, field

from spacy.tokens import Span

from monitor.nlp.anchors import Anchor
from monitor.nlp.attributes import DateSpan, QuantitySpan
from monitor.nlp.echoes import Echoes
from monitor.nlp.players import Player
from monitor.nlp.subjects import Subject
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


Last = tuple[Figure, str, Subject | None, FigureTime]


@dataclass
class Memory:
    """What the text before says: the subject and metric of the last figure, by sentence and unit."""

    echoes: Echoes
    subject: Player | None = None
    paragraph: int = -1
    sentence: int = -1
    figure: Last | None = None
    owners: dict[str, Subject] = field(default_factory=dict)
    trust: dict[str, float] = field(default_factory=dict)
