"""What was found out about a value, kept with it: a claim is held against many others."""

from collections.abc import Callable, Hashable
from functools import cached_property, lru_cache, update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Known:
    """A value that keeps what was found out about it. Equal values need not know the same."""

    @cached_property
    def known(self) -> dict[Hashable, Any]:
        """What was asked and what was found."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: the value alone."""
        return {name: value for name, value in self.__dict__.items() if name != "known"}


K = TypeVar("K", bound=Known)


@lru_cache(maxsize=4096)
def _same(asked: tuple[Hashable, ...]) -> tuple[Hashable, ...]:
    """One and the same for all that is asked alike: a key of its own for each would be a third of what is kept."""
    return asked


def as_known(one: K, other: K) -> None:
    """Let a value know all that was found out about another, which differs in nothing that this rests on."""
    vars(one)["known"] = other.known


def kept(find: Callable[Concatenate[K, P], T]) -> Callable[Concatenate[K, P], T]:
    """The function, asked once of each value. What else it takes must be few things: all that is found is kept."""

    def found(one: K, /, *rest: P.args, **named: P.kwargs) -> T:
        asked = (find, *rest, *named.items()) if named else (find, *rest)
        known = one.known
        try:
            result: T = known[asked]
        except KeyError:
            result = known[_same(asked)] = find(one, *rest, **named)
        return result

    return update_wrapper(found, find)
