"""Publishers that tell of themselves: a company's release, an authority's notice, a club's own page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.players import token_at, words_of
from monitor.nlp.world import WorldCues

_PUBLISHER = "publisher"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Issuer:
    """Whoever published an article and is what it is about."""

    name: str

    def own(self, mention: EntitySpan) -> EntitySpan:
        """The mention; of the issuer, be it by a part of his name, as that of a body like others."""
        is_own = _is_of(mention, self.name)
        return (
            replace(mention, kind="organisation", name=self.name, entity_id=entity_id(self.name)) if is_own else mention
        )


def issuer_in(doc: Doc, mentions: Sequence[EntitySpan], cues: WorldCues) -> Issuer | None:
    """The publisher, where the text says what he does or has, and not only what he was told or has seen."""
    article = doc._.article
    name = next((m.name for m in mentions if m.kind == _PUBLISHER), article.publisher if article is not None else "")
    own = [mention for mention in mentions if name and _is_of(mention, name)]
    if not own or words_of(name) & (cues.media | cues.forecasters):
        return None
    acting = _opens_title(name, article.title) or any(_acts(token_at(doc, mention), cues) for mention in own)
    return Issuer(name) if acting else None


def _is_of(mention: EntitySpan, publisher: str) -> bool:
    """Whether a mention names the publisher: by his name, or by a part of it, as "the Service" does."""
    if mention.kind == _PUBLISHER:
        return mention.name == publisher
    return mention.kind == "organisation" and words_of(mention.name) <= words_of(publisher)


def _opens_title(name: str, title: str) -> bool:
    """Whether a title begins with a name, as those of releases do: "Halden: half-year results"."""
    return title.casefold().startswith(name.casefold())


def _acts(token: Token | None, cues: WorldCues) -> bool:
    """Whether a name is the subject of something that no paper says of itself, or owns something."""
    if token is None:
        return False
    if token.dep_ == "poss":
        return token.head.dep_ in _SUBJECTS
    return token.dep_ in _SUBJECTS and token.head.lemma_.lower() not in cues.reporting
