"""The query of an address and its twins: chips, facets, fields of the form, the order of the list."""

from dataclasses import dataclass

from monitor import archive
from monitor.domain.search import Facet, Found, Order, Query
from monitor.errors import QueryWrong
from monitor.web import wording
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
        Chip(text[term.start : term.end], search_address(archive.left_out(text, term), sort=sort))
        for term in archive.terms(text, desk.app.units)
    ]


def facets(desk: Desk, text: str, found: Found, sort: str = "") -> list[tuple[str, list[FacetLink]]]:
    """The counts that can be narrowed by, as headed lists of links."""
    by_name = {facet.name: facet for facet in found.facets}
    known = [(words, field, by_name[name]) for name, (words, field) in FACETS.items() if name in by_name]
    return [(words, _links(desk, text, field, facet, sort)) for words, field, facet in known]


def _links(desk: Desk, text: str, field: str, facet: Facet, sort: str) -> list[FacetLink]:
    """A facet's values as links that add the value, or take it away where it is chosen."""
    chosen = {term.value.lower(): term for term in archive.terms(text, desk.app.units) if term.field == field}
    links = []
    for value, count in facet.values:
        exact = value if field in ("kind", "unit") else f"={value}"
        term = chosen.get(exact.lower())
        query = archive.left_out(text, term) if term else archive.narrowed(text, field, exact, desk.app.units)
        words = wording.unit_words(value) or value if field == "unit" else value
        links.append(FacetLink(words or "not stated", count, search_address(query, sort=sort), term is not None))
    return links


def form_fields(desk: Desk, text: str) -> dict[str, str]:
    """What the form's fields hold for a query: the twin of the address bar."""
    fields = dict.fromkeys(("words", "value", "published", "as-of", *FORM_FIELDS), "")
    free = []
    for term in archive.terms(text, desk.app.units):
        if term.field in fields and not term.without:
            fields[term.field] = term.value
        else:
            free.append(text[term.start : term.end])
    fields["words"] = " ".join(free)
    return fields


def composed(asked: dict[str, str]) -> str:
    """The query that a filled form means."""
    parts = [asked.get("words", "").strip()]
    parts += [archive.written(name, asked[name]) for name in FORM_FIELDS if asked.get(name, "").strip()]
    if asked.get("value", "").strip():
        parts.append(f"value:{asked['value'].strip()}")
    for name in ("published", "as-of"):
        if asked.get(name, "").strip():
            parts.append(f"{name}:{asked[name].strip()}")
    since, until = asked.get("from", "").strip(), asked.get("to", "").strip()
    if since or until:
        parts.append(f"published:{since}..{until}")
    return " ".join(part for part in parts if part)


def order_of(sort: str, *, strict: bool = False) -> Order:
    """The order that an address names: the best match first where it is none or not known, an error if strict."""
    if sort and strict and sort not in set(Order):
        known = ", ".join(Order)
        raise QueryWrong("Cannot answer", why=f"sort is {sort!r}", mend=f"Known: {known}.")
    return Order(sort) if sort in set(Order) else Order.BEST


def orders(query: Query, order: Order, text: str) -> list[tuple[str, str]]:
    """The orders that the list can be put in, each with its address; that in which it stands has none."""
    words = {Order.BEST: "Best match first", Order.NEWEST: "Newest first", Order.WORTH: "Worth a look first"}
    asked = bool(query.words or query.phrases)
    order = Order.NEWEST if order is Order.BEST and not asked else order
    usual = Order.BEST if asked else Order.NEWEST
    listed = list(Order) if asked else [Order.NEWEST, Order.WORTH]
    addresses = {one: search_address(text, sort="" if one is usual else one.value) for one in listed if one is not order}
    return [(words[one], addresses.get(one, "")) for one in listed]
