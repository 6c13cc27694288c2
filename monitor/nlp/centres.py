"""What a sentence is about, for the "it" that goes on with it: the subject of the clause or the sentence before."""

from spacy.tokens import Span, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.clauses import ancestors, subject_of
from monitor.nlp.named import Named
from monitor.nlp.players import token_at
from monitor.nlp.text import text_of

SAYING = frozenset({"say", "announce", "claim", "tell", "add", "warn", "report", "confirm", "deny", "state", "think"})
_SHOWING = frozenset({"show", "find", "suggest", "estimate", "put", "reveal", "conclude", "note"})
_CLAUSES = frozenset({"ccomp", "parataxis", "conj", "advcl"})
_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
_MANY = frozenset({"NNS", "NNPS"})
_IT = frozenset({"it", "its"})
FURTHEST = 6  # sentences back over which one "it" goes on with another


def centre_before(token: Token, named: Named) -> Token | None:
    """The noun that an "it" goes on with; None for other words, and where a thing was named in between."""
    step: Token | None = token
    for _ in range(FURTHEST):
        if step is None or step.lower_ not in _IT:
            return None
        above = _beside(step, named.world.cues.telling)
        step = above if above is not None else _sentence_before(step, named)
        if step is not None and step.pos_ in _NOMINAL:
            return step
    return None


def _beside(token: Token, telling: frozenset[str]) -> Token | None:
    """ "Tolvar" of "Tolvar lags behind: it has reached 58 percent": the subject of the clause beside its own."""
    own = token.head if token.dep_ in _SUBJECTS else None
    if own is None:
        return None
    beside = [child for child in own.lefts if child.dep_ in _CLAUSES and child.pos_ in _VERBAL]
    above = own.head if own.dep_ in _CLAUSES and own.head.pos_ in _VERBAL else beside[0] if beside else None
    if above is None or above.lemma_.lower() in SAYING | _SHOWING | telling:
        return None
    if any(child.lower_ in {"that", "whether", "if"} for verb in (own, above) for child in verb.lefts):
        return None
    subject = subject_of(above)
    is_one = subject is not None and subject.pos_ in _NOMINAL and subject.tag_ not in _MANY
    return subject if is_one and subject is not None and subject.i < token.i else None


def _sentence_before(token: Token, named: Named) -> Token | None:
    """The subject of the sentence before one that "it" opens, of what that says where it says something."""
    sentence = token.sent
    if not sentence.start or any(not _is_source(m, named) for m in named.within(sentence.start_char, token.idx)):
        return None
    before = named.doc[sentence.start - 1].sent
    if not _one_paragraph(before, sentence):
        return None
    root = before.root
    subject = subject_of(root)
    said = next((child for child in root.children if child.dep_ == "ccomp"), None)
    if subject is not None and said is not None and root.lemma_ in SAYING | _SHOWING:
        inner = subject_of(said)
        subject = inner if inner is not None else subject
    if subject is None or subject.pos_ not in _NOMINAL | {"PRON"} or subject.tag_ in _MANY:
        return None
    return subject


def _is_source(mention: EntitySpan, named: Named) -> bool:
    """Whether a name only says who says a sentence: "According to Orlan it …"."""
    root = token_at(named.doc, mention)
    return root is not None and any(step.lower_ == "according" for step in ancestors(root))


def _one_paragraph(before: Span, sentence: Span) -> bool:
    return "\n" not in text_of(sentence.doc)[before.start_char : sentence.start_char].rstrip(" ")
