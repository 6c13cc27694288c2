"""The words of what a figure is of, from the place in the parse where our reader hangs it.

CQE's set names the noun phrase that is measured and, where that is what a verb is done to or who has things counted, the
subject of the verb; words are those between blanks, without articles, prepositions, dates and other figures.
"""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from monitor import assets
from monitor.nlp.anchors import anchor
from monitor.nlp.attributes import QuantitySpan
from monitor.nlp.figure_cues import FigureCues, load_figure_cues
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.ties import Anchor, Tie

_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ASIDE = frozenset({"relcl", "acl", "advcl", "appos"})
_RELATIVE = frozenset({"who", "which", "that"})
_SPEAKERS = frozenset({"i", "we", "you"})
_LEFT_OUT = frozenset({"total", "other", "more", "most", "such", "several", "own"})
_DASHES = frozenset("—–")
_TIES = frozenset("-/&'’‑")


def concept_of(doc: Doc, span: QuantitySpan) -> list[str]:
    """The content words of what the figure is of; a dash where there is none."""
    if (span.quantity.unit == "percent" and span.unit_start == span.unit_end) or span.aside == "one":
        return ["-"]
    named = _named_before(doc, span)
    if named is not None:
        return _words(doc, {token.i for token in named})
    told = _told(doc, span)
    return _words(doc, {token.i for one in told for token in _tokens(doc, one)}) or ["-"]


def _told(doc: Doc, span: QuantitySpan) -> list[Token]:
    """The nouns whose phrases tell what the figure is of."""
    hung = _anchor(doc, span)
    noun = hung.whole or hung.noun
    if noun is not None and (_is_measure(doc, noun) or (hung.tie is Tie.COUNT and hung.whole is None)):
        noun = None
    if noun is not None and noun.lower_ in _RELATIVE and noun.head.dep_ == "relcl":
        noun = noun.head.head
    told = [noun] if noun is not None else _stuff(doc, span)
    told += _aged(hung, span)
    told += _moves(doc, span)
    owned = hung.whole is None or any(token.dep_ == "poss" and token.pos_ == "PRON" for token in hung.whole.lefts)
    if noun is None or (owned and noun.dep_ not in _SUBJECTS and not _is_below_subject(noun)):
        subject = _subject(noun if noun is not None else hung.head, hung)
        told += [subject] if subject is not None else []
    return [*told, *_headed(doc, span)] if told else _owner(hung)


def _named_before(doc: Doc, span: QuantitySpan) -> list[Token] | None:
    """The name before a bracket or in a list of movers: "Reyes (0.5 points)", "Tarn Mills, down 2p, Orsel by 3p"."""
    figure = doc.char_span(span.start, span.end, alignment_mode="expand")
    at = figure.start - 1 if figure is not None else 0
    if at < 1 or (doc[at].text == "(" and span.same_as is not None):
        return None
    at = at if doc[at].text == "(" else _before_move(doc, at)
    if at < 1 or doc[at - 1].pos_ != "PROPN":
        return None
    first = at - 1
    while first > 0 and doc[first - 1].dep_ == "compound" and doc[first - 1].head.i < at:
        first -= 1
    return list(doc[first:at])


def _before_move(doc: Doc, at: int) -> int:
    """Where the name ends before the "down 2p at", or the "by", that ends at this token; 0 where there is none."""
    if at > 1 and doc[at].lower_ in ("at", "to"):
        levels = {doc.char_span(q.start, q.end, alignment_mode="expand") for q in doc._.quantities}
        at = next((one.start - 1 for one in levels if one is not None and one.end == at), 0)
    if at > 2 and doc[at].lower_ == "by" and doc[at - 2].text == ",":
        return at
    return at - 1 if at > 1 and doc[at].lower_ in ("up", "down") and doc[at - 1].text == "," else 0


def _headed(doc: Doc, span: QuantitySpan) -> list[Token]:
    """The name that heads an item: "Tarn Mills — Shares of the spinner rose"."""
    figure = doc.char_span(span.start, span.end, alignment_mode="expand")
    dashes = [token.i for token in doc[: figure.start] if token.text in _DASHES] if figure is not None else []
    if not dashes:
        return []
    first = dashes[-1]
    while first > 0 and doc[first - 1].text[:1].isupper():
        first -= 1
    starts_item = first == 0 or doc[first - 1].is_sent_end or doc[first - 1].text.isspace()
    return [doc[first : dashes[-1]].root] if starts_item and first < dashes[-1] else []


def _stuff(doc: Doc, span: QuantitySpan) -> list[Token]:
    """The "silver" of "90 kilograms of silver"."""
    figure = doc.char_span(span.start, span.end, alignment_mode="expand")
    at = _behind(doc, figure, span) if figure is not None else len(doc)
    if span.counted is not None or at >= len(doc) or doc[at].lower_ != "of":
        return []
    return [child for child in doc[at].children if child.dep_ == "pobj" and child.pos_ in ("NOUN", "PROPN")]


def _behind(doc: Doc, figure: Span, span: QuantitySpan) -> int:
    """The token after a figure and its other reading: "8 miles (13 kilometres) of"."""
    other = doc._.quantities[span.same_as] if span.same_as is not None else span
    last = max(span.end, other.end)
    return next((token.i for token in doc[figure.end :] if token.idx >= last and token.text != ")"), len(doc))


def _aged(hung: Anchor, span: QuantitySpan) -> list[Token]:
    """The person of "Ruth Olsen, 54, has"."""
    person = hung.head.head
    return [person] if span.aside == "age" and hung.head.dep_ == "appos" and person.pos_ == "PROPN" else []


def _owner(hung: Anchor) -> list[Token]:
    """The Berg of "three of Berg's cousins left", the show of "five seasons of the show"."""
    heads = [hung.counted] if hung.counted is not None else []
    below = [child for head in heads for child in head.children]
    below += [inner for child in below if child.dep_ == "prep" and child.lower_ == "of" for inner in child.children]
    return [token for token in below if token.dep_ in ("poss", "pobj") and token.pos_ == "PROPN"]


def whole_of(doc: Doc, span: QuantitySpan) -> str:
    """What a share is of, in lower case."""
    hung = _anchor(doc, span)
    figure = doc.char_span(span.start, span.end, alignment_mode="expand")
    behind = {token.lower_ for token in doc[figure.end : figure.end + 2]} if figure is not None else set()
    if hung.whole is None or hung.whole.pos_ == "PRON" or behind & {"which", "whom"}:
        return "-"
    words = [t for t in doc[hung.whole.left_edge.i : hung.whole.i + 1] if t.pos_ in _CONTENT and t.pos_ != "NUM"]
    figures = [(one.number_start, one.number_end) for one in doc._.quantities]
    return " ".join(t.lemma_.lower() for t in words if not any(first <= t.idx < end for first, end in figures))


def is_noun_of_change(doc: Doc, span: QuantitySpan) -> bool:
    """ "A 5 percent dip", "an increase of 600 jobs": a noun tells the change, no verb."""
    return bool(_moves(doc, span))


def _moves(doc: Doc, span: QuantitySpan) -> list[Token]:
    """The noun of the change that a figure is."""
    head = _anchor(doc, span).head
    head = head.head if head.dep_ == "conj" else head
    around = [head.head, *([head.head.head] if head.head.dep_ == "prep" and head.head.lower_ in ("of", "in") else [])]
    nouns = _changes().up.nouns | _changes().down.nouns
    return [token for token in around if token.pos_ == "NOUN" and token.lemma_.lower() in nouns][:1]


def _is_measure(doc: Doc, noun: Token) -> bool:
    """Whether the noun is a unit or number of some figure."""
    return any(min(q.start, q.unit_start) <= noun.idx < max(q.end, q.unit_end) for q in doc._.quantities)


def _is_below_subject(noun: Token) -> bool:
    """The "Americans" of "the share of Americans fell"."""
    return any(token.dep_ in _SUBJECTS for token in noun.ancestors if token.pos_ in ("NOUN", "PROPN"))


def _subject(token: Token, hung: Anchor) -> Token | None:
    """Who does what the figure tells; over pronouns, who was named last in the clauses above."""
    for verb in (token, *token.ancestors):
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        for child in verb.lefts:
            if child.dep_ not in _SUBJECTS or child.i == hung.head.i or child.is_ancestor(hung.head):
                continue
            if child.lower_ in _SPEAKERS:
                return None
            if child.lower_ in _RELATIVE and verb.dep_ == "relcl":
                return verb.head
            if child.pos_ in ("NOUN", "PROPN", "NUM") or _names(child):
                return child
    return None


def _tokens(doc: Doc, noun: Token) -> Iterator[Token]:
    """The content of a noun phrase, without clauses and without phrases of a figure or a date."""
    spans = [*doc._.quantities, *(span for span in doc._.passing if not _is_named(span))]
    numbers = [(q.start, max(q.number_end, q.unit_end if q.counted is None else 0)) for q in spans]
    dates = [(d.start, d.end) for d in doc._.dates]
    figures = [(q.start, max(q.end, q.unit_end)) for q in spans] + dates

    def stands_in(token: Token, places: list[tuple[int, int]]) -> bool:
        return any(first <= token.idx < end for first, end in places)

    def walk(token: Token) -> Iterator[Token]:
        dated = token.pos_ == "NUM" and stands_in(token, dates)
        done = token.pos_ == "VERB" and (token.dep_ == "amod" or _is_done(token))
        told = token.pos_ in _CONTENT or done or (token == noun and _names(token))
        if told and not dated and token.lower_ not in _LEFT_OUT and not stands_in(token, numbers):
            yield token
        for child in token.children:
            told = list(_carried(child))
            aside = child.dep_ in _ASIDE and not _is_short_form(child) and not _is_done(child)
            if not aside and not any(stands_in(one, figures) for one in told):
                yield from walk(child)

    return walk(noun)


def _is_short_form(token: Token) -> bool:
    """ "(WTI)" behind a name."""
    return token.dep_ == "appos" and token.i > 0 and token.nbor(-1).text == "(" and token.text.isupper()


def _is_done(token: Token) -> bool:
    """The "kept" of "grain kept in silos"."""
    return token.dep_ == "acl" and token.tag_ == "VBN"


def _is_named(span: QuantitySpan) -> bool:
    """The numbers of "the five launches" and of "women aged 25 to 54" are words of what is measured."""
    return span.aside == "definite" or (span.aside == "age" and span.quantity.value is None)


def _carried(child: Token) -> Iterator[Token]:
    """What a preposition or "and" ties to a noun."""
    if child.dep_ == "conj":
        yield from child.subtree
    elif child.dep_ == "prep":
        for token in child.children:
            yield from (token, *(one for one in token.children if one.dep_ == "conj"))


def _names(noun: Token) -> bool:
    """Whether the head of a phrase names something, whatever a tagger takes it for: "sampling", "TX-125"."""
    return noun.tag_ in ("VBG", "NN", "NNS") or any(c.isdigit() for c in noun.text)


def _words(doc: Doc, tokens: set[int]) -> list[str]:
    """The words between blanks that hold these tokens, without a possessive ending."""
    words: list[str] = []
    spans = [*doc._.quantities, *doc._.passing]
    at = 0
    while at < len(doc):
        end = at + 1
        while end < len(doc) and not doc[end - 1].whitespace_ and _ties(doc[end - 1], doc[end]):
            end += 1
        word = doc[at:end]
        measured = len(word) > 1 and any(_overlaps(word, q) for q in spans)
        if tokens.intersection(range(at, end)) and not measured:
            words.append(_plain(doc[at:end].text))
        at = end
    return words


def _plain(word: str) -> str:
    """ "US" for "U.S.", "Iceland" for "Iceland’s"."""
    word = word.removesuffix("'s").removesuffix("’s")
    letters = word.replace(".", "")
    return letters if letters.isupper() else word


def _overlaps(word: Span, figure: QuantitySpan) -> bool:
    """Whether a word such as "barrel-a-day" or "year-old" holds the number or the unit of a figure."""
    end = figure.number_end if figure.counted is not None else max(figure.number_end, figure.unit_end)
    return word.start_char < end and figure.number_start < word.end_char


def _ties(before: Token, token: Token) -> bool:
    return (token.text in _TIES or before.text in _TIES) and token.tag_ != "POS"


@cache
def _changes() -> FigureCues:
    return load_figure_cues(assets.models() / "cues" / "en")


@cache
def _cues() -> MetricCues:
    return MetricCues.read(assets.models() / "cues" / "en" / "metrics.toml")


def _anchor(doc: Doc, span: QuantitySpan) -> Anchor:
    is_change = span.quantity.direction is not None
    return anchor(doc, span.start, span.end, span.quantity.unit, _cues().verbs, is_change=is_change)
