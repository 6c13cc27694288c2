"""One item of an XML feed, of whatever format → an entry.

The formats share their words, and feeds mix them, so one reading serves all: a table of names for each thing we want.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from monitor.domain.entry import Entry
from monitor.domain.instant import Stamp, read_date
from monitor.feeds.addresses import absolute, first_page, is_pdf, is_web
from monitor.feeds.dates import note_on
from monitor.feeds.elements import (
    Names,
    Said,
    based,
    first_text,
    markup_of,
    plain_of,
    text_of,
)
from monitor.feeds.plain import BEGINNING, LONG_SUMMARY, beginning, full_text, person_of, plain

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_SUMMARIES = (
    "description",
    "summary",
    "abstract",
    "dc:description",
    "itunes:summary",
    "media:description",
    "itunes:subtitle",
)
_CONTENTS = ("content:encoded", "content", "fullitem", "body", "xhtml:body")
_PUBLISHED = ("published", "pubdate", "issued", "dcterms:issued", "prism:publicationdate")
_UPDATED = ("updated", "modified", "dc:date", "dcterms:modified", "lastbuilddate")
_CREATED = ("created", "dcterms:created")
_AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author")
_HTML_LINKS = ("", "text/html", "application/xhtml+xml", "html", "xhtml")


@dataclass(frozen=True)
class Place:
    """Where an item stands: the feed's id and address, the names of its document, and whether that is Atom."""

    feed_id: str
    url: str
    names: Names
    is_atom: bool


def read_entry(item: Element, place: Place, base: str) -> Entry:
    """The entry of one item, its id left empty. `base`: what addresses are resolved against."""
    said = place.names.inside(item)
    for group in said.get("media:group", ()):
        said = place.names.inside(group) | said
    base = based(base, item)
    guid, permalink = _guid(item, said)
    published, updated = _dates(said, item, is_atom=place.is_atom)
    enclosed, media = _enclosed(said), _media(said, place.names)
    files = _addresses(enclosed, base)
    summary, content = _summary_and_content(said, place)
    return Entry(
        id="",
        feed_id=place.feed_id,
        feed_url=place.url,
        guid=guid,
        url=first_page((link_of(item, said, base), absolute(base, permalink), *files)),
        title=title_of(said),
        published=published.when if published else None,
        updated=updated.when if updated else None,
        author=_author(said, place.names),
        summary=summary,
        content=content,
        enclosures=tuple(dict.fromkeys(files + _addresses(media, base))),
        date_note=note_on(published, updated),
        pdf=next(
            (one for element in enclosed for one in _addresses([element], base) if is_pdf(one, _media_type(element))), ""
        ),
    )


def title_of(said: Said) -> str:
    """The title as one plain line: the first of its names that says something."""
    for name in _TITLES:
        for element in said.get(name, ()):
            title = plain_of(element, is_markup=False)
            if title:
                return title
    return ""


def link_of(element: Element, said: Said, base: str) -> str:
    """The address of the page that an item or feed stands for: the last of its links that leads to a page."""
    address = absolute(base, attribute(element, "href")) if element.attrib else ""  # so in CDF
    for link in said.get("link", ()):
        text = text_of(link).strip()
        if text:
            address = absolute(based(base, link), text)
        elif (link.get("rel") or "alternate").lower() == "alternate" and _media_type(link) in _HTML_LINKS:
            address = absolute(based(base, link), _href(link)) or address
    return address


def own_link(said: Said, base: str) -> str:
    """The address by which a feed calls itself, empty if it does not."""
    own = (link for link in said.get("link", ()) if (link.get("rel") or "").lower() == "self")
    return next((absolute(based(base, link), _href(link)) or base for link in own), "")


def _guid(item: Element, said: Said) -> tuple[str | None, str]:
    """The item's own name for itself, and the same again if it is an address that leads to the page."""
    for element in (*said.get("guid", ()), *said.get("id", ())):
        guid = text_of(element).strip()
        if guid:
            stated = attribute(element, "ispermalink").lower()
            return guid, guid if stated == "true" or (not stated and is_web(guid)) else ""
    about = attribute(item, "about") if item.attrib else ""
    return about or None, about if is_web(about) else ""


def _dates(said: Said, item: Element, *, is_atom: bool) -> tuple[Stamp | None, Stamp | None]:
    """Published and updated. RSS has no word for updated but dc:date and the like, which name the publication."""
    published, updated = _date(said, _PUBLISHED), _date(said, _UPDATED)
    if updated is None and item.attrib:
        updated = read_date(attribute(item, "lastmod"))
    if published is None and updated is None:
        published = _date(said, _CREATED)
    if published is None and not is_atom:
        return updated, None
    return published, updated


def _date(said: Said, names: Iterable[str]) -> Stamp | None:
    """The first of these elements' dates that can be read."""
    for name in names:
        for element in said.get(name, ()):
            stamp = read_date(text_of(element))
            if stamp is not None:
                return stamp
    return None


def _summary_and_content(said: Said, place: Place) -> tuple[str, str]:
    """The summary as a plain line, and the longest full text as markup. A long description with paragraphs is one too."""
    contents = [markup_of(element) for name in _CONTENTS if name in said for element in said[name]]
    content = max(contents, key=len) if contents else ""
    for name in _SUMMARIES:
        for element in said.get(name, ()):
            if not content and len(text_of(element)) > BEGINNING:
                content = full_text(markup_of(element))
            summary = plain_of(element, is_markup=not place.is_atom, is_beginning=content != "")
            if summary:
                is_long = not content and len(summary) > LONG_SUMMARY
                return summary, full_text(markup_of(element)) if is_long else content
    return plain(beginning(content)), content


def _author(said: Said, names: Names) -> str:
    found: dict[str, None] = {}
    for kind in _AUTHORS:
        for person in said.get(kind, ()):
            about = names.inside(person)
            written = first_text(about, "name", "email") if about else person.text or ""
            if name := person_of(written):
                found[name] = None
    return ", ".join(found)


def _enclosed(said: Said) -> list[Element]:
    """What comes with the item: sound, films, papers."""
    links = [link for link in said.get("link", ()) if link.get("rel", "").lower() == "enclosure"]
    return said.get("enclosure", []) + links


def _media(said: Said, names: Names) -> list[Element]:
    """Pictures, films and other versions, in the words of the media and podcast namespaces."""
    media = said.get("media:content", [])
    for other in said.get("podcast:alternateenclosure", ()):
        media = media + names.inside(other).get("podcast:source", [])
    return media


def _addresses(elements: Iterable[Element], base: str) -> list[str]:
    return [absolute(base, address) for element in elements if (address := _href(element))]


def _href(element: Element) -> str:
    """The address that an element names in an attribute: each format has its own word for it."""
    return element.get("href") or element.get("url") or element.get("uri") or attribute(element, "href")


def _media_type(link: Element) -> str:
    return (link.get("type") or "").partition(";")[0].strip().lower()


def attribute(element: Element, name: str) -> str:
    """An attribute, whatever its namespace and case; empty if there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == name:
            return value.strip()
    return ""
