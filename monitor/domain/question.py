"""What claims are about: subject, metric, scope and period."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.domain.known import Known
from monitor.domain.period import Period


class Temper(StrEnum):
    """How the figures of a metric live: does a later value replace, correct or contradict an earlier one?"""

    CONSTANT = "constant"
    SLOW = "slow"
    VOLATILE = "volatile"
    CUMULATIVE = "cumulative"


@dataclass(frozen=True)
class Metric:
    """An entry of the metric ontology. `synonyms` are head phrases; `period_bound`: each period is its own question.

    `is_change`: the name itself means a change (inflation, job cuts), so that a direction adds nothing.
    `of_event`: in a report of a happening it is what that brought, whoever or whatever the sentence names.
    """

    name: str
    temper: Temper
    dimension: str = ""
    synonyms: tuple[str, ...] = ()
    period_bound: bool = False
    is_change: bool = False
    of_event: bool = False


@dataclass(frozen=True)
class Question(Known):
    """`id` comes from the founding claim's subject, metric, scope, dimension and period; `slug` is its readable address.

    `period` is set only where each period is a question of its own. `merged_into`: the question that a person
    made it part of, under whose address its claims stand. `split_from`: the one that a person took its claims out of;
    no rule files a claim here. `is_joined`: a person made other questions part of this one. `founded`: the id that its
    claims would give it, where it has kept an older one.
    """

    id: str
    slug: str
    subject: str
    metric: str
    dimension: str
    temper: Temper
    subject_id: str | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    period: Period | None = None
    claims: int = 0
    merged_into: str | None = None
    split_from: str | None = None
    is_joined: bool = False
    founded: str = ""

    def thing(self) -> str:
        """What its figures are of: "Halden H5, yield"; the subject only where the metric does not say it."""
        if not self.subject or self.subject.lower() in self.metric.lower():
            return self.metric
        return f"{self.subject}, {self.metric}" if self.metric else self.subject
