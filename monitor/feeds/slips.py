"""XML that publishers got wrong → XML that can be read, in time that grows with its length alone."""

import html
import re
import sys
from html.entities import entitydefs, html5
from itertools import islice

_MOST_SLIPS = 200_000
_MOST_MARKS = 50_000
"""Tags and references that are read of broken XML, the first ones: each costs up to 60 µs."""

_MOST_PREFIXES = 50
_MOST_ENTITIES = 300
_DOCTYPE = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+(<!DOCTYPE[^<>\[]*(?:\[(.*?)\]\s*)?>)", re.S)
_ENTITY = re.compile(
    rb"""<!ENTITY\s+([A-Za-z][\w.-]{0,31})\s+(?:"((?:[^"&%<]|&#\w{1,8};){0,200})"|'((?:[^'&%<]|&#\w{1,8};){0,200})')\s*>"""
)
_SLIP = re.compile(
    rb"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|<!--(?s:.*?)(?:-->|\Z)"
    rb"|&(?!(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][\w.-]{0,31});|#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});)?"
)
_CHARACTER = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")

_ROOT = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<![A-Z][^<>\[]*>)*+<[A-Za-z_][\w:.-]*", re.S)
_USED_PREFIX = re.compile(rb"[<\s]([A-Za-z][\w.-]{0,15}):[A-Za-z_]")
_DECLARED_PREFIX = re.compile(rb"xmlns:([A-Za-z][\w.-]{0,15})\s*=")
_PREFIXES = {
    b"atom": b"http://www.w3.org/2005/Atom",
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
    b"media": b"http://search.yahoo.com/mrss/",
    b"news": b"http://www.google.com/schemas/sitemap-news/0.9",
    b"podcast": b"https://podcastindex.org/namespace/1.0",
    b"sy": b"http://purl.org/rss/1.0/modules/syndication/",
}
"""Prefixes that mean one thing wherever they are used, declared or not."""

_CDATA = re.compile(rb"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.S)
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?[^<>]*>|<!DOCTYPE[^<>\[]*>", re.S | re.I)
_NO_TAG = re.compile(rb"<(?=[!?]|[^<>]*(?:<|\Z)|[^<>]{20000})")
_MARK = re.compile(rb"[<&]")


def set_right(document: bytes) -> bytes:
    """The document with its commonest slips set right. CDATA and comments stay as they are.

    Control characters go, bare ampersands are written as they should be, names of HTML and of the document's own
    entities stand for their characters, and prefixes that nobody declared are. The DOCTYPE goes with its entities.
    """
    document, own = _without_entities(document)

    def right(slip: re.Match[bytes]) -> bytes:
        if not slip[0].startswith(b"&"):
            return slip[0]
        if slip[2]:
            return slip[0] if _is_character(slip[2].decode()) else b""
        if slip[1] in own:
            return own[slip[1]]
        name = (slip[1] or b"").decode("ascii", "replace")
        character = entitydefs.get(name) or html5.get(f"{name};")  # as XHTML has them, then as HTML does
        return html.escape(character).encode() if character else b"&amp;" + slip[0][1:]

    return _with_prefixes(_SLIP.sub(right, document.translate(None, _CONTROLS), _MOST_SLIPS))


def tamed(document: bytes) -> bytes:
    """The document without anything that has a far end to look for, which takes long where that is missing.

    Of a very long one only the beginning is left.
    """
    document = _CDATA.sub(lambda section: section[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;"), document)
    document = _NO_TAG.sub(b"&lt;", _ASIDE.sub(b"", document))
    mark = next(islice(_MARK.finditer(document), _MOST_MARKS, None), None)
    return document[: mark.start()] if mark else document


def _without_entities(document: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """The document without a DOCTYPE that declares something, and the plain texts that it declares by name."""
    doctype = _DOCTYPE.match(document) if b"<!DOCTYPE" in document else None
    if doctype is None or doctype[2] is None:
        return document, {}
    entities = islice(_ENTITY.finditer(doctype[2]), _MOST_ENTITIES)
    return document[: doctype.start(1)] + document[doctype.end(1) :], {
        one[1]: one[2] or one[3] or b"" for one in entities
    }


def _is_character(number: str) -> bool:
    """Whether XML has a character of this number, as a reference writes it."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code <= sys.maxunicode and _CHARACTER.fullmatch(chr(code)) is not None


def _with_prefixes(document: bytes) -> bytes:
    root = _ROOT.match(document)
    if root is None:
        return document
    missing = set(_USED_PREFIX.findall(document)) - set(_DECLARED_PREFIX.findall(document)) - {b"xml", b"xmlns"}
    named = [(prefix, _PREFIXES.get(prefix, b"urn:" + prefix)) for prefix in sorted(missing)[:_MOST_PREFIXES]]
    declarations = b"".join(b' xmlns:%s="%s"' % one for one in named)
    return document[: root.end()] + declarations + document[root.end() :]
