"""What a central bank's "key rate" is called: models/ontology/policy_rates.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SORTS = frozenset({"percent", "percentage_point"})


@dataclass(frozen=True)
class PolicyRates:
    """Bank → its rate. `generic`: words that say no more than "the policy rate", one of `needed` among them.

    `others`: words for what else has a rate.
    """

    rates: Mapping[str, str]
    generic: frozenset[str]
    needed: frozenset[str]
    others: frozenset[str]

    @staticmethod
    def read(path: Path) -> "PolicyRates":
        """The rates of a TOML file."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return PolicyRates(
            data["rates"], frozenset(data["generic"]), frozenset(data["needed"]), frozenset(data["others"])
        )

    def named(self, metric: str, unit: str, bank: str, sentence: str, tails: frozenset[str]) -> str:
        """ "two-week repo rate forecast" for the "interest rates forecast" of the bank that has one.

        `sentence`: in which it stands. `tails`: words behind the rate that stay, such as "forecast".
        """
        if self.others.intersection(re.findall(r"[a-z]+", sentence.lower())) and self.needed.intersection(
            metric.split()[:1]
        ):
            return metric
        rate, words = self.rates.get(bank), metric.split()
        own = [word for word in words if word not in tails]
        if rate is None or unit not in _SORTS or not self.needed.intersection(own) or not self.generic.issuperset(own):
            return metric
        return " ".join([rate.lower(), *(word for word in words if word in tails)])
