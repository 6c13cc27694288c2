"""What is taken away from the archive is whole, valid and harmless in each form."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import archive_sample
import pytest
from fastapi.testclient import TestClient

from monitor.app import App
from monitor.app.records import csv_line
from monitor.settings import Settings
from monitor.web import desk
from monitor.web.site import create

ATOM = "{http://www.w3.org/2005/Atom}"
# schema.org, release 23: the properties of Claim, CreativeWork and Thing that are used here, and those of a NewsArticle.
CLAIM = {
    "appearance",
    "firstAppearance",
    "author",
    "datePublished",
    "isBasedOn",
    "text",
    "about",
    "name",
    "identifier",
    "url",
}
ARTICLE = {"@type", "url", "headline", "publisher", "version", "identifier", "datePublished"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = App(
        Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('exports')}/monitor.db"),
        now=lambda: archive_sample.NOW,
    )
    archive_sample.fill(app.store)
    with TestClient(create(app)) as found:
        yield found
    app.close()


@pytest.fixture(scope="module")
def dispute(client: TestClient) -> str:
    return next(one["id"] for one in client.get("/disputes.json").json()["data"] if "Tarn" in one["title"])


@pytest.mark.parametrize(
    "address", ["/claims.atom", "/claims.atom?q=nobody+says+this", "/claims.atom?q=Yards", "/disputes.atom",
                "/disputes.atom?state=settled", "/questions/tarn-microworks-n5-yield.atom", "/questions.atom",
                "/articles.atom", "/entities.atom", "/entities.atom?kind=organisation", "/sources.atom", "/feeds.atom",
                "/watches.atom", "/digests.atom"],
)  # fmt: skip
def test_a_feed_has_what_rfc_4287_asks_for(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1, name
        ids.append(one.findtext(f"{ATOM}id"))
        assert (ids[-1] or "").startswith("http://")
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "").tzinfo is not None
        authors = [author.findtext(f"{ATOM}name") for author in one.findall(f"{ATOM}author")]
        assert authors
        assert all(authors)
    assert len(ids) == len(set(ids))
    links = [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")]
    assert ("self", str(answer.url)) in links


@pytest.mark.parametrize("query", ["", "state:any", "percent", "nobody says this", "sort"])
def test_a_download_has_as_many_rows_as_the_count_says(client: TestClient, query: str) -> None:
    count = client.get("/claims.json", params={"q": query}).json()["page"]["count"]
    rows = list(csv.DictReader(io.StringIO(client.get("/claims.csv", params={"q": query}).text)))
    lines = [json.loads(line) for line in client.get("/claims.ndjson", params={"q": query}).text.splitlines()]
    assert len(rows) == len(lines) == count
    assert [row["id"] for row in rows] == [line["id"] for line in lines]


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "--1",
        "-1.2.3",
        "+-1",
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert next(csv.reader(io.StringIO(csv_line([cell]), newline=""))) == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-5", "+3.25", "0.5", "about -5", "a=b", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert next(csv.reader(io.StringIO(csv_line([cell, "x"]))))[0] == cell


LISTS = ("questions", "disputes", "articles", "entities", "sources", "feeds", "watches", "digests")


@pytest.mark.parametrize("noun", LISTS)
def test_every_list_is_taken_away_whole(client: TestClient, noun: str) -> None:
    limit = "" if noun in ("sources", "feeds", "watches") else "?limit=200"
    answer = client.get(f"/api/v1/{noun}{limit}").json()
    lines = [json.loads(line) for line in client.get(f"/{noun}.ndjson").text.splitlines()]
    assert lines == answer["data"]
    assert len(lines) == answer["page"]["count"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{noun}.csv").text)))
    assert len(rows) == len(lines)
    key = "name" if noun == "sources" else "id"
    assert all(row[key] == line[key] and set(row) >= set(line) for row, line in zip(rows, lines, strict=True))
    assert client.get(f"/{noun}.pdf").status_code == 404


def test_linked_data_of_a_claim_says_who_claims_where_and_where_first_and_rates_nothing(client: TestClient) -> None:
    listed = client.get("/claims.json?q=state:any&limit=200").json()["data"]
    for one in listed:
        answer = client.get(f"/claims/{one['id']}.jsonld")
        assert answer.headers["content-type"] == "application/ld+json"
        found = answer.json()
        assert (found["@context"], found["@type"]) == ("https://schema.org", "Claim")
        assert set(found) - {"@context", "@type", "@id"} <= CLAIM
        assert found["text"] == one["quote"]
        assert found["appearance"]["url"] == one["article"]["url"]
        assert set(found["appearance"]) | set(found["firstAppearance"]) <= ARTICLE
        assert found.get("author", found.get("isBasedOn"))["@type"] in ("Person", "Organization", "CreativeWork")
        assert "rating" not in answer.text.lower()
        assert "review" not in answer.text.lower()
    copy = next(one for one in listed if one["article"]["publisher"] == "Inland Post")
    first = client.get(f"/claims/{copy['id']}.jsonld").json()["firstAppearance"]
    assert first["publisher"]["name"] != "Inland Post"  # a copy of what an agency had printed before


def test_evidence_is_the_sentence_in_the_stored_copy(client: TestClient) -> None:
    for one in client.get("/claims.json?q=state:any&limit=200").json()["data"]:
        (found,) = client.get(f"/api/v1/claims/{one['id']}/evidence").json()["data"]
        stored = client.get(f"/api/v1/articles/{found['article']}").json()["data"]
        text = stored["title"] if found["where"] == "title" else stored["text"]
        assert text[found["start"] : found["end"]] == found["quote"]
        assert text[found["span_start"] : found["span_end"]] == found["span"]
        assert found["sha256"] == hashlib.sha256(stored["text"].encode()).hexdigest()
        assert found["changed_since"] == (one["status"] == "superseded")


def test_a_pack_has_each_claim_with_sentence_source_copy_and_address(client: TestClient, dispute: str) -> None:
    packs = {
        "/questions/tarn-microworks-n5-yield.md": "/api/v1/questions/tarn-microworks-n5-yield",
        f"/disputes/{dispute}.md": f"/api/v1/disputes/{dispute}",
    }
    for pack, twin in packs.items():
        answer = client.get(pack)
        assert answer.headers["content-type"].startswith("text/markdown")
        claims = client.get(twin).json()["data"]["claims"]
        assert len(claims) > 2
        for one in claims:
            assert " ".join(one["quote"].split()) in answer.text
            assert f"/claims/{one['id']}>" in answer.text
            assert one["article"]["url"] in answer.text
        assert answer.text.count("Stored copy: sha256 ") == len(claims)
        assert len(client.get(pack.replace(".md", ".jsonld")).json()["@graph"]) == len(claims)
        assert len(client.get(pack.replace(".md", ".csv")).text.splitlines()) == len(claims) + 1


def test_a_pack_of_a_search_says_where_it_was_cut_and_shows_no_tag(client: TestClient) -> None:
    found = client.get("/claims.md?q=Yards").text
    assert "\\<script>" in found
    assert not any(line.lstrip("> -").startswith("<script") for line in found.splitlines())
    assert "The first" not in found  # all of it is there
    assert len(client.get("/claims.jsonld?q=quay").json()["@graph"]) == 28


@pytest.mark.parametrize("noun", [*LISTS, "claims"])
def test_the_page_of_a_list_links_to_its_forms(client: TestClient, noun: str) -> None:
    page = client.get(f"/{noun}").text
    for ending in ("csv", "ndjson", "json", "atom"):
        assert f'href="/{noun}.{ending}"' in page
        assert client.get(f"/{noun}.{ending}").status_code == 200


def test_a_part_of_a_list_is_taken_away_as_that_part(client: TestClient) -> None:
    for address, page in (("/disputes", "state=settled"), ("/entities", "kind=organisation")):
        count = client.get(f"{address}.json?{page}").json()["page"]["count"]
        assert len(client.get(f"{address}.ndjson?{page}").text.splitlines()) == count
        assert f"{address}.csv?{page}" in client.get(f"{address}?{page}").text or not count


@pytest.mark.parametrize("address", ["/claims.csv?q=quay", "/claims.ndjson", "/articles.csv", "/questions.ndjson"])
def test_a_download_that_has_not_changed_is_not_sent_again(client: TestClient, address: str) -> None:
    first = client.get(address)
    assert int(first.headers["content-length"]) == len(first.content) > 0
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_large_download_is_whole_though_it_is_made_while_it_is_sent(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/claims.csv?q=quay").content
    monkeypatch.setattr(desk, "_WHOLE_BYTES", 2000)
    streamed = client.get("/claims.csv?q=quay")
    assert streamed.content == whole
    assert "etag" not in streamed.headers
