"""Whether the clause of a figure tells of what holds now, of what has happened, or of what was once expected."""

from spacy.tokens import Token

from monitor.nlp.clauses import VERBAL, ancestors, clause_of, is_clause, is_finite, subject_of

_PRESENT = frozenset({"VBZ", "VBP"})
_READING_OUT = frozenset({"be", "say", "show", "give", "state"})


def is_now(head: Token) -> bool:
    """Whether the figure's clause says in so many words that it holds now."""
    return any(c.dep_ == "advmod" and c.lower_ in {"now", "currently"} for c in clause_of(head).children)


def holds_still(head: Token) -> bool:
    """Whether the figure's clause is in the present or the perfect: "employs 40", "have sold 3 tonnes".

    "Net profit is 40 million" and "the table says 40" only read out what has been measured.
    """
    verb = next((step for step in ancestors(head) if is_clause(step) and is_finite(step)), None)
    if verb is None:
        return False
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    subject = subject_of(verb)
    if not auxiliaries and verb.lemma_ in _READING_OUT and (subject is None or subject.pos_ in {"NOUN", "PROPN"}):
        return False
    return any(c.tag_ in _PRESENT for c in auxiliaries) or (not auxiliaries and verb.tag_ in _PRESENT)


def is_past(head: Token) -> bool:
    """Whether the figure's clause tells of what has happened."""
    verb = clause_of(head)
    if any(c.dep_ == "aux" and c.tag_ in _PRESENT for c in verb.children):
        return False  # "have been filed": until now
    return verb.tag_ in {"VBD", "VBN"} or any(
        c.dep_ in {"relcl", "acl"} and c.tag_ in {"VBD", "VBN"} for c in head.children
    )


def was_expected(head: Token) -> bool:
    """Whether a forecast is of what has come by now: "analysts had expected 4 percent"."""
    return any(
        any(c.dep_ == "aux" and c.lower_ in {"had", "'d", "’d"} for c in step.children)
        for step in ancestors(head)
        if step.pos_ in VERBAL and step.tag_ in {"VBN", "VBG"} and step.lemma_ not in {"say", "tell"}
    )


def would_have(head: Token) -> bool:
    """Whether the figure's clause tells what would have been."""
    auxiliaries = {c.lower_ for c in clause_of(head).children if c.dep_ == "aux"}
    return "have" in auxiliaries and bool(auxiliaries & {"would", "could", "might", "should"})


def points_back(head: Token) -> bool:
    """Whether the clause says more of what was just told: "That was 6 percent more", "of which 40 were children"."""
    verb = next((step for step in ancestors(head) if is_clause(step) and is_finite(step)), None)
    if verb is None:
        return False
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and child.i < head.i:
            return child.lower_ in {"that", "this", "these", "those"} and child.tag_ == "DT"
    return False
