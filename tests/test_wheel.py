"""The built wheel, installed away from the checkout: it holds its assets, its migrations and its demo."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in the environment at hand: its build tools are pinned there, and no network is needed."""
    target = tmp_path_factory.mktemp("wheel")
    source = target / "source"
    ignored = {".git", ".venv", "build", "dist", "data", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
    source.mkdir()
    files = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    for name in files.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and not set(Path(name).parts) & ignored:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, program: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Python with the wheel's own files in front of the path, from a folder where no checkout is near."""
    code = f"import sys; sys.path.insert(0, {str(installed)!r})\n{program}"
    return subprocess.run([sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False)


def test_every_module_and_asset_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kept_out = {"models/quality", "models/training"}
    wanted = {f"monitor/{path.relative_to(ROOT / 'monitor')}" for path in (ROOT / "monitor").rglob("*")}
    wanted |= {f"monitor/model_data/{path.relative_to(ROOT / 'models')}" for path in (ROOT / "models").rglob("*")}
    wanted |= {f"monitor/migrations/{path.relative_to(ROOT / 'migrations')}" for path in (ROOT / "migrations").rglob("*")}

    def ships(name: str) -> bool:
        source = name.replace("monitor/model_data", "models", 1)
        in_checkout = ROOT / source.replace("monitor/migrations", "migrations", 1)
        return in_checkout.is_file() and "__pycache__" not in name and not source.startswith(tuple(kept_out))

    assert sorted(name for name in wanted if ships(name) and name not in names) == []
    # What was measured goes along, what it was measured by does not.
    apart = ("tests/", "monitor/model_data/training", "monitor/model_data/quality")
    assert {name for name in names if name.startswith(apart)} == {"monitor/model_data/quality/figures.md"}


def test_the_commented_settings_are_in_the_wheel(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith("data/share/claim-monitor/config.toml"))
    assert archive.read(name) == (ROOT / "config.toml").read_bytes()


def test_the_wheel_loads_its_assets_and_upgrades_an_empty_database(installed: Path, tmp_path: Path) -> None:
    program = """
import monitor
from monitor import assets
from monitor.storage.engine import open_engine
from monitor.storage.upgrade import current_revision, newest_revision, upgrade
assert monitor.__file__.startswith(sys.path[0]), monitor.__file__
assert (assets.models() / "pipeline.cfg").is_file(), assets.models()
engine = open_engine("sqlite:///fresh.db")
upgrade(engine, assets.migrations())
assert current_revision(engine) == newest_revision(assets.migrations())
print("sound")
"""
    done = run(installed, program, tmp_path)
    assert done.stdout.strip().endswith("sound"), done.stdout + done.stderr


def test_the_wheel_holds_the_newsroom(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "from monitor.demo.newsroom import load; print(len(load().versions))", tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 16
