"""`/check`: a sentence held against the archive. It is read like an article, and nothing of it is stored."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from monitor.app import packs, records
from monitor.domain.claim import Claim, Modality
from monitor.domain.correction import Correction
from monitor.domain.quantity import Approximation
from monitor.errors import QueryWrong
from monitor.web import shapes
from monitor.web.claims import linked, permalinks
from monitor.web.desk import Desk, Only, as_list, desk_of, twin
from monitor.web.shapes import answers

if TYPE_CHECKING:
    from monitor.pipeline.check import Checked, Finding

router = APIRouter()
LONGEST = 5000
"""Characters of a text that is checked: it stands in the address of its page."""

_PACKS = {"Markdown": ".md", "JSON-LD": ".jsonld", "JSON": ".json"}
_CORRECTED = ("figure", "subject", "metric", "value", "hedge", "as-of", "kind")
"""Parameters of the address that say how a figure is to be read; the first says which."""
_NONE = {"agrees": "says the same", "disagrees": "disagrees", "near": "is near"}


class Corrected(BaseModel):
    """How one figure of the text is to be read; what is empty stays as it was read. `figure`: which, 1 for the first."""

    figure: int = Field(default=1, ge=1, le=1000)
    subject: str = Field(default="", max_length=200)
    metric: str = Field(default="", max_length=200)
    value: str = Field(default="", max_length=100, examples=["50,000", ">=30%", "20..30 tonnes"])
    hedge: Approximation | None = None
    as_of: str = Field(default="", alias="as-of", max_length=50, examples=["2026-03"])
    kind: Modality | None = None


class Text(BaseModel):
    """A text to be checked: a sentence or more."""

    text: str = Field(min_length=1, max_length=LONGEST, examples=["The Orford paper mill employs 5,000 people."])
    correction: Corrected | None = None


@dataclass(frozen=True)
class Group:
    """Findings of one kind under their heading, first-hand ones alone where those are asked for."""

    name: str
    head: str
    findings: "tuple[Finding, ...]"


@dataclass(frozen=True)
class Answered:
    """A claim of the text and what the archive has on it, in the order of the page. `none`: what it has not, in words."""

    claim: Claim
    question: str
    groups: tuple[Group, ...]
    none: str
    left_out: int
    hidden: int


@router.get("/check")
def check_page(request: Request) -> Response:
    """The form, and below it what the archive has on the text of the address."""
    desk = desk_of(request)
    text, first_hand = request.query_params.get("text", ""), request.query_params.get("first-hand") == "yes"
    values: dict[str, Any] = {"text": text, "first_hand": first_hand, "longest": LONGEST}
    values |= {"wrong": None, "checked": None, "answers": [], "packs": [], "correction": Correction()}
    values |= {"hedges": [one.value for one in Approximation], "kinds": [one.value for one in Modality]}
    if not text.strip():
        return desk.page(request, "check.html", **values | {"json_address": ""})
    try:
        correction = _correction(request)
        values |= {"correction": correction}
        checked = desk.app.reading.check(text, most=LONGEST, correction=correction)
    except QueryWrong as error:
        return desk.page(request, "check.html", status=400, **values | {"wrong": error, "json_address": ""})
    answers = [_answered(one, first_hand=first_hand) for one in checked.found]
    packed = [(name, twin(request, ending)) for name, ending in _PACKS.items()]
    return desk.page(request, "check.html", **values | {"checked": checked, "answers": answers, "packs": packed})


@router.get("/check.json", dependencies=[Depends(Only("text", "first-hand", *_CORRECTED))])
def check_twin(request: Request, text: str = "") -> Response:
    """What the page shows, of everybody: first-hand or not."""
    return _as_list(desk_of(request), text, _correction(request))


@router.post("/api/v1/check", **answers(shapes.Many[shapes.Checked]))
def check_json(request: Request, asked: Text) -> Response:
    """What the archive has on each figure of a text: what agrees, what disagrees, and what is near but different.

    The text is read like an article that somebody publishes now. Nothing of it is stored.
    """
    said = asked.correction or Corrected()
    correction = Correction(
        said.figure, said.subject, said.metric, said.value, said.hedge or "", said.as_of, said.kind or ""
    )
    return _as_list(desk_of(request), asked.text, correction)


@router.get("/check.md")
def check_pack(request: Request, text: str = "") -> Response:
    """What the archive has on a text, each finding with its evidence, for a memo."""
    desk = desk_of(request)
    checked = desk.app.reading.check(text, most=LONGEST, correction=_correction(request))
    written = packs.checked_pack(checked, permalinks(desk, request), now=desk.app.now())
    return Response(written, media_type="text/markdown; charset=utf-8")


@router.get("/check.jsonld")
def check_linked(request: Request, text: str = "") -> Response:
    """The claims that the archive has on a text, as schema.org has them."""
    desk = desk_of(request)
    checked = desk.app.reading.check(text, most=LONGEST, correction=_correction(request))
    found = [finding.told for one in checked.found for name in packs.CHECKED_HEADS for finding in getattr(one, name)]
    return linked(packs.linked_list(list({told.claim.id: told for told in found}.values()), permalinks(desk, request)))


def _correction(request: Request) -> Correction:
    """How a figure is to be read, as the address says."""
    asked = request.query_params
    place = asked.get("figure", "1")
    if not (place.isascii() and place.isdigit() and len(place) < 5):
        why, mend = f"{place[:40]!r} is no place of a figure", "Name one by its number, the first by 1."
        raise QueryWrong("Cannot read the figure so", why=why, mend=mend, parameter="figure")
    return Correction(int(place), *(asked.get(name, "").strip()[:200] for name in _CORRECTED[1:]))


def _as_list(desk: Desk, text: str, correction: Correction) -> Response:
    checked = desk.app.reading.check(text, most=LONGEST, correction=correction)
    items = [records.checked(desk.app, one, checked.article) for one in checked.found]
    return as_list(items, following=None, count=len(items) + checked.left_out)


def _answered(one: "Checked", *, first_hand: bool) -> Answered:
    groups, hidden, none = [], 0, []
    for name, head in packs.CHECKED_HEADS.items():
        listed: tuple[Finding, ...] = getattr(one, name)
        kept = tuple(found for found in listed if found.told.claim.is_first_hand or not first_hand)
        hidden += len(listed) - len(kept)
        if kept:
            groups.append(Group(name, head, kept))
        else:
            none.append(_NONE[name])
    slug = one.question.slug if one.question else ""
    return Answered(one.claim, slug, tuple(groups), " or ".join(none), one.left_out, hidden)
