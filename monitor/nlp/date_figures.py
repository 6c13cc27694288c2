"""Which dates are the statement themselves: a launch, a deadline, a slip; others only say when something was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from monitor.domain.period import Period
from monitor.nlp.date_cues import DateCues

_OBJECTS = frozenset({"dobj", "attr", "oprd"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OTHER_CLAUSES = frozenset({"conj", "ccomp", "advcl", "relcl", "parataxis", "csubj"})
_LINKED = frozenset({"of", "for", "in", "by", "at", "on", "to"})


@dataclass(frozen=True)
class Dated:
    """Date words in their sentence: their tokens, the word before them, what they mean, the text right before them.

    `future`: whether the clause of a verb speaks of what lies ahead, None where it does not say.
    """

    tokens: tuple[Token, ...]
    lead: str
    period: Period
    unit: str
    today: date
    possessive: bool = False

    @property
    def ahead(self) -> bool:
        """Whether the date lies after the day of publication."""
        return self.period.start is not None and self.period.start > self.today


def states(dated: Dated, cues: DateCues, future: bool | None) -> bool:
    """Whether the date is what the sentence states. `future`: whether the clause of its verb looks ahead."""
    if dated.possessive or dated.unit == "ago":
        return False
    if _is_labelled(dated, cues):
        return True
    governor = governor_of(dated.tokens[0])
    if governor is None:
        return False
    lemma, figures = governor.lemma_.lower(), cues.figures
    if governor.pos_ in ("NOUN", "PROPN"):
        return (lemma in figures["nouns"] and dated.lead in _LINKED) or _is_promised_for(dated, governor, cues)
    if dated.lead == "for" and governor.pos_ == "VERB" and _has_figure(dated, governor):
        return False  # "set the quota at 9 tonnes for 2028"
    if governor.lower_ in figures["adjectives"]:
        return True
    if governor.pos_ not in ("VERB", "AUX"):
        return False
    if _is_promised_for(dated, governor, cues) or _is_named(dated, governor, cues):
        return True
    if lemma == "be" and any(c.dep_ == "nsubj" and c.lemma_.lower() in figures["nouns"] for c in governor.lefts):
        return True
    if lemma in figures["always"]:
        return dated.lead not in ("from", "since")
    if _has_figure(dated, governor):
        return False
    return _lies_ahead(dated, governor, cues, future)


def governor_of(token: Token) -> Token | None:
    """The verb, noun or adjective that date words hang on, over their prepositions."""
    kinds = ("VERB", "AUX", "ADJ", "NOUN", "PROPN")
    return next((a for a in token.ancestors if a.pos_ in kinds and a.ent_type_ != "DATE"), None)


def _lies_ahead(dated: Dated, governor: Token, cues: DateCues, future: bool | None) -> bool:
    """ "Will open in May"; "nobody leaves before May"; "stays shut until May"; "we vote on 9 May"."""
    figures, lemma = cues.figures, governor.lemma_.lower()
    if future is False:
        return False
    if dated.lead == "before" and dated.ahead and _is_denied(governor):
        return True
    if future:
        limit = dated.lead in figures["limits"] and lemma not in figures["drifts"]
        return lemma in figures["verbs"] or (limit and dated.ahead)
    scheduled = dated.ahead and dated.unit == "day" and dated.lead == "on"
    return scheduled and governor.tag_ in ("VBP", "VBZ") and lemma in figures["verbs"]


def _is_denied(verb: Token) -> bool:
    """ "Will not open", "no contract changes", "nobody expects"."""
    for child in verb.lefts:
        if child.dep_ == "neg" or child.lower_ in ("nobody", "none", "nothing", "no"):
            return True
        if child.dep_ in _SUBJECTS:
            return any(word.lower_ in ("no", "nobody", "none", "neither") for word in child.subtree)
    return False


def _is_promised_for(dated: Dated, governor: Token, cues: DateCues) -> bool:
    """ "Once promised for this summer", "planned for May"."""
    return dated.lead == "for" and governor.lower_ in cues.figures["set_for"]


def _is_named(dated: Dated, verb: Token, cues: DateCues) -> bool:
    """ "She named mid-2030", "summer 2030 stands": the date is what the verb does or suffers."""
    inside = {token.i for token in dated.tokens}
    top = next((token for token in dated.tokens if token.head.i not in inside), dated.tokens[0])
    lemma = verb.lemma_.lower()
    if top.head.i != verb.i:
        return False
    if top.dep_ in _OBJECTS:
        return lemma in cues.figures["naming"]
    return top.dep_ in _SUBJECTS and lemma in cues.figures["standing"]


def _is_labelled(dated: Dated, cues: DateCues) -> bool:
    """ "Opening: the first half of 2031", "Deadline: 30 June"."""
    doc, at = dated.tokens[0].doc, dated.tokens[0].i - 1
    while at > 0 and (doc[at].is_quote or doc[at].lower_ == "the"):
        at -= 1
    return at > 0 and doc[at].text == ":" and doc[at - 1].lemma_.lower() in cues.figures["nouns"]


def _has_figure(dated: Dated, verb: Token) -> bool:
    """Whether the verb's own clause has a number behind its subject, which is then what is stated."""
    inside = {token.i for token in dated.tokens}
    own = (token for token in _clause(verb) if token.i not in inside)
    return any(token.like_num and token.ent_type_ not in ("DATE", "TIME", "ORDINAL") for token in own)


def _clause(verb: Token) -> Iterator[Token]:
    """The tokens under a verb without its subject, those who say so, and other clauses."""
    others = _OTHER_CLAUSES | _SUBJECTS
    stack = [child for child in verb.children if child.dep_ not in others and child.lower_ != "according"]
    while stack:
        token = stack.pop()
        yield token
        stack.extend(child for child in token.children if child.dep_ not in _OTHER_CLAUSES - {"conj"})
