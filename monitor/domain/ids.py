"""Content to id: the same thing gets the same id on every machine."""

import base64
import hashlib


def content_id(kind: str, *parts: object) -> str:
    """An id such as `clm-7f3k…`: the kind, then 80 bits of SHA-256 over the parts in base32, lower case.

    Parts are separated by U+001F, so that ("a", "bc") and ("ab", "c") differ. None counts as an empty part.
    """
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:10]
    return f"{kind}-{base64.b32encode(digest).decode().lower()}"
