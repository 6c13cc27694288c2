"""One query asks the same everywhere: in a search, of a watch, in the API and of the command, on either database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import archive_sample
import pytest
from fastapi.testclient import TestClient
from servers.postgres import Postgres
from terminal import Terminal

from monitor.app import App
from monitor.archive import matches, parse_query
from monitor.domain.search import Order
from monitor.domain.watch import Watch
from monitor.settings import Settings
from monitor.storage.search.words import stems
from monitor.web.site import create

TARN = {"about 20 percent", "60 to 70 percent", "41.5 percent", "20 percent"}
LEVELS = {"63 percent", "48 percent"}
ASKED = {
    "value:>=30% metric:yield entity:Tarn": {"60 to 70 percent", "41.5 percent"},
    "metric:yield OR metric:level": TARN | LEVELS,
    "metric:yield metric:level": TARN | LEVELS,
    "metric:yield AND metric:level": set(),
    "(reservoir OR wafers) percent": {"about 20 percent", "41.5 percent", "At least 14 villages"} | LEVELS,
    "reservoir OR output wafers": LEVELS | {"At least 14 villages"},
    "reservoir NOT capacity": {"At least 14 villages"},
    'reservoir -(capacity OR "rationed supply")': set(),
    "wafer passing -metric:capacity": {"41.5 percent"},
    "reservoirs (villages OR value:<50%)": {"At least 14 villages", "48 percent"},
    "(salt value:900) OR kind:planned": {"900 kilograms", "18 May 2031"},
    'entity:="Skua" NOT unit:date': {"3.1 million euros"},
    "entity:Skua value:0.5..2 tonnes": {"900 kilograms"},
    "entity:Skua (value:>1 tonne OR value:>2m EUR)": {"3 tonnes", "3.1 million euros"},
    "entity:Skua state:superseded": {"4 May 2031", "2.4 million euros"},
    "Skua II": {"900 kilograms", "3 tonnes"},
    "kind:denied OR kind:forecast": {"20 percent", "60 to 70 percent"},
    "first-hand:yes metric:yield": {"about 20 percent", "60 to 70 percent", "41.5 percent", "20 percent"},
    "worth:>=0.9 OR worth:<0.5": {"about 20 percent", "12,000 wafers a month"},
    "source:ledger worth:0.8": {"60 to 70 percent"},
    'asserter:"suppliers" OR asserter:="Ostra Farmers\' Union"': {"about 20 percent", "48 percent"},
    "NOT published:1900.. level": {"48 percent"},
    "as-of:>=2032 percent": {"60 to 70 percent"},
    "published:2031-03-02..2031-03-03 capacity": {"12,000 wafers a month", "63 percent"},
    "published:2031-03-03 N5": {"about 20 percent", "60 to 70 percent"},
    "tarn's struggles": {"about 20 percent", "60 to 70 percent", "12,000 wafers a month"},
    "café OR RESERVOIRS": {"63 percent", "48 percent", "At least 14 villages"},
    "quay entity:=\"Quay 7\"": {"107 containers"},
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    app: App
    client: TestClient
    terminal: Terminal


def open_place(url: str, folder: Path) -> Place:
    app = App(Settings(database_url=url), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    for number, query in enumerate(ASKED):
        app.store.watches.put(Watch(f"wat-{number}", query, query))
    return Place(app, TestClient(create(app)), Terminal(folder / "here", {"MONITOR_DATABASE_URL": url}))


@pytest.fixture(scope="module")
def places(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Place]]:
    folder: Path = tmp_path_factory.mktemp("language")
    postgres.drop("one_language")
    urls = {"sqlite": f"sqlite:///{folder}/monitor.db", "postgresql": postgres.create("one_language")}
    opened = {name: open_place(url, folder / name) for name, url in urls.items()}
    yield opened
    for place in opened.values():
        place.app.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, places: dict[str, Place]) -> Place:
    return places[request.param]


def spans(place: Place, ids: list[str]) -> set[str]:
    return {claim.evidence.span for claim in place.app.store.claims.get(ids)}


@pytest.mark.parametrize("query", ASKED)
def test_search_api_watch_and_command_give_the_same_claims_in_the_same_order(place: Place, query: str) -> None:
    read, found = place.app.searching.search(query, limit=100, strict=True)
    ids = [hit.claim.id for hit in found.hits]
    assert spans(place, ids) == ASKED[query]
    answer = place.client.get("/api/v1/claims", params={"q": query, "limit": 100}).json()
    assert [one["id"] for one in answer["data"]] == ids
    assert (answer["page"]["count"], found.total) == (len(ids), len(ids))
    said = place.terminal("search", query, "--json", "--limit", "100")
    assert [one["id"] for one in json.loads(said.out)["data"]] == ids

    newest = place.app.searching.search(query, limit=100, order=Order.NEWEST)[1]
    hits = place.client.get(f"/api/v1/watches/wat-{list(ASKED).index(query)}/hits").json()
    assert [one["id"] for one in hits["data"]] == [hit.claim.id for hit in newest.hits]
    articles = {one.id: one for one in place.app.store.articles.all()}
    claims = place.app.store.claims.all()
    units = place.app.units
    assert {one.id for one in claims if matches(read, one, articles[one.article_id], units=units, stems=stems)} == set(
        ids
    )
    assert parse_query(query, units) == read


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("query", ASKED)
def test_both_databases_give_the_same_claims_in_the_same_order(
    places: dict[str, Place], query: str, order: Order
) -> None:
    one, other = (place.app.searching.search(query, limit=100, order=order)[1] for place in places.values())
    assert [hit.claim.id for hit in one.hits] == [hit.claim.id for hit in other.hits]
    assert [(hit.score, hit.how) for hit in one.hits] == [(hit.score, hit.how) for hit in other.hits]
    assert (one.total, one.facets, one.timelines) == (other.total, other.facets, other.timelines)


def test_counts_and_marks_are_the_same_in_the_api_and_of_the_command(place: Place) -> None:
    answer = place.client.get("/api/v1/claims", params={"q": "reservoir OR metric:yield"}).json()
    said = json.loads(place.terminal("search", "reservoir OR metric:yield", "--counts", "--json").out)["data"]
    counted = [(one["of"], one["value"], one["count"]) for one in said]
    facets = [(name, one["value"], one["count"]) for name, values in answer["facets"].items() for one in values]
    bars = [(n, bar["period"], bar["count"]) for n, told in answer["timelines"].items() for bar in told["bars"]]
    assert counted == facets + bars
    assert bars
    for one in answer["data"]:
        start, end = one["marks"]["figure"]
        assert one["quote"][start:end] == one["span"]
    marked = {one["quote"][a:b].lower() for one in answer["data"] for a, b in one["marks"]["words"]}
    assert marked <= {"reservoir", "reservoirs"}
    assert marked


def test_the_page_shows_when_the_claims_were_published_and_marks_the_words(place: Place) -> None:
    found = place.app.searching.search("capacity")[1]
    page = place.client.get("/claims", params={"q": "capacity"}).text
    assert "<b class=hit>" in page
    published = next(one for one in found.timelines if one.name == "published")
    assert len(published.bars) > 1
    for bar in published.bars:
        asked = f"capacity published:{bar.period.iso()}"
        assert f"/claims?{urlencode({'q': asked})}" in page.replace("&amp;", "&")
        assert place.app.searching.search(asked)[1].total == bar.count


@pytest.mark.parametrize("query", ["yield foo:bar", "(reservoir", "reservoir OR", "value:>=much", 'reservoir "level'])
def test_a_wrong_query_is_told_with_its_place_everywhere(place: Place, query: str) -> None:
    problem = place.client.get("/api/v1/claims", params={"q": query})
    assert problem.status_code == 400
    at = problem.json()["position"] + 1
    page = place.client.get("/claims", params={"q": query}).text
    assert f"At character {at}:" in page
    assert "Asked instead: <code>" in page
    said = place.terminal("search", query)
    assert (said.code, f"At character {at}:" in said.err, "Asked instead:" in said.err) == (0, True, True)
    assert place.terminal("search", query, "--json").code != 0
