"""Content encodings undone, a piece at a time: nothing is expanded before the piece before it was taken."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli
from backports import zstd

ACCEPTED = "gzip, br, zstd"

_PIECE = 65_536
_ZSTD_WINDOW_LOG = 23  # 8 MB: what a client must accept and may insist on (RFC 9659, section 3)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{]")
_DAMAGED = (zlib.error, brotli.error, zstd.ZstdError)


class Garbled(Exception):
    """The body is not in the encoding that the server named, or stops before its end."""


class Decoder(Protocol):
    """Undoes one encoding. `pieces`: what a chunk expands to, a little at a time. `starts`: of all data so encoded."""

    @property
    def starts(self) -> tuple[bytes, ...]: ...

    def pieces(self, chunk: bytes) -> Iterator[bytes]: ...

    def is_complete(self) -> bool: ...


def decoders(encoding: str) -> list[Callable[[], Decoder]]:
    """What undoes a Content-Encoding header, in the order in which it must be undone. Names nobody knows are left out."""
    return [make for name in reversed(encoding.lower().split(",")) if (make := _DECODERS.get(name.strip()))]


def expanded(chunks: Iterable[bytes], decoder: Decoder, name: str) -> Iterator[bytes]:
    """What the chunks expand to; the chunks themselves, where the very first bytes show that they are plain.

    Raises Garbled for what cannot be expanded to its end.
    """
    held: bytes | None = b""  # all that has come before the first expanded byte: it may yet turn out plain
    following = iter(chunks)
    for chunk in following:
        held = held + chunk if held is not None and len(held) < _PIECE else None
        try:
            for piece in decoder.pieces(chunk):
                held = None if piece else held
                yield piece
        except _DAMAGED as error:
            if held is None or held.startswith(decoder.starts):
                raise Garbled(f"{name} data are damaged: {error}") from error
            yield held
            yield from following
            return
    if held != b"" and not decoder.is_complete():
        if held is None or held.startswith(decoder.starts) or not _MARKUP.match(held):
            raise Garbled("the compressed data stop before their end")
        yield held


class Plain:
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


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": _Gunzip,
    "x-gzip": _Gunzip,
    "deflate": _Inflate,
    "br": _Unbrotli,
    "zstd": _Unzstd,
}
