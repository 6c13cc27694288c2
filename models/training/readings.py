"""What the reader finds in a part of the gold set, beside what is to be found there. Used by the scripts beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.app import App
from monitor.domain.article import Reading
from monitor.domain.gold import GoldClaim
from monitor.domain.relation import Told
from monitor.domain.trace import Trace
from monitor.interchange import article_from_line, gold_from_lines
from monitor.pipeline.ingest import article_of_record
from monitor.quality.fields import Same
from monitor.quality.matching import match
from monitor.settings import ModelsSettings, Settings

MODELS = Path(__file__).resolve().parent.parent
GOLD = MODELS / "quality" / "gold"


@dataclass(frozen=True)
class Found:
    """A claim that was found, how, and the claim of the gold set that it is. `whole`: what must be right of it is."""

    told: Told
    traces: Sequence[Trace]
    wanted: GoldClaim | None
    whole: bool
    reading: Reading

    @property
    def matter(self) -> str:
        """What several articles report."""
        return (self.told.article.given_id or "").partition("-")[0]


def found_in(part: str) -> list[Found]:
    """The claims with a figure that are found in the articles of a part."""
    lines = {
        name: (GOLD / part / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for name in ("articles", "claims", "pairs", "negatives")
    }
    gold = gold_from_lines(lines["claims"], lines["pairs"], lines["negatives"])
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/unused.db", models=ModelsSettings(processes=0))
        app = App(settings, now=lambda: datetime(2028, 1, 1, tzinfo=UTC))
        try:
            records = [article_from_line(line, number) for number, line in enumerate(lines["articles"], 1)]
            articles = [article_of_record(app.parts.edges, record, arrived=app.parts.now()) for record in records]
            readings = [_read(one) for one in app.parts.readers(articles)]
            same, units = Same(app.parts.ontology.words.weak), app.parts.units
        finally:
            app.close()
    found = [
        (Told(claim, article), traces, reading)
        for article, reading in zip(articles, readings, strict=True)
        for claim, traces in zip(reading.claims, reading.traces, strict=True)
        if not claim.quantity.is_empty
    ]
    told = [one for one, _, _ in found]
    matched = match(told, gold.claims, same, units)
    wanted = [gold.claims[matched[at]] if at in matched else None for at in range(len(told))]
    return [
        Found(one, traces, claim, claim is not None and all(check(one, claim) for check in same.whole), reading)
        for (one, traces, reading), claim in zip(found, wanted, strict=True)
    ]


def _read(reading: Reading | Exception) -> Reading:
    if isinstance(reading, Exception):
        raise reading
    return reading
