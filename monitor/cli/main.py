"""All commands in one list, and what their errors mean to the shell."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from monitor.cli import (
    articles,
    check,
    claims,
    config,
    database,
    demo,
    digests,
    disputes,
    doctor,
    entities,
    events,
    explain,
    export,
    extract,
    feeds,
    ingest,
    init,
    poll,
    questions,
    reextract,
    relate,
    retry,
    search,
    serve,
    service,
    sources,
    status,
    subscribers,
    verify,
    watches,
)
from monitor.cli.eval import evaluate
from monitor.cli.exits import FAILED, INTERRUPTED, exit_code
from monitor.cli.logs import LogFormat, start_log
from monitor.cli.printing import be_quiet, note, problem
from monitor.errors import MonitorError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=(
        "Reads news feeds, extracts the figures and who says them, and catches sources that contradict each other.\n\n"
        "Exit codes: 0 done, 1 failed, 2 wrong use, 3 nothing matched (--exit-empty), 4 done in part, "
        "75 try later, 78 configuration wrong."
    ),
)


@app.callback()
def options(
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Say more: -v each step, -vv everything.")
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress: results and errors.")] = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours on a terminal (as NO_COLOR).")] = False,
    log_format: Annotated[LogFormat, typer.Option(help="Lines of the log as text, or each as JSON.")] = LogFormat.text,
) -> None:
    """Options of every command."""
    be_quiet(quiet)
    if no_color:
        os.environ["NO_COLOR"] = "1"  # what every library that colours looks at
    start_log(verbose, log_format)


COMMANDS: tuple[Callable[..., int | None], ...] = (
    serve.run,
    demo.demo,
    init.init,
    doctor.doctor,
    status.status,
    poll.poll,
    ingest.ingest,
    export.export,
    search.search,
    extract.extract,
    relate.relate,
    explain.explain,
    events.events,
    check.check,
    reextract.reextract,
    retry.retry,
    verify.verify,
)
for command in COMMANDS:
    app.command()(command)
app.command("eval")(evaluate)
for name, group in (
    ("feeds", feeds.app),
    ("articles", articles.app),
    ("claims", claims.app),
    ("questions", questions.app),
    ("disputes", disputes.app),
    ("entities", entities.app),
    ("sources", sources.app),
    ("digest", digests.app),
    ("subscribers", subscribers.app),
    ("watches", watches.app),
    ("db", database.app),
    ("config", config.app),
    ("service", service.app),
):
    app.add_typer(group, name=name)


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code. Errors raised on purpose are told in words, without a traceback."""
    try:
        code = app(args=list(arguments), prog_name="monitor", standalone_mode=False)
    except typer.TyperException as error:
        _show(error)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output went away: nobody is left to tell
        return FAILED
    except MonitorError as error:
        problem(error)
        return exit_code(error)
    if code == INTERRUPTED:  # what typer makes of Ctrl-C
        note("Interrupted. Nothing is lost: the same command goes on where this one stopped.")
    return code if isinstance(code, int) else 0


def _show(error: typer.TyperException) -> None:
    """Wrong use, with the line of usage where typer knows it: its own class for that is not public."""
    show = getattr(error, "show", None)
    if show is None:
        note(error.format_message())
    else:
        show(sys.stderr)
