"""Changes: the noun that moved, and the name of such a move."""

from monitor.nlp.anchors import Anchor
from monitor.nlp.metric_cues import MetricCues


def change(words: list[str], anchor: Anchor, cues: MetricCues) -> list[str]:
    noun = anchor.noun
    assert noun is not None
    lemma = noun.lemma_.lower()
    if lemma in cues.prices or noun.lower_ in cues.prices:
        return [*cues.share_price.split(), "change"]
    if lemma in cues.growths:
        return words
    if lemma in cues.flows or noun.lower_ in cues.flows:
        return [*words, "growth"]
    named = cues.change_names.get(" ".join(words)) or cues.change_names.get(words[-1] if len(words) == 1 else "")
    if named:
        return named.split()
    move = anchor.move.lemma_.lower() if anchor.move is not None else ""
    if (
        anchor.verb is not None
        and not move
        and any(child == noun and child.dep_ == "dobj" for child in anchor.verb.children)
    ):
        move = cues.deliberate.get(anchor.verb.lemma_.lower(), "")
    return [*words, move or "change"]
