"""Content to id: the same thing gets the same id on every machine."""

import hashlib

_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [one + other for one in _DIGITS for other in _DIGITS]  # ten bits at a time: ids are made by the million


def content_id(kind: str, *parts: object) -> str:
    """An id such as `clm-7f3k…`: the kind, then 80 bits of SHA-256 over the parts in base32, lower case.

    Parts are separated by U+001F, so that ("a", "bc") and ("ab", "c") differ. None counts as an empty part.
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:10], "big")
    return f"{kind}-{''.join([_PAIRS[number >> place & 1023] for place in range(70, -1, -10)])}"
