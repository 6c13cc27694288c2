"""Sites and regions by a common noun that nothing ties to their name: "the jail" at Thornby, "the province" of Harn."""

from spacy.tokens import Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.named import Named
from monitor.nlp.players import Player, token_at

# Places that a text goes on to call so without ever having said what they are.
LANDS = frozenset({"country", "nation", "republic", "kingdom"})
TOWNS = frozenset({"city", "town", "village", "capital", "municipality", "resort", "borough", "suburb", "island"})
_REGIONS = frozenset({"province", "region", "district", "county", "state", "island", "canton", "prefecture", "valley"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
REACH_CHARS = 600


def site_before(token: Token, named: Named) -> Player | None:
    """The place named last near by that nothing says is of another sort than the noun; None where none may be meant."""
    lemma, works = token.lemma_.lower(), named.world.cues.works
    if lemma not in works | _REGIONS or any(child.dep_ == "amod" for child in token.lefts):
        return None
    first = max(0, token.sent.start_char - REACH_CHARS)
    for mention in reversed(named.within(first, token.idx)):
        words = named.described.words.get(mention.name, set())
        is_other = bool(words & (TOWNS | LANDS | _REGIONS | works) - {lemma})
        if mention.kind in {"place", "other"} and not is_other and not _is_land(mention, named):
            is_meant = _is_set(token_at(named.doc, mention), "in" if lemma in _REGIONS else "at")
            return Player.of(mention) if is_meant else None
    return None


def _is_set(root: Token | None, where: str) -> bool:
    """Whether a sentence is about a name, or sets what it tells "in" a region or "at" a site."""
    return root is not None and (root.dep_ in _SUBJECTS or root.head.lower_ == where)


def _is_land(mention: EntitySpan, named: Named) -> bool:
    main = named.main_country()
    return mention.name in named.countries.values() or (main is not None and mention.name == main.name)
