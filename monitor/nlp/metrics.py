"""Anchor → the metric: a short lower-case noun phrase for what is measured."""

from dataclasses import replace

from spacy.tokens import Token

from monitor.nlp.anchors import Anchor, Tie, is_stake
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.clauses import shared_subject
from monitor.nlp.compared import following
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.phrases import Phrase, relative_of
from monitor.nlp.text import text_of

MAX_WORDS = 9
_DONE_TO = frozenset({"dobj", "nsubjpass"})
_NO_AMOUNTS = frozenset({"percent", "ratio", "money", "time", "count", "date", "magnitude"})
_STATES = frozenset({"without", "under", "against", "for", "below", "above"})
_PLACING = frozenset({"with", "in", "among", "across", "between", "at"})
_LEFT = frozenset({"compound", "amod", "nmod"})
_WATERS = frozenset({"metre", "centimetre", "millimetre", "foot", "inch"})
_TIME_UNITS = frozenset({"day", "week", "month", "year", "hour", "minute", "second"})


def metric_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> tuple[str, float]:
    """The metric and how sure the way to it is (0 to 1)."""
    if figure.quantity.is_empty and anchor.noun is not None and anchor.verb is not None:
        return " ".join([*phrase.of(anchor.noun, 1), _past(anchor.verb, cues)]), 0.7
    words, trust = _words(figure, anchor, phrase, cues)
    words = _canonical(_tidy(words)[:MAX_WORDS], figure, cues)
    if [word.removesuffix("s") for word in words] == [figure.quantity.unit.split("/")[0]]:
        return "", 0.0  # the unit says nothing of what it measures
    return (" ".join(words), trust) if words else ("", 0.0)


def plain_metric(figure: QuantitySpan, cues: MetricCues) -> str:
    """A metric where nothing says what the figure is of: what is counted, else what the unit measures."""
    unit, sort = figure.quantity.unit, _sort(figure)
    if figure.counted:
        return figure.counted.lower()
    if "/" in unit and sort == "money":
        return "price"
    return cues.plain.get(sort) or unit.removeprefix("count:").replace("_", " ") or "figure"


def _canonical(words: list[str], figure: QuantitySpan, cues: MetricCues) -> list[str]:
    """One name for one thing, as the unit and the last words say."""
    unit = figure.quantity.unit
    named = cues.unit_metrics.get(unit) or cues.unit_metrics.get(unit.split(":")[0])
    if named and named.split()[-1] not in words and f"{named}s" not in words:
        return named.split()
    for length in (2, 1):
        name = cues.canonical.get(" ".join(words[-length:])) if unit.startswith("count") else None
        if name and len(words) >= length:
            return [*words[:-length], *name.split()] if length == 1 and words[:-1] == ["people"] else name.split()
    if _sort(figure) in {"tonne", "short_ton", "bushel", "kilogram", "ton_unspecified", "millimetre", "inch"}:
        last = max((at for at, word in enumerate(words) if word not in cues.outlook), default=-1)
        return [cues.mass_names.get(word, word) if at == last else word for at, word in enumerate(words)]
    return words


def _words(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> tuple[list[str], float]:
    special = (
        _part_of(figure, anchor, phrase, cues)
        or _length_of(figure, anchor, phrase)
        or _sum_of(figure, anchor, phrase, cues)
        or _dated(figure, anchor, phrase, cues)
    )
    if special:
        return special, 0.8
    if is_stake(figure.quantity.unit, anchor):
        return ["stake"], 0.85
    if anchor.tie is Tie.SHARE and anchor.whole is not None:
        return _share(anchor, phrase, cues), 0.8
    framed = _framed(figure, anchor, phrase, cues)
    if framed:
        return framed, 0.8
    traded = traded_metric(figure, anchor, cues)
    if traded:
        return traded, 0.85
    measured = _by_unit(figure, anchor, phrase, cues)
    if measured:
        return measured, 0.75
    if anchor.noun is not None and not phrase.of(anchor.noun):
        return _words(figure, replace(anchor, noun=None), phrase, cues)
    if anchor.noun is not None and anchor.counted is not None and anchor.preposition in {"of", "on", "about"}:
        return _owners(figure, anchor, phrase, cues), 0.7
    if anchor.noun is not None and anchor.counted is not None and anchor.preposition in _PLACING:
        return _placed(figure, anchor, phrase, cues), 0.7
    if anchor.noun is not None:
        words = phrase.of(anchor.noun)
        if anchor.tie is Tie.CHANGE:
            return _change(words, anchor, cues), 0.85
        words = [*words, *_completing(figure, anchor)]
        if anchor.noun.lemma_.lower() in cues.prices and "/" not in figure.quantity.unit and _sort(figure) == "money":
            return [cues.share_price], 0.9
        return words, 0.9
    if anchor.move is not None:
        return [anchor.move.lemma_.lower()], 0.5
    if anchor.counted is not None or figure.counted:
        return _count(figure, anchor, phrase, cues), 0.75
    if anchor.verb is not None and anchor.verb.pos_ == "VERB":
        if figure.quantity.unit == "percent" and anchor.head.dep_ == "npadvmod" and anchor.verb.tag_ == "VBN":
            return [anchor.verb.lower_], 0.7
        if _sort(figure) == "money" and anchor.preposition == "for" and anchor.verb.lemma_.lower() not in cues.idle:
            return [_gerund(anchor.verb.lemma_.lower()), "cost"], 0.6
        if _sort(figure) == "money" and anchor.head.dep_ == "dobj" and anchor.verb.lemma_.lower() not in cues.idle:
            return ["money", _past(anchor.verb, cues), *_towards(anchor.verb, anchor.head, phrase)], 0.6
        if _sort(figure) == "money" and anchor.head.dep_ in {"nsubj", "nsubjpass"}:
            return ["money", *_predicate(anchor.verb, phrase)], 0.5
        stuff = [] if _sort(figure) in _NO_AMOUNTS else _amount(anchor, phrase, cues)
        return _bare_verb(anchor.verb, phrase) or stuff, 0.4
    return [], 0.0


def _completing(figure: QuantitySpan, anchor: Anchor) -> list[str]:
    """ "full" of "the tank is 71 percent full"."""
    doc = anchor.head.doc
    span = doc.char_span(figure.start, figure.end, alignment_mode="expand")
    if span is None or span.end >= len(doc) or figure.quantity.unit != "percent":
        return []
    after = doc[span.end]
    return (
        [after.lower_]
        if after.tag_ == "JJ" and after.dep_ in {"acomp", "oprd", "amod"} and after.head.i < after.i
        else []
    )


def _length_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase) -> list[str]:
    """ "length of free parking" for "two years of free parking"."""
    if _sort(figure) != "time":
        return []
    for child in anchor.head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return ["length", "of", *phrase.of(inner, 1)]
    return []


def _sum_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "debt" for "£190m of debt", "emergency aid promised" for "promised $80 million in emergency aid"."""
    verb, doc = anchor.verb, anchor.head.doc
    after = following(doc, figure)
    if (
        _sort(figure) != "money"
        or figure.quantity.direction is not None
        or after is None
        or after.lower_ not in {"of", "in"}
    ):
        return []
    thing = next((inner for inner in after.children if inner.dep_ == "pobj" and inner.pos_ == "NOUN"), None)
    if thing is None or thing.ent_type_ or phrase.is_barred(thing) or thing.lemma_.lower() in cues.generic:
        return []
    is_named = any(child.dep_ in {"det", "poss", "nummod"} for child in thing.lefts)
    if after.lower_ == "in" and (is_named or thing.lower_ in cues.money_forms or anchor.noun is not None):
        return []
    done = verb is not None and anchor.head.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give | cues.idle
    return [*phrase.of(thing, 2), *([_past(verb, cues)] if done and verb is not None else [])]


def _dated(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "hall opening date" for "the hall is to open in May", "launch date" for "the launch slipped to May"."""
    if figure.quantity.unit != "date":
        return []
    verb = anchor.verb
    if verb is None:
        return [*phrase.of(anchor.noun, 1), "date"] if anchor.noun is not None else ["date"]
    thing = next((child for child in verb.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
    if thing is None:
        found = shared_subject(verb)
        thing = found if found is not None and found.pos_ == "NOUN" else None
    words = phrase.of(thing, 2) if thing is not None else []
    lemma = verb.lemma_.lower()
    if lemma in cues.date_moves or lemma in cues.idle:
        return [*words, "date"] if words else []
    return [*words, *cues.date_verbs.get(lemma, f"{_gerund(lemma)} date").split()]


def _by_unit(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """What the unit itself says: an area, a price for a measure of stuff, how long something went on."""
    sort, noun, verb = _sort(figure), anchor.noun, anchor.verb
    if anchor.head.head.lower_ == "worth":
        thing = noun if noun is not None else anchor.head.head.head
        return ["value", "of", *phrase.of(thing, 2)] if thing.pos_ == "NOUN" and phrase.of(thing, 2) else []
    name = _dimension(figure, anchor, cues)
    if name:
        return [*(phrase.of(noun, 2) if noun is not None else []), name]
    if sort in _WATERS and noun is not None and noun.lemma_.lower() in cues.water_levels:
        level = cues.water_levels[noun.lemma_.lower()].split()
        return [*level, "change"] if anchor.tie is Tie.CHANGE else level
    if sort in cues.lengths and _points_away(figure, anchor, cues):
        return ["distance", *(["of", *phrase.of(noun, 2)] if noun is not None and phrase.of(noun, 2) else [])]
    if sort == "time" and anchor.tie is not Tie.CHANGE:
        return _lasting(anchor, phrase, cues)
    if "/" in figure.quantity.unit and sort == "money" and noun is not None and anchor.tie is Tie.LEVEL:
        per = figure.quantity.unit.split("/")[1]
        is_price = per in cues.priced_per and not cues.priced.intersection(phrase.of(noun))
        return [*phrase.of(noun, 2), "price"] if is_price else []
    if sort != "area" or anchor.tie is Tie.CHANGE:
        return []
    if noun is not None:
        words = phrase.of(noun)
        done = verb is not None and noun.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give | cues.idle
        named = not words or {"area", "size", "land", "acreage"} & set(words)
        return [] if named else [*words, "area", *([_past(verb, cues)] if done and verb is not None else [])]
    if verb is not None and anchor.head.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.idle:
        return [*_counted_words(figure, anchor, phrase), "area", _past(verb, cues)]
    return []


def _dimension(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> str:
    """ "height" for "140 metres high", "age" for "older than 30 years"."""
    text = text_of(anchor.head.doc)
    after = text[figure.end : figure.end + 12].lower().split()
    before = text[max(0, figure.start - 12) : figure.number_start].lower().split()
    words = [*after[:1], *before[-2:]] if _sort(figure) in cues.lengths or _sort(figure) == "time" else []
    return next((cues.dimensions[word.strip(",.")] for word in words if word.strip(",.") in cues.dimensions), "")


def _points_away(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> bool:
    """Whether a length says how far something lies from a place: "12 km north of the town"."""
    following = text_of(anchor.head.doc)[figure.end : figure.end + 14].lower().split()
    return bool(following) and following[0].split("-")[0] in cues.bearings


def _lasting(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "trial duration" for "the trial ran for two years", "duration of closing roads" for "close roads for"."""
    noun, verb = anchor.noun, anchor.verb
    if noun is not None and noun.pos_ == "NOUN":
        words = phrase.of(noun)
        is_time = not words or noun.lemma_.lower() in cues.lasting | cues.generic
        by_verb = verb is not None and noun.dep_ in _DONE_TO and verb.lemma_.lower() not in cues.verbs.give
        if not is_time and by_verb and anchor.preposition == "for" and verb is not None:
            return ["duration", "of", _gerund(verb.lemma_.lower()), *words]
        return [] if is_time else [*words, "duration"]
    if verb is None or anchor.preposition not in {"for", "over"} or verb.lemma_.lower() in cues.idle:
        return []
    thing = next((child for child in verb.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
    return ["duration", "of", _gerund(verb.lemma_.lower()), *(phrase.of(thing, 2) if thing is not None else [])]


def _gerund(lemma: str) -> str:
    """ "opening", "using", "running"."""
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return f"{lemma[:-1]}ing"
    short = len(lemma) <= 4 and lemma[-1:] not in "aeiouwxy" and lemma[-2:-1] in tuple("aeiou")
    doubled = short and lemma[-3:-2] not in tuple("aeiou")
    return f"{lemma}{lemma[-1] if doubled else ''}ing"


def _placed(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "children in trial" for "a trial with 40 children"."""
    assert anchor.noun is not None
    counted = _counted_words(figure, anchor, phrase)
    described = _done(replace(anchor, verb=None), phrase, cues, counted)
    if described != counted or anchor.noun.lemma_.lower() in cues.empty:
        return described
    noun = phrase.of(anchor.noun, 3)
    return [*counted, "in", *noun] if noun else counted


def _towards(verb: Token, figure: Token, phrase: Phrase) -> list[str]:
    """ "to families" of "gave 40 crowns to families"."""
    for child in (*verb.rights, *figure.rights):
        if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "for", "from", "on"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.pos_ == "NOUN" and not phrase.is_barred(inner):
                    return [child.lower_, *phrase.of(inner, 3)]
    return []


def _counted_words(figure: QuantitySpan, anchor: Anchor, phrase: Phrase) -> list[str]:
    """The noun phrase of what is counted; within the figure's own span the reader of quantities gives it."""
    if figure.counted:
        return figure.counted.lower().split()
    return phrase.of(anchor.counted, 1) if anchor.counted is not None else []


def _owners(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "people whose data was stolen" for "stole the data of 12 people"; plain counts for "a group of 12 people"."""
    assert anchor.noun is not None
    assert anchor.counted is not None
    counted = _counted_words(figure, anchor, phrase)
    noun = phrase.of(anchor.noun, 3)
    if not noun or anchor.noun.lemma_.lower() in cues.empty or anchor.verb is None:
        return _done(anchor, phrase, cues, counted)
    are_people = anchor.counted.lemma_.lower() in cues.people
    if are_people and anchor.noun.dep_ in _DONE_TO and anchor.verb.lemma_ not in {"be", "have"}:
        return [*counted, "whose", *noun, "was", _past(anchor.verb, cues)]
    return [*noun, "of", *counted]


def traded_metric(figure: QuantitySpan, anchor: Anchor, cues: MetricCues) -> list[str]:
    """The price or rate of a thing that has one, where the thing itself is what rose or stood; else nothing."""
    if anchor.noun is None or anchor.head.head.lower_ == "worth":
        return []
    name = cues.traded.get(anchor.noun.lower_) or cues.traded.get(anchor.noun.lemma_.lower())
    sort = _sort(figure)
    is_move = anchor.tie is Tie.CHANGE
    if not name or not (sort in {"money", "ratio"} or (is_move and sort in {"percent", "percentage_point"})):
        return []
    return [*name.split(), "change"] if is_move else name.split()


def _change(words: list[str], anchor: Anchor, cues: MetricCues) -> list[str]:
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


def _share(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    assert anchor.whole is not None
    words = ["share", "of", *phrase.of(anchor.whole)]
    noun = anchor.noun
    own = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" and _stands(anchor) else []
    if own and noun is not None and noun.lemma_.lower() not in {"share", "proportion", "percentage", "part"}:
        return [*own, "as", *words]
    holder = anchor.head.head
    if anchor.head.dep_ == "pobj" and holder.lower_ in {"in", "among"} and holder.head.pos_ == "VERB":
        found = next((child for child in holder.head.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
        if found is not None:
            return [*words, "with", *phrase.of(found, 2)]
    if (
        anchor.verb is not None
        and anchor.head.dep_ == "dobj"
        and anchor.verb.lemma_.lower() not in cues.light | cues.idle
    ):
        return [*words, _past(anchor.verb, cues), *_towards(anchor.verb, anchor.head, phrase)]
    verb = anchor.verb if anchor.verb is not None else (anchor.head.head if anchor.head.head.pos_ == "VERB" else None)
    if verb is not None and anchor.head.dep_ in {"nsubj", "nsubjpass"}:
        words += _predicate(verb, phrase)
    return words


def _stands(anchor: Anchor) -> bool:
    """Whether a share is where something stands: "exports are 40 percent of output", "rose to 2 percent of output"."""
    return anchor.head.dep_ in {"attr", "acomp"} or anchor.preposition in {"to", "from", "of"}


def _predicate(verb: Token, phrase: Phrase) -> list[str]:
    """What is said of the things counted: "rated good", "keeping records"; of "have to be repaid", repaid."""
    for _ in range(3):
        inner = next((child for child in verb.rights if child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"}), None)
        if inner is None or inner.tag_ == "VBG":
            break
        verb = inner
    words = [verb.lower_, *_particle(verb)] if verb.lemma_ not in {"be", "have", "do"} else []
    for child in verb.rights:
        if child.dep_ in {"acomp", "oprd", "attr"} and not phrase.is_barred(child) and not child.like_num:
            words.append(child.lower_)
        elif child.dep_ == "dobj":
            words += phrase.of(child, 2)
        elif not words and child.dep_ == "prep" and child.lower_ in _STATES:
            words += [child.lower_, *(w for c in child.children if c.dep_ == "pobj" for w in phrase.of(c, 2))]
    return words


def _sort(figure: QuantitySpan) -> str:
    """count, percent, time, money or the unit itself: what the frames are keyed by."""
    unit = figure.quantity.unit
    first = unit.split("/")[0]
    if first.startswith("count"):
        return "count"
    if first in {"percent", "percentage_point", "ratio", "magnitude"}:
        return "percent" if first.startswith("percent") else first
    if first in _TIME_UNITS:
        return "time"
    if len(first) == 3 and first.isupper():
        return "money"
    return {"hectare": "area", "acre": "area", "square_kilometre": "area", "square_metre": "area"}.get(first, first)


def _framed(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    verb = anchor.verb
    if verb is None or anchor.preposition in {"from", "in", "after"}:
        return []
    if anchor.noun is not None and not (verb.lemma_.lower() in cues.valuing and anchor.noun.dep_ in _DONE_TO):
        return []
    frame = cues.frames.get(verb.lemma_.lower())
    if not frame:
        return []
    sort = _sort(figure)
    template = frame.get(sort) or ("" if sort == "count" else frame.get("any"))
    if not template or (sort == "count" and anchor.head.dep_ == "nsubj" and "{noun}" in template):
        return []
    noun = _counted_words(figure, anchor, phrase)
    if "{noun}" in template and not noun and template.split()[0] == "{noun}" and sort == "count":
        template = frame.get("bare", "")
    words = template.format(noun=" ".join(noun), subject=" ".join(_doer(verb, phrase))).split()
    return words if sort != "money" or "{" in template else [*words, *_towards(verb, anchor.head, phrase)]


def _doer(verb: Token, phrase: Phrase) -> list[str]:
    """What a cost or price is of: "training" of "the training of the model cost", "notifying one person" of that."""
    subject = shared_subject(verb)
    aim = next((child for child in verb.children if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB"), None)
    if subject is not None and subject.dep_ == "csubj":
        return [
            _gerund(subject.lemma_.lower()),
            *(w for c in subject.rights if c.dep_ == "dobj" for w in phrase.of(c, 2)),
        ]
    if subject is not None and subject.pos_ == "NOUN" and not phrase.is_barred(subject):
        words = phrase.of(subject, 3)
        return [*words[:-1], subject.lemma_.lower()] if words else []
    return [_gerund(aim.lemma_.lower())] if aim is not None else []


def _count(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    words = _counted_words(figure, anchor, phrase)
    return words if _is_total(figure, anchor) else _done(anchor, phrase, cues, words)


def _is_total(figure: QuantitySpan, anchor: Anchor) -> bool:
    """ "310" of "restored 240 of its 310 servers": of all there are, nothing was done to."""
    counted = anchor.counted
    if counted is None or counted.dep_ != "pobj" or counted.head.lower_ != "of":
        return False
    part = counted.head.head
    return part.like_num and part.idx < figure.number_start


def _part_of(figure: QuantitySpan, anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "surgeries postponed" for "surgeries, 40 of which were put off", "homes rebuilt" for "rebuilt 40 of them"."""
    after = text_of(anchor.head.doc)[figure.end : figure.end + 12].lower().split()
    if after[:1] != ["of"] or not set(after[1:2]) & {"which", "whom", "them", "these", "those"} or anchor.verb is None:
        return []
    if anchor.head.dep_ not in {"nsubj", *_DONE_TO}:
        return []
    noun = figure.quantity.unit.removeprefix("count:").replace("_", " ")
    if not figure.quantity.unit.startswith("count:") or noun == "item":
        return []
    named = cues.unit_metrics.get(figure.quantity.unit)
    return (
        named.split() if named and " " in named else _done(replace(anchor, counted=None), phrase, cues, [_plural(noun)])
    )


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    irregular = {"person": "people", "child": "children", "man": "men", "woman": "women"}
    return irregular.get(noun) or (f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s")


def _done(anchor: Anchor, phrase: Phrase, cues: MetricCues, words: list[str]) -> list[str]:
    """The things counted with what was done to them: "people killed", "people whose data was taken"."""
    verb = anchor.verb
    described = relative_of(anchor.counted, phrase) if anchor.counted is not None else []
    if described[:1] in (["with"], ["under"]) and verb is not None and verb.lemma_ not in cues.idle:
        is_done = anchor.counted is not None and anchor.counted.dep_ in _DONE_TO
        described = [*([_past(verb, cues)] if is_done else []), *described]
    if described:
        return [*words, *described]
    done = _participle(anchor, cues)
    if done:
        return [*words, done]
    if verb is not None and anchor.head.dep_ in {"nsubj", "nsubjpass"}:
        said = _predicate(verb, phrase)
        person = anchor.head.dep_ == "nsubj" and len(said) > 1 and anchor.head.lemma_.lower() in cues.people
        return [*words, *(["who"] if person else []), *said]
    head = anchor.counted if anchor.counted is not None else anchor.head
    is_object = "dobj" in {head.dep_, anchor.head.dep_} or (
        head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.dep_ == "dobj"
    )
    if verb is not None and is_object and verb.lemma_ not in cues.idle:
        return [*words, _past(verb, cues), *_particle(verb)]
    return words


def _particle(verb: Token) -> list[str]:
    """ "off" of "put off"."""
    return [child.lower_ for child in verb.rights if child.dep_ == "prt"][:1]


def _participle(anchor: Anchor, cues: MetricCues) -> str:
    """ "killed" for "left 12 people dead" and the like."""
    near = [
        *(anchor.counted.children if anchor.counted is not None else ()),
        *(anchor.verb.children if anchor.verb is not None else ()),
    ]
    for token in near:
        if token.lower_ in cues.participles:
            return cues.participles[token.lower_]
    return ""


def _past(verb: Token, cues: MetricCues) -> str:
    lemma = verb.lemma_.lower()
    if lemma in cues.irregular:
        return cues.irregular[lemma]
    if verb.tag_ in {"VBN", "VBD"}:
        return verb.lower_
    if lemma.endswith("y") and lemma[-2:-1] not in tuple("aeiou"):
        return f"{lemma[:-1]}ied"
    return lemma + "d" if lemma.endswith("e") else lemma + "ed"


def _amount(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "ice lost" for "lost 12 metres of ice", "amount dug" for "dug 40 tonnes"."""
    verb = anchor.verb
    if verb is None or anchor.head.dep_ not in _DONE_TO or verb.lemma_.lower() in cues.idle | cues.verbs.level:
        return []
    prepositions = (child for child in anchor.head.children if child.dep_ == "prep" and child.lower_ == "of")
    stuff = [word for of in prepositions for child in of.children if child.dep_ == "pobj" for word in phrase.of(child, 2)]
    return [*(stuff or ["amount"]), _past(verb, cues)]


def _bare_verb(verb: Token, phrase: Phrase) -> list[str]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr"} and child.pos_ == "NOUN" and not phrase.is_barred(child):
            return phrase.of(child, 1)
    return []


def _tidy(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in " ".join(words).split():
        if not kept or kept[-1] != word:
            kept.append(word)
    while kept and kept[-1] in {"of", "and", "the"}:
        kept.pop()
    while kept and kept[0] in {"of", "and", "the"}:
        kept.pop(0)
    return kept
