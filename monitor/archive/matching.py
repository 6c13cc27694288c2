"""A claim and a saved query: does the claim answer it? By the same rules as a search of the archive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.query import (
    All,
    DayField,
    Days,
    Either,
    Figure,
    FirstHand,
    Kind,
    Named,
    NameField,
    Not,
    Part,
    Query,
    State,
    Words,
    Worth,
)
from monitor.domain.unit import Units
from monitor.domain.words import name_words

Stems = Callable[[str], Sequence[str]]
"""What makes of a text its words without their endings."""

_ROUNDING = 1e-12  # relative: what converting units in binary fractions does to the last digits


def matches(query: Query, claim: Claim, article: Article, *, units: Units, stems: Stems) -> bool:
    """Whether the claim answers the query. An empty query matches nothing here: it would match everything.

    `stems`: those of the archive's index, so that a search and a watch find the same words.
    """
    return not query.is_empty and _Told(claim, article, units, stems).answers(query.part)


@dataclass(frozen=True)
class _Told:
    """A claim and where it stands."""

    claim: Claim
    article: Article
    units: Units
    stems: Stems

    def answers(self, part: Part) -> bool:
        match part:
            case All():
                return all(map(self.answers, part.parts))
            case Either():
                return any(map(self.answers, part.parts))
            case Not():
                return not self.answers(part.part)
            case Words():
                return self._has_words(part.text)
            case Named():
                return _is_named(part, _NAMES[part.field](self))
            case Kind():
                return self.claim.modality is part.modality
            case State():
                return part.status is None or self.claim.status is part.status
            case FirstHand():
                return self.claim.is_first_hand
            case Worth():
                worth = self.claim.worth
                return worth is not None and _within(part, worth, worth)
            case Days():
                return _meets(part, self._days(part.field))
            case Figure():
                return _reaches(part, self.claim.quantity, self.units)

    def _has_words(self, phrase: str) -> bool:
        wanted = _spaced(phrase, self.stems)
        context = f"{self.article.title} {self.article.publisher}"
        return not wanted.strip() or any(
            wanted in _spaced(text, self.stems) for text in (self.claim.statement(), context)
        )

    def _days(self, field: DayField) -> Period | None:
        if field is DayField.AS_OF:
            return self.claim.time
        published = self.article.published
        return None if published is None else Period(published.date(), published.date())


def _topic(told: _Told) -> tuple[str, ...]:
    return (told.claim.metric, *told.claim.qualifiers.values())


def _asserter(told: _Told) -> tuple[str, ...]:
    nearest = told.claim.sources[:1]
    return tuple(text for source in nearest for text in (source.name or "", source.label))


_NAMES: dict[NameField, Callable[[_Told], tuple[str, ...]]] = {
    NameField.ENTITY: lambda told: (told.claim.subject,),
    NameField.METRIC: _topic,
    NameField.SOURCE: lambda told: (told.article.publisher,),
    NameField.ASSERTER: _asserter,
}


def _is_named(asked: Named, texts: tuple[str, ...]) -> bool:
    """Whether the texts of a field hold the name; a whole metric is the metric without its scope."""
    if asked.whole:
        return asked.name in (texts[:1] if asked.field is NameField.METRIC else texts)
    return name_words(asked.name) in name_words(" ".join(texts))


def _reaches(asked: Figure, quantity: Quantity, units: Units) -> bool:
    has, wanted = units.get(quantity.unit), units.get(asked.unit or quantity.unit)
    if has.dimension != wanted.dimension:
        return False
    if asked.low is None and asked.high is None:
        return True
    factor = float(has.factor / wanted.factor)
    ends = [float(end) * factor for end in (quantity.value, quantity.low, quantity.high) if end is not None]
    return bool(ends) and _within(asked, min(ends), max(ends))


def _within(asked: Figure | Worth, low: float, high: float) -> bool:
    """Whether the range from low to high reaches into what is asked for."""
    above = asked.low is None or _is_over(high, float(asked.low), is_open=asked.low_open)
    return above and (asked.high is None or _is_over(-low, -float(asked.high), is_open=asked.high_open))


def _is_over(end: float, bound: float, *, is_open: bool) -> bool:
    same = abs(end - bound) <= _ROUNDING * abs(bound)
    return not is_open if same else end > bound


def _meets(asked: Days, period: Period | None) -> bool:
    return period is not None and period.overlaps(Period(asked.since, asked.until))


@lru_cache(maxsize=10_000)
def _spaced(written: str, stems: Stems) -> str:
    """The stems of a text, a space before and after each."""
    return "".join(f" {stem}" for stem in stems(written)) + " "
