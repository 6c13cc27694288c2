"""`monitor demo`: the sample newsroom, replayed through the real service."""

from typing import Annotated

import typer


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the archive opens; 0: any free port.")] = 8765,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    exit_after: Annotated[bool, typer.Option("--exit", help="End when the newsroom has been read.")] = False,
) -> None:
    """Try it without the web: ten days of an invented press, polled, compared, mailed, and the archive to look around in.

    monitor demo

    monitor demo --no-open --exit
    """
    from monitor.demo.run import demo as replay

    replay(port=port, open_browser=not no_open, exit_after=exit_after)
