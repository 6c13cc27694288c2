"""How the API answers: what has not changed is not sent again, lists go on where they ended, nothing asked breaks it."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import archive_sample
import pytest
from archive_sample import NOW, article, claim
from fastapi.testclient import TestClient
from servers.postgres import Postgres

from monitor.app import App
from monitor.domain.article import Reading
from monitor.domain.listed import write_cursor
from monitor.domain.quantity import Quantity
from monitor.settings import Settings
from monitor.web.site import create

LISTS = {
    "claims?q=state:any": "id", "questions": "id", "disputes": "id", "articles": "id", "entities": "id",
    "claims?q=state:any&sort=worth": "id", "claims?q=quay": "id",
}  # fmt: skip
HOSTILE = ["'", "\x00", "%00", "\r\nSet-Cookie: a=b", "../../etc/passwd", "' OR 1=1 --", "𝔄" * 900, "{{7*7}}", "\ud800"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('manners')}/monitor.db"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        server.drop("manners")
        url = server.create("manners")
    app = App(Settings(database_url=url), now=lambda: NOW)
    archive_sample.fill(app.store)
    with TestClient(create(app), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found
    app.close()


def pages(client: TestClient, address: str, limit: int) -> Iterator[list[dict[str, Any]]]:
    """The pages of a list, each asked for at the address that the one before names in its header."""
    following: str | None = f"/api/v1/{address}{'&' if '?' in address else '?'}limit={limit}"
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        yield answer.json()["data"]
        link = answer.links.get("next", {}).get("url")
        assert (link is None) == (answer.json()["page"]["next"] is None)
        following = link


@pytest.mark.parametrize("address", LISTS)
def test_a_list_goes_on_where_it_ended_and_shows_each_thing_once(client: TestClient, address: str) -> None:
    found = [one["id"] for page in pages(client, address, 7) for one in page]
    whole = client.get(f"/api/v1/{address}{'&' if '?' in address else '?'}limit=200").json()
    assert found == [one["id"] for one in whole["data"]]
    assert len(set(found)) == len(found) == whole["page"]["count"]
    assert whole["page"]["count_is"] == "exact"


@pytest.mark.parametrize("noun", ["claims", "questions", "disputes", "articles", "entities"])
@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "bnVsbA", "é", "\x00", "A" * 999, write_cursor("articles", ["a", "b"]), write_cursor("questions", [1.0]),
     write_cursor("disputes", [NOW.replace(year=9999), "d"]), write_cursor("entities", [float("nan"), "a", "b", "c"])],
)  # fmt: skip
def test_a_place_that_is_not_of_this_list_is_refused(client: TestClient, noun: str, cursor: str) -> None:
    answer = client.get(f"/api/v1/{noun}", params={"cursor": cursor})
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    for address in ("/api/v1/claims", "/disputes.json", "/", "/questions/tarn-microworks-n5-yield.svg"):
        first = client.get(address)
        tag = first.headers["etag"]
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get(address, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), address
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        head = client.head(address)
        assert (head.headers["etag"], head.content) == (tag, b"")
        assert first.headers["cache-control"] == "no-cache"


def test_another_answer_has_another_tag(client: TestClient) -> None:
    asked = ("/api/v1/claims", "/api/v1/claims?limit=3", "/api/v1/claims?q=quay", "/api/v1/questions")
    assert len({client.get(one).headers["etag"] for one in asked}) == len(asked)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/api/v1/nowhere", 404),
        ("GET", "/api/v1/claims/none", 404),
        ("POST", "/api/v1/claims", 405),
        ("DELETE", "/api/v1/disputes/dsp-x", 405),
        ("GET", "/api/v1/claims?limit=0", 400),
        ("GET", "/api/v1/claims?limit=201", 400),
        ("GET", "/api/v1/claims?limit=1e3", 400),
        ("GET", "/api/v1/claims?sort=truth", 400),
        ("GET", "/api/v1/claims?q=" + "a" * 2001, 400),
        ("GET", "/api/v1/events?since=-1", 400),
        ("GET", "/api/v1/events?since=" + "9" * 40, 400),
        ("GET", "/api/v1/events?sinse=1", 400),
        ("GET", "/api/v1/claims?q=" + "a" * 40_000, 414),
        ("GET", "/claims.csv?q=(open", 400),
        ("GET", "/claims.ndjson?q=metrik:x", 400),
        ("GET", "/claims.atom?q=value:>=much", 400),
        ("GET", "/articles/x/versions/one..two", 404),
        ("POST", "/api/v1/check", 400),
    ],
)
def test_every_error_is_a_problem(client: TestClient, method: str, address: str, status: int) -> None:
    answer = client.request(method, address, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["detail"]
    if status == 405:
        assert answer.headers["allow"] == "GET"
        assert client.request(method, address).headers["content-type"] == "application/problem+json"
    if status == 400:
        assert all(one["detail"] for one in problem["errors"])


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u2003"])
def test_a_text_of_nothing_is_refused(client: TestClient, text: str) -> None:
    assert client.post("/api/v1/check", json={"text": text}).status_code == 400


def test_a_wrong_parameter_is_named_with_the_nearest(client: TestClient) -> None:
    problem = client.get("/api/v1/events?sinse=1").json()
    assert problem["errors"][0]["parameter"] == "sinse"
    assert "Did you mean since?" in problem["detail"]
    assert client.get("/api/v1/claims?limit=none").json()["errors"][0]["parameter"] == "limit"


def test_a_failure_is_a_problem_with_the_guarding_headers(tmp_path: Path) -> None:
    app = App(Settings(database_url=f"sqlite:///{tmp_path}/monitor.db"), now=lambda: NOW)
    site = create(app)

    @site.get("/api/v1/broken")
    def broken() -> None:
        raise ValueError("secret detail")

    with TestClient(site, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/broken")
        assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
        assert "secret" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert client.head("/api/v1/broken").content == b""
    app.close()


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_words_in_any_place_of_an_address_are_harmless(client: TestClient, text: str) -> None:
    quoted = "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))
    nouns = ("claims", "questions", "disputes", "articles", "entities", "sources", "feeds", "watches", "digests")
    asked = [f"/api/v1/{noun}/{quoted}" for noun in nouns]
    asked += [f"/{noun}/{quoted}{ending}" for noun in nouns for ending in ("", ".json")]
    asked += [f"/questions/{quoted}.csv", f"/static/{quoted}", f"/u/{quoted}", f"/api/v1/entities?kind={quoted}"]
    asked += [f"/api/v1/{noun}?{name}={quoted}" for noun, name in (("claims", "q"), ("disputes", "state"))]
    asked += [f"/api/v1/events?since={quoted}", f"/claims.csv?q={quoted}", f"/claims?words={quoted}&{quoted}=1"]
    for address in asked:
        answer = client.get(address)
        assert answer.status_code in (200, 303, 400, 404), (address, answer.status_code)
        assert "set-cookie" not in answer.headers
        assert not any("\n" in value or "\r" in value for value in answer.headers.values())
        assert "49" not in answer.headers.get("location", "")
    assert client.get("/readyz").json()["counts"]["claims"] > 30


def test_ten_thousand_claims_are_paged_without_repeat_or_gap_while_others_come(tmp_path: Path) -> None:
    app = App(Settings(database_url=f"sqlite:///{tmp_path}/monitor.db"), now=lambda: NOW)

    def tell(number: int, claims: int) -> set[str]:
        lines = [f"Shaft {number}-{place} yielded {place + 1} carts of slate." for place in range(claims)]
        on = (NOW - timedelta(hours=number)).isoformat()
        told_in = article("Quarry Gazette", f"Shafts of week {number}", "\n\n".join(lines), on)
        found = [
            claim(
                told_in, f"{carts} carts", f"Shaft {number}-{carts - 1}", "slate", Quantity("count:cart", Decimal(carts))
            )
            for carts in range(1, claims + 1)
        ]
        app.store.articles.put(told_in)
        app.store.claims.settle_reading(Reading(told_in.id, tuple(found), ()), {}, "none", NOW)
        return {one.id for one in found}

    before: set[str] = set().union(*(tell(number, 100) for number in range(0, 1000, 10)))
    assert len(before) == 10_000
    with TestClient(create(app)) as client:
        for address in ("claims", "claims?q=slate", "claims?sort=worth", "claims?q=carts&sort=newest"):
            seen: list[str] = []
            for number, page in enumerate(pages(client, address, 200)):
                seen += [one["id"] for one in page]
                if number % 10 == 0:
                    tell(len(seen) + number % 7 + 1, 3)  # newer and older ones than the page stands at
            assert len(seen) == len(set(seen)), address
            assert before <= set(seen), address
    app.close()
