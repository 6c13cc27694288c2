"""`/claims`: search over every statement; `/claims/{id}`: one statement with its evidence and its company."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from monitor.app import full_records, packs, records, wording
from monitor.app.citations import Citation, citations
from monitor.app.corrections import corrections
from monitor.app.removed import removed_claim
from monitor.archive import LONGEST
from monitor.domain.article import Article
from monitor.domain.claim import Claim, ClaimStatus, Modality
from monitor.domain.dispute import Dispute
from monitor.domain.listed import Listed, every
from monitor.domain.question import Question
from monitor.domain.relation import CONFLICTS, RelationKind, Told
from monitor.domain.search import Order
from monitor.web import shapes
from monitor.web.atom import atom
from monitor.web.desk import (
    MOST,
    PAGE_SIZE,
    Cursor,
    Desk,
    Json,
    Limit,
    Only,
    as_file,
    as_json,
    as_list,
    desk_of,
    missing,
    search_address,
    twin,
)
from monitor.web.narrowing import FORM_FIELDS, chips, composed, facets, form_fields, order_of, orders
from monitor.web.shapes import answers
from monitor.web.timelines import timelines
from monitor.web.told import Related, questions_of, related, told_of

router = APIRouter()
_EXPORTS = {
    "CSV": ".csv",
    "NDJSON": ".ndjson",
    "JSON": ".json",
    "JSON-LD": ".jsonld",
    "Atom": ".atom",
    "Markdown": ".md",
}
Asked = Annotated[str, Query(max_length=LONGEST, description="A query as /help/query tells.")]

_COLUMNS = (
    "id",
    "subject",
    "metric",
    "scope",
    "printed",
    "value",
    "low",
    "high",
    "date",
    "unit",
    "approximation",
    "direction",
    "time",
    "time_text",
    "modality",
    "polarity",
    "status",
    "corrected_by",
    "quote",
    "sources",
    "publisher",
    "published",
    "url",
    "version",
    "confidence",
    "worth",
    "permalink",
)


@router.get("/claims")
def search_page(request: Request) -> Response:
    """The result page. The form sends its fields one by one; they become one query in the address bar."""
    desk = desk_of(request)
    asked = request.query_params
    if any(name in asked for name in ("words", "low", "high", "from", "to", *FORM_FIELDS)):
        return RedirectResponse(search_address(composed(desk, dict(asked)), sort=asked.get("sort")), status_code=303)
    text, cursor, sort = asked.get("q", ""), asked.get("cursor"), asked.get("sort", "")
    order = order_of(sort)
    query, found = desk.app.searching.search(text, limit=PAGE_SIZE, cursor=cursor, order=order)
    exact = [hit for hit in found.hits if hit.how != "meaning"]
    return desk.page(
        request,
        "claims.html",
        query=query,
        text=text,
        found=found,
        exact=exact,
        similar=[hit for hit in found.hits if hit.how == "meaning"],
        chips=chips(desk, text, sort),
        facets=facets(desk, text, found, sort),
        timelines=timelines(desk, text, found, sort),
        orders=orders(query, order, text),
        sort=sort,
        by_worth=order is Order.WORTH,
        fields=form_fields(desk, text),
        kinds=[kind.value for kind in Modality],
        states=[status.value for status in ClaimStatus],
        later=search_address(text, sort=sort, cursor=found.next_cursor) if found.next_cursor else "",
        first=search_address(text, sort=sort) if cursor else "",
        disputes_by_question=disputes_on(desk, [hit.claim for hit in found.hits]),
        exports=[(name, twin(request, ending)) for name, ending in _EXPORTS.items()],
    )


@router.get("/claims.json", dependencies=[Depends(Only("q", "sort", "cursor", "limit"))])
@router.get("/api/v1/claims", dependencies=[Depends(Only("q", "sort", "cursor", "limit"))], **answers(shapes.Found))
def search_json(
    request: Request,
    q: Asked = "",
    sort: Order = Order.BEST,
    cursor: Cursor = None,
    limit: Limit = PAGE_SIZE,
) -> Response:
    """Claims that answer a query, best first or as asked. A query that cannot be understood is an error here."""
    desk = desk_of(request)
    _, found = desk.app.searching.search(q, limit=limit, cursor=cursor, order=sort, strict=True)
    items = [records.hit(desk.app, hit) for hit in found.hits]
    more = records.counts(found)
    return as_list(items, following=found.next_cursor, count=found.total, request=request, more=more)


@router.get("/claims.ndjson")
def search_lines(request: Request, q: Asked = "", sort: Order = Order.BEST) -> Response:
    """All claims that match by words and filters, one JSON object a line."""
    desk = desk_of(request)
    lines = (json.dumps(records.claim(desk.app, one), ensure_ascii=False) + "\n" for one in all_found(desk, q, sort))
    return as_file(desk, lines, "application/x-ndjson", "claims.ndjson")


@router.get("/claims.csv")
def search_table(request: Request, q: Asked = "", sort: Order = Order.BEST) -> Response:
    """All claims that match by words and filters, as a table."""
    desk = desk_of(request)
    return as_file(desk, table(desk, request, all_found(desk, q, sort)), "text/csv; charset=utf-8", "claims.csv")


@router.get("/claims.atom")
def search_feed(request: Request, q: Asked = "") -> Response:
    """The newest claims that match, as an Atom feed."""
    desk = desk_of(request)
    _, found = desk.app.searching.search(q, limit=50, order=Order.NEWEST, meaning=False, strict=True)
    entries = [claim_entry(desk, request, Told(hit.claim, hit.article)) for hit in found.hits]
    return atom(desk, request, f"Claims: {q}" if q else "Claims", entries)


@router.get("/claims.md")
def search_pack(request: Request, q: Asked = "", sort: Order = Order.BEST) -> Response:
    """The first claims that match by words and filters, each with its evidence, for a memo."""
    desk = desk_of(request)
    claims, total = _first_found(desk, q, sort)
    return markdown(desk, request, f"Claims: {q}" if q else "Claims", claims, total=total)


@router.get("/claims.jsonld")
def search_linked(request: Request, q: Asked = "", sort: Order = Order.BEST) -> Response:
    """The first claims that match by words and filters, as schema.org has them."""
    desk = desk_of(request)
    return linked(packs.linked_list(_first_found(desk, q, sort)[0], permalinks(desk, request)))


def _first_found(desk: Desk, text: str, order: Order) -> tuple[list[Told], int]:
    _, found = desk.app.searching.search(text, limit=MOST, order=order, meaning=False, strict=True)
    return [Told(hit.claim, hit.article) for hit in found.hits], found.total


@router.get("/claims/{claim_id}.json", dependencies=[Depends(Only())])
@router.get("/api/v1/claims/{claim_id}", dependencies=[Depends(Only())], **answers(shapes.One[shapes.ClaimInFull]))
def claim_json(request: Request, claim_id: str) -> Response:
    """One claim with its relations."""
    desk = desk_of(request)
    return as_json({"data": full_records.claim(desk.app, claim_told(desk, claim_id))})


@router.get("/claims/{claim_id}.md")
def claim_markdown(request: Request, claim_id: str) -> Response:
    """One claim as a note that can be pasted into a memo."""
    desk = desk_of(request)
    one = claim_told(desk, claim_id)
    others = related(desk, one.claim)
    said = [f"{other.words}: {wording.printed(other.told.claim)}. {other.relation.reason}" for other in others]
    title = f"{one.claim.subject}: {one.claim.metric}, {one.claim.printed}"
    return markdown(desk, request, title, [one, *(other.told for other in others)], notes=said)


@router.get("/claims/{claim_id}.bib")
def claim_bibtex(request: Request, claim_id: str) -> Response:
    """How one claim is cited in BibTeX, for a program that keeps references."""
    desk = desk_of(request)
    cited = {one.style: one.text for one in _cited(desk, request, claim_told(desk, claim_id))}
    return Response(cited["bibtex"] + "\n", media_type="application/x-bibtex; charset=utf-8")


@router.get("/claims/{claim_id}.jsonld")
def claim_linked(request: Request, claim_id: str) -> Response:
    """One claim as schema.org has it, with the first article known to carry it."""
    desk = desk_of(request)
    one = claim_told(desk, claim_id)
    carriers: list[Article] = (
        desk.app.store.articles.origin_members(one.article.origin_id) if one.article.origin_id else []
    )
    dated = [article for article in (one.article, *carriers) if article.published is not None]
    first = min(dated, key=lambda article: (article.published, article.id), default=None)
    return linked(packs.linked_data(one, permalinks(desk, request), first))


@router.get("/api/v1/claims/{claim_id}/evidence", dependencies=[Depends(Only())], **answers(shapes.Many[shapes.Evidence]))
def claim_evidence(request: Request, claim_id: str) -> Response:
    """Where a claim stands: the sentence in the stored copy of the version that it was read in."""
    desk = desk_of(request)
    one = claim_told(desk, claim_id)
    permalink = desk.address(request, f"/articles/{one.article.id}#{claim_id}")
    return as_list([records.evidence(one, permalink)], following=None)


@router.get("/claims/{claim_id}")
def claim_page(request: Request, claim_id: str) -> Response:
    """The statement, where it stands, who told whom, and what others say."""
    desk = desk_of(request)
    one = claim_told(desk, claim_id)
    others = related(desk, one.claim)
    versions = desk.app.store.articles.by_url(one.article.canonical_url)
    question = questions_of(desk, [one.claim]).get(one.claim.question_id or "")
    return desk.page(
        request,
        "claim.html",
        one=one,
        question=question,
        dispute=_dispute_with(desk, question, claim_id),
        before=context(one)[0],
        after=context(one)[1],
        same=_of_kinds(others, {RelationKind.AGREES, RelationKind.REFINES}),
        against=_of_kinds(others, CONFLICTS),
        over_time=_of_kinds(others, {RelationKind.UPDATES}),
        right=told_of(desk, [one.claim.corrected_by] if one.claim.corrected_by else []),
        readings=told_of(desk, one.claim.same_as),
        versions=versions,
        newest=versions[-1] if versions else one.article,
        copies=_copies(desk, one),
        entity=desk.app.store.entities.by_name(one.claim.subject),
        citations=_cited(desk, request, one),
        corrections=corrections(desk.app, one.claim),
    )


def _cited(desk: Desk, request: Request, one: Told) -> tuple[Citation, ...]:
    return citations(one, permalinks(desk, request)(one.claim), desk.app.now())


def claim_told(desk: Desk, claim_id: str) -> Told:
    """The claim of an address. Raises NotFound, or Gone, with where to look instead."""
    found = told_of(desk, [claim_id])
    if not found:
        raise removed_claim(desk.app, claim_id) or missing(
            "claim", claim_id, mend="Look whether the address was cut, or search for the words of the sentence."
        )
    return found[0]


def all_found(desk: Desk, text: str, order: Order) -> Iterator[Told]:
    """All claims that match by words and filters: as many as the count says. QueryWrong at once."""

    def page(cursor: str | None) -> Listed[Told]:
        _, found = desk.app.searching.search(text, limit=MOST, cursor=cursor, order=order, meaning=False, strict=True)
        return Listed(tuple(Told(hit.claim, hit.article) for hit in found.hits), found.next_cursor)

    first = page(None)
    return every(lambda cursor: first if cursor is None else page(cursor))


def table(desk: Desk, request: Request, claims: Iterator[Told]) -> Iterator[str]:
    """Lines of CSV, a header first. A cell that a spreadsheet would take for a formula gets an apostrophe."""
    yield records.csv_line(_COLUMNS)
    for one in claims:
        yield records.csv_line(_cells(desk, request, one))


def _cells(desk: Desk, request: Request, one: Told) -> list[Any]:
    claim, article, quantity = one.claim, one.article, one.claim.quantity
    return [
        claim.id,
        claim.subject,
        claim.metric,
        wording.scope(sorted(claim.qualifiers.items())),
        wording.printed(claim),
        *(None if end is None else format(end, "f") for end in (quantity.value, quantity.low, quantity.high)),
        quantity.date,
        quantity.unit,
        quantity.approximation.value,
        quantity.direction.value if quantity.direction else None,
        claim.time.iso() if claim.time and claim.time_text else None,
        claim.time_text,
        claim.modality.value,
        claim.polarity.value,
        claim.status.value,
        claim.corrected_by,
        claim.evidence.quote,
        wording.chain(claim),
        article.publisher,
        records.moment(article.published),
        article.url,
        article.version,
        f"{claim.confidence:.2f}",
        None if claim.worth is None else f"{claim.worth:.2f}",
        desk.address(request, f"/claims/{claim.id}"),
    ]


def claim_entry(desk: Desk, request: Request, one: Told, *, before: Told | None = None) -> dict[str, str]:
    """A claim as an entry of a feed. `before`: the one whose figure stood before."""
    claim = one.claim
    was = f" (before: {wording.printed(before.claim)})" if before else ""
    return {
        "id": desk.address(request, f"/claims/{claim.id}"),
        "title": f"{claim.subject}: {claim.metric}, {wording.printed(claim)}{was}",
        "updated": (one.article.published or one.article.arrived).isoformat(timespec="seconds"),
        "summary": claim.evidence.quote,
        "author": wording.chain(claim) or one.article.publisher or "unknown",
    }


def markdown(
    desk: Desk, request: Request, title: str, claims: Sequence[Told], *, notes: Sequence[str] = (), total: int = 0
) -> Response:
    """Claims with their evidence as Markdown."""
    text = packs.evidence_pack(title, claims, permalinks(desk, request), now=desk.app.now(), notes=notes, total=total)
    return Response(text, media_type="text/markdown; charset=utf-8")


def linked(data: Json) -> Response:
    """A document of JSON-LD."""
    return JSONResponse(data, media_type="application/ld+json")


def permalinks(desk: Desk, request: Request) -> Callable[[Claim], str]:
    """Claim → its address as others can use it."""
    return lambda claim: desk.address(request, f"/claims/{claim.id}")


def disputes_on(desk: Desk, claims: list[Any]) -> dict[str, Dispute]:
    """The disputes that these claims take part in, by the claim's id."""
    by_question = {}
    for question_id in {claim.question_id for claim in claims if claim.question_id}:
        dispute = desk.app.store.disputes.of_question(question_id)
        if dispute is not None:
            by_question[question_id] = dispute
    found = {claim.id: by_question.get(claim.question_id) for claim in claims}
    return {
        claim_id: dispute
        for claim_id, dispute in found.items()
        if dispute is not None and any(claim_id in position.claim_ids for position in dispute.positions)
    }


def _dispute_with(desk: Desk, question: Question | None, claim_id: str) -> Dispute | None:
    dispute: Dispute | None = desk.app.store.disputes.of_question(question.id) if question else None
    if dispute is None or not any(claim_id in position.claim_ids for position in dispute.positions):
        return None
    return dispute


def _of_kinds(others: list[Related], kinds: set[RelationKind] | frozenset[RelationKind]) -> list[Related]:
    return [other for other in others if other.relation.kind in kinds]


def _copies(desk: Desk, one: Told) -> list[Any]:
    """Other addresses that carry the same text."""
    if one.article.origin_id is None:
        return []
    members = desk.app.store.articles.origin_members(one.article.origin_id)
    return [member for member in members if member.canonical_url != one.article.canonical_url and member.is_latest]


def context(one: Told, room: int = 400) -> tuple[str, str]:
    """What stands before and after the sentence in its article, cut at a word."""
    evidence = one.claim.evidence
    text = one.article.title if evidence.where.value == "title" else one.article.text
    before, after = text[max(0, evidence.start - room) : evidence.start], text[evidence.end : evidence.end + room]
    if evidence.start > room:
        before = "… " + before.partition(" ")[2]
    if evidence.end + room < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after
