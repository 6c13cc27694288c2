"""What sites let robots read."""

from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, select

from monitor.domain.robots import RobotsRules
from monitor.storage.rows import upsert
from monitor.storage.tables import robots
from monitor.storage.transactions import Transactions

_FORGOTTEN = timedelta(days=30)


class Robots:
    """The rules of each site, kept over restarts so that no site is asked for them more often than it must be."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, site: str) -> RobotsRules | None:
        """What the site said last; it may be out of date."""
        with self._transactions.reading() as connection:
            row = connection.execute(select(robots).where(robots.c.site == site)).one_or_none()
        return None if row is None else RobotsRules(**row._mapping)

    def put(self, rules: RobotsRules) -> None:
        """Remember what a site says now. Sites whose rules have been out of date for a month are forgotten."""
        with self._transactions.writing() as connection:
            upsert(connection, robots, "site", asdict(rules))
            connection.execute(delete(robots).where(robots.c.until < rules.until - _FORGOTTEN))
