"""Publishers that tell of themselves: a company's release, an authority's notice, a club's own page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.players import token_at, words_of
from monitor.nlp.world import WorldCues

_PUBLISHER = "publisher"
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Issuer:
    """Whoever published an article and is what it is about."""

    name: str

    def own(self, mention: EntitySpan) -> EntitySpan:
        """The mention; of the issuer as that of a body like others."""
        is_own = mention.kind == _PUBLISHER and mention.name == self.name
        return replace(mention, kind="organisation") if is_own else mention


def issuer_in(doc: Doc, mentions: Sequence[EntitySpan], cues: WorldCues) -> Issuer | None:
    """The publisher, where the text says what he does or has, and not only what he was told or has seen."""
    own = [mention for mention in mentions if mention.kind == _PUBLISHER]
    if not own or words_of(own[0].name) & (cues.media | cues.forecasters):
        return None
    titled = _opens_title(own[0].name, doc._.article.title)
    acting = titled or any(_acts(token_at(doc, mention), cues) for mention in own)
    return Issuer(own[0].name) if acting else None


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
