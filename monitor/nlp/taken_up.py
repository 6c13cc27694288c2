"""A figure that another voice only gives for what was said just before: "the union makes it 250", "the army says 40"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from monitor.domain.unit import is_count_unit
from monitor.nlp.agreeing import sort_of_unit
from monitor.nlp.clauses import ancestors, shared_subject
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.named import Named
from monitor.nlp.told_figures import Figure, Last

_NEAR = 45  # tokens between the sentence of a figure and that of the one taken up: a sentence at most
_FACTOR = 10  # figures further apart are of two things
_BREAKS = frozenset({";", ",", ":", "but", "while", "whereas", "and", "–", "—"})
_SPEAKERS = frozenset({"he", "she", "they", "we", "i", "it"})
_SPEAKING = frozenset({"person", "organisation"})
_BARE = frozenset({"count:item", "ratio"})
_VERBAL = frozenset({"VERB", "AUX"})


def taken_up(figure: Figure, recent: Sequence[Last], named: Named, cues: MetricCues) -> Last | None:
    """The figure told just before whose question this one answers in another voice; None where it says what it is of."""
    quantity = figure.span.quantity
    is_bare = figure.anchor.counted is None and not figure.span.counted and figure.date is None
    if not is_bare or quantity.direction is not None or quantity.date is not None:
        return None
    verb = next((step for step in ancestors(figure.anchor.head) if step.pos_ in _VERBAL), None)
    doer = shared_subject(verb) if verb is not None else None
    if verb is None or doer is None or not _gives(verb, doer, named, cues):
        return None
    last = _told_before(figure, recent)
    if last is None or not _is_near(figure, last[0]) or _says_more(figure, last[0], verb, doer, cues):
        return None
    return None if last[2] is not None and last[2].player.name == _name(doer, named) else last


def _gives(verb: Token, doer: Token, named: Named, cues: MetricCues) -> bool:
    """Whether a verb with this subject tells a figure: an agency that "has 40" does, a town that has 40 does not."""
    lemma = verb.lemma_.lower()
    mention = named.at(doer)
    kind = mention.kind if mention is not None else named.nominals.get(doer.lemma_.lower(), "")
    world = named.world.cues
    noun = doer.lemma_.lower()
    is_watcher = noun in world.onlookers | world.public | world.officers | world.learned or noun in world.forecasters
    if lemma in cues.taking_up.plainly:
        return kind in _SPEAKING or is_watcher or noun in world.reports or doer.lower_ in _SPEAKERS
    is_onlooker = mention is not None and named.is_onlooker(mention)
    return lemma in cues.taking_up.loosely and (is_watcher or is_onlooker)


def _told_before(figure: Figure, recent: Sequence[Last]) -> Last | None:
    """The last figure of this sort in the sentence itself or shortly before it."""
    unit = figure.span.quantity.unit
    for last in reversed(recent):
        if figure.sentence.start - last[0].sentence.end > _NEAR:
            return None
        other = last[0].span.quantity.unit
        if unit == other or (_counts(unit) and _counts(other) and other not in _BARE):
            return None if other in _BARE or last[0].span.quantity.direction is not None else last
        if sort_of_unit(unit) == sort_of_unit(other):
            return None
    return None


def _counts(unit: str) -> bool:
    """Whether a number counts something; what the noun of a bare one is, was guessed."""
    return unit in _BARE or is_count_unit(unit)


def _is_near(figure: Figure, other: Figure) -> bool:
    """Whether both could be figures of one thing by their size."""
    sizes = [
        abs(size)
        for quantity in (figure.span.quantity, other.span.quantity)
        for size in [next((n for n in (quantity.value, quantity.low, quantity.high) if n is not None), None)]
        if size
    ]
    return len(sizes) == 2 and max(sizes) <= _FACTOR * min(sizes)


def _says_more(figure: Figure, before: Figure, verb: Token, doer: Token, cues: MetricCues) -> bool:
    """Whether the clause has a word that tells what its figure is of."""
    phrase = {*doer.subtree, verb}
    timed = [(date.start, date.end) for date in figure.sentence.doc._.dates]
    return any(
        token not in phrase
        and token.lemma_.lower() not in cues.taking_up.words
        and not any(start <= token.idx < end for start, end in timed)
        for token in _clause(figure, before, doer)
    )


def _clause(figure: Figure, before: Figure, doer: Token) -> Iterator[Token]:
    """The words of the clause of a figure without the figure's own: from the last break ahead of it to the next."""
    doc: Doc = figure.sentence.doc
    span = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    if span is None:
        return
    first = figure.sentence.start
    if before.sentence.start == first:
        ahead = doc.char_span(before.span.start, before.span.end, alignment_mode="expand")
        start = ahead.end if ahead is not None else first
        breaks = [token.i for token in doc[start : max(doer.left_edge.i, start)] if token.lower_ in _BREAKS]
        first = breaks[-1] + 1 if breaks else start
    for token in doc[first : span.start]:
        if not (token.is_punct or token.is_space):
            yield token
    for token in doc[span.end : figure.sentence.end]:
        if token.lower_ in _BREAKS or token.is_punct:
            return
        if not token.is_space:
            yield token


def _name(doer: Token, named: Named) -> str:
    mention = named.at(doer)
    return mention.name if mention is not None else ""
