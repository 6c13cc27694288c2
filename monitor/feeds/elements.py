"""Elements of a feed's tree → the names and texts of the product: one word for a thing, whatever format or namespace."""

import base64
import binascii
import html
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from monitor.feeds.addresses import absolute
from monitor.feeds.plain import LONGEST_TEXT, beginning, folded, looks_like_markup, mended, plain
from monitor.feeds.tree import DEEPEST

Said = dict[str, list[Element]]
"""What stands directly inside an element: name → the elements of that name, in order."""

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_FEED_NAMESPACES = (
    "", "http://purl.org/rss/1.0", "http://purl.org/net/rss1.1", "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9", "http://purl.org/rss/1.0/modules/rss091",
    "http://blogs.law.harvard.edu/tech/rss", "http://cyber.law.harvard.edu/rss", "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2", "http://backend.userland.com/rss091", "http://backend.userland.com/rss092",
    "http://www.rssboard.org/rss-specification", "http://www.w3.org/2005/atom", "http://purl.org/atom/ns",
    "http://purl.org/echo", "http://purl.org/pie", "http://example.com/necho", "http://example.com/newformat",
)  # fmt: skip
_PREFIXES = {
    **dict.fromkeys(_FEED_NAMESPACES, ""),
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/rss/1.0/modules/syndication": "sy:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://podcastindex.org/namespace/1.0": "podcast:",
    "http://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "http://prismstandard.org/namespaces/1.2/basic": "prism:",
    "http://prismstandard.org/namespaces/basic/2.0": "prism:",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_NO_TEXT = ("image/", "audio/", "video/", "application/pdf", "application/zip")
_TEXT_TYPES = frozenset({"text", "plain", "text/plain"})


class Names(dict[str, str]):
    """Tag as the tree has it → name with our prefix, in lower case. Filled as tags are met.

    A namespace that nobody knows is the feed's own if the root stands in it.
    """

    def __init__(self, root: Element) -> None:
        self._own = _namespace(root.tag)

    def __missing__(self, tag: str) -> str:
        namespace, local = _namespace(tag), tag.rpartition("}")[2].lower()
        unknown = "" if namespace == self._own else "?:"
        name = self[tag] = _PREFIXES.get(namespace, unknown) + local
        return name

    def inside(self, element: Iterable[Element]) -> Said:
        """What stands directly inside an element."""
        said: Said = {}
        for child in element:
            name = self[child.tag]
            if name in said:
                said[name].append(child)
            else:
                said[name] = [child]
        return said


def _namespace(tag: str) -> str:
    """A tag's namespace in the one form that the table has: some write it with https or another end."""
    return tag[1:].rpartition("}")[0].lower().rstrip("/#").replace("https://", "http://", 1)


def first_text(said: Said, *names: str) -> str:
    """The first text of the elements with these names, in the order of the names; empty where there is none."""
    for name in names:
        for element in said.get(name, ()):
            text = text_of(element).strip()
            if text:
                return text
    return ""


def text_of(element: Element) -> str:
    """What stands inside an element: its text, or its markup where there are elements inside."""
    return markup_inside(element) if len(element) else element.text or ""


def plain_of(element: Element, *, is_markup: bool, is_beginning: bool = False) -> str:
    """A text construct as one plain line. `is_markup`: what it is where it does not say. `is_beginning`: cut it short."""
    kind = (element.get("type") or "").strip().lower()
    value = _decoded(element, kind)
    value = mended(beginning(value) if is_beginning else value[:LONGEST_TEXT])
    if kind in _TEXT_TYPES or (not kind and not is_markup) or kind == "xhtml":
        is_markup = len(element) > 0 or (kind != "xhtml" and looks_like_markup(value))
    else:
        is_markup = True
    return plain(value) if is_markup else folded(value)


def markup_of(element: Element) -> str:
    """A text construct as HTML; empty for one that is a picture or sound."""
    kind = (element.get("type") or "").strip().lower()
    if kind.startswith(_NO_TEXT):
        return ""
    value = _decoded(element, kind).strip()
    is_text = kind in _TEXT_TYPES and not len(element) and not looks_like_markup(value)
    return mended(html.escape(value, quote=False) if is_text else value)


def markup_inside(element: Element, depth: int = 0) -> str:
    """The content of an element as HTML, without the one `div` that XHTML in Atom is wrapped in."""
    children = list(element)
    if not depth and len(children) == 1 and _local(children[0]) == "div" and not (element.text or "").strip():
        return markup_inside(children[0], 1)
    pieces = [html.escape(element.text or "", quote=False)]
    for child in children if depth < DEEPEST else ():
        name = _local(child)
        attributes = "".join(f' {key.rpartition("}")[2]}="{html.escape(value)}"' for key, value in child.attrib.items())
        inside = "" if name in _VOID else f"{markup_inside(child, depth + 1)}</{name}>"
        pieces.append(f"<{name}{attributes}>{inside}{html.escape(child.tail or '', quote=False)}")
    return "".join(pieces)


def based(base: str, element: Element) -> str:
    """The base for addresses inside an element, given that of what stands around it."""
    own = element.get(_XML_BASE) or element.get("BASE")  # the latter in CDF
    return absolute(base, own) if own else base


def language_of(element: Element) -> str:
    """The xml:lang of an element, empty if it has none."""
    return (element.get(_XML_LANG) or "").strip()


def _decoded(element: Element, kind: str) -> str:
    """What stands inside an element. Atom has media types that are no text as Base64 (RFC 4287, section 4.1.3.3)."""
    value = text_of(element)
    is_text = "/" not in kind or kind.startswith("text/") or kind.endswith(("xml", "html"))
    if is_text and element.get("mode") != "base64":
        return value
    try:
        return base64.b64decode(value).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
