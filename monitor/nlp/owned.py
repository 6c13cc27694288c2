"""Products that an article ties to an owner → their names with the owner's ahead."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from monitor.nlp.name_cues import NameCues
from monitor.nlp.naming import Name, bare, fold
from monitor.nlp.proposed import Found, is_possessive

SHORT_NAME_CHARS = 4  # a designation such as H5, which needs its owner's name beside it
OWNER_REACH = 60  # tokens


def with_owners(doc: Doc, found: Sequence[Found], table: dict[str, Name], cues: NameCues) -> dict[str, Name]:
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
        if before.kind == "organisation" and len(between) <= 7 and (not len(between) or is_possessive(between[0])):
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
