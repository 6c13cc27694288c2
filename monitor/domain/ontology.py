"""What we know of metrics before reading: their names and tempers, which words set figures apart, and tolerances."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from monitor.domain.question import Metric, Temper


@dataclass(frozen=True)
class Words:
    """Word tables for canonical metrics and scopes. All entries are stems as `topic.stem` makes them.

    `apart`: word → (class, value): words of one class with different values set two figures apart, and so does a
    class that only one side names, if it is in `strict`. `same`: word → the word it is read as. `weak`: words that
    tell nothing. `light`: heads such as "number" or "share" that say nothing alone. `change`: words for a change.
    `future`: words for a forecast or plan. `calendar`: words that only place in time. `common`: words of names that
    many things share (foundry, bank). `before`: phrases right ahead of a figure that make it the one compared to ("up
    from"); `earlier`: words ahead of it in its clause that do ("previous"), `formerly`: behind it. `counted_on`: words
    ahead of a day that make it that of a count of victims. `past`: those that make it a figure of
    another time ("last year's"). `under`: hedges that mean a little less ("nearly"). `revised`: words of a sentence
    that says a figure was changed or is compared. `corrected`: words ahead of a figure that puts an earlier one right;
    `moved`: of one that has moved on ("lowered its estimate to"); `now_said`: words on either side of one that was put
    otherwise before; `at_first`: words behind it that say so. `notice_heads`: headings of a correction that a paper
    prints; `notices`: words of its sentences, and so `notice_selves` with `notice_wrongs`; `notice_versions`: words ahead
    of what had been printed before. `provisional`: words of a first estimate. `event`:
    happenings named after a place; `happening`: word of one → its kind. `trade`: what a firm's name may leave out.
    `telltale`: class → phrases that set a sentence apart.
    `kinds`: class → its members, of which two sentences of one thing name
    the same (crops, fuels). `pronouns`: words that stand for a thing named before. `some`: words right behind a
    figure that make it one of some of the things. `contrast`: words by which a sentence sets its figure against
    another's; `rejects`: those by which it says that another's is not so; `nots`: those that say it of what comes next,
    unless one of `merely` follows. `portion`: words right behind a figure that make it a part of another;
    `portion_of`: words shortly ahead of it that do. `sooner`, `later`: words ahead of a time that mean before it, or
    after it. `heads`: words that set apart and yet may be all that a phrase says.
    `in_all`, `total_of`: words right behind or ahead of a figure that is the whole; `each`: behind a price of one;
    `incomplete`: words of a sentence that does not name all parts.
    `fractions`: words of a share ahead of `base`.
    `ahead`: verbs of what is to come, shortly ahead of its figure.
    `base`: words between a share or part and the number that it is of.
    `readings`: words between two sums that are one, in two currencies. `numbers`: the small ones in words, from nought.
    """

    apart: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    strict: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    weak: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    change: frozenset[str] = frozenset()
    future: frozenset[str] = frozenset()
    calendar: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    event: frozenset[str] = frozenset()
    happening: Mapping[str, str] = field(default_factory=dict)
    trade: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    counted_on: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    now_said: tuple[str, ...] = ()
    at_first: tuple[str, ...] = ()
    notice_heads: frozenset[str] = frozenset()
    notices: tuple[str, ...] = ()
    notice_versions: tuple[str, ...] = ()
    notice_selves: tuple[str, ...] = ()
    notice_wrongs: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()
    telltale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pronouns: frozenset[str] = frozenset()
    portion: tuple[str, ...] = ()
    portion_of: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    nots: frozenset[str] = frozenset()
    merely: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    sooner: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    base: tuple[str, ...] = ()
    fractions: frozenset[str] = frozenset()
    ahead: tuple[str, ...] = ()
    in_all: tuple[str, ...] = ()
    total_of: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @cached_property
    def silent(self) -> frozenset[str]:
        """The words that do not say which thing a figure is of."""
        apart = frozenset(self.apart) - self.heads
        return self.weak | self.light | self.change | self.future | self.calendar | apart

    @cached_property
    def read_for_others(self) -> frozenset[str]:
        """The words that others are read as."""
        return frozenset(self.same.values())


@dataclass(frozen=True)
class Tolerances:
    """How generously figures are read and how sure a verdict must be. Shares are 0 to 1, spans are in days.

    `about`: width of a hedge. `round`: most that a round figure may be off. `reach`: how many times a bound a figure
    may be and still count as the same. `bar`: least score of a relation; `open`: least score that opens a dispute.
    `rate`: how far a converted sum may be off. `listed`: how many figures of one article on one question are compared.
    """

    about: Decimal = Decimal("0.1")
    round: Decimal = Decimal("0.05")
    under: Decimal = Decimal("0.1")
    reach: Decimal = Decimal(3)
    period: float = 0.8
    event_days: int = 400
    slow_days: int = 31
    report_days: int = 120
    rising_hours: int = 3
    listed: int = 60
    rate: Decimal = Decimal("0.05")
    bar: float = 0.55
    open: float = 0.6


@dataclass(frozen=True)
class Rate:
    """What one unit of a currency was worth in US dollars from one day to another, both included."""

    currency: str
    worth: Decimal
    first: date
    last: date


@dataclass(frozen=True, eq=False)  # one is built and handed around: compared by identity, so it can be a key
class Ontology:
    """`metrics` in order of the file; `tempers`: temper by coarse dimension where the metric is unknown.

    `families`: unit or dimension name → coarse dimension (percent and percentage_point are both `share`).
    `additive`: coarse dimensions of which a part is smaller than the whole. `bare`: metrics that
    say little by themselves: the sentence may say which. `index`: word → the head phrases that are
    filed under it, each with the place of its metric. `vocabulary`: metric → all words of its head phrases.
    `rates`: of currencies, as an operator gave them.
    """

    metrics: tuple[Metric, ...] = ()
    words: Words = Words()
    tolerances: Tolerances = Tolerances()
    tempers: Mapping[str, Temper] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    additive: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    index: Mapping[str, tuple[tuple[frozenset[str], int], ...]] = field(default_factory=dict)
    vocabulary: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rates: tuple[Rate, ...] = ()

    def family(self, unit: str, dimension: str) -> str:
        """The coarse dimension: `share`, `money`, `count`, `mass`…; of a rate that of what stands above the line."""
        top, rate, _ = unit.partition("/")
        above = dimension.partition("/")[0]
        for name in (top, above, top.partition(":")[0], above.partition(":")[0]):
            if name in self.families:
                return self.families[name]
        # A rate of a thing that the table does not know is a rate of counted things: wafer/month.
        return "count" if rate and above == top else above.partition(":")[0]
