"""Articles, entries, entities, claims and relations as JSON Lines, exactly as CLAIMS.md fixes them."""

from monitor.interchange.read import Record, article_from_line, claim_from_line
from monitor.interchange.write import article_line, claim_line, entity_line, entry_line, outward_id, relation_line

__all__ = [
    "Record",
    "article_from_line",
    "article_line",
    "claim_from_line",
    "claim_line",
    "entity_line",
    "entry_line",
    "outward_id",
    "relation_line",
]
