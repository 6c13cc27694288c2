"""Values → lines as docs/interchange.md has them, numbers plain (20, never 20.0 or 2E+1), scores with two decimals."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.dispute import DisputeState
from monitor.domain.entity import Entity
from monitor.domain.entry import Entry
from monitor.domain.relation import Relation
from monitor.domain.source import Source, SourceKind

_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_LONE = re.compile("[\ud800-\udfff]")


def outward_id(article: Article) -> str:
    """The id by which others know this article: theirs if they gave one."""
    return article.given_id or article.id


def article_line(article: Article) -> str:
    """One version of an article as a line, without its line end. `label`: what its page was, where it was no article."""
    return _object(
        url=article.url,
        title=article.title,
        publisher=article.publisher,
        published=_time(article.published),
        updated=_time(article.updated),
        text=article.text,
        language=article.language,
        id=outward_id(article),
        canonical_url=article.canonical_url,
        version=article.version,
        origin=article.origin_id,
        basis=article.basis,
        label=article.label or None,
        label_reason=article.label_reason or None,
    )


def claim_line(claim: Claim, article: Article) -> str:
    """A claim as a line. `article` is the version in which it stands."""
    evidence, quantity = claim.evidence, claim.quantity
    return _object(
        id=claim.id,
        article=_article_of_claim(article),
        where=evidence.where.value,
        status=claim.status.value,
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        span=evidence.span,
        span_start=evidence.span_start,
        span_end=evidence.span_end,
        subject=claim.subject,
        metric=claim.metric,
        qualifiers=dict(sorted(claim.qualifiers.items())),
        value=quantity.date if quantity.date is not None else quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        direction=quantity.direction.value if quantity.direction else None,
        approximation=quantity.approximation.value,
        time=claim.time.iso() if claim.time else None,
        time_text=claim.time_text,
        modality=claim.modality.value,
        polarity=claim.polarity.value,
        source_chain=[_link(source) for source in claim.sources],
        same_as=sorted(claim.same_as) or None,
        corrected_by=claim.corrected_by,
        origin=article.origin_id,
        question=claim.question_id,
        confidence=_Two(claim.confidence),
        worth=None if claim.worth is None else _Two(claim.worth),
    )


def _article_of_claim(article: Article) -> dict[str, Any]:
    canonical = article.canonical_url if article.canonical_url != article.url else None
    fields = {
        "id": outward_id(article),
        "url": article.url,
        "canonical_url": canonical,
        "version": article.version,
        "title": article.title,
        "publisher": article.publisher,
        "published": _time(article.published),
    }
    return {key: value for key, value in fields.items() if value is not None}


def _link(source: Source) -> dict[str, Any]:
    link: dict[str, Any] = {"name": source.name}
    if source.label and not (source.kind is SourceKind.PUBLISHER and source.label == source.name):
        link["label"] = source.label
    link["kind"] = source.kind.value
    if source.told:
        link["told"] = source.told
    return link


def entry_line(entry: Entry, article: str | None) -> str:
    """What a feed said of an article, as a line. `article`: outward id of the article last read for it."""
    return _encoded(
        {
            "feed": entry.feed_url,
            "id": entry.guid,
            "url": entry.url,
            "title": entry.title,
            "published": _time(entry.published),
            "updated": _time(entry.updated),
            "enclosures": list(entry.enclosures),
            "summary": entry.summary,
            "article": article,
        }
    )


def entity_line(entity: Entity) -> str:
    """A canonical thing as a line."""
    return _encoded(
        {
            "id": entity.id,
            "name": entity.name,
            "kind": entity.kind,
            "aliases": sorted(entity.aliases),
            "mentions": entity.mentions,
        }
    )


def relation_line(relation: Relation, state: DisputeState | None) -> str:
    """A relation as a line. `state`: of the dispute of its question, None where there is none."""
    return _object(
        a=relation.a,
        b=relation.b,
        relation=relation.kind.value,
        score=_Two(relation.score),
        question=relation.question_id,
        reason=relation.reason,
        status=state.value if state else None,
    )


@dataclass(frozen=True)
class _Two:
    """A number from 0 to 1 that is written with two decimals."""

    number: float


def _object(**fields: Any) -> str:
    return _encoded({key: value for key, value in fields.items() if value is not None})


def _encoded(value: Any) -> str:
    """JSON of plain values, Decimals as plain numbers. json.dumps cannot write a Decimal without rounding it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(key))}: {_encoded(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_encoded, value)) + "]"
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, _Two):
        return f"{value.number:.2f}"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(value: str) -> str:
    """A JSON string. What some readers take for a line end is escaped, so that a line stays one line for everybody."""
    written = json.dumps(_LONE.sub("\ufffd", value), ensure_ascii=False)
    return _LINE_ENDS.sub(lambda end: f"\\u{ord(end[0]):04x}", written)


def plain_number(value: Decimal) -> str:
    """20, 3.25, 1200000: no exponent, no trailing zeros after the point."""
    written = format(value, "f")
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _time(value: datetime | None) -> str | None:
    """RFC 3339 with the offset the source gave; UTC as Z."""
    if value is None:
        return None
    written = value.isoformat()
    return written.removesuffix("+00:00") + "Z" if written.endswith("+00:00") else written
