"""What a question's row says of its claims, brought up to date when they change."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select, update

from monitor.domain.claim import ClaimStatus
from monitor.storage.rows import fresh_work
from monitor.storage.tables import claim, question


def recount(connection: Connection, question_ids: Iterable[str | None]) -> None:
    """Count the current claims of these questions, note the newest, and let the questions wait for "compare"."""
    for question_id in sorted({one for one in question_ids if one is not None}):
        mine = (claim.c.question_id == question_id, claim.c.status == ClaimStatus.CURRENT.value)
        count, newest = connection.execute(select(func.count(), func.max(claim.c.moment)).where(*mine)).one()
        values = {"claims": count, "moment": newest, **fresh_work()}
        connection.execute(update(question).where(question.c.id == question_id).values(values))
