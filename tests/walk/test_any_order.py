"""The same articles, told in whatever order and cut into whatever batches, give the same questions and relations."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walking import World

from monitor import assets
from monitor.domain.article import Article, Reading
from monitor.domain.claim import Claim, ClaimStatus, Modality
from monitor.domain.dispute import DisputeState
from monitor.domain.evidence import Evidence, Where
from monitor.domain.ids import content_id
from monitor.domain.period import Period
from monitor.domain.quantity import Quantity
from monitor.domain.source import Source, SourceKind
from monitor.pipeline.edges import Edges, Limits
from monitor.pipeline.ingest import Intake
from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.upgrade import upgrade
from monitor.tasks.inline import drain

_WIRE = (
    "Boats took families from the lower town through the night, and two schools were opened to them. The mayor asked "
    "those who live by the weir to stay away until engineers have looked at its gates. Trains between the coast and the "
    "lakes do not run before the weekend, the operator said, and lorries are sent round by the old pass."
)
# Named scopes and open ones, periods stated and not, a denial that names its figure only, two bridges of one name, a sum
# that others word in their own way.
ARTICLES = (
    ("a", "2026-05-01", "Orrin bridge: repair cost of 48.2 million."),
    ("b", "2026-05-02", "Orrin bridge: cost of 61.5 million."),
    ("c", "2026-05-03", "Orrin road bridge: repair cost of 48.9 million."),
    ("d", "2026-05-04", "Orrin rail bridge: repair cost of 97.4 million."),
    ("e", "2026-05-05", "Bridge: repair cost of 48.2 million."),
    ("f", "2026-05-06", "Halden plant: die yield of 55.3 percent in 2026-04."),
    ("g", "2026-05-07", "Halden plant: die yield of 38.4 percent."),
    ("h", "2026-05-08", "Halden line: yield of 41.7 percent in 2026-03."),
    ("i", "2026-05-09", "Halden: yield of 38.9 percent in 2026-04."),
    ("j", "2026-05-10", "Mayor: tale of 61.5 million denied at Orrin."),
    ("k", "2026-05-11", "Orrin: jobs of 1,240 people."),
    ("l", "2026-05-12", "Orrin works: jobs of 980 people."),
    ("m", "2026-05-13", "Orrin crossing: bill of 97.4 million."),
    ("n", "2026-05-14", "Orrin crossing: bill of 88.1 million."),
    # One wire text in three papers, a count that goes on, articles whose later version (in capitals) has another figure.
    ("o", "2026-05-15", f"Tarn flood: people displaced of 4,210 people. {_WIRE}"),
    ("p", "2026-05-15", f"Tarn flood: people displaced of 4,210 people. {_WIRE}"),
    ("q", "2026-05-16", f"Tarn flood: people displaced of 4,210 people. {_WIRE}"),
    ("r", "2026-05-17", "Tarn flood: people displaced of 6,830 people."),
    ("s", "2026-05-17", "Tarn flood: people displaced of 3,120 people."),
    ("S", "2026-05-17", "Tarn flood: people displaced of 6,790 people."),
    ("K", "2026-05-11", "Orrin: jobs of 1,420 people."),
    # Sentences that reject a figure which another matter of that name was told with, and one that nobody gave.
    ("t", "2026-05-12", "Orrin ferry: outlay of 72.9 million, not the 88.1 million told of."),
    ("u", "2026-05-18", "Orrin span: sum of 72.3 million, not 61.5 million."),
    ("v", "2026-05-18", "Orrin quay: charge of 72.3 million, not 19.6 million."),
)
_UNITS = {"million": "EUR", "percent": "percent", "people": "count:person"}
_SENTENCE = re.compile(r"(.+?): (.+?) of ([\d.,]+) (\w+)(?: in (\S+)\.)?(?: denied)?")


def read(articles: Sequence[Article]) -> list[Reading | Exception]:
    """A reader of one sentence: `<Subject>: <metric> of <number> <unit> [in <month>] [denied …].`"""
    return [Reading(article.id, (_claim(article),), ()) for article in articles]


def _claim(article: Article) -> Claim:
    found = _SENTENCE.match(article.text)
    assert found is not None
    (start, end), text = found.span(3), article.text
    day = (article.published or article.arrived).date()
    return Claim(
        id=content_id("clm", article.id),
        article_id=article.id,
        evidence=Evidence(Where.BODY, text, 0, len(text), found[3], start, end),
        subject=found[1],
        metric=found[2],
        quantity=Quantity(_UNITS[found[4]], Decimal(found[3].replace(",", "")), step=Decimal("0.1")),
        sources=(Source(article.publisher, SourceKind.PUBLISHER, article.publisher),),
        time=Period.parse(found[5]) if found[5] else Period(day, day),
        time_text=found[5] or "",
        modality=Modality.DENIED if "denied" in text else Modality.ASSERTED,
        confidence=0.95,
    )


@cache
def _upgraded() -> bytes:
    """The file of an empty database at the newest revision."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/empty.db")
        upgrade(engine, assets.migrations())
        engine.dispose()
        return Path(folder, "empty.db").read_bytes()


def told(world: World, batches: Sequence[Sequence[tuple[str, str, str]]], size: int) -> dict[str, Any]:
    """What the walk makes of articles that come in these batches, in a database of its own."""
    with opened(world, size) as edges:
        take_in(edges, batches)
        return picture(edges.store)


@contextmanager
def opened(world: World, size: int) -> Iterator[Edges]:
    with TemporaryDirectory() as folder:
        Path(folder, "own.db").write_bytes(_upgraded())
        store = Store(open_engine(f"sqlite:///{folder}/own.db"))
        yield replace(world.edges, store=store, read=read, limits=Limits(batch=size))
        store.close()


def take_in(edges: Edges, batches: Sequence[Sequence[tuple[str, str, str]]]) -> None:
    for batch in batches:
        intake = Intake(edges)
        rows = [
            {"id": name, "url": f"https://{name.lower()}.example/x", "title": f"Paper {name.lower()}",
             "publisher": f"Paper {name.lower()}", "published": f"{day}T07:00:00Z", "text": text,
             "updated": f"{day}T{'12' if name.isupper() else '08'}:00:00Z"}
            for name, day, text in batch
        ]  # fmt: skip
        intake.lines("test", [json.dumps(row).encode() for row in rows])
        drain(edges)


def picture(store: Store) -> dict[str, Any]:
    """Questions, relations and disputes, by the letters of the articles."""
    names = {one.id: _named(store, one) for one in store.claims.all()}
    questions = defaultdict(list)
    for one in store.claims.all():
        if one.status is not ClaimStatus.WITHDRAWN:
            questions[one.question_id].append(names[one.id])
    return {
        "questions": sorted("".join(sorted(members)) for members in questions.values()),
        "relations": sorted(
            (*sorted((names[one.a], names[one.b])), one.kind.value, one.reason) for one, _ in store.relations.all()
        ),
        "disputes": sorted(
            (
                one.state.value,
                one.origins,
                sorted("".join(sorted(names[key] for key in at.claim_ids)) for at in one.positions),
            )
            for one in store.disputes.list(limit=50)
            if one.state is not DisputeState.SETTLED  # one may have stood until an article came in that ended it
        ),
    }


def _named(store: Store, one: Claim) -> str:
    return store.articles.get([one.article_id])[0].given_id or ""


def _in_one_go(world: World) -> dict[str, Any]:
    if not _KNOWN:
        _KNOWN.update(told(world, [ARTICLES], 50))
    return _KNOWN


_KNOWN: dict[str, Any] = {}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(ARTICLES), cuts=st.sets(st.integers(1, len(ARTICLES) - 1)), size=st.integers(1, 6))
def test_articles_in_any_order_give_the_same(
    world: World, order: list[tuple[str, str, str]], cuts: set[int], size: int
) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[first:last] for first, last in pairwise(edges)]
    assert told(world, batches, size) == _in_one_go(world)


def test_one_wire_text_in_ten_papers_is_one_origin(world: World) -> None:
    text = f"Tarn flood: people displaced of 4,210 people. {_WIRE}"
    copies = [(letter, "2026-05-15", text) for letter in "abcdefghij"]
    found = told(world, [[*copies, ("z", "2026-05-15", "Tarn flood: people displaced of 6,830 people.")]], 4)
    assert found["questions"] == ["abcdefghijz"]
    assert [(*pair, kind) for *pair, kind, _ in found["relations"]] == [(one, "z", "contradicts") for one in "abcdefghij"]
    assert found["disputes"] == [("open", 2, ["abcdefghij", "z"])]


@pytest.mark.parametrize("letter", "afm")
def test_a_claim_that_is_withdrawn_leaves_what_would_be_without_it_and_comes_back(world: World, letter: str) -> None:
    with opened(world, 50) as edges:
        take_in(edges, [ARTICLES])
        [one] = [one for one in edges.store.claims.all() if _named(edges.store, one) == letter]
        edges.store.claims.set_status(one.id, ClaimStatus.WITHDRAWN)
        drain(edges)
        without = picture(edges.store)
        edges.store.claims.set_status(one.id, ClaimStatus.CURRENT)
        drain(edges)
        again = picture(edges.store)
    known = told(world, [[one for one in ARTICLES if one[0] != letter]], 50)
    assert (without["questions"], without["relations"]) == (known["questions"], known["relations"])
    assert (again["questions"], again["relations"]) == (_in_one_go(world)["questions"], _in_one_go(world)["relations"])


def test_there_is_something_to_be_told_apart(world: World) -> None:
    found = told(world, [ARTICLES], 50)
    assert "Kk" in found["questions"]
    assert "updates" in {kind for *_, kind, _ in found["relations"]}
    assert 3 < len(found["questions"]) < len(ARTICLES)
    assert {"contradicts", "denies"} <= {kind for *_, kind, _ in found["relations"]}
    assert ("b", "u", "contradicts") in {(*pair, kind) for *pair, kind, _ in found["relations"]}
    assert found["disputes"]
