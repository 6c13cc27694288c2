"""Texts in, claims out: what comes without a feed, the walk over what waits, and what can be handed on."""

import re
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.files import bytes_of, opened_file
from monitor.app.parts import Parts
from monitor.domain.article import Article
from monitor.domain.claim import Claim
from monitor.domain.correction import Correction
from monitor.errors import NotFound, QueryWrong, RecordWrong

if TYPE_CHECKING:
    from monitor.domain.article import Reading as Found
    from monitor.domain.relation import Told
    from monitor.interchange import Record
    from monitor.pipeline.check import CheckedText
    from monitor.pipeline.explain import Tested
    from monitor.pipeline.ingest import Intake, Taken
    from monitor.pipeline.relate import Related
    from monitor.pipeline.reread import Difference
    from monitor.pipeline.walk import Done
    from monitor.relations.sums import Sum
    from monitor.tasks.inline import Progress

KINDS = ("entry", "article", "claim", "question")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PAGES = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf"}
EXPORTS = ("entries", "articles", "entities", "claims", "relations")


class Reading:
    """Takes texts in, reads them, and gives out what was found."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ingest(self, places: Sequence[str], *, progress: "Progress | None" = None) -> "tuple[Taken, dict[str, Done]]":
        """Take in files (JSON Lines, text, HTML), addresses and `-` (standard input), then walk until all is done."""
        from monitor.pipeline.ingest import Intake

        intake = Intake(self._parts.edges)
        for place in places:
            try:
                self._take(intake, place)
            except RecordWrong as error:
                intake.taken.records += 1
                intake.taken.wrong.append((place, error))
        return intake.taken, self.drain(progress=progress)

    def _take(self, intake: "Intake", place: str) -> None:
        if place == "-":
            intake.lines("standard input", sys.stdin.buffer)
        elif place.lower().startswith(("http://", "https://")):
            intake.address(place)
        elif place.lower().endswith(tuple(_PAGES)):
            intake.page(_address(place), bytes_of(Path(place)), _media_type(place))
        elif place.lower().endswith((".txt", ".md")):
            intake.record(place, _record_of_file(Path(place)))
        else:
            with opened_file(Path(place)) as lines:
                intake.lines(place, lines)

    def drain(
        self, *, progress: "Progress | None" = None, stopped: Callable[[], bool] = lambda: False
    ) -> "dict[str, Done]":
        """Run the walk until nothing waits that can be done now."""
        from monitor.tasks.inline import drain

        return drain(self._parts.edges, progress=progress, stopped=stopped)

    def retry(self, kinds: Sequence[str] = KINDS, *, progress: "Progress | None" = None) -> "tuple[int, dict[str, Done]]":
        """Let rows that were set aside wait again, and walk. How many they were, and what came of it."""
        again = sum(self._parts.store.work.again(kind) for kind in kinds)
        return again, self.drain(progress=progress)

    def read_otherwise(self) -> list[str]:
        """The ids of articles with claims that another version of the reading found."""
        from monitor import assets
        from monitor.nlp.version import reading_version

        version = reading_version(assets.models(), self._parts.settings.models.pipeline)
        return self._parts.store.articles.read_otherwise(version)

    def read_again(
        self, article_ids: Sequence[str], *, progress: "Progress | None" = None
    ) -> "tuple[int, dict[str, Done]]":
        """Read, file and compare these anew. How many they were, and what came of it."""
        from monitor.pipeline.reread import read_again

        again = read_again(self._parts.edges, article_ids)
        return again, self.drain(progress=progress)

    def differences(self, article_ids: Sequence[str]) -> "Iterator[Difference]":
        """What reading these anew would change, with nothing stored."""
        from monitor.pipeline.reread import differences

        return differences(self._parts.edges, article_ids)

    def export(self, kind: str, since: date | None = None) -> Generator[str, None, None]:
        """Lines of the interchange format, of one moment. `kind`: one of EXPORTS. Close it if you leave it early."""
        from monitor.pipeline.export import EXPORTS as KINDS_OF_LINES

        with self._parts.store.snapshot():
            yield from KINDS_OF_LINES[kind](self._parts.store, since)

    def claim_line(self, claim: Claim, article: Article) -> str:
        """A claim as a line of the interchange format."""
        from monitor.interchange import claim_line

        return claim_line(claim, article)

    def arithmetic(self, told: "Sequence[Told]") -> "list[tuple[Told, Sum]]":
        """Claims to whose figure their own sentence comes by a sum or a product, each with that, or which it misses."""
        from monitor.relations.sums import bears_out

        found = ((one, bears_out(one.claim.evidence, self._parts.ontology)) for one in told)
        return [(one, done) for one, done in found if done is not None]

    def extract(self, place: str) -> "tuple[Article, Found]":
        """What is read in one file or at one address, with nothing stored."""
        article = self._article_at(place)
        reading = self._parts.readers([article])[0]
        if isinstance(reading, Exception):
            raise reading
        return article, reading

    def check(self, text: str, *, most: int | None = None, correction: Correction | None = None) -> "CheckedText":
        """What the archive has on each figure of a text, read like an article that somebody publishes now.

        `most`: characters it may have. `correction`: how one of the figures is to be read. QueryWrong where the text has
        more characters, or none, or the correction cannot be understood.
        """
        from monitor.app.correcting import corrected
        from monitor.pipeline.check import Likely, check
        from monitor.pipeline.ingest import article_of_record

        likely = Likely(self._parts.comparable, self._parts.settings.compare.comparable_at_least)
        record = _record_of_text("text:given", _checkable(text, most))
        article = article_of_record(self._parts.edges, record, arrived=self._parts.now())
        article = replace(article, publisher="the text given", origin_id=article.id)
        reading = self._parts.readers([article])[0]
        if isinstance(reading, Exception):
            raise reading
        claims = list(reading.claims)
        if correction is not None and not correction.is_empty:
            if not 1 <= correction.place <= len(claims):
                why, mend = f"the text has {len(claims)} figures", "Name one of them by its place, the first by 1."
                raise QueryWrong("Cannot read the figure so", why=why, mend=mend, parameter="figure")
            claims[correction.place - 1] = corrected(self._parts, claims[correction.place - 1], correction)
        return check(self._parts.edges, article, claims, likely)

    def verify(self) -> "Iterator[tuple[Claim, str]]":
        """Every stored claim, and what is wrong with its evidence; empty where it stands in the text."""
        from monitor.pipeline.verify import verify

        return verify(self._parts.edges)

    def _article_at(self, place: str) -> Article:
        from monitor.pipeline.ingest import article_of_record
        from monitor.pipeline.look import article_at, article_in

        if place.lower().startswith(("http://", "https://")):
            return article_at(self._parts.edges, place)
        if place.lower().endswith(tuple(_PAGES)):
            return article_in(self._parts.edges, bytes_of(Path(place)), _address(place), _media_type(place))
        record = _record_of_text("standard input", sys.stdin.read()) if place == "-" else _record_of_file(Path(place))
        return article_of_record(self._parts.edges, record, arrived=self._parts.now())

    def explain(self, a: str, b: str) -> "list[Tested]":
        """The tests of two stored claims, in order. NotFound where one is not there, or waits to be filed."""
        from monitor.pipeline.explain import explain
        from monitor.pipeline.relate import load_told

        found = {claim.id: claim for claim in self._parts.store.claims.get([a, b])}
        for one in (a, b):
            if one not in found or found[one].question_id is None:
                why = "no claim has this id" if one not in found else "it has not been filed yet"
                raise NotFound(f"No claim {one} to explain", why=why, mend="Find it by its words: monitor search WORDS")
        told = {one.claim.id: one for one in load_told(self._parts.edges, list(found.values()))}
        names = [str(found[one].question_id) for one in (a, b)]
        questions = {question.id: question for question in self._parts.store.questions.get(names)}
        first, second = (questions[name] for name in names)
        return explain(told[a], told[b], first, second, self._parts.ontology, self._parts.units)

    def relate(self, lines: Iterable[bytes]) -> "Related":
        """Claims as lines → relations as lines, sorted, with nothing stored."""
        from monitor.pipeline.relate import relate_lines

        return relate_lines(lines, self._parts.ontology, self._parts.units, self._parts.now())


def _checkable(text: str, most: int | None) -> str:
    """The text without what no text has. Offsets stay as they are."""
    if not text.strip():
        raise QueryWrong("Cannot check the text", why="there is none", mend="Give a sentence with a figure or a date.")
    if most is not None and len(text) > most:
        why = f"it has {len(text):,} characters, and {most:,} are read at a time"
        raise QueryWrong("Cannot check the text", why=why, mend="Check it in parts.", position=most)
    return _NO_TEXT.sub(" ", text)


def _address(place: str) -> str:
    return Path(place).resolve().as_uri()


def _media_type(place: str) -> str:
    return _PAGES[Path(place).suffix.lower()]


def _record_of_file(path: Path) -> "Record":
    return _record_of_text(path.resolve().as_uri(), bytes_of(path).decode("utf-8-sig", "replace"))


def _record_of_text(place: str, text: str) -> "Record":
    """A text without anything said of it. A short first line that stands alone is its title."""
    from monitor.interchange import Record

    first, _, rest = text.strip().partition("\n")
    title = first.strip() if len(first) <= 200 and rest.startswith(("\n", "\r\n")) else ""
    return Record(place, title, "", None, None, rest.strip() if title else text, None, None, None)
