"""Lines → values, strictly: a line that breaks the format is a RecordWrong that says which line, why, and what to do."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from monitor.domain.article import Article
from monitor.domain.claim import Claim, ClaimStatus, Modality, Polarity
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.source import Source, SourceKind
from monitor.interchange.fields import Fields, shown

LONGEST_TEXT = 10_000_000
_KIND_NAMES = {"organisation": SourceKind.COMPANY, "organization": SourceKind.COMPANY, "unknown": SourceKind.ANONYMOUS}


@dataclass(frozen=True)
class Record:
    """An article as a line of an ingested file gives it: one of `text` and `html`."""

    url: str
    title: str
    publisher: str
    published: datetime | None
    updated: datetime | None
    text: str | None
    html: str | None
    language: str | None
    given_id: str | None


def article_from_line(line: str, number: int = 1) -> Record:
    """The article of one line. `number` counts lines from 1. RecordWrong where the line breaks the format."""
    fields = Fields(line, number)
    url = fields.text("url", required=True).strip()
    if not re.match(r"https?://[^\s/]+", url, re.IGNORECASE):
        raise fields.wrong("url", f"{shown(url)} is no http address")
    text, html = fields.optional("text", LONGEST_TEXT), fields.optional("html", LONGEST_TEXT)
    if (text is None) == (html is None):
        why = "it has neither text nor html" if text is None else "it has both text and html"
        raise fields.wrong(None, why)
    if not (text if text is not None else html or "").strip():
        raise fields.wrong("html" if text is None else "text", "it is empty")
    return Record(
        url=url,
        title=fields.text("title"),
        publisher=fields.text("publisher").strip(),
        published=fields.time("published"),
        updated=fields.time("updated"),
        text=text,
        html=html,
        language=fields.optional("language"),
        given_id=fields.optional("id") or None,
    )


def claim_from_line(line: str, number: int = 1) -> tuple[Claim, Article]:
    """A claim as someone exported it, with what its line says of the article. RecordWrong as above."""
    fields = Fields(line, number)
    article = _article_from(fields)
    return _claim_from(fields, article), article


def _article_from(fields: Fields) -> Article:
    below = fields.below("article")
    url = below.text("url")
    given = below.optional("id")
    published = below.time("published")
    return Article(
        id=given or content_id("art", url, below.text("title"), str(below.whole("version", 1))),
        url=url,
        canonical_url=below.optional("canonical_url") or url,
        title=below.text("title"),
        text="",
        publisher=below.text("publisher"),
        published=published,
        arrived=published or datetime(1970, 1, 1, tzinfo=UTC),
        given_id=given,
        version=below.whole("version", 1),
        origin_id=fields.optional("origin"),
    )


def _claim_from(fields: Fields, article: Article) -> Claim:
    return Claim(
        id=fields.text("id", required=True),
        article_id=article.id,
        evidence=_evidence_from(fields),
        subject=fields.text("subject", required=True),
        metric=fields.text("metric", required=True),
        quantity=_quantity_from(fields),
        sources=chain_from(fields, article),
        qualifiers=fields.words("qualifiers"),
        time=fields.period("time"),
        time_text=fields.text("time_text"),
        modality=fields.one_of("modality", Modality, Modality.ASSERTED),
        polarity=fields.one_of("polarity", Polarity, Polarity.AFFIRMED),
        same_as=tuple(sorted(str(other) for other in fields.listed("same_as"))),
        confidence=_share(fields.number("confidence"), 0.5),
        worth=_worth_from(fields),
        status=fields.one_of("status", ClaimStatus, ClaimStatus.CURRENT),
        corrected_by=fields.optional("corrected_by"),
    )


def _share(number: Decimal | None, otherwise: float) -> float:
    return float(min(max(number, Decimal(0)), Decimal(1))) if number else otherwise


def _worth_from(fields: Fields) -> float | None:
    """A gold set says instead whether the claim is asked for: no number."""
    if fields.is_flag("worth"):
        return None
    number = fields.number("worth")
    return None if number is None else _share(number, 0.0)


def _evidence_from(fields: Fields) -> Evidence:
    evidence = Evidence(
        where=fields.one_of("where", Where, Where.BODY),
        quote=fields.text("quote", required=True),
        start=fields.whole("start", 0),
        end=fields.whole("end", 0),
        span=fields.text("span"),
        span_start=fields.whole("span_start", 0),
        span_end=fields.whole("span_end", 0),
    )
    first = evidence.span_start - evidence.start
    if evidence.quote[first : first + len(evidence.span)] != evidence.span:
        raise fields.wrong("span", "it does not stand in the quote at the offsets given")
    return evidence


def _quantity_from(fields: Fields) -> Quantity:
    span = fields.text("span")
    # Who only denies gives no figure, and so no unit.
    figured = any(fields.has(key) for key in ("value", "low", "high"))
    denied = fields.optional("modality") == Modality.DENIED or fields.optional("polarity") == Polarity.NEGATED
    unit = fields.text("unit", required=figured or not denied)
    date: str | None = None
    if unit == "date":
        date = fields.optional("value")
        fields.period("value")
    value = None if unit == "date" else fields.number("value")
    low, high = (None, None) if unit == "date" else (fields.number("low"), fields.number("high"))
    step = written_step(span, value if value is not None else low if low is not None else high)
    return Quantity(
        unit=unit,
        value=value,
        low=low,
        high=high,
        date=date,
        approximation=fields.one_of("approximation", Approximation, Approximation.EXACT),
        direction=fields.one_of("direction", Direction, None),
        step=step,
        vague=low is not None and high is not None and not any(sign.isdigit() for sign in span),
    )


def written_step(span: str, value: Decimal | None) -> Decimal:
    """The worth of the last digit written in `span` for this value; 0 for a number in words up to a hundred."""
    if value is None or not value:
        return Decimal(0)
    written = re.search(r"\d[\d,\u00a0\u202f]*(?:\.(\d+))?", span)
    if written is None:
        return Decimal(0) if abs(value) <= 100 else _last_digit(value)
    number = Decimal(re.sub(r"[,\u00a0\u202f]", "", written[0]))
    if not written[1] or not number:
        return _last_digit(value)
    return abs(value / number) * Decimal(1).scaleb(-len(written[1]))


def _last_digit(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def chain_from(fields: Fields, article: Article) -> tuple[Source, ...]:
    """The source chain of a line; the publisher alone where it names none."""
    links = tuple(_source_from(fields, link) for link in fields.listed("source_chain"))
    if links or not article.publisher:
        return links
    return (Source(article.publisher, SourceKind.PUBLISHER, article.publisher),)


def _source_from(fields: Fields, link: object) -> Source:
    if not isinstance(link, dict):
        raise fields.wrong("source_chain", "each link is an object with name, label and kind")
    texts = {key: link.get(key) for key in ("name", "label", "kind", "told")}
    if any(text is not None and not isinstance(text, str) for text in texts.values()):
        raise fields.wrong("source_chain", "name, label, kind and told are texts")
    name, kind = texts["name"], texts["kind"] or ("company" if texts["name"] else "anonymous")
    known = _KIND_NAMES.get(kind) or (SourceKind(kind) if kind in set(SourceKind) else SourceKind.COMPANY)
    return Source(label=texts["label"] or name or "", kind=known, name=name, told=texts["told"])
