"""A file of feeds that somebody brings along: what it lists, and what of it cannot be used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ListedFeed:
    """`line`: of the file, from 1. `folder`: the titles of the outlines around it, outermost first."""

    url: str
    title: str = ""
    line: int = 0
    folder: tuple[str, ...] = ()


@dataclass(frozen=True)
class Skipped:
    """A line of the file that adds no feed, and why. `is_wrong`: it was meant to."""

    line: int
    text: str
    why: str
    is_wrong: bool = False


@dataclass(frozen=True)
class FeedList:
    """What a file lists, each address once, in its order."""

    feeds: tuple[ListedFeed, ...]
    skipped: tuple[Skipped, ...] = ()
