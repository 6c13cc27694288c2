"""The options by which a command is told a user, a password and a proxy."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.errors import RecordWrong

User = Annotated[
    str, typer.Option("--login", metavar="USER", help="For its server. The password is asked for, or read from stdin.")
]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help="Its first line is the password; - for stdin.")
]
Proxy = Annotated[
    str,
    typer.Option("--proxy", metavar="URL", help="http://…, https://… or socks5://…; direct for none."),
]


def given_login(user: str, password_file: Path | None) -> str:
    """User and password with a colon between. The password comes from a file, from stdin, or is asked for at a terminal.

    Never from the command line, which others on the machine can read.
    """
    if not user:
        return ""
    if ":" in user:
        raise typer.BadParameter("--login takes a user name alone: the password is asked for, or read from a file")
    if password_file is not None and str(password_file) != "-":
        try:
            text = password_file.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise RecordWrong(f"Cannot read {password_file}", why=str(error), mend="Check the name.") from error
    elif password_file is None and sys.stdin.isatty():
        text = typer.prompt(f"Password of {user}", hide_input=True, err=True)
    else:
        text = sys.stdin.readline()
    return f"{user}:{text.splitlines()[0] if text else ''}"
