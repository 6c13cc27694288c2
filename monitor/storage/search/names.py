"""The distinct values of one field, and which of them are meant by what a reader names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from monitor.domain.words import name_words

Numbers = NDArray[np.int32]


@dataclass
class Names:
    """Each value has a number; `numbers` and `values` are each other's reverse."""

    numbers: dict[str, int] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    _by_word: dict[str, list[int]] = field(default_factory=dict)
    _by_line: dict[str, list[int]] = field(default_factory=dict)
    _read: int = 0

    def number(self, value: str) -> int:
        """The number of a value, a new one where it has none."""
        if value not in self.numbers:
            self.numbers[value] = len(self.values)
            self.values.append(value)
        return self.numbers[value]

    def holding(self, name: str) -> Numbers:
        """Of the values in which the name stands, singular or plural, word beside word."""
        self._read_on()
        wanted = name_words(name)
        lists = [self._by_word.get(word, []) for word in wanted.split()]
        if not lists:
            return np.arange(len(self.values), dtype=np.int32)
        return _numbers(one for one in min(lists, key=len) if wanted in name_words(self.values[one]))

    def being(self, name: str) -> Numbers:
        """Of the values that are the name, letter by letter, or of which a line is."""
        self._read_on()
        return _numbers({*self._by_line.get(name, ()), *([self.numbers[name]] if name in self.numbers else ())})

    def _read_on(self) -> None:
        for number in range(self._read, len(self.values)):
            value = self.values[number]
            for word in set(name_words(value).split()):
                self._by_word.setdefault(word, []).append(number)
            for line in value.split("\n") if "\n" in value else ():
                self._by_line.setdefault(line, []).append(number)
        self._read = len(self.values)


def _numbers(found: Iterable[int]) -> Numbers:
    return np.fromiter(sorted(found), np.int32)
