"""How much an article is about each thing that it names, and what it names only as the one who says something."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from monitor.nlp.attributes import EntitySpan
from monitor.nlp.clauses import ancestors
from monitor.nlp.players import SETTINGS, Player, token_at, within, words_of

_SELF = frozenset({"it", "its", "we", "our", "i", "my"})
OPENING_WEIGHT = 2.0  # of what the opening names in its own right
MODIFIER_WEIGHT = 0.5  # of a place that only says what sort a thing is: "a Danish carmaker"
ASSERTER_WEIGHT = 0.5  # of a name that is only there as the one who says something


class Salience:
    """The weights of the things that one Doc names. `favoured`: names in its title."""

    def __init__(self, doc: Doc, mentions: Sequence[EntitySpan], favoured: frozenset[str]) -> None:
        self._doc, self._mentions, self._favoured = doc, mentions, favoured
        self.weights = self._weigh()

    def is_about(self, player: Player) -> bool:
        """Whether the article is about a thing, rather than to quote it or to name it once in passing."""
        if player.kind == "event" or player.name in self._favoured:
            return True
        if player.kind not in {"person", *SETTINGS}:
            return self.is_owner(player) and (self._is_early(player) or self._count(player) > 2)
        often = sum(mention.name == player.name for mention in self._mentions) > 1
        return self.is_owner(player) and (
            often or (player.kind != "person" and self.weights.get(player.name, 0.0) > OPENING_WEIGHT)
        )

    def is_owner(self, player: Player) -> bool:
        """Whether a named thing has more to do with the article than to be quoted in it."""
        return player.name in self._owning or player.name in self._favoured

    def _weigh(self) -> dict[str, float]:
        weights: dict[str, float] = {}
        first_end = next((end for _, end in self._doc._.paragraphs), 0)
        asserting = self._asserting()
        self._owning = {mention.name for mention in self._mentions if mention.start not in asserting}
        for mention in self._mentions:
            if mention.start in asserting:
                weights[mention.name] = weights.get(mention.name, 0.0) + ASSERTER_WEIGHT
                continue
            weight = 1.0 + (1.5 if mention.start < first_end else 0.0)
            token = token_at(self._doc, mention)
            if token is not None and token.dep_ in {"nsubj", "nsubjpass"}:
                weight += 0.5
            if token is not None and mention.kind in SETTINGS and _is_modifier(token):
                weight = MODIFIER_WEIGHT
            weights[mention.name] = weights.get(mention.name, 0.0) + weight
        for name in self._favoured:
            if name in weights:
                weights[name] += 3.0
        return weights

    def _asserting(self) -> set[int]:
        """Where names stand only because they say something: "…, Quarn Research said", "according to Quarn"."""
        found = set()
        for told in self._doc._.attributions:
            names = [words_of(source.name) for source in told.chain if source.name]
            cue = self._doc.char_span(told.cue_start, told.cue_end, alignment_mode="expand")
            if cue is None or self._is_of_itself(told.start, told.end):
                continue
            sentence = cue.root.sent
            for mention in within(self._mentions, sentence.start_char, sentence.end_char):
                root = token_at(self._doc, mention)
                if root is None or told.start <= mention.start < told.end or self._is_told_of(root):
                    continue
                if _is_below(root, cue.root) and any(words_of(mention.name) & name for name in names):
                    found.add(mention.start)
        return found

    def _count(self, player: Player) -> int:
        return sum(mention.name == player.name for mention in self._mentions)

    def _is_early(self, player: Player) -> bool:
        """Whether the opening names a thing."""
        ends = [end for _, end in self._doc._.paragraphs[:2]]
        early = ends[0] if ends and ends[0] > 200 else ends[-1] if ends else 0
        return any(mention.name == player.name and mention.start < early for mention in self._mentions)

    def _is_of_itself(self, start: int, end: int) -> bool:
        """Whether a statement is about the one who makes it: "said it would …", "says its …", "we …"."""
        said = self._doc.char_span(start, end, alignment_mode="expand")
        return said is not None and any(t.lower_ in _SELF and t.dep_ in {"nsubj", "nsubjpass", "poss"} for t in said)

    def _is_told_of(self, root: Token) -> bool:
        """Whether a relative clause says something of a name."""
        return any(child.dep_ == "relcl" for child in root.rights)


def _is_modifier(token: Token) -> bool:
    return token.dep_ in {"compound", "amod", "nmod"} and token.head.pos_ == "NOUN"


def _is_below(token: Token, verb: Token) -> bool:
    """Whether a token belongs to the clause of a verb, and to none inside it."""
    for step in ancestors(token):
        if step == verb:
            return True
        if step != token and step.pos_ in {"VERB", "AUX"}:
            return False
    return False
