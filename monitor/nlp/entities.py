"""Mentions → entities: the catalogue first, then what statistics propose and what the article itself introduces."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from monitor.domain.entity import Entity
from monitor.domain.unit import Units
from monitor.nlp.attributes import EntitySpan, register
from monitor.nlp.coined import find_coined
from monitor.nlp.gazetteer import Gazetteer, read_gazetteer
from monitor.nlp.kinds import evidence_of_kind
from monitor.nlp.name_cues import NameCues
from monitor.nlp.naming import SEATED, Name, Surface, bare, fold, name_table
from monitor.nlp.numbered import find_numbered
from monitor.nlp.revealed import is_period, opens_with_name, quoted_titles
from monitor.nlp.text import text_of
from monitor.nlp.world import WorldCues, world_of

_KINDS = {
    "ORG": "organisation",
    "PERSON": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "NORP": "group",
}
_DESIGNATOR = re.compile(r"[A-Z][A-Za-z]{0,11}-?\d{1,4}[A-Za-z]{0,3}|\d{1,4}[A-Z]{1,2}\Z")
_NAMEPART = re.compile(r"[^\W\d_]", re.UNICODE)
_DASHES = frozenset({"-", "–", "—", "--"})
_NO_NAME = re.compile(r"[\d.,%$€£¥\s–-]+\Z")
LONGEST_NAME_TOKENS = 6
LONGEST_NAME_CHARS = 80
SHORT_NAME_CHARS = 4  # a designation such as H5, which needs its owner's name beside it
OWNER_REACH = 60  # tokens
BODY_OF_PLACE = 2.5  # weight of what the name of a council or university says of its first word


@dataclass(frozen=True)
class Found:
    """A mention before it is resolved: tokens, the kind proposed, the catalogue's entity if it is known."""

    start: int
    end: int
    kind: str
    known: Entity | None = None


def find_entities(doc: Doc, gazetteer: Gazetteer, cues: NameCues, given: Mapping[str, Name]) -> list[EntitySpan]:
    """All mentions in order. `given`: names that the body of the same article uses, for its title."""
    proposed = [*_known(doc, gazetteer), *_statistical(doc, cues), *_designators(doc), *_titles(doc)]
    found = _without_overlaps([*proposed, *_untagged(doc, proposed, cues)])
    found = _without_openers(doc, found, given, cues)
    found = _without_overlaps([*_without_stages(doc, found, cues), *_unmarked(doc, found, cues)])
    surfaces = _surfaces(doc, found, cues)
    found = _without_overlaps([*found, *_repeated(doc, surfaces, given)])
    found, sited = _with_sites(doc, found, cues)
    surfaces = _surfaces(doc, found, cues)
    table = name_table(list(surfaces.values()), _introductions(doc, found, cues), given)
    table = _with_owners(doc, found, table, cues)
    for short, long in sited.items():
        table.setdefault(short, table[long])
    doc._.names = table
    return [_span(doc, mention, table, cues) for mention in found]


def _span(doc: Doc, mention: Found, table: Mapping[str, Name], cues: NameCues) -> EntitySpan:
    span = doc[mention.start : mention.end]
    name = table[fold(bare(span.text, cues.legal_forms))]
    return EntitySpan(span.start_char, span.end_char, name.id, name.name, name.kind, name.known)


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[Found]:
    for match in gazetteer.find(doc):
        yield Found(match.start, match.end, match.entity.kind, match.entity)


def _statistical(doc: Doc, cues: NameCues) -> Iterator[Found]:
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        if kind is None or len(ent) > LONGEST_NAME_TOKENS + 2:
            continue
        for start, end in _trimmed(doc, ent):
            span = doc[start:end]
            if (
                span.text.lower() in cues.titles
                or is_period(span.text)
                or (kind == "organisation" and _is_no_body(span, cues))
            ):
                continue
            if _looks_like_name(span) and not _opens_sentence_by_chance(span, cues):
                yield Found(start, end, kind)


def _trimmed(doc: Doc, ent: Span) -> Iterator[tuple[int, int]]:
    """The parts of a proposed name: cut after a possessive, without articles, titles, quotes and stray numbers."""
    start = ent.start
    for i in range(ent.start, ent.end + 1):
        if i == ent.end or _ends_name(doc[i]):
            a, b = start, i
            while a < b and _is_margin(doc[a]):
                a += 1
            while a < b and (_is_margin(doc[b - 1]) and doc[b - 1].text != "."):
                b -= 1
            if a < b:
                yield a, b
            start = i + 1


def _ends_name(token: Token) -> bool:
    """Whether a name cannot go on over a word: a possessive, a colon, the dash behind a dateline."""
    if token.text in _DASHES:
        return bool(token.i and token.nbor(-1).whitespace_ and token.whitespace_)
    return (_is_possessive(token) and not _is_of_members(token)) or token.text in {":", ";", "|", "\n\n"}


def _is_of_members(token: Token) -> bool:
    """The apostrophe of "Players' Association": the name of a body goes on behind those who are in it."""
    if token.text not in {"'", "’"} or token.i + 1 >= len(token.doc) or not token.i:
        return False
    return token.nbor(-1).text.istitle() and token.nbor(-1).lower_.endswith("s") and token.nbor().text.istitle()


def _is_possessive(token: Token) -> bool:
    return token.tag_ == "POS" or token.text in {"'s", "’s"}


def _is_margin(token: Token) -> bool:
    text = token.text
    return (
        text.lower() in {"the", "a", "an", "each", "every", "its", "their", "his", "her", "this", "that", "'s", "’s"}
        or bool(_NO_NAME.match(text))
        or not any(character.isalnum() for character in text)
    )


def _looks_like_name(span: Span) -> bool:
    text = span.text
    return (
        len(text) <= LONGEST_NAME_CHARS
        and "\n" not in text
        and bool(_NAMEPART.search(text))
        and any(character.isupper() for character in text)
    )


def _opens_sentence_by_chance(span: Span, cues: NameCues) -> bool:
    """A common word that only its place at the head of a sentence has given a capital ("Nationwide, …")."""
    token = span[0]
    if len(span) > 1 or not token.is_sent_start or token.is_upper or not token.vocab.has_vector(token.lower_):
        return False
    owns = span.end < len(span.doc) and _is_possessive(span.doc[span.end])
    if token.tag_ == "NNP" and owns:
        return False  # "Nadir's parliament"
    if opens_with_name(token, cues.nouns):
        return False
    return not any(other.text == token.text and not other.is_sent_start for other in token.doc)


def _is_no_body(span: Span, cues: NameCues) -> bool:
    """ "Transport" of "Transport minister Ada Holm", and what a notice defines: "the Offer", "the Closing Price"."""
    follows = span.doc[span.end] if span.end < len(span.doc) else None
    is_office = len(span) == 1 and follows is not None and follows.text in cues.portfolios
    is_defined = all(token.lower_ in cues.defined for token in span)
    return all(token.text.istitle() for token in span) and (is_office or is_defined)


def _designators(doc: Doc) -> Iterator[Found]:
    """Words such as H5 or H100 that no component before took for a name."""
    for token in doc:
        if _DESIGNATOR.fullmatch(token.text) and not token.like_num and not is_period(token.text):
            yield Found(token.i, token.i + 1, "product")


def _titles(doc: Doc) -> Iterator[Found]:
    """Films, books and other works."""
    return (Found(start, end, "product") for start, end in quoted_titles(doc))


def _untagged(doc: Doc, proposed: Sequence[Found], cues: NameCues) -> Iterator[Found]:
    """Runs of proper nouns inside sentences that nothing has taken for a name yet."""
    taken = {i for mention in proposed for i in range(mention.start, mention.end)}
    run: list[Token] = []
    for token in [*doc, None]:
        if token is not None and token.i not in taken and (_is_untagged(token, cues) or _goes_on(token, run)):
            run.append(token)
            continue
        is_title = run and token is not None and token.i in taken and run[0].lower_ in cues.titles
        if run and not is_title and not _is_no_body(doc[run[0].i : run[-1].i + 1], cues):
            yield Found(run[0].i, run[-1].i + 1, "other")
        run = []


def _goes_on(token: Token, run: Sequence[Token]) -> bool:
    """ "Bank" in "Skerry Bank": a sort of thing is a part of the name that it follows."""
    return bool(run) and token.pos_ == "PROPN" and token.text.istitle() and token.text.isalpha() and not token.ent_type_


def _is_untagged(token: Token, cues: NameCues) -> bool:
    strange = token.pos_ in {"NOUN", "ADJ"} and token.is_oov and bool(token.vocab.vectors_length)
    return (
        (token.pos_ == "PROPN" or _is_introduced(token, cues) or (strange and token.doc._.where == "body"))
        and (token.text.istitle() or (token.text.isupper() and _is_introduced(token, cues)))
        and token.text.isalpha()
        and len(token.text) > 2
        and (not token.is_sent_start or opens_with_name(token, cues.nouns))
        and not token.ent_type_
        and token.lower_ not in cues.titles
        and token.lower_ not in cues.nominals
    )


def _is_introduced(token: Token, cues: NameCues) -> bool:
    """ "the toy maker Sonnet": a capital behind the word for its sort."""
    if token.pos_ not in {"NOUN", "ADJ", "PROPN"} or not token.i or token.doc._.where != "body":
        return False
    before = token.nbor(-1)
    return before.text.islower() and before.lemma_ in cues.nominals and before.pos_ == "NOUN"


def _without_overlaps(found: Sequence[Found]) -> list[Found]:
    """Longer mentions win, then known ones; each token belongs to one mention."""
    taken: set[int] = set()
    kept = []
    for mention in sorted(found, key=lambda m: (-(m.end - m.start), m.known is None, m.start)):
        tokens = range(mention.start, mention.end)
        if not taken.intersection(tokens):
            taken.update(tokens)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _without_openers(doc: Doc, found: Sequence[Found], given: Mapping[str, Name], cues: NameCues) -> list[Found]:
    """ "Chipmaker Halden" at the head of a title or sentence as "Halden", where that stands alone elsewhere."""
    alone = {doc[mention.start : mention.end].text for mention in found} | {name.name for name in given.values()}
    kept = []
    for mention in found:
        first = doc[mention.start]
        rest = doc[mention.start + 1 : mention.end].text
        is_sort = first.lower_ in cues.nominals or first.lower_ in cues.titles
        is_named = cues.nominals.get(first.lower_) in {"organisation", "person"} or first.lower_ in cues.titles
        is_alone = (
            rest in alone or fold(rest) in given or (is_named and _opens_with_sort(doc[mention.start : mention.end]))
        )
        if mention.known is None and is_sort and first.is_sent_start and is_alone:
            mention = Found(mention.start + 1, mention.end, cues.nominals.get(first.lower_, mention.kind))
        before = doc[mention.start - 1] if mention.start else None
        if before is not None and before.text.istitle() and before.lower_ in cues.events and not mention.known:
            mention = Found(mention.start - 1, mention.end, "event")
        kept.append(mention)
    return kept


def _opens_with_sort(span: Span) -> bool:
    """Whether a common noun opens a sentence in front of a name: "Carmaker Dorvo said"."""
    return len(span) > 1 and span[1].text[:1].isupper() and span[-1].text[:1].isupper() and span[-1].pos_ == "PROPN"


def _without_stages(doc: Doc, found: Sequence[Found], cues: NameCues) -> list[Found]:
    """Without "Phase" of "a Phase 3 trial"."""
    return [m for m in found if m.end - m.start > 1 or doc[m.start].lower_ not in cues.stages or m.known is not None]


def _unmarked(doc: Doc, found: Sequence[Found], cues: NameCues) -> Iterator[Found]:
    """Names that end in a number, and those of medicines in small letters."""
    names = [(mention.start, mention.end, mention.kind) for mention in found]
    sorts = cues.nouns_for("product", "organisation", "place", "event")
    for start, end in find_numbered(doc, names, cues.numbered, sorts):
        if doc[start].lower_ not in cues.stages:
            yield Found(start, end, "product")
    for at in find_coined(doc, cues.drug_stems, cues.nouns_for("product"), cues.nouns):
        yield Found(at, at + 1, "product")


def _with_sites(doc: Doc, found: Sequence[Found], cues: NameCues) -> tuple[list[Found], dict[str, str]]:
    """Names with the site behind them that they name: "Skerry Bank wind farm"; and short form → that name.

    A name that also stands for itself ("the Halden plant" of Halden) stays as it is.
    """
    text = text_of(doc)
    counts: dict[str, int] = {}
    for mention in found:
        surface = doc[mention.start : mention.end].text
        counts[surface] = counts.get(surface, 0) + 1
    longer: dict[str, set[str]] = {}
    ends = {}
    for mention in found:
        end = _site_end(doc, mention, cues)
        if end:
            ends[mention] = end
            longer.setdefault(doc[mention.start : mention.end].text, set()).add(doc[mention.start : end].text)
    kept, sited = [], {}
    for mention in found:
        surface = doc[mention.start : mention.end].text
        forms = longer.get(surface, set())
        if len(forms) == 1 and mention in ends and sum(text.count(form) for form in forms) == counts[surface]:
            form = next(iter(forms))
            sited[fold(bare(surface, cues.legal_forms))] = fold(bare(form, cues.legal_forms))
            mention = Found(mention.start, ends[mention], "place")
        kept.append(mention)
    return kept, sited


def _site_end(doc: Doc, mention: Found, cues: NameCues) -> int:
    """Where the site noun behind a name ends; 0 if there is none."""
    surface = doc[mention.start : mention.end].text
    known = mention.known is not None and (mention.kind != "place" or surface != mention.known.name)
    if known or mention.kind in {"product", "group", "event"}:
        return 0
    for at in range(mention.end, min(mention.end + 3, len(doc))):
        token = doc[at]
        if not token.text.islower() or token.pos_ not in {"NOUN", "ADJ"}:
            return 0
        if token.lower_ in cues.sites:
            follows = doc[at + 1] if at + 1 < len(doc) else None
            return 0 if follows is not None and follows.pos_ == "NOUN" else at + 1
    return 0


def _surfaces(doc: Doc, found: Sequence[Found], cues: NameCues) -> dict[str, Surface]:
    surfaces: dict[str, Surface] = {}
    for mention in found:
        span = doc[mention.start : mention.end]
        text = bare(span.text, cues.legal_forms)
        surface = surfaces.setdefault(fold(text), Surface(text, span.start_char))
        surface.count += 1
        if mention.known:
            surface.known = Name(mention.known.name, mention.known.kind, True)
        for kind, weight in evidence_of_kind(doc, span, mention.kind, cues):
            surface.vote(kind, weight)
    for key in list(surfaces):
        first, _, rest = key.partition(" ")
        if rest.rpartition(" ")[2] in SEATED and first in surfaces:
            surfaces[first].vote("place", BODY_OF_PLACE)  # of "Velmia Egg Council"
    return surfaces


def _introductions(doc: Doc, found: Sequence[Found], cues: NameCues) -> dict[str, str]:
    """Short form → long form where brackets introduce one: "Federal Crop Office (FCO)"."""
    starts = {mention.start: mention for mention in found}
    introduced = {}
    for mention in found:
        if mention.end + 2 < len(doc) and doc[mention.end].text == "(":
            inner = starts.get(mention.end + 1)
            if inner is not None and doc[inner.end : inner.end + 1].text == ")":
                long = bare(doc[mention.start : mention.end].text, cues.legal_forms)
                short = bare(doc[inner.start : inner.end].text, cues.legal_forms)
                if len(short) < len(long):
                    introduced[fold(short)] = long
    return introduced


def _repeated(doc: Doc, surfaces: Mapping[str, Surface], given: Mapping[str, Name]) -> Iterator[Found]:
    """Places where a name found elsewhere stands untagged."""
    kinds = {key: name.kind for key, name in given.items()} | {key: surface.kind for key, surface in surfaces.items()}
    known = {key: surface.known for key, surface in surfaces.items()}
    wanted = {key.replace(" ", ""): key for key in kinds if len(key) > 1}
    tokens = [token for token in doc if not token.is_space]
    for at, token in enumerate(tokens):
        if not token.text[:1].isupper():
            continue
        joined, best = "", None
        for length, part in enumerate(tokens[at : at + LONGEST_NAME_TOKENS + 2], 1):
            joined += part.lower_.replace("’", "'")
            if joined in wanted:
                best = (wanted[joined], length)
        if best is not None:
            key, length = best
            name = known.get(key)
            entity = Entity(name.id, name.name, name.kind) if name else None
            yield Found(token.i, tokens[at + length - 1].i + 1, kinds[key], entity)


def _with_owners(doc: Doc, found: Sequence[Found], table: dict[str, Name], cues: NameCues) -> dict[str, Name]:
    """Products that an article ties to an owner carry its name, as a bare "H5" names many things."""
    owners: dict[str, dict[str, int]] = {}
    for product, owner in _ownings(doc, found, table, cues):
        votes = owners.setdefault(product, {})
        votes[owner] = votes.get(owner, 0) + 1
    renamed = {product: min(votes, key=lambda owner: (-votes[owner], owner)) for product, votes in owners.items()}
    return {
        key: Name(f"{renamed[name.name]} {name.name}", name.kind)
        if name.name in renamed and not fold(name.name).startswith(fold(renamed[name.name]))
        else name
        for key, name in table.items()
    }


def _ownings(doc: Doc, found: Sequence[Found], table: Mapping[str, Name], cues: NameCues) -> Iterator[tuple[str, str]]:
    """Product and owner of "Halden's H5" and, where the designation is short, of "Halden said that its H5 …"."""
    before: Name | None = None
    for left, right in pairwise([None, *found]):
        assert right is not None
        name = table[fold(bare(doc[right.start : right.end].text, cues.legal_forms))]
        if left is not None:
            before = table[fold(bare(doc[left.start : left.end].text, cues.legal_forms))]
        if before is None or name.kind != "product" or name.known or left is None:
            continue
        owner = before if before.kind == "organisation" else _actor(doc, found, table, cues, right)
        between = doc[left.end : right.start]
        if before.kind == "organisation" and len(between) <= 7 and (not len(between) or _is_possessive(between[0])):
            yield name.name, before.name
        elif owner is not None and len(name.name) <= SHORT_NAME_CHARS and _is_its(doc, right):
            yield name.name, owner.name


def _is_its(doc: Doc, mention: Found) -> bool:
    return any(token.lower_ == "its" for token in doc[max(0, mention.start - 3) : mention.start])


def _actor(doc: Doc, found: Sequence[Found], table: Mapping[str, Name], cues: NameCues, mention: Found) -> Name | None:
    """The last organisation named before a mention."""
    for other in reversed([other for other in found if mention.start - OWNER_REACH < other.start < mention.start]):
        name = table[fold(bare(doc[other.start : other.end].text, cues.legal_forms))]
        if name.kind == "organisation":
            return name
    return None


class Entities:
    """The component. `equip` gives it the names of config.toml."""

    def __init__(self, nlp: Language, models: Path) -> None:
        self._nlp = nlp
        self._catalogue = list(read_gazetteer(models / "gazetteer"))
        self._cues = NameCues.read(models / "cues" / "en" / "names.toml")
        self._gazetteer = Gazetteer(nlp, self._catalogue)
        self._world = WorldCues.read(models / "cues" / "en")

    def equip(self, *, entities: Sequence[Entity], units: Units) -> None:
        """Add names of one's own, which win over the catalogue."""
        self._gazetteer = Gazetteer(self._nlp, [*self._catalogue, *entities])

    def __call__(self, doc: Doc) -> Doc:
        article = doc._.article
        if article is not None:
            doc._.world = world_of(article.title, article.text, self._world)
        doc._.entities = find_entities(doc, self._gazetteer, self._cues, doc._.names)
        return doc


@Language.factory(
    "entities",
    default_config={"models": "models"},
    requires=["doc.ents", "token.dep", "doc._.article"],
    assigns=["doc._.entities", "doc._.names"],
)
def make_entities(nlp: Language, name: str, models: str) -> Entities:
    """The component with the data of the folder `models`."""
    register()
    return Entities(nlp, Path(models))
