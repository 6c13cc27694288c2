"""Which version of the reading a claim comes from: it changes with every rule, word, name, unit and weight."""

import hashlib
from importlib.metadata import version
from pathlib import Path

_DATA = ("cues/en", "gazetteer", "ontology", "weights/confidence")


def reading_version(models: Path, model: str) -> str:
    """The program's version and the checksum of all that the reading depends on: "0.1.0+3f9c2a71b04e".

    `model`: the package of the language model, which is pinned. Fast: nothing is loaded but the bytes of the files.
    """
    digest = hashlib.sha256(model.encode())
    own = sorted(Path(__file__).resolve().parent.glob("*.py"))
    data = sorted(path for folder in _DATA for path in (models / folder).rglob("*") if path.is_file())
    for path in (*own, models / "pipeline.cfg", *data):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{version('claim-monitor')}+{digest.hexdigest()[:12]}"
