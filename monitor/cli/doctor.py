"""`monitor doctor`: is everything in place?"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.printing import ago, document, line
from monitor.domain.feed_health import counted_in_words
from monitor.errors import MonitorError

if TYPE_CHECKING:
    from monitor.app import App

_LEAST_DISK_BYTES = 1_000_000_000
_QUIET = timedelta(hours=6)


@dataclass(frozen=True)
class Check:
    """`state`: ok, warn or fail. `mend`: what repairs it, empty where nothing is wrong."""

    name: str
    state: str
    said: str
    mend: str = ""


def doctor(
    ask_feeds: Annotated[bool, typer.Option("--feeds", help="Also ask each feed.")] = False,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Load the models (seconds).")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> int:
    """Check settings, folders, database, models, mail and feeds; each with what repairs it. Exit 1 if one fails.

    monitor doctor

    monitor doctor --feeds --json
    """
    found = []
    for check in _checks(models, ask_feeds):
        found.append(check)
        if not as_json:
            line(f"{check.state:5} {check.name}: {check.said}")
            if check.mend:
                line(f"      mend: {check.mend}")
    failed = sum(check.state == "fail" for check in found)
    warned = sum(check.state == "warn" for check in found)
    if as_json:
        document(found)
    else:
        line(f"{len(found) - failed - warned} ok, {warned} warn, {failed} fail")
    return 1 if failed else 0


def _checks(models: bool, ask_feeds: bool) -> Iterator[Check]:
    from monitor.app import open_app

    try:
        app = open_app()
    except MonitorError as error:
        yield Check("settings", "fail", f"{error.what}: {error.why}", error.mend)
        return
    yield Check("settings", "ok", str(app.parts.config or "no config.toml: defaults"))
    wanted: list[tuple[str, Callable[[App], Check]]] = [("disk", _disk), ("database", _database), ("clock", _clock)]
    wanted += [("language models", _models), ("sentence encoder", _encoder)] if models else []
    wanted += [("mail", _mail), ("contact", _contact), ("feeds", _feeds), ("work", _work), ("reading", _reading)]
    wanted += [("feeds now", _ask_feeds)] if ask_feeds else []
    try:
        for name, check in wanted:
            yield _guarded(name, check, app)
    finally:
        app.close()


def _guarded(name: str, check: "Callable[[App], Check]", app: "App") -> Check:
    try:
        return check(app)
    except MonitorError as error:
        return Check(name, "fail", f"{error.what}: {error.why}", error.mend)


def _disk(app: "App") -> Check:
    folder = app.parts.data_folder
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Check("disk", "fail", f"{folder} cannot be written", "Set data_folder to one that can.")
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB free in {folder}"
    if free < _LEAST_DISK_BYTES:
        return Check("disk", "warn", said, "Free some space, or set data_folder to a larger disk.")
    return Check("disk", "ok", said)


def _database(app: "App") -> Check:
    counts = app.store.counts()
    current, newest = app.parts.revisions()
    place = app.parts.shown_database_url
    said = f"{place} at revision {current}, {counts['articles']} articles, {counts['claims']} claims"
    if current != newest:
        return Check("database", "fail", said, "monitor db upgrade")
    return Check("database", "ok", said)


def _clock(app: "App") -> Check:
    year = app.now().year
    if year < 2026:
        return Check("clock", "warn", f"the clock says {year}", "Set the clock: timedatectl set-ntp true")
    return Check("clock", "ok", f"{app.now():%Y-%m-%d %H:%M} UTC")


def _contact(app: "App") -> Check:
    contact = app.parts.contact
    if contact.endswith("@localhost") or "://127.0.0.1" in contact or "://localhost" in contact:
        mend = "Set fetch.contact to an address of yours; publishers look for it before they block a robot."
        return Check("contact", "warn", f"publishers are told {contact}, which reaches nobody", mend)
    return Check("contact", "ok", f"publishers are told {contact}")


def _models(app: "App") -> Check:
    started = time.monotonic()
    app.parts.load_reader()
    return Check("language models", "ok", f"{app.settings.models.pipeline} loaded in {time.monotonic() - started:.1f} s")


def _encoder(app: "App") -> Check:
    started = time.monotonic()
    name = app.parts.encoder().name
    return Check("sentence encoder", "ok", f"{name} loaded in {time.monotonic() - started:.1f} s")


def _mail(app: "App") -> Check:
    if not app.settings.smtp.host:
        mend = "Set smtp.host and smtp.sender in config.toml; until then digests wait in the outbox."
        return Check("mail", "warn", "no mail server is set", mend)
    return Check("mail", "ok", f"{app.settings.smtp.host}:{app.settings.smtp.port} is set")


def _feeds(app: "App") -> Check:
    health, now = app.health(), app.now()
    said = counted_in_words(health.conditions)
    if not health.counts["feeds"]:
        return Check("feeds", "warn", "there are none", "monitor feeds add https://example.org/feed.xml")
    if health.last_poll is None:
        return Check("feeds", "warn", said, "monitor poll --once, or start the service: monitor run")
    said += f"; last poll {ago(health.last_poll, now)}"
    if any(trouble.kind == "feed" for trouble in health.troubles):
        return Check("feeds", "warn", said, "monitor feeds list --unwell says which, why, and what to do")
    if now - health.last_poll > _QUIET:
        return Check("feeds", "warn", said, "Is the service running? monitor run")
    return Check("feeds", "ok", said)


def _work(app: "App") -> Check:
    health = app.health()
    waiting = sum(states.get("waiting", 0) for states in health.work.values())
    aside = sum(states.get("set_aside", 0) for states in health.work.values())
    said = f"{waiting} rows wait, {aside} set aside"
    return Check("work", "warn", said, "monitor status says why") if aside else Check("work", "ok", said)


def _reading(app: "App") -> Check:
    if read := len(app.reading.read_otherwise()):
        said = f"{read} articles were read by another version"
        return Check("reading", "warn", said, "monitor reextract --compare-version tells what would change")
    return Check("reading", "ok", "every article was read by this version")


def _ask_feeds(app: "App") -> Check:
    polled = app.polling.poll(walk=False)
    said = f"{polled.ok + polled.unchanged} of {polled.asked} answered"
    if polled.failed:
        return Check("feeds now", "warn", said, "monitor feeds list shows which; remove or correct those that are gone")
    return Check("feeds now", "ok", said)
