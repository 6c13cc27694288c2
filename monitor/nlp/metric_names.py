"""One name for one thing: the words of a metric in the form in which it is shown."""

from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import sort_of


def named(words: list[str], figure: QuantitySpan, cues: MetricCues) -> list[str]:
    """One name for one thing, as the unit and the last words say."""
    unit = figure.quantity.unit
    named = cues.unit_metrics.get(unit) or cues.unit_metrics.get(unit.split(":")[0])
    if named and named.split()[-1] not in words and f"{named}s" not in words:
        return named.split()
    for length in (2, 1):
        name = cues.canonical.get(" ".join(words[-length:])) if unit.startswith("count") else None
        if name and len(words) >= length:
            return [*words[:-length], *name.split()] if length == 1 and words[:-1] == ["people"] else name.split()
    if sort_of(figure) in {"tonne", "short_ton", "bushel", "kilogram", "ton_unspecified", "millimetre", "inch"}:
        last = max((at for at, word in enumerate(words) if word not in cues.outlook), default=-1)
        return [cues.mass_names.get(word, word) if at == last else word for at, word in enumerate(words)]
    return words


def tidied(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in " ".join(words).split():
        if not kept or kept[-1] != word:
            kept.append(word)
    while kept and kept[-1] in {"of", "and", "the"}:
        kept.pop()
    while kept and kept[0] in {"of", "and", "the"}:
        kept.pop(0)
    return kept
