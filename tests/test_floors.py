"""Who imports whom: the floors, no cycle, and each library in its one place."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "monitor"

FLOORS = {
    0: {"domain", "errors"},
    1: {
        "feeds", "articles", "nlp", "embeddings", "questions", "metrics", "units", "relations", "disputes", "digest",
        "archive", "interchange", "quality",
    },
    2: {"fetch", "mail", "storage"},
    3: {"pipeline"},
    4: {"tasks"},
    5: {"settings", "assets", "app", "cli", "web", "demo", "deploy", "__main__", "__init__"},
}  # fmt: skip
FLOOR_OF = {name: floor for floor, names in FLOORS.items() for name in names}
DOORS = {
    "settings": {"domain", "errors"},
    "assets": {"domain", "errors"},
    "cli": {"app", "domain", "archive", "errors", "cli", "demo", "deploy"},
    "web": {"app", "domain", "archive", "errors", "web"},
    "__main__": {"cli", "errors"},
    "deploy": set(),
}
ONE_PLACE = {
    "feedparser": {"feeds/careful.py"},
    "spacy": {"nlp/"},
    "sentence_transformers": {"embeddings/encode.py"},
    "torch": {"embeddings/encode.py"},
    "sqlalchemy": {"storage/"},
    "alembic": {"storage/"},
    "apscheduler": {"tasks/timetable.py"},
    "httpx": {"fetch/"},
    "httpcore": {"fetch/"},
    "protego": {"fetch/robots.py"},
    "brotli": {"fetch/encodings.py"},
    "backports": {"fetch/encodings.py"},
    "trafilatura": {"articles/"},
    "pypdf": {"articles/pdf.py"},
    "pint": {"units.py"},
    "lark": {"archive/"},
    "markdown_it": {"quality/written.py"},
    "snowballstemmer": {"storage/search/words.py"},
    "standardwebhooks": {"fetch/hooks.py"},
    "smtplib": {"mail.py"},
    "fastapi": {"web/"},
    "typer": {"cli/"},
}
IMPORTS_INSIDE_FUNCTIONS = ("app/", "cli/", "__main__.py")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def folder(path: Path) -> str:
    """The name that stands for a module's folder: `mail` for mail.py, `nlp` for nlp/claims.py."""
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def for_types_alone(node: ast.AST) -> bool:
    """Whether this is an `if TYPE_CHECKING:` block, which never runs."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def imports(path: Path) -> tuple[tuple[str, bool], ...]:
    """Every module that a file imports when it runs, and whether the import stands inside a function.

    At the doors, what is imported for type annotations alone does not count: the app and the pages name each other.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.is_relative_to(PACKAGE) and FLOOR_OF.get(folder(path), 0) >= 5:
        tree.body = [node for node in tree.body if not for_types_alone(node)]
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    found: list[tuple[str, bool]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in inside) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += [(node.module or "", id(node) in inside)]
            found += [(f"{node.module}.{alias.name}", id(node) in inside) for alias in node.names]
    return tuple(found)


def own(path: Path) -> set[str]:
    """The folders of our own that a file imports."""
    parts = [name.split(".") for name, _ in imports(path) if name.startswith("monitor.")]
    return {part[1] for part in parts if part[1] in FLOOR_OF}


def test_every_module_has_a_floor() -> None:
    assert {folder(path) for path in modules()} <= set(FLOOR_OF)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_folder_imports_from_lower_floors_only(path: Path) -> None:
    here = folder(path)
    floor = FLOOR_OF[here]
    for there in own(path) - {here}:
        if here in DOORS:
            assert there in DOORS[here], f"{path}: {here} may not import {there}"
        elif floor == 2:
            assert FLOOR_OF[there] == 0, f"{path}: an edge knows only the words, not {there}"
        elif floor < 5:
            assert FLOOR_OF[there] < floor, f"{path}: {here} (floor {floor}) may not import {there}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_each_library_has_its_one_place(path: Path) -> None:
    here = str(path.relative_to(PACKAGE))
    for name, _ in imports(path):
        top = name.split(".")[0]
        if top in ONE_PLACE:
            assert any(here == place or (place.endswith("/") and here.startswith(place)) for place in ONE_PLACE[top]), (
                f"{here} imports {top}, which belongs in {ONE_PLACE[top]}"
            )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_inside_functions_stand_only_where_parts_are_put_together(path: Path) -> None:
    here = str(path.relative_to(PACKAGE))
    if not here.startswith(IMPORTS_INSIDE_FUNCTIONS):
        assert not [name for name, inside in imports(path) if inside], f"{here}: import inside a function"


def test_the_words_need_the_standard_library_alone() -> None:
    for path in modules():
        if folder(path) in FLOORS[0]:
            tops = {name.split(".")[0] for name, _ in imports(path)} - {"monitor"}
            assert tops <= sys.stdlib_module_names, f"{path}: {tops - sys.stdlib_module_names}"


def test_no_module_imports_the_asset_folder_or_itself_in_a_cycle() -> None:
    # The app imports the parts where it builds them, inside functions: what they import of it is no cycle at load time.
    graph = {path: {name for name, inside in imports(path) if not inside} for path in modules()}
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in graph}
    assert not [path for path, wanted in graph.items() if any(w == "models" or w.startswith("models.") for w in wanted)]
    done: set[Path] = set()

    def visit(path: Path, trail: tuple[Path, ...]) -> None:
        assert path not in trail, f"import cycle: {[str(p.relative_to(PACKAGE)) for p in (*trail, path)]}"
        if path in done:
            return
        for name in graph[path]:
            if name in names and names[name] != path:
                visit(names[name], (*trail, path))
        done.add(path)

    for path in graph:
        visit(path, ())


def test_migrations_are_photographs_that_import_nothing_of_ours() -> None:
    for path in (ROOT / "migrations").rglob("*.py"):
        assert not [name for name, _ in imports(path) if name.split(".")[0] == "monitor"], path


def test_nobody_below_the_doors_reads_the_clock_or_the_environment() -> None:
    banned = {"now", "utcnow", "today", "getenv", "environ"}
    for path in modules():
        if FLOOR_OF[folder(path)] in (0, 1, 2, 3):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and node.attr in banned:
                    owner = node.value.id if isinstance(node.value, ast.Name) else ""
                    assert owner not in {"datetime", "date", "os", "time"}, (
                        f"{path}:{node.lineno} reads {owner}.{node.attr}"
                    )
