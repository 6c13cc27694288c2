"""Field by field: is what was found of a claim what the gold set says of it?"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.claim import Claim
from monitor.domain.evidence import Where
from monitor.domain.gold import GoldClaim
from monitor.domain.period import Period
from monitor.domain.relation import Told
from monitor.domain.source import Source
from monitor.quality.figures import counted, same_unit

_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|(?<!s)s)$")
_MONTH_DAYS = 31
Check = Callable[[Told, GoldClaim], bool]


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """How much of two sets of words is shared, 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@dataclass(frozen=True)
class Same:
    """Compares a found claim with a gold claim. `weak`: lower-case words that tell nothing in a name or phrase."""

    weak: frozenset[str]

    @property
    def checks(self) -> Mapping[str, Check]:
        """Name of a field → whether it is right."""
        return {
            "unit": self.unit,
            "approximation": _one_of("approximation", lambda claim: claim.quantity.approximation.value),
            "direction": lambda found, gold: found.claim.quantity.direction == gold.claim.quantity.direction,
            "subject": self.subject,
            "metric": self.metric,
            "time": same_time,
            "modality": _one_of("modality", lambda claim: claim.modality.value),
            "polarity": lambda found, gold: found.claim.polarity == gold.claim.polarity,
            "asserter": self.asserter,
            "chain": self.chain,
            "evidence": exact_evidence,
        }

    @property
    def whole(self) -> Sequence[Check]:
        """What must be right besides the figure for a claim to be right."""
        return self.subject, self.metric, self.asserter

    def words(self, text: str) -> frozenset[str]:
        """The telling words of a phrase, without endings."""
        found = (word for word in re.findall(r"[^\W_]+", text.lower()) if word not in self.weak)
        return frozenset(_ENDING.sub("", word) for word in found)

    def name(self, a: str, b: str) -> bool:
        """Whether one name holds all the words of the other, or they share half."""
        one, two = self.words(a), self.words(b)
        return bool(one and two) and (one <= two or two <= one or shared(one, two) >= 0.5)

    def unit(self, found: Told, gold: GoldClaim) -> bool:
        """What is counted may also stand in the metric: deaths, or persons killed."""
        ours, theirs = found.claim.quantity.unit, gold.claim.quantity.unit
        if same_unit(ours, theirs):
            return True
        noun = counted(ours)
        return bool(noun and counted(theirs)) and any(self.words(noun) & self.words(name) for name in _metrics(gold))

    def subject(self, found: Told, gold: GoldClaim) -> bool:
        return any(self.name(found.claim.subject, name) for name in _accepted(gold.claim.subject, gold, "subject"))

    def metric(self, found: Told, gold: GoldClaim) -> bool:
        """Half of the words, with the scope's if that helps. Words that only say the other's subject do not count."""
        ours, theirs = found.claim, gold.claim
        mine, scope, wanted_scope = self.words(ours.metric), self._scope(ours), self._scope(theirs)
        for name in _metrics(gold):
            wanted = self.words(name)
            bare, bare_wanted = mine - self.words(theirs.subject), wanted - self.words(ours.subject)
            pairs = ((mine, wanted), (bare, bare_wanted), (bare | scope, bare_wanted | wanted_scope))
            if any(shared(a, b) >= 0.5 for a, b in pairs):
                return True
        return False

    def _scope(self, claim: Claim) -> frozenset[str]:
        return self.words(" ".join(claim.qualifiers.values()))

    def asserter(self, found: Told, gold: GoldClaim) -> bool:
        chains = (gold.claim.sources, *gold.also_chains)
        return any(self._links(found.claim.sources[:1], chain[:1], labels=True) for chain in chains)

    def chain(self, found: Told, gold: GoldClaim) -> bool:
        chains = (gold.claim.sources, *gold.also_chains)
        return any(self._links(found.claim.sources, chain, labels=False) for chain in chains)

    def _links(self, ours: Iterable[Source], theirs: Iterable[Source], *, labels: bool) -> bool:
        one, two = tuple(ours), tuple(theirs)
        return len(one) == len(two) and all(self._link(a, b, labels) for a, b in zip(one, two, strict=True))

    def _link(self, ours: Source, theirs: Source, labels: bool) -> bool:
        if theirs.name is None:
            return ours.name is None
        return self.name(ours.name or (ours.label if labels else ""), theirs.name)


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


def exact_evidence(found: Told, _: GoldClaim) -> bool:
    """Whether sentence and span are the article's own characters."""
    evidence, article = found.claim.evidence, found.article
    text = article.title if evidence.where is Where.TITLE else article.text
    quote, span = text[evidence.start : evidence.end], text[evidence.span_start : evidence.span_end]
    return quote == evidence.quote and span == evidence.span and evidence.span in evidence.quote


def _accepted(first: str, gold: GoldClaim, field: str) -> tuple[str, ...]:
    return (first, *gold.also.get(field, ()))


def _metrics(gold: GoldClaim) -> tuple[str, ...]:
    return _accepted(gold.claim.metric, gold, "metric")


def _one_of(field: str, read: Callable[[Claim], str]) -> Check:
    return lambda found, gold: read(found.claim) in _accepted(read(gold.claim), gold, field)
