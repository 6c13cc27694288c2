"""The API does what its description says, over real HTTP: for whatever schemathesis asks, and for all that is there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import archive_sample
import pytest
import requests
import schemathesis
from openapi_spec_validator import validate
from servers.archive import serving

from monitor.app import App
from monitor.settings import Settings

CONFIG = """
[checks.positive_data_acceptance]
# What a query or cursor must look like no schema can say: such a one is refused with 400.
expected-statuses = ["2xx", "400", "404"]
"""
KEYS = {"slug": ("questions", "slug"), "name": ("sources", "name")}
"""A parameter of a path → the list that names things by it, and the key there; any other is the id of its noun."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("described")
    app = App(Settings(database_url=f"sqlite:///{folder}/monitor.db"), now=lambda: archive_sample.NOW)
    archive_sample.fill(app.store)
    with serving(app) as url:
        yield url
    app.close()


@pytest.fixture(scope="module")
def described(address: str) -> Any:
    return schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")


@pytest.fixture(scope="module")
def known(address: str) -> dict[str, list[str]]:
    """Noun → the ids (or other keys) of all that is there."""
    found: dict[str, list[str]] = {}
    requests.post(f"{address}/api/v1/watches", json={"name": "Kept", "query": "yield"}, timeout=60).raise_for_status()
    for noun in ("claims", "questions", "disputes", "articles", "entities", "sources", "feeds", "watches", "digests"):
        key = next((key for one, key in KEYS.values() if one == noun), "id")
        asked = f"{address}/api/v1/{noun}" + ("?q=state:any" if noun == "claims" else "")
        found[noun] = [one[key] for one in requests.get(asked, timeout=60).json()["data"]]
    return found


def test_whatever_is_asked_the_answer_is_as_described(address: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    program = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/api/v1/openapi.json"]
    bounds = ["--max-examples", "12", "--seed", "1", "--workers", "1", "--no-color", "--request-timeout", "300"]
    said = subprocess.run([*program, *bounds], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_all_that_is_there_is_answered_as_described(address: str, described: Any, known: dict[str, list[str]]) -> None:
    asked = 0
    for operation in (result.ok() for result in described.get_all_operations()):
        if operation.method.upper() != "GET":
            continue
        for path in islice(_filled(operation.path, known), 80):
            answer = requests.get(address + path, timeout=60)
            assert answer.status_code == 200, path
            operation.validate_response(answer)
            asked += 1
    assert asked > 200


def _filled(path: str, known: dict[str, list[str]]) -> Iterator[str]:
    """The path with each thing that is there in the place of its parameter."""
    parameter = re.search(r"{(\w+)(:path)?}", path)
    if parameter is None:
        yield path
        return
    noun = path.removeprefix("/api/v1/").split("/")[0]
    assert known[noun], noun
    for key in known[noun]:
        yield path.replace(parameter[0], requests.utils.quote(key))


def test_the_description_is_valid_and_describes_every_answer(address: str) -> None:
    description = requests.get(f"{address}/api/v1/openapi.json", timeout=60).json()
    validate(description)
    for path, operations in description["paths"].items():
        for operation in operations.values():
            taken = next(status for status in operation["responses"] if status.startswith("2"))
            content = operation["responses"][taken]["content"]["application/json"]
            assert content["schema"], path
            assert "application/problem+json" in operation["responses"]["default"]["content"], path
