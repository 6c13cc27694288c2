"""What an article prints to put something right that stood in print before: its corrections and clarifications."""

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain.claim import Claim
from monitor.domain.cues import has_cue, words_of
from monitor.domain.evidence import Evidence
from monitor.domain.ontology import Ontology

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_HEAD_END = re.compile(r"[:–—]|\s-\s")
_CLAUSE_END = re.compile(r"[.,;:()]\s|\d")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
# A number of one digit alone may be a day, or the count of anything.
_LEAST_DIGITS = 2


@lru_cache(maxsize=1024)
def notices(title: str, text: str, ontology: Ontology) -> tuple[str, ...]:
    """The stretches of an article that put right what was printed before.

    Those under a heading such as "Correction" whole; else from the sentence that says so to the end of its paragraph.
    """
    return tuple(_notices(title, text, ontology))


def _notices(title: str, text: str, ontology: Ontology) -> Iterator[str]:
    headed = under = _is_head(title, ontology)
    for paragraph in (part.strip() for part in text.split("\n")):
        if not paragraph:
            continue
        if headed or under or _is_head(paragraph, ontology):
            yield paragraph
            under = _is_head(paragraph, ontology) and not _HEAD_END.search(paragraph)
            continue
        if not _may_put_right(paragraph, ontology):
            continue
        sentences = _SENTENCE.split(paragraph)
        first = next((at for at, one in enumerate(sentences) if _puts_right(one, ontology)), None)
        if first is not None:
            yield " ".join(sentences[first:])


def _is_head(line: str, ontology: Ontology) -> bool:
    """Whether a line is a heading of corrections, or opens with one."""
    return " ".join(words_of(_HEAD_END.split(line, maxsplit=1)[0])) in ontology.words.notice_heads


def _may_put_right(paragraph: str, ontology: Ontology) -> bool:
    """Whether words stand in a paragraph that a sentence which puts something right must have; most have none."""
    said, cues = words_of(paragraph), (*ontology.words.notices, *ontology.words.notice_wrongs)
    if _telling(cues).isdisjoint(said):
        return False
    plain = f" {' '.join(said)} "
    return any(f" {cue} " in plain for cue in cues)


@lru_cache(maxsize=16)
def _telling(cues: tuple[str, ...]) -> frozenset[str]:
    """The longest word of each cue: where none of them stands, no cue does, and few paragraphs have one."""
    return frozenset(max(cue.split(), key=len) for cue in cues)


def _puts_right(sentence: str, ontology: Ontology) -> bool:
    words, said = ontology.words, words_of(sentence)
    if has_cue(said, words.notices):
        return True
    return has_cue(said, words.notice_selves) and has_cue(said, words.notice_wrongs)


def names(notice: str, evidence: Evidence) -> bool:
    """Whether a notice has the figure of a claim, as it was printed or by its digits."""
    if " ".join(evidence.span.lower().split()) in " ".join(notice.lower().split()):
        return True
    digits = _DIGITS.search(evidence.span)
    if digits is None or sum(char.isdigit() for char in digits[0]) < _LEAST_DIGITS:
        return False
    return bool(re.search(rf"(?<![\d.,]){re.escape(digits[0])}(?!\d|[.,]\d)", notice))


def stands_in(notice: str, evidence: Evidence) -> bool:
    """Whether a claim's sentence is part of a notice."""
    return " ".join(evidence.quote.split()) in " ".join(notice.split())


def is_told_as_wrong(claim: Claim, ontology: Ontology) -> bool:
    """Whether a claim's clause gives its figure as what stood in print wrongly: "an earlier version gave 4.2 million"."""
    evidence, words = claim.evidence, ontology.words
    ahead = words_of(_CLAUSE_END.split(evidence.quote[: evidence.span_start - evidence.start])[-1])
    if has_cue(ahead, words.notice_versions):
        return True
    return has_cue(ahead, words.notice_selves) and has_cue(ahead, words.notice_wrongs)
