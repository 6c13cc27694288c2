"""What a figure counts, and what the whole is that it is a share of."""

from spacy.tokens import Span, Token

from monitor.nlp.clauses import ancestors
from monitor.nlp.climbing import NOUNS

_NO_STUFF = frozenset(
    {"percent", "percentage_point", "ratio", "magnitude", "date", "day", "week", "month", "year", "hour", "minute"}
    | {"second", "kilometre", "metre", "mile", "degree_celsius", "degree_fahrenheit"}
)


_RELATIVE = frozenset({"which", "whom"})


def counted_noun(top: Token, span: Span, unit: str) -> Token | None:
    """The noun counted: "people" in "12 people" or, outside the span, "wafers" in "12,000 H5 wafers"."""
    glued = top.i > 0 and top.nbor(-1).like_num and not top.nbor(-1).whitespace_  # the "m" of "2.7m sales"
    if top.pos_ in {"NOUN", "PROPN"} and unit.startswith("count") and not top.like_num and not glued:
        return top
    if not unit.startswith("count"):
        return _stuff(top) if _is_stuff(unit) else None
    token = top
    for _ in range(3):
        if token.dep_ in {"nummod", "quantmod", "compound", "amod", "nmod", "det"} and token.head.i > token.i:
            token = token.head
            if token.pos_ in {"NOUN", "PROPN"} and not token.like_num:
                return token
    following = [child for child in top.children if child.dep_ == "prep" and child.lower_ == "of" and child.i > top.i]
    for preposition in following:
        for child in preposition.children:
            if child.dep_ == "pobj" and child.pos_ == "NOUN":
                return child
    return None


def _is_stuff(unit: str) -> bool:
    """Whether a unit measures stuff, which "of" names: tonnes, litres, bytes; not shares, money, time or length."""
    return not is_money(unit) and unit not in _NO_STUFF and "/" not in unit


def is_money(unit: str) -> bool:
    first = unit.split("/")[0]
    return len(first) == 3 and first.isupper()


def _stuff(top: Token) -> Token | None:
    for child in top.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return None


def whole_of(head: Token, span: Span, unit: str) -> Token | None:
    """What a share is of: "wafers" in "3 percent of wafers"."""
    if unit not in {"percent", "ratio"} and not unit.startswith("count"):
        return None
    for token in [head, *span]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "in" and span.start <= child.i < span.end:
                part = _beyond(child, span)
                if part is not None:
                    return part
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "in"}
                and child.i >= span.end - 1
                and child.i - span.end < 2
            ):
                if child.lower_ == "in" or unit.startswith("count"):
                    continue
                for inner in child.children:
                    if inner.dep_ in {"pobj", "pcomp"}:
                        return _referred(inner)
    return None


def _referred(whole: Token) -> Token:
    """The staff of "its staff, half of whom work from home"."""
    clause = next((step for step in ancestors(whole) if step.dep_ == "relcl"), None)
    return clause.head if clause is not None and whole.lower_ in _RELATIVE and clause.head.pos_ in NOUNS else whole


def odds_of(top: Token, span: Span, unit: str) -> Token | None:
    """ "households" in "one in three households", where the parse takes the odds for a number."""
    if unit != "percent" or top.dep_ not in {"nummod", "quantmod"} or not any(t.lower_ in {"in", "out"} for t in span):
        return None
    noun = top.head
    return noun if noun.i >= span.end and noun.pos_ == "NOUN" else None


def _beyond(preposition: Token, span: Span) -> Token | None:
    """ "loans" in "one in four loans"."""
    inner = (child for child in preposition.children if child.dep_ == "pobj" and child.pos_ == "NOUN")
    return next((child for child in inner if child.i >= span.end), None)
