"""Articles → annotated Docs → claims: the one way out of spaCy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim
from monitor.domain.entity import Mention
from monitor.domain.evidence import Where
from monitor.domain.trace import Trace
from monitor.nlp.agreeing import as_in_body
from monitor.nlp.assembly_cues import AssemblyCues
from monitor.nlp.confidence import known_of
from monitor.nlp.credits import Credit, read_credit
from monitor.nlp.page import Page
from monitor.nlp.text import text_of
from monitor.nlp.tracing import retraced
from monitor.nlp.windows import WINDOW_CHARS, joined, masked, verbatim, windows

BATCH = 16
MAX_SHARED_NAMES = 2000


class Reader:
    """Reads articles. Each reading is a function of its article and the data of models/ alone; `version` names them."""

    def __init__(self, nlp: Language, models: Path, version: str = "") -> None:
        self.nlp, self.version = nlp, version
        self.cues = AssemblyCues.read(models)

    def read(self, articles: Sequence[Article]) -> list[Reading]:
        """The readings of the articles, in their order."""
        readings: list[Reading] = []
        for at in range(0, len(articles), BATCH):
            batch = [self._readable(article) for article in articles[at : at + BATCH]]
            short = iter(self._read_batch([article for article in batch if len(article.text) <= WINDOW_CHARS]))
            for article, clean in zip(articles[at : at + BATCH], batch, strict=True):
                read = next(short) if len(clean.text) <= WINDOW_CHARS else self._read_long(clean)
                is_same = clean.text == article.text and clean.title == article.title
                read = read if is_same else verbatim(read, article.title, article.text)
                readings.append(self._signed(self.cues.worth.weighed(read, article)))
        return readings

    def _signed(self, reading: Reading) -> Reading:
        return replace(reading, claims=tuple(replace(claim, reader=self.version) for claim in reading.claims))

    def _readable(self, article: Article) -> Article:
        return replace(article, title=masked(article.title[:WINDOW_CHARS]), text=masked(article.text))

    def _read_long(self, article: Article) -> Reading:
        """The reading of an article too long for one Doc: window by window, which share names and credit."""
        names: dict[str, object] = {}
        parts: list[tuple[int, Reading]] = []
        credit: Credit | None = None
        for start, end in windows(article.text):
            body = next(iter(self.nlp.pipe([self.annotate(article.text[start:end], article, Where.BODY, names)])))
            names = {**names, **body._.names} if len(names) < MAX_SHARED_NAMES else names
            title = None
            if credit is None:
                credit = read_credit(article, body, self.cues.legal_forms, self.cues.agency_words)
                title = next(iter(self.nlp.pipe([self.annotate(article.title, article, Where.TITLE, names)])))
            parts.append((start, assemble(article, body, title, self.cues, credit)))
        return joined(parts)

    def annotate(self, text: str, article: Article, where: Where, names: Mapping[str, object]) -> Doc:
        """A Doc of one text, ready for the pipeline."""
        doc = self.nlp.make_doc(text)
        doc._.article, doc._.where, doc._.names = article, where.value, dict(names)
        return doc

    def _read_batch(self, articles: Sequence[Article]) -> list[Reading]:
        bodies = [self.annotate(article.text, article, Where.BODY, {}) for article in articles]
        bodies = list(self.nlp.pipe(bodies))
        titles = [
            self.annotate(article.title, article, Where.TITLE, body._.names)
            for article, body in zip(articles, bodies, strict=True)
        ]
        titles = list(self.nlp.pipe(titles))
        return [
            assemble(article, body, title, self.cues)
            for article, body, title in zip(articles, bodies, titles, strict=True)
        ]


def assemble(article: Article, body: Doc, title: Doc | None, cues: AssemblyCues, credit: Credit | None = None) -> Reading:
    """The reading of one article from its two Docs; a window further down comes without a title and with its credit."""
    credit = credit or read_credit(article, body, cues.legal_forms, cues.agency_words)
    below = Page(article, body, cues, credit, None)
    told = below.claims()
    if title is None:
        return _reading(article, told, below.traces, _mentions(body, "body"), cues)
    above = Page(article, title, cues, credit, below.cast, below.timeline)
    headed = above.claims()
    claims, traces = [], {**below.traces, **above.traces}
    for claim in headed:
        full, other = as_in_body(claim, told)
        traces[full.id] = retraced(above.traces[claim.id], claim, full, "body", traces[other.id])
        claims.append(full)
    mentions = [*_mentions(title, "title"), *_mentions(body, "body")]
    return _reading(article, [*claims, *told], traces, mentions, cues)


def _reading(
    article: Article,
    claims: Sequence[Claim],
    traces: Mapping[str, tuple[Trace, ...]],
    mentions: Iterable[Mention],
    cues: AssemblyCues,
) -> Reading:
    """The reading, each claim with how likely it is right."""
    ways = [traces[claim.id] for claim in claims]
    known = [known_of(claim, way) for claim, way in zip(claims, ways, strict=True)]
    sure = [replace(claim, confidence=cues.confidence.of(one)) for claim, one in zip(claims, known, strict=True)]
    return Reading(article.id, tuple(sure), tuple(mentions), tuple(ways))


def _mentions(doc: Doc, where: str) -> Iterator[Mention]:
    for entity in doc._.entities:
        if entity.kind != "group":
            text = text_of(doc)[entity.start : entity.end]
            yield Mention(entity.entity_id, entity.name, entity.kind, where, entity.start, entity.end, text, entity.known)
