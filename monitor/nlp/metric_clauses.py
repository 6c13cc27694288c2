"""What a clause says of the things in it: what was done, to whom, by what."""

from spacy.tokens import Token

from monitor.nlp.clauses import ancestors, shared_subject
from monitor.nlp.metric_forms import gerund
from monitor.nlp.phrases import STATE_ADVERBS, Phrase, names_state
from monitor.nlp.ties import Anchor

_STATES = frozenset({"without", "under", "against", "for", "below", "above"})


def predicate(verb: Token, phrase: Phrase) -> list[str]:
    """What is said of the things counted: "rated good", "keeping records"; of "have to be repaid", repaid."""
    for _ in range(3):
        inner = next((child for child in verb.rights if child.dep_ == "xcomp" and child.pos_ in {"VERB", "AUX"}), None)
        if inner is None or inner.tag_ == "VBG":
            break
        verb = inner
    words = [verb.lower_, *particle(verb)] if verb.lemma_ not in {"be", "have", "do"} else []
    words = ["not", *words] if words and any(child.dep_ == "neg" for child in verb.lefts) else words
    for child in verb.rights:
        if child.dep_ in {"acomp", "oprd", "attr"} and not phrase.is_barred(child) and not child.like_num:
            words.append(child.lower_)
        elif child.dep_ == "dobj":
            words += phrase.of(child, 2)
        elif not words and child.dep_ == "prep" and _says_state(child, verb):
            words += [child.lower_, *(w for c in child.children if c.dep_ == "pobj" for w in phrase.of(c, 2))]
        elif not words and verb.lemma_ == "be" and child.lower_ in STATE_ADVERBS:
            words.append(child.lower_)
    return words


def _says_state(preposition: Token, verb: Token) -> bool:
    """Whether it says how the things counted are: "without power", and with "be" also "in custody"."""
    return preposition.lower_ in _STATES or (verb.lemma_ == "be" and names_state(preposition))


def particle(verb: Token) -> list[str]:
    """ "off" of "put off"."""
    return [child.lower_ for child in verb.rights if child.dep_ == "prt"][:1]


def towards(verb: Token, figure: Token, phrase: Phrase) -> list[str]:
    """ "to families" of "gave 40 crowns to families", and of "gave families 40 crowns"."""
    for child in (*verb.rights, *figure.rights):
        if child.dep_ == "dative" and child.pos_ == "NOUN" and not phrase.is_barred(child):
            return ["to", *phrase.of(child, 3)]
        if child.dep_ in {"prep", "dative"} and child.lower_ in {"to", "for", "from", "on"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.pos_ == "NOUN" and not phrase.is_barred(inner):
                    return [child.lower_, *phrase.of(inner, 3)]
    return []


def doer(verb: Token, phrase: Phrase) -> list[str]:
    """What a cost or price is of: "training" of "the training of the model cost", "notifying one person" of that."""
    subject = shared_subject(verb)
    aim = next((child for child in verb.children if child.dep_ in {"xcomp", "advcl"} and child.tag_ == "VB"), None)
    if subject is not None and subject.dep_ == "csubj":
        return [
            gerund(subject.lemma_.lower()),
            *(w for c in subject.rights if c.dep_ == "dobj" for w in phrase.of(c, 2)),
        ]
    if subject is not None and subject.pos_ == "NOUN" and not phrase.is_barred(subject):
        words = phrase.of(subject, 3)
        return [*words[:-1], subject.lemma_.lower()] if words else []
    return [gerund(aim.lemma_.lower())] if aim is not None else []


def branch(anchor: Anchor, phrase: Phrase) -> list[str]:
    """ "pulp and paper" of "Pulp and paper remained weak, with sales down 7 percent": whose the sales are.

    A bare noun names a branch or a sort of goods; "the company" is told by its name.
    """
    noun, verb = anchor.noun, anchor.verb
    if noun is None or verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return []
    held = any(step.dep_ == "prep" and step.lower_ == "with" and step.head == verb for step in ancestors(noun))
    subject = shared_subject(verb) if held else None
    if subject is None or subject.pos_ != "NOUN" or phrase.is_barred(subject):
        return []
    if any(child.dep_ in {"det", "poss", "nummod", "amod"} for child in subject.lefts):
        return []
    joined = [word for other in subject.conjuncts if other.pos_ == "NOUN" for word in ("and", other.lower_)]
    return [*phrase.of(subject, 3), *joined[:2]]


def bare_verb(verb: Token, phrase: Phrase) -> list[str]:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr"} and child.pos_ == "NOUN" and not phrase.is_barred(child):
            return phrase.of(child, 1)
    return []
