"""Reading a dependency parse: subjects, clauses, noun phrases as character regions."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from monitor.nlp.text import text_of

Region = tuple[int, int]

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis", "pcomp", "csubj", "acl", "xcomp"})
PHRASE_PARTS = frozenset(
    {"det", "amod", "compound", "nmod", "poss", "nummod", "predet", "quantmod", "case", "advmod", "neg"}
)
VERBAL = frozenset({"VERB", "AUX"})
LONGEST_SENTENCE = 400  # tokens
CHAIN_LIMIT = 40  # of steps up a tree: a longer one is a parse gone wrong


def readable(doc: Doc) -> Iterator[Span]:
    """The sentences that people wrote: what is longer than any of them is a list or an attack, and is passed over."""
    return (sent for sent in doc.sents if len(sent) <= LONGEST_SENTENCE)


def end_of(token: Token) -> int:
    """Character just after the token."""
    return token.idx + len(token)


def subject_of(verb: Token) -> Token | None:
    """The subject of the verb itself; of "who said" the noun that "who" stands for.

    Of two the nearer one: parsers take the place name of a dateline for a subject.
    """
    found = [c for c in verb.children if c.dep_ in SUBJECTS]
    if not found:
        return None
    nearest = min(found, key=lambda c: abs(c.i - verb.i))
    return verb.head if nearest.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl" else nearest


def shared_subject(verb: Token) -> Token | None:
    """The subject, if need be that of the verb it is joined to ("said ... and added", "said ..., adding")."""
    token = verb
    for _ in range(CHAIN_LIMIT):
        found = subject_of(token)
        if found is not None:
            return found
        if token.dep_ == "acl" and token.head.pos_ in {"NOUN", "PROPN"} and token.tag_ == "VBG":
            return token.head
        if token.dep_ == "pcomp" and token.tag_ == "VBG" and token.head.head.pos_ in VERBAL:
            token = token.head.head  # "gave no figure beyond saying that ..."
            continue
        if token.dep_ not in {"conj", "advcl", "xcomp", "dep", "ccomp"} or token.head == token:
            return None
        if token.dep_ == "ccomp" and token.tag_ not in {"VBG", "VB"}:
            return None
        if token.head.pos_ not in VERBAL:
            return None
        token = token.head
    return None


def ancestors(token: Token) -> Iterator[Token]:
    """The token and its heads up to the root."""
    for _ in range(CHAIN_LIMIT):
        yield token
        if token.head == token:
            return
        token = token.head


def is_clause(token: Token) -> bool:
    """Whether the token heads a clause with a verb of its own."""
    return token.dep_ == "ROOT" or (
        token.pos_ in VERBAL and (token.dep_ in CLAUSES or (token.dep_ in {"conj", "dep"} and token.head.pos_ in VERBAL))
    )


def clause_of(token: Token) -> Token:
    """The head of the innermost clause that holds the token."""
    for step in ancestors(token):
        if is_clause(step):
            return step
    return token.sent.root


def is_finite(verb: Token) -> bool:
    """Whether the verb stands in a tense of its own: "rose", "has risen", "will rise", but not "rising", "to rise"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return any(child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBZ", "VBP", "MD"} for child in verb.children)


def regions(tokens: Iterable[Token]) -> list[Region]:
    """Runs of neighbouring tokens as trimmed regions; white space and marks at the ends are left out."""
    runs: list[list[Token]] = []
    for token in sorted(set(tokens), key=lambda t: t.i):
        if runs and runs[-1][-1].i == token.i - 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [region for run in runs if (region := trimmed(run)) is not None]


def trimmed(run: list[Token]) -> Region | None:
    """The region of a run of tokens without commas, dashes and blanks at its ends; None when nothing is left."""
    start, end = 0, len(run)
    while start < end and (run[start].is_space or run[start].text in {",", ";", ":", "-", "--", "–", "—"}):
        start += 1
    while end > start and (run[end - 1].is_space or run[end - 1].text in {",", ";", ":", "-", "--", "–", "—"}):
        end -= 1
    worded = any(t.text[:1].isalnum() or len(t) > 1 for t in run[start:end])
    return (run[start].idx, end_of(run[end - 1])) if worded else None


def noun_phrase(head: Token, *, after: tuple[str, ...] = ("prep", "amod", "acl", "nummod", "advmod")) -> Region:
    """The noun phrase as written: its modifiers, but no relative clause, apposition or second noun."""
    tokens = {head}
    for child in head.children:
        before = child.i < head.i
        if (before and child.dep_ in PHRASE_PARTS) or (not before and child.dep_ in after and not _is_loose(child)):
            tokens |= set(_phrase_tokens(child))
    left = min(t.i for t in tokens)
    right = _closed_right(head, tokens)
    run = list(head.doc[left : right + 1])
    return trimmed(run) or (head.idx, end_of(head))


def _is_loose(child: Token) -> bool:
    """Time words, and whatever a comma cuts off, are no part of the name of a source."""
    previous = child.doc[child.left_edge.i - 1] if child.left_edge.i else child
    if previous.text in {",", "(", "—", "–"}:
        return True
    return child.dep_ == "prep" and any(t.ent_type_ in {"DATE", "TIME"} for t in child.children)


def _phrase_tokens(child: Token) -> Iterator[Token]:
    for token in child.subtree:
        if not any(step.dep_ == "relcl" for step in _up_to(token, child)):
            yield token


def _up_to(token: Token, top: Token) -> Iterator[Token]:
    for step in ancestors(token):
        if step == top:
            return
        yield step


def _closed_right(head: Token, tokens: set[Token]) -> int:
    """The last token reached from the head without a comma or a missing word between."""
    right = head.i
    indices = {t.i for t in tokens}
    while right + 1 in indices and head.doc[right + 1].text not in {",", ";", "(", "—", "–", '"', "“"}:
        right += 1
    return right


def paragraph_regions(doc: Doc) -> list[Region]:
    """The paragraphs set on the Doc, else the stretches between line breaks."""
    known: list[Region] = list(doc._.paragraphs) if Doc.has_extension("paragraphs") else []
    if known:
        return known
    found: list[Region] = []
    start = 0
    text = text_of(doc)
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
