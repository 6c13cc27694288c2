"""What people corrected of a claim, in words: the reading before and after, by whom and why, what was undone too."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.app import wording
from monitor.domain.claim import Claim
from monitor.domain.correction import Fields, read_as
from monitor.domain.decision import Decision, DecisionKind

if TYPE_CHECKING:
    from monitor.app.service import App


@dataclass(frozen=True)
class Corrected:
    """One correction. `before` and `after`: field of the claim → what it said, for the fields that were changed."""

    id: str
    at: datetime
    by: str
    note: str
    before: dict[str, str]
    after: dict[str, str]
    undone: datetime | None
    undone_by: str


def corrections(app: "App", claim: Claim) -> list[Corrected]:
    """The corrections of a claim, first to last."""
    decisions = app.store.decisions.of_claim(claim.id)
    return [_in_words(claim, one) for one in decisions if one.kind is DecisionKind.CORRECT]


def _in_words(claim: Claim, one: Decision) -> Corrected:
    before, after = _said(claim, one.before), _said(claim, one.after)
    return Corrected(one.id, one.at, one.by, one.note, before, after, one.undone, one.undone_by)


def _said(claim: Claim, said: Fields) -> dict[str, str]:
    read = read_as(claim, said)
    words = {
        "subject": read.subject,
        "metric": read.metric,
        "quantity": wording.quantity(read.quantity),
        "time": wording.period(read.time) if read.time else "not stated",
        "modality": read.modality.value,
    }
    return {name: text for name, text in words.items() if name in said}
