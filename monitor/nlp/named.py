"""The named things of an article: where they stand, what sort they are, which of a sort is the main one."""

import re
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from monitor.domain.source import SourceKind
from monitor.nlp.attributes import EntitySpan
from monitor.nlp.described import Described
from monitor.nlp.gazetteer import entity_id
from monitor.nlp.issuers import issuer_in
from monitor.nlp.players import Player, token_at, within, words_of
from monitor.nlp.salience import Salience
from monitor.nlp.text import text_of
from monitor.nlp.world import World, WorldCues

_OFFICES = frozenset({"National", "Central", "Federal", "Labor", "Labour", "Farm", "Health", "Justice", "Crop"})
_BYLINE = re.compile(r"[Bb][Yy]:? [A-ZÀ-Þ]")
BYLINE_PARAGRAPHS = 2  # in which an article may say who wrote it
BYLINE_WORDS = 12
_CENTRAL_BANKS = (" national bank", " central bank", " reserve bank", " federal reserve", " bank of ")


class Named:
    """The named things of one Doc. `events`: noun → event; `favoured`: names that its title mentions.

    `author`: for whom "we" stands in what nobody is said to say; `issuer`: the publisher where it tells of itself.
    """

    def __init__(
        self,
        doc: Doc,
        *,
        publisher: str,
        nominals: Mapping[str, str],
        events: Mapping[str, str],
        countries: Mapping[str, str],
        state: frozenset[str] = frozenset(),
        favoured: Iterable[str] = (),
        opening_end: int = 0,
    ) -> None:
        self.doc = doc
        self.nominals = nominals
        self.events = events
        self._publisher = publisher.lower()
        self.author = Player(publisher, "organisation", entity_id(publisher)) if publisher else None
        self.countries = countries
        self.state = state
        self.world: World = doc._.world or World(WorldCues())
        told_by = {
            source.name.lower()
            for told in doc._.attributions
            for source in told.chain
            if source.name and source.kind in {SourceKind.MEDIA, SourceKind.PUBLISHER}
        } | {self._publisher}
        self.issuer = issuer = issuer_in(doc, doc._.entities, self.world.cues)
        papers = [name for name in told_by if issuer is None or name != self._publisher]
        self.mentions = [
            mention
            for mention in (issuer.own(mention) if issuer is not None else mention for mention in doc._.entities)
            if mention.start >= opening_end
            and not self._is_byline(mention)
            and mention.kind != "publisher"
            and not (mention.kind != "place" and any(_is_short_for(mention.name, paper) for paper in papers))
        ]
        self.favoured = frozenset({*favoured, *([issuer.name] if issuer is not None else [])})
        self.mentions = [mention for mention in self.mentions if not self._is_passing(mention)]
        self._salience = Salience(doc, self.mentions, self.favoured)
        self.weights = self._salience.weights
        self.described = Described(doc, self.mentions)
        self.headed = self._heads()
        self._state_names: set[str] = set()

    def _is_byline(self, mention: EntitySpan) -> bool:
        """Whether a name stands in a line that says who wrote the article: "By Ada Holm, Science Editor"."""
        for start, end in self.doc._.paragraphs[:BYLINE_PARAGRAPHS]:
            line = text_of(self.doc)[start:end].split("\n")[0]
            if start <= mention.start < start + len(line):
                return bool(_BYLINE.match(line)) and len(line.split()) <= BYLINE_WORDS and line[-1:] not in ".!?"
        return False

    def _is_passing(self, mention: EntitySpan) -> bool:
        """Papers that are only cited, and the money in which something was paid, are what no figure is of."""
        cues = self.world.cues
        if mention.name.lower() in cues.monies:
            return text_of(self.doc)[max(0, mention.start - 3) : mention.start].lower() == "in "
        if mention.kind in {"event", "other"} and mention.name not in self.favoured and self._is_report(mention):
            return True
        is_paper = mention.kind != "place" and mention.name.lower().split()[-1] in cues.media
        return is_paper and mention.name not in self.favoured

    def _is_report(self, mention: EntitySpan) -> bool:
        """Whether a name is that of a study or poll: it says what figures are of other things."""
        root = token_at(self.doc, mention)
        near = {root.lemma_.lower(), root.head.lemma_.lower()} if root is not None else set()
        return bool(near & self.world.cues.reports)

    def _heads(self) -> dict[str, Player]:
        """Common noun that ends a name → its bearer, where only one bears it: "line" of "Osier Street tram line"."""
        found: dict[str, set[str]] = {}
        players = {}
        for mention in self.mentions:
            last = mention.name.split()[-1]
            if last.islower() and mention.kind == "place" and " " in mention.name:
                found.setdefault(last, set()).add(mention.name)
                players[last] = Player.of(mention)
        return {last: players[last] for last, names in found.items() if len(names) == 1}

    def at(self, token: Token) -> Player | None:
        """The named thing whose mention covers the token."""
        for mention in self.mentions:
            if mention.start <= token.idx < mention.end:
                return Player.of(mention)
        return None

    def within(self, start: int, end: int) -> list[EntitySpan]:
        """Mentions inside a region, in order."""
        return within(self.mentions, start, end)

    def is_about(self, player: Player) -> bool:
        """Whether the article is about a thing, rather than to quote it or to name it once in passing."""
        return self._salience.is_about(player)

    def is_owner(self, player: Player) -> bool:
        """Whether a named thing has more to do with the article than to be quoted in it."""
        return self._salience.is_owner(player)

    def main_country(self) -> Player | None:
        """The country named most, in the names of its institutions too ("Czech National Bank")."""
        votes: dict[str, float] = {}
        for mention in self.mentions:
            named = (self.countries.get(word) for word in (mention.name, mention.name.split()[0]))
            country = next((name for name in named if name is not None), None) or self._country_in(mention)
            if country is not None:
                votes[country] = votes.get(country, 0.0) + 1.0 + (mention.kind == "place")
        if not votes:
            return None
        name = min(votes, key=lambda country: (-votes[country], country))
        return Player(name, "place", entity_id(name))

    def _country_in(self, mention: EntitySpan) -> str | None:
        """A country that no list names: of "National Bank of Velmia", "Velmia's parliament", "the army of Velmia"."""
        if mention.kind == "organisation" and _is_central_bank(mention.name) and " of " in mention.name:
            return mention.name.rsplit(" of ", 1)[1]
        if mention.kind == "organisation" and (of := self._counted_by(mention.name)):
            return of
        if mention.kind != "place":
            return None
        if mention.name not in self._state_names:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            bodies = self.world.cues.state_bodies
            after = [t.lower_ for t in self.doc[span.end : span.end + 3]] if span is not None else []
            before = [t.lower_ for t in self.doc[max(0, span.start - 2) : span.start]] if span is not None else []
            owns = after[:1] in (["'s"], ["’s"]) and bool(bodies.intersection(after))
            if not owns and not (before[-1:] == ["of"] and bodies.intersection(before)):
                return None
            self._state_names.add(mention.name)
        return mention.name

    def _counted_by(self, name: str) -> str:
        """The country of "Velmia Statistics", "Statistics Velmia"; none of "Bureau of Farm Statistics"."""
        words = name.split()
        rest = [word for word in words if word != "Statistics"]
        is_plain = all(word.istitle() and word.lower() not in self.nominals and word not in _OFFICES for word in rest)
        return " ".join(rest) if len(rest) in (1, 2) and len(rest) < len(words) and is_plain else ""

    def central_bank(self, noun: Token | None = None, place: Player | None = None) -> Player | None:
        """The bank that sets rates: in the noun's phrase; without a noun the main one, that of the country, or just
        "central bank".
        """
        named = [m for m in self.mentions if m.kind == "organisation" and _is_central_bank(m.name)]
        if noun is not None:
            end = noun.right_edge.idx + len(noun.right_edge)
            inside = [m for m in named if noun.left_edge.idx <= m.start < end]
            return Player.of(inside[0]) if inside else None
        if named:
            return Player.of(min(named, key=lambda m: (m.name not in self.favoured, -self.weights[m.name], m.start)))
        country = place or self.main_country()
        name = f"{country.name} central bank" if country is not None else "central bank"
        return Player(name, "organisation", entity_id(name))

    def is_forecaster(self, player: Player) -> bool:
        """Whether a thing is one of those that tell figures of others: an exchange, a research firm, an agency."""
        words = self.described.words.get(player.name, set()) | set(player.name.lower().split())
        return bool(words & self.world.cues.forecasters)

    def is_watcher(self, player: Player) -> bool:
        """Whether a thing is a body of the public, which an article seldom is about: police, a ministry, a court."""
        words = self.described.words.get(player.name, set()) | set(player.name.lower().split())
        return bool(words & self.world.cues.public)

    def is_onlooker(self, player: Player) -> bool:
        """Whether a thing mostly tells figures of others: who forecasts them, watches over them or studies them."""
        words = self.described.words.get(player.name, set()) | self.described.titles.get(player.name, set())
        words |= set(player.name.lower().split())
        cues = self.world.cues
        return self.is_forecaster(player) or bool(words & (cues.public | cues.learned | cues.onlookers))

    def medicine(self) -> Player | None:
        """The medicine that the article is most about."""
        named = [m for m in self.mentions if m.kind == "product" and self._is_medicine(m)]
        best = min(named, key=lambda m: (-self.weights[m.name], m.start), default=None)
        is_main = best is not None and (best.name in self.favoured or sum(m.name == best.name for m in named) > 1)
        return Player.of(best) if best is not None and is_main else None

    def _is_medicine(self, mention: EntitySpan) -> bool:
        in_small = any(m.name == mention.name and text_of(self.doc)[m.start].islower() for m in self.mentions)
        return in_small or bool(self.described.words.get(mention.name, set()) & self.world.cues.medicines)

    def is_sort_of_thing(self, noun: Token) -> bool:
        """Whether a common noun is that of built or made things, and not of people or bodies."""
        lemma = noun.lemma_.lower()
        return self.nominals.get(lemma) in {"product", "place"} or lemma in self.world.cues.works

    def is_works(self, player: Player) -> bool:
        """Whether a thing is a built site: a plant, a mine, a bridge."""
        return player.name.split()[-1].lower() in self.world.cues.works and " " in player.name

    def is_officer(self, player: Player) -> bool:
        """Whether a person speaks and acts for others: a minister, a chief executive."""
        words = {*self.described.words.get(player.name, ()), *self.described.titles.get(player.name, ())}
        return bool(words & self.world.cues.officers)

    def is_taker(self, player: Player) -> bool:
        """Whether a thing is a gang or the like, which tells what it took from others."""
        return bool(self.described.words.get(player.name, set()) & self.world.cues.takers)

    def main_organisation(self) -> Player | None:
        """The most salient organisation."""
        names = [mention for mention in self.mentions if mention.kind == "organisation"]
        return Player.of(min(names, key=lambda m: (-self.weights[m.name], m.start))) if names else None

    def main_place(self) -> Player | None:
        """The most salient place."""
        places = [mention for mention in self.mentions if mention.kind == "place"]
        return Player.of(min(places, key=lambda m: (-self.weights[m.name], m.start))) if places else None


def _is_short_for(name: str, paper: str) -> bool:
    """Whether a paper is meant: "the Herald" is the Tolvar Herald, but "Tolvar" is what it is called after."""
    words = paper.split()
    is_named_after = len(words) > 1 and words[0] == "the" and words[-1] not in words_of(name)
    return words_of(name) <= words_of(paper) and not is_named_after


def _is_central_bank(name: str) -> bool:
    low = f" {name.lower()} "
    return any(part in low for part in _CENTRAL_BANKS)
