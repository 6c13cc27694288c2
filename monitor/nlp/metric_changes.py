"""Changes: the noun that moved, and the name of such a move."""

from spacy.tokens import Token

from monitor.domain.quantity import Direction
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.compared import following
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor

_ON_PURPOSE = frozenset({"cut", "trim", "slash", "hike"})  # rates do not do so by themselves

_BECOMING = frozenset({"be", "become", "get", "grow", "turn", "make", "end", "close", "trade", "remain"})


def change(words: list[str], figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> list[str]:
    """ "sales growth", "rate cut", "share price change": the words of a noun with the name of its move."""
    noun = anchor.noun
    assert noun is not None
    lemma = noun.lemma_.lower()
    if lemma in cues.prices or noun.lower_ in cues.prices:
        return [*cues.share_price.split(), "change"]
    if lemma in cues.changes.growths:
        return words
    if lemma in cues.changes.flows or noun.lower_ in cues.changes.flows:
        return [*words, "change" if figure.quantity.direction is Direction.DOWN else "growth"]
    if words == ["prices"] and "inflation" not in text_of(noun.doc).lower():
        return ["prices", "change"]  # of goods, where nothing is said of the cost of living
    named = cues.changes.common.get(" ".join(words)) or cues.changes.common.get(words[-1] if len(words) == 1 else "")
    if named:
        return named.split()
    move = anchor.move.lemma_.lower() if anchor.move is not None else ""
    if anchor.verb is not None and not move and noun.lemma_.lower() == "rate" and anchor.verb.lemma_ in _ON_PURPOSE:
        return [*words, cues.changes.deliberate[anchor.verb.lemma_]]
    if (
        anchor.verb is not None
        and not move
        and any(child == noun and child.dep_ == "dobj" for child in anchor.verb.children)
    ):
        move = cues.changes.deliberate.get(anchor.verb.lemma_.lower(), "")
    if not move and anchor.verb is not None and anchor.verb.lemma_.lower() == "lose" and lemma not in cues.traded:
        move = "loss"
    return [*words, move or "change"]


def moved_stuff(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "apples lost" for "a loss of 90 tonnes of apples", "grain decline" for "a decline of 2 tonnes of grain"."""
    move, stuff = anchor.move, anchor.counted
    if move is None or stuff is None or stuff.dep_ != "pobj" or stuff.head.lower_ != "of" or stuff.head.head == move:
        return []
    words = phrase.of(stuff, 2)
    return [*words, "lost" if move.lemma_.lower() == "loss" else "change"] if words else []


def comparative(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "basket price change" for "the basket became 9 percent dearer", "thinning" for "gets thinner by 2 metres"."""
    verb = anchor.verb
    if verb is not None and verb.lemma_.lower() not in _BECOMING:
        return []
    near = (
        [following(anchor.head.doc, figure), *(c for c in verb.children if c.dep_ == "acomp")] if verb is not None else []
    )
    name = next(
        (
            cues.changes.comparatives[token.lower_]
            for token in near
            if token is not None and token.lower_ in cues.changes.comparatives
        ),
        "",
    )
    if not name or verb is None:
        return []
    thing: Token | None = anchor.noun if anchor.noun is not None else shared_subject(verb)
    is_said = thing is not None and thing.pos_ == "NOUN" and not phrase.is_barred(thing) and name.endswith("change")
    return [*(phrase.of(thing, 3) if is_said and thing is not None else []), *name.split()]
