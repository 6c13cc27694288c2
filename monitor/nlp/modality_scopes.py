"""What a cue of modality rules: the clause of its verb, what completes it, a noun's phrase; never all of a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from monitor.domain.claim import Modality, Polarity
from monitor.nlp.attributes import Attribution
from monitor.nlp.clauses import Region, ancestors, is_clause, is_finite, regions

COMPARING = frozenset({"against", "compared", "versus"})
AFFIRMED, NEGATED = Polarity.AFFIRMED, Polarity.NEGATED


@dataclass(frozen=True)
class Found:
    """A cue and the pieces of text it rules."""

    modality: Modality
    cue: Token | Span
    pieces: Sequence[Region]
    polarity: Polarity = AFFIRMED


def own_clause(verb: Token) -> list[Region]:
    """The clause of a verb without clauses that have a tense or a subject of their own."""
    return regions(t for t in verb.subtree if _stays(t, verb))


def _stays(token: Token, verb: Token) -> bool:
    for step in ancestors(token):
        if step == verb:
            return True
        if _compares(step) or (is_clause(step) and (is_finite(step) or step.dep_ == "relcl")):
            return False
    return True


def _compares(token: Token) -> bool:
    """ "... against 80 last season", "compared with 12 in May": what is only held beside the figure."""
    return token.lower_ in COMPARING and token.dep_ in {"prep", "advcl", "pcomp"}


def complement(verb: Token) -> list[Region]:
    """What stands after the verb and hangs on it, clauses included; joined main clauses and asides are left out."""
    return regions(t for t in verb.subtree if t.i > verb.i and completes(t, verb))


def completes(token: Token, verb: Token) -> bool:
    for step in ancestors(token):
        if step == verb:
            return True
        if _compares(step) or (step.head == verb and step.dep_ in {"conj", "cc", "parataxis"}):
            return False
        if step.head == verb and step.dep_ == "advcl" and is_finite(step):
            return False
    return True


def phrase(noun: Token) -> list[Region]:
    """The phrase around a noun with all that specifies it."""
    return regions(t for t in noun.subtree if not _aside(t, noun))


def _aside(token: Token, noun: Token) -> bool:
    return any(step.head == noun and step.dep_ in {"conj", "cc", "punct"} for step in ancestors(token) if step != noun)


def said_with(cue: Token, attributions: Sequence[Attribution]) -> list[Region]:
    """The content of the attributions that this very word makes."""
    return [(a.start, a.end) for a in attributions if a.cue_start == cue.idx]


def said_before(verb: Token, attributions: Sequence[Attribution]) -> list[Region]:
    """Content that the verb follows: "..., the bank expects"."""
    return [region for region in said_with(verb, attributions) if region[0] < verb.idx]
