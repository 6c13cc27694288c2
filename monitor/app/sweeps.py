"""When the interpreter looks for values that only each other hold, and among which.

What the walk remembers is a million values that live long and go when nobody holds them any more. To look through all of
them again and again for rings was a sixth of the time of filing and comparing, the more the larger the archive. So what
a whole sweep leaves is set apart, and only every so many sweeps looked at again.
"""

import gc
from collections.abc import Mapping
from typing import Any

# Filing leaves rings: with much wider steps they pile up.
_STEPS = (100_000, 2, 1)
_WHOLE = 2
"""The oldest of the interpreter's generations: its sweeps look at all that is not set apart."""
_TOGETHER = 16
"""Whole sweeps of which one looks at what was set apart, too."""


class _Sweeps:
    def __init__(self) -> None:
        self._done = 0

    def __call__(self, phase: str, facts: Mapping[str, Any]) -> None:
        if facts["generation"] != _WHOLE:
            return
        if phase == "stop":
            self._done += 1
            gc.freeze()
        elif self._done % _TOGETHER == 0:
            gc.unfreeze()


def set_sweeps() -> None:
    """Sweep so in this process from now on."""
    gc.set_threshold(*_STEPS)
    if not any(isinstance(one, _Sweeps) for one in gc.callbacks):
        gc.callbacks.append(_Sweeps())
