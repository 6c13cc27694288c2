"""An archive of any size, made up: sentences of invented words, used as often as words of a language are.

Words, names, metrics and publishers follow Zipf's law. Each article is of a matter, which has words of its own and a
direction of its own: half the words of a sentence and all that are asked for are of the matter, and so is a part of their
vectors. The parts were chosen so that `python tests/bench/search_world.py` prints about what the encoder of the product
gives for the 957 sentences of a sample of news: the 1st, 10th and 100th nearest of a sentence at a cosine of
0.52, 0.36 and 0.23, of a short question at 0.52, 0.34 and 0.18, any two at 0.11, 0.57 of the variance in 50 directions.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, Modality
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source, SourceKind

WIDTH = 384  # of the vectors of the encoder that the product comes with
CLAIMS_IN_ARTICLE = 10
WORDS, ENTITIES, METRICS, PUBLISHERS, MATTERS = 40_000, 20_000, 400, 3_000, 5_000
_MATTER_WORDS = 40
_FREQUENT = 30  # words that belong to no matter
_COMMON, _OF_MATTER, _ASKED = 0.34, 0.55, 0.8  # parts of a vector: of all news, of a sentence's matter, of a question's
_SPECTRUM = 0.35  # the weight of the nth direction falls with this power of n
_LENGTH = (8, 26)  # words of a sentence besides its subject, metric and figure
_DAYS = 730
_AHEAD = 4_000  # vectors made before they are needed
_FIRST = datetime(2030, 1, 1, 6, tzinfo=UTC)
_UNITS = ("percent", "USD", "EUR", "tonne", "megawatt", "count:thing", "count:person", "kilometre")
_KINDS = (Modality.ASSERTED, Modality.REPORTED, Modality.FORECAST, Modality.PLANNED, Modality.ESTIMATED)
_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "w")
_RHYMES = ("al", "an", "ar", "el", "en", "ik", "il", "im", "o", "ol", "om", "on", "or", "os", "u", "um", "un", "ut")


@dataclass(frozen=True)
class Told:
    """An article with what was read in it, and the vectors of its claims."""

    article: Article
    claims: tuple[Claim, ...]
    vectors: dict[str, bytes]


class World:
    """The same archive and the same questions for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._numbers = np.random.default_rng(seed)
        self.words = self._spelled(WORDS, 2, 3)
        self.entities = [
            " ".join(pair).title() for pair in zip(*(self._spelled(ENTITIES, 2, 2, n) for n in (1, 2)), strict=True)
        ]
        self.metrics = [" ".join(pair) for pair in zip(*(self._spelled(METRICS, 1, 2, n) for n in (3, 4)), strict=True)]
        self.publishers = [f"{name.title()} Post" for name in self._spelled(PUBLISHERS, 2, 3, 5)]
        self._matters = self._numbers.integers(_FREQUENT, WORDS, (MATTERS, _MATTER_WORDS))
        turned, _ = np.linalg.qr(self._numbers.standard_normal((WIDTH, WIDTH)))
        self._directions = (turned * np.arange(1, WIDTH + 1) ** -_SPECTRUM).T.astype(np.float32)
        self._ahead: NDArray[Any] = np.zeros((0, WIDTH), np.float32)
        self._news, self._meanings = self._drawn(1)[0], self._drawn(MATTERS)

    def articles(self, claims: int) -> Iterator[Told]:
        """Articles in the order of their publication, with so many claims in all."""
        for number in range(0, claims, CLAIMS_IN_ARTICLE):
            moment = _FIRST + timedelta(minutes=number * _DAYS * 24 * 60 // claims)
            yield self._told(number, min(CLAIMS_IN_ARTICLE, claims - number), moment)

    def questions(self, count: int) -> Iterator[tuple[str, bytes]]:
        """What readers type, with its vector: words of a matter, a third with a name, each with one filter."""
        for _ in range(count):
            matter = int(self._picked(MATTERS, 1, first=_FREQUENT)[0])
            picked = self._chance.sample(list(self._matters[matter]), self._chance.choice((1, 2)))
            asked = [self.words[one] for one in picked]
            metric = int(self._picked(METRICS, 1)[0])
            if self._chance.random() < 1 / 3:
                entity = int(self._picked(ENTITIES, 1)[0])
                asked = [*asked[:1], self.entities[entity]]
            month = self._chance.randrange(1, 13)
            narrowed = self._chance.choice(
                (
                    f'metric:="{self.metrics[metric]}"',
                    f"published:2030-{month:02}..2031-{month:02}",
                    f'source:="{self.publishers[int(self._picked(PUBLISHERS, 1)[0])]}"',
                    "kind:forecast",
                    "unit:percent",
                )
            )
            yield f"{' '.join(asked)} {narrowed}", self._coded(matter, 1, _ASKED)[0]

    def _told(self, number: int, count: int, moment: datetime) -> Told:
        publisher = self.publishers[int(self._picked(PUBLISHERS, 1)[0])]
        entities, metrics = self._picked(ENTITIES, count), self._picked(METRICS, count)
        matter = int(self._picked(MATTERS, 1, first=_FREQUENT)[0])
        entities[1:] = np.where(self._numbers.random(count - 1) < 0.5, entities[0], entities[1:])  # one it is about
        sentences = [self._sentence(matter, int(e), int(m)) for e, m in zip(entities, metrics, strict=True)]
        url, title = (
            f"https://{number % PUBLISHERS}.example/{number}",
            f"{self.entities[entities[0]]} {sentences[0].quote[:30]}",
        )
        text = "\n".join(one.quote for one in sentences)
        article = Article(content_id("art", url), url, url, title, text, publisher, moment, moment)
        claims, start = [], 0
        for place, one in enumerate(sentences):
            claims.append(self._claim(article, place, one, start, (int(entities[place]), int(metrics[place]))))
            start += len(one.quote) + 1
        coded = self._coded(matter, count, _OF_MATTER)
        return Told(article, tuple(claims), {one.id: row for one, row in zip(claims, coded, strict=True)})

    def _sentence(self, matter: int, entity: int, metric: int) -> "_Sentence":
        length = self._chance.randint(*_LENGTH)
        picked = [*self._picked(WORDS, length - length // 2), *self._numbers.choice(self._matters[matter], length // 2)]
        self._chance.shuffle(picked)
        written = [self.words[one] for one in picked]
        span = f"{self._chance.randint(1, 90_000):,}"
        half = len(written) // 2
        parts = (self.entities[entity], *written[:half], self.metrics[metric], span, *written[half:])
        return _Sentence(" ".join(parts) + ".", span)

    def _claim(self, article: Article, place: int, one: "_Sentence", start: int, about: tuple[int, int]) -> Claim:
        at = start + one.quote.index(f" {one.span} ") + 1
        evidence = Evidence(Where.BODY, one.quote, start, start + len(one.quote), one.span, at, at + len(one.span))
        day = (article.arrived - timedelta(days=self._chance.randrange(400))).date()
        said = Source(article.publisher, SourceKind.PUBLISHER, article.publisher)
        figure = Decimal(one.span.replace(",", ""))
        return Claim(
            content_id("clm", article.id, place),
            article.id,
            evidence,
            self.entities[about[0]],
            self.metrics[about[1]],
            Quantity(_UNITS[about[1] % len(_UNITS)], figure),
            (said,),
            time=Period(date(day.year, day.month, 1), day),
            time_text="then",
            modality=self._chance.choice(_KINDS),
            worth=round(self._chance.random(), 3),
        )

    def _picked(self, size: int, count: int, first: int = 0) -> NDArray[np.int64]:
        """Places in a list of so many, from `first`, the earlier the more often."""
        places = np.exp(self._numbers.random(count) * np.log(size / (first + 1))) * (first + 1) - 1
        return places.astype(np.int64)

    def _coded(self, matter: int, count: int, share: float) -> list[bytes]:
        """Unit vectors of half precision of so many texts of a matter. `share`: the part that is the matter's."""
        told = share * self._meanings[matter] + np.sqrt(1 - share**2) * self._drawn(count)
        whole = _COMMON * self._news + np.sqrt(1 - _COMMON**2) * told
        return [row.astype("<f2").tobytes() for row in whole / np.linalg.norm(whole, axis=1, keepdims=True)]

    def _drawn(self, count: int) -> NDArray[Any]:
        """So many vectors of length 1 by chance. Many are made at once: a product of few rows is slow for each."""
        if len(self._ahead) < count:
            drawn = self._numbers.standard_normal((count + _AHEAD, WIDTH), np.float32) @ self._directions
            self._ahead = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
        taken, self._ahead = self._ahead[:count], self._ahead[count:]
        return taken

    def _spelled(self, count: int, least: int, most: int, seed: int = 0) -> list[str]:
        """So many different invented words."""
        chance, made = random.Random(seed), dict[str, None]()
        while len(made) < count:
            syllables = chance.randint(least, most) + (len(made) > 20_000)
            made["".join(chance.choice(_ONSETS) + chance.choice(_RHYMES) for _ in range(syllables))] = None
        return list(made)


@dataclass(frozen=True)
class _Sentence:
    quote: str
    span: str


def reading(told: Told) -> Reading:
    """What a reading of the article settles."""
    return Reading(told.article.id, told.claims, ())


def main() -> None:
    """Print how near what was made up lies, to hold against the vectors of an encoder."""
    world = World()
    stored = np.stack([_read(one) for told in world.articles(1_000) for one in told.vectors.values()])
    asked = np.stack([_read(one) for _, one in world.questions(200)])
    variances = np.linalg.eigvalsh(np.cov(stored.T))[::-1]
    for name, some in (("a sentence", stored[:200]), ("a question", asked)):
        cosines = np.sort(some @ stored.T, axis=1)
        nearest = {place: round(float(cosines[:, -place - (some is not asked)].mean()), 2) for place in (1, 10, 100)}
        print(f"{name} and the nth nearest of {len(stored)}: {nearest}; any: {cosines.mean():.2f}")
    print(f"share of the variance in the first 50 directions: {variances[:50].sum() / variances.sum():.2f}")


def _read(vector: bytes) -> NDArray[np.float32]:
    return np.frombuffer(vector, "<f2").astype(np.float32)


if __name__ == "__main__":
    main()
