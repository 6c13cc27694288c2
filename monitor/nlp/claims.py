"""Articles → annotated Docs → claims: the one way out of spaCy."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, Modality
from monitor.domain.entity import Mention
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.quantity import Quantity
from monitor.nlp.anchors import Anchor, Tie, anchor
from monitor.nlp.attributes import DateSpan, EntitySpan, QuantitySpan
from monitor.nlp.cast import Cast
from monitor.nlp.cells import Cell, cells_in, measured_in
from monitor.nlp.compared import is_more_than_before, lead, multiple
from monitor.nlp.credits import Credit, read_credit
from monitor.nlp.denials import find_denials
from monitor.nlp.echoes import Echoes, Told, compares, stand_in
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.governing import Timed
from monitor.nlp.labels import labelled_metric
from monitor.nlp.layout import find_dateline
from monitor.nlp.metric_cues import MetricCues
from monitor.nlp.metric_forms import measured_by
from monitor.nlp.metric_money import traded_metric
from monitor.nlp.metrics import metric_of, plain_metric
from monitor.nlp.named import Named
from monitor.nlp.owners import clause_subject
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.policy_rates import PolicyRates
from monitor.nlp.qualifiers import QualifierCues, Scoped, qualifiers_of
from monitor.nlp.subjects import Asked, Subject, subject_of_figure, traded_subject
from monitor.nlp.text import text_of
from monitor.nlp.time_cues import TimeCues
from monitor.nlp.times import FigureTime, Timeline
from monitor.nlp.voice import Voice, told_in_title, voice_of
from monitor.nlp.windows import WINDOW_CHARS, joined, masked, verbatim, windows
from monitor.nlp.world import is_told

READER = "rules-1"
_CARRIED = frozenset({"organisation", "product", "chip", "model", "process", "event"})
_SHORTENED = frozenset({"organisation", "person", "product"})
SHORTEST_SHORT_NAME = 4  # letters: shorter words say too little of a name
_GAPPED = frozenset({"on", "at", "to", "by", "with"})
_BARE = frozenset({"count:item", "ratio"})  # units of a number that stands alone
SUPPORT = "support"  # what polls measure
KILLED = "people killed"  # which they are not where a text is about a disease or about births
POLL_WORDS = 3  # from which on an article is about polls
_ABOUT = frozenset({"to", "of", "about", "on"})  # "letters to 900 people", "reports of £30,000": of something else
TOLD_TRUST = 0.6  # of a metric, from which on other figures may go by it
BATCH = 16
MAX_SHARED_NAMES = 2000


@dataclass(frozen=True)
class AssemblyCues:
    """What the assembly knows of English, from cues/en/names.toml and metrics.toml."""

    metrics: MetricCues
    nominals: Mapping[str, str]
    events: Mapping[str, str]
    legal_forms: frozenset[str]
    agency_words: frozenset[str]
    countries: Mapping[str, str]
    state: frozenset[str]
    times: TimeCues
    qualifiers: QualifierCues
    policy_rates: PolicyRates

    @staticmethod
    def read(models: Path) -> "AssemblyCues":
        """The cues of a folder of models."""
        folder = models / "cues" / "en"
        names = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
        countries = tomllib.loads((models / "gazetteer" / "countries.toml").read_text(encoding="utf-8"))["names"]
        return AssemblyCues(
            MetricCues.read(folder / "metrics.toml"),
            {word: kind for kind, words in reversed(names["nominals"].items()) for word in words},
            {word: noun for noun, words in names["events"].items() for word in words},
            frozenset(names["legal_forms"]),
            frozenset(names["agency_words"]),
            {surface: name for name, aliases in countries.items() for surface in (name, *aliases)},
            frozenset(names["state"]["nouns"]),
            TimeCues.read(folder),
            QualifierCues.read(folder),
            PolicyRates.read(models / "ontology" / "policy_rates.toml"),
        )


class Reader:
    """Reads articles. Each reading is a function of its article and the data of models/ alone."""

    def __init__(self, nlp: Language, models: Path) -> None:
        self.nlp = nlp
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
                readings.append(read if is_same else verbatim(read, article.title, article.text))
        return readings

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
    below = _Page(article, body, cues, credit, None)
    told = below.claims()
    if title is None:
        return Reading(article.id, tuple(told), tuple(_mentions(body, "body")))
    above = _Page(article, title, cues, credit, below.cast, below.timeline)
    claims = [*(_as_in_body(claim, told) for claim in above.claims()), *told]
    mentions = [*_mentions(title, "title"), *_mentions(body, "body")]
    return Reading(article.id, tuple(claims), tuple(mentions))


def _as_in_body(claim: Claim, told: Sequence[Claim]) -> Claim:
    """A title's claim with what the body says of the same figure: a title has no room for metric, time and source."""
    for other in sorted(told, key=lambda claim: claim.quantity.unit == "count:item"):
        if same_figure(claim.quantity, other.quantity):
            is_bare = claim.quantity.unit in _BARE
            return replace(
                claim,
                quantity=replace(claim.quantity, unit=other.quantity.unit) if is_bare else claim.quantity,
                subject=other.subject,
                subject_id=other.subject_id,
                subject_kind=other.subject_kind,
                metric=other.metric,
                qualifiers=other.qualifiers,
                time=other.time,
                time_text="",
                **told_in_title(claim, other),
            )
    return claim


def same_figure(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities state one number in one unit; a headline often leaves the noun counted out."""
    if a.date != b.date or (a.value, a.low, a.high) != (b.value, b.low, b.high):
        return False
    return a.unit == b.unit or a.unit in _BARE or (a.unit.startswith("count") and b.unit.startswith("count"))


def _mentions(doc: Doc, where: str) -> Iterator[Mention]:
    for entity in doc._.entities:
        if entity.kind != "group":
            text = text_of(doc)[entity.start : entity.end]
            yield Mention(entity.entity_id, entity.name, entity.kind, where, entity.start, entity.end, text, entity.known)


@dataclass(frozen=True)
class _Figure:
    """A quantity or date that is to become a claim, and where it hangs."""

    span: QuantitySpan
    anchor: Anchor
    sentence: Span
    date: DateSpan | None = None
    index: int = -1


_Last = tuple[_Figure, str, Subject | None, FigureTime]


@dataclass
class _Memory:
    """What the text before says: the subject and metric of the last figure, by sentence and unit."""

    echoes: Echoes
    subject: Player | None = None
    paragraph: int = -1
    sentence: int = -1
    figure: _Last | None = None
    owners: dict[str, Subject] = field(default_factory=dict)
    trust: dict[str, float] = field(default_factory=dict)


class _Page:
    """One Doc with all that is needed to turn its figures into claims."""

    def __init__(
        self,
        article: Article,
        doc: Doc,
        cues: AssemblyCues,
        credit: Credit,
        above: Cast | None,
        times: Timeline | None = None,
    ) -> None:
        self._article, self._doc, self._cues, self._credit, self._above = article, doc, cues, credit, above
        dateline = find_dateline(text_of(doc), doc._.paragraphs) if above is None else None
        self._opening = (dateline.start, dateline.end) if dateline else (0, 0)
        favoured = [m.name for m in doc._.entities if _is_in_title(text_of(doc)[m.start : m.end], m, article.title)]
        named = Named(
            doc,
            publisher=article.publisher,
            nominals=cues.nominals,
            events=cues.events,
            countries=cues.countries,
            state=cues.state,
            favoured=favoured,
            opening_end=self._opening[1],
        )
        self.cast = Cast(named)
        self._dates = [date for date in doc._.dates if not self._in_opening(date.start)]
        self.timeline = Timeline(doc, self._dates, article.published, cues.times, times)
        self._cells = cells_in(text_of(doc))
        barred = [(q.start, q.end) for q in doc._.quantities] + [(d.start, d.end) for d in doc._.dates]
        counts = Counter(token.lemma_.lower() for token in doc if token.lemma_.lower() in cues.metrics.measures)
        self._measure = min(counts, key=lambda word: (-counts[word], word)) if counts else ""
        if sum(token.lemma_.lower() in cues.metrics.polls for token in doc) >= POLL_WORDS:
            self._measure = SUPPORT
        natural = cues.metrics.names.natural
        sick = sum(token.lemma_.lower() in natural for token in doc)
        self._dies_of_itself = sick >= cues.metrics.names.natural_often
        self._phrase = Phrase(doc, doc._.entities, barred, cues.metrics)

    def _in_opening(self, at: int) -> bool:
        return self._opening[0] <= at < self._opening[1]

    def claims(self) -> list[Claim]:
        """The claims of this text in order of their spans."""
        memory = _Memory(echoes=Echoes(self._cues.metrics, self._measure))
        made: list[tuple[_Figure, Claim]] = []
        for figure in self._figures():
            claim = self._claim(figure, memory)
            if claim is not None:
                made.append((figure, claim))
        return _paired(_agreed(made, memory.trust), self._doc._.quantities)

    def _figures(self) -> list[_Figure]:
        found = []
        for index, span in enumerate(self._doc._.quantities):
            if span.aside or self._in_opening(span.start) or self._colours_heading(span):
                continue
            if not self._is_inside_other(span):
                found.append(self._figure(span, None, index))
        for date in self._doc._.dates:
            if date.is_figure and not self._in_opening(date.start):
                quantity = Quantity(unit="date", date=date.period.iso())
                span = QuantitySpan(date.start, date.end, quantity, date.start, date.end, date.end, date.end)
                figure = self._figure(span, date, -1)
                if not _only_dates(figure, found):
                    found.append(figure)
        for span, verb, thing in find_denials(self._doc, self._cues.metrics.deeds):
            hung = Anchor(thing, Tie.LEVEL, noun=thing, verb=verb)
            found.append(_Figure(span, hung, verb.sent))
        return sorted(found, key=lambda figure: (figure.span.start, figure.span.end))

    def _figure(self, span: QuantitySpan, date: DateSpan | None, index: int) -> _Figure:
        is_change = span.quantity.direction is not None
        hung = anchor(self._doc, span.start, span.end, span.quantity.unit, self._cues.metrics.verbs, is_change=is_change)
        if hung.verb is not None and self.cast.named.at(hung.verb) is not None:
            hung = replace(hung, noun=hung.noun or hung.verb, verb=None)  # "Left" of "the Green Left"
        gapped = self._gapped_name(span)
        if gapped is not None:
            hung = replace(hung, noun=gapped)
        return _Figure(span, hung, hung.head.sent, date, index)

    def _gapped_name(self, span: QuantitySpan) -> Token | None:
        """ "Ruland" in "Sarn stood at 31 percent and Ruland at 22 percent", where the parse loses it."""
        inside = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        at = inside.start if inside is not None else 0
        if at < 3 or self._doc[at - 1].lower_ not in _GAPPED:
            return None
        name = self._doc[at - 2]
        mention = next((m for m in self.cast.named.mentions if m.start <= name.idx < m.end), None)
        if mention is None:
            return None
        before = text_of(self._doc)[name.sent.start_char : mention.start].rstrip().removesuffix(" the")
        joined = before.endswith((" and", ",", ";", " but", " while"))
        return name if joined and any(character.isdigit() for character in before) else None

    def _colours_heading(self, span: QuantitySpan) -> bool:
        """ "Two yields, one process": a heading that counts its own topics."""
        spelled = not any(letter.isdigit() for letter in text_of(self._doc)[span.number_start : span.number_end])
        headings = self._doc._.headings if spelled and span.quantity.unit.startswith("count") else []
        return any(start <= span.start < end for start, end in headings)

    def _is_inside_other(self, span: QuantitySpan) -> bool:
        """Numbers of dates and of names are no figures of their own."""
        for date in self._doc._.dates:
            if date.start <= span.number_start and span.number_end <= date.end and not date.is_figure:
                return True
        return any(
            entity.start <= span.number_start and span.number_end <= entity.end and entity.kind != "event"
            for entity in self._doc._.entities
        )

    def _claim(self, figure: _Figure, memory: _Memory) -> Claim | None:
        self._turn_to(figure, memory)
        echoes = memory.echoes
        metric, metric_trust, subject = self._metric(figure, memory, echoes)
        unit = echoes.unit_of(metric, figure.span.quantity.unit)
        if unit != figure.span.quantity.unit:
            figure = replace(figure, span=replace(figure.span, quantity=replace(figure.span.quantity, unit=unit)))
        if subject is None:
            asked = Asked(figure.anchor, metric, figure.span.quantity.unit, memory.subject)
            subject = subject_of_figure(asked, self.cast, self._cues.metrics, self._phrase)
        metric = self._named(metric, figure, subject)
        voice = voice_of(self._doc, figure.span.start, figure.span.end, self._credit)
        named = subject.player.name if subject is not None else ""
        time = self._time(figure, metric or plain_metric(figure.span, self._cues.metrics), named, voice.modality)
        evidence = self._evidence(figure)
        if evidence is None:
            return None
        echoes.learn(metric, unit, figure.anchor.tie)
        if metric and subject is not None:
            memory.owners.setdefault(metric, subject)
        metric = metric or plain_metric(figure.span, self._cues.metrics)
        if voice.modality is Modality.FORECAST and not self._cues.metrics.outlook.intersection(metric.split()):
            own = subject is not None and voice.chain[0].name == subject.player.name
            guided = own and self._cues.metrics.company.intersection(metric.split())
            metric = f"{metric} guidance" if guided else f"{metric} forecast"
        if traded_metric(figure.span, figure.anchor, self._cues.metrics):
            subject = traded_subject(figure.anchor, self.cast, self._phrase)
        elif subject is not None and self._is_carried(subject):
            memory.subject = subject.player
        if metric.split()[0] not in self._cues.metrics.leads.values():  # "three points ahead of Sarn on 31"
            memory.figure = (figure, metric, subject, time)
        player = subject.player if subject is not None else Player(self._article.publisher, "other", "")
        claim_id = self._id(evidence, figure.span.quantity.unit)
        memory.trust[claim_id] = metric_trust
        scoped = Scoped(figure.span, figure.anchor, player.name, metric, time.text if time.rule == "governing" else "")
        return Claim(
            id=claim_id,
            article_id=self._article.id,
            evidence=evidence,
            subject=player.name,
            metric=metric,
            quantity=figure.span.quantity,
            sources=voice.chain,
            qualifiers=qualifiers_of(self._doc, scoped, self.cast.named.mentions, self._cues.qualifiers),
            subject_id=player.entity_id or None,
            subject_kind="place" if player.kind == "group" else player.kind,
            time=time.period,
            time_text=time.text,
            modality=voice.modality,
            polarity=voice.polarity,
            confidence=_confidence(subject, metric_trust, time, voice),
            reader=READER,
        )

    def _metric(self, figure: _Figure, memory: _Memory, echoes: Echoes) -> tuple[str, float, Subject | None]:
        """The metric, how sure it is, and the subject where the figure goes on with that of the one before."""
        cues, unit = self._cues.metrics, figure.span.quantity.unit
        step = figure.span.quantity.step
        # "6.8" counts nothing, and goes on with no count
        unit = "ratio" if unit == "count:item" and step is not None and step < 1 else unit
        before = memory.figure
        told = Told(before[1], before[0].span.quantity.unit) if before is not None else None
        beside = before is not None and figure.sentence.start == before[0].sentence.start
        if (
            before is not None
            and told is not None
            and beside
            and (before[0].span.quantity.direction is None or figure.span.quantity.direction is not None)
            and compares(self._doc, figure.span.start, unit, told, cues)
        ):
            return _moved(before[1], figure, before[0]), 0.6, self._same_subject(figure, before)
        cell = self._cell(figure)
        row = self._row(cell) if cell is not None else None
        in_cell = measured_in(self._doc, cell, self._phrase, cues, named=row is not None) if cell is not None else ""
        if cell is not None and in_cell and (cell.column[1] or not figure.span.counted):
            return in_cell, 0.8, row
        if row is not None:
            return metric_of(figure.span, figure.anchor, self._phrase, cues)[0], 0.6, row
        labelled = labelled_metric(self._doc, figure.span, figure.anchor, self._phrase, cues)
        if labelled:
            return labelled, 0.8, None
        compared = self._compared(figure, before if beside else None)
        if compared:
            return compared, 0.6, None
        metric, trust = metric_of(figure.span, figure.anchor, self._phrase, cues)
        if before is not None and _continues(figure, before[0], metric):
            return _moved(before[1], figure, before[0]), 0.5, self._same_subject(figure, before)
        if not metric or figure.anchor.tie in {Tie.LEVEL, Tie.CHANGE}:
            metric, trust = metric_of(figure.span, stand_in(figure.anchor, self._phrase), self._phrase, cues)
        metric = "" if self._is_of_thing(figure, metric) else metric
        full = echoes.complete(metric, unit, figure.anchor.tie, told)
        if figure.anchor.tie is Tie.SHARE and told is not None and beside and self._is_restated(figure.span.start):
            full = full if " as " in full else f"{told.metric} as {full}"
        if full and figure.anchor.tie is Tie.CHANGE and "annual" not in full.split() and self._is_yearly(figure):
            full = f"annual {full}"
        return full, trust if full == metric else 0.4, self._owner_told(figure, memory, full, metric)

    def _named(self, metric: str, figure: _Figure, subject: Subject | None) -> str:
        """The metric by its common name, and by that of a central bank's policy rate."""
        cues, bank = self._cues, subject.player.name if subject is not None else ""
        metric = " ".join(cues.metrics.names.of(metric.split(), measured_by(figure.span, cues.metrics)))
        if metric == KILLED and self._dies_of_itself:
            return "deaths"
        return cues.policy_rates.named(metric, figure.span.quantity.unit, bank, cues.metrics.names.after)

    def _cell(self, figure: _Figure) -> Cell | None:
        """The cell of a table or the line of a list in which a figure stands."""
        start = figure.span.start
        return next((cell for (first, end), cell in self._cells.items() if first <= start < end), None)

    def _row(self, cell: Cell) -> Subject | None:
        """The named thing that a row is about."""
        text = text_of(self._doc)
        name = text[slice(*cell.row)].strip(" \t-–—•*·")
        named = self.cast.named.within(*cell.row)
        if named and text[named[0].start : named[0].end] == name:
            return Subject(Player.of(named[0]), 0.85, "row")
        is_listed = cell.sort[1] == 0  # a list "by district" names them all
        kind = (
            named[0].kind
            if named
            else "other"
            if is_listed
            else self._cues.nominals.get(text[slice(*cell.sort)].strip().lower())
        )
        return Subject(Player(name, kind, entity_id(name)), 0.8, "row") if kind and name[:1].isupper() else None

    def _compared(self, figure: _Figure, before: _Last | None) -> str:
        """The metric of a figure that says how one thing compares with another; empty for others."""
        ahead = lead(self._doc, figure.span, self._cues.metrics)
        if ahead:
            return ahead
        if before is None:
            return ""
        last, metric = before[0].span, before[1]
        if figure.span.quantity.unit != last.quantity.unit and is_more_than_before(self._doc, figure.span, last):
            return f"annual {metric} change" if self._is_yearly(figure) else f"{metric} change"
        other = multiple(self._doc, figure.span, self._phrase)
        return f"{metric} compared with {other}" if other else ""

    def _owner_told(self, figure: _Figure, memory: _Memory, full: str, own: str) -> Subject | None:
        """Whose an earlier figure of this metric was, where somebody only tells one: "the ministry speaks of nine"."""
        is_bare = figure.anchor.counted is None and not figure.span.counted
        is_number = figure.span.quantity.unit.startswith("count") and is_bare
        if not (is_number or full != own) or not is_told(figure.anchor, self.cast.named.world.cues):
            return None
        return memory.owners.get(full)

    def _same_subject(self, figure: _Figure, before: _Last) -> Subject | None:
        """The subject of the figure before, unless a rival is named since: "34 percent and the Green List on 31"."""
        last, _, subject, _ = before
        since = self.cast.named.within(last.span.end, figure.span.start)
        own = subject.player.name if subject is not None else ""
        doer = clause_subject(figure.anchor)
        teller = self.cast.meant(doer) if doer is not None else None
        told = is_told(figure.anchor, self.cast.named.world.cues)
        if doer is not None and told and teller is not None and self.cast.named.is_onlooker(teller):
            since = [m for m in since if not doer.left_edge.idx <= m.start <= doer.idx]
        elif doer is not None and not told and self._is_other(doer, figure, own):
            return None
        return None if any(m.kind in {*_CARRIED, "other"} and m.name != own for m in since) else subject

    def _is_other(self, doer: Token, figure: _Figure, own: str) -> bool:
        """Whether the subject of a figure's clause is another thing than the one before: a name, a noun with figures."""
        named = self.cast.named.at(doer)
        if named is not None:
            return named.name != own
        is_plain = doer.pos_ == "NOUN" and doer.lemma_.lower() not in self._cues.metrics.generic
        return is_plain and doer != figure.anchor.noun and figure.anchor.counted is None and self.cast.meant(doer) is None

    def _is_carried(self, subject: Subject) -> bool:
        """Whether the figures after this one may go on with its subject."""
        is_thing = subject.player.kind in _CARRIED or self.cast.named.is_works(subject.player)
        return is_thing and subject.rule in {"noun", "clause", "event"}

    def _is_restated(self, start: int) -> bool:
        """ "costs of 3 million, or 40 percent of revenue": the share is what the figure before it makes."""
        return text_of(self._doc)[max(0, start - 5) : start].split()[-1:] == ["or"]

    def _is_of_thing(self, figure: _Figure, metric: str) -> bool:
        """Whether a percentage is said of a thing that has none ("the mill was at 45%"): a measure of it is meant."""
        noun = figure.anchor.noun
        moved = figure.anchor.tie is Tie.CHANGE and metric.endswith(" change")
        metric = metric.removesuffix(" change") if moved else metric
        unit = figure.span.quantity.unit
        if noun is None or not (figure.anchor.tie is Tie.LEVEL or moved) or unit not in {"percent", "percentage_point"}:
            return False
        kinds = {"product", "place", "organisation"} if self._measure == SUPPORT else {"product", "place"}
        is_thing = self._cues.nominals.get(noun.lemma_.lower()) in kinds
        return bool(is_thing and self._measure and metric.split()[-1:] == [noun.lower_])

    def _is_yearly(self, figure: _Figure) -> bool:
        start, end = self._sentence_edges(figure.span.start, figure.span.end)
        near = text_of(self._doc)[max(start, figure.span.start - 80) : min(end, figure.span.end + 80)].lower()
        return any(phrase in near for phrase in self._cues.metrics.yearly)

    def _topic(self) -> Player | None:
        own = self.cast.topic()
        if own is None and self._above is not None:
            return self._above.event or self._above.topic()
        return own

    def _turn_to(self, figure: _Figure, memory: _Memory) -> None:
        """Forget the running subject where a new paragraph begins."""
        paragraph = next((i for i, (a, b) in enumerate(self._doc._.paragraphs) if a <= figure.span.start < b), -1)
        if paragraph != memory.paragraph:
            memory.paragraph = paragraph
            memory.subject = self._topic() if self._above is not None else None

    def _evidence(self, figure: _Figure) -> Evidence | None:
        text, span = text_of(self._doc), figure.span
        if self._doc._.where == Where.TITLE.value:
            start, end = 0, len(text)
        else:
            start, end = self._sentence_edges(span.start, span.end)
        return Evidence(
            Where(self._doc._.where), text[start:end], start, end, text[span.start : span.end], span.start, span.end
        )

    def _sentence_edges(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a figure without blanks at its ends; sentences that a figure straddles are joined."""
        inside = self._doc.char_span(start, end, alignment_mode="expand") or self._doc[:1]
        first, last = inside[0].sent, inside[-1].sent
        a, b = min(first.start_char, start), max(last.end_char, end)
        text = text_of(self._doc)[a:b]
        return a + len(text) - len(text.lstrip()), a + len(text.rstrip())

    def _time(self, figure: _Figure, metric: str, subject: str, modality: Modality) -> FigureTime:
        """The time that the figure is of."""
        span, hung = figure.span, figure.anchor
        if figure.date is not None:
            return FigureTime(figure.date.period, text_of(self._doc)[figure.date.start : figure.date.end], 1.0, "date")
        timed = Timed(span.start, span.end, hung.head, hung.noun, metric, subject, modality, span.quantity.unit)
        return self.timeline.time_of(timed)

    def _id(self, evidence: Evidence, unit: str) -> str:
        return content_id("clm", self._article.id, evidence.where.value, evidence.span_start, evidence.span_end, unit)


def _is_in_title(surface: str, mention: EntitySpan, title: str) -> bool:
    """Whether a title names a thing, be it by the first word of its name, of a person by the last."""
    if surface.lower() in title.lower():
        return True
    words = mention.name.split()
    short = words[-1] if mention.kind == "person" else words[0]
    is_telling = len(words) > 1 and len(short) >= SHORTEST_SHORT_NAME and short[:1].isupper()
    is_site = mention.kind == "place" and words[-1].islower()
    return is_telling and (is_site or mention.kind in _SHORTENED) and short in re.findall(r"[\w-]+", title)


def _only_dates(dated: _Figure, others: Sequence[_Figure]) -> bool:
    """ "Expected inflation of 2.6 percent in March": the day dates the other figure of its verb."""
    verb = dated.anchor.verb
    return verb is not None and any(
        other.date is None
        and other.anchor.verb is not None
        and other.anchor.verb.i == verb.i
        and verb.idx < other.span.start < dated.span.start
        for other in others
    )


def _continues(figure: _Figure, before: _Figure, metric: str) -> bool:
    """Whether a figure without a metric goes on with that of the figure before it: "up from 2.4%", "it was 3%"."""
    unit, last = figure.span.quantity.unit.split("/")[0], before.span.quantity.unit.split("/")[0]
    same_unit = unit == last
    noun = figure.anchor.noun
    is_pronoun = noun is not None and noun.tag_ in {"PRP", "DT", "WDT"}
    points_back = noun is not None and noun.lower_ in {"that", "this"} and _alike(figure, before)
    if figure.sentence.start == before.sentence.start:
        return not metric and _sort(unit) == _sort(last)
    gap = figure.sentence.start_char - before.sentence.end_char
    return gap < 3 and (points_back or (same_unit and (is_pronoun or not metric)))


def _alike(figure: _Figure, before: _Figure) -> bool:
    """Whether "That is 0.6 percent more", "That makes 90,000 tonnes" may be said of what the figure before it gives."""
    units = [one.span.quantity.unit.split("/")[0].split(":")[0] for one in (figure, before)]
    return figure.span.quantity.direction is not None or _sort(units[0]) == _sort(units[1]) or "count" in units


def _sort(unit: str) -> str:
    """Units whose figures may be of one thing: shares and points of them, money, counts."""
    if unit in {"percent", "percentage_point", "ratio", "point"}:
        return "share"
    return "money" if len(unit) == 3 and unit.isupper() else unit.split(":")[0]


def _moved(metric: str, figure: _Figure, before: _Figure) -> str:
    """The metric of the figure before, as a change where this one says how much it moved."""
    if figure.span.quantity.direction is None or before.span.quantity.direction is not None:
        return metric
    return f"{metric} change"


def _agreed(made: list[tuple[_Figure, Claim]], trust: Mapping[str, float]) -> list[tuple[_Figure, Claim]]:
    """The claims; those that repeat a number of the text are of what it was when it was first told."""
    first: dict[tuple[object, ...], Claim] = {}
    agreed = []
    for figure, claim in made:
        told = first.get(_number(claim.quantity)) if _is_telling(claim.quantity) else None
        if told is None and trust[claim.id] >= TOLD_TRUST:
            first[_number(claim.quantity)] = claim
        is_unsure = claim.quantity.unit in _BARE or trust[claim.id] < TOLD_TRUST or figure.anchor.preposition in _ABOUT
        agreed.append((figure, replace(claim, metric=told.metric) if told is not None and is_unsure else claim))
    return _filled(agreed, trust)


def _filled(made: list[tuple[_Figure, Claim]], trust: Mapping[str, float]) -> list[tuple[_Figure, Claim]]:
    """The claims, those whose text says nothing of what they measure with what most of their sort do here."""
    often = Counter(
        (_sort(claim.quantity.unit), claim.metric)
        for figure, claim in made
        if trust[claim.id] >= TOLD_TRUST and figure.anchor.tie in {Tie.LEVEL, Tie.COUNT}
    )
    filled = []
    for figure, claim in made:
        same = [(number, metric) for (sort, metric), number in often.items() if sort == _sort(claim.quantity.unit)]
        most = max(same, key=lambda one: one[0])[1] if same and trust[claim.id] == 0 else claim.metric
        filled.append((figure, replace(claim, metric=most)))
    return filled


def _number(quantity: Quantity) -> tuple[object, ...]:
    unit = "count" if quantity.unit.startswith("count") else quantity.unit
    return unit, quantity.value, quantity.low, quantity.high, quantity.date, quantity.direction


def _is_telling(quantity: Quantity) -> bool:
    """Whether a number is rare enough that who repeats it means the same thing: 34,000 and 2.45, not 3 or 50 percent."""
    number = (
        quantity.value if quantity.value is not None else quantity.high if quantity.high is not None else quantity.low
    )
    return number is not None and len(number.normalize().as_tuple().digits) > 1


def _confidence(subject: Subject | None, metric_trust: float, time: FigureTime, voice: Voice) -> float:
    """How likely value, subject, metric and asserter are all right, from how each was found."""
    trust = 0.3 + 0.35 * (subject.trust if subject else 0.0) + 0.3 * metric_trust + 0.05 * time.trust
    if voice.modality in {Modality.HYPOTHETICAL, Modality.QUESTION}:
        trust -= 0.1
    # The trusts run together near their top: spread out, so that of claims with 0.7 about seven in ten are right.
    return round(min(max(0.25 + 1.1 * (trust - 0.5), 0.05), 0.95), 2)


def _paired(made: list[tuple[_Figure, Claim]], quantities: list[QuantitySpan]) -> list[Claim]:
    """Claims of one figure in two units name each other and share what was found for the first."""
    by_index = {figure.index: claim for figure, claim in made if figure.index >= 0}
    claims = []
    for figure, claim in made:
        other = by_index.get(figure.span.same_as if figure.span.same_as is not None else -2)
        if other is not None:
            first = other if other.evidence.span_start < claim.evidence.span_start else claim
            claim = replace(
                claim,
                same_as=(other.id,),
                subject=first.subject,
                subject_id=first.subject_id,
                subject_kind=first.subject_kind,
                metric=first.metric,
                time=first.time,
                time_text=first.time_text,
                sources=first.sources,
                modality=first.modality,
                polarity=first.polarity,
            )
        claims.append(claim)
    seen: dict[str, Claim] = {}
    for claim in claims:
        seen.setdefault(claim.id, claim)
    return list(seen.values())
