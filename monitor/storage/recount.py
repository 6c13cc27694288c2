"""What a question's row says of its claims, brought up to date when they change."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select, update

from monitor.domain.claim import ClaimStatus
from monitor.storage.among import among
from monitor.storage.rows import chunks, fresh_work
from monitor.storage.tables import claim, question

_COUNTED = (
    select(claim.c.question_id, func.count(), func.max(claim.c.moment))
    .where(among(claim.c.question_id, "wanted"), claim.c.status == ClaimStatus.CURRENT.value)
    .group_by(claim.c.question_id)
)
_CHANGE = (
    update(question)
    .where(question.c.id == bindparam("counted"))
    .values({"claims": bindparam("claims"), "moment": bindparam("moment")})
)


def recount(connection: Connection, question_ids: Iterable[str | None], *, anew: bool = True) -> None:
    """Count the current claims of these questions and note the newest. `anew`: let the questions wait for "compare"."""
    change = _CHANGE.values(fresh_work()) if anew else _CHANGE
    for some in chunks(sorted({one for one in question_ids if one is not None})):
        found = {row[0]: (row[1], row[2]) for row in connection.execute(_COUNTED, {"wanted": some})}
        rows = [
            {"counted": one, **dict(zip(("claims", "moment"), found.get(one, (0, None)), strict=True))} for one in some
        ]
        connection.execute(change, rows)
