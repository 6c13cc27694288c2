"""Figure → the scope that the text names for it: place, product, process, population, per what, method, fiscal period.

Qualifiers decide which claims are compared, so that only what is plainly said of this very figure becomes one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan, QuantitySpan
from monitor.nlp.clauses import Region, ancestors, end_of
from monitor.nlp.text import text_of
from monitor.nlp.ties import Anchor

LONGEST = 5  # words of a qualifier
REACH = 60  # characters past the figure in which its phrase may go on
BESIDE = 6  # tokens between a figure and a place said of it
_LEAD = re.compile(r"^(?:for|in|during|by|over|of|since|until)\s+(?:the\s+)?", re.IGNORECASE)
_PER = re.compile(
    r"\s+per\s+((?:(?:\d[\d,. ]*|million|thousand|hundred)\s*)?[a-z][a-z-]+(?:\s(?:births|people|inhabitants))?)"
)


@dataclass(frozen=True)
class QualifierCues:
    """The words of models/cues/en/qualifiers.toml, list by list."""

    populations: frozenset[str]
    population_leads: frozenset[str]
    methods: frozenset[str]
    place_leads: frozenset[str]
    fiscal: frozenset[str]
    products: frozenset[str]
    processes: frozenset[str]
    process_units: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> "QualifierCues":
        """The cues of a folder such as models/cues/en. A list that is missing is a KeyError with its name."""
        lists = tomllib.loads((folder / "qualifiers.toml").read_text(encoding="utf-8"))
        return cls(**{field.name: frozenset(lists[field.name]) for field in fields(cls)})


@dataclass(frozen=True)
class Scoped:
    """A figure whose scope is wanted, with what the claim says already: its subject, metric and words of time."""

    span: QuantitySpan
    anchor: Anchor
    subject: str
    metric: str
    time_text: str


def qualifiers_of(doc: Doc, figure: Scoped, mentions: Sequence[EntitySpan], cues: QualifierCues) -> dict[str, str]:
    """The qualifiers of a figure, by kind. Nothing that its subject or metric says already."""
    found = {
        "location": _location(doc, figure, mentions, cues),
        "product": _thing(figure, mentions, cues.products),
        "process": _thing(figure, mentions, cues.processes) or _size(doc, figure, cues),
        "population": _population(doc, figure, cues),
        "per": _per(doc, figure),
        "method": _method(doc, figure, cues),
        "fiscal period": _fiscal_period(figure.time_text, cues),
    }
    return {kind: value for kind, value in found.items() if value and not _is_said(value, figure)}


def _is_said(value: str, figure: Scoped) -> bool:
    said = f"{figure.subject} {figure.metric}".lower()
    return value.lower() in said


def _nouns(figure: Scoped) -> Iterator[Token]:
    for noun in (figure.anchor.noun, figure.anchor.counted):
        if noun is not None:
            yield noun


def _phrase(noun: Token, figure: Scoped) -> Region:
    """The noun's phrase, as far as it stands near the figure."""
    return noun.left_edge.idx, min(end_of(noun.right_edge), figure.span.end + REACH)


def _inside(mentions: Sequence[EntitySpan], region: Region) -> Iterator[EntitySpan]:
    return (m for m in mentions if region[0] <= m.start and m.end <= region[1])


# --- places and things


def _location(doc: Doc, figure: Scoped, mentions: Sequence[EntitySpan], cues: QualifierCues) -> str:
    """A place in the noun's own phrase, or right behind the figure: "employs 640 people in Basel"."""
    if "share price" in figure.metric or "stock" in figure.metric:
        return ""  # where a share is traded is no scope of its price
    places = {m.start: m for m in mentions if _is_other_place(m, figure)}
    for noun in _nouns(figure):
        for mention in _inside(list(places.values()), _phrase(noun, figure)):
            token = _last_token(doc, mention)
            if token is not None and _is_said_of(token, noun, figure, cues):
                return _joined(token, mention, places)
    beside = _place_beside(doc, figure, cues)
    if beside is None:
        return ""
    found = next((m for m in places.values() if m.start <= beside.idx < m.end), None)
    return _joined(beside, found, places) if found is not None else ""


def _last_token(doc: Doc, mention: EntitySpan) -> Token | None:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None else None


def _is_said_of(token: Token, noun: Token, figure: Scoped, cues: QualifierCues) -> bool:
    """Whether a place is part of the noun's own phrase: not of something joined to it, nor told in a clause about it."""
    if token.idx > figure.span.end and any(c.isdigit() for c in text_of(token.doc)[figure.span.end : token.idx]):
        return False
    for step in ancestors(token):
        if step == noun:
            return True
        if step.dep_ not in {"pobj", "prep", "compound", "poss", "amod", "nmod", "appos"}:
            return False
        if step.dep_ == "prep" and step.lower_ not in cues.place_leads | {"of"}:
            return False
    return False


def _joined(token: Token, mention: EntitySpan, places: Mapping[int, EntitySpan]) -> str:
    """The place, with one that is joined to it: "Basel and Ghent"; nothing where there are more."""
    names = [mention.name]
    for other in token.conjuncts:
        names += [m.name for m in places.values() if m.start <= other.idx < m.end]
    return " and ".join(names) if len(names) < 3 else ""


def _is_other_place(mention: EntitySpan, figure: Scoped) -> bool:
    return mention.kind == "place" and mention.name not in figure.subject and figure.subject not in mention.name


def _place_beside(doc: Doc, figure: Scoped, cues: QualifierCues) -> Token | None:
    """The noun that a preposition of place ties to what is counted, or to the verb right behind it."""
    span = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    if span is None:
        return None
    last = figure.anchor.counted.i if figure.anchor.counted is not None else span.end - 1
    for at in range(max(last, span.end - 1) + 1, min(len(doc), last + BESIDE)):
        token = doc[at]
        if token.is_punct or token.pos_ == "NUM" or token.is_space:
            return None
        if token.lower_ in cues.place_leads and token.dep_ == "prep":
            return next((c for c in token.children if c.dep_ == "pobj"), None)
    return None


def _thing(figure: Scoped, mentions: Sequence[EntitySpan], kinds: frozenset[str]) -> str:
    """A named product or process in the phrase of what is measured."""
    for noun in _nouns(figure):
        for mention in _inside(mentions, _phrase(noun, figure)):
            if mention.kind in kinds and mention.name != figure.subject:
                return mention.name
    return ""


def _size(doc: Doc, figure: Scoped, cues: QualifierCues) -> str:
    """The 7 nm of "7 nm yield"."""
    sizes = [one for one in doc._.quantities if one.aside == "scope" and one.quantity.unit in cues.process_units]
    regions = [_phrase(noun, figure) for noun in _nouns(figure)] if sizes else []
    for size in sizes:
        if any(start <= size.start and size.end <= end for start, end in regions):
            return text_of(doc)[size.number_start : size.end]
    return ""


# --- people, rates, methods, years of accounts


def _population(doc: Doc, figure: Scoped, cues: QualifierCues) -> str:
    """ "Obesity in children", "41 percent among women": a group that a share or rate is given for."""
    unit = figure.span.quantity.unit
    if unit != "percent" and "/" not in unit:
        return ""
    for lead in _leads(doc, figure, cues):
        for noun in lead.children:
            if noun.dep_ == "pobj" and noun.lower_ in cues.populations:
                words = doc[noun.left_edge.i : min(noun.right_edge.i, noun.i + 3) + 1]
                text = words.text if len(words) <= LONGEST else doc[noun.left_edge.i : noun.i + 1].text
                return text.lower() if len(text.split()) <= LONGEST else ""
    return ""


def _leads(doc: Doc, figure: Scoped, cues: QualifierCues) -> Iterator[Token]:
    """Prepositions that a group may follow: of the noun, or right behind the figure."""
    for noun in _nouns(figure):
        yield from (c for c in noun.children if c.dep_ == "prep" and c.lower_ in cues.population_leads)
    if figure.anchor.verb is not None:
        yield from (c for c in figure.anchor.verb.children if c.dep_ == "prep" and c.lower_ in {"among", "amongst"})
    span = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    if span is not None and span.end < len(doc) and doc[span.end].lower_ in cues.population_leads:
        yield doc[span.end]


def _per(doc: Doc, figure: Scoped) -> str:
    """ "4.2 deaths per 1,000 live births": the base of a rate that the unit does not name."""
    if "/" in figure.span.quantity.unit:
        return ""
    end = max(figure.span.end, figure.span.unit_end)
    match = _PER.match(text_of(doc), end)
    return match[1].strip() if match is not None and match[1] != "cent" else ""


def _method(doc: Doc, figure: Scoped, cues: QualifierCues) -> str:
    """How the figure was worked out, said in its own clause beside it or its noun."""
    start = min([figure.span.start, *(noun.left_edge.idx for noun in _nouns(figure))])
    text = text_of(doc)[max(start, figure.span.start - REACH) : figure.span.end + REACH // 2].lower()
    cut = len(text_of(doc)[max(start, figure.span.start - REACH) : figure.span.end])
    after = re.split(r"[.;\d\n]", text[cut:], maxsplit=1)[0]
    near = text[:cut] + after
    found = [method for method in cues.methods if method in near]
    return max(found, key=lambda method: (len(method), method), default="")


def _fiscal_period(time_text: str, cues: QualifierCues) -> str:
    """ "For fiscal 2027" → "fiscal 2027"; nothing for words of the calendar."""
    words = time_text.lower()
    starts = [match.start() for word in cues.fiscal if (match := re.search(rf"\b{re.escape(word)}", words))]
    if not starts:
        return ""
    return _LEAD.sub("", time_text)
