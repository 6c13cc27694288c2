"""Shares: what a percentage is a share of, and what is said of that share."""

from spacy.tokens import Token

from monitor.nlp.clauses import shared_subject
from monitor.nlp.metric_clauses import predicate, towards
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import past
from monitor.nlp.phrases import Phrase
from monitor.nlp.ties import Anchor

_SAYING = frozenset({"say", "think", "believe", "feel", "report", "claim", "tell", "answer", "admit", "know", "state"})
_DONE_TO = frozenset({"dobj", "nsubjpass"})


def share(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "share of homes without power" for "4 percent of homes are without power", "profit as share of sales"."""
    assert anchor.whole is not None
    if anchor.whole.lemma_.lower() == "time":
        return _of_the_time(anchor, phrase, cues)
    counted = [anchor.whole.lower_] if anchor.whole.pos_ == "NOUN" else []  # "600 staff, half of whom"
    words = ["share", "of", *(phrase.of(anchor.whole) or counted)]
    noun = anchor.noun
    own = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" and _stands(anchor) else []
    if own and noun is not None and noun.lemma_.lower() not in {"share", "proportion", "percentage", "part"}:
        return [*own, "as", *words]
    holder = anchor.head.head
    if anchor.head.dep_ == "pobj" and holder.lower_ in {"in", "among"} and holder.head.pos_ == "VERB":
        found = next((child for child in holder.head.children if child.dep_ in _DONE_TO and child.pos_ == "NOUN"), None)
        if found is not None:
            return [*words, "with", *phrase.of(found, 2)]
    if (
        anchor.verb is not None
        and anchor.head.dep_ == "dobj"
        and anchor.verb.lemma_.lower() not in cues.light | cues.idle
    ):
        return [*words, past(anchor.verb, cues), *towards(anchor.verb, anchor.head, phrase)]
    verb = anchor.verb if anchor.verb is not None else (anchor.head.head if anchor.head.head.pos_ == "VERB" else None)
    if verb is not None and anchor.head.dep_ in {"nsubj", "nsubjpass"}:
        words += predicate(verb, phrase)
    return words


def _stands(anchor: Anchor) -> bool:
    """Whether a share is where something stands: "exports are 40 percent of output", "rose to 2 percent of output"."""
    return anchor.head.dep_ in {"attr", "acomp"} or anchor.preposition in {"to", "from", "of"}


def bare_share(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "share who want rents frozen" for "58 percent want rents frozen", "share covered by insurance"; else nothing.

    Of "aid of which a quarter is paid out" the share is one of the aid.
    """
    verb, head = anchor.verb, anchor.head
    if verb is None or verb.pos_ not in {"VERB", "AUX"} or verb.lemma_.lower() in cues.verbs.change:
        return []
    if "percent" in cues.frames.get(verb.lemma_.lower(), {}):
        return []
    whole = _antecedent(verb, head)
    of_whole = ["of", *phrase.of(whole, 2)] if whole is not None else []
    if head.dep_ in {"nsubj", "nsubjpass"} and head.i < verb.i:
        inner = next((child for child in verb.rights if child.dep_ == "ccomp" and child.pos_ in {"VERB", "AUX"}), None)
        told = inner if inner is not None and verb.lemma_.lower() in _SAYING else verb
        said = [*predicate(told, phrase), *(_wanted(inner, phrase) if inner is not None and told == verb else [])]
        who = [] if whole is not None or told.tag_ in {"VBN", "VBG"} else ["who"]
        return ["share", *of_whole, *who, *said] if said else []
    is_done = head.dep_ == "dobj" and verb.lemma_.lower() not in cues.light | cues.idle | cues.verbs.give | cues.reckoning
    if not is_done:
        return []
    subject = shared_subject(verb)
    by = subject is not None and subject.pos_ == "NOUN" and not phrase.is_barred(subject)
    return ["share", *of_whole, past(verb, cues), *(["by", *phrase.of(subject, 3)] if by and subject is not None else [])]


def _wanted(verb: Token, phrase: Phrase) -> list[str]:
    """ "rents frozen" of "want rents frozen"."""
    subject = next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return [*(phrase.of(subject, 3) if subject is not None else []), verb.lower_]


def _antecedent(verb: Token, head: Token) -> Token | None:
    """ "contacts" of "contacts, of whom 9 percent were seen"."""
    near = (child for token in (verb, head) for child in token.children if child.dep_ == "prep" and child.lower_ == "of")
    relative = any(inner.lower_ in {"which", "whom"} for of in near for inner in of.children)
    return verb.head if relative and verb.dep_ == "relcl" and verb.head.pos_ == "NOUN" else None


def _of_the_time(anchor: Anchor, phrase: Phrase, cues: MetricCues) -> list[str]:
    """ "availability" for "was available 87 percent of the time", "share of trains late" for "late 9 percent"."""
    noun, verb = anchor.noun, anchor.verb
    if noun is None and verb is not None:
        noun = shared_subject(verb)
    states = [child.lower_ for child in verb.children if child.dep_ in {"acomp", "oprd"}] if verb is not None else []
    named = next((cues.units.conditions[word] for word in states if word in cues.units.conditions), "")
    if named:
        return named.split()
    words = phrase.of(noun, 3) if noun is not None and noun.pos_ == "NOUN" else []
    done = states or ([past(verb, cues)] if verb is not None and verb.pos_ == "VERB" else [])
    return ["share", "of", *words, *done] if words and done else ["share", "of", "time", *done]
