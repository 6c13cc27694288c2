"""Field by field: is what was found of a claim what the gold set says of it?"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.domain.gold import GoldClaim
from monitor.domain.period import Period
from monitor.domain.relation import Told
from monitor.domain.source import Source
from monitor.quality.figures import same_unit

_ENDING = re.compile(r"(?:ing|ed|es|s)$")
_MONTH_DAYS = 31


def words(text: str) -> frozenset[str]:
    """The words of a phrase without endings; those of two letters only where they are symbols (AI, 7, T9) or alone."""
    found = re.findall(r"[^\W_]+", text)
    telling = [word for word in found if len(word) > 2 or not word.isalpha() or word.isupper()] or found
    return frozenset(_ENDING.sub("", word) if len(word) > 4 else word for word in map(str.lower, telling))


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of two sets of words is shared, 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same_name(a: str, b: str) -> bool:
    """Whether one name holds all the words of the other, or they share half."""
    one, two = words(a), words(b)
    return bool(one and two) and (one <= two or two <= one or shared(one, two) >= 0.5)


def same_subject(found: Told, gold: GoldClaim) -> bool:
    return any(same_name(found.claim.subject, name) for name in _accepted(gold.claim.subject, gold, "subject"))


def same_metric(found: Told, gold: GoldClaim) -> bool:
    """Half of the words, with the scope's if that helps. Words that only say the other side's subject do not count."""
    ours, theirs = found.claim, gold.claim
    mine = words(ours.metric)
    scope = frozenset().union(*(words(text) for text in ours.qualifiers.values()))
    wanted_scope = frozenset().union(*(words(text) for text in theirs.qualifiers.values()))
    for name in _accepted(theirs.metric, gold, "metric"):
        wanted = words(name)
        bare, bare_wanted = mine - words(theirs.subject), wanted - words(ours.subject)
        pairs = ((mine, wanted), (bare, bare_wanted), (bare | scope, bare_wanted | wanted_scope))
        if any(shared(a, b) >= 0.5 for a, b in pairs):
            return True
    return False


def same_time(found: Told, gold: GoldClaim) -> bool:
    """One stretch of time: half of what they cover together is shared, or they meet within a month."""
    time = found.claim.time
    wanted = [gold.claim.time, *(Period.parse(text) for text in gold.also.get("time", ()))]
    return any(time == one or (time is not None and one is not None and _near(time, one)) for one in wanted)


def _near(a: Period, b: Period) -> bool:
    starts = [(one.start or date(1800, 1, 1)).toordinal() for one in (a, b)]
    ends = [(one.end or date(2200, 1, 1)).toordinal() for one in (a, b)]
    common, whole = min(ends) - max(starts) + 1, max(ends) - min(starts) + 1
    return common > 0 and (2 * common >= whole or whole <= _MONTH_DAYS)


def same_asserter(found: Told, gold: GoldClaim) -> bool:
    ours = found.claim.sources[:1]
    return any(_same_links(ours, chain[:1], labels=True) for chain in (gold.claim.sources, *gold.also_chains))


def same_chain(found: Told, gold: GoldClaim) -> bool:
    ours = found.claim.sources
    return any(_same_links(ours, chain, labels=False) for chain in (gold.claim.sources, *gold.also_chains))


def _same_links(ours: Iterable[Source], theirs: Iterable[Source], *, labels: bool) -> bool:
    one, two = tuple(ours), tuple(theirs)
    return len(one) == len(two) and all(_same_link(a, b, labels) for a, b in zip(one, two, strict=True))


def _same_link(ours: Source, theirs: Source, labels: bool) -> bool:
    if theirs.name is None:
        return ours.name is None
    return same_name(ours.name or (ours.label if labels else ""), theirs.name)


def exact_evidence(found: Told, _: GoldClaim) -> bool:
    evidence, article = found.claim.evidence, found.article
    text = article.title if evidence.where is Where.TITLE else article.text
    quote, span = text[evidence.start : evidence.end], text[evidence.span_start : evidence.span_end]
    return quote == evidence.quote and span == evidence.span and evidence.span in evidence.quote


def _accepted(first: str, gold: GoldClaim, field: str) -> tuple[str, ...]:
    return (first, *gold.also.get(field, ()))


def _one_of(field: str, read: Callable[[Claim], str]) -> Callable[[Told, GoldClaim], bool]:
    return lambda found, gold: read(found.claim) in _accepted(read(gold.claim), gold, field)


FIELDS: dict[str, Callable[[Told, GoldClaim], bool]] = {
    "unit": lambda found, gold: same_unit(found.claim.quantity.unit, gold.claim.quantity.unit),
    "approximation": _one_of("approximation", lambda claim: claim.quantity.approximation.value),
    "direction": lambda found, gold: found.claim.quantity.direction == gold.claim.quantity.direction,
    "subject": same_subject,
    "metric": same_metric,
    "time": same_time,
    "modality": _one_of("modality", lambda claim: claim.modality.value),
    "polarity": lambda found, gold: found.claim.polarity == gold.claim.polarity,
    "asserter": same_asserter,
    "chain": same_chain,
    "evidence": exact_evidence,
}
