"""A number of bytes → as people read it."""


def size(count: int) -> str:
    """12.3 MB, 4.0 kB, 17 bytes; by powers of ten."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} bytes"
