"""What a question's row says of its claims, brought up to date when they change."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select, update

from monitor.domain.claim import ClaimStatus
from monitor.storage.rows import chunks, fresh_work
from monitor.storage.tables import claim, question


def recount(connection: Connection, question_ids: Iterable[str | None], *, anew: bool = True) -> None:
    """Count the current claims of these questions and note the newest. `anew`: let the questions wait for "compare"."""
    counted = select(claim.c.question_id, func.count(), func.max(claim.c.moment)).group_by(claim.c.question_id)
    change = (
        update(question)
        .where(question.c.id == bindparam("counted"))
        .values({"claims": bindparam("claims"), "moment": bindparam("moment"), **(fresh_work() if anew else {})})
    )
    for some in chunks(sorted({one for one in question_ids if one is not None})):
        mine = (claim.c.question_id.in_(some), claim.c.status == ClaimStatus.CURRENT.value)
        found = {row[0]: (row[1], row[2]) for row in connection.execute(counted.where(*mine))}
        rows = [
            {"counted": one, **dict(zip(("claims", "moment"), found.get(one, (0, None)), strict=True))} for one in some
        ]
        connection.execute(change, rows)
