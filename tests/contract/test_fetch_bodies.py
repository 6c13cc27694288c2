"""Bodies come out as they went in, however they were packed and cut up on the way, and within their limits."""

import gzip
import random
import zlib
from collections.abc import Callable, Iterator
from itertools import count

import brotli
import pytest
from backports import zstd

from monitor.fetch.bodies import Body, Limits, TooLarge, read_body
from monitor.fetch.encodings import Garbled
from monitor.fetch.room import Room

LARGE = 100_000_000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "gzip by its old name": ("X-GZIP", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without its wrapper": ("deflate", raw_deflate),
    "brotli": ("br", lambda body: brotli.compress(body, quality=4)),
    "zstandard": ("zstd", zstd.compress),
    "one upon the other": ("gzip, br", lambda body: brotli.compress(gzip.compress(body), quality=4)),
    "an unknown one between": ("zstd, strange,gzip", lambda body: gzip.compress(zstd.compress(body))),
}
BODIES = {
    "empty": b"",
    "a letter": b"x",
    "words": b"many words " * 5_000,
    "noise": random.Random(1).randbytes(90_000),
    "exactly a piece": bytes(65_536),
    "two pieces": bytes(131_072),
}


def read(
    data: bytes, encoding: str, size: int = 65_536, *, wire: int = LARGE, body: int = LARGE, cut: bool = False
) -> Body:
    pieces = (data[start : start + size] for start in range(0, len(data), size))
    with Room().place(body, lambda: 1.0) as place:
        return read_body(pieces, encoding, Limits(wire, body, cut), place)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("packer", PACKERS.values(), ids=PACKERS)
def test_a_body_comes_out_as_it_went_in(packer: tuple[str, Callable[[bytes], bytes]], body: bytes) -> None:
    encoding, pack = packer
    packed = pack(body)
    for size in (1, 7, 1_000, 65_536):
        assert read(packed, encoding, size) == Body(body, len(packed))


@pytest.mark.parametrize("packer", PACKERS.values(), ids=PACKERS)
def test_a_body_that_stops_early_is_noticed(packer: tuple[str, Callable[[bytes], bytes]]) -> None:
    encoding, pack = packer
    packed = pack(BODIES["noise"])
    for missing in (1, 3, 12, 1_000):
        with pytest.raises(Garbled):
            read(packed[:-missing], encoding)


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "none", "UTF-8", ""])
def test_a_plain_body_stays_as_it_is(encoding: str) -> None:
    for body in (b"<rss>words</rss>", b'{"items": []}', b"\xef\xbb\xbf<?xml?>", b"<html> " * 20_000):
        for size in (1_000, 65_536) if len(body) > 1_000 else (1, 2, 1_000):
            assert read(body, encoding, size).content == body


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_parts_packed_one_by_one_are_read_to_the_last(pack: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if pack is gzip.compress else "zstd"
    for size in (1, 5, 65_536):
        assert read(pack(b"one ") + pack(b"two"), encoding, size).content == b"one two"


def test_rubbish_behind_gzip_is_passed_over() -> None:
    packed = gzip.compress(b"one") + b"\0\0 rubbish" + gzip.compress(b"two")
    assert [read(packed, "gzip", size).content for size in (1, 5, 65_536)] == [b"one"] * 3


def zeros(pack: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """Packed zeros without end."""
    part = pack(bytes(1_000_000))
    for _ in count():
        yield part


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_what_expands_without_end_is_left_at_the_limit(pack: Callable[[bytes], bytes]) -> None:
    encoding = "gzip" if pack is gzip.compress else "zstd"
    with pytest.raises(TooLarge) as caught, Room().place(5_000_000, lambda: 1.0) as place:
        read_body(zeros(pack), encoding, Limits(LARGE, 5_000_000), place)
    assert (caught.value.limit_bytes, caught.value.expanded) == (5_000_000, True)


def test_what_is_huge_only_in_between_is_left_too() -> None:
    nothing_much = gzip.compress(b"") * 2_000_000  # 40 MB that come to nothing, in some kilobytes
    with pytest.raises(TooLarge):
        read(zstd.compress(nothing_much), "gzip, zstd", body=5_000_000)


def test_limits_are_met_to_the_byte() -> None:
    packed = gzip.compress(BODIES["noise"])
    assert read(packed, "gzip", wire=len(packed), body=90_000).content == BODIES["noise"]
    for limits in ({"wire": len(packed) - 1}, {"body": 89_999}):
        with pytest.raises(TooLarge):
            read(packed, "gzip", **limits)


def test_more_encodings_than_anybody_uses_are_refused() -> None:
    with pytest.raises(Garbled, match="6 encodings"):
        read(b"x", "gzip," * 6)


def test_what_may_be_cut_is_cut_at_the_limit() -> None:
    words, noise = BODIES["words"], BODIES["noise"]
    assert read(words, "", 1_000, wire=2_500, body=2_500, cut=True).content == words[:2_500]
    assert read(gzip.compress(noise), "gzip", wire=LARGE, body=1_500, cut=True).content == noise[:1_500]
    assert noise.startswith(read(gzip.compress(noise), "gzip", wire=1_000, body=1_500, cut=True).content)
