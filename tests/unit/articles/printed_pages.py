"""PDFs for tests, drawn line by line."""

import zlib
from collections.abc import Sequence

Line = tuple[float, float, float, str]
"""Left edge, height above the foot of the page, size and text, in points; A4 is 595 by 842."""


def printed(pages: Sequence[Sequence[Line]], info: str = "", extra: str = "") -> bytes:
    """A PDF of these pages. `info`: entries of its information dictionary; `extra`: of its trailer."""
    return bound([_drawn(lines) for lines in pages], info, extra)


def bound(contents: Sequence[bytes], info: str = "", extra: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """A PDF whose pages have these sources. `objects` come after its own, from number 10 + 2 * pages on."""
    first = 10
    body = {
        1: b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: f"<<{info}>>".encode("latin-1"),
    }
    for number, content in enumerate(contents):
        packed = zlib.compress(content, 9)
        body[first + 2 * number] = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream"
        body[first + 2 * number + 1] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>/XObject<</X %d 0 R>>>>"
            b"/Contents %d 0 R>>" % (first + 2 * len(contents), first + 2 * number)
        )
    for number, one in enumerate(objects):
        body[first + 2 * len(contents) + number] = one
    kids = b" ".join(b"%d 0 R" % (first + 2 * number + 1) for number in range(len(contents)))
    body[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids)
    return _file(body, extra)


def _drawn(lines: Sequence[Line]) -> bytes:
    pieces = []
    for x, y, size, text in lines:
        shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        pieces.append(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({shown}) Tj ET")
    return "\n".join(pieces).encode("cp1252")


def _file(body: dict[int, bytes], extra: str) -> bytes:
    out, places = b"%PDF-1.4\n", {}
    for number, one in sorted(body.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    start = len(out)
    trailer = b"trailer<</Root 1 0 R/Info 4 0 R/Size %d%s>>" % (max(body) + 1, extra.encode())
    return out + b"xref\n0 1\n0000000000 65535 f \n" + table + trailer + b"\nstartxref\n%d\n%%%%EOF" % start
