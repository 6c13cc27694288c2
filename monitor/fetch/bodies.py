"""Bytes as they come over the wire → the body, counted before and after it is expanded.

A bomb is noticed when it crosses the limit, not when it is in memory.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.fetch.encodings import Garbled, Plain, decoders, expanded
from monitor.fetch.room import Place

_MOST_ENCODINGS = 5


class TooLarge(Exception):
    """The body crossed a limit. `limit_bytes`: which; `expanded`: whether it was the one after expansion."""

    def __init__(self, limit_bytes: int, *, expanded: bool) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes, self.expanded = limit_bytes, expanded


@dataclass(frozen=True)
class Limits:
    """Bytes of a body on the wire and after expansion. `cut`: what goes beyond is left away, and is no error."""

    wire_bytes: int
    body_bytes: int
    cut: bool = False


@dataclass(frozen=True)
class Body:
    """What was read: the expanded bytes, and how many came over the wire."""

    content: bytes
    wire_bytes: int


def read_body(chunks: Iterable[bytes], encoding: str, limits: Limits, place: Place) -> Body:
    """The whole expanded body. Raises TooLarge at the first byte over a limit, Garbled for what cannot be expanded.

    `encoding`: the Content-Encoding header; several, separated by commas, are undone from the last to the first. Names
    that nobody knows are passed over, and a body that is plain in spite of the header stays as it is, as in browsers.
    `place`: where it grows.
    """
    makers = decoders(encoding)
    if len(makers) > _MOST_ENCODINGS:
        raise Garbled(f"{len(makers)} encodings on top of each other")
    wire = layer = _Counted(chunks, limits.wire_bytes, is_expanded=False, cut=limits.cut)
    for make in makers or [Plain]:
        pieces = expanded(layer, make(), encoding)
        layer = _Counted(pieces, limits.body_bytes, is_expanded=True, cut=limits.cut)
    try:
        for piece in layer:
            place.write(piece)
    except Garbled:
        if not wire.was_cut:
            raise
    return Body(place.whole(), wire.total)


class _Counted:
    """Pieces, counted while they pass. Every layer of a body is: one may be huge that comes to nothing in the next."""

    def __init__(self, pieces: Iterable[bytes], limit: int, *, is_expanded: bool, cut: bool) -> None:
        self._pieces, self._limit, self._is_expanded, self._cut = pieces, limit, is_expanded, cut
        self.total = 0
        self.was_cut = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.total += len(piece)
            if self.total > self._limit:
                if not self._cut:
                    raise TooLarge(self._limit, expanded=self._is_expanded)
                self.was_cut = True
                yield piece[: self._limit - self.total]
                return
            yield piece
