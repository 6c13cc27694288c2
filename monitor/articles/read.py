"""What a server or a file gave → the article in it: HTML, plain text or PDF."""

from monitor.articles.cues import NO_CUES, WallCues
from monitor.articles.decode import decoded
from monitor.articles.extract import extract
from monitor.articles.pdf import extract_pdf
from monitor.articles.plain import extract_plain
from monitor.domain.article import Extracted
from monitor.errors import ArticleUnreadable

_PDF = b"%PDF-"
_SEARCHED = 1024
_PLAIN = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_UNKNOWN = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")


def read_page(body: bytes, url: str, media_type: str = "", cues: WallCues = NO_CUES) -> Extracted:
    """What a body yields. `media_type`: the Content-Type header with its parameters, empty if there is none.

    What looks like a PDF is one, whatever is claimed. A page that is no article comes back with a label and without text.
    Raises ArticleUnreadable for what is neither HTML nor text nor PDF, or holds no text.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if _PDF in body[:_SEARCHED] and "html" not in kind:
        return extract_pdf(body, url)
    is_marked = body[:_SEARCHED].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)
    if kind in _PLAIN and not is_marked:
        return extract_plain(decoded(body, media_type), url)
    if "html" in kind or "xml" in kind or is_marked or (kind in _UNKNOWN and b"\0" not in body[:_SEARCHED]):
        return extract(decoded(body, media_type), url, cues)
    raise ArticleUnreadable(
        f"Cannot read {url}",
        why=f"the server sent {kind or 'data of no known kind'}",
        mend="Nothing to do; articles are read from HTML, plain text and PDF.",
    )
