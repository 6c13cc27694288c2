"""What was found of a figure → how each field of its claim was found, with the words that gave it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from monitor.domain.claim import Claim, Modality, Polarity
from monitor.domain.source import SourceKind
from monitor.domain.trace import GAP, Trace
from monitor.nlp.attributes import Attribution, EntitySpan, ModalitySpan
from monitor.nlp.owners import clause_subject
from monitor.nlp.subjects import Subject
from monitor.nlp.text import text_of
from monitor.nlp.ties import Tie
from monitor.nlp.times import FigureTime
from monitor.nlp.told_figures import Figure
from monitor.nlp.voice import Voice

_STEM = 5  # letters that "invest" and "investment" share
_QUOTES = frozenset("\"“”„«»‘'")
_HELD: Mapping[str, Callable[[Claim], object]] = {
    "value": lambda claim: None,
    "unit": lambda claim: claim.quantity.unit,
    "subject": lambda claim: claim.subject,
    "metric": lambda claim: claim.metric,
    "time": lambda claim: claim.time,
    "modality": lambda claim: claim.modality,
    "polarity": lambda claim: claim.polarity,
    "source": lambda claim: claim.sources,
    "qualifiers": lambda claim: claim.qualifiers,
}


@dataclass(frozen=True)
class Found:
    """What was found of one figure, and the rules that cannot be told from that."""

    figure: Figure
    subject: Subject | None
    subject_rule: str
    metric: str
    metric_rule: str
    metric_trust: float
    time: FigureTime
    voice: Voice
    qualifiers: Mapping[str, str]
    is_echo: bool = False


def traces_of(doc: Doc, mentions: Sequence[EntitySpan], found: Found) -> tuple[Trace, ...]:
    """A trace for each field, in the order of FIELDS."""
    return (
        _value(doc, found.figure),
        _unit(doc, found),
        _subject(doc, mentions, found),
        _metric(found),
        _time(doc, found),
        _modality(doc, found),
        _polarity(doc, found.figure, found.voice),
        _source(doc, found.voice.told),
        _qualifiers(found),
    )


def retraced(own: tuple[Trace, ...], before: Claim, after: Claim, rule: str, other: Sequence[Trace]) -> tuple[Trace, ...]:
    """The traces of a claim, those of fields that `rule` changed with the trust of the claim they were taken from."""
    trust = {trace.field: trace.trust for trace in other}
    return tuple(
        replace(trace, rule=rule, cue="", start=-1, trust=trust.get(trace.field))
        if _HELD[trace.field](before) != _HELD[trace.field](after)
        else trace
        for trace in own
    )


def _value(doc: Doc, figure: Figure) -> Trace:
    span = figure.span
    if span.quantity.is_empty:
        return _cut(doc, "value", "denial", span.start, span.end)
    if figure.date is not None:
        return _cut(doc, "value", "date", span.start, span.end)
    is_range = span.quantity.low is not None and span.quantity.high is not None
    return _cut(doc, "value", "range" if is_range else "number", span.start, span.end)


def _unit(doc: Doc, found: Found) -> Trace:
    span = found.figure.span
    if span.quantity.is_empty or found.figure.date is not None:
        return Trace("unit", "denial" if span.quantity.is_empty else "date")
    if found.is_echo:
        return Trace("unit", "echo")
    if span.unit_start < span.unit_end:
        return _cut(doc, "unit", "counted" if span.counted else "unit", span.unit_start, span.unit_end)
    if span.counted:
        return Trace("unit", "counted", span.counted)
    return Trace("unit", "bare")


def _subject(doc: Doc, mentions: Sequence[EntitySpan], found: Found) -> Trace:
    if found.subject is None:
        return Trace("subject", "publisher", trust=0.0)
    name, sentence, at = found.subject.player.name, found.figure.sentence, found.figure.span.start
    named = [(one.start, one.end) for one in mentions if one.name == name]
    if not named and (start := text_of(doc).lower().find(name.lower())) >= 0:
        named = [(start, start + len(name))]
    if not named:
        return Trace("subject", found.subject_rule, trust=found.subject.trust)
    start, end = min(named, key=lambda one: _far(one[0], at, sentence))
    if not sentence.start_char <= start < sentence.end_char and (stands_in := _stand_in(found)) is not None:
        start, end = stands_in.start_char, stands_in.end_char
    return replace(_cut(doc, "subject", found.subject_rule, start, end), trust=found.subject.trust)


def _stand_in(found: Found) -> Span | None:
    """What stands for a subject that its sentence does not name: "the company", "it", "our"."""
    hung, doc = found.figure.anchor, found.figure.sentence.doc
    if found.subject_rule == "clause":
        token = clause_subject(hung)
        return doc[token.left_edge.i : token.i + 1] if token is not None else None
    nouns = (hung.whole, hung.noun, hung.counted, hung.head) if found.subject_rule == "noun" else ()
    owners = [child for noun in nouns if noun is not None for child in (noun, *noun.children) if child.pos_ == "PRON"]
    return doc[owners[0].i : owners[0].i + 1] if owners else None


def _far(start: int, at: int, sentence: Span) -> tuple[int, int]:
    """Names of the sentence first, then those before it, the nearest first."""
    if sentence.start_char <= start < sentence.end_char:
        return 0, abs(at - start)
    return (1, at - start) if start < at else (2, start)


def _metric(found: Found) -> Trace:
    """The words of the metric that stand in the sentence, and the verb that says that it moved."""
    figure = found.figure
    words = {word.lower() for word in found.metric.split()}
    said = [token for token in figure.sentence if _says(token, words)]
    verb = figure.anchor.verb
    if verb is not None and figure.anchor.tie is Tie.CHANGE and verb not in said:
        said.append(verb)
    said.sort(key=lambda token: token.i)
    start = said[0].idx if said else -1
    return Trace("metric", found.metric_rule, _run(said), start, found.metric_trust)


def _says(token: Token, words: set[str]) -> bool:
    if not token.is_alpha or token.is_stop:
        return False
    said = {token.lower_, token.lemma_.lower()}
    stems = {word[:_STEM] for word in words if len(word) >= _STEM}
    return bool(said & words or {word[:_STEM] for word in said if len(word) >= _STEM} & stems)


def _run(tokens: Sequence[Token]) -> str:
    """The words, with a mark where others stand between them."""
    parts = ""
    for before, token in zip([None, *tokens], tokens, strict=False):
        joint = "" if before is None else " " if token.i == before.i + 1 else GAP
        parts += joint + token.text
    return parts


def _time(doc: Doc, found: Found) -> Trace:
    time = found.time
    start = text_of(doc).find(time.text, found.figure.sentence.start_char) if time.text else -1
    return Trace("time", time.rule or "publication", time.text, start, time.trust)


def _modality(doc: Doc, found: Found) -> Trace:
    modality, told = found.voice.modality, found.voice.told
    around = _around(doc, found.figure)
    ruling = [one for one in around if one.modality is modality]
    if modality is Modality.ASSERTED:
        return Trace("modality", "plain")
    if not ruling and told is not None and told.modality is modality:
        return _cut(doc, "modality", "speech", told.cue_start, told.cue_end)
    if not ruling and found.voice.chain and found.voice.chain[0].kind is SourceKind.ANONYMOUS:
        return Trace("modality", "unnamed", found.voice.chain[0].label or "")
    closest = min(ruling or around, key=lambda one: (one.end - one.start, one.cue_start), default=None)
    if closest is None:
        return Trace("modality", "cue")
    return _cut(doc, "modality", "cue", closest.cue_start, closest.cue_end)


def _polarity(doc: Doc, figure: Figure, voice: Voice) -> Trace:
    if voice.polarity is Polarity.AFFIRMED:
        return Trace("polarity", "plain")
    ruling = [one for one in _around(doc, figure) if one.polarity is Polarity.NEGATED]
    closest = min(ruling, key=lambda one: (one.end - one.start, one.cue_start), default=None)
    if closest is None:
        return Trace("polarity", "cue")
    return _cut(doc, "polarity", "cue", closest.cue_start, closest.cue_end)


def _around(doc: Doc, figure: Figure) -> list[ModalitySpan]:
    span = figure.span
    return [one for one in doc._.modalities if one.start <= span.start and span.end <= one.end]


def _source(doc: Doc, told: Attribution | None) -> Trace:
    if told is None:
        return Trace("source", "own")
    if (told.start, told.end) == (0, len(text_of(doc))):
        return _cut(doc, "source", "issuer", told.cue_start, told.cue_end)
    if text_of(doc)[told.cue_start : told.cue_end] in _QUOTES:
        return _cut(doc, "source", "quotation", told.cue_start, told.cue_end)
    return _cut(doc, "source", "speech", told.cue_start, told.cue_end)


def _qualifiers(found: Found) -> Trace:
    if not found.qualifiers:
        return Trace("qualifiers", "none")
    return Trace("qualifiers", "scope", GAP.join(found.qualifiers.values()))


def _cut(doc: Doc, field: str, rule: str, start: int, end: int) -> Trace:
    return Trace(field, rule, text_of(doc)[start:end], start)
