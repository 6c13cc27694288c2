"""How well this service reads and compares, measured on gold sets."""

from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app.files import lines_of
from monitor.app.parts import Parts, asset
from monitor.app.reading import Reading
from monitor.domain.gold import Gold
from monitor.domain.relation import Told
from monitor.errors import AssetsWrong

if TYPE_CHECKING:
    from monitor.quality import Fallen, Measured
    from monitor.quality.written import Written
    from monitor.tasks.inline import Progress

GOLD = ("articles.jsonl", "claims.jsonl", "pairs.jsonl", "negatives.jsonl")


class Quality:
    """Measures what is found against what is to be found."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def gold_parts(self, folder: Path) -> list[Path]:
        """The folder itself where it holds a gold set, else those below it that do, by name."""
        below = sorted(path.parent for path in folder.glob(f"*/{GOLD[0]}"))
        return below if below and not (folder / GOLD[0]).exists() else [folder]

    def evaluate(self, gold: Path, *, progress: "Progress | None" = None) -> "Measured":
        """What this service finds in the articles of a gold set, measured; on a database of its own. RecordWrong."""
        from tempfile import TemporaryDirectory

        from monitor.quality import measure

        wanted = _gold_of_folder(gold)
        with TemporaryDirectory() as folder:
            own = {"database_url": f"sqlite:///{folder}/gold.db", "feeds": (), "watches": ()}
            trial = Parts(self._parts.settings.model_copy(update=own), self._parts.config, now=self._parts.now)
            try:
                Reading(trial).ingest([str(gold / "articles.jsonl")], progress=progress)
                homes = {article.id: article for article in trial.store.articles.all()}
                found = [Told(claim, homes[claim.article_id]) for claim in trial.store.claims.all()]
                relations = [relation for relation, _ in trial.store.relations.all()]
            finally:
                trial.close()
        return measure(wanted, found, relations, self._parts.ontology, self._parts.units)

    def figures(self) -> "Written":
        """How well it reads and compares, as it was measured with this version's rules. AssetsWrong."""
        from monitor.quality.written import read_written

        return read_written(asset("quality", "figures.md"))

    def fallen(self, measured: "Measured", gold: Path, pinned: Path) -> "list[Fallen]":
        """The scores that are worse than pinned for this gold set. AssetsWrong where they are pinned for another."""
        from monitor.quality import checksum, fallen, load_pins

        pins = load_pins("".join(line.decode("utf-8") for line in lines_of(pinned)), gold.resolve().name)
        found = checksum(b"".join(lines_of(gold / name)) for name in GOLD)
        if found != pins.checksum:
            mend = "Measure it, and write its checksum and scores into that file, saying why in the commit."
            why = f"the scores are pinned for another gold set; the checksum of this one is {found}"
            raise AssetsWrong(f"Cannot judge {gold} by {pinned}", why=why, mend=mend)
        return fallen(measured.scores, pins)


def _gold_of_folder(folder: Path) -> Gold:
    from monitor.interchange import gold_from_lines

    _, claims, pairs, negatives = ([line.decode("utf-8") for line in lines_of(folder / name)] for name in GOLD)
    return gold_from_lines(claims, pairs, negatives)
