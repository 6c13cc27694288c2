"""How each field of a claim was found → how likely all of it is right."""

from monitor.domain.claim import Modality
from monitor.nlp.subjects import Subject
from monitor.nlp.times import FigureTime
from monitor.nlp.voice import Voice


def confidence(subject: Subject | None, metric_trust: float, time: FigureTime, voice: Voice) -> float:
    """How likely value, subject, metric and asserter are all right, from how each was found."""
    trust = 0.3 + 0.35 * (subject.trust if subject else 0.0) + 0.3 * metric_trust + 0.05 * time.trust
    if voice.modality in {Modality.HYPOTHETICAL, Modality.QUESTION}:
        trust -= 0.1
    # The trusts run together near their top: spread out, so that of claims with 0.7 about seven in ten are right.
    return round(min(max(0.25 + 1.1 * (trust - 0.5), 0.05), 0.95), 2)
