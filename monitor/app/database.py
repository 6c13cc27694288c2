"""The database of the settings: where it is, which revision it is at, and opening it."""

import re
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.domain.entity import Entity
from monitor.domain.feed import Feed
from monitor.domain.unit import Units
from monitor.domain.watch import Watch
from monitor.errors import SettingsWrong

if TYPE_CHECKING:
    from monitor.storage.store import Store

_SQLITE = "sqlite:///"


def without_password(url: str) -> str:
    """The address of a database or proxy as it may be shown."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


def revisions(url: str) -> tuple[str | None, str]:
    """The revision the database is at (None: it is empty), and the one this program works with."""
    from monitor import assets
    from monitor.storage.engine import open_engine
    from monitor.storage.upgrade import current_revision, newest_revision

    newest = newest_revision(assets.migrations())
    if url.startswith(_SQLITE) and not Path(url.removeprefix(_SQLITE)).exists():
        return None, newest  # asking would create the file
    engine = open_engine(url)
    try:
        return current_revision(engine), newest
    finally:
        engine.dispose()


def open_store(url: str, units: Units) -> "Store":
    """The database, brought to the newest revision, with what dead processes of this machine held given back."""
    from monitor import assets
    from monitor.storage.engine import open_engine
    from monitor.storage.store import Store
    from monitor.storage.upgrade import upgrade

    _make_folder(url)
    engine = open_engine(url)
    upgrade(engine, assets.migrations())
    store = Store(engine, units)
    _release_dead(store)
    return store


def merge_seeds(store: "Store", feeds: Sequence[Feed], watches: Sequence[Watch], entities: Sequence[Entity]) -> None:
    """Note what the settings name."""
    with store.transaction():
        for feed in feeds:
            store.feeds.merge_seed(feed)
        for watch in watches:
            store.watches.merge_seed(watch)
        store.entities.merge_seed(entities)


def _make_folder(url: str) -> None:
    if not url.startswith(_SQLITE):
        return
    folder = Path(url.removeprefix(_SQLITE)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "Set data_folder or database_url to a place that can be written."
        raise SettingsWrong(f"Cannot make the folder {folder}", why=error.strerror or "", mend=mend) from error


def _release_dead(store: "Store") -> None:
    import psutil

    for owner in store.work.owners():
        host, _, rest = owner.partition(":")
        process = rest.partition(":")[0]
        if host == socket.gethostname() and process.isdigit() and not psutil.pid_exists(int(process)):
            store.work.release(owner)
