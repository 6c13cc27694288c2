"""Claims in articles, in one line each, for tests of comparing. Names and figures are invented."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from monitor.domain.article import Article
from monitor.domain.asked import Asked
from monitor.domain.claim import Claim, ClaimStatus, Modality, Polarity
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.ontology import Ontology
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.question import Question
from monitor.domain.relation import Relation, Told
from monitor.domain.source import Source, SourceKind
from monitor.domain.unit import Units
from monitor.metrics import load_ontology
from monitor.questions import file_claim
from monitor.relations.judge import judge
from monitor.units import load_units

MODELS = Path(__file__).resolve().parent.parent / "models" / "ontology"


@cache
def ontology() -> Ontology:
    return load_ontology((MODELS / "metrics.toml").read_text(), (MODELS / "comparing.toml").read_text())


@cache
def units() -> Units:
    return load_units((MODELS / "units.toml").read_text())


def figure(
    number: str | None,
    unit: str = "percent",
    approximation: str = "exact",
    *,
    direction: str | None = None,
    high: str | None = None,
    exact_count: bool = False,
) -> Quantity:
    """A quantity as the extractor makes it from digits: "50,000" has step 10000, "41.5" step 0.1."""
    kind, way = Approximation(approximation), Direction(direction) if direction else None
    if number is None:
        return Quantity(unit)
    if unit == "date":
        return Quantity(unit, date=number)
    value = Decimal(number.replace(",", ""))
    if high is not None:
        return Quantity(unit, low=value, high=Decimal(high), approximation=Approximation.RANGE, direction=way)
    if kind in {Approximation.AT_LEAST, Approximation.MORE_THAN}:
        return Quantity(unit, low=value, approximation=kind, direction=way)
    if kind in {Approximation.AT_MOST, Approximation.LESS_THAN}:
        return Quantity(unit, high=value, approximation=kind, direction=way)
    return Quantity(unit, value, approximation=kind, direction=way, step=Decimal(0) if exact_count else step(number))


def step(number: str) -> Decimal:
    plain = number.replace(",", "")
    if "." in plain:
        return Decimal(1).scaleb(-len(plain.partition(".")[2]))
    return Decimal(1).scaleb(len(plain) - len(plain.rstrip("0")))


def tell(
    number: str | None,
    unit: str = "percent",
    approximation: str = "exact",
    *,
    subject: str = "Ostrel's Q9 process",
    metric: str = "die yield",
    by: str | None = None,
    paper: str = "Silicon Gazette",
    on: str = "2031-03-04T08:00+00:00",
    time: str = "",
    modality: str = "asserted",
    negated: bool = False,
    where: str = "body",
    quote: str | None = None,
    title: str = "News of the day",
    scope: Mapping[str, str] | None = None,
    origin: str | None = None,
    url: str | None = None,
    version: int = 1,
    status: str = "current",
    article: str | None = None,
    direction: str | None = None,
    high: str | None = None,
    exact_count: bool = False,
    confidence: float = 0.95,
) -> Told:
    """A claim in its article. `by`: the nearest asserter; "anonymous …" is nobody named; None is the paper itself."""
    published = datetime.fromisoformat(on)
    quantity = figure(number, unit, approximation, direction=direction, high=high, exact_count=exact_count)
    span = number or "no figure"
    sentence = quote or f"{subject} {metric}: {span}."
    start = re.search(re.escape(span), sentence)
    at = start.start() if start else 0
    text = f"{subject}. {sentence}"
    address = url or f"https://{paper.lower().replace(' ', '-')}.example/{article or on}"
    article_id = content_id("art", address, version)
    publisher = Source(paper, SourceKind.PUBLISHER, paper)
    sources = (publisher,) if by is None else (_source(by), publisher)
    claim = Claim(
        id=content_id("clm", article_id, where, sentence, span, unit),
        article_id=article_id,
        evidence=Evidence(Where(where), sentence, 0, len(sentence), span, at, at + len(span)),
        subject=subject,
        metric=metric,
        quantity=quantity,
        sources=sources,
        qualifiers=dict(scope or {}),
        time=Period.parse(time) if time else Period(published.date(), published.date()),
        time_text=f"in {time}" if time else "",
        modality=Modality(modality),
        polarity=Polarity.NEGATED if negated else Polarity.AFFIRMED,
        confidence=confidence,
        status=ClaimStatus(status),
    )
    told_in = Article(
        article_id, address, address, title, text, paper, published, published, version=version,
        origin_id=origin or article_id, is_latest=status == "current",
    )  # fmt: skip
    return Told(claim, told_in)


def _source(by: str) -> Source:
    if by.startswith("anonymous"):
        return Source(by.removeprefix("anonymous").strip(), SourceKind.ANONYMOUS)
    return Source(by, SourceKind.COMPANY, by)


def question_of(*told: Told) -> tuple[Question, list[Question]]:
    """The question that the last one is filed under, and all that filing them in order made."""
    made: dict[str, Question] = {}
    question = None
    for one in told:
        candidates = [made[name] for name in sorted(made)]
        question, _ = file_claim(Asked(one, ontology(), units()), candidates)
        made[question.id] = question
    assert question is not None
    return question, list(made.values())


def related(a: Told, b: Told) -> Relation | None:
    """How two claims are related once they are filed; None where they come under two questions."""
    question, made = question_of(a, b)
    if len(made) > 1:
        return None
    return judge(a, b, question, units(), ontology())


def kind(a: Told, b: Told) -> str | None:
    found = related(a, b)
    return str(found.kind) if found else None
