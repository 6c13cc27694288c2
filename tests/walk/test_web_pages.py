"""The archive in a browser without script: every page opens, every link leads somewhere, nothing from outside runs."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote_plus, urljoin, urlsplit
from xml.etree import ElementTree

import archive_sample
import pytest
from fastapi.testclient import TestClient

from monitor.app import App
from monitor.domain.article import Reading
from monitor.domain.entry import Entry
from monitor.domain.feed import Feed
from monitor.settings import Settings
from monitor.web.site import create

HOST = "http://testserver"
OUR_SCRIPT = '<script src="/static/copy.js" defer></script>'


def _app(path: Path) -> App:
    return App(Settings(database_url=f"sqlite:///{path}/monitor.db"), now=lambda: archive_sample.NOW)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = _app(tmp_path_factory.mktemp("archive"))
    archive_sample.fill(app.store)
    with TestClient(create(app), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found
    app.close()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = _app(tmp_path_factory.mktemp("empty"))
    with TestClient(create(app), raise_server_exceptions=False, follow_redirects=False) as found:
        yield found
    app.close()


class Page(HTMLParser):
    """The links, anchors, forms and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "a" and found.get("href"):
            self.links.append(found["href"] or "")
        if tag in ("link", "iframe", "img", "script"):
            self.loaded.append(found.get("href") or found.get("src") or "")
        if found.get("id"):
            self.anchors.add(found["id"] or "")


def crawl(client: TestClient, starts: list[str]) -> dict[str, Page]:
    """Every page of the site that links lead to from these, by path and query."""
    waiting, pages = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        html = answer.headers["content-type"].startswith("text/html")
        pages[address] = Page(answer.text if html else "")
        for link in (*pages[address].links, *pages[address].loaded):
            target = urlsplit(urljoin(HOST + address, link))
            narrow = "%3A" in address and "q=" in target.query  # searches narrow each other without end
            if f"{target.scheme}://{target.netloc}" == HOST and not narrow:
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    return pages


@pytest.fixture(scope="module")
def pages(client: TestClient) -> dict[str, Page]:
    return crawl(client, ["/", f"/u/{archive_sample.TOKEN}"])


def kinds(pages: dict[str, Page]) -> set[str]:
    return {re.sub(r"[a-z]+-[a-z2-7]{16}", "ID", urlsplit(address).path) for address in pages}


def test_no_link_is_dead_and_every_kind_of_page_is_reached(pages: dict[str, Page]) -> None:
    wanted = {
        "/", "/claims", "/claims/ID", "/questions", "/questions/tarn-microworks-n5-yield", "/disputes", "/disputes/ID",
        "/articles", "/articles/ID", "/articles/ID/versions/1..2", "/entities", "/entities/ID", "/sources", "/feeds",
        "/feeds/ID", "/watches", "/watches/ID", "/digests", "/digests/ID", "/digests/ID/letter", "/help/query",
        "/about/method", "/claims/ID.json", "/claims/ID.md", "/questions/tarn-microworks-n5-yield.svg",
        "/questions/tarn-microworks-n5-yield.csv", "/disputes.atom", "/sources/Harbour%20Wire",
    }  # fmt: skip
    assert not wanted - kinds(pages)


def test_no_page_and_no_document_shows_the_password_of_a_feed_or_proxy(
    client: TestClient, pages: dict[str, Page]
) -> None:
    asked = [*pages, "/api/v1/feeds", "/api/v1/summary", *(one for one in pages if "." in one)]
    asked += [f"{one}.json" for one in pages if one.startswith(("/feeds", "/sources/")) and "." not in one]
    shown = {address: client.get(address).text for address in asked}
    assert any("proxy.example:8080" in text for text in shown.values())
    assert not [address for address, text in shown.items() if archive_sample.PASSWORD in text]


def test_every_fragment_leads_to_its_place(pages: dict[str, Page]) -> None:
    checked = 0
    for address, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(HOST + address, link))
            if target.fragment and target.netloc == "testserver":
                there = pages[target.path + (f"?{target.query}" if target.query else "")]
                assert target.fragment in there.anchors, f"{link} on {address}"
                checked += 1
    assert checked > 50


def test_nothing_is_loaded_from_another_host_and_no_script_but_the_copy_button(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        if address.endswith("/letter"):  # a mail as sent, in a frame that can run and load nothing
            continue
        for loaded in page.loaded:
            assert urlsplit(urljoin(HOST + address, loaded)).netloc == "testserver", address
        for tag, attributes in page.tags:
            assert tag != "script" or attributes["src"] == "/static/copy.js", address
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (address, tag)


def test_each_page_shows_its_json_and_the_json_reads(client: TestClient, pages: dict[str, Page]) -> None:
    twins = [address for address in pages if ".json" in address and ".jsonld" not in address and "openapi" not in address]
    assert len(twins) > 50
    for address in twins:
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("application/json"), address
        assert "data" in json.loads(answer.text), address


def test_every_kind_of_page_has_a_twin_in_json_to_which_it_leads(client: TestClient, pages: dict[str, Page]) -> None:
    """All but the letter, which is a mail as sent, and the key of a subscription, whose page is nobody else's."""
    for address, page in pages.items():
        if not page.tags or address.endswith("/letter") or address.startswith("/u/") or address == "/check":
            continue
        twins = [link for tag, link in page.tags if tag == "a" and link.get("type") == "application/json"]
        assert len(twins) == 1, address
        path = urlsplit(address).path
        assert urlsplit(twins[0]["href"] or "").path == ("/home" if path == "/" else path) + ".json", address
        assert "data" in client.get(twins[0]["href"] or "").json(), address


def test_the_page_on_the_method_shows_what_was_measured(client: TestClient) -> None:
    written = (Path(__file__).resolve().parents[2] / "models" / "quality" / "figures.md").read_text(encoding="utf-8")
    figures = client.get("/about/method.json").json()["data"]["figures"]
    page = client.get("/about/method").text
    assert [one["name"] for one in figures["sets"]] == re.findall("^## (.*)$", written, re.MULTILINE)
    assert dict(figures["circumstances"])["date"] in page
    for one in figures["sets"]:
        assert one["name"] in page
        for row in one["rows"]:
            assert f"| {' | '.join(row)} |" in written
            assert f'<td class="number">{row[1]}</td>' in page


def test_every_page_has_what_a_screen_reader_needs(pages: dict[str, Page]) -> None:
    for address, page in pages.items():
        if not page.tags or address.endswith("/letter"):
            continue
        names = [tag for tag, _ in page.tags]
        assert names.count("h1") == 1, address
        assert names.count("main") == 1, address
        assert ("html", {"lang": "en"}) in page.tags, address
        ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
        assert len(ids) == len(set(ids)), address
        labelled = {attributes.get("for") for tag, attributes in page.tags if tag == "label"}
        for tag, attributes in page.tags:
            if tag == "time":
                assert attributes.get("datetime"), address
            if tag == "input" and attributes.get("id"):
                assert attributes["id"] in labelled, address


def test_guarding_headers_are_on_every_answer(client: TestClient) -> None:
    for address in ("/", "/claims.json", "/static/site.css", "/nowhere", "/api/v1/nowhere", "/healthz", "/claims.csv"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] == "no-referrer", address
        policy = headers["content-security-policy"]
        assert "frame-ancestors" in policy, address
        assert "unsafe-inline" not in policy, address


def test_style_and_script_of_a_page_stay_small(client: TestClient) -> None:
    sheets = [client.get(f"/static/{name}.css") for name in ("site", "chart")]
    assert sum(len(sheet.content) for sheet in sheets) < 100_000


def test_hostile_text_is_shown_and_does_nothing(client: TestClient, pages: dict[str, Page]) -> None:
    shown = [address for address in pages if "onerror" in client.get(address).text]
    assert len(shown) > 5
    for address in shown:
        answer = client.get(address)
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script" not in answer.text.replace(OUR_SCRIPT, "")
            assert "<img" not in answer.text
            assert "<svg onload" not in answer.text
    assert "{{ 7*7 }}" in client.get(_one(pages, "/articles/", "evil", client)).text


def _one(pages: dict[str, Page], start: str, words: str, client: TestClient) -> str:
    return next(one for one in pages if one.startswith(start) and ".json" not in one and words in client.get(one).text)


def test_a_letter_that_has_not_changed_keeps_its_own_policy(client: TestClient, pages: dict[str, Page]) -> None:
    """A browser puts the headers of a 304 in place of those it keeps: the pages' policy would shut the letter's frame."""
    address = next(one for one in pages if one.endswith("/letter"))
    again = client.get(address, headers={"If-None-Match": client.get(address).headers["etag"]})
    assert again.status_code == 304
    assert again.headers["cache-control"] == "no-cache"
    assert not {"content-security-policy", "x-frame-options"} & set(again.headers)


def test_a_letter_can_run_nothing_and_names_nobody(client: TestClient, pages: dict[str, Page]) -> None:
    address = next(one for one in pages if one.endswith("/letter"))
    letter = client.get(address)
    assert "default-src 'none'" in letter.headers["content-security-policy"]
    assert "sandbox" in letter.headers["content-security-policy"]
    for text in (letter.text, client.get(address.removesuffix("/letter")).text):
        assert archive_sample.READER not in text
        assert archive_sample.TOKEN not in text
    frame = next(attributes for tag, attributes in pages[address.removesuffix("/letter")].tags if tag == "iframe")
    assert "allow-scripts" not in (frame["sandbox"] or "")


def test_head_answers_as_get_without_the_body(client: TestClient) -> None:
    answer = client.head("/disputes")
    assert (answer.status_code, answer.text) == (200, "")


def test_feeds_and_exports_are_well_formed(client: TestClient) -> None:
    for address in ("/claims.atom?q=yield", "/disputes.atom", "/questions/tarn-microworks-n5-yield.atom"):
        root = ElementTree.fromstring(client.get(address).content)
        assert root.findall("{http://www.w3.org/2005/Atom}entry"), address
    total = client.get("/claims.json").json()["page"]["count"]
    assert len(client.get("/claims.ndjson").text.splitlines()) == total
    assert len(client.get("/claims.csv").text.splitlines()) == total + 1


def test_spreadsheets_are_given_no_formula(client: TestClient) -> None:
    for line in client.get("/claims.csv").text.splitlines():
        assert not re.search(r'(^|,)"?[=@]', line)


# Pages for people ----------------------------------------------------------------------------------------------------


def test_the_front_page_shows_both_sides_of_each_dispute(client: TestClient) -> None:
    page = client.get("/").text
    for words in ("about 20 percent", "41.5 percent", "63 percent", "48 percent", "the water board", "Vale Research"):
        assert words in page
    assert "3 feeds down</a>: 1 gone for good, 1 blocked by a bot wall, 1 server error, 1 stale" in page


def test_a_claim_page_shows_the_sentence_the_chain_and_who_disagrees(client: TestClient) -> None:
    address = f"/claims/{client.get('/claims.json?q=kind:reported').json()['data'][0]['id']}"
    page = client.get(address).text
    assert "<mark>about 20 percent</mark>" in page
    for words in ("two people at its suppliers", "not stated", "Does not fit with", "<b>contradicts</b>", "N5"):
        assert words in page


def test_evidence_opens_the_stored_copy_at_the_sentence(client: TestClient) -> None:
    claim = client.get("/claims.json?q=kind:reported").json()["data"][0]
    page = Page(client.get(f"/claims/{claim['id']}").text)
    link = next(one for one in page.links if one.startswith("/articles/") and one.endswith(f"#{claim['id']}"))
    assert claim["id"] in Page(client.get(link).text).anchors


def test_an_unknown_publication_date_is_shown_as_unknown(client: TestClient) -> None:
    page = client.get('/claims?q=source:"Field and Furrow"').text
    assert 'published <span class="unknown">date unknown</span>' in page


def test_copies_are_two_outlets_and_one_origin(client: TestClient) -> None:
    address = next(one["id"] for one in client.get("/disputes.json").json()["data"] if "Tarn" in one["title"])
    page = client.get(f"/disputes/{address}").text
    assert "2 outlets, 1 origin" in page
    assert "3 outlets, 2 independent origins" in page


def test_a_changed_article_says_so_and_shows_the_words(client: TestClient) -> None:
    claim = client.get("/claims.json?q=repair state:superseded").json()["data"][0]
    page = client.get(f"/claims/{claim['id']}").text
    assert "superseded" in page
    link = re.search(r'href="(/articles/[^"]+/versions/1\.\.2)"', page)
    assert link
    difference = client.get(link[1]).text
    assert re.search(r"<del[^>]*>.*2\.4.*</del>", difference)
    assert re.search(r"<ins[^>]*>.*3\.1.*</ins>", difference)


def test_the_question_page_has_the_chart_and_the_same_data_as_a_table(client: TestClient) -> None:
    page = client.get("/questions/tarn-microworks-n5-yield").text
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == 2  # wide and narrow
    points = client.get("/api/v1/questions/tarn-microworks-n5-yield/points").json()["data"]
    assert [point["number"] for point in points] == list(range(1, len(points) + 1))
    assert page.count('<td class="number">') == len(points)
    drawing = client.get("/questions/tarn-microworks-n5-yield.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawing.content).find("{http://www.w3.org/2000/svg}desc") is not None


def test_paging_shows_each_claim_once(client: TestClient) -> None:
    address, seen = "/claims?q=containers", []
    for _ in range(10):
        page = Page(client.get(address).text)
        seen += [link for tag, link in _values(page) if tag == "value"]
        following = [link for link in page.links if "cursor=" in link]
        if not following:
            break
        address = following[-1]
    assert len(seen) == len(set(seen)) == 28


def _values(page: Page) -> list[tuple[str | None, str]]:
    return [(attributes.get("class"), attributes.get("href") or "") for tag, attributes in page.tags if tag == "a"]


@pytest.mark.parametrize(
    "query",
    [
        "", "percent", "entity:Skua", "source:Harbour", "value:>=1kg", "Skua state:any", "percent OR salt", "value:>=1",
        "metric:N5", "metric:Hollin OR metric:level", "entity:Tarn AND metric:yield", "-(quay OR salt)", "first-hand:yes",
    ],
)  # fmt: skip
def test_facet_counts_are_the_rows_after_the_click(client: TestClient, query: str) -> None:
    page = client.get("/claims", params={"q": query}).text
    links = re.findall(r'<li><a href="(/claims\?q=[^"]+)">[^<]*</a> <span class="n">(\d+)</span>', page)
    assert len(links) > 4
    for link, count in links:
        found = client.get(link.replace("/claims?", "/claims.json?").replace("&amp;", "&")).json()
        assert found["page"]["count"] == int(count), link


def test_the_form_becomes_one_query_in_the_address(client: TestClient) -> None:
    answer = client.get("/claims?words=yield&entity=Tarn+Microworks&value=%3E%3D30%25&kind=&source=")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/claims?q=yield+entity%3A%22Tarn+Microworks%22+value%3A%3E%3D30%25"
    found = client.get(answer.headers["location"])
    assert "<mark>41.5 percent</mark>" in found.text
    assert "<mark>about 20 percent</mark>" not in found.text


def test_the_form_keeps_what_its_fields_cannot_hold(client: TestClient) -> None:
    def sent(query: str, **more: str) -> str:
        page = Page(client.get("/claims", params={"q": query}).text)
        fields = {
            found["name"]: found.get("value") or "" for tag, found in page.tags if tag == "input" and "name" in found
        }
        del fields["q"]
        return client.get("/claims", params=fields | more).headers["location"].removeprefix("/claims?q=")

    assert unquote_plus(sent("rye OR oats", source="Wire")) == "(rye OR oats) source:Wire"
    assert unquote_plus(sent("entity:Tarn AND entity:Orsk")) == "entity:Tarn AND entity:Orsk"
    assert unquote_plus(sent('entity:Tarn entity:="Orsk Dam" -rye')) == 'entity:="Orsk Dam" -rye entity:Tarn'


def test_claims_can_be_sorted_by_worth_and_none_is_left_out(client: TestClient) -> None:
    newest, by_worth = client.get("/claims"), client.get("/claims?q=&sort=worth")
    assert "Newest first" in newest.text
    assert '<a href="/claims?q=&amp;sort=worth">worth a look first</a>' in newest.text
    assert "Worth a look first" in by_worth.text
    shown = [float(worth) for worth in re.findall(r"worth (\d\.\d\d)", by_worth.text)]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > 1
    lists = [client.get(f"/claims.json?sort={sort}&limit=200").json() for sort in ("best", "newest", "worth")]
    assert len({one["page"]["count"] for one in lists}) == 1
    assert len({frozenset(claim["id"] for claim in one["data"]) for one in lists}) == 1


def test_the_sort_stays_while_the_query_is_narrowed(client: TestClient) -> None:
    page = client.get("/claims?q=percent&sort=worth").text
    links = re.findall(r'<li><a href="(/claims\?q=[^"]+)"', page)
    assert links
    assert all("sort=worth" in link for link in links)
    moved = client.get("/claims?words=yield&sort=worth")
    assert moved.headers["location"] == "/claims?q=yield&sort=worth"


def test_a_sort_that_is_not_known_is_an_error_in_the_api_alone(client: TestClient) -> None:
    assert client.get("/claims?sort=mood").status_code == 200
    answer = client.get("/api/v1/claims?sort=mood")
    assert answer.status_code == 400
    assert "worth" in answer.text


def test_the_page_of_a_claim_says_what_it_is_worth(client: TestClient) -> None:
    [found] = client.get("/claims.json?q=percent&sort=worth&limit=1").json()["data"]
    assert f"{found['worth']:.2f} <span" in client.get(f"/claims/{found['id']}").text


def test_a_query_that_is_not_understood_is_run_and_named(client: TestClient) -> None:
    page = client.get("/claims?q=metrik:yield").text
    assert "At character 1" in page
    assert "did you mean metric:" in page


def test_empty_lists_say_why_and_what_next(empty: TestClient, client: TestClient) -> None:
    for address in ("/", "/claims", "/questions", "/disputes", "/articles", "/entities", "/sources", "/feeds"):
        page = empty.get(address)
        assert page.status_code == 200
        assert "monitor feeds add" in page.text, address
        assert "monitor demo" in page.text, address
    assert "monitor watches add" in empty.get("/watches").text
    assert "monitor subscribers add" in empty.get("/digests").text
    assert "No claim answers this query" in client.get("/claims?q=nothinglikethis").text
    crawl(empty, ["/"])


# Leaving -------------------------------------------------------------------------------------------------------------


def test_looking_at_the_unsubscribe_link_changes_nothing_and_one_post_ends_it(tmp_path: Path) -> None:
    app = _app(tmp_path)
    archive_sample.fill(app.store)
    address = f"/u/{archive_sample.TOKEN}"
    with TestClient(create(app), follow_redirects=False) as client:
        looked = client.get(address)
        assert "<button" in looked.text
        assert archive_sample.READER not in looked.text
        assert app.store.subscribers.by_token(archive_sample.TOKEN).active  # type: ignore[union-attr]
        for _ in range(2):
            ended = client.post(address, data={"List-Unsubscribe": "One-Click"})
            assert (ended.status_code, ended.cookies) == (200, {})
            assert not app.store.subscribers.by_token(archive_sample.TOKEN).active  # type: ignore[union-attr]
        assert "has ended" in client.get(address).text
        assert client.post("/u/unknown").status_code == 404
    app.close()


# Errors and machines -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/claims/clm-aaaaaaaaaaaaaaaa", "/questions/none", "/disputes/dsp-x", "/articles/art-x", "/entities/ent-x",
     "/feeds/f", "/sources/Nobody", "/watches/wat-x", "/digests/dig-x", "/u/x", "/nowhere",
     "/articles/art-x/versions/1..2"],
)  # fmt: skip
def test_what_is_not_there_is_explained(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert re.search(r"quote <code>[0-9a-f]{8}</code>", answer.text)


def test_what_was_removed_is_gone_and_its_address_says_since_when_and_where_to_look(tmp_path: Path) -> None:
    app = _app(tmp_path)
    archive_sample.fill(app.store)
    with TestClient(create(app), follow_redirects=False) as client:
        claim = client.get("/claims.json?q=quay&limit=1").json()["data"][0]
        article, watch = claim["article"]["id"], client.get("/watches.json").json()["data"][0]["id"]
        feed = client.get("/feeds.json").json()["data"][0]["id"]
        known = app.store.claims.get([claim["id"]])
        app.store.claims.settle_reading(Reading(article, (), ()), {}, "none", archive_sample.NOW)
        app.watching.remove(watch)
        app.feeds.remove(feed)
        for address in (f"/claims/{claim['id']}", f"/watches/{watch}", f"/feeds/{feed}"):
            page, problem = client.get(address), client.get(f"/api/v1{address}")
            assert (page.status_code, problem.status_code) == (410, 410)
            assert "gone" in page.text
            assert problem.headers["content-type"] == "application/problem+json"
        told = client.get(f"/api/v1/claims/{claim['id']}").json()["detail"]
        assert "2031-03-12" in told
        assert f"/articles/{article}" in told
        assert client.get("/claims/clm-neverwasoneofthem").status_code == 404
        app.store.claims.settle_reading(Reading(article, tuple(known), ()), {}, "none", archive_sample.NOW)
        assert client.get(f"/claims/{claim['id']}").status_code == 200
    app.close()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/api/v1/claims/clm-x", 404, "nothing in this archive"),
        ("/claims/clm-x.json", 404, "nothing in this archive"),
        ("/api/v1/nowhere", 404, "nothing in this archive"),
        ("/api/v1/claims?quer=x", 400, "there is no parameter 'quer'"),
        ("/api/v1/claims?limit=x", 400, "limit"),
        ("/api/v1/claims?limit=100000", 400, "limit"),
        ("/api/v1/claims?cursor=x", 400, "cursor"),
        ("/api/v1/claims?q=metrik:x", 400, "did you mean metric"),
        ("/api/v1/disputes?state=closed", 400, "state: Input should be"),
        ("/api/v1/events?since=x", 400, "since"),
    ],
)
def test_the_api_has_one_shape_of_error(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"type", "title", "status", "detail", "id"} <= set(problem)
    assert words in problem["detail"]


def test_a_wrong_query_says_where(client: TestClient) -> None:
    assert client.get("/api/v1/claims?q=yield foo:bar").json()["position"] == 6


def test_another_readers_watch_is_not_there(client: TestClient) -> None:
    from monitor.domain.ids import content_id

    assert client.get(f"/watches/{content_id('wat', 'Mine', archive_sample.READER)}").status_code == 404
    assert archive_sample.READER not in client.get("/watches").text


def test_a_claim_of_the_api_is_that_of_the_export_with_its_figure_as_printed(client: TestClient) -> None:
    claim = client.get("/api/v1/claims?q=kind:reported").json()["data"][0]
    assert claim["printed"] == "about 20 percent"
    assert (claim["value"], claim["unit"], claim["approximation"]) == (20, "percent", "about")
    assert claim["source_chain"][0]["kind"] == "anonymous"
    text = client.get(f"/api/v1/articles/{_article_of(client, claim)}").json()["data"]["text"]
    assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert text[claim["span_start"] : claim["span_end"]] == claim["span"]


def _article_of(client: TestClient, claim: dict[str, object]) -> str:
    page = Page(client.get(f"/claims/{claim['id']}").text)
    return next(link for link in page.links if link.startswith("/articles/")).split("/")[2].split("#")[0]


def test_events_replayed_give_the_open_disputes(client: TestClient) -> None:
    since, kinds_seen, states = 0, set(), {}
    while True:
        page = client.get(f"/api/v1/events?since={since}&limit=50").json()
        if not page["data"]:
            break
        kinds_seen |= {event["kind"] for event in page["data"]}
        assert [event["number"] for event in page["data"]] == sorted(event["number"] for event in page["data"])
        states |= {event["id"]: event["facts"]["state"] for event in page["data"] if event["kind"] == "dispute"}
        since = int(page["page"]["next"])
    standing = client.get("/api/v1/disputes?limit=200").json()["data"]
    assert states == {one["id"]: one["state"] for one in standing}
    assert "open" in states.values()
    assert {"claim", "dispute"} <= {kind.split(".")[0].split("_")[0] for kind in kinds_seen}


def test_machines_are_told_how_it_is(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").json()["ready"] is True
    assert client.get("/version").json()["version"]
    assert "Disallow: /" in client.get("/robots.txt").text


def test_the_description_of_the_api_holds_the_api_and_only_it(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/claims/{claim_id}" in paths
    assert all(path.startswith("/api/v1/") for path in paths)


@pytest.mark.parametrize(
    "query", ['"', "'; DROP TABLE claim; --", "NEAR(a b)", "a* OR *", "\x00", "%00", "(" * 500, "é" * 3000]
)
def test_injected_queries_are_harmless(client: TestClient, query: str) -> None:
    assert client.get("/claims", params={"q": query}).status_code == 200
    assert client.get("/claims.json", params={"q": query}).status_code in (200, 400)


def test_a_failure_is_a_page_with_an_id_and_no_details(tmp_path: Path) -> None:
    app = _app(tmp_path)
    site = create(app)

    @site.get("/broken")
    def broken() -> None:
        raise ValueError("secret detail")

    with TestClient(site, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
        assert answer.status_code == 500
        assert "secret detail" not in answer.text
        assert re.search(r"<code>[0-9a-f]{8}</code>", answer.text)
    app.close()


def test_an_article_that_rests_on_its_feed_or_is_not_read_says_so(tmp_path: Path) -> None:
    app = _app(tmp_path)
    feed = Feed("feed-1", "https://tide.example/feed", "https://tide.example/feed", added=archive_sample.NOW)
    told = archive_sample.article("The Tide", "Moorings", "The harbour has 40 moorings.", "2031-03-11T08:00:00+00:00")
    walled = replace(told, basis="summary", label="subscription", label_reason="only the first lines are shown")
    foreign = archive_sample.article("The Tide", "Häfen", "Der Hafen hat 40 Plätze.", "2031-03-11T09:00:00+00:00")
    app.store.feeds.add(feed)
    for number, one in enumerate((walled, replace(foreign, language="de"))):
        app.store.articles.put(one)
        entry = Entry(f"entry-{number}", feed.id, feed.url, None, one.url, one.title)
        app.store.entries.put([entry], archive_sample.NOW)
        app.store.entries.link_article(entry.id, one.id)
    with TestClient(create(app)) as client:
        shown = client.get(f"/articles/{walled.id}").text
        assert "This is the summary that the feed carries" in shown
        assert "a wall for subscribers" in shown
        assert "This text is in German" in client.get(f"/articles/{foreign.id}").text
        assert "from the feed alone" in client.get("/articles").text
        assert client.get(f"/api/v1/articles/{walled.id}").json()["data"]["label"] == "subscription"
        assert "1 rest on what feeds carry" in client.get(f"/feeds/{feed.id}").text
        assert client.get(f"/api/v1/feeds/{feed.id}").json()["data"]["unread"] == {"de": 1}
    app.close()
