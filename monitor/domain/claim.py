"""One statement of a figure or a date - or of yes or no - with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.domain.evidence import Evidence
from monitor.domain.known import Known
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source, is_first_hand


class Modality(StrEnum):
    ASSERTED = "asserted"
    REPORTED = "reported"
    ESTIMATED = "estimated"
    FORECAST = "forecast"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    QUESTION = "question"


class Polarity(StrEnum):
    AFFIRMED = "affirmed"
    NEGATED = "negated"


class ClaimStatus(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Claim(Known):
    """A figure, date or yes/no as somebody states it; docs/interchange.md has its fields in words.

    `subject` is the canonical name of what the figure belongs to. `time` is the day of publication and `time_text`
    empty where the text says nothing. `sources` runs from the nearest asserter to the publisher. `same_as`: ids of
    other readings of the one figure. `corrected_by`: id of the claim that puts it right, where its status says so.
    `question_id` is None until filed. `confidence`: 0 to 1, that it was read rightly. `worth`: 0 to 1, of a reader's
    attention; None where nobody weighed it. `reader`: version of the extractor that read it. `read_by`: the person
    who corrected that reading last, empty where nobody did.
    """

    id: str
    article_id: str
    evidence: Evidence
    subject: str
    metric: str
    quantity: Quantity
    sources: tuple[Source, ...]
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    subject_id: str | None = None
    subject_kind: str = "other"
    time: Period | None = None
    time_text: str = ""
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    same_as: tuple[str, ...] = ()
    confidence: float = 0.5
    worth: float | None = None
    status: ClaimStatus = ClaimStatus.CURRENT
    corrected_by: str | None = None
    question_id: str | None = None
    reader: str = ""
    read_by: str = ""

    @property
    def is_denial(self) -> bool:
        """Whether it says of a figure that it is wrong, or that something is not so."""
        return self.modality is Modality.DENIED or self.polarity is Polarity.NEGATED

    @property
    def printed(self) -> str:
        """The figure as the text prints it; for a yes/no statement what it says."""
        return " ".join(self.evidence.span.split()) or ("denied" if self.is_denial else "stated")

    @property
    def is_first_hand(self) -> bool:
        """Whether whoever it goes back to speaks for himself in this article."""
        return is_first_hand(self.sources)

    def statement(self) -> str:
        """The line that is encoded and searched: subject, metric, scope, value as printed, then the sentence."""
        scope = ", ".join(self.qualifiers.values())
        head = " · ".join(part for part in (self.subject, self.metric, scope, self.evidence.span) if part)
        return f"{head}. {self.evidence.quote}"
