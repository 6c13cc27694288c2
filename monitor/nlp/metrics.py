"""Anchor → the metric: a short lower-case noun phrase for what is measured."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.nlp.anchors import is_stake
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.metric_anchors import read_right
from monitor.nlp.metric_changes import change, comparative, moved_stuff
from monitor.nlp.metric_clauses import bare_verb, branch, doer, predicate, towards
from monitor.nlp.metric_counts import count, counted_words, owners, part_of, placed, stuff_of
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_dates import dated
from monitor.nlp.metric_forms import gerund, measured_by, past, sort_of
from monitor.nlp.metric_money import is_other_name, lent_at, price_move, price_of, sum_for, traded_metric
from monitor.nlp.metric_names import named, tidied
from monitor.nlp.metric_shares import bare_share, share
from monitor.nlp.metric_units import amount, by_unit, completing, is_race_time, length_of, named_project, of_thing
from monitor.nlp.phrases import Phrase, done_with, is_mere_name
from monitor.nlp.ties import Anchor, Tie

MAX_WORDS = 9
_DONE_TO = frozenset({"dobj", "nsubjpass"})
_NO_AMOUNTS = frozenset({"percent", "ratio", "money", "time", "count", "date", "magnitude"})
_MOVING = frozenset({"length", "temperature", "volume", "mass"})  # "is thinning by two metres a year"
_HOLDING = frozenset({"hold", "seat"})  # a hall holds 900, a party holds 90 seats
_OWNING = frozenset({"of", "on", "about"})
_PLACING = frozenset({"with", "in", "among", "across", "between", "at"})

Words = tuple[list[str], float]  # the words of a metric, and how sure the way to them is (0 to 1)


def metric_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> tuple[str, float]:
    """The metric and how sure the way to it is (0 to 1)."""
    if figure.quantity.is_empty and anchor.noun is not None and anchor.verb is not None:
        return " ".join([*phrase.of(anchor.noun, 1), past(anchor.verb, cues)]), 0.7
    words, trust = _words(figure, read_right(figure, anchor), phrase, cues)
    words = cues.names.of(named(tidied(words)[:MAX_WORDS], figure, cues), measured_by(figure, cues))
    if [word.removesuffix("s") for word in words] == [figure.quantity.unit.split("/")[0]]:
        return "", 0.0  # the unit says nothing of what it measures
    return (" ".join(words), trust) if words else ("", 0.0)


def plain_metric(figure: QuantitySpan, cues: MetricCues) -> str:
    """A metric where nothing says what the figure is of: what is counted, else what the unit measures."""
    unit, sort = figure.quantity.unit, sort_of(figure)
    if figure.counted:
        return figure.counted.lower()
    if "/" in unit and sort == "money" and unit.partition("/")[2] not in cues.names.pay_periods:
        return "price"
    if is_race_time(figure):
        return "time"
    name = cues.plain.get(measured_by(figure, cues)) or cues.plain.get(sort)
    return name or unit.removeprefix("count:").replace("_", " ") or "figure"


def _words(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words:
    """What the figure measures, by the first way that can tell."""
    for way in (_by_form, _by_pattern, _by_noun, _by_count, _by_verb):
        found = way(figure, anchor, phrase, cues)
        if found is not None:
            return found
    return [], 0.0


def _by_form(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """Dates, parts, sums and shares say themselves what they measure."""
    unit = figure.quantity.unit
    if unit == "date":
        return dated(anchor, phrase, cues), 0.8
    of = (
        part_of(figure, anchor, phrase, cues)
        or length_of(figure, anchor, phrase)
        or sum_for(figure, anchor, phrase, cues)
    )
    if of:
        return of, 0.8
    if is_other_name(anchor, cues):
        return [], 0.0
    if is_stake(unit, anchor):
        return ["stake"], 0.85
    if anchor.tie is Tie.SHARE and anchor.whole is not None:
        return share(anchor, phrase, cues), 0.8
    if lent := lent_at(figure, anchor, cues):
        return lent, 0.8
    is_bare = unit == "percent" and anchor.tie is Tie.COUNT and anchor.noun is None
    said = bare_share(anchor, phrase, cues) if is_bare else []
    return (said, 0.6) if said else None


def _by_pattern(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """A verb or a thing of which figures of this sort always say the same: prices, comparisons, sizes."""
    if moved := price_move(figure, anchor, cues) or comparative(figure, anchor, phrase, cues):
        return moved, 0.75
    if framed := price_of(figure, anchor, phrase, cues) or _framed(figure, anchor, phrase, cues):
        return framed, 0.8
    if traded := traded_metric(figure, anchor, cues):
        return traded, 0.85
    if measured := of_thing(figure, anchor, phrase, cues) or by_unit(figure, anchor, phrase, cues):
        return measured, 0.75
    project = named_project(figure, anchor, phrase, cues)
    return (project, 0.7) if project else None


def _by_noun(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """The noun that the figure is said of, with what completes it."""
    more, is_whole = completing(figure, anchor, cues)
    if is_whole and anchor.tie in {Tie.LEVEL, Tie.LOOSE}:
        return more, 0.9
    if more and anchor.noun is not None and anchor.noun.idx > figure.start:
        return more, 0.8  # "the drive is 62 percent complete", of which a parse may take the last word for a noun
    if anchor.noun is None:
        return None
    moved = moved_stuff(anchor, phrase, cues)
    if moved:
        return moved, 0.8
    words = phrase.of(anchor.noun)
    if not words or is_mere_name(anchor.noun, phrase):
        return _words(figure, replace(anchor, noun=None), phrase, cues)
    if anchor.counted is not None and anchor.preposition in _OWNING:
        return owners(figure, anchor, phrase, cues), 0.7
    if anchor.counted is not None and anchor.preposition in _PLACING:
        return placed(figure, anchor, phrase, cues), 0.7
    if anchor.tie is Tie.CHANGE:
        return [*branch(anchor, phrase), *change(words, figure, anchor, cues)], 0.85
    if anchor.noun.lemma_.lower() in cues.prices and "/" not in figure.quantity.unit and sort_of(figure) == "money":
        return [cues.share_price], 0.9
    return [*words, *done_with(anchor.noun, cues), *more], 0.9


def _by_count(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """What moved by so much, what is counted, and of which stuff so much is."""
    if anchor.move is not None:
        return [anchor.move.lemma_.lower()], 0.5
    if anchor.counted is not None or figure.counted:
        return count(figure, anchor, phrase, cues), 0.75
    if anchor.verb is not None and measured_by(figure, cues) in cues.units.amounts:
        return amount(figure, anchor, phrase, cues), 0.6
    return None


def _by_verb(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """What is done to so much of something, where nothing but the verb says what that is."""
    verb, sort = anchor.verb, sort_of(figure)
    if verb is None or verb.pos_ != "VERB":
        return None
    if figure.quantity.unit == "percent" and anchor.head.dep_ == "npadvmod" and verb.tag_ == "VBN":
        return [verb.lower_], 0.7
    lemma = verb.lemma_.lower()
    if sort != "time" and lemma in cues.reckoning:
        return bare_verb(verb, phrase), 0.4
    spent = _spent(verb, anchor, phrase, cues) if sort == "money" else None
    if spent is not None:
        return spent
    if anchor.preposition == "by" and measured_by(figure, cues) in _MOVING and lemma not in cues.verbs.change:
        return [gerund(lemma)], 0.6
    stuff = [] if sort in _NO_AMOUNTS else amount(figure, anchor, phrase, cues)
    return bare_verb(verb, phrase) or stuff, 0.4


def _spent(verb: Token, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> Words | None:
    """ "opening cost" for "opened it for £3m", "money given to schools", "money owed" for "£3m was owed"."""
    lemma, at = verb.lemma_.lower(), anchor.head.dep_
    if anchor.preposition == "for" and lemma not in cues.idle:
        return [gerund(lemma), "cost"], 0.6
    if at == "dobj" and lemma not in cues.idle:
        return ["money", past(verb, cues), *towards(verb, anchor.head, phrase)], 0.6
    return (["money", *predicate(verb, phrase)], 0.5) if at in {"nsubj", "nsubjpass"} else None


def _framed(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    verb = anchor.verb
    if verb is None or anchor.preposition in {"from", "in", "after"}:
        return []
    if anchor.noun is not None and not (verb.lemma_.lower() in cues.valuing and anchor.noun.dep_ in _DONE_TO):
        return []
    frame = cues.frames.get(verb.lemma_.lower())
    if not frame:
        return []
    sort = sort_of(figure)
    in_bulk = sort == "count" and bool(stuff_of(anchor, phrase, cues))
    template = (frame.get("any") if in_bulk else None) or frame.get(sort) or ("" if sort == "count" else frame.get("any"))
    if not template or (sort == "count" and anchor.head.dep_ == "nsubj" and "{noun}" in template):
        return []
    noun = counted_words(figure, anchor, phrase, cues)
    if "{noun}" in template and not noun and template.split()[0] == "{noun}" and sort == "count":
        is_place = (subject := shared_subject(verb)) is not None and subject.pos_ == "NOUN"
        template = frame.get("bare", "") if is_place or verb.lemma_.lower() not in _HOLDING else ""
    words = template.format(noun=" ".join(noun), subject=" ".join(doer(verb, phrase))).split()
    return words if sort != "money" or "{" in template else [*words, *towards(verb, anchor.head, phrase)]
