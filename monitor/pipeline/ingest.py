"""Articles already in hand → stored, waiting to be read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.articles.language import language_of
from monitor.domain.article import Article, Extracted, article_id
from monitor.errors import MonitorError, RecordWrong, StorageFailed
from monitor.interchange import Record, article_from_line
from monitor.pipeline.articles import bounded, canonical_address, publisher_name
from monitor.pipeline.edges import Edges
from monitor.pipeline.look import article_at, article_in, read_given

_AT_ONCE = 50
_HTML = "text/html; charset=utf-8"


@dataclass
class Taken:
    """What came of taking articles in. `wrong`: where, and why it could not be read."""

    records: int = 0
    new: int = 0
    known: int = 0
    wrong: list[tuple[str, MonitorError]] = field(default_factory=list)


class Intake:
    """Stores articles as they come. Each arrives later than the one before: their order is no matter of chance."""

    def __init__(self, edges: Edges) -> None:
        self.taken = Taken()
        self._edges = edges
        self._last: datetime | None = None

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Take in JSON Lines. A line that cannot be read is noted; the others go on."""
        for some in _cut(enumerate(lines, start=1)):
            with self._edges.store.transaction():
                for number, line in some:
                    if line.strip():
                        self._line(f"{name}:{number}", number, line)

    def record(self, place: str, record: Record) -> None:
        """Take in one article that is no line of a file."""
        self.taken.records += 1
        with self._noting(place):
            self._put(self._article(record))

    def page(self, url: str, body: bytes, media_type: str) -> None:
        """Take in a page or PDF that is no line of a file either."""
        self.taken.records += 1
        with self._noting(url):
            self._put(article_in(self._edges, body, url, media_type))

    def address(self, url: str) -> None:
        """Fetch a page and take it in."""
        self.taken.records += 1
        with self._noting(url):
            self._put(article_at(self._edges, url))

    def _line(self, place: str, number: int, line: bytes) -> None:
        self.taken.records += 1
        with self._noting(place):
            self._put(self._article(article_from_line(_decoded(line, number), number)))

    @contextmanager
    def _noting(self, place: str) -> Iterator[None]:
        """Note what is wrong with one article. What is wrong with the database is no fault of the article."""
        try:
            yield
        except StorageFailed:
            raise
        except MonitorError as error:
            self.taken.wrong.append((place, error))

    def _article(self, record: Record) -> Article:
        return article_of_record(self._edges, record, arrived=self._arrival())

    def _put(self, article: Article) -> None:
        before = self._edges.store.articles.get([article.id])
        self._edges.store.articles.put(article)
        if before:
            self.taken.known += 1
        else:
            self.taken.new += 1

    def _arrival(self) -> datetime:
        now = self._edges.now()
        if self._last is not None and now <= self._last:
            now = self._last + timedelta(microseconds=1)
        self._last = now
        return now


def article_of_record(edges: Edges, record: Record, *, arrived: datetime) -> Article:
    """The article of an ingested record. A given text stays as it is; HTML is read like a page. ArticleUnreadable."""
    page = None if record.html is None else read_given(edges, record.html.encode(), record.url, _HTML)
    said = page or Extracted(title="", text=record.text or "")
    canonical = canonical_address(record.url)
    title = record.title or said.title
    text = bounded(said.text, edges.limits.article_characters, record.url)
    return Article(
        id=article_id(canonical, title, text),
        url=record.url,
        canonical_url=canonical,
        title=title,
        text=text,
        publisher=record.publisher or publisher_name(canonical, said, None),
        published=record.published or said.published,
        updated=record.updated or said.updated,
        arrived=arrived,
        language=record.language or said.language or language_of(text) or "en",
        author=said.author,
        given_id=record.given_id,
        basis="record",
    )


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise RecordWrong(
            f"Line {number} cannot be read",
            why=f"byte {error.start + 1} is not UTF-8",
            mend="Save the file as UTF-8 and ingest it again; the other lines are done.",
        ) from error


def _cut(items: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    some: list[tuple[int, bytes]] = []
    for item in items:
        some.append(item)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    yield some
