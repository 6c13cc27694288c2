"""A claim and a saved query: does the claim answer it?"""

import re
from datetime import date

from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.search import Query
from monitor.domain.unit import Units

_WORD = re.compile(r"[^\W_]+")


def matches(query: Query, claim: Claim, article: Article, units: Units) -> bool:
    """Whether the claim answers every part of the query. An empty query matches nothing: it would match everything."""
    asked = (query.words, query.phrases, query.entity, query.metric, query.source, query.asserter, query.modality)
    if not any(asked) and query.unit is None and query.low is None and query.high is None:
        return False
    return (
        _text_matches(query, claim, article)
        and _names_match(query, claim, article)
        and (not query.modality or claim.modality.value in query.modality)
        and (not query.status or claim.status.value in query.status)
        and _value_matches(query, claim.quantity, units)
        and _times_match(query, claim, article)
    )


def _folded(text: str) -> list[str]:
    """Words in lower case without a plural s: what two spellings of one search word share."""
    words = (word.casefold() for word in _WORD.findall(text))
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]


def _contains(words: list[str], phrase: str) -> bool:
    wanted = _folded(phrase)
    return bool(wanted) and any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))


def _text_matches(query: Query, claim: Claim, article: Article) -> bool:
    words = _folded(f"{claim.statement()} {article.title} {article.publisher}")
    wanted = (*query.words, *query.phrases)
    return all(_contains(words, phrase) for phrase in wanted) and not any(_contains(words, no) for no in query.without)


def _names_match(query: Query, claim: Claim, article: Article) -> bool:
    asserter = f"{claim.sources[0].name or ''} {claim.sources[0].label}" if claim.sources else ""
    pairs = (
        (query.entity, claim.subject, claim.subject),
        (query.metric, f"{claim.metric} {' '.join(claim.qualifiers.values())}", claim.metric),
        (query.source, article.publisher, article.publisher),
        (query.asserter, asserter, asserter),
    )
    return all(not asked or any(_is_named(name, *texts) for name in asked) for asked, *texts in pairs)


def _is_named(name: str, text: str, whole: str) -> bool:
    """Whether a text holds a name, or is it where the name begins with `=`."""
    return name[1:] == whole if name.startswith("=") else _contains(_folded(text), name)


def _value_matches(query: Query, quantity: Quantity, units: Units) -> bool:
    if query.unit is None and query.low is None and query.high is None:
        return True
    factor_asked = factor_is = None
    if query.unit is not None:
        asked, has = units.get(query.unit), units.get(quantity.unit)
        if asked.dimension != has.dimension:
            return False
        factor_asked, factor_is = asked.factor, has.factor
    if query.low is None and query.high is None:
        return True
    ends = [end for end in (quantity.value, quantity.low, quantity.high) if end is not None]
    if not ends:
        return False
    if factor_asked is not None and factor_is is not None:
        ends = [end * factor_is / factor_asked for end in ends]
    low, high = min(ends), max(ends)
    above = query.low is None or high > query.low or (high == query.low and not query.low_open)
    below = query.high is None or low < query.high or (low == query.high and not query.high_open)
    return above and below


def _times_match(query: Query, claim: Claim, article: Article) -> bool:
    """Whether the days of publication and of the figure itself meet those asked for. An unknown day meets none."""
    day = article.published.date() if article.published else None
    published = None if day is None else Period(day, day)
    return _meets(published, query.since, query.until) and _meets(claim.time, query.as_of_since, query.as_of_until)


def _meets(period: Period | None, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
    return period is not None and period.overlaps(Period(since, until))
