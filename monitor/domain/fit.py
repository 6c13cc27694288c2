"""Two topics → whether they can be one question, and if not, why."""

from typing import NamedTuple

from monitor.domain.event import is_one
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.topic import Topic

_SHARE_AND_COUNT, _PART = {"share", "count"}, "part"


class Fit(NamedTuple):
    """Whether two topics can be one question. `why_not` is empty where they can.

    `score`: 0 to 1. `only_a`, `only_b`: words by which one side is narrower than the other; both are given only for
    happenings, which are named after this place or that: then each article must speak of the other's. `is_short_form`:
    the narrower words only say whose the thing is. `by_event`: the subjects are two, and what their
    articles tell of is one happening.
    """

    score: float = 0.0
    why_not: str = ""
    only_a: frozenset[str] = frozenset()
    only_b: frozenset[str] = frozenset()
    is_short_form: bool = False
    by_event: bool = False


def fit(a: Topic, b: Topic, ontology: Ontology) -> Fit:
    """Compare two topics: same kind of figure, same metric, same or open scope. Symmetric but for `only_a`/`only_b`."""
    why_not = kinds_differ(a, b) or marks_differ(a, b, ontology)
    if why_not:
        return Fit(why_not=why_not)
    only_a, only_b = _left_over(a, b, ontology)
    by_event = a.subject != b.subject and of_one_event(a, b, ontology)
    if not by_event and not share_subject(a, b, ontology):
        return Fit(why_not="the subjects share no name", only_a=only_a, only_b=only_b)
    if only_a and only_b and not _one_event(a, b, only_a, only_b, ontology):
        return Fit(why_not=f"{_list(only_a)} is not {_list(only_b)}", only_a=only_a, only_b=only_b)
    score = 1.0 if a.metric else 0.9
    score *= 0.95 ** (a.is_borrowed + b.is_borrowed)
    # What leaves open whether it is expected is rather of what has come about.
    score *= 0.98 if a.is_expected is not b.is_expected and True in (a.is_expected, b.is_expected) else 1.0
    score *= 0.93 ** min(len(only_a) + len(only_b), 4)
    score *= 0.93 ** len(set(a.marks) ^ set(b.marks))
    return Fit(score, "", only_a, only_b, _is_short_form(a, b, only_a, only_b), by_event)


def may_be_one(a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether the names of two topics allow them to be one; a quick test that `fit` passes only where this one does."""
    if not a.family or not b.family:  # what a figure is of can be read otherwise once its dimension is known
        return True
    is_one_entity = bool(a.subject_id) and a.subject_id == b.subject_id
    if of_one_event(a, b, ontology):
        return True
    both_differ = not (_own(a, ontology) <= b.names or _own(b, ontology) <= a.names)
    if both_differ and not is_one_entity and a.subject.isdisjoint(b.subject):
        return False  # each has a name that the other lacks, and no happening is named by both
    only_a, only_b = _left_over(a, b, ontology)
    if only_a and only_b and not _one_event(a, b, only_a, only_b, ontology):
        return False
    return share_subject(a, b, ontology)


def kinds_differ(a: Topic, b: Topic, *, wording: bool = True) -> str:
    """Why two topics are figures of two kinds, or empty. `wording`: whether two names of a metric are two."""
    if wording and (not a.concept or a.concept != b.concept):
        return f"one measures {a.concept or 'nothing that is named'}, the other {b.concept or 'nothing that is named'}"
    if a.family != b.family and a.family and b.family and not is_by_base(a, b):
        return f"one is a figure of {a.family}, the other of {b.family}"
    if a.family and b.family and a.is_change != b.is_change:
        return "one is a level, the other a change"
    if stages_differ(a, b):
        return "one is expected, the other has come about"
    if a.per and b.per and a.per != b.per:
        return f"one is per {a.per}, the other per {b.per}"
    return ""


def is_by_base(a: Topic, b: Topic) -> bool:
    """Whether one is a share and the other a count, and it is known of how many."""
    return {a.family, b.family} == _SHARE_AND_COUNT and bool(a.base or b.base)


def stages_differ(a: Topic, b: Topic) -> bool:
    """Whether one is known to be expected, and the other to have come about."""
    return a.is_expected != b.is_expected and None not in (a.is_expected, b.is_expected)


def marks_differ(a: Topic, b: Topic, ontology: Ontology) -> str:
    """Which word of a class that sets figures apart only one of them has, or empty."""
    if a.marks == b.marks:
        return ""
    for name in sorted(set(a.marks) | set(b.marks)):
        if name == _PART and is_by_base(a, b):
            continue  # a count that is turned into a share is one
        one, other = a.marks.get(name), b.marks.get(name)
        if one != other and ((one and other) or name in ontology.words.strict):
            return f"one is {one}, the other {other}" if one and other else f"only one of them is {one or other}"
    return ""


def _left_over(a: Topic, b: Topic, ontology: Ontology) -> tuple[frozenset[str], frozenset[str]]:
    """The words of one that the other does not have; names of one entity, however written, are no difference."""
    names_a, names_b = a.names, b.names
    if a.subject_id and a.subject_id == b.subject_id:
        names_a, names_b = names_a - a.subject - b.subject, names_b - b.subject - a.subject
    elif of_one_event(a, b, ontology):
        names_a, names_b = a.scope | a.details, b.scope | b.details
        known = _event_names(a) & _event_names(b)
        names_a, names_b = names_a - known, names_b - known
    common = ontology.words.common
    only_a, only_b = names_a - names_b - common, names_b - names_a - common
    if not only_b and _is_firm_in_short(b, a):
        only_a -= a.trade
    if not only_a and _is_firm_in_short(a, b):
        only_b -= b.trade
    return only_a, only_b


def _is_firm_in_short(short: Topic, full: Topic) -> bool:
    """Whether one subject is the other's name without what the firm does; two that do different things are two."""
    return bool(full.trade) and not short.trade and full.subject - full.trade == short.subject


@kept
def _own(topic: Topic, ontology: Ontology) -> frozenset[str]:
    """The names that not everything is called by."""
    return topic.names - ontology.words.common


def _is_short_form(a: Topic, b: Topic, only_a: frozenset[str], only_b: frozenset[str]) -> bool:
    """Whether one subject is the other without the name ahead of it: "H5" and "Halden H5", not "Halden"."""
    if not (only_a or only_b) or not a.tail or a.tail != b.tail:
        return False
    return only_a <= a.subject and only_b <= b.subject


def share_subject(a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether the subject of one is named by the other."""
    if a.subject_id and a.subject_id == b.subject_id:
        return True
    shared = (a.subject & b.names) | (b.subject & a.names)
    return bool(shared - ontology.words.common) or (bool(a.subject) and a.subject == b.subject)


def of_one_event(a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether two figures are of what one happening brought, though their sentences name other things.

    The articles tell of one happening, and neither subject is a part of it or another one: a place by itself (of what
    can be summed up), or a happening at a place of which the other article does not speak, unless its subject
    is known to take part (the ship that sank).
    """
    if a.event is None or b.event is None or a.concept != b.concept or not is_one(a.event, b.event, ontology):
        return False
    return _is_of(a, b, ontology) and _is_of(b, a, ontology)


def _is_of(topic: Topic, other: Topic, ontology: Ontology) -> bool:
    """Whether a subject may stand for what its article tells of, and the other's article too."""
    assert topic.event is not None
    assert other.event is not None
    own, happening = _own(topic, ontology) & topic.subject, ontology.words.happening.keys()
    if own & happening:
        theirs = _own(other, ontology) & other.subject
        takes_part = bool(theirs) and theirs <= topic.event.names - topic.event.places
        return takes_part or own - happening <= other.event.names
    return topic.family not in ontology.additive or not own or not own <= topic.event.places | other.event.places


def _event_names(topic: Topic) -> frozenset[str]:
    return topic.event.names if topic.event is not None else frozenset()


def _one_event(a: Topic, b: Topic, only_a: frozenset[str], only_b: frozenset[str], ontology: Ontology) -> bool:
    """Whether the subjects are one kind of happening, and differ in nothing but the place they name it after."""
    kinds = a.subject & b.subject & ontology.words.event
    return bool(kinds) and only_a <= a.subject and only_b <= b.subject


def _list(words: frozenset[str]) -> str:
    return " ".join(sorted(words))
