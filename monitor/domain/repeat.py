"""A figure told again in other words: few things of one name share 41,200 in one month, so it says what it is of."""

from datetime import date

from monitor.domain.claim import Claim
from monitor.domain.figure import digits, telling_figure
from monitor.domain.fit import kinds_differ, marks_differ, share_subject, stages_differ
from monitor.domain.ontology import Ontology
from monitor.domain.stems import stems
from monitor.domain.topic import Topic

# So many digits are no chance; fewer may stand for two things of one name, which then have no word in common.
_RARE = 3


def repeats(one: Claim, other: Claim, on: date, other_on: date, ontology: Ontology) -> bool:
    """Whether two claims, told on these days, give one figure that is no chance, within the time that it is news."""
    figure = telling_figure(one, on)
    near = abs((on - other_on).days) <= ontology.tolerances.slow_days
    return bool(figure) and near and figure == telling_figure(other, other_on)


def may_be_reworded(claim: Claim, a: Topic, b: Topic, ontology: Ontology) -> bool:
    """Whether two topics that share the claim's figure can be one thing by two names. `a` is its own."""
    if not a.family or not share_subject(a, b, ontology) or stages_differ(a, b):
        return False
    if a.metric and b.metric and a.metric.name != b.metric.name:
        return False  # both are known, and they are two: a share of a market is no yield, whatever their figures
    if kinds_differ(a, b, wording=False) or marks_differ(a, b, ontology):
        return False
    said = _words(a, ontology) | frozenset(stems(claim.evidence.quote, ontology))
    telling = _words(b, ontology) - a.subject - b.subject - ontology.words.common - ontology.words.silent
    return digits(claim) >= _RARE or bool(said & telling)


def _words(topic: Topic, ontology: Ontology) -> frozenset[str]:
    """The words that say what is measured."""
    known = ontology.vocabulary[topic.metric.name] if topic.metric else frozenset({topic.concept})
    return (known | topic.details | topic.scope) - {""}
