"""What a site lets robots read, as it said when it was last asked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class RobotsRules:
    """`site`: scheme, host and port. `body`: its robots.txt, None where it has none. `until`: when to ask again, aware.

    `trouble`: why its rules could not be had, or empty; no page of it is asked until then. `status`: of the answer
    that caused the trouble, if it had one.
    """

    site: str
    body: str | None
    until: datetime
    trouble: str = ""
    status: int | None = None
