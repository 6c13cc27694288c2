"""Values → the words, numbers and dates that people read. Nothing here decides what is true or newer."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from babel import Locale, UnknownLocaleError

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.kept import LABEL_WORDS
from monitor.domain.period import Period
from monitor.domain.quantity import Approximation, Direction, Quantity
from monitor.domain.relation import RelationKind
from monitor.domain.source import Source, SourceKind

HEDGES = {
    Approximation.ABOUT: "about",
    Approximation.AT_LEAST: "at least",
    Approximation.AT_MOST: "at most",
    Approximation.MORE_THAN: "more than",
    Approximation.LESS_THAN: "less than",
}
RELATION_WORDS = {
    RelationKind.AGREES: "agrees",
    RelationKind.REFINES: "refines",
    RelationKind.UPDATES: "updates",
    RelationKind.CONTRADICTS: "contradicts",
    RelationKind.DENIES: "denies",
    RelationKind.SELF_INCONSISTENT: "stands in one text against",
}
SOURCE_WORDS = {
    SourceKind.PUBLISHER: "publisher",
    SourceKind.MEDIA: "news outlet",
    SourceKind.COMPANY: "company",
    SourceKind.GOVERNMENT: "government",
    SourceKind.THINK_TANK: "think tank",
    SourceKind.PERSON: "person",
    SourceKind.DOCUMENT: "document",
    SourceKind.ANONYMOUS: "unnamed",
}
_BASES = {
    "summary": "This is the summary that the feed carries, not the whole article.",
    "content": "This is the text that the feed carries of the article.",
    "pdf": "This text was read from a PDF.",
}
_UNITS = {"percent": "%", "percentage_point": "percentage points", "date": "", "ratio": "times"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def resting(article: Article) -> str:
    """What the text of an article was taken from, in a sentence, where it is not its page. Empty where it is."""
    taken = _BASES.get(article.basis, "")
    if not article.label:
        return taken
    page = f"The page was {LABEL_WORDS.get(article.label, article.label)} when it was asked ({article.label_reason})."
    return f"{taken} {page}".strip()


def language(code: str) -> str:
    """The name of a language of which the ISO 639 code is given; the code itself where it is none."""
    try:
        return Locale.parse(code.replace("-", "_")).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def number(value: Decimal | float | int) -> str:
    """Grouped by thousands, without an exponent and without a fraction of zeros only: 1,280,000."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_words(unit: str, *, many: bool = True) -> str:
    """A unit as a reader says it: `count:wafer` is wafers, `tonne/hectare` tonnes per hectare, `percent` %."""
    if unit in _UNITS:
        return _UNITS[unit]
    if "/" in unit:
        above, _, below = unit.partition("/")
        return f"{unit_words(above, many=many)} per {unit_words(below, many=False)}"
    word = unit.removeprefix("count:").replace("_", " ")
    return word if not many or word.isupper() or not word else _plural(word)


def _plural(word: str) -> str:
    irregular = {"foot": "feet", "person": "people", "hertz": "hertz", "celsius": "celsius"}
    if word in irregular:
        return irregular[word]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def quantity(figure: Quantity) -> str:
    """The figure normalised, hedge in words: `about 55 %`, `18 to 25 %`, `up by 3 percentage points`."""
    if figure.is_empty:
        return "no figure"
    if figure.date is not None:
        return " ".join(part for part in (HEDGES.get(figure.approximation, ""), _date_words(figure.date)) if part)
    many = figure.value != 1
    unit = unit_words(figure.unit, many=many)
    body = f"{_body(figure)} {unit}".strip()
    if figure.direction is not None:
        return f"{'up' if figure.direction is Direction.UP else 'down'} by {body}"
    return body


def _body(figure: Quantity) -> str:
    if figure.value is not None:
        return " ".join(part for part in (HEDGES.get(figure.approximation, ""), number(figure.value)) if part)
    if figure.low is not None and figure.high is not None:
        return f"{number(figure.low)} to {number(figure.high)}"
    if figure.low is not None:
        return f"{HEDGES.get(figure.approximation, 'at least')} {number(figure.low)}"
    assert figure.high is not None  # is_empty was ruled out
    return f"{HEDGES.get(figure.approximation, 'at most')} {number(figure.high)}"


def _date_words(iso: str) -> str:
    try:
        return period(Period.parse(iso))
    except ValueError:
        return iso


def printed(claim: Claim) -> str:
    """The figure as the text prints it; for a yes/no statement what it says."""
    return claim.printed


def day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def period(value: Period) -> str:
    """A period in words: `Dec 2024`, `2025`, `1 Mar 2025 to 7 Mar 2025`, `from 1 May 2025`."""
    if value.start is None or value.end is None:
        if value.start is not None:
            return f"from {day(value.start)}"
        return f"until {day(value.end)}" if value.end is not None else "open"
    iso = value.iso()
    if "/" in iso:
        return quarter(value) or f"{day(value.start)} to {day(value.end)}"
    return {4: str(value.start.year), 7: f"{_MONTHS[value.start.month - 1]} {value.start.year}"}.get(
        len(iso), day(value.start)
    )


def quarter(value: Period) -> str:
    """`Q3 2026` for a quarter of a year, empty for any other period."""
    start, end = value.start, value.end
    if start is None or end is None or start.day != 1 or start.month % 3 != 1 or start.year != end.year:
        return ""
    ends_it = end.month == start.month + 2 and (end + timedelta(days=1)).day == 1
    return f"Q{start.month // 3 + 1} {start.year}" if ends_it else ""


def ago(value: datetime | None, now: datetime) -> str:
    """Relative words to stand beside an absolute time: `3 hours ago`, `in 12 minutes`; empty without one."""
    if value is None:
        return ""
    seconds = int((now - value.astimezone(UTC)).total_seconds())
    size = abs(seconds)
    for length, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if size >= length:
            count = size // length
            words = f"{count} {word}{'' if count == 1 else 's'}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def source_name(source: Source) -> str:
    return source.name or source.label


def chain(claim: Claim) -> str:
    """The chain in one line, nearest asserter first: `industry sources → the report → the paper`."""
    return " → ".join(source_name(source) for source in claim.sources)


def relayed(claim: Claim) -> bool:
    """Whether the figure is known only through another outlet than the one that prints it."""
    hands = (SourceKind.MEDIA, SourceKind.PUBLISHER, SourceKind.THINK_TANK)
    return any(source.kind in hands for source in claim.sources[1:-1]) or (
        len(claim.sources) > 1 and claim.sources[0].kind in (SourceKind.MEDIA, SourceKind.PUBLISHER)
    )


def told_in_words(count: int, word: str, plural: str = "") -> str:
    """`1 claim`, `2 claims`, `1,204 questions`."""
    return f"{number(count)} {word if count == 1 else plural or _plural(word)}"


def scope(qualifiers: Sequence[tuple[str, str]]) -> str:
    return ", ".join(value for _, value in qualifiers)


def compact(value: float) -> str:
    """A number short enough for an axis: 1.2m, 850k, 0.35."""
    size = abs(value)
    for factor, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e4, "k")):
        if size >= factor:
            scale = 1e3 if letter == "k" else factor
            return f"{value / scale:.4g}{letter}"
    return f"{value:,.4g}"
