"""The query of an address and its twins: chips, facets, fields of the form, the order of the list."""

from dataclasses import dataclass

from monitor import archive
from monitor.app import wording
from monitor.domain.query import Query
from monitor.domain.search import Facet, Found, Order
from monitor.web.desk import Desk, search_address

# What the store counts → what a reader calls it, and the field that asks for it. In the order of the page.
FACETS = {
    "subject": ("Subject", "entity"),
    "metric": ("Metric", "metric"),
    "publisher": ("Publisher", "source"),
    "modality": ("Kind", "kind"),
    "unit": ("Unit", "unit"),
}
FORM_FIELDS = ("entity", "metric", "source", "asserter", "unit", "kind", "state")


@dataclass(frozen=True)
class Chip:
    """A part of the query that can be taken away: what it says and the address without it."""

    words: str
    address: str


@dataclass(frozen=True)
class FacetLink:
    words: str
    count: int
    address: str
    chosen: bool


def chips(desk: Desk, text: str, sort: str = "") -> list[Chip]:
    """The parts of a query as chips, each with the address without it."""
    return [
        Chip(piece.text, search_address(archive.left_out(text, piece, desk.app.units), sort=sort))
        for piece in archive.pieces(text, desk.app.units)
    ]


def facets(desk: Desk, text: str, found: Found, sort: str = "") -> list[tuple[str, list[FacetLink]]]:
    """The counts that can be narrowed by, as headed lists of links."""
    by_name = {facet.name: facet for facet in found.facets}
    known = [(words, field, by_name[name]) for name, (words, field) in FACETS.items() if name in by_name]
    return [(words, _links(desk, text, field, facet, sort)) for words, field, facet in known]


def _links(desk: Desk, text: str, field: str, facet: Facet, sort: str) -> list[FacetLink]:
    """A facet's values as links that add the value, or take it away where it is chosen."""
    units = desk.app.units
    is_name = field not in ("kind", "unit")
    chosen = {one.value.lower(): one for one in archive.pieces(text, units) if (one.field, one.whole) == (field, is_name)}
    links = []
    for value, count in facet.values:
        piece = chosen.get(value.lower())
        query = (
            archive.left_out(text, piece, units)
            if piece is not None
            else archive.narrowed(text, field, value, units, whole=is_name)
        )
        words = wording.unit_words(value) or value if field == "unit" else value
        links.append(FacetLink(words or "not stated", count, search_address(query, sort=sort), piece is not None))
    return links


def form_fields(desk: Desk, text: str) -> dict[str, str]:
    """What the form's fields hold for a query: the twin of the address bar. What no field can hold stands as words."""
    fields = dict.fromkeys(("words", "value", "published", "as-of", *FORM_FIELDS), "")
    pieces = archive.pieces(text, desk.app.units)
    if len({piece.row for piece in pieces}) > 1:
        return fields | {"words": archive.with_parts(pieces)}
    free = []
    for piece in pieces:
        if piece.field in fields and not fields[piece.field]:
            fields[piece.field] = f"={piece.value}" if piece.whole else piece.value
        else:
            free.append(piece)
    return fields | {"words": archive.with_parts(free)}


def composed(desk: Desk, asked: dict[str, str]) -> str:
    """The query that a filled form means."""
    since, until = asked.get("from", "").strip(), asked.get("to", "").strip()
    fields = [(name, asked.get(name, "").strip()) for name in ("value", "published", "as-of")]
    fields.append(("published", f"{since}..{until}" if since or until else ""))
    parts = [_named(name, asked[name].strip()) for name in FORM_FIELDS if asked.get(name, "").strip()]
    parts += [archive.written(name, value) for name, value in fields if value]
    return archive.with_parts(archive.pieces(asked.get("words", ""), desk.app.units), parts)


def _named(field: str, value: str) -> str:
    return archive.written(field, value.removeprefix("="), whole=value.startswith("="))


def order_of(sort: str) -> Order:
    """The order that an address names: the best match first where it is none or not known."""
    return Order(sort) if sort in set(Order) else Order.BEST


def orders(query: Query, order: Order, text: str) -> list[tuple[str, str]]:
    """The orders that the list can be put in, each with its address; that in which it stands has none."""
    words = {Order.BEST: "Best match first", Order.NEWEST: "Newest first", Order.WORTH: "Worth a look first"}
    asked = bool(query.words)
    order = Order.NEWEST if order is Order.BEST and not asked else order
    usual = Order.BEST if asked else Order.NEWEST
    listed = list(Order) if asked else [Order.NEWEST, Order.WORTH]
    addresses = {one: search_address(text, sort="" if one is usual else one.value) for one in listed if one is not order}
    return [(words[one], addresses.get(one, "")) for one in listed]
