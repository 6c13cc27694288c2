"""newsroom.toml to publishers and articles; a moment to the feeds and pages as they stood then."""

import json
import tomllib
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
ATOM, CONTENT, DUBLIN_CORE = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/dc/elements/1.1/",
)
for prefix, namespace in (("atom", ATOM), ("content", CONTENT), ("dc", DUBLIN_CORE)):
    ET.register_namespace(prefix, namespace)


@dataclass(frozen=True)
class Publisher:
    """`feed`: rss, atom or json. `full`: the feed carries whole articles, else their summaries alone."""

    id: str
    name: str
    tagline: str
    feed: str
    full: bool

    @property
    def feed_path(self) -> str:
        return f"/{self.id}/feed.{'json' if self.feed == 'json' else 'xml'}"


@dataclass(frozen=True)
class Story:
    """An article as it stands at some moment. `updated` is later than `published` where it was revised."""

    publisher: str
    path: str
    title: str
    summary: str
    author: str
    published: datetime
    updated: datetime
    paragraphs: tuple[str, ...]

    @property
    def url_path(self) -> str:
        return f"/{self.publisher}/{self.published:%Y/%m/%d}/{self.path}"


@dataclass(frozen=True)
class Newsroom:
    """All publishers and all versions of all stories. `base` is the address that links start with."""

    publishers: dict[str, Publisher]
    versions: tuple[Story, ...]

    def stories(self, publisher: str, at: datetime) -> list[Story]:
        """What a publisher shows at a moment, newest first, each story in its latest version."""
        latest: dict[str, Story] = {}
        for story in sorted(self.versions, key=lambda story: story.updated):
            if story.publisher == publisher and story.updated <= at:
                latest[story.path] = story
        return sorted(latest.values(), key=lambda story: story.published, reverse=True)

    def feed(self, publisher: str, at: datetime, base: str) -> tuple[bytes, str]:
        """Body and media type of a publisher's feed at a moment."""
        source, stories = self.publishers[publisher], self.stories(publisher, at)
        if source.feed == "json":
            return _json_feed(source, stories, base), "application/feed+json; charset=utf-8"
        if source.feed == "atom":
            return _atom(source, stories, base), "application/atom+xml; charset=utf-8"
        return _rss(source, stories, base), "application/rss+xml; charset=utf-8"

    def page(self, story: Story, at: datetime, base: str) -> bytes:
        """The article as a web page, with the furniture that such pages have."""
        others = [other for other in self.stories(story.publisher, at) if other.path != story.path][:3]
        facts = {"story": story, "publisher": self.publishers[story.publisher], "others": others, "base": base}
        return self._templates.get_template("page.html").render(facts).encode()

    def front(self, at: datetime, base: str) -> bytes:
        """A list of the publishers and what they show, for a reader who looks around."""
        shown = [(publisher, self.stories(publisher.id, at)) for publisher in self.publishers.values()]
        return self._templates.get_template("front.html").render({"shown": shown, "base": base}).encode()

    @cached_property
    def _templates(self) -> Environment:
        return Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)


def load() -> Newsroom:
    """The newsroom that ships with the package."""
    facts = tomllib.loads((HERE / "newsroom.toml").read_text(encoding="utf-8"))
    publishers = {
        key: Publisher(key, value["name"], value["tagline"], value["feed"], value["content"] == "full")
        for key, value in facts["publishers"].items()
    }
    versions: list[Story] = []
    for value in facts["articles"]:
        story = Story(
            value["publisher"],
            value["path"],
            value["title"],
            value["summary"],
            value["author"],
            value["published"],
            value["published"],
            _paragraphs(value["text"]),
        )
        versions.append(story)
        if "revised" in value:
            versions.append(replace(story, updated=value["revised"], paragraphs=_paragraphs(value["revised_text"])))
    return Newsroom(publishers, tuple(versions))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))


def _html(story: Story) -> str:
    return "".join(f"<p>{paragraph.replace('&', '&amp;').replace('<', '&lt;')}</p>" for paragraph in story.paragraphs)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, attributes)
    child.text = text or None
    return child


def _bytes(root: ET.Element) -> bytes:
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _rss(source: Publisher, stories: list[Story], base: str) -> bytes:
    root = ET.Element("rss", version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", source.name)
    _add(channel, "link", f"{base}/{source.id}/")
    _add(channel, "description", source.tagline)
    _add(channel, "ttl", "30")
    for story in stories:
        item = _add(channel, "item")
        _add(item, "title", story.title)
        _add(item, "link", base + story.url_path)
        _add(item, "guid", f"{source.id}:{story.path}", isPermaLink="false")
        _add(item, "pubDate", format_datetime(story.published))
        if story.author:
            _add(item, f"{{{DUBLIN_CORE}}}creator", story.author)
        _add(item, "description", story.summary)
        if story.updated != story.published:
            _add(item, f"{{{ATOM}}}updated", story.updated.isoformat())
        if source.full:
            _add(item, f"{{{CONTENT}}}encoded", _html(story))
    return _bytes(root)


def _atom(source: Publisher, stories: list[Story], base: str) -> bytes:
    root = ET.Element(f"{{{ATOM}}}feed")
    _add(root, f"{{{ATOM}}}title", source.name)
    _add(root, f"{{{ATOM}}}id", f"tag:{source.id}.example,2026:feed")
    _add(root, f"{{{ATOM}}}link", rel="alternate", href=f"{base}/{source.id}/")
    newest = max((story.updated for story in stories), default=datetime(2026, 3, 1, tzinfo=UTC))
    _add(root, f"{{{ATOM}}}updated", newest.isoformat())
    for story in stories:
        entry = _add(root, f"{{{ATOM}}}entry")
        _add(entry, f"{{{ATOM}}}title", story.title)
        _add(entry, f"{{{ATOM}}}id", f"tag:{source.id}.example,2026:{story.path}")
        _add(entry, f"{{{ATOM}}}link", rel="alternate", href=base + story.url_path)
        _add(entry, f"{{{ATOM}}}published", story.published.isoformat())
        _add(entry, f"{{{ATOM}}}updated", story.updated.isoformat())
        _add(_add(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", story.author or source.name)
        _add(entry, f"{{{ATOM}}}summary", story.summary)
        if source.full:
            _add(entry, f"{{{ATOM}}}content", _html(story), type="html")
    return _bytes(root)


def _json_feed(source: Publisher, stories: list[Story], base: str) -> bytes:
    items = [
        {
            "id": f"{source.id}:{story.path}",
            "url": base + story.url_path,
            "title": story.title,
            "summary": story.summary,
            "content_html": _html(story) if source.full else f"<p>{story.summary}</p>",
            "date_published": story.published.isoformat(),
            "date_modified": story.updated.isoformat(),
            "authors": [{"name": story.author or source.name}],
        }
        for story in stories
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": source.name,
        "description": source.tagline,
        "home_page_url": f"{base}/{source.id}/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
