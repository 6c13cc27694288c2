"""Pipeline file → Language. Imports every component, which registers it."""

import hashlib
import importlib
import importlib.util
import tomllib
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import Config, NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import threadpool_limits

from monitor.domain.entity import Entity
from monitor.domain.unit import Units
from monitor.errors import AssetsWrong
from monitor.nlp.attributes import register
from monitor.nlp.claims import Reader
from monitor.nlp.version import reading_version
from monitor.nlp.windows import WINDOW_CHARS


def build(models: Path, model: str, entities: Sequence[Entity], units: Units) -> Reader:
    """A reader of articles. `entities`: names of one's own (config.toml), which win over the gazetteer.

    Raises AssetsWrong where a file of models/ or the spaCy package is missing or is not the pinned one.
    """
    return Reader(load(models, model, entities, units), models, reading_version(models, model))


def load(models: Path, model: str, entities: Sequence[Entity], units: Units) -> Language:
    """The spaCy pipeline that pipeline.cfg describes, with its data in place."""
    register()
    plan = _plan(models / "pipeline.cfg")
    for module in plan["pipeline"]["modules"]:
        importlib.import_module(module)
    with warnings.catch_warnings():
        # W095: the weights were trained by the minor version before; measured to be the same.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        _check_package(model, plan["models"].get(model))
        nlp = _base(model, plan["pipeline"]["base"])
    _mend_lemmas(nlp, models / "cues" / "en" / "lemmas.toml")
    _add_components(nlp, plan["pipeline"]["order"], plan.get("components", {}), models)
    for _, component in nlp.pipeline:
        if hasattr(component, "equip"):
            component.equip(entities=entities, units=units)
    return nlp


def _plan(path: Path) -> Config:
    if not path.is_file():
        raise AssetsWrong(f"Cannot read {path.name}", why=f"{path} is missing", mend="Install the program again.")
    return Config().from_disk(path)


def _check_package(model: str, pinned: dict[str, str] | None) -> None:
    """A package that is re-uploaded by single persons must be the one we looked at."""
    if pinned is None:
        raise AssetsWrong(
            f"Cannot use the language model {model}",
            why="pipeline.cfg has no checksum for it",
            mend="Set language.model to one that pipeline.cfg lists, or add its version and loader checksum there.",
        )
    spec = importlib.util.find_spec(model)
    if spec is None or spec.origin is None:
        raise AssetsWrong(
            f"Cannot load the language model {model}",
            why="the package is not installed",
            mend="Run `./run` again to complete the set-up.",
        )
    digest = hashlib.sha256(Path(spec.origin).read_bytes()).hexdigest()
    version = importlib.import_module(model).__version__
    if digest != pinned["loader_sha256"] or version != pinned["version"]:
        raise AssetsWrong(
            f"Cannot trust the language model {model}",
            why=f"version {version} with loader checksum {digest[:12]} is not the pinned one",
            mend=f"Install {model.replace('_', '-')}=={pinned['version']} again.",
        )


def _base(model: str, keep: Sequence[str]) -> Language:
    """The package's components. Their matrices are multiplied by numpy's library, three times as fast as spaCy's own."""
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        nlp = spacy.load(model)
    finally:
        set_current_ops(before)
    threadpool_limits(1, user_api="blas")  # there is a process for each core
    for name in list(nlp.component_names):
        if name not in keep:
            nlp.remove_pipe(name)
    # Reader cuts longer texts itself: what comes here longer is a mistake.
    nlp.max_length = 2 * WINDOW_CHARS
    return nlp


def _mend_lemmas(nlp: Language, path: Path) -> None:
    """Let the lemmatizer forget the rare words that it prefers to common ones."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    known = lemmatizer.lookups.get_table("lemma_index")
    for kind, words in tomllib.loads(path.read_text(encoding="utf-8"))["rare"].items():
        known[kind] = [word for word in known[kind] if word not in words]


def _add_components(nlp: Language, order: Sequence[str], settings: dict[str, dict[str, object]], models: Path) -> None:
    previous: str | None = None
    for name in order:
        if name not in nlp.pipe_names:
            meta = Language.get_factory_meta(name)
            config = {key: _placed(key, value, models) for key, value in (meta.default_config or {}).items()}
            config |= settings.get(name, {})
            where = {"first": True} if previous is None else {"after": previous}
            nlp.add_pipe(name, config=config, **where)
        previous = name


def _placed(key: str, value: object, models: Path) -> object:
    """A default such as "models/cues/en/sources.toml" as a path in the folder that is really used."""
    if key == "models":
        return str(models)
    if isinstance(value, str) and (value == "models" or value.startswith("models/")):
        return str(models / value.removeprefix("models").lstrip("/"))
    return value
