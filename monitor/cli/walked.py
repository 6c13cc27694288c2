"""What the walk came to, told in a line, and whether anything was left behind."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.cli.printing import note, short

if TYPE_CHECKING:
    from monitor.pipeline.walk import Done

_SHOWN = 10


def tell_walk(walked: "Mapping[str, Done]") -> int:
    """Say what failed on the way. How many rows did."""
    failed = 0
    for done in walked.values():
        for kind, rows in (("tried again later", done.retried), ("set aside", done.set_aside)):
            failed += len(rows)
            for _, why in rows[:_SHOWN]:
                note(f"  {done.step}, {kind}: {short(why, 300)}")
            if len(rows) > _SHOWN:
                note(f"  {done.step}: {len(rows) - _SHOWN} more, see `monitor status`")
    return failed


def count(walked: "Mapping[str, Done]", step: str) -> int:
    """How many rows a step settled."""
    return walked[step].settled if step in walked else 0


def given(walked: "Mapping[str, Done]", step: str) -> int:
    """How many things a step gave."""
    return walked[step].given if step in walked else 0
