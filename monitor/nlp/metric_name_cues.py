"""One name for what is said in many ways: cues/en/metric_names.toml."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class NameRule:
    """A name and the words by which it is known. `only`: further words that may stand there; None: any."""

    name: tuple[str, ...]
    sort: str
    needed: tuple[frozenset[str], ...]
    only: frozenset[str] | None
    barred: frozenset[str]

    def fits(self, words: Collection[str], sort: str, loose: frozenset[str]) -> bool:
        """Whether the words of a metric say this. `loose`: words that may stand in any."""
        said = frozenset(words)
        if self.sort not in (sort, "any") or self.barred & said or not all(said & some for some in self.needed):
            return False
        return self.only is None or said <= self.only.union(loose, *self.needed)


@dataclass(frozen=True)
class MetricNames:
    """Rules for names; what a figure of a sort, said of a thing, measures; words of pay."""

    rules: tuple[NameRule, ...]
    before: frozenset[str]
    after: frozenset[str]
    links: frozenset[str]
    sorts: Mapping[str, str]
    of_things: Mapping[str, Mapping[str, str]]
    data_nouns: frozenset[str]
    theft: Mapping[str, str]
    natural: frozenset[str]
    natural_often: int
    pay_words: frozenset[str]
    pay_periods: Mapping[str, str]

    def of(self, words: Sequence[str], sort: str) -> list[str]:
        """The name by which a metric is known, with what else is said of it: "annual inflation forecast"."""
        loose = self.before | self.after | self.links
        rule = next((rule for rule in self.rules if rule.fits(words, sort, loose)), None)
        if rule is None:
            return list(words)
        spare = [
            word for word in dict.fromkeys(words) if word not in rule.name and not any(word in n for n in rule.needed)
        ]
        before, after = ([word for word in spare if word in some] for some in (self.before, self.after))
        return [*before, *rule.name, *after]

    def stolen(self, noun: str, verbs: Iterable[str]) -> str:
        """ "stolen", "leaked" or "exposed" where one of these verbs says so of data; else nothing."""
        return next((self.theft[verb] for verb in verbs if verb in self.theft), "") if noun in self.data_nouns else ""

    @staticmethod
    def read(path: Path) -> "MetricNames":
        """The rules of a TOML file."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return MetricNames(
            rules=tuple(_rule(entry) for entry in data["name"]),
            before=frozenset(data["before"]),
            after=frozenset(data["after"]),
            links=frozenset(data["links"]),
            sorts={unit: sort for sort, units in data["sorts"].items() for unit in units},
            of_things={sort: _inverted(named) for sort, named in data["of_things"].items()},
            data_nouns=frozenset(data["theft"].pop("data")),
            theft=_inverted(data["theft"]),
            natural=frozenset(data["natural"]["words"]),
            natural_often=data["natural"]["often"],
            pay_words=frozenset(data["pay"]["words"]),
            pay_periods=data["pay"]["periods"],
        )


def _rule(entry: Mapping[str, object]) -> NameRule:
    lists: dict[str, list[str]] = {key: list(value) for key, value in entry.items() if isinstance(value, list)}
    needed = tuple(frozenset(some) for some in lists.pop("all"))
    only = frozenset(lists["only"]) if "only" in lists else None
    return NameRule(tuple(str(entry["name"]).split()), str(entry["sort"]), needed, only, frozenset(lists.get("none", ())))


def _inverted(named: Mapping[str, list[str]]) -> Mapping[str, str]:
    return {word: name for name, words in reversed(list(named.items())) for word in words}
