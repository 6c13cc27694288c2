"""Saved queries against what is new: which claims a watch tells of, and the messages that its webhook gets.

A message is frozen when it is planned, in the transaction that moves the cursor of its watch: so each claim is told once,
and every try carries the same bytes and the same id.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.archive import matches, parse_query, threshold_of
from monitor.domain.claim import ClaimStatus, Modality, Polarity
from monitor.domain.dispute import Dispute
from monitor.domain.ids import content_id
from monitor.domain.query import Query
from monitor.domain.relation import Told
from monitor.domain.search import Event
from monitor.domain.unit import Units
from monitor.domain.watch import HITS, TEST, Delivery, News, Threshold, Watch
from monitor.errors import QueryWrong
from monitor.interchange import claim_line
from monitor.pipeline.edges import Edges
from monitor.pipeline.refile import with_articles
from monitor.storage.search.words import stems

log = logging.getLogger("monitor.watches")

_EVENTS = 500
_IN_ONE = 20
"""Claims in one message: some 30 kB, which every receiver takes. What is more goes into the next."""
_STATED = frozenset({Modality.ASSERTED, Modality.REPORTED, Modality.ESTIMATED})
_LOUD = frozenset({"opened", "reopened"})


@dataclass(frozen=True)
class Asked:
    """A watch as it is understood."""

    query: Query
    threshold: Threshold | None


def asked(watch: Watch, units: Units) -> Asked:
    """What a watch asks for. QueryWrong, with its place, for one that asks for nothing, or is not understood whole."""
    query = parse_query(watch.query, units, strict=True)
    if query.is_empty:
        mend = "Name at least one word or field: every claim would answer."
        raise QueryWrong(f"Cannot watch {watch.query!r}", why="it asks for nothing", mend=mend)
    return Asked(query, threshold_of(watch.threshold, units))


def telling(watches: Iterable[Watch], units: Units) -> Iterator[tuple[Watch, Asked]]:
    """Those of the watches that tell something now: not paused, and understood."""
    for watch in watches:
        if watch.paused or watch.removed:
            continue
        try:
            yield watch, asked(watch, units)
        except QueryWrong as error:
            log.warning("watch %s tells nothing: %s", watch.id, error.why)


def news_of(edges: Edges, wanted: Asked, told: Sequence[Told]) -> list[News]:
    """Of these claims those that a watch tells of, in their order: with a threshold, those that moved so far.

    On each question the figure told before counts, among the claims there that answer the watch.
    """
    hits = _answering(edges, wanted, told)
    if wanted.threshold is None:
        return [News(one) for one in hits]
    stories: dict[str, News] = {}
    for question_id in {one.claim.question_id for one in hits if one.claim.question_id}:
        claims = [one for one in edges.store.claims.of_question(question_id) if one.status is ClaimStatus.CURRENT]
        members = _answering(edges, wanted, with_articles(edges, claims))
        stories |= {one.told.claim.id: one for one in story(members, wanted.threshold, edges.units)}
    return [stories.get(one.claim.id, News(one)) for one in hits if not one.claim.question_id or one.claim.id in stories]


def _answering(edges: Edges, wanted: Asked, told: Sequence[Told]) -> list[Told]:
    units = edges.units
    return [one for one in told if matches(wanted.query, one.claim, one.article, units=units, stems=stems)]


def story(told: Sequence[Told], threshold: Threshold, units: Units) -> Iterator[News]:
    """Of the claims on a question, by publication, the first, and each that is far enough from the one told before.

    Figures are held against their like: a forecast does not move from a measurement, nor a denial from what it denies.
    """
    last: dict[tuple[Modality, Polarity], Told] = {}
    for one in sorted(told, key=_place):
        kind = (Modality.ASSERTED if one.claim.modality in _STATED else one.claim.modality, one.claim.polarity)
        before = last.get(kind)
        if before is None or threshold.is_reached(before.claim.quantity, one.claim.quantity, units):
            yield News(one, before)
            last[kind] = one


def _place(one: Told) -> tuple[datetime, str, int, str]:
    article = one.article
    return (article.published or article.arrived, article.id, one.claim.evidence.span_start, one.claim.id)


def plan_deliveries(edges: Edges) -> int:
    """Plan what webhooks are to be told. How many messages; planned again, none is."""
    calling = [one for one in edges.store.watches.list() if one.calls]
    return sum(_plan(edges, watch, wanted) for watch, wanted in telling(calling, edges.units))


def _plan(edges: Edges, watch: Watch, wanted: Asked) -> int:
    planned, cursor = 0, watch.cursor
    while events := _settled(edges, edges.store.events.since(cursor, _EVENTS)):
        news = _new_claims(edges, wanted, events)
        disputes = _loud_disputes(edges, wanted, events)
        messages = _messages(edges, watch, news, disputes)
        last = events[-1].number
        with edges.store.transaction():
            if not edges.store.watches.move(watch.id, cursor, last):
                return planned  # another planner was first
            planned += sum(edges.store.deliveries.plan(one) for one in messages)
        cursor = last
    return planned


def _settled(edges: Edges, events: Sequence[Event]) -> list[Event]:
    """The events up to the first claim that is still on its way to its question: what it moves is not known before."""
    new = [event.subject_id for event in events if _is_new_claim(event)]
    unfiled = edges.store.work.fresh("claim", new)
    first = next((place for place, event in enumerate(events) if event.subject_id in unfiled), len(events))
    return list(events[:first])


def _is_new_claim(event: Event) -> bool:
    return (event.kind, event.detail) == ("claim", "new")


def _new_claims(edges: Edges, wanted: Asked, events: Sequence[Event]) -> list[News]:
    ids = list(dict.fromkeys(event.subject_id for event in events if _is_new_claim(event)))
    return news_of(edges, wanted, with_articles(edges, edges.store.claims.get(ids)))


def _loud_disputes(edges: Edges, wanted: Asked, events: Sequence[Event]) -> list[Dispute]:
    """Disputes that opened or reopened on a claim that answers the watch."""
    ids = [event.subject_id for event in events if event.kind == "dispute" and event.detail in _LOUD]
    found = []
    for dispute in edges.store.disputes.get(list(dict.fromkeys(ids))):
        claim_ids = [one for position in dispute.positions for one in position.claim_ids]
        if _answering(edges, wanted, with_articles(edges, edges.store.claims.get(claim_ids))):
            found.append(dispute)
    return found


def _messages(edges: Edges, watch: Watch, news: Sequence[News], disputes: Sequence[Dispute]) -> Iterator[Delivery]:
    for start in range(0, max(len(news), bool(disputes)), _IN_ONE):
        some = news[start : start + _IN_ONE]
        told = [] if start else disputes
        key = [one.told.claim.id for one in some] + [f"{one.id}/{one.state}/{one.changed}" for one in told]
        yield message(edges, watch, HITS, some, told, key="|".join(key))


def message(
    edges: Edges, watch: Watch, kind: str, news: Sequence[News], disputes: Sequence[Dispute] = (), *, key: str
) -> Delivery:
    """A message as it will be sent. `key`: what makes it another than those before it."""
    now = edges.now()
    body = {
        "type": kind,
        "timestamp": now.isoformat(timespec="seconds"),
        "data": {
            "watch": {"id": watch.id, "name": watch.name, "query": watch.query, "url": _url(edges, "watches", watch.id)},
            "claims": [_record(edges, one) for one in news],
            "disputes": [_dispute(edges, one) for one in disputes],
        },
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Delivery(content_id("dlv", watch.id, kind, key), watch.id, kind, now, text, len(news))


def trial_message(edges: Edges, watch: Watch) -> Delivery:
    """A message without claims, to see whether the webhook takes it."""
    return message(edges, watch, TEST, [], key=edges.now().isoformat())


def _record(edges: Edges, one: News) -> dict[str, Any]:
    claim, before = one.told.claim, one.before
    record: dict[str, Any] = json.loads(claim_line(claim, one.told.article))
    record |= {"printed": claim.printed, "permalink": _url(edges, "claims", claim.id)}
    if before is not None:
        permalink = _url(edges, "claims", before.claim.id)
        record["before"] = {"id": before.claim.id, "printed": before.claim.printed, "permalink": permalink}
    return record


def _dispute(edges: Edges, one: Dispute) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "state": one.state.value,
        "gap": one.gap,
        "positions": [position.label for position in one.positions],
        "permalink": _url(edges, "disputes", one.id),
    }


def _url(edges: Edges, *parts: str) -> str:
    return "/".join((edges.hooks.public_url, *parts))
