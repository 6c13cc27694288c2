"""`monitor feeds add`: an address, or that of a page, becomes a feed that is read."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.login import PasswordFile, Proxy, User, given_login
from monitor.cli.printing import ago, document, line, note, opened, problem, short
from monitor.domain.feed_found import HERE, Discovery, FoundFeed
from monitor.domain.url import is_home, login_apart, without_login
from monitor.errors import MonitorError, RecordWrong

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.domain.feed import Feed


def add(
    addresses: Annotated[list[str], typer.Argument(metavar="URL…", help="Feeds, or pages of sites that have one.")],
    title: Annotated[str, typer.Option(help="What to call it; else what the feed calls itself.")] = "",
    publisher: Annotated[str, typer.Option(help="Who publishes it; else what its pages say.")] = "",
    pick: Annotated[int | None, typer.Option(min=1, metavar="N", help="Of several feeds of a page, the Nth.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Of several feeds of a page, all.")] = False,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Ask it first (add it as it is, unasked).")] = True,
    user: User = "",
    password_file: PasswordFile = None,
    proxy: Proxy = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be added.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Add feeds, by their own address or that of a page. Exit 4 if some could not be added, 1 if none could.

    monitor feeds add https://example.org --publisher "Example Post"

    monitor feeds add https://example.org/feed.xml --no-check
    """
    from monitor.app import feed_record

    login = given_login(user, password_file)
    done: list[FoundFeed] = []
    failed = 0
    with opened() as service:
        choice = _Choice(pick, every, may_ask=not as_json)
        adding = _Adding(service, title, publisher, login, proxy, choice, service.feeds.spellings())
        looked = adding.look(addresses) if check else {}
        for address in addresses:
            try:
                found = adding.found(address, looked.get(address))
                if not dry_run:
                    adding.add(address, found, quiet=as_json)
                done += found
            except MonitorError as error:
                problem(error)
                failed += 1
        if dry_run:
            _tell_would_add(done, as_json)
        elif as_json:
            document([{**feed_record(service.feeds.report(feed)), "new": new} for feed, new in adding.added])
    if adding.added and not as_json:
        note("They are asked with the next poll: monitor poll --once")
    return outcome(len(done), failed)


@dataclass
class _Adding:
    """What all the feeds of one command are added with."""

    service: "App"
    title: str
    publisher: str
    login: str
    proxy: str
    choice: "_Choice"
    known: "dict[str, Feed]"
    added: "list[tuple[Feed, bool]]" = field(default_factory=list)

    def look(self, addresses: Sequence[str]) -> dict[str, Discovery | MonitorError]:
        """What is at those of these addresses that need to be asked: they are no feeds of ours, or get a new login."""
        is_changed = self.login or self.proxy
        asked = [one for one in addresses if is_changed or one not in self.known or self.known[one].removed]
        return dict(zip(asked, self.service.feeds.discover(asked, login=self.login, proxy=self.proxy), strict=True))

    def found(self, address: str, looked: Discovery | MonitorError | None) -> Sequence[FoundFeed]:
        """The feeds that are to be added for an address. RecordWrong where there are none, or it is not plain which."""
        if isinstance(looked, MonitorError):
            raise _not_added(address, looked)
        return self.choice.of(looked) if looked else [FoundFeed(self.service.feeds.unstored(address).url, HERE)]

    def add(self, address: str, found: Sequence[FoundFeed], *, quiet: bool) -> None:
        """Add what was found at an address."""
        bare, own = login_apart(address)
        for one in found:
            # A password is for the site that it was given for; a page may announce the feed of another.
            login = self.login or own if is_home(one.url, bare) else ""
            title = self.title or one.title
            feed, new = self.service.feeds.add(
                one.url, title, self.publisher, login=login, proxy=self.proxy, known=self.known
            )
            self.added.append((feed, new))
            if not quiet:
                _tell_added(feed, new, one, self.service)


@dataclass(frozen=True)
class _Choice:
    """Which of several feeds are wanted. `may_ask`: the person at the terminal, where there is one."""

    pick: int | None
    every: bool
    may_ask: bool

    def of(self, looked: Discovery) -> Sequence[FoundFeed]:
        """RecordWrong where it is not plain which is meant and nobody can be asked."""
        if self.every:
            return looked.feeds
        if self.pick is not None:
            return [_nth(looked, self.pick)]
        if looked.main is None:
            return [_nth(looked, self._asked(looked))]
        if looked.main.how != HERE:
            note(f"{looked.address}: took the feed that was {looked.main.how}.")
            _tell_choice(looked, but=looked.main)
        return [looked.main]

    def _asked(self, looked: Discovery) -> int:
        note(f"{looked.address} announces {len(looked.feeds)} feeds:")
        _tell_choice(looked)
        if self.may_ask and sys.stdin.isatty() and sys.stderr.isatty():
            return int(typer.prompt(f"Which? (1 to {len(looked.feeds)})", type=int, err=True))
        mend = "Choose with --pick N, or take them with --all."
        raise RecordWrong(f"Added nothing for {looked.address}", why="it is not plain which feed is meant", mend=mend)


def _not_added(address: str, error: MonitorError) -> RecordWrong:
    """The error with what to do to have the address in any case."""
    mend = error.mend if "--no-check" in error.mend else f"{error.mend} To add it unasked: --no-check"
    return RecordWrong(f"Did not add {without_login(address)}", why=error.why, mend=mend)


def _nth(looked: Discovery, number: int) -> FoundFeed:
    if 1 <= number <= len(looked.feeds):
        return looked.feeds[number - 1]
    mend = f"Choose a number from 1 to {len(looked.feeds)}."
    raise RecordWrong(f"Cannot take feed {number} of {looked.address}", why="there are not so many", mend=mend)


def _tell_choice(looked: Discovery, but: FoundFeed | None = None) -> None:
    for number, one in enumerate(looked.feeds, start=1):
        if one is not but:
            note(f"  {number}  {short(one.title, 40) or '-':40}  {one.url}")


def _tell_would_add(found: Sequence[FoundFeed], as_json: bool) -> None:
    if as_json:
        document([{"url": one.url, "title": one.title} for one in found])
    for one in found if not as_json else ():
        line(f"would add {one.url}{f'  {one.title}' if one.title else ''}")


def _tell_added(feed: "Feed", new: bool, found: FoundFeed, service: "App") -> None:
    seen = "" if found.entries is None else f", {found.entries} entries, newest {ago(found.newest, service.now())}"
    named = f"  {feed.title}{seen}" if feed.title or seen else ""
    line(f"{'added' if new else 'known'}  {feed.id}  {feed.shown_url}{named}")
