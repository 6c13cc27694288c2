"""What a reader sees of a figure: everywhere its unit, hedge, sentence, source and dates, and nowhere a verdict."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import archive_sample
import pytest
from fastapi.testclient import TestClient

from monitor.app import App, wording
from monitor.digest.render import hedged
from monitor.domain.article import Reading
from monitor.domain.claim import Claim, Modality
from monitor.domain.quantity import Approximation, Quantity
from monitor.domain.relation import Told
from monitor.settings import Settings
from monitor.web import chart
from monitor.web.site import create
from monitor.web.told import marks, rows

ROOT = Path(__file__).resolve().parents[2]
TEXT = "The Brisk pipeline cost 1.2 billion yuan (roughly $180 million), its builder said."
KINDS: dict[str, tuple[Modality, dict[str, Any]]] = {
    "plain": (Modality.ASSERTED, {"value": Decimal(40)}),
    "about": (Modality.ASSERTED, {"value": Decimal(40), "approximation": Approximation.ABOUT}),
    "range": (Modality.ASSERTED, {"low": Decimal(30), "high": Decimal(50), "approximation": Approximation.RANGE}),
    "bound": (Modality.ASSERTED, {"low": Decimal(40), "approximation": Approximation.AT_LEAST}),
    "target": (Modality.PLANNED, {"value": Decimal(40)}),
    "forecast": (Modality.FORECAST, {"value": Decimal(40)}),
    "hypothetical": (Modality.HYPOTHETICAL, {"value": Decimal(40)}),
    "denied": (Modality.DENIED, {"value": Decimal(40)}),
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    folder = tmp_path_factory.mktemp("shown")
    made = App(Settings(database_url=f"sqlite:///{folder}/monitor.db"), now=lambda: archive_sample.NOW)
    archive_sample.fill(made.store)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(app: App) -> Iterator[TestClient]:
    with TestClient(create(app)) as found:
        yield found


def _told(kind: str) -> Told:
    modality, ends = KINDS[kind]
    figure = Quantity("count:crane", **ends)
    told_in = archive_sample.article("Dock Gazette", f"Cranes, {kind}", "40 cranes stand there.", "2031-03-01T08:00:00Z")
    return Told(archive_sample.claim(told_in, "40 cranes", "Dock", "cranes", figure, modality=modality), told_in)


def test_a_row_shows_value_hedge_sentence_source_and_both_dates(client: TestClient) -> None:
    page = client.get("/claims", params={"q": '"N5 wafers" suppliers'}).text
    row = page[page.index('<li class="statement">') :].partition("</li>")[0]
    assert "about 20 percent</span>" in row
    assert "<mark>about 20 percent</mark>" in row
    assert ">reported</span>" in row
    assert "two people at its suppliers" in row
    assert "Morning Ledger" in row
    assert "as of " in row
    assert re.search(r'published <time datetime="2031-03-03', row)


def test_hedge_range_target_forecast_and_hypothetical_are_told_apart_in_row_chart_and_mail(app: App) -> None:
    told = [_told(kind) for kind in KINDS]
    seen_rows = set()
    for one in told:
        words = wording.quantity(one.claim.quantity)
        kind = "" if one.claim.modality is Modality.ASSERTED else one.claim.modality.value
        seen_rows.add((words, kind))
        if one.claim.modality not in (Modality.ASSERTED, Modality.DENIED):
            assert one.claim.modality.value in hedged(one.claim)
    assert len(seen_rows) == len(KINDS)
    drawn = {chart.draw([mark], title="t", description="d", unit="cranes", width=400) for mark in _marks(app, told)}
    assert len(drawn) == len(KINDS)


def _marks(app: App, told: list[Told]) -> list[chart.Mark]:
    return [replace(marks(rows([one], {}), "count:crane", app.units)[0], title="", href="", label="1") for one in told]


def test_a_figure_and_its_conversion_in_the_text_stand_together_with_what_they_come_to(
    app: App, client: TestClient
) -> None:
    told_in = archive_sample.article("Pipe News", "Brisk", TEXT, "2031-03-02T08:00:00Z")
    stored = app.store.articles.put(told_in)
    yuan = archive_sample.claim(
        told_in, "1.2 billion yuan", "Brisk pipeline", "cost", Quantity("CNY", Decimal(1_200_000_000))
    )
    usd = Quantity("USD", Decimal(180_000_000), approximation=Approximation.ABOUT)
    dollars = archive_sample.claim(told_in, "roughly $180 million", "Brisk pipeline", "cost", usd)
    pair = (replace(yuan, same_as=(dollars.id,)), replace(dollars, same_as=(yuan.id,)))
    app.store.claims.settle_reading(Reading(stored.id, pair, ()), {}, "none", archive_sample.NOW)
    page = client.get(f"/claims/{yuan.id}").text
    for words in ("1.2 billion yuan", "1,200,000,000 CNY", "roughly $180 million", "about 180,000,000 USD"):
        assert words in page
    assert client.get(f"/claims/{dollars.id}.json").json()["data"]["same_as"] == [yuan.id]


def test_there_is_no_score_of_truth_anywhere(client: TestClient) -> None:
    """Only how surely a figure was read, and how likely a reader asks for it; nobody is rated."""
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    keys = {key.lower() for one in schemas.values() for key in one.get("properties", {})}
    assert "confidence" in keys
    forbidden = ("truth", "true", "credib", "reliab", "trust", "rating", "verdict", "veracity")
    assert not [key for key in keys if any(word in key for word in forbidden)]
    for path in sorted((ROOT / "monitor").rglob("templates/*.html")):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        said = re.findall(r"[^.>]*\b(?:credib\w+|reliab\w+|veracity|truth\w*)\b[^.<]*", text, re.IGNORECASE)
        assert not said, (path.name, said)
    page = client.get("/claims?q=percent").text
    claim = re.search(r'href="/claims/(clm-[a-z2-7]+)"', page)
    assert claim
    assert "says nothing on whether it is true" in client.get(f"/claims/{claim[1]}").text


def test_every_claim_names_the_version_of_what_read_it(app: App, client: TestClient) -> None:
    listed = client.get("/api/v1/claims?q=state:any&limit=200").json()["data"]
    assert {one["reader"] for one in listed} == {"sample 1"}
    claims: list[Claim] = app.store.claims.get([one["id"] for one in listed[:3]])
    for one in claims:
        assert "sample 1" in client.get(f"/claims/{one.id}").text
