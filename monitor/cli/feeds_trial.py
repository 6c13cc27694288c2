"""`monitor feeds test`: a feed asked once, and what came back."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import outcome
from monitor.cli.login import PasswordFile, Proxy, User, given_login
from monitor.cli.printing import ago, document, line, opened, short
from monitor.domain.size import size

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.app import App
    from monitor.domain.feed import Feed
    from monitor.domain.feed_trial import FeedTrial

_SHOWN_ENTRIES = 10


def try_feeds(
    names: Annotated[list[str], typer.Argument(metavar="URL|FEED…", help="Addresses, or feeds that are read.")],
    user: User = "",
    password_file: PasswordFile = None,
    proxy: Proxy = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Ask once and store nothing: what comes back hop by hop, its entries, when it would be asked next, what is odd.

    monitor feeds test https://example.org/feed.xml
    """
    from monitor.app import trial_record

    login = given_login(user, password_file)
    with opened() as service:
        feeds = [_meant(service, name, login, proxy) for name in names]
        trials = list(service.feeds.try_feeds(feeds))
        now = service.now()
    if as_json:
        document([trial_record(trial) for trial in trials])
    for trial in trials if not as_json else ():
        for text in _told(trial, now):
            line(text)
    failed = sum(bool(trial.error) for trial in trials)
    return outcome(len(trials) - failed, failed)


def _meant(service: "App", name: str, login: str, proxy: str) -> "Feed":
    if "://" in name:
        return service.feeds.unstored(name, login=login, proxy=proxy)
    return service.feeds.unstored(service.feeds.find(name).url, login=login, proxy=proxy)


def _told(trial: "FeedTrial", now: "datetime") -> list[str]:
    """A trial in lines."""
    lines = [trial.url, *(f"  {status} → {target}" for status, target in trial.hops)]
    if trial.answered:
        unpacked = f", {size(trial.body_bytes)} unpacked" if trial.body_bytes > trial.wire_bytes else ""
        lines.append(f"  {trial.status} {trial.media_type or 'no type'}, {size(trial.wire_bytes)}{unpacked}")
    if trial.error:
        return [*lines, f"  {trial.condition.words}: {trial.error}"]
    newest = max((one.published for one in trial.entries if one.published), default=None)
    fresh = f", newest {ago(newest, now)}" if newest else ""
    lines.append(f"  {trial.format}, {short(trial.title) or 'no title'}, {len(trial.entries)} entries{fresh}")
    for one in trial.entries[:_SHOWN_ENTRIES]:
        when = f"{one.published:%Y-%m-%d %H:%M %z}" if one.published else "no date"
        lines.append(f"    {when:22}  {short(one.title, 70)}")
        lines.append(f"    {'':22}  {one.url or 'no link'}")
    if len(trial.entries) > _SHOWN_ENTRIES:
        lines.append(f"    and {len(trial.entries) - _SHOWN_ENTRIES} more: --json has all")
    lines += [f"  hint: {hint}" for hint in trial.hints]
    if trial.next_poll:
        lines.append(f"  next poll: {trial.next_poll:%Y-%m-%d %H:%M} UTC, {trial.next_poll_reason}")
    return [*lines, *(f"  warning: {warning}" for warning in trial.warnings)]
