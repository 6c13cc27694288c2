"""`monitor explain`: why two claims are what they are to each other, or nothing at all."""

from dataclasses import asdict
from typing import Annotated

import typer

from monitor.cli.printing import document, line, opened


def explain(
    a: Annotated[str, typer.Argument(metavar="A", help="The id of a claim.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The id of another.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Every test that two claims are put to, in order, and where it stopped.

    monitor explain clm-… clm-…
    """
    with opened() as service:
        tested = service.reading.explain(a, b)
    if as_json:
        document([asdict(one) for one in tested])
        return
    for one in tested:
        line(f"{'stops' if one.ended else 'ok':6}{one.test:10}{one.found}")
