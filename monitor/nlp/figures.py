"""A figure on its way from the draft to the QuantitySpan, and the text in which it stands."""

from dataclasses import dataclass, field
from decimal import Decimal

from spacy.tokens import Doc, Token

from monitor.nlp.bare import Known
from monitor.nlp.counted import Counted, Tokens
from monitor.nlp.draft import Draft
from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.measures import UnitForms

SHARES = ("percent", "percentage_point")
TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
PASSING = frozenset({"window", "one"})  # asides that nothing goes on with


@dataclass
class Figure:
    """A draft with what it counts, on its way to a QuantitySpan."""

    draft: Draft
    counted: Counted | None
    unit: str
    factor: Decimal
    head: Token
    end: int
    aside: str = ""


@dataclass(frozen=True)
class Text:
    doc: Doc
    lexed: Lexed
    tokens: Tokens
    cues: FigureCues
    forms: UnitForms
    known: list[Known] = field(default_factory=list)
