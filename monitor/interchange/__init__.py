"""Articles, entries, entities, claims and relations as JSON Lines, as docs/interchange.md describes them."""

from monitor.interchange.gold import gold_from_lines
from monitor.interchange.read import Record, article_from_line, claim_from_line, written_step
from monitor.interchange.write import article_line, claim_line, entity_line, entry_line, outward_id, relation_line

__all__ = [
    "Record",
    "article_from_line",
    "article_line",
    "claim_from_line",
    "claim_line",
    "entity_line",
    "entry_line",
    "gold_from_lines",
    "outward_id",
    "relation_line",
    "written_step",
]
