"""One annotated text → its claims."""

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from monitor.domain.article import Article
from monitor.domain.claim import Claim, Modality
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.trace import Trace
from monitor.nlp.agreeing import agreed, filled, paired
from monitor.nlp.assembly_cues import AssemblyCues
from monitor.nlp.attributes import EntitySpan
from monitor.nlp.cast import Cast
from monitor.nlp.credits import Credit
from monitor.nlp.echoes import Echoes
from monitor.nlp.finding import Finder
from monitor.nlp.governing import Timed
from monitor.nlp.layout import find_dateline
from monitor.nlp.measuring import Measurer
from monitor.nlp.metric_money import traded_metric
from monitor.nlp.metrics import plain_metric
from monitor.nlp.named import Named
from monitor.nlp.phrases import Phrase
from monitor.nlp.players import Player
from monitor.nlp.qualifiers import Scoped, qualifiers_of
from monitor.nlp.subjects import Asked, Subject, subject_of_figure, traded_subject
from monitor.nlp.text import sentence_edges, text_of
from monitor.nlp.times import FigureTime, Timeline
from monitor.nlp.told_figures import CARRIED, Figure, Memory
from monitor.nlp.tracing import Found, retraced, traces_of
from monitor.nlp.voice import Voice, voice_of

_SHORTENED = frozenset({"organisation", "person", "product"})
SHORTEST_SHORT_NAME = 4  # letters: shorter words say too little of a name


class Page:
    """One Doc with all that is needed to turn its figures into claims. `traces`: of each claim made, by its id."""

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
        barred = [(q.start, q.end) for q in doc._.quantities] + [(d.start, d.end) for d in doc._.dates]
        self._phrase = Phrase(doc, doc._.entities, barred, cues.metrics)
        self.traces: dict[str, tuple[Trace, ...]] = {}
        self._measurer = Measurer(doc, self.cast, self._phrase, cues)
        self._finder = Finder(doc, named, cues.metrics, self._opening)

    def _in_opening(self, at: int) -> bool:
        return self._opening[0] <= at < self._opening[1]

    def claims(self) -> list[Claim]:
        """The claims of this text in order of their spans."""
        memory = Memory(echoes=Echoes(self._cues.metrics, self._measurer.measure))
        made = [(figure, self._claim(figure, memory)) for figure in self._finder.figures()]
        told = agreed(made, memory.trust)
        self._retrace((claim for _, claim in made), (claim for _, claim in told), "repeated")
        full = filled(told, memory.trust)
        self._retrace((claim for _, claim in told), (claim for _, claim in full), "usual")
        claims = paired(full, self._doc._.quantities)
        before = {claim.id: claim for _, claim in full}
        self._retrace((before[claim.id] for claim in claims), claims, "pair")
        return claims

    def _retrace(self, before: Iterable[Claim], after: Iterable[Claim], rule: str) -> None:
        """Note what a later look at all claims of the text changed."""
        for one, other in zip(before, after, strict=True):
            if one is not other:
                source = self.traces.get(other.same_as[0], ()) if other.same_as else ()
                self.traces[other.id] = retraced(self.traces[other.id], one, other, rule, source)

    def _claim(self, figure: Figure, memory: Memory) -> Claim:
        found = self._found(figure, memory)
        claim = self._made(found)
        memory.trust[claim.id] = found.metric_trust
        self.traces[claim.id] = traces_of(self._doc, self.cast.named.mentions, found)
        return claim

    def _found(self, figure: Figure, memory: Memory) -> Found:
        """What there is to say of a figure; `memory` keeps what those after it may go on with."""
        cues = self._cues.metrics
        self._turn_to(figure, memory)
        measured = self._measurer.metric(figure, memory, memory.echoes)
        unit = measured.unit or memory.echoes.unit_of(measured.metric, figure.span.quantity.unit)
        is_echo, figure = unit != figure.span.quantity.unit, figure.counting(unit)
        owner = measured.subject or self._owner(figure, measured.metric, memory)
        own = self._measurer.named(measured.metric, figure, owner)
        metric = own or plain_metric(figure.span, cues)
        voice = voice_of(self._doc, figure.span.start, figure.span.end, self._credit)
        time = self._time(figure, metric, owner.player.name if owner is not None else "", voice.modality)
        memory.learn(own, figure, owner)
        metric = self._foreseen(metric, owner, voice)
        is_traded = bool(traded_metric(figure.span, figure.anchor, cues))
        subject = traded_subject(figure.anchor, self.cast, self._phrase) if is_traded else owner
        if owner is not None and not is_traded and self._is_carried(owner):
            memory.subject = owner.player
        if metric.split()[0] not in cues.leads.values():  # "three points ahead of Sarn on 31"
            memory.figure = (figure, metric, subject, time)
            memory.recent += [memory.figure] if own else []
        is_brought = subject is not None and subject is measured.subject
        return Found(
            figure=figure,
            subject=subject,
            subject_rule=measured.subject_rule if is_brought else subject.rule if subject is not None else "",
            metric=metric,
            metric_rule=measured.rule if measured.metric else "plain",
            metric_trust=measured.trust,
            time=time,
            voice=voice,
            qualifiers=self._scope(figure, self._player(subject), metric, time),
            is_echo=is_echo,
        )

    def _made(self, found: Found) -> Claim:
        evidence, player = self._evidence(found.figure), self._player(found.subject)
        quantity = found.figure.span.quantity
        return Claim(
            id=self._id(evidence, quantity.unit),
            article_id=self._article.id,
            evidence=evidence,
            subject=player.name,
            metric=found.metric,
            quantity=quantity,
            sources=found.voice.chain,
            qualifiers=found.qualifiers,
            subject_id=player.entity_id or None,
            subject_kind="place" if player.kind == "group" else player.kind,
            time=found.time.period,
            time_text=found.time.text,
            modality=found.voice.modality,
            polarity=found.voice.polarity,
        )

    def _player(self, subject: Subject | None) -> Player:
        """Whose the figure is; the publisher's where that cannot be told."""
        return subject.player if subject is not None else Player(self._article.publisher, "other", "")

    def _owner(self, figure: Figure, metric: str, memory: Memory) -> Subject | None:
        asked = Asked(figure.anchor, metric, figure.span.quantity.unit, memory.subject)
        return subject_of_figure(asked, self.cast, self._cues.metrics, self._phrase)

    def _foreseen(self, metric: str, owner: Subject | None, voice: Voice) -> str:
        """The metric of a forecast says so; what a company foretells of its own business is guidance."""
        cues, words = self._cues.metrics, metric.split()
        if voice.modality is not Modality.FORECAST or cues.outlook.intersection(words):
            return metric
        is_own = owner is not None and voice.chain[0].name == owner.player.name
        return f"{metric} guidance" if is_own and cues.company.intersection(words) else f"{metric} forecast"

    def _scope(self, figure: Figure, player: Player, metric: str, time: FigureTime) -> dict[str, str]:
        governed = time.text if time.rule == "governing" else ""
        scoped = Scoped(figure.span, figure.anchor, player.name, metric, governed)
        return qualifiers_of(self._doc, scoped, self.cast.named.mentions, self._cues.qualifiers)

    def _is_carried(self, subject: Subject) -> bool:
        """Whether the figures after this one may go on with its subject."""
        is_thing = subject.player.kind in CARRIED or self.cast.named.is_works(subject.player)
        is_main = subject.rule == "event" and subject.player == self.cast.event
        return is_thing and (is_main or subject.rule in {"noun", "clause"})

    def _topic(self) -> Player | None:
        own = self.cast.topic()
        if own is None and self._above is not None:
            return self._above.event or self._above.topic()
        return own

    def _turn_to(self, figure: Figure, memory: Memory) -> None:
        """Forget the running subject where a new paragraph begins."""
        paragraph = next((i for i, (a, b) in enumerate(self._doc._.paragraphs) if a <= figure.span.start < b), -1)
        if paragraph != memory.paragraph:
            memory.paragraph = paragraph
            memory.subject = self._topic() if self._above is not None else None

    def _evidence(self, figure: Figure) -> Evidence:
        text, span = text_of(self._doc), figure.span
        if self._doc._.where == Where.TITLE.value:
            start, end = 0, len(text)
        else:
            start, end = sentence_edges(self._doc, span.start, span.end)
        return Evidence(
            Where(self._doc._.where), text[start:end], start, end, text[span.start : span.end], span.start, span.end
        )

    def _time(self, figure: Figure, metric: str, subject: str, modality: Modality) -> FigureTime:
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
