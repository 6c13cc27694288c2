"""Searching the claims: what a reader typed → what answers it."""

from contextlib import suppress

from monitor.app.parts import Parts
from monitor.domain.query import Query
from monitor.domain.search import Found, Order
from monitor.errors import MonitorError


class Searching:
    """Answers to what readers ask, in words and in meaning."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def prepare(self) -> None:
        """Get ready what every search needs: of a large archive that takes a while, and the first one would wait for it.

        Where the database cannot be read, searches will say so.
        """
        with suppress(MonitorError):
            self._parts.store.search.prepare()
        if self._parts.settings.web.meaning:
            self._parts.encoder()

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        cursor: str | None = None,
        order: Order = Order.BEST,
        meaning: bool = True,
        strict: bool = False,
    ) -> tuple[Query, Found]:
        """What a reader asked, as it was understood, and what answers it. QueryWrong for a broken one, if strict.

        With `meaning` what is only similar comes too, where the settings allow it.
        """
        from monitor.archive import parse_query

        parts = self._parts
        query = parse_query(text, parts.units, strict=strict)
        vector = parts.query_vector(query.meaning) if meaning and parts.settings.web.meaning else None
        return query, parts.store.search.search(query, vector, limit, cursor, order=order)
