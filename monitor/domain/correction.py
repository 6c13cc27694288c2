"""How a reader wants a figure of his own text to be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """What is empty stays as it was read. `place`: which figure of the text, 1 for the first.

    `figure`: as one types it in a search (`55%`, `>=30 tonnes`, `20..30`); `time`: an ISO day, month, year or interval.
    """

    place: int = 1
    subject: str = ""
    metric: str = ""
    figure: str = ""
    hedge: str = ""
    time: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be read otherwise."""
        return not (self.subject or self.metric or self.figure or self.hedge or self.time or self.kind)
