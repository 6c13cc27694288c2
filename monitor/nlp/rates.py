"""What a figure is per: an hour, a tonne, each."""

from decimal import Decimal
from typing import NamedTuple

from monitor.nlp.counted import Tokens, noun_of
from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.measures import UnitForms, unit_after

_ONE = Decimal(1)
_SUBJECTS = ("nsubj", "nsubjpass", "dobj")


class Rate(NamedTuple):
    """The lower unit of a rate, the piece after it, and how many of that unit it is per (a kilowatt-hour: 0.001)."""

    unit: str
    last: int
    factor: Decimal = _ONE


def rate_of(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues, forms: UnitForms) -> Rate | None:
    """The rate whose words start at this piece; the hyphens of "12-cent-a-share" are stepped over."""
    index = _past_hyphen(lexed, index)
    word = lexed.low(index)
    if word in cues.rate_adverbs:
        return Rate(cues.rate_adverbs[word], index + 1)
    slash = word == "/" and index < len(lexed.pieces) and lexed.pieces[index].glued
    if not (word in cues.per or word in cues.rate_articles or slash):
        return _each(lexed, index, tokens, cues)
    at = _past_hyphen(lexed, index + 1)
    if lexed.low(at) in cues.capita:
        return Rate("person", at + 1)
    measure = unit_after(lexed, at, forms)
    if measure is not None and not measure.surfaces[0].before:
        if word in cues.rate_articles and lexed.low(measure.last) in cues.rate_not_after:
            return None
        return Rate(measure.surfaces[0].unit, measure.last, measure.surfaces[0].factor)
    return _noun(lexed, word, at, tokens, cues) or _each(lexed, index, tokens, cues)


def _past_hyphen(lexed: Lexed, index: int) -> int:
    pieces = lexed.pieces
    tied = index + 1 < len(pieces) and pieces[index].text in "-‐‑" and pieces[index].glued and pieces[index + 1].glued
    return index + 1 if tied else index


def _noun(lexed: Lexed, word: str, at: int, tokens: Tokens, cues: FigureCues) -> Rate | None:
    """ "Per wafer", "a share": after an article only nouns that things are counted by."""
    if at >= len(lexed.pieces) or lexed.pieces[at].kind != "w":
        return None
    token = tokens.at(lexed.pieces[at].start)
    if word in cues.per and token.pos_ in ("NOUN", "PROPN"):
        head = token
        while head.dep_ == "compound" and head.head.i == head.i + 1:
            head = head.head
        return Rate(noun_of(head, cues), lexed.at(head.idx + len(head)))
    if word in cues.rate_articles and lexed.low(at) in cues.lists["rate_nouns"]:
        return Rate(lexed.low(at), at + 1)
    return None


def _each(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues) -> Rate | None:
    """ "$28,000 each": of the plural subject or object that came before."""
    if lexed.low(index) not in cues.each or index >= len(lexed.pieces):
        return None
    token = tokens.at(lexed.pieces[index].start)
    for before in reversed(token.doc[token.sent.start : token.i]):
        of = before.dep_ == "pobj" and before.head.lower_ == "of"
        if before.tag_ == "NNS" and (before.dep_ in _SUBJECTS or of) and before.ent_type_ not in ("MONEY", "PERCENT"):
            return Rate(noun_of(before, cues), index + 1)
    return Rate("unit", index + 1)
