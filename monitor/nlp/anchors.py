"""Where a figure hangs in the parse: the noun it measures, the verb that ties them, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from spacy.tokens import Doc, Span, Token

from monitor.nlp.clauses import SUBJECTS, ancestors, shared_subject

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "acomp", "dative"})


_NO_STUFF = frozenset(
    {"percent", "percentage_point", "ratio", "magnitude", "date", "day", "week", "month", "year", "hour", "minute"}
    | {"second", "kilometre", "metre", "mile", "degree_celsius", "degree_fahrenheit"}
)
# "lost 4 percent" is a change, "lost 40 houses" and "added $2 million" are not.
_COUNTING_CHANGES = frozenset({"lose", "gain", "add", "shed", "recover", "cut", "move", "raise"})


_WAYS = frozenset({"up", "down", "higher", "lower"})
# Of these the thing that grew or shrank is what they add to: "adds 4 percent to the cost".
_ADDING = {"add": "to", "knock": "off", "shave": "off", "take": "off", "wipe": "off"}


# Whoever does this to "a gain of 3 percent" did not gain.
_FORESEEING = frozenset({"forecast", "expect", "predict", "project", "see", "estimate", "anticipate", "foresee"})
_HOLDING = frozenset({"own", "hold", "buy", "acquire", "sell", "control", "purchase"})
_TRANSITIVE = frozenset({"cut", "raise", "lower", "lift", "trim", "reduce", "hike"})


_RELATIVE = frozenset({"which", "whom"})
# "In the range of 7 to 8 million" is where something lies, not what is measured.
_ROUGHLY = frozenset({"range", "region", "vicinity", "neighbourhood", "neighborhood", "order", "area"})
# Of money these are sums of their own, not by how much something moved: "a loss of $3 million".
_SUMS = frozenset({"loss", "gain"})


class Tie(StrEnum):
    """How a figure is tied to its noun: as its level, as how much it moved, as a count of it, or as a share."""

    LEVEL = "level"
    CHANGE = "change"
    COUNT = "count"
    SHARE = "share"
    LOOSE = "loose"


@dataclass(frozen=True)
class VerbCues:
    """Lemmas of cues/en/metrics.toml."""

    level: frozenset[str]
    change: frozenset[str]
    give: frozenset[str]
    change_nouns: frozenset[str]


@dataclass(frozen=True)
class Anchor:
    """`noun` is measured, `verb` says so, `counted` is the noun counted, `whole` what a share is of."""

    head: Token
    tie: Tie
    noun: Token | None = None
    verb: Token | None = None
    counted: Token | None = None
    whole: Token | None = None
    preposition: str = ""
    move: Token | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def anchor(doc: Doc, start: int, end: int, unit: str, cues: VerbCues, *, is_change: bool) -> Anchor:
    """The anchor of the figure in characters `start` to `end`."""
    span = doc.char_span(start, end, alignment_mode="expand") or doc[0:1]
    top = _top(span)
    counted = _counted(top, span, unit)
    head = counted if counted is not None else top
    part = _odds(top, span, unit)
    head = part if part is not None else head
    whole = part if part is not None else _whole(head, span, unit)
    found = _climb(head, cues, 0)
    found = _beside(span, found) or found
    if found.move is not None and _is_money(unit) and not is_change and found.move.lemma_.lower() in _SUMS:
        found = replace(found, tie=Tie.LEVEL, noun=found.move, move=None)
    if found.tie is Tie.CHANGE and not unit.startswith("percent") and _is_counting(found, head):
        found = replace(found, tie=Tie.COUNT, noun=None)
    beside = head.head if head.dep_ == "appos" and head.head.pos_ == "NOUN" and not _is_figure(head.head) else None
    if found.noun is None and counted is None and beside is not None:
        found = replace(found, noun=beside, tie=Tie.LEVEL)  # "the reactor (900 MW, in use since 1991)"
    tie = found.tie
    if whole is not None:
        tie = Tie.SHARE
    elif tie is Tie.LEVEL and counted is not None and found.noun is None:
        tie = Tie.COUNT
    if is_change and tie in {Tie.LEVEL, Tie.LOOSE}:
        tie = Tie.CHANGE
    return replace(found, head=head, tie=tie, counted=counted, whole=whole)


def _top(span: Span) -> Token:
    """The highest token of the figure that is no blank or mark."""
    content = [token for token in span if any(c.isalnum() or c in "%‰$€£¥" for c in token.text)]
    content = [token for token in content if token.pos_ not in {"ADP", "PART", "CCONJ"}] or content
    content = [token for token in content if not _is_far_end(token, span)] or content
    return min(content or list(span), key=lambda token: (sum(1 for _ in ancestors(token)), token.pos_ == "ADV", token.i))


def _is_far_end(token: Token, span: Span) -> bool:
    """The 50 of "margins of 48 percent to 50 percent", which parsers hang on another word than the 48."""
    lead = token.head
    return token.dep_ == "pobj" and lead.lower_ == "to" and span.start < lead.i < token.i and lead.head not in span


def _counted(top: Token, span: Span, unit: str) -> Token | None:
    """The noun counted: "people" in "12 people" or, outside the span, "wafers" in "12,000 H5 wafers"."""
    glued = top.i > 0 and top.nbor(-1).like_num and not top.nbor(-1).whitespace_  # the "m" of "2.7m sales"
    if top.pos_ in {"NOUN", "PROPN"} and unit.startswith("count") and not top.like_num and not glued:
        return top
    if not unit.startswith("count"):
        return _stuff(top) if _is_stuff(unit) else None
    token = top
    for _ in range(3):
        if token.dep_ in {"nummod", "quantmod", "compound", "amod", "nmod", "det"} and token.head.i > token.i:
            token = token.head
            if token.pos_ in {"NOUN", "PROPN"} and not token.like_num:
                return token
    following = [child for child in top.children if child.dep_ == "prep" and child.lower_ == "of" and child.i > top.i]
    for preposition in following:
        for child in preposition.children:
            if child.dep_ == "pobj" and child.pos_ == "NOUN":
                return child
    return None


def _is_stuff(unit: str) -> bool:
    """Whether a unit measures stuff, which "of" names: tonnes, litres, bytes; not shares, money, time or length."""
    return not _is_money(unit) and unit not in _NO_STUFF and "/" not in unit


def _is_money(unit: str) -> bool:
    first = unit.split("/")[0]
    return len(first) == 3 and first.isupper()


def _stuff(top: Token) -> Token | None:
    for child in top.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return inner
    return None


def _whole(head: Token, span: Span, unit: str) -> Token | None:
    """What a share is of: "wafers" in "3 percent of wafers"."""
    if unit not in {"percent", "ratio"} and not unit.startswith("count"):
        return None
    for token in [head, *span]:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "in" and span.start <= child.i < span.end:
                part = _beyond(child, span)
                if part is not None:
                    return part
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "in"}
                and child.i >= span.end - 1
                and child.i - span.end < 2
            ):
                if child.lower_ == "in" or unit.startswith("count"):
                    continue
                for inner in child.children:
                    if inner.dep_ in {"pobj", "pcomp"}:
                        return _referred(inner)
    return None


def _referred(whole: Token) -> Token:
    """The staff of "its staff, half of whom work from home"."""
    clause = next((step for step in ancestors(whole) if step.dep_ == "relcl"), None)
    return clause.head if clause is not None and whole.lower_ in _RELATIVE and clause.head.pos_ in _NOUNS else whole


def _odds(top: Token, span: Span, unit: str) -> Token | None:
    """ "households" in "one in three households", where the parse takes the odds for a number."""
    if unit != "percent" or top.dep_ not in {"nummod", "quantmod"} or not any(t.lower_ in {"in", "out"} for t in span):
        return None
    noun = top.head
    return noun if noun.i >= span.end and noun.pos_ == "NOUN" else None


def _beyond(preposition: Token, span: Span) -> Token | None:
    """ "loans" in "one in four loans"."""
    inner = (child for child in preposition.children if child.dep_ == "pobj" and child.pos_ == "NOUN")
    return next((child for child in inner if child.i >= span.end), None)


def _is_counting(found: Anchor, head: Token) -> bool:
    return (
        found.verb is not None
        and found.verb.lemma_ in _COUNTING_CHANGES
        and head.dep_ == "dobj"
        and head.head == found.verb
    )


def _beside(span: Span, found: Anchor) -> Anchor | None:
    """The noun just before the figure, where the parse lost it: "with sales down 7 percent", "… per share EUR 0.87"."""
    doc, at = span.doc, span.start - 1
    if at > 0 and doc[at].lemma_ == "be" and doc[at - 1].pos_ == "NOUN" and not _is_figure(doc[at - 1]):
        lost = found.noun is None or found.noun.i > span.start
        named = doc[at - 1].dep_ in {"nsubj", "nsubjpass", "dep", "ROOT"} and not doc[at - 1].ent_type_
        if lost and named and found.whole is None and found.counted is None:
            return replace(found, noun=doc[at - 1], tie=Tie.LEVEL, move=None)
    gapped = _gapped(span, found)
    if gapped is not None:
        return replace(found, noun=gapped)
    moved = at > 0 and doc[at].lower_ in {"up", "down"}
    placed = at > 0 and doc[at].lower_ == "at"
    token = doc[at - 1 if moved or placed else at] if at >= 0 else None
    if token is None or token.pos_ != "NOUN" or token.sent != span.sent or _is_figure(token):
        return None
    if placed and (token.ent_type_ in {"DATE", "TIME"} or (found.noun is not None and found.verb is not None)):
        return None
    if (
        not moved
        and not placed
        and found.head.dep_ not in {"npadvmod", "dep"}
        and span.root.dep_ not in {"npadvmod", "dep"}
    ):
        return None
    if not moved and found.noun is not None and found.tie is Tie.CHANGE:
        return None
    noun = token
    while noun.dep_ == "pobj" and noun.head.lower_ == "per" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
    return replace(found, noun=noun, tie=Tie.CHANGE if moved else Tie.LEVEL, move=None)


def _gapped(span: Span, found: Anchor) -> Token | None:
    """ "revenue" in "admissions fell by 4 percent and revenue by 2", "chance" in "… and the chance of rain at 8"."""
    doc, at = span.doc, span.start - 1
    if at < 2 or doc[at].lower_ not in {"by", "to", "at"} or doc[at - 1].pos_ != "NOUN" or found.counted is not None:
        return None
    first = at - 1
    while first > 0 and _in_phrase(doc[first - 1]):
        first -= 1
    joined = first > 1 and doc[first - 1].lower_ == "and" and any(_is_figure(t) for t in doc[max(0, first - 12) : first])
    nouns = list(doc[first:at])
    until = next((i for i, token in enumerate(nouns) if token.pos_ == "ADP"), len(nouns))
    head = next((token for token in reversed(nouns[:until]) if token.pos_ == "NOUN"), None)
    return head if joined and head is not None and found.noun != head and not head.ent_type_ else None


def _in_phrase(token: Token) -> bool:
    """Whether a word may belong to the noun phrase behind it: no figure, no "and", no verb."""
    if token.pos_ == "ADP":
        return token.lower_ in {"of", "for", "in", "at", "on"}
    return token.pos_ in {"NOUN", "ADJ", "DET", "PRON"} and not _is_figure(token)


def is_stake(unit: str, hung: Anchor) -> bool:
    """Whether somebody holds a share of something with a name: "owns 6 percent of Barlow"."""
    verb, whole = hung.verb, hung.whole
    holds = verb is not None and verb.lemma_.lower() in _HOLDING and hung.head.dep_ == "dobj"
    return holds and unit == "percent" and whole is not None and whole.pos_ == "PROPN"


def _climb(token: Token, cues: VerbCues, depth: int) -> Anchor:
    """Follow the head until a verb or a measured noun is found."""
    head, dep = token.head, token.dep_
    if depth > 6 or head == token:
        verb = token if token.pos_ in _VERBS else None
        return Anchor(token, Tie.LOOSE, verb=verb)
    if dep in {"pobj", "pcomp"}:
        return _of_preposition(head, cues, depth)
    if dep in {"conj", "appos", "dep", "parataxis"} and head.pos_ not in _VERBS:
        return _climb(head, cues, depth + 1)
    if head.pos_ in _VERBS:
        return _of_verb(token, head, cues)
    if dep in {"nummod", "nmod", "compound", "amod", "quantmod", "npadvmod", "advmod", "poss"}:
        if head.pos_ in {"NOUN", "PROPN"} and not _is_figure(head):
            return _of_noun(head, cues, depth)
        return _climb(head, cues, depth + 1)
    if dep in {"nsubj", "nsubjpass"} or dep in _OBJECTS:
        return _climb(head, cues, depth + 1)
    return _climb(head, cues, depth + 1)


def _of_preposition(preposition: Token, cues: VerbCues, depth: int) -> Anchor:
    over, word = preposition.head, preposition.lower_
    if over == preposition:
        return Anchor(preposition, Tie.LOOSE, preposition=word)
    acted = _acted_on(over, word, cues)
    if acted is not None:
        return replace(acted, preposition=word)
    if over.lemma_.lower() in _ROUGHLY and over.dep_ == "pobj" and over.head.lower_ == "in":
        return _of_preposition(over.head, cues, depth + 1)
    if _is_figure(over):
        # "by 40 basis points to 5.1%": the second figure hangs on the first, and both on the verb
        found = replace(_climb(over, cues, depth + 1), preposition=word)
        return replace(found, tie=Tie.LEVEL) if word in {"to", "from"} and found.tie is Tie.CHANGE else found
    if over.pos_ in {"NOUN", "PROPN"}:
        if word in {
            "of",
            "on",
            "about",
            "at",
            "to",
            "from",
            "with",
            "by",
            "above",
            "below",
            "between",
            "over",
            "under",
            "around",
            "near",
        }:
            return replace(_of_noun(over, cues, depth), preposition=word)
        return replace(_climb(over, cues, depth + 1), preposition=word)
    if over.pos_ in _VERBS:
        found = replace(_of_verb(preposition, over, cues), preposition=word)
        moved = word == "by" and preposition.i > 0 and preposition.nbor(-1).lower_ in _WAYS
        return replace(found, tie=Tie.CHANGE) if moved else found
    # "up from 41 percent", "compared with 9 percent", "according to": on to what that hangs on
    found = replace(_climb(over, cues, depth + 1), preposition=word)
    return replace(found, tie=Tie.CHANGE) if word == "by" and over.lower_ in _WAYS else found


def _acted_on(over: Token, word: str, cues: VerbCues) -> Anchor | None:
    """The object of "put the share of dice from its line at 38 percent", "lifts sales by 17 percent".

    Parsers hang the figure on the noun next to it.
    """
    if word not in {"at", "by", "to"} or over.pos_ not in {"NOUN", "PROPN"} or _is_figure(over):
        return None
    step = over
    for _ in range(6):
        if step.dep_ not in {"pobj", "prep", "compound", "appos"} or step.head == step:
            break
        step = step.head
    verb = step if step.pos_ in _VERBS else step.head
    target = step if step.dep_ == "dobj" else _object(verb, over) if verb.pos_ in _VERBS else None
    lemma = verb.lemma_.lower()
    if target is None or target.i > over.i or verb.pos_ not in _VERBS:
        return None
    if word == "by" and lemma in cues.change and target.lemma_.lower() not in cues.change_nouns:
        return Anchor(over, Tie.CHANGE, noun=target, verb=verb)
    if word == "to" and lemma in cues.change and over != target:
        return Anchor(over, Tie.LEVEL, noun=target, verb=verb)
    if word == "at" and lemma in cues.give and over != target:
        return Anchor(over, Tie.LEVEL, noun=target, verb=verb)
    return None


def _is_figure(token: Token) -> bool:
    """Whether a token is part of a number with its unit rather than a thing."""
    return (
        token.like_num
        or token.ent_type_ in {"PERCENT", "MONEY", "QUANTITY", "CARDINAL"}
        or token.lemma_ in {"percent", "%", "cent", "point"}
    )


def _of_noun(noun: Token, cues: VerbCues, depth: int) -> Anchor:
    """The figure is of the noun; a noun such as "increase" passes on what increased."""
    verb = next((step for step in ancestors(noun) if step.pos_ in _VERBS), None)
    if noun.lemma_.lower() in cues.change_nouns:
        of = _moved(noun)
        if of is None and verb is not None and verb.lemma_.lower() not in _FORESEEING:
            of = shared_subject(verb)
        return Anchor(noun, Tie.CHANGE, noun=of if of != noun else None, verb=verb, move=noun)
    return Anchor(noun, Tie.LEVEL, noun=noun, verb=verb)


def _moved(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "of", "to"}:
            for inner in child.children:
                if (
                    inner.dep_ == "pobj"
                    and not inner.like_num
                    and inner.pos_ in _NOUNS
                    and inner.ent_type_ not in {"PERCENT", "MONEY", "QUANTITY", "DATE"}
                    and inner.lemma_ not in {"percent", "%", "point", "cent"}
                ):
                    return inner
    for child in noun.children:
        if (
            child.dep_ in {"compound", "nmod"}
            and child.pos_ == "NOUN"
            and not child.like_num
            and child.lemma_ not in {"percent", "%", "point", "cent", "percentage"}
        ):
            return child
    return None


def _of_verb(token: Token, verb: Token, cues: VerbCues) -> Anchor:
    """The figure hangs on a verb: as its object, complement, subject or by a preposition."""
    lemma = verb.lemma_.lower()
    subject = shared_subject(verb) or _left_subject(verb)
    target = _object(verb, token)
    added = _added_to(verb, token) if token.dep_ in _OBJECTS else None
    if added is not None:
        return Anchor(token, Tie.CHANGE, noun=added, verb=verb)
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return Anchor(token, Tie.COUNT, verb=verb)
    if target is None and lemma in _TRANSITIVE and (subject is None or subject.pos_ == "PRON"):
        target = _object_above(verb, token)
    if lemma in cues.change:
        by_level = token.dep_ == "prep" and token.lower_ in {"to", "from", "at", "above", "below"}
        noun = target if target is not None else subject
        return Anchor(token, Tie.LEVEL if by_level else Tie.CHANGE, noun=noun, verb=verb)
    if lemma in cues.give and target is not None and token.dep_ == "prep":
        return Anchor(token, Tie.LEVEL, noun=target, verb=verb)
    if token.lower_ == "for" and target is not None and target.dep_ == "dobj":
        # "Close the bridges for four days": what is done goes on so long
        return Anchor(token, Tie.LOOSE, verb=verb)
    if lemma in cues.level or token.dep_ in {"attr", "acomp"}:
        return Anchor(token, Tie.LEVEL, noun=subject, verb=verb)
    return Anchor(token, Tie.COUNT if token.dep_ in _OBJECTS else Tie.LOOSE, verb=verb)


def _object_above(verb: Token, token: Token) -> Token | None:
    """The object of the clause around: of "it changed the rate when it cut by a quarter point", rate."""
    for step in ancestors(verb):
        if step != verb and step.pos_ in _VERBS:
            found = _object(step, token)
            return found if found is not None and found.pos_ == "NOUN" and found.i < verb.i else None
    return None


def _left_subject(verb: Token) -> Token | None:
    """The subject that the parse gave to another verb: of "The number of people whose name was taken rose", number."""
    for step in ancestors(verb):
        if step.pos_ not in _VERBS:
            return None
        found = [c for c in step.children if c.dep_ in SUBJECTS and c.i < verb.i and c.pos_ in {"NOUN", "PROPN"}]
        if found and step != verb and step.i < verb.i:
            return found[0]
    return None


def _added_to(verb: Token, figure: Token) -> Token | None:
    """What "adds 4 percent to the cost" makes larger."""
    wanted = _ADDING.get(verb.lemma_.lower())
    for child in (*verb.children, *(step for token in figure.children for step in (token, *token.children))):
        if wanted and child.dep_ in {"prep", "prt", "dative"} and child.lower_ == wanted:
            return next((inner for inner in child.children if inner.dep_ == "pobj" and inner.pos_ == "NOUN"), None)
    return None


def _object(verb: Token, token: Token) -> Token | None:
    """What the verb acts on, other than the figure itself; of a passive its subject."""
    for child in verb.children:
        if child == token or child.like_num or (child.pos_ not in _NOUNS and child.lower_ != "own"):
            continue
        if child.dep_ == "dobj" and token.i not in {inner.i for inner in child.subtree}:
            return child
        if child.dep_ == "nsubjpass":
            return child
    # "puts inflation at 2.1%" may be parsed with a small clause
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ in _NOUNS and child != token:
            return child
    return None
