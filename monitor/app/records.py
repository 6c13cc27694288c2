"""Domain values → the objects of the API. Claims and articles are those of the interchange format."""

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor.app.packs import CHECKED_HEADS, copy_hash
from monitor.domain.article import Article
from monitor.domain.digest import Issue
from monitor.domain.dispute import Dispute, DisputeEvent
from monitor.domain.entity import Entity
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told
from monitor.domain.search import Event, Found, Hit
from monitor.domain.watch import Delivery

if TYPE_CHECKING:
    from monitor.app.service import App
    from monitor.app.watching import Preview, WatchReport
    from monitor.pipeline.check import Checked, Finding
    from monitor.relations.sums import Sum

Json = dict[str, Any]
# Blanks before it, and the wide forms of the signs, are passed over by some spreadsheets (OWASP, CSV injection).
_FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds")


def claim(app: "App", one: Told) -> Json:
    """The claim as the interchange format has it, with its figure as printed, and who or what read it."""
    record: Json = json.loads(app.reading.claim_line(one.claim, one.article))
    corrected = {"read_by": one.claim.read_by} if one.claim.read_by else {}
    return {**record, "printed": one.claim.printed, "reader": one.claim.reader, **corrected}


def evidence(one: Told, permalink: str) -> Json:
    """Where a claim stands, and the hash of the stored copy in which it does."""
    place = one.claim.evidence
    return {
        "article": one.article.id,
        "version": one.article.version,
        "where": place.where.value,
        "quote": place.quote,
        "start": place.start,
        "end": place.end,
        "span": place.span,
        "span_start": place.span_start,
        "span_end": place.span_end,
        "sha256": copy_hash(one.article),
        "changed_since": not one.article.is_latest,
        "url": one.article.url,
        "permalink": permalink,
    }


def hit(app: "App", one: Hit) -> Json:
    """A claim that was found: how, and where in its quote its figure and the words asked for stand (half-open)."""
    evidence = one.claim.evidence
    figure = [evidence.span_start - evidence.start, evidence.span_end - evidence.start]
    marks = {"figure": figure, "words": [list(span) for span in one.marks]}
    return {**claim(app, Told(one.claim, one.article)), "how": one.how, "marks": marks}


def counts(found: Found) -> Json:
    """What the claims found have in common, and how they lie in time. All of them count, not those of one page."""
    facets = {facet.name: [{"value": value, "count": n} for value, n in facet.values] for facet in found.facets}
    timelines = {
        one.name: {
            "step": one.step,
            "bars": [{"period": bar.period.iso(), "count": bar.count} for bar in one.bars],
        }
        for one in found.timelines
    }
    return {"facets": facets, "timelines": timelines}


def article(one: Article) -> Json:
    """One version of an article, without its text: that stands in the lines of `monitor export articles`."""
    return {
        "id": one.id,
        "url": one.url,
        "canonical_url": one.canonical_url,
        "title": one.title,
        "publisher": one.publisher,
        "author": one.author,
        "published": moment(one.published),
        "updated": moment(one.updated),
        "arrived": moment(one.arrived),
        "language": one.language,
        "basis": one.basis,
        "label": one.label or None,
        "label_reason": one.label_reason or None,
        "date_note": one.date_note or None,
        "version": one.version,
        "latest": one.is_latest,
        "origin": one.origin_id,
    }


def question(one: Question) -> Json:
    return {
        "id": one.id,
        "slug": one.slug,
        "subject": one.subject,
        "metric": one.metric,
        "scope": dict(one.scope),
        "dimension": one.dimension,
        "temper": one.temper.value,
        "period": one.period.iso() if one.period else None,
        "claims": one.claims,
    }


def arithmetic(told: Told, done: "Sum") -> Json:
    """The sum or product by which a claim's sentence comes to its figure, and whether it comes out."""
    return {"claim": told.claim.id, "equation": done.equation, "holds": done.holds}


def dispute(one: Dispute, now: datetime) -> Json:
    """A dispute, and whether nothing has happened to it for long by `now`."""
    return {
        "id": one.id,
        "question": one.question_id,
        "state": one.state.value,
        "title": one.title,
        "positions": [
            {"label": position.label, "claims": list(position.claim_ids), "origins": list(position.origin_ids)}
            for position in one.positions
        ],
        "origins": one.origins,
        "opened": moment(one.opened),
        "changed": moment(one.changed),
        "stale": one.is_stale(now),
        "why_compared": one.why_compared,
        "could_explain": list(one.could_explain),
        "gap": one.gap,
    }


def dispute_event(one: DisputeEvent) -> Json:
    return {
        "id": one.id,
        "at": moment(one.at),
        "kind": one.kind,
        "state": one.state.value,
        "by": one.by,
        "reason": one.reason,
        "note": one.note,
        "claims": list(one.claim_ids),
        "undoes": one.undoes,
    }


def relation(one: Relation) -> Json:
    return {
        "a": one.a,
        "b": one.b,
        "relation": one.kind.value,
        "score": round(one.score, 2),
        "question": one.question_id,
        "reason": one.reason,
        "independent": one.independent,
    }


def entity(one: Entity) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "aliases": sorted(one.aliases),
        "mentions": one.mentions,
        "origin": one.origin,
    }


def source(name: str, claims: int) -> Json:
    """A publisher, and how many of its claims stand."""
    return {"name": name, "claims": claims}


def checked(app: "App", one: "Checked", article: Article) -> Json:
    """A claim of a text that is not stored, and what the archive has on it."""
    lists = {name: [_finding(app, found) for found in getattr(one, name)] for name in CHECKED_HEADS}
    question = one.question.slug if one.question else None
    return {"claim": claim(app, Told(one.claim, article)), "question": question, **lists, "left_out": one.left_out}


def _finding(app: "App", found: "Finding") -> Json:
    relation = found.kind.value if found.kind else None
    said = {"claim": claim(app, found.told), "question": found.question.slug, "relation": relation, "why": found.why}
    return said if found.likely is None else {**said, "likely": found.likely}


def watch_report(one: "WatchReport") -> Json:
    """A watch with how it is, without what its webhook is known and trusted by."""
    watch = one.watch
    wrong = None if one.wrong is None else {"detail": one.wrong.why, "position": one.wrong.position}
    return {
        "id": watch.id,
        "name": watch.name,
        "query": watch.query,
        "threshold": watch.threshold or None,
        "digest": watch.digest,
        "webhook": shown_webhook(watch.webhook) or None,
        "webhook_ended": watch.ended or None,
        "paused": watch.paused,
        "added": moment(watch.added),
        "wrong": wrong,
        "hits": one.hits,
        "deliveries": {"sent": one.sent, "waiting": one.waiting, "failed": one.failed},
    }


def shown_webhook(webhook: str) -> str:
    """Where a webhook is, without its path: receivers often know their senders by that."""
    if not webhook:
        return ""
    parts = urlsplit(webhook)
    return f"{parts.scheme}://{parts.netloc}/" + ("…" if parts.path.strip("/") or parts.query else "")


def preview(app: "App", one: "Preview") -> Json:
    """What a watch would have brought."""
    return {
        "query": one.query.text,
        "days": one.days,
        "hits": one.total,
        "hits_lately": one.lately,
        "told_lately": {"count": one.told, "count_is": "at_least" if one.is_part else "exact"},
        "examples": [
            claim(app, news.told) | ({"before": news.before.claim.id} if news.before else {}) for news in one.examples
        ],
    }


def delivery(one: Delivery) -> Json:
    """A message to a webhook with every answer."""
    return {
        "id": one.id,
        "kind": one.kind,
        "planned": moment(one.planned),
        "claims": one.hits,
        "state": one.state.value,
        "next_try": moment(one.next_try),
        "why": one.why or None,
        "answers": [{"at": moment(answer.at), "status": answer.status, "said": answer.said} for answer in one.answers],
    }


def issue(one: Issue) -> Json:
    """An issue without its reader's address."""
    return {
        "id": one.id,
        "period": one.period,
        "subject": one.rendered.subject,
        "planned": moment(one.planned),
        "sent": moment(one.sent),
        "state": one.state.value,
    }


def event(one: Event) -> Json:
    return {
        "number": one.number,
        "at": moment(one.at),
        "kind": one.kind,
        "id": one.subject_id,
        "detail": one.detail,
        "facts": dict(one.facts),
    }


def csv_line(cells: Sequence[Any]) -> str:
    """A line of a table. A cell that a spreadsheet would take for a formula gets an apostrophe."""
    line = io.StringIO()
    csv.writer(line).writerow([_harmless(cell) for cell in cells])
    return line.getvalue()


def _harmless(cell: Any) -> Any:
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
