"""Bytes as they come over the wire → the body, counted before and after it is expanded.

Nothing is expanded by more than a piece at a time: a bomb is noticed when it crosses the limit, not when it is in memory.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Protocol

import brotli
from backports import zstd

_PIECE = 65_536
_MOST_CODINGS = 5
_ZSTD_WINDOW_LOG = 23  # 8 MB: what a client must accept and may insist on (RFC 9659, section 3)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{]")
_DAMAGED = (zlib.error, brotli.error, zstd.ZstdError)


class TooLarge(Exception):
    """The body crossed a limit. `limit_bytes`: which; `expanded`: whether it was the one after expansion."""

    def __init__(self, limit_bytes: int, *, expanded: bool) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes, self.expanded = limit_bytes, expanded


class Garbled(Exception):
    """The body is not in the encoding that the server named, or stops before its end."""


@dataclass(frozen=True)
class Body:
    """What was read: the expanded bytes, and how many came over the wire."""

    content: bytes
    wire_bytes: int


def read_body(chunks: Iterable[bytes], encoding: str, *, wire_limit: int, body_limit: int, cut: bool = False) -> Body:
    """The whole expanded body. Raises TooLarge at the first byte over a limit, Garbled for what cannot be expanded.

    `encoding`: the Content-Encoding header; several, separated by commas, are undone from the last to the first. Names
    that nobody knows are passed over, and a body that is plain in spite of the header stays as it is, as in browsers.
    `cut`: what goes beyond the limits is left away instead.
    """
    decoders = [make for name in reversed(encoding.lower().split(",")) if (make := _DECODERS.get(name.strip()))]
    if len(decoders) > _MOST_CODINGS:
        raise Garbled(f"{len(decoders)} encodings on top of each other")
    wire = layer = _Counted(chunks, wire_limit, expanded=False, cut=cut)
    for make in decoders or [_Identity]:
        layer = _Counted(_expanded(layer, make()), body_limit, expanded=True, cut=cut)
    content = BytesIO()
    try:
        for piece in layer:
            content.write(piece)
    except Garbled:
        if not wire.was_cut:
            raise
    except _DAMAGED as error:
        raise Garbled(f"{encoding} data are damaged: {error}") from error
    return Body(content.getvalue(), wire.total)


class _Counted:
    """Pieces, counted while they pass. Every layer of a body is: one may be huge that comes to nothing in the next."""

    def __init__(self, pieces: Iterable[bytes], limit: int, *, expanded: bool, cut: bool) -> None:
        self._pieces, self._limit, self._expanded, self._cut = pieces, limit, expanded, cut
        self.total = 0
        self.was_cut = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.total += len(piece)
            if self.total > self._limit:
                if not self._cut:
                    raise TooLarge(self._limit, expanded=self._expanded)
                self.was_cut = True
                yield piece[: self._limit - self.total]
                return
            yield piece


class _Decoder(Protocol):
    """Undoes one encoding. `pieces`: what a chunk expands to, a little at a time. `starts`: of all data so encoded."""

    @property
    def starts(self) -> tuple[bytes, ...]: ...

    def pieces(self, chunk: bytes) -> Iterator[bytes]: ...

    def is_complete(self) -> bool: ...


def _expanded(chunks: Iterable[bytes], decoder: _Decoder) -> Iterator[bytes]:
    """What the chunks expand to; the chunks themselves, where the very first bytes show that they are plain."""
    held: bytes | None = b""  # all that has come before the first expanded byte: it may yet turn out plain
    following = iter(chunks)
    for chunk in following:
        held = held + chunk if held is not None and len(held) < _PIECE else None
        try:
            for piece in decoder.pieces(chunk):
                held = None if piece else held
                yield piece
        except _DAMAGED:
            if held is None or held.startswith(decoder.starts):
                raise
            yield held
            yield from following
            return
    if held != b"" and not decoder.is_complete():
        if held is None or held.startswith(decoder.starts) or not _MARKUP.match(held):
            raise Garbled("the compressed data stop before their end")
        yield held


class _Identity:
    """Nothing to undo."""

    starts: tuple[bytes, ...] = ()

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk

    def is_complete(self) -> bool:
        return True


class _Gunzip:
    """Gzip, of one or more members. Rubbish behind the last one is passed over, as browsers do."""

    starts = (b"\x1f\x8b",)

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._rest = b""
        self._is_over = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        data, self._rest = self._rest + chunk, b""
        while data and not self._is_over:
            if self._member.eof:
                if len(data) < 2:
                    self._rest = data
                    return
                self._is_over = not data.startswith(self.starts)
                self._member = self._member if self._is_over else zlib.decompressobj(31)
                continue
            yield self._member.decompress(data, _PIECE)
            data = self._member.unconsumed_tail or self._member.unused_data

    def is_complete(self) -> bool:
        return self._member.eof


class _Inflate:
    """Deflate, with the wrapper that the standard asks for or without, as some servers send it."""

    starts: tuple[bytes, ...] = ()

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        if self._stream is None:
            is_wrapped = chunk[0] & 0x0F == 8 and chunk[0] >> 4 <= 7
            self._stream = zlib.decompressobj(15 if is_wrapped else -15)
        data, piece = chunk, b""
        while not self._stream.eof and (data or len(piece) == _PIECE):  # a full piece: more may be ready without data
            piece = self._stream.decompress(data, _PIECE)
            data = self._stream.unconsumed_tail
            yield piece

    def is_complete(self) -> bool:
        return self._stream is None or self._stream.eof


class _Unbrotli:
    """Brotli."""

    starts: tuple[bytes, ...] = ()

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        data = chunk
        while not self._stream.is_finished():
            piece = self._stream.process(data, output_buffer_limit=_PIECE)
            data = b""
            yield piece
            if not piece and self._stream.can_accept_more_data():
                return

    def is_complete(self) -> bool:
        return bool(self._stream.is_finished())


class _Unzstd:
    """Zstandard, of one or more frames."""

    starts = (b"\x28\xb5\x2f\xfd", *(bytes((low, 0x2A, 0x4D, 0x18)) for low in range(0x50, 0x60)))

    def __init__(self) -> None:
        self._frame = self._fresh()

    @staticmethod
    def _fresh() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        data = chunk
        while data or not (self._frame.needs_input or self._frame.eof):
            if self._frame.eof:
                self._frame = self._fresh()
            yield self._frame.decompress(data, _PIECE)
            data = self._frame.unused_data if self._frame.eof else b""

    def is_complete(self) -> bool:
        return self._frame.eof


_DECODERS: dict[str, Callable[[], _Decoder]] = {
    "gzip": _Gunzip,
    "x-gzip": _Gunzip,
    "deflate": _Inflate,
    "br": _Unbrotli,
    "zstd": _Unzstd,
}
ACCEPTED = "gzip, br, zstd"
