"""Speech in sentences: verbs, "according to" and nouns that attribute → who, by which words, what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from monitor.domain.claim import Modality
from monitor.domain.source import Source, SourceKind
from monitor.nlp.clauses import (
    VERBAL,
    Region,
    clause_of,
    end_of,
    is_finite,
    readable,
    regions,
    shared_subject,
    subject_of,
)
from monitor.nlp.quotes import Quote
from monitor.nlp.speakers import Speakers, SpeechCues, Voice

ASIDE_LENGTH = 9  # tokens


@dataclass(frozen=True)
class Report:
    """Somebody says something. `pieces`: the content, in order. `weak`: taken over from an earlier sentence."""

    voice: Voice
    cue_start: int
    cue_end: int
    pieces: tuple[Region, ...]
    weak: bool = False

    def covers(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.pieces)


@dataclass(frozen=True)
class Page:
    """What finding speech needs to know of one text."""

    doc: Doc
    text: str  # of the Doc, which would build it anew each time
    cues: SpeechCues
    speakers: Speakers
    quotes: list[Quote]
    paragraphs: list[Region]

    def quote_at(self, at: int) -> Quote | None:
        return next((q for q in self.quotes if q.start <= at < q.end), None)

    def paragraph_at(self, at: int) -> Region:
        return next((p for p in self.paragraphs if p[0] <= at < p[1]), (0, len(self.text)))


def find_reports(page: Page) -> list[Report]:
    """Every report with a speaker of its own, in order of text; each speaker is remembered for the next."""
    found: list[Report] = []
    for token in (token for sent in readable(page.doc) for token in sent):
        report = by_verb(page, token) or by_according(page, token) or by_noun(page, token) or by_aside(page, token)
        if report is not None and report.pieces:
            found.append(report)
            page.speakers.remember(report.voice)
    return found


# --- verbs


def by_verb(page: Page, verb: Token) -> Report | None:
    """ "X said ...", "..., said X", "the report puts the loss at ...", "X expects ...", "X denied ..."."""
    cues, lemma = page.cues, verb.lemma_.lower()
    if (
        verb.pos_ not in VERBAL
        or lemma not in cues.say | cues.think | cues.show | cues.figure | cues.plan | cues.deny | cues.change
    ):
        return None
    if _is_unsaid(verb) and lemma not in cues.neg_raising:
        return None
    if lemma == "see" and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return None  # what one has seen is no forecast
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
    if passive or (verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}):
        return _by_agent(page, verb) if lemma in cues.think | cues.figure | cues.say else None
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(c.dep_ == "aux" for c in verb.children):
        return None  # "asked whether": somebody else asked
    subject = shared_subject(verb)
    if subject is None or subject.dep_ == "expl" or _own_words(page, subject, verb):
        return None
    pieces, strong = content_of(page, verb, subject, lemma)
    if not pieces:
        return None
    quoted = page.quote_at(verb.idx) is not None
    voice = page.speakers.voice(subject, loose=strong and lemma in cues.speak and not quoted)
    if voice is None or not _can(cues, voice, verb, strong) or page.speakers.is_publisher(voice.nearest):
        return None
    voice = _with_audience(page, verb, _with_cited(page, verb, voice))
    return Report(voice, verb.idx, end_of(verb), tuple(pieces))


def _is_unsaid(verb: Token) -> bool:
    """ "Did not say", "gave no forecast"."""
    refused = any(c.dep_ == "dobj" and any(d.lower_ == "no" for d in c.children) for c in verb.children)
    return refused or any(c.dep_ == "neg" for c in verb.children)


def _own_words(page: Page, subject: Token, verb: Token) -> bool:
    """Inside a quotation "I think", "we expect", "he said" are the speaker's own way of talking."""
    return subject.pos_ == "PRON" and (subject.lower_ in page.cues.pronouns_self or page.quote_at(verb.idx) is not None)


def _can(cues: SpeechCues, voice: Voice, verb: Token, strong: bool) -> bool:
    """Documents show, say and give; people and organisations do everything else, but put a figure at something."""
    lemma = verb.lemma_.lower()
    document = any(link.kind is SourceKind.DOCUMENT for link in voice.chain) or bool(voice.words & cues.own_works)
    shown = lemma in cues.show - cues.figure - cues.think - cues.plan - cues.change - cues.speak
    if not strong and shown and not document:
        return False
    if not strong and lemma in cues.placing and not document and not _places(verb):
        return False
    return lemma in cues.show | cues.say | cues.think | cues.deny if document else True


def _places(verb: Token) -> bool:
    """ "Put the loss at 4 million", "gave it as 7": not "put 4 million into a hotel"."""
    near = [*verb.children, *(g for c in verb.children if c.dep_ == "dobj" for g in c.children)]
    return verb.dep_ == "relcl" or any(c.dep_ == "prep" and c.lower_ in {"at", "as"} for c in near)


def content_of(page: Page, verb: Token, subject: Token, lemma: str) -> tuple[list[Region], bool]:
    """What the verb reports, and whether it is a clause or quotation rather than a bare object."""
    cues = page.cues
    if lemma in cues.say | cues.think | cues.show | cues.deny:
        around = _around(page, verb, subject)
        if around:
            return around, True
        clause = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if clause is not None:
            return _after(page, verb, clause), True
        quoted = _quoted(page, verb, subject)
        if quoted and lemma not in cues.needs_clause:
            return quoted, True
    if lemma in cues.plan | cues.think:
        infinitive = next((c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i), None)
        if infinitive is not None:
            return _after(page, verb, infinitive), False
    if lemma in cues.figure | cues.think | cues.show | cues.plan | cues.deny:
        if _object(verb) is not None or (lemma in cues.think | cues.plan and _hoped_for(verb)):
            return _predicate(verb), False
        if _moved_object(verb) is not None:
            inside = set(verb.subtree)
            return regions(t for t in verb.head.subtree if t not in inside) + _predicate(verb), False
    if lemma in cues.change and (noun := _object(verb)) is not None and noun.lemma_.lower() in cues.forecasts:
        return _predicate(verb), False
    return [], False


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
    if subject.i < verb.i and any(c.dep_ in complements and c.i > verb.i and c.tag_ != "VBG" for c in verb.children):
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
    return _joined_quotes(page, regions(head) + regions(tail) + tail_quotes, verb)


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


def _joined_quotes(page: Page, pieces: list[Region], verb: Token) -> list[Region]:
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
    tokens = [t for t in page.doc[start:stop] if t.i not in left_out]
    return _closing(page, regions(tokens))


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
    if verb.dep_ != "relcl":
        return None
    return next((c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.tag_ in {"WDT", "WP"}), None)


def _predicate(verb: Token) -> list[Region]:
    """All that the verb says of its object: the clause without subject, joined clauses and contrasts."""
    left_out: set[int] = set()
    for child in verb.children:
        finite = child.dep_ in {"advcl", "parataxis", "ccomp"} and is_finite(child)
        joined = child.dep_ in {"conj", "cc", "relcl"} or (finite and not any(t.tag_ == "WDT" for t in child.subtree))
        if child.i < verb.i or joined:
            left_out |= {t.i for t in child.subtree}
    return (
        regions(t for t in verb.subtree if t.i > verb.i and t.i not in left_out)[:1]
        + regions(t for t in verb.subtree if t.i > verb.i and t.i not in left_out)[1:]
    )


def _by_agent(page: Page, verb: Token) -> Report | None:
    """ "The loss was put at 4 million by the insurers"."""
    for agent in verb.children:
        if agent.dep_ == "agent" or (agent.dep_ == "prep" and agent.lower_ == "by"):
            for noun in agent.children:
                voice = page.speakers.voice(noun) if noun.dep_ == "pobj" else None
                if voice is None:
                    continue
                without = {t.i for t in agent.subtree}
                clause = verb if verb.dep_ not in {"acl", "amod"} else verb.head
                pieces = regions(t for t in clause.subtree if t.i not in without)
                return Report(voice, verb.idx, end_of(verb), tuple(pieces))
    return None


# --- whom they told, whom they cite


def _with_audience(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "told the Gazette": whom they told; a medium or institute that then tells us is the next link."""
    if verb.lemma_ != "tell":
        return _with_interview(page, verb, voice)
    heard = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
    if heard is None:
        return voice
    return _told(page, voice, heard)


def _told(page: Page, voice: Voice, heard: Token) -> Voice:
    start, end = heard.left_edge.idx, end_of(heard)
    label = page.text[start:end]
    listener = page.speakers.voice(heard)
    told = listener.nearest.name if listener and listener.nearest.name else label
    chain: tuple[Source, ...] = (replace(voice.nearest, told=told), *voice.chain[1:])
    if listener is not None and _passes_on(page, listener):
        chain = (*chain, listener.nearest)
    return replace(voice, chain=chain)


def _passes_on(page: Page, listener: Voice) -> bool:
    """Whether the listener is another publisher, who then printed it."""
    link = listener.nearest
    return (
        bool(link.name)
        and link.kind in {SourceKind.MEDIA, SourceKind.THINK_TANK}
        and not page.speakers.is_publisher(link)
    )


def _with_interview(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "said in an interview with the Gazette"; "said in the filing" when that document was named before."""
    for inside in verb.children:
        if inside.dep_ != "prep" or inside.lower_ not in {"in", "to", "on"}:
            continue
        for noun in inside.children:
            if noun.lemma_.lower() == "interview":
                for link in noun.children:
                    for other in link.children:
                        if link.lower_ in {"with", "to"} and other.dep_ == "pobj":
                            return _told(page, voice, other)
            elif noun.lemma_.lower() in page.cues.documents and len(voice.chain) == 1:
                return _in_document(page, voice, noun)
    return voice


def _in_document(page: Page, voice: Voice, noun: Token) -> Voice:
    """The document counts as a link only where the article has relied on it before."""
    written = page.speakers.voice(noun)
    known = {link for earlier in page.speakers.voices for link in earlier.chain}
    if written is None or written.chain[-1].kind is not SourceKind.DOCUMENT or written.chain[-1] not in known:
        return voice
    return replace(voice, chain=(voice.nearest, written.chain[-1]))


def _with_cited(page: Page, verb: Token, voice: Voice) -> Voice:
    """ "..., an official said, citing the ministry": the one cited asserts, the speaker passes it on."""
    below = (g for c in verb.children if c.dep_ == "ccomp" for g in c.children)
    for child in (*verb.children, *below):
        if child.lemma_.lower() in page.cues.cite and child.tag_ == "VBG":
            for noun in child.children:
                cited = page.speakers.voice(noun) if noun.dep_ == "dobj" else None
                cited = cited or (_giver(page, noun) if noun.dep_ == "dobj" else None)
                if cited is not None:
                    return replace(voice, chain=(*cited.chain, *voice.chain), modality=Modality.REPORTED)
    return voice


def _giver(page: Page, noun: Token) -> Voice | None:
    """The one behind an utterance: "a talk held by the institute"."""
    for child in noun.children:
        for by in child.children if child.dep_ == "acl" else (child,):
            if by.lower_ in {"by", "from", "of"}:
                for giver in by.children:
                    if (found := page.speakers.voice(giver)) is not None:
                        return found
    return None


# --- according to, by its own count


def by_according(page: Page, token: Token) -> Report | None:
    """ "according to X", "citing X", "by her estimate", "in the words of X": the clause around is X's."""
    noun, first = _according(page, token)
    if noun is None:
        return None
    voice = page.speakers.voice(noun, loose=token.lower_ == "according")
    if voice is None:
        return None
    voice = _of_the_subject(page, token, voice)
    phrase = {t.i for t in token.subtree} | {t.i for t in noun.subtree}
    phrase = {i for i in phrase if i >= first}
    clause = _bearing_clause(token)
    whole = clause.sent if clause.dep_ == "ROOT" else list(clause.subtree)
    tokens = [t for t in whole if t.i not in phrase and not _contrast(page, t, token)]
    pieces = _joined_quotes(page, regions(tokens), token)
    return Report(voice, token.idx, end_of(token), tuple(pieces))


def _of_the_subject(page: Page, token: Token, voice: Voice) -> Voice:
    """ "The hospital has told the state ..., according to a filing": the filing is the hospital's."""
    if voice.nearest.kind is not SourceKind.DOCUMENT or not voice.words & page.cues.own_papers:
        return voice
    subject = subject_of(token.sent.root)
    owner = page.speakers.voice(subject) if subject is not None else None
    if owner is None or owner.nearest.kind is not SourceKind.COMPANY or not owner.nearest.name:
        return voice
    return replace(voice, chain=(owner.nearest, *voice.chain))


def _according(page: Page, token: Token) -> tuple[Token | None, int]:
    lower = token.lower_
    if lower == "according":
        return next(
            (o for c in token.children if c.lower_ == "to" for o in c.children if o.dep_ in {"pobj", "pcomp"}), None
        ), token.i
    if lower in page.cues.cite | {"citing", "quoting"} and token.tag_ == "VBG" and token.dep_ in {"advcl", "prep", "acl"}:
        said = token.head.head if token.head.dep_ == "ccomp" else token.head
        if said.lemma_.lower() in page.cues.say and subject_of(said) is not None:
            return None, token.i  # an inner link of the speaker's chain
        return next((c for c in token.children if c.dep_ in {"dobj", "pobj"}), None), token.i
    if lower in page.cues.by_prepositions:
        for noun in token.children:
            if noun.dep_ == "pobj" and noun.lemma_.lower() in page.cues.by_nouns and _set_off(token):
                owner = next((c for c in noun.children if c.dep_ == "poss"), None)
                return owner, token.i
    return None, token.i


def _set_off(token: Token) -> bool:
    """Whether the phrase stands at the edge of its clause, cut off by a comma or the start of the sentence."""
    return token.i == token.sent.start or token.doc[token.i - 1].text in {",", "—", "–", "-"}


def _bearing_clause(token: Token) -> Token:
    """The clause that an adverbial phrase is said of: a finite one, up to the sentence when it closes or opens it."""
    inner = clause_of(token.head)
    closes = token.right_edge.i >= token.sent.end - 3
    if token.i == token.sent.start or (
        closes and not (inner.dep_ in {"relcl", "acl"} and token.i < inner.right_edge.i - 3)
    ):
        return token.sent.root
    return inner


def _contrast(page: Page, token: Token, cue: Token) -> bool:
    """Whether token and cue stand on two sides of a "but"."""
    marks = [
        t.i
        for t in cue.sent
        if t.lower_ in page.cues.turn and t.dep_ in {"cc", "mark"} and t.i > 0 and page.doc[t.i - 1].text == ","
    ]
    return any((token.i >= m) != (cue.i >= m) for m in marks)


# --- nouns


def by_noun(page: Page, noun: Token) -> Report | None:
    """ "the bank's forecast of 3 percent", "an estimate by the exchange", "the ministry's claim that ..."."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in page.cues.forecasts | page.cues.data | page.cues.utterances:
        return None
    voice = page.speakers.voice(noun)
    if voice is None or voice.nearest.kind is SourceKind.DOCUMENT or not _has_content(noun):
        return None
    if noun.dep_ in {"nsubj", "nsubjpass"} and noun.head.pos_ in VERBAL:
        verb = noun.head
        if verb.lemma_.lower() not in page.cues.show | page.cues.equate:
            return None
        tokens = [
            t for t in verb.subtree if not any(t in set(c.subtree) for c in verb.children if c.dep_ in {"conj", "cc"})
        ]
    else:
        tokens = [
            t
            for t in noun.subtree
            if t.i > noun.i and not any(a.dep_ == "relcl" for a in (t, *t.ancestors) if a.i > noun.i)
        ]
    return Report(voice, noun.idx, end_of(noun), tuple(regions(tokens)))


def _has_content(noun: Token) -> bool:
    return noun.dep_ in {"nsubj", "nsubjpass"} or any(
        c.i > noun.i and (c.dep_ in {"acl", "relcl", "ccomp", "appos"} or c.lower_ in {"of", "for", "at"})
        for c in noun.children
    )


def by_aside(page: Page, noun: Token) -> Report | None:
    """ "..., the filing shows, ...", "..., a poll for the paper shows.": a verb that the tagger took for a noun."""
    doc, lemma = page.doc, noun.lower_.removesuffix("s")
    if noun.pos_ != "NOUN" or lemma not in page.cues.say | page.cues.show | page.cues.think:
        return None
    first = _aside_start(noun)
    if first is None or not _aside_ends(noun) or noun.i - first < 1:
        return None
    aside = doc[first : noun.i]
    if any(t.pos_ in VERBAL or t.like_num for t in aside):
        return None
    head = next((doc[t.i - 1] for t in aside if t.pos_ == "ADP" and t.i > first), doc[noun.i - 1])
    voice = page.speakers.voice(head)
    if voice is None or voice.nearest.kind is SourceKind.ANONYMOUS:
        return None
    stop = _aside_stop(noun)
    rest = [t for t in noun.sent if not first <= t.i < stop]
    if not any(t.pos_ in VERBAL and is_finite(t) for t in rest):
        return None
    modality = None
    if lemma in page.cues.forecasting | page.cues.calculating:
        modality = Modality.ESTIMATED if lemma in page.cues.calculating else Modality.FORECAST
    voice = replace(voice, modality=voice.modality or modality)
    return Report(voice, noun.idx, end_of(noun), tuple(regions(rest)))


def _aside_start(noun: Token) -> int | None:
    """The token after the comma that the aside stands behind, not far back in the sentence."""
    for i in range(noun.i - 1, max(noun.sent.start, noun.i - ASIDE_LENGTH - 1), -1):
        if noun.doc[i].text == ",":
            return i + 1
    return None


def _aside_ends(noun: Token) -> bool:
    stop = _aside_stop(noun)
    return stop >= len(noun.doc) or noun.doc[stop].text in {",", ".", ";"} or noun.doc[stop].is_space


def _aside_stop(noun: Token) -> int:
    """The token after the verb and its words of time: "forecast on Monday"."""
    stop = noun.i + 1
    while stop < len(noun.doc) and stop - noun.i < 4 and noun.doc[stop].text not in {",", ".", ";"}:
        token = noun.doc[stop]
        if not (token.ent_type_ in {"DATE", "TIME"} or token.lower_ in {"on", "in", "this", "last", "earlier"}):
            break
        stop += 1
    return stop
