"""Who and what an article is about: its named things, its event, and what pronouns and common nouns stand for."""

from spacy.tokens import Token

from monitor.nlp.centres import centre_before
from monitor.nlp.happenings import Happenings
from monitor.nlp.named import Named
from monitor.nlp.players import Player
from monitor.nlp.references import References

# How much less often than things persons and places are what figures are of.
_TOPICALITY = {"place": 0.4, "group": 0.3, "person": 0.25, "other": 0.6}

_WATCHER = 0.4  # of police, ministries and the like that the title does not name


class Cast:
    """The things of one Doc. `named`: those with a name; `event`: what happened, if the article is about that."""

    def __init__(self, named: Named) -> None:
        self.named = named
        self._happenings = Happenings(named)
        self.event = self._happenings.main
        self._references = References(named, self.event)

    def topic(self, beside: Player | None = None) -> Player | None:
        """What the article is most about: its event, or the most salient thing; places and persons count for less.

        `beside`: of which it is known that it is not this.
        """
        mentions = [m for m in self.named.mentions if beside is None or m.name != beside.name]
        best = min(mentions, key=lambda m: (-self.salience(Player.of(m)), m.start), default=None)
        if self.event is not None and self._happenings.weight >= (self.salience(Player.of(best)) if best else 0.0):
            return self.event
        if best is None:
            return None
        if self.event is not None and best.kind == "place" and best.name in self.event.name:
            return self.event
        return Player.of(best)

    def meant(self, token: Token) -> Player | None:
        """What a name, a pronoun or "the company" stands for; None for other nouns."""
        return self._references.meant(token)

    def antecedent(self, token: Token) -> Token:
        """The noun without a name that an "it" stands for; the token itself where there is none."""
        before = centre_before(token, self.named)
        return before if before is not None and self.meant(before) is None else token

    def place_before(self, token: Token) -> Player | None:
        """The place named last before a word such as "there"."""
        return self._references.place_before(token)

    def local_event(self, token: Token) -> Player | None:
        """An event named by a noun of this sentence that is not the main one ("the 2018 tremors on the next island")."""
        return self._happenings.local_event(token)

    def earlier_event(self, verb: Token) -> Player | None:
        """The event of another year that a clause tells of."""
        return self._happenings.earlier(verb)

    def weight(self, player: Player) -> float:
        """How salient a thing is; 0 for one that is not named."""
        return self.named.weights.get(player.name, 3.0 if player.kind == "event" else 0.0)

    def salience(self, player: Player) -> float:
        """Its weight as something that figures are of: places and persons count for less than things and built sites."""
        share = _TOPICALITY.get(player.kind, 1.0)
        if player.kind == "place" and self.named.is_works(player):
            share = 1.0
        elif player.kind == "organisation" and player.name not in self.named.favoured and self.named.is_watcher(player):
            share = _WATCHER
        return self.weight(player) * share
