"""The figures that a sentence rejects beside its own: "31 ships, not 46" is of what 46 was said of."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from monitor.domain.claim import Claim
from monitor.domain.cues import has_cue, words_of
from monitor.domain.figure import figure_word, printed_numbers
from monitor.domain.ontology import Ontology

_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,])({_DIGITS})(?!\d|[.,]\d)")
_CLAUSE_END = re.compile(r"[;:()]|\.\s")
# So many words ahead of a number may reject it.
_REACH = 6


def rejected_figures(claim: Claim, published: date | None, ontology: Ontology) -> frozenset[str]:
    """The figures that a claim's own sentence says are not so, each written as telling_figure does.

    A number without a word for its size has that of the claim's own: "2.4 million, not 2.1". None where the claim is
    itself a denial, a date or without a number.
    """
    if claim.is_denial or claim.quantity.date is not None or not printed_numbers(claim.quantity):
        return frozenset()
    found = set()
    for number in _rejected_numbers(claim, ontology):
        for scale in _scales(claim):
            found.add(figure_word(claim, [number * scale], published))
    return frozenset(found - {""})


def _rejected_numbers(claim: Claim, ontology: Ontology) -> Iterator[Decimal]:
    """The numbers on either side of its own in their clauses."""
    evidence = claim.evidence
    start, end = evidence.span_start - evidence.start, evidence.span_end - evidence.start
    for part in (evidence.quote[:start], evidence.quote[end:]):
        for match in _NUMBER.finditer(part):
            clause = _CLAUSE_END.split(part[: match.start()])[-1]
            if _says_no(words_of(clause)[-_REACH:], ontology):
                yield Decimal(match[1].replace(",", ""))


def _says_no(words: list[str], ontology: Ontology) -> bool:
    """Whether the words ahead of a number reject it: "not the", "denied that"; "not only" and "not counting" do not."""
    if has_cue(words, ontology.words.rejects):
        return True
    nots = [place for place, word in enumerate(words) if word in ontology.words.nots]
    between = words[nots[-1] + 1 :] if nots else []
    return bool(nots) and all(word in ontology.words.weak and word not in ontology.words.merely for word in between)


def _scales(claim: Claim) -> set[Decimal]:
    """What a number beside the claim's own may be counted in: ones, or the millions of its own."""
    own, value = re.search(_DIGITS, claim.evidence.span), printed_numbers(claim.quantity)[0]
    size = Decimal(own[0].replace(",", "")) if own else Decimal(0)
    return {Decimal(1), value / size} if size and value % size == 0 else {Decimal(1)}
