"""Common nouns that say what a named thing is: in its name, before and behind it, or in apposition."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.players import token_at

# What a place is called before its name: "the town of Tolvar".
_SETTLED = frozenset(
    {
        "town",
        "city",
        "village",
        "island",
        "port",
        "district",
        "province",
        "region",
        "state",
        "county",
        "resort",
        "capital",
    }
    | {
        "republic",
        "kingdom",
        "suburb",
        "municipality",
        "borough",
        "hamlet",
        "canton",
        "valley",
        "peninsula",
        "settlement",
    }
)


class Described:
    """What one Doc calls its named things.

    `words`: name → nouns for it and the words of the name. `since`, `told_at`: name and noun → where it is first called
    so; `told_at` leaves out the words of the name. `titles`: name → words before it ("chief executive").
    """

    def __init__(self, doc: Doc, mentions: Sequence[EntitySpan]) -> None:
        self.words: dict[str, set[str]] = {}
        self.since: dict[tuple[str, str], int] = {}
        self.told_at: dict[tuple[str, str], int] = {}
        self.titles: dict[str, set[str]] = {}
        for mention in mentions:
            self._learn(doc, mention)

    def _learn(self, doc: Doc, mention: EntitySpan) -> None:
        sorts = set(_sorts(doc, mention))
        words = {*mention.name.lower().split(), *sorts}
        self.titles.setdefault(mention.name, set()).update(_before(doc, mention))
        self.words.setdefault(mention.name, set()).update(words)
        for word in words:
            self.since.setdefault((mention.name, word), mention.start)
        for sort in sorts:
            self.told_at.setdefault((mention.name, sort), mention.start)


def _before(doc: Doc, mention: EntitySpan) -> set[str]:
    """The two words before a name: "Defence Minister Ana Kole", "chief executive Jon Varga"."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return {token.lower_ for token in doc[max(0, span.start - 2) : span.start]} if span is not None else set()


def _sorts(doc: Doc, mention: EntitySpan) -> Iterator[str]:
    """The common nouns that one mention ties to its name."""
    root = token_at(doc, mention)
    if root is None:
        return
    if root.dep_ in {"compound", "nmod"} and root.head.pos_ == "NOUN" and mention.kind != "group":
        yield root.head.lemma_.lower()
    for child in root.lefts:
        if child.dep_ == "compound" and child.pos_ == "NOUN" and child.text.islower():
            yield child.lemma_.lower()  # "the dockers' union SDV"
    if root.dep_ == "pobj" and root.head.lower_ == "of" and root.head.head.lemma_.lower() in _SETTLED:
        yield root.head.head.lemma_.lower()  # "the town of Tolvar"
    if root.dep_ in {"pobj", "oprd"} and (named := _named_as(root)) is not None:
        yield named.lemma_.lower()
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        yield root.head.lemma_.lower()
    said = root.head.children if root.dep_ == "nsubj" and root.head.lemma_ == "be" else ()
    for child in [*root.children, *said]:
        if child.dep_ in {"appos", "attr"} and child.pos_ == "NOUN":
            yield child.lemma_.lower()


def _named_as(root: Token) -> Token | None:
    """The noun that a name is given to: "the vaccine, known as NB-17"."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "as" else root.head
    is_naming = verb.lemma_ in {"know", "call", "name", "dub", "brand", "market"} and verb.dep_ == "acl"
    return verb.head if is_naming and verb.head.pos_ == "NOUN" else None
