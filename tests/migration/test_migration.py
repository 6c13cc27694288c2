"""The chain of revisions and the tables of the program are the same thing, and no step loses a row."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from monitor.domain.ids import content_id
from monitor.errors import SchemaMismatch, SettingsWrong, StorageFailed
from monitor.storage.engine import open_engine
from monitor.storage.store import Store
from monitor.storage.tables import metadata
from monitor.storage.upgrade import check_schema, current_revision, downgrade, newest_revision, upgrade

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract"))
from storage_samples import article, claim, feed, filed, told

from monitor.domain.query import Words, asking
from monitor.domain.search import Order

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
REVISIONS = [one.revision for one in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


@pytest.fixture
def engine(database_url: str) -> Engine:
    return open_engine(database_url)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Search structures are derived: the chain knows nothing of them."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def _differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        options = {"include_name": _is_ours, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _populate(engine: Engine) -> Store:
    store = Store(engine)
    store.feeds.add(feed())
    one = article()
    told(store, one, claim(one), vectors={claim(one).id: b"\x00\x3c" * 384})
    filed(store, 1, claim(one))
    return store


def test_the_chain_makes_the_tables_of_the_program(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    assert _differences(engine) == []
    check_schema(engine, MIGRATIONS)
    assert current_revision(engine) == newest_revision(MIGRATIONS) == REVISIONS[-1]


def test_every_revision_goes_up_and_down(engine: Engine) -> None:
    for revision in REVISIONS:
        upgrade(engine, MIGRATIONS, revision)
        assert current_revision(engine) == revision
    for revision in [*REVISIONS[-2::-1], "base"]:
        downgrade(engine, MIGRATIONS, revision)
    assert current_revision(engine) is None
    assert inspect(engine).get_table_names() == ["alembic_version"]
    upgrade(engine, MIGRATIONS)
    assert _differences(engine) == []


def test_an_upgrade_of_a_populated_database_keeps_every_row_and_search(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    store = _populate(engine)
    before, claims = store.counts(), list(store.claims.all())
    upgrade(engine, MIGRATIONS)
    assert (store.counts(), list(store.claims.all())) == (before, claims)
    assert store.search.search(asking(Words("flour"))).total == 1


def test_search_structures_of_another_version_are_made_anew(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    _populate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE search_version SET version = 0"))
        connection.execute(text("DELETE FROM search_claim"))
    assert Store(engine).search.search(asking(Words("flour"))).total == 0
    upgrade(engine, MIGRATIONS)
    store = Store(engine)
    assert store.search.search(asking(Words("flour"))).total == 1
    one = article("Orsel Mills burned 7 tonnes of flour.", path="2")
    told(store, one, claim(one, "7 tonnes"))
    assert store.search.search(asking(Words("flour"))).total == 2


def test_an_empty_database_is_told_from_one_that_fits(engine: Engine) -> None:
    with pytest.raises(SchemaMismatch, match="upgrade"):
        check_schema(engine, MIGRATIONS)


def test_a_database_of_a_newer_program_is_refused_and_left_alone(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    store = _populate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'zz99'"))
    with pytest.raises(SchemaMismatch, match="newer program"):
        check_schema(engine, MIGRATIONS)
    with pytest.raises(SchemaMismatch, match="newer program"):
        upgrade(engine, MIGRATIONS)
    assert current_revision(engine) == "zz99"
    assert store.counts()["claims"] == 1


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(engine: Engine, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    (scripts / "env.py").write_text((MIGRATIONS / "env.py").read_text())
    for one in (MIGRATIONS / "versions").glob("*.py"):
        (scripts / "versions" / one.name).write_text(one.read_text())
    broken = (
        'from alembic import op\nrevision = "zz"\n'
        f'down_revision = "{REVISIONS[-1]}"\n'
        'def upgrade():\n    op.execute("DELETE FROM claim_vector")\n    op.execute("nonsense")\n'
    )
    (scripts / "versions" / "zz.py").write_text(broken)
    upgrade(engine, MIGRATIONS)
    store = _populate(engine)
    with pytest.raises(Exception, match="nonsense"):
        upgrade(engine, scripts)
    assert current_revision(engine) == REVISIONS[-1]
    assert store.claims.vectors([claim(article()).id])
    check_schema(engine, MIGRATIONS)


def test_foreign_keys_hold_after_an_upgrade(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    _populate(engine)
    with engine.connect() as connection, pytest.raises(Exception, match=r"(?i)foreign key"):
        connection.execute(text("DELETE FROM article"))


def test_an_upgrade_with_nothing_to_do_does_not_wait_for_a_writer(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    with Store(engine).transaction():
        thread = threading.Thread(target=upgrade, args=(engine, MIGRATIONS))
        thread.start()
        thread.join(30)
        assert not thread.is_alive()


def test_two_programs_that_start_at_once_upgrade_once(engine: Engine) -> None:
    failed: list[BaseException] = []

    def start() -> None:
        try:
            upgrade(engine, MIGRATIONS)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    check_schema(engine, MIGRATIONS)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"This is no database. " * 100)
    with pytest.raises(StorageFailed, match="not a database"):
        upgrade(open_engine(f"sqlite:///{tmp_path}/x.db"), MIGRATIONS)


def test_an_address_of_something_else_is_refused() -> None:
    for url in ("mysql://a/b", "nonsense", "sqlite3:x"):
        with pytest.raises(SettingsWrong):
            open_engine(url)
    assert open_engine("postgres://a/b").dialect.driver == "psycopg"


def test_versions_find_the_page_of_their_address_after_the_upgrade(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    address = "http://www.mill.example/1"
    Store(engine).articles.put(replace(article(), canonical_url=address))
    page = text("SELECT page_id FROM article")
    with engine.connect() as connection:
        now = connection.execute(page).scalar_one()
    downgrade(engine, MIGRATIONS, "0001")
    with engine.connect() as connection:
        assert connection.execute(page).scalar_one() == content_id("page", address) != now
    upgrade(engine, MIGRATIONS)
    assert [one.canonical_url for one in Store(engine).articles.by_url("https://mill.example/1")] == [address]


def test_claims_of_before_have_no_worth_until_their_article_is_read_again(engine: Engine) -> None:
    upgrade(engine, MIGRATIONS)
    one = article()
    told(Store(engine), one, claim(one, worth=0.4))
    downgrade(engine, MIGRATIONS, "0004")
    upgrade(engine, MIGRATIONS)
    store = Store(engine)
    assert [found.worth for found in store.claims.all()] == [None]
    assert [found.worth for found in store.claims.list(5, order=Order.WORTH)] == [None]
    told(store, one, claim(one, worth=0.4))
    assert [found.worth for found in store.claims.all()] == [0.4]
