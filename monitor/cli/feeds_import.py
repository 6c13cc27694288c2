"""`monitor feeds import`: the feeds of a file that another program wrote."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import outcome
from monitor.cli.printing import document, line, note, opened, short
from monitor.domain.feed_list import FeedList, ListedFeed
from monitor.domain.url import page_key, without_login
from monitor.errors import RecordWrong

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from monitor.app import App
    from monitor.domain.feed import Feed
    from monitor.domain.feed_trial import FeedTrial

_LIST_LIMIT_BYTES = 20_000_001


def import_feeds(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="OPML, or one address a line; - for standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be added.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Ask each new one; add what can be read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Add the feeds of a file: which are new, known, twice in it, and with --check, dead or moved.

    monitor feeds import subscriptions.opml --dry-run --check
    """
    body = whole_list(path)
    with opened() as service:
        wanted = service.feeds.read_list(body, str(path))
        rows = _judged(service, wanted.feeds, check)
        if not dry_run:
            service.feeds.add_all(row.wanted for row in rows if row.is_new)
    if as_json:
        document([row.record() for row in rows])
    for row in rows if not as_json else ():
        line(row.text())
    tell_skipped(wanted)
    new, dead = sum(row.is_new for row in rows), sum(row.is_dead for row in rows)
    wrong = sum(one.is_wrong for one in wanted.skipped)
    note(f"{len(rows)} feeds, {new} {'would be ' if dry_run else ''}new, {dead} dead, {wrong} wrong")
    return outcome(len(rows) - dead, dead + wrong)


@dataclass(frozen=True)
class _Row:
    """A line of the report on an import. `state`: new, known, moved, or the words for why it cannot be read."""

    listed: ListedFeed
    state: str
    said: str = ""
    target: str = ""

    @property
    def is_new(self) -> bool:
        return self.state in ("new", "moved")

    @property
    def is_dead(self) -> bool:
        return not self.is_new and self.state != "known"

    @property
    def wanted(self) -> ListedFeed:
        """What is added: of a feed that has moved, the address that it has now."""
        return replace(self.listed, url=self.target) if self.target else self.listed

    def text(self) -> str:
        """As a line of the report."""
        moved = f" → {self.target}" if self.target else ""
        said = f"  {short(self.said, 200)}" if self.said else ""
        return f"{self.state:6} {without_login(self.listed.url)}{moved}{said}"

    def record(self) -> dict[str, Any]:
        """As an object of the report."""
        return {
            "url": without_login(self.listed.url),
            "title": self.listed.title,
            "line": self.listed.line,
            "folder": list(self.listed.folder),
            "state": self.state,
            "moved_to": self.target or None,
            "said": self.said,
        }


def _judged(service: "App", listed: "Sequence[ListedFeed]", check: bool) -> list[_Row]:
    """What would become of each feed of a list. With `check`, those that we do not have are asked."""
    known = service.feeds.spellings()
    fresh = [one for one in listed if not _is_known(one.url, known)]
    found = {one.url: _Row(one, "new") for one in fresh}
    if check:
        trials = service.feeds.try_feeds([service.feeds.unstored(one.url) for one in fresh])
        found = {one.url: _tried(one, trial, known) for one, trial in zip(fresh, trials, strict=True)}
    return [found.get(one.url) or _Row(one, "known") for one in listed]


def _tried(one: ListedFeed, trial: "FeedTrial", known: "Mapping[str, Feed]") -> _Row:
    if trial.error:
        return _Row(one, trial.condition.words, trial.error)
    if not trial.has_moved:
        return _Row(one, "new")
    state = "known" if _is_known(trial.answered, known) else "moved"
    return _Row(one, state, target=trial.answered)


def _is_known(url: str, known: "Mapping[str, Feed]") -> bool:
    feed = known.get(url) or known.get(page_key(url))
    return feed is not None and not feed.removed


def tell_skipped(listed: FeedList) -> None:
    """What of a file adds no feed, and why."""
    for one in listed.skipped:
        note(f"line {one.line}: {one.why}: {short(one.text)}")


def whole_list(path: Path) -> bytes:
    """The bytes of a list of feeds; - is standard input."""
    if str(path) == "-":
        return sys.stdin.buffer.read(_LIST_LIMIT_BYTES)
    try:
        with path.open("rb") as file:
            return file.read(_LIST_LIMIT_BYTES)
    except OSError as error:
        mend = "Name an OPML file, or one with an address a line."
        raise RecordWrong(f"Cannot read {path}", why=error.strerror or str(error), mend=mend) from error
