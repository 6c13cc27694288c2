"""A body that was packed before it was sent → what is in it."""

import zlib

from monitor.errors import FeedUnreadable

MOST_UNPACKED_BYTES = 20_000_000

_GZIP = b"\x1f\x8b"


def unpacked(body: bytes, url: str) -> bytes:
    """The body, out of gzip if it is in that: sitemaps often are files ending in .gz. What breaks off is kept so far.

    Raises FeedUnreadable for one that holds more than 20 million bytes.
    """
    if not body.startswith(_GZIP):
        return body
    unpacking = zlib.decompressobj(wbits=31)
    try:
        inside = unpacking.decompress(body, MOST_UNPACKED_BYTES)
    except zlib.error:
        return body
    if unpacking.unconsumed_tail:
        raise FeedUnreadable(
            f"Cannot read feed {url}",
            why=f"the packed file holds more than {MOST_UNPACKED_BYTES:,} bytes",
            mend="Name the smaller parts instead, if it has any; else tell the publisher, or remove the feed.",
        )
    return inside
