"""What a verb of speech reports: the clause, the quotation or the figure that hangs on it."""

from collections.abc import Iterator

from spacy.tokens import Token

from monitor.nlp.clauses import VERBAL, Region, end_of, is_finite, regions, subject_of
from monitor.nlp.quotes import Quote
from monitor.nlp.reports import Page

ASIDE_LENGTH = 9  # tokens
HEDGES = frozenset(
    {"about", "around", "some", "over", "under", "nearly", "almost", "roughly", "more", "less", "than", "only"}
)
REASONS = frozenset({"because", "after", "as"})


def content_of(page: Page, verb: Token, subject: Token, lemma: str) -> tuple[list[Region], bool]:
    """What the verb reports, and whether it is a clause or quotation rather than a bare object."""
    cues = page.cues
    if lemma in cues.say | cues.think | cues.show | cues.deny:
        around = _around(page, verb, subject)
        if around:
            return around, True
        clause = next((c for c in verb.children if c.i > verb.i and (c.dep_ == "ccomp" or _is_that_clause(c))), None)
        if clause is not None:
            return _after(page, verb, clause), True
        quoted = _quoted(page, verb, subject)
        if quoted and lemma not in cues.needs_clause:
            denied = _predicate(verb) if lemma in cues.deny and _object(verb) is not None else []
            return quoted + denied, True
    if lemma in cues.having and subject.lemma_.lower() in cues.surveys:
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if clause is not None:  # "a poll had the mayor leading by 6 points"
            return _after(page, verb, clause), True
    if lemma in cues.plan | cues.think | (cues.urging & cues.say - cues.asking):
        infinitive = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i), None)
        if infinitive is not None:
            return _after(page, verb, infinitive), False
    if lemma in cues.figure | cues.think | cues.show | cues.plan | cues.deny:
        if _object(verb) is not None and not (lemma in cues.figure and _is_future(verb)):
            return _predicate(verb, reasons=lemma in cues.figure - cues.placing), False
        if _moved_object(verb) is not None:
            inside = set(verb.subtree)
            return regions(t for t in verb.head.subtree if t not in inside) + _predicate(verb), False
    if lemma == "say" and (figure := _bare_figure(verb)):
        return figure, False
    if lemma in cues.naming and (called := _called(verb)):
        return called, False
    if lemma in cues.naming | cues.deny and (set_right := _after_colon(page, verb)):
        return set_right, False
    if lemma in cues.hoping and _hoped_for(verb):
        return _predicate(verb), False
    if lemma in cues.using and _moved_object(verb) is not None and _in_a_forecast(page, verb):
        inside = set(verb.subtree)
        return regions(t for t in verb.head.subtree if t not in inside), False
    if (lemma in cues.speaking_of and (spoken := _number_after(verb, {"of", "about"}))) or (
        lemma in cues.having and _object(verb) is not None and (spoken := _number_after(verb, {"at", "on"}))
    ):
        return regions([*spoken, *(t for t in _after_verb(verb) if lemma in cues.having)]), False
    if lemma in cues.change and (noun := _object(verb)) is not None:
        kept = any(c.dep_ in {"oprd", "acomp", "advmod"} and c.lower_ in cues.unmoved for c in verb.children)
        if kept or noun.lemma_.lower() in cues.forecasts:
            return _predicate(verb, reasons=True), False
    return [], False


def _is_that_clause(clause: Token) -> bool:
    """ "Said, without naming a source, that it had lost 40": parsers join the clause as if it told when or why."""
    return clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _bare_figure(verb: Token) -> list[Region]:
    """ "The police say about 11,000", "organisers said 40,000": a number for all that is said."""
    after = [t for t in verb.subtree if t.i > verb.i and not t.is_punct]
    first = next((t for t in after if t.like_num), None)
    led = first is not None and all(t.lower_ in HEDGES for t in after if t.i < first.i)
    return regions(after) if led else []


def _after_colon(page: Page, verb: Token) -> list[Region]:
    """ "Called that nonsense: the number was 300": what somebody sets against what he would not have."""
    rest = [t for t in page.doc[verb.i + 1 : verb.sent.end] if page.quote_at(t.idx) is None]
    colon = next((t.i for t in rest if t.text == ":"), None)
    return regions(t for t in rest if t.i > colon) if colon is not None else []


def _called(verb: Token) -> list[Region]:
    """ "Called 5 million a fantasy", "described it as 9 percent", "make it 300": the thing and what it is called."""
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "ccomp", "nsubj"} and c.i > verb.i), None)
    if thing is None:
        return []
    if verb.lemma_ == "make":
        first = next((t for t in verb.subtree if t.i > verb.i), None)
        counted = any(t.like_num for t in list(verb.subtree)[-6:] if t.i > verb.i)
        return _predicate(verb) if first is not None and first.lower_ == "it" and counted and thing.tag_ == "CD" else []
    named = any(c.dep_ == "oprd" or (c.dep_ == "prep" and c.lower_ == "as") for c in verb.children if c.i > verb.i)
    return _predicate(verb) if named or thing.dep_ == "ccomp" else []


def _in_a_forecast(page: Page, verb: Token) -> bool:
    """ "The 3 percent that the staff use in their baseline"."""
    nouns = page.cues.forecasts | page.cues.data | page.cues.documents
    return any(g.lemma_.lower() in nouns for c in verb.children if c.dep_ == "prep" for g in c.children)


def _number_after(verb: Token, prepositions: set[str]) -> list[Token]:
    """The phrase with a number that one of the prepositions after the verb, or after its object, leads in."""
    near = [*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.children)]
    for child in near:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i > verb.i:
            phrase = list(child.subtree)
            if any(t.like_num for t in phrase[:6]):
                return phrase
    return []


def _after_verb(verb: Token) -> list[Token]:
    return [t for t in verb.subtree if t.i > verb.i and not any(c.dep_ == "relcl" for c in t.children)]


def _is_future(verb: Token) -> bool:
    """ "Will publish its figures in May": whoever tells of it says so."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"dobj", "dative", "oprd", "attr"} and c.i > verb.i), None)


def _around(page: Page, verb: Token, subject: Token) -> list[Region]:
    """Content that the speech clause follows or interrupts: "Prices fell, the office said, after ..."."""
    first, last = _speech_clause(verb, subject)
    sent = verb.sent
    before = page.doc[first - 1] if first > sent.start else None
    if before is None or before.text not in {",", '"', "”", "—", "–", "-", "?", "!", "»", "''"}:
        return []
    complements = {"ccomp", "xcomp"} if verb.lemma_ == "tell" else {"ccomp", "xcomp", "dobj"}
    if subject.i < verb.i and any(
        c.dep_ in complements and c.i > verb.i and c.tag_ != "VBG" and _is_whole(c) for c in verb.children
    ):
        return []
    if (
        verb.dep_ in {"relcl", "acl"}
        or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        or (verb.dep_ == "conj" and subject_of(verb) is None)
    ):
        return []
    head = [t for t in page.doc[sent.start : first] if not _other_turn(page, t, first)]
    quoted = page.quote_at(before.idx - 1) is not None
    tail = [] if quoted else _tail(page, verb, subject, last)
    # A closing "..., the office estimates." has no other content, even where the tagger took its verb for a noun.
    closing = len(head) > ASIDE_LENGTH and not any(t.is_alpha for t in page.doc[last + 1 : sent.end])
    if not quoted and not closing and not any(t.pos_ in VERBAL and is_finite(t) for t in (*head, *tail)):
        return []
    tail_quotes = _quotes_after(page, last, sent.end) if quoted else []
    return joined_quotes(page, regions(head) + regions(tail) + tail_quotes, verb)


def _is_whole(complement: Token) -> bool:
    """Whether it is a clause or an object, not a scrap that parsers hang on the verb (", three times the toll")."""
    close = all(t.text != "," for t in complement.doc[complement.head.i : complement.left_edge.i])
    return (complement.dep_ == "dobj" and close) or any(t.pos_ in VERBAL for t in complement.subtree)


def _quotes_after(page: Page, last: int, stop: int) -> list[Region]:
    """After a quotation and its speaker the sentence is the publisher's again, but for further quotations."""
    low, high = end_of(page.doc[last]), page.doc[stop - 1].idx + 1
    return [(q.start, q.end) for q in page.quotes if low <= q.start < high]


def _speech_clause(verb: Token, subject: Token) -> tuple[int, int]:
    """First and last token of the bare clause "the ministry said on Thursday", the speaker's phrase included."""
    inside = {verb.i} | {t.i for t in _phrase(subject)}
    for child in verb.children:
        if child.dep_ in {"aux", "advmod", "npadvmod", "prep", "dative", "prt", "neg"} and child.lower_ != "after":
            span = {t.i for t in child.subtree}
            if len(span) < 12 and not any(t.text in {",", '"', "“"} for t in child.subtree):
                inside |= span
        elif child.dep_ == "dobj" and verb.lemma_ == "tell":
            inside |= {t.i for t in child.subtree}
    first, last = verb.i, verb.i
    low, high = min(subject.left_edge.i, verb.i), max(inside)
    while first - 1 >= low and (first - 1 in inside or first - 1 >= subject.left_edge.i):
        first -= 1
    while last + 1 <= high and last + 1 in inside:
        last += 1
    return first, last


def _phrase(subject: Token) -> Iterator[Token]:
    """The speaker's phrase with its appositions and relative clauses."""
    yield from subject.subtree


def _tail(page: Page, verb: Token, subject: Token, last: int) -> list[Token]:
    """What follows the speech clause in its sentence and is still the speaker's word."""
    stop = verb.sent.end
    rest = [t for t in page.doc[last + 1 : stop] if t.i not in {s.i for s in subject.subtree}]
    words = [t for t in rest if not t.is_punct and not t.is_space]
    if not words or words[0].lower_ in page.cues.turn or words[0].tag_ in {"WP", "WDT"}:
        return []
    return [t for t in rest if not _other_turn(page, t, stop, after=last)]


def _other_turn(page: Page, token: Token, limit: int, after: int = -1) -> bool:
    """Whether the token belongs to a contrast ("but ...", "while ...") that leaves what was reported."""
    for step in token.ancestors:
        marks = [c for c in step.children if c.dep_ in {"mark", "cc"} and c.lower_ in page.cues.turn]
        if after >= 0 and any(after < m.i < limit for m in marks) and step.dep_ in {"advcl", "conj"}:
            return True
    return False


def joined_quotes(page: Page, pieces: list[Region], verb: Token) -> list[Region]:
    """Quotations touched by a piece belong to it whole, back into earlier sentences of the paragraph."""
    low, _ = page.paragraph_at(verb.idx)
    found: list[Region] = []
    for start, end in pieces:
        quote = page.quote_at(start)
        last = page.quote_at(max(start, end - 1))
        found.append((max(low, min(start, quote.start)) if quote else start, max(end, last.end) if last else end))
    return found


def _after(page: Page, verb: Token, clause: Token) -> list[Region]:
    """Content that follows the verb: its clause, and in a main clause the rest of the sentence that hangs on it."""
    start = max(clause.left_edge.i, verb.i + 1) if clause.left_edge.i < verb.i else clause.left_edge.i
    main = verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT")
    stop = verb.sent.end if main else max(clause.right_edge.i, start) + 1
    left_out: set[int] = set()
    for child in verb.children:
        if child.i > clause.i and (
            child.dep_ == "conj" or (child.dep_ == "advcl" and is_finite(child)) or child.dep_ == "cc"
        ):
            left_out |= {t.i for t in child.subtree}
    for child in (*verb.children, *clause.children):
        if child.i > clause.i and _is_said_too(page, child):
            left_out |= {t.i for t in child.subtree}
    tokens = [t for t in page.doc[start:stop] if t.i not in left_out]
    return _closing(page, regions(tokens))


def _is_said_too(page: Page, verb: Token) -> bool:
    """ "..., adding that ...", "... and he noted that ...": further words of saying, which have their own content."""
    if verb.lemma_.lower() not in page.cues.say or verb.pos_ not in VERBAL:
        return False
    after_comma = verb.doc[verb.left_edge.i - 1].text in {",", "—", "–"}
    adding = verb.dep_ == "advcl" and verb.tag_ == "VBG" and after_comma
    clause = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    return clause and (adding or (verb.dep_ == "conj" and subject_of(verb) is not None and is_finite(verb)))


def _closing(page: Page, pieces: list[Region]) -> list[Region]:
    """A quotation that content ends in belongs to it whole."""
    found = []
    for start, end in pieces:
        last = page.quote_at(max(start, end - 1))
        found.append((start, max(end, last.end) if last else end))
    return found


def _quoted(page: Page, verb: Token, subject: Token) -> list[Region]:
    """A quotation next to the speech clause: before it across a full stop, or after a colon or comma."""
    first, last = _speech_clause(verb, subject)
    low, high = page.paragraph_at(verb.idx)
    left, right = page.doc[first].idx, end_of(page.doc[last])
    found: list[Region] = []
    for quote in page.quotes:
        gap_before = page.text[quote.end : left] if quote.end <= left else None
        gap_after = page.text[right : quote.start] if quote.start >= right else None
        if (
            (gap_before is not None and quote.start >= low and not gap_before.strip(" ,.—–-\n"))
            or (gap_after is not None and _leads(gap_after, quote, high))
            or (right <= quote.start < verb.sent.end_char and quote.end - quote.start > 12)
        ):
            found.append((quote.start, quote.end))
    return found


def _leads(gap: str, quote: Quote, high: int) -> bool:
    """Whether what stands between a speech clause and a quotation leads into it."""
    bare = gap.strip(" \n")
    return (bare in {",", ":", "", "that", ", that"} and quote.start < high) or (bare == ":" and gap.count("\n") <= 2)


def _hoped_for(verb: Token) -> bool:
    """ "Had hoped for 50 percent", "aims for 3 million"."""
    return any(c.dep_ == "prep" and c.lower_ == "for" and c.i > verb.i for c in verb.children)


def _moved_object(verb: Token) -> Token | None:
    """ "which the institute gave as 7": the object stands before its relative clause."""
    if verb.dep_ != "relcl" or verb.head.pos_ not in {"NOUN", "NUM", "PROPN", "SYM"}:
        return None
    if _object(verb) is None and _is_reduced(verb):
        return verb.head
    moved = (c for c in verb.children if c.dep_ in {"dobj", "nsubjpass", "advmod"} and c.i < verb.i)
    return next((c for c in moved if c.tag_ in {"WDT", "WP"} or c.lower_ == "that"), None)


def _is_reduced(verb: Token) -> bool:
    """ "The 14 the union counted": the subject stands right after the noun that the clause is about."""
    subject = subject_of(verb)
    complete = any(c.dep_ in {"ccomp", "xcomp", "advcl"} and c.i > verb.i for c in verb.children)
    return subject is not None and verb.head.i < subject.i < verb.i and not complete


def _predicate(verb: Token, *, reasons: bool = False) -> list[Region]:
    """All that the verb says of its object: the clause without subject, joined clauses and contrasts.

    `reasons`: with its "because ..." and "after ...", which are told by the one who gives the figure.
    """
    left_out: set[int] = set()
    for child in verb.children:
        if child.i < verb.i or child.lower_ == "according" or _is_joined(child, reasons):
            left_out |= {t.i for t in child.subtree}
    return regions(t for t in verb.subtree if t.i > verb.i and t.i not in left_out)


def _is_joined(child: Token, reasons: bool) -> bool:
    """Whether a part of the clause is a clause of its own, or another thing that the subject does."""
    if reasons and child.dep_ == "advcl" and child.left_edge.lower_ in REASONS and subject_of(child) is not None:
        return False
    finite = child.dep_ in {"advcl", "parataxis", "ccomp"} and is_finite(child)
    return child.dep_ in {"conj", "cc", "relcl"} or (finite and not any(t.tag_ == "WDT" for t in child.subtree))
