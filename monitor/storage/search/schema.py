"""The derived search structures, with a version of their own."""

from sqlalchemy import Connection


def ensure_search_schema(connection: Connection) -> None:
    """Make the search structures, or make them anew where another version of them stands."""
