"""A made-up press of any length for the benchmark of filing: articles with the claims that a reader would find in them.

Day after day the same number of matters comes up: the quarter of a company, a happening, a state of things. Papers
print one wire text, or write of their own; some are at odds, some deny, later ones update, a few are told anew in a
second version. Names are made of syllables and share their second word with hundreds of others, as names of firms do.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from monitor.domain.article import Article, article_id
from monitor.domain.claim import Claim, Modality
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.source import Source, SourceKind

FIRST = datetime(2021, 1, 4, 6, tzinfo=UTC)
MATTERS_A_DAY = 25
FIRMS = 9000
_POPULAR = 0.6  # the second firm is written of 0.66 times as often as the first, the hundredth 0.06 times

_LATE, _LATEST_HOURS = 0.1, 21 * 24

_ONSETS = ("bel", "cor", "dan", "eld", "far", "gor", "hal", "ist", "jor", "kel", "lom", "mar", "nor", "ost", "pel",
           "quin", "rav", "sel", "tor", "ulm", "var", "wes", "yar", "zel", "bro", "cla", "dre", "fro", "gri",
           "sta")  # fmt: skip
_ENDS = ("van", "mere", "dine", "wick", "thorpe", "la", "row", "stead", "by", "cester", "ga", "mund", "ric", "sen", "ton",
         "wold", "fell", "garth", "haven", "lund", "moor", "ness", "pool", "shaw", "vik")  # fmt: skip
_KINDS = ("Steel", "Foods", "Airlines", "Energy", "Motors", "Shipping", "Pharma", "Telecom", "Bank", "Rail", "Mining",
          "Textiles", "Breweries", "Robotics", "Insurance", "Timber")  # fmt: skip
_HAPPENINGS = ("flood", "wildfire", "earthquake", "storm", "outbreak", "explosion", "derailment", "landslide")
_PAPERS = tuple(f"The {place} {kind}" for place in ("Northern", "Evening", "Harbour", "Valley", "Capital", "Weekly",
                "Old", "Morning", "Lake", "Border") for kind in ("Courier", "Ledger", "Post", "Echo", "Observer",
                "Standard"))  # fmt: skip
_SAY = ("{subject} put its {metric} at {figure} for {time}", "{metric} of {subject} came to {figure} in {time}",
        "{subject} reported {metric} of {figure} for {time}")  # fmt: skip
_STATE = (
    "{subject} has {metric} of {figure}",
    "{metric} of {subject} stands at {figure}",
    "{subject} puts its {metric} at {figure}",
)
_TALK = ("The council met again and came to no decision on the matter before the summer.",
         "Neighbours have complained about noise since building work began behind the old station.",
         "Nobody at the company wished to comment on what had been said at the meeting.",
         "Critics call the scheme too large for a place of this kind, and ask who is to pay for it.")  # fmt: skip


@dataclass(frozen=True)
class _Measure:
    """A metric as papers word it. `low`, `high`: between which its figures lie. `as_printed`: figure and unit."""

    words: tuple[str, ...]
    unit: str
    low: int
    high: int
    as_printed: str


_OF_QUARTERS = (
    _Measure(("revenue", "net sales"), "USD", 40, 9000, "${} million"),
    _Measure(("operating profit", "operating income"), "USD", 10, 900, "${} million"),
    _Measure(("market share",), "percent", 2, 60, "{} percent"),
    _Measure(("order intake", "new orders"), "USD", 20, 4000, "${} million"),
    _Measure(("capital expenditure", "capital spending"), "USD", 5, 700, "${} million"),
    _Measure(("vehicles delivered",), "count:vehicle", 900, 90_000, "{} vehicles"),
    _Measure(("operating margin",), "percent", 2, 40, "{} percent"),
    _Measure(("steel output",), "tonne", 9000, 900_000, "{} tonnes"),
)
_OF_STATES = (
    _Measure(("employees", "staff"), "count:employee", 90, 90_000, "{} employees"),
    _Measure(("net debt", "debt"), "USD", 50, 20_000, "${} million"),
    _Measure(("warehouse floor area",), "hectare", 3, 900, "{} hectares"),
    _Measure(("production capacity",), "tonne/year", 9000, 900_000, "{} tonnes a year"),
    _Measure(("pension deficit",), "USD", 5, 3000, "${} million"),
)
_OF_HAPPENINGS = (
    _Measure(("people killed", "deaths"), "count:person", 2, 900, "{} people"),
    _Measure(("people displaced",), "count:person", 200, 90_000, "{} people"),
    _Measure(("homes destroyed",), "count:home", 20, 9000, "{} homes"),
    _Measure(("repair cost",), "USD", 2, 900, "${} million"),
)


@dataclass(frozen=True)
class _Matter:
    """What several papers write of within some days. `figures`: what is true of each measure when it comes up."""

    number: int
    subject: str
    kind: str
    begins: datetime
    period: Period | None
    figures: tuple[tuple[_Measure, int], ...]


@dataclass(frozen=True)
class Told:
    """An article with its claims, when it comes in."""

    article: Article
    claims: tuple[Claim, ...]
    at: datetime


def press(seed: int = 5) -> Iterator[Told]:
    """Articles without end, by the time at which they come in; one in ten comes in late, by up to three weeks."""
    chance, waiting, day = random.Random(seed), [], 0
    weights = [(place + 1) ** -_POPULAR for place in range(FIRMS)]
    while True:
        begins = FIRST + timedelta(days=day)
        for number in range(MATTERS_A_DAY):
            matter = _matter(day * MATTERS_A_DAY + number, begins + timedelta(minutes=50 * number), chance, weights)
            waiting += _articles(matter, chance)
        waiting.sort(key=lambda told: (told.at, told.article.id))
        ready = [told for told in waiting if told.at < begins + timedelta(days=1)]
        waiting = waiting[len(ready) :]
        yield from ready
        day += 1


def _matter(number: int, begins: datetime, chance: random.Random, weights: list[float]) -> _Matter:
    kind = chance.choices(("quarter", "happening", "state"), (6, 2, 2))[0]
    if kind == "happening":
        subject = f"{_name(chance.randrange(len(_ONSETS) * len(_ENDS) ** 2))} {chance.choice(_HAPPENINGS)}"
    elif kind == "quarter":
        subject = firm(chance.choices(range(FIRMS), weights)[0])
    else:
        subject = firm(chance.randrange(FIRMS))
    measures = {"quarter": _OF_QUARTERS, "state": _OF_STATES, "happening": _OF_HAPPENINGS}[kind]
    chosen = chance.sample(measures, 4)
    figures = tuple((one, chance.randint(one.low, one.high)) for one in chosen)
    return _Matter(number, subject, kind, begins, _quarter_before(begins.date()) if kind == "quarter" else None, figures)


def firm(number: int) -> str:
    """The name of a firm; its second word is shared by hundreds."""
    return f"{_name(number)} {_KINDS[number * 7 % len(_KINDS)]}"


def _name(number: int) -> str:
    first, rest = _ONSETS[number % len(_ONSETS)], number // len(_ONSETS)
    middle = _ENDS[rest % len(_ENDS)]
    last = _ENDS[rest // len(_ENDS) % len(_ENDS)] if rest >= len(_ENDS) else ""
    return (first + middle + last).capitalize()


def _quarter_before(day: date) -> Period:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    end = first - timedelta(days=1)
    return Period(date(end.year, end.month - 2, 1), end)


def _articles(matter: _Matter, chance: random.Random) -> Iterator[Told]:
    """One wire text in several papers, then papers of their own, some with later figures; one in thirty is told anew."""
    papers = chance.sample(_PAPERS, 14)
    wires = chance.choice((1, 2, 3, 4, 6, 10))
    sides = {measure.words[0]: value for measure, value in matter.figures}
    told = matter.begins
    wire = _text(matter, sides, told, chance, papers[0])
    yield from (
        _told(matter, wire, paper, told + timedelta(minutes=7 * at), 0) for at, paper in enumerate(papers[:wires])
    )
    for at in range(chance.choice((4, 7, 9, 12))):
        told += timedelta(hours=chance.choice((1, 2, 5, 20)), minutes=chance.randrange(60))
        if matter.kind != "quarter" and chance.random() < 0.2:
            sides = {name: value + max(value // 7, 1) for name, value in sides.items()}
        paper = papers[10 + at % 4]
        text = _text(matter, sides, told, chance, paper)
        late = timedelta(hours=chance.randrange(1, _LATEST_HOURS)) if chance.random() < _LATE else timedelta()
        yield _told(matter, text, paper, told, at + 1, late=late)
        if chance.random() < 1 / 30:
            sides = {name: value + max(value // 9, 1) for name, value in sides.items()}
            again = _text(matter, sides, told, chance, paper)
            yield _told(matter, again, paper, told, at + 1, updated=told + timedelta(hours=3))


@dataclass(frozen=True)
class _Sentence:
    text: str
    measure: _Measure
    metric: str
    printed: str
    value: int
    modality: Modality
    about: bool
    source: Source
    scope: str


def _text(matter: _Matter, sides: dict[str, int], told: datetime, chance: random.Random, paper: str) -> list[_Sentence]:
    return [
        _sentence(matter, measure, sides[measure.words[0]], chance, paper)
        for measure, _ in chance.sample(matter.figures, chance.choice((2, 3, 4)))
    ]


def _sentence(matter: _Matter, measure: _Measure, value: int, chance: random.Random, paper: str) -> _Sentence:
    """A figure as a paper has it: mostly as it is, at times rounded, at odds, denied, or of a part of the thing."""
    kind = chance.choices(("same", "about", "odds", "denied", "part"), (76, 10, 7, 2, 5))[0]
    metric = chance.choice(measure.words)
    value = value + max(value // 3, 1) if kind == "odds" else value
    printed = measure.as_printed.format(f"{'about ' if kind == 'about' else ''}{value:,}")
    scope = "in the north" if kind == "part" else ""
    source = chance.choice(
        (
            Source(paper, SourceKind.PUBLISHER, paper),
            Source(matter.subject, SourceKind.COMPANY, matter.subject),
            Source("two people with knowledge of the matter", SourceKind.ANONYMOUS),
            Source("an analyst", SourceKind.PERSON, f"{chance.choice(_ONSETS)} {chance.choice(_ENDS)}".title()),
        )
    )
    time = f"the quarter to {matter.period.end:%d %B %Y}" if matter.period and matter.period.end else ""
    said = chance.choice(_SAY if time else _STATE).format(
        subject=matter.subject, metric=metric, figure=printed, time=time
    )
    text = f"{said} {scope}, {source.label} said.".replace(" ,", ",")
    if kind == "denied":
        text = f"It is not correct that {text}"
    modality = Modality.DENIED if kind == "denied" else Modality.ASSERTED
    return _Sentence(
        text[:1].upper() + text[1:], measure, metric, printed, value, modality, kind == "about", source, scope
    )


def _told(
    matter: _Matter, sentences: list[_Sentence], paper: str, told: datetime, number: int,
    *, late: timedelta = timedelta(), updated: datetime | None = None,
) -> Told:  # fmt: skip
    """The article of a paper. `number`: 0 for the wire text, which is one origin in whatever paper."""
    address = f"https://{paper.lower().replace(' ', '-')}.example/{matter.number}-{number}"
    title = f"{matter.subject}: what is known by now"
    talk = [_TALK[(matter.number + number + at) % len(_TALK)] for at in range(6)]
    text = "\n\n".join([one for pair in zip([s.text for s in sentences], talk, strict=False) for one in pair] + talk)
    identity = article_id(address, title, text)
    moment = (updated or told) + late
    origin = content_id("org", f"wire {matter.number}") if number == 0 else content_id("org", address)
    article = Article(
        identity, address, address, title, text, paper, told, moment, updated=updated, origin_id=origin, basis="record"
    )
    claims = tuple(_claim(article, matter, one, text, paper) for one in sentences)
    return Told(article, claims, moment)


def _claim(article: Article, matter: _Matter, one: _Sentence, text: str, paper: str) -> Claim:
    start, at = text.index(one.text), one.text.index(one.printed)
    evidence = Evidence(
        Where.BODY, one.text, start, start + len(one.text), one.printed, start + at, start + at + len(one.printed)
    )
    scale = 10**6 if one.measure.unit == "USD" else 1
    digits = str(one.value * scale)
    step = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    approximation = Approximation.ABOUT if one.about else Approximation.EXACT
    quantity = Quantity(one.measure.unit, Decimal(digits), approximation=approximation, step=step)
    day = (article.published or article.arrived).date()
    publisher = Source(paper, SourceKind.PUBLISHER, paper)
    return Claim(
        id=content_id("clm", article.id, one.text, one.printed),
        article_id=article.id,
        evidence=evidence,
        subject=matter.subject,
        metric=one.metric,
        quantity=quantity,
        sources=(publisher,) if one.source.kind is SourceKind.PUBLISHER else (one.source, publisher),
        qualifiers={"place": "north"} if one.scope else {},
        time=matter.period or Period(day, day),
        time_text="the quarter" if matter.period else "",
        modality=one.modality,
        confidence=0.9,
    )
