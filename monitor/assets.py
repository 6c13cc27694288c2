"""Where the folders of models/ and migrations/ are: in a checkout beside the package, in a wheel inside it."""

from importlib.util import find_spec
from pathlib import Path
from sysconfig import get_path

from monitor.errors import AssetsWrong


def models() -> Path:
    """The folder with cues, gazetteer, ontology and weights."""
    return _folder("models", "model_data")


def migrations() -> Path:
    """The folder with env.py and the revisions."""
    return _folder("migrations", "migrations")


def example_config() -> Path:
    """The commented config.toml."""
    package = Path(__file__).resolve().parent
    installed = Path(get_path("data")) / "share" / "claim-monitor" / "config.toml"
    for path in (package.parent / "config.toml", installed):
        if path.is_file():
            return path
    raise AssetsWrong("config.toml is missing", why=f"it is not at {installed}", mend="Install the package again.")


def _folder(in_checkout: str, installed: str) -> Path:
    package = Path(__file__).resolve().parent
    for path in (package / installed, package.parent / in_checkout, _editable(f"monitor.{installed}")):
        if path is not None and path.is_dir():
            return path
    raise AssetsWrong(
        f"The folder {in_checkout}/ is missing",
        why=f"it is neither in {package} nor beside it",
        mend="Install the package again.",
    )


def _editable(name: str) -> Path | None:
    """The folder that an editable install maps elsewhere, or None."""
    try:
        spec = find_spec(name)
    except ImportError:
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None
