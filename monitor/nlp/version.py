"""Which version of the reading a claim comes from: it changes with every rule, word, name, unit and weight."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

# All data counts but what is known to be for others, so that new data cannot be forgotten: weights that compare
# claims, words of pages behind a wall, and what measures the reading or makes its weights.
_OF_OTHERS = ("cues/walls.toml", "ontology/comparing.toml", "weights/comparable", "quality", "training")


def reading_version(models: Path, model: str) -> str:
    """The program's version and the checksum of all that the reading depends on: "0.1.0+3f9c2a71b04e".

    `model`: the package of the language model, which is pinned. Fast: nothing is loaded but the bytes of the files.
    """
    digest = hashlib.sha256(model.encode())
    own = sorted(Path(__file__).resolve().parent.glob("*.py"))
    for path in (*own, models / "pipeline.cfg", *sorted(data_files(models))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{version('claim-monitor')}+{digest.hexdigest()[:12]}"


def data_files(models: Path) -> Iterator[Path]:
    """The files of words, names, units and weights that a reading may depend on."""
    others = [models / place for place in _OF_OTHERS]
    for path in models.rglob("*.toml"):
        if not any(path.is_relative_to(other) for other in others):
            yield path
