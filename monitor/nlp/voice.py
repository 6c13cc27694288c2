"""Figure → who says it, how, and whether it is affirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc

from monitor.domain.claim import Modality, Polarity
from monitor.domain.source import Source, SourceKind
from monitor.nlp.attributes import Attribution, ModalitySpan
from monitor.nlp.credits import Credit
from monitor.nlp.naming import fold

_Region = TypeVar("_Region", Attribution, ModalitySpan)


@dataclass(frozen=True)
class Voice:
    """The chain of sources to the publisher, the modality and the polarity of a figure."""

    chain: tuple[Source, ...]
    modality: Modality
    polarity: Polarity


def voice_of(doc: Doc, start: int, end: int, credit: Credit) -> Voice:
    """The voice of characters `start` to `end`: the narrowest attribution and modality that cover them."""
    attributions: list[Attribution] = doc._.attributions
    modalities: list[ModalitySpan] = doc._.modalities
    told = _narrowest(attributions, start, end)
    mode = _narrowest(modalities, start, end)
    chain = told.chain if told is not None else credit.own
    modality = Modality.ASSERTED
    if mode is not None:
        modality = mode.modality
    elif told is not None and told.modality is not None:
        modality = told.modality
    elif told is not None and told.chain and told.chain[0].kind is SourceKind.ANONYMOUS:
        modality = Modality.REPORTED
    polarity = mode.polarity if mode is not None else Polarity.AFFIRMED
    return Voice(_closed(chain, credit.tail), modality, polarity)


def _narrowest(regions: Sequence[_Region], start: int, end: int) -> _Region | None:
    covering = [region for region in regions if region.start <= start and end <= region.end]
    return min(covering, key=lambda region: (region.end - region.start, region.start), default=None)


def _closed(chain: tuple[Source, ...], tail: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chain with the article's own end, no link twice."""
    last = {fold(source.name) for source in tail if source.name}
    kept = tuple(source for source in chain if not (source.name and fold(source.name) in last))
    return kept + tail
