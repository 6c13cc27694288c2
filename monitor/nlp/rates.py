"""What a figure is per: an hour, a tonne, each."""

from monitor.nlp.counted import Tokens, noun_of
from monitor.nlp.figure_cues import FigureCues
from monitor.nlp.lexing import Lexed
from monitor.nlp.measures import UnitForms, unit_after


def rate_of(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues, forms: UnitForms) -> tuple[str, int] | None:
    """The lower unit of a rate that starts at this piece, and the piece after it."""
    word = lexed.low(index)
    if word in cues.rate_adverbs:
        return cues.rate_adverbs[word], index + 1
    slash = word == "/" and index < len(lexed.pieces) and lexed.pieces[index].glued
    if not (word in cues.per or word in cues.rate_articles or slash):
        return _each(lexed, index, tokens, cues)
    if lexed.low(index + 1) == "capita":
        return "person", index + 2
    measure = unit_after(lexed, index + 1, forms)
    if measure is not None and not measure.surfaces[0].before:
        after = lexed.low(measure.last)
        if word in cues.rate_articles and after in cues.rate_not_after:
            return None
        return measure.surfaces[0].unit, measure.last
    return _noun(lexed, index, tokens, cues) or _each(lexed, index, tokens, cues)


def _noun(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues) -> tuple[str, int] | None:
    """ "Per wafer", "a share": an article needs a noun that is counted so."""
    at = index + 1
    if at >= len(lexed.pieces) or lexed.pieces[at].kind != "w":
        return None
    word = lexed.low(index)
    token = tokens.at(lexed.pieces[at].start)
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    if word in cues.per:
        head = token
        while head.dep_ == "compound" and head.head.i == head.i + 1:
            head = head.head
        return noun_of(head, cues), lexed.at(head.idx + len(head))
    if word in cues.rate_articles and lexed.low(at) in cues.lists["rate_nouns"]:
        return noun_of(token, cues), at + 1
    return None


def _each(lexed: Lexed, index: int, tokens: Tokens, cues: FigureCues) -> tuple[str, int] | None:
    """ "$28,000 each": of the plural noun that came before."""
    if lexed.low(index) not in cues.each or index >= len(lexed.pieces):
        return None
    token = tokens.at(lexed.pieces[index].start)
    for before in reversed(token.doc[token.sent.start : token.i]):
        if before.tag_ == "NNS" and before.ent_type_ not in ("MONEY", "PERCENT"):
            return noun_of(before, cues), index + 1
    return "unit", index + 1
