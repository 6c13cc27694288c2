"""Where a figure hangs in the parse: the noun it measures, the verb that ties them, and how."""

from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from monitor.nlp.clauses import ancestors
from monitor.nlp.climbing import climb, is_figure
from monitor.nlp.parts_of import counted_noun, is_money, odds_of, whole_of
from monitor.nlp.ties import Anchor, Tie, VerbCues

# "lost 4 percent" is a change, "lost 40 houses" and "added $2 million" are not.
_COUNTING_CHANGES = frozenset({"lose", "gain", "add", "shed", "recover", "cut", "move", "raise"})
_HOLDING = frozenset({"own", "hold", "buy", "acquire", "sell", "control", "purchase"})
# Of money these are sums of their own, not by how much something moved: "a loss of $3 million".
_SUMS = frozenset({"loss", "gain"})


def anchor(doc: Doc, start: int, end: int, unit: str, cues: VerbCues, *, is_change: bool) -> Anchor:
    """The anchor of the figure in characters `start` to `end`."""
    span = doc.char_span(start, end, alignment_mode="expand") or doc[0:1]
    top = _top(span)
    counted = counted_noun(top, span, unit)
    head = counted if counted is not None else top
    part = odds_of(top, span, unit)
    head = part if part is not None else head
    whole = part if part is not None else whole_of(head, span, unit)
    found = climb(head, cues, 0)
    found = _beside(span, found) or found
    if found.move is not None and is_money(unit) and not is_change and found.move.lemma_.lower() in _SUMS:
        found = replace(found, tie=Tie.LEVEL, noun=found.move, move=None)
    if found.tie is Tie.CHANGE and not unit.startswith("percent") and _is_counting(found, head):
        found = replace(found, tie=Tie.COUNT, noun=None)
    beside = head.head if head.dep_ == "appos" and head.head.pos_ == "NOUN" and not is_figure(head.head) else None
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
    if at > 0 and doc[at].lemma_ == "be" and doc[at - 1].pos_ == "NOUN" and not is_figure(doc[at - 1]):
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
    if token is None or token.pos_ != "NOUN" or token.sent != span.sent or is_figure(token):
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
    joined = first > 1 and doc[first - 1].lower_ == "and" and any(is_figure(t) for t in doc[max(0, first - 12) : first])
    nouns = list(doc[first:at])
    until = next((i for i, token in enumerate(nouns) if token.pos_ == "ADP"), len(nouns))
    head = next((token for token in reversed(nouns[:until]) if token.pos_ == "NOUN"), None)
    return head if joined and head is not None and found.noun != head and not head.ent_type_ else None


def _in_phrase(token: Token) -> bool:
    """Whether a word may belong to the noun phrase behind it: no figure, no "and", no verb."""
    if token.pos_ == "ADP":
        return token.lower_ in {"of", "for", "in", "at", "on"}
    return token.pos_ in {"NOUN", "ADJ", "DET", "PRON"} and not is_figure(token)


def is_stake(unit: str, hung: Anchor) -> bool:
    """Whether somebody holds a share of something with a name: "owns 6 percent of Barlow"."""
    verb, whole = hung.verb, hung.whole
    holds = verb is not None and verb.lemma_.lower() in _HOLDING and hung.head.dep_ == "dobj"
    return holds and unit == "percent" and whole is not None and whole.pos_ == "PROPN"
