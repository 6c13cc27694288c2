"""Figure → who says it, how, and whether it is affirmed."""

from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from monitor.domain.claim import Claim, Modality, Polarity
from monitor.domain.source import Source, SourceKind
from monitor.nlp.attributes import Attribution
from monitor.nlp.credits import Credit
from monitor.nlp.modality import modality_at
from monitor.nlp.naming import fold
from monitor.nlp.sources import attribution_at


@dataclass(frozen=True)
class Voice:
    """The chain of sources to the publisher, the modality and the polarity of a figure. `told`: what gave the chain."""

    chain: tuple[Source, ...]
    modality: Modality
    polarity: Polarity
    told: Attribution | None = None


def voice_of(doc: Doc, start: int, end: int, credit: Credit) -> Voice:
    """The voice of characters `start` to `end`: the innermost attribution there, and the cues of its modality."""
    told = attribution_at(doc._.attributions, start, end)
    modality, polarity = modality_at(doc, told, start, end)
    chain = told.chain if told is not None else credit.own
    if modality is Modality.ASSERTED and chain and chain[0].kind is SourceKind.ANONYMOUS:
        modality = Modality.REPORTED
    return Voice(_closed(chain, credit.tail), modality, polarity, told)


def _closed(chain: tuple[Source, ...], tail: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chain with the article's own end, no link twice."""
    last = {fold(source.name) for source in tail if source.name}
    kept = tuple(source for source in chain if not (source.name and fold(source.name) in last))
    return kept + tail


def told_in_title(title: Claim, body: Claim) -> dict[str, Any]:
    """Sources and modality of a title's claim, given the body's on the same figure: a title names sources in short.

    Its own hold where it names somebody whom the body's chain does not have.
    """
    named = title.sources[0].name or ""
    parts = set(fold(named).split())
    known = [set(fold(source.name).split()) for source in body.sources if source.name]
    if len(title.sources) > 1 and named and not any(parts <= words or words <= parts for words in known):
        return {}
    keeps = title.modality not in {Modality.ASSERTED, Modality.REPORTED}
    return {"sources": body.sources, "modality": title.modality if keeps else body.modality}
