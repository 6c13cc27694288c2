"""A claim that asks for its question: what it is held against each of them by."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.event import is_one
from monitor.domain.known import kept
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.question import Question
from monitor.domain.relation import Told
from monitor.domain.stems import stems
from monitor.domain.topic import EVENT, Topic, question_topic, stated_time, topic_of
from monitor.domain.unit import Units

_MONTH_DAYS = 28
# What a claim leaves open is what its article is about: the headline and the first sentence or two say it.
_LEAD = 250
# A happening is named after one place in the headline and after another further down.
_WIDE_LEAD = 1000


@dataclass(frozen=True)
class Asked:
    """A claim in its article, with what has to be known of it to find its question."""

    told: Told
    ontology: Ontology
    units: Units

    @property
    def claim(self) -> Claim:
        return self.told.claim

    @property
    def article(self) -> Article:
        return self.told.article

    @property
    def published(self) -> date | None:
        return published_on(self.article)

    @cached_property
    def topic(self) -> Topic:
        return topic_of(self.claim, self.article, self.ontology, self.units)

    @cached_property
    def period(self) -> Period | None:
        return question_period(self.claim, self.article, self.topic, self.ontology)

    @cached_property
    def lead(self) -> frozenset[str]:
        """The words of headline, opening and sentence."""
        return self._read(_LEAD)

    @cached_property
    def wide_lead(self) -> frozenset[str]:
        return self._read(_WIDE_LEAD)

    def _read(self, lead: int) -> frozenset[str]:
        text = f"{self.article.title} {self.article.text[:lead]} {self.claim.evidence.quote}"
        return frozenset(stems(text, self.ontology))

    @cached_property
    def _spoken(self) -> str:
        """All in which the names of a thing may stand, to look for their beginnings."""
        claim, article = self.claim, self.article
        own = (claim.evidence.quote, claim.subject, claim.metric, claim.quantity.unit, *claim.qualifiers.values())
        said = " ".join([article.title, article.text[:_WIDE_LEAD], *own]).lower()
        return said.replace("'", "").replace("’", "")

    def may_speak_of(self, question: Question) -> bool:
        """Whether its text may name the subject of a question: what does not, is not of it.

        Of one entity, or of one happening, texts may speak without a name in common. A quick test: it is made of very
        many questions, which share but a word of a name.
        """
        spoken = self._spoken
        for beginning in _beginnings(question, self.ontology):
            if beginning not in spoken:
                return self._may_mean(question)
        return True

    def _may_mean(self, question: Question) -> bool:
        """Whether it may be of a question whose subject it does not name: as one entity, or as one happening."""
        if question.subject_id and question.subject_id == self.claim.subject_id:
            return True
        if EVENT not in question.scope or self.topic.event is None:
            return False
        event = question_topic(question, self.ontology).event
        return event is not None and is_one(self.topic.event, event, self.ontology)


@kept
def _beginnings(question: Question, ontology: Ontology) -> tuple[str, ...]:
    """How the names in a question's subject begin, in whatever number; not of those that may be left out or read so."""
    topic, words = question_topic(question, ontology), ontology.words
    names = topic.subject - topic.trade - words.common - words.read_for_others
    return tuple(sorted((name[:-1] for name in names if name[0].isalpha()), key=lambda name: (-len(name), name)))


def question_period(claim: Claim, article: Article, topic: Topic, ontology: Ontology) -> Period | None:
    """The period that makes the claim's question one of its own; None for a state, or where no period is stated.

    Forecasts and plans are bound to their target, a change to the time in which it came. A metric that we do not know
    is taken as a measurement of a period where the text gives a month or more. What lies years back is history, and
    no earlier state of today's figure.
    """
    time = stated_time(claim, topic, published_on(article))
    if time is None or _is_history(time, article, ontology):
        return time
    if topic.metric is not None and not topic.is_expected and not topic.is_change:
        return time if topic.metric.period_bound else None
    return time if topic.is_expected or topic.is_change or time.days >= _MONTH_DAYS else None


def published_on(article: Article) -> date | None:
    """The day of publication, where it was told."""
    return article.published.date() if article.published else None


def _is_history(time: Period, article: Article, ontology: Ontology) -> bool:
    if article.published is None:
        return False
    return (article.published.date() - time.last).days > ontology.tolerances.event_days
