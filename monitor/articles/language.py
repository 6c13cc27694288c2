"""Text → its language."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_SURE = 0.9
_SAMPLE = 5000


def language_of(text: str, stated: str | None = None) -> str | None:
    """The language (ISO 639-1) of a text: what it shows, else what its page states; None where neither is clear."""
    sample = text[:_SAMPLE]
    if not sample.strip():
        return stated
    code, certainty = _identifier().classify(sample)
    return str(code) if certainty >= _SURE else stated


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
