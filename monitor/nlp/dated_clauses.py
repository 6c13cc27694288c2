"""How the clause that date words stand in is tied to the clause of a figure."""

from collections.abc import Sequence

from spacy.tokens import Token

from monitor.nlp.clauses import VERBAL, ancestors, subject_of

_GIVING = frozenset({"release", "publish", "disclose", "issue", "announce", "report", "give", "reveal", "post", "state"})
_SUPERSEDED = frozenset({"previous", "earlier", "prior", "old", "initial", "first", "original", "preliminary"})
_OF_PHRASES = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "PRON"})
_TELLING = frozenset({"ccomp", "parataxis"})


def dates_telling(chain: Sequence[Token]) -> bool:
    """Whether a date is that of giving a figure out: "the 640 cases it named last month"."""
    verb = next((step for step in chain if step.pos_ == "VERB"), None)
    return verb is not None and verb.dep_ in {"acl", "relcl"} and verb.lemma_.lower() in _GIVING


def is_superseded(noun: Token) -> bool:
    """Whether a count is one that another has taken the place of: it held when it was given."""
    return any(c.dep_ == "amod" and c.lower_ in _SUPERSEDED for c in noun.children)


def tells(verb: Token, below: Token) -> bool:
    """Whether the verb reports the clause below it: its date is that of the saying."""
    told = any(child.dep_ in _TELLING for child in verb.children)
    for step in ancestors(below):
        if step.head == verb and step != verb:
            return step.dep_ in _TELLING or (told and step.dep_ == "advcl")
    return told


def is_told_by(verb: Token, below: Token) -> bool:
    """Whether the clause is what the verb says: "found in 2024 that 9 percent of it leaks"."""
    return any(step.head == verb and step.dep_ == "ccomp" for step in ancestors(below))


def is_of_report(root: Token, verb: Token) -> bool:
    """Whether the date is part of the name of what tells: "a survey in 2024 found", not "the office said in May"."""
    return any(step.dep_ == "nsubj" and step.head == verb for step in ancestors(root))


def is_joined(own: Token, other: Token) -> bool:
    """Whether a clause with a subject or auxiliary of its own is joined to the other."""
    if not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in own.children):
        return False
    for step in ancestors(own):
        if step == other:
            return True
        if step.dep_ != "conj":
            return False
    return False


def stands_apart(other: Token, own: Token) -> bool:
    """Whether a clause below that of the figure tells of another time: what was before, what it is said of."""
    for step in ancestors(other):
        if step == own:
            return False
        if step.pos_ in VERBAL and (
            _is_relative(step) or _is_sequel(step) or _is_another_matter(step) or _is_of_the_past(step, own)
        ):
            return True
    return False


def is_told_in(root: Token, documents: frozenset[str]) -> bool:
    """Whether a day is that of what tells the figure: "in a note to clients on Thursday", "Friday's report showed"."""
    if any(step.lemma_.lower() in documents and step.pos_ == "NOUN" for step in list(ancestors(root))[1:5]):
        return True
    at = root.left_edge.i - 1
    while at > root.sent.start and root.doc[at].pos_ in _OF_PHRASES:
        if root.doc[at].lemma_.lower() in documents and root.doc[at].dep_ == "pobj":
            return True
        at -= 1
    return False


def hangs_on_object(root: Token, verb: Token) -> bool:
    """Whether a date belongs to what a verb acts on: "cut its forecast for the year"."""
    return any(step.head == verb and step.dep_ in {"dobj", "nsubj", "nsubjpass"} for step in ancestors(root))


def is_remark(chain: Sequence[Token], noun: Token) -> bool:
    """Whether a date stands in what is only remarked of the noun: "the shares, which fell on Monday, closed at 62".

    "…, which is the best quarter in years" speaks of the figure itself.
    """
    for step in chain:
        if step == noun:
            return False
        if step.dep_ == "relcl" and step.head == noun:
            return step.lemma_ != "be" and is_aside(step)
    return False


def is_aside(relative: Token) -> bool:
    """Whether a comma sets a relative clause off."""
    first = relative.left_edge
    return first.i > 0 and first.nbor(-1).text == ","


def follows_when(own: Token, date: Token) -> bool:
    """Whether the clause says what happened at the date: "since January, when the port handled 112 ships"."""
    opened = next((c for c in own.children if c.lower_ == "when" and c.dep_ == "advmod"), None)
    if opened is None or own.dep_ not in {"relcl", "advcl"} or opened.i <= date.i:
        return False
    return all(token.is_punct for token in date.doc[date.right_edge.i + 1 : opened.i]) or own.head == date


def begins_with_since(root: Token) -> bool:
    """Whether the date is that of a clause from which on something is counted: "since fighting resumed in June"."""
    for step in ancestors(root):
        if step.pos_ in VERBAL:
            return any(c.lower_ == "since" and c.dep_ == "mark" for c in step.children) or (
                step.dep_ == "pcomp" and step.head.lower_ == "since"
            )
    return False


def _is_relative(verb: Token) -> bool:
    return verb.dep_ in {"relcl", "acl"} or any(child.dep_ in _TELLING for child in verb.children)


def _is_sequel(verb: Token) -> bool:
    """Whether the clause says after what something came: "fled after the river burst its banks on Monday"."""
    return any(c.lower_ == "after" and c.dep_ in {"mark", "prep"} for c in verb.children) or (
        verb.dep_ == "pcomp" and verb.head.lower_ == "after"
    )


def _is_another_matter(verb: Token) -> bool:
    """Whether the clause is the object of a preposition and has its own subject: "like what they paid in 2023"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ != "since" and subject_of(verb) is not None


def _is_of_the_past(verb: Token, main: Token) -> bool:
    """Whether a participle tells what had been before what the main clause says holds: "Opened in 1998, it has 40"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and main.tag_ in {"VBZ", "VBP"}
