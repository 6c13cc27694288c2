"""Mentions → entities: the catalogue first, then what statistics propose and what the article itself introduces."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from monitor.domain.entity import Entity
from monitor.domain.unit import Units
from monitor.nlp.attributes import EntitySpan, register
from monitor.nlp.coined import find_coined
from monitor.nlp.gazetteer import Gazetteer, read_gazetteer
from monitor.nlp.kinds import evidence_of_kind
from monitor.nlp.name_cues import NameCues
from monitor.nlp.naming import SEATED, Name, Surface, bare, fold, name_table
from monitor.nlp.numbered import find_numbered
from monitor.nlp.owned import with_owners
from monitor.nlp.proposed import LONGEST_NAME_TOKENS, Found, catalogued, designators, statistical, titled, untagged
from monitor.nlp.sited import with_sites
from monitor.nlp.world import WorldCues, world_of

BODY_OF_PLACE = 2.5  # weight of what the name of a council or university says of its first word


def find_entities(doc: Doc, gazetteer: Gazetteer, cues: NameCues, given: Mapping[str, Name]) -> list[EntitySpan]:
    """All mentions in order. `given`: names that the body of the same article uses, for its title."""
    proposed = [*catalogued(doc, gazetteer), *statistical(doc, cues), *designators(doc), *titled(doc)]
    found = _without_overlaps([*proposed, *untagged(doc, proposed, cues)])
    found = _without_openers(doc, found, given, cues)
    found = _without_overlaps([*_without_stages(doc, found, cues), *_unmarked(doc, found, cues)])
    surfaces = _surfaces(doc, found, cues)
    found = _without_overlaps([*found, *_repeated(doc, surfaces, given)])
    found, sited = with_sites(doc, found, cues)
    surfaces = _surfaces(doc, found, cues)
    table = name_table(list(surfaces.values()), _introductions(doc, found, cues), given)
    table = with_owners(doc, found, table, cues)
    for short, long in sited.items():
        table.setdefault(short, table[long])
    doc._.names = table
    return [_span(doc, mention, table, cues) for mention in found]


def _span(doc: Doc, mention: Found, table: Mapping[str, Name], cues: NameCues) -> EntitySpan:
    span = doc[mention.start : mention.end]
    name = table[fold(bare(span.text, cues.legal_forms))]
    return EntitySpan(span.start_char, span.end_char, name.id, name.name, name.kind, name.known)


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
