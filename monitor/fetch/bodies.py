"""Bytes as they come over the wire → the body, counted before and after it is expanded.

Nothing is expanded by more than a piece at a time: a bomb is noticed when it crosses the limit, not when it is in memory.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli
import zstandard

_PIECE = 65_536
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659, section 3: what a client must accept and may insist on
_GZIP_START = b"\x1f\x8b"


class TooLarge(Exception):
    """The body crossed a limit. `limit_bytes`: which; `expanded`: whether it was the one after expansion."""

    def __init__(self, limit_bytes: int, *, expanded: bool) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes, self.expanded = limit_bytes, expanded


class Garbled(Exception):
    """The body is not in the encoding that the server named, or stops before its end."""


def read_body(chunks: Iterable[bytes], encoding: str, *, wire_limit: int, body_limit: int) -> bytes:
    """The whole expanded body. Raises TooLarge at the first byte over a limit, Garbled for what cannot be expanded.

    `encoding`: the Content-Encoding header; several, separated by commas, are undone from the last to the first.
    """
    pieces = _counted(chunks, wire_limit, expanded=False)
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        expand = _EXPANDERS.get(name)
        if expand is None:
            raise Garbled(f"unknown content encoding {name!r}")
        pieces = expand(pieces)
    try:
        return b"".join(_counted(pieces, body_limit, expanded=True))
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise Garbled(f"{encoding} data are damaged: {error}") from error


def _counted(pieces: Iterable[bytes], limit: int, *, expanded: bool) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise TooLarge(limit, expanded=expanded)
        yield piece


def _identity(chunks: Iterable[bytes]) -> Iterator[bytes]:
    yield from chunks


def _gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Gzip, of one or more members. Rubbish behind the last one is passed over, as browsers do."""
    member, started = zlib.decompressobj(31), False
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                if not data.startswith(_GZIP_START):
                    return
                member = zlib.decompressobj(31)
            started = True
            yield member.decompress(data, _PIECE)
            data = member.unconsumed_tail or member.unused_data
    if started and not member.eof:
        raise Garbled("the compressed data stop before their end")


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Deflate, with the wrapper that the standard asks for or without, as some servers send it."""
    member: zlib._Decompress | None = None
    for chunk in chunks:
        data = chunk
        if member is None and data:
            is_wrapped = data[0] & 0x0F == 8 and data[0] >> 4 <= 7
            member = zlib.decompressobj(15 if is_wrapped else -15)
        while data and member is not None and not member.eof:
            yield member.decompress(data, _PIECE)
            data = member.unconsumed_tail
    if member is not None and not member.eof:
        raise Garbled("the compressed data stop before their end")


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder, started = brotli.Decompressor(), False
    for chunk in chunks:
        data, started = chunk, True
        while True:
            piece = decoder.process(data, output_buffer_limit=_PIECE)
            data = b""
            yield piece
            if not piece and decoder.can_accept_more_data():
                break
    if started and not decoder.is_finished():
        raise Garbled("the compressed data stop before their end")


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    expander = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    reader = expander.stream_reader(_Source(chunks), read_across_frames=True)  # type: ignore[arg-type]
    while piece := reader.read(_PIECE):
        yield piece


class _Source:
    """Chunks as a file that can be read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = chunk
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


_EXPANDERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "identity": _identity,
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
ACCEPTED = "gzip, br, zstd"
