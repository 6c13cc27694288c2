"""What a reader typed → Query, and back. One language for the pages, the command line, the API and watches."""

from monitor.archive.figures import figures, unit_named
from monitor.archive.grammar import LONGEST
from monitor.archive.matching import matches
from monitor.archive.pieces import Piece, left_out, narrowed, pieces, with_parts
from monitor.archive.printed import printed, written
from monitor.archive.read import parse_query
from monitor.archive.table import LANGUAGE
from monitor.archive.threshold import threshold_of

__all__ = [
    "LANGUAGE",
    "LONGEST",
    "Piece",
    "figures",
    "left_out",
    "matches",
    "narrowed",
    "parse_query",
    "pieces",
    "printed",
    "threshold_of",
    "unit_named",
    "with_parts",
    "written",
]
