"""A migrated store is the same as a new one; an older one is brought up on a copy; Alembic waits until it is needed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from db import check, house as houses, migrate, upgrade
from db.engine import connect, open_engine
from db.store import SqlStore
from desktop_app.domain.errors import Refused
from tests.support.every_table import fill_every_table

LATER = '''
"""A pretended fourth revision."""
from alembic import op
revision = "0004"
down_revision = "0003"

def upgrade():
    op.execute("DROP TRIGGER setting_keeps_its_rows")
    op.execute("CREATE TABLE later (seq INTEGER NOT NULL, PRIMARY KEY (seq))")
'''
BROKEN = LATER + '    op.execute("INSERT INTO later SELECT * FROM nowhere")\n'


def schema(path: Path, key: bytes) -> dict[tuple[str, str], str]:
    engine = open_engine(path, key)
    with engine.connect() as connection:
        found = check._schema(connection)
    engine.dispose()
    return found


def test_a_migrated_store_is_the_same_as_a_new_one(store: SqlStore, tmp_path: Path) -> None:
    path = tmp_path / "migrated"
    engine = open_engine(path, bytes(32))
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == migrate.APPLICATION_ID
    engine.dispose()
    assert schema(path, bytes(32)) == schema(store.path, store._key)
    with closing(connect(path, bytes(32))) as connection:
        assert migrate.revision_of(connection) == migrate.REVISIONS[-1]


def test_the_revisions_known_are_those_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.SCRIPTS))
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(revisions)) == migrate.REVISIONS


def test_a_migration_imports_none_of_our_code() -> None:
    for script in (upgrade.SCRIPTS / "versions").glob("*.py"):
        text = script.read_text(encoding="utf-8")
        assert "from db" not in text
        assert "import db" not in text
        assert "desktop_app" not in text


def test_alembic_is_not_imported_to_make_open_or_write_a_school(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL
from tests.support.every_table import fill_every_table
from tests.db.conftest import Deeds
from db.house import House
from db.keys import KdfCost
house = House(KdfCost(64, 1, 1))
path = Path(sys.argv[1]) / "a.rollbook"
house.create(path, SCHOOL, HEAD, PASSWORD, MOMENT)[0].close()
store = house.open(path, None, PASSWORD, write=True)
fill_every_table(store, Deeds())
assert store.check().ok
store.close()
print(sorted(name for name in sys.modules if name.split(".")[0] in ("alembic", "PySide6", "mako")))
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Pretends that this program knows a fourth revision."""

    def pretend(text: str) -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(upgrade.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "0004_later.py").write_text(text)
        whole = upgrade.bring_up_to_date
        monkeypatch.setattr(upgrade, "bring_up_to_date", lambda path, key: whole(path, key, scripts))
        for module in (migrate, upgrade, check):
            monkeypatch.setattr(module, "REVISIONS", ("0001", "0002", "0003", "0004"))
        make_new = migrate.make_new

        def make_newer(connection: Any) -> None:
            make_new(connection)
            connection.exec_driver_sql("CREATE TABLE later (seq INTEGER NOT NULL, PRIMARY KEY (seq))")

        monkeypatch.setattr(check, "make_new", make_newer)

    return pretend


def test_an_older_store_is_brought_up_on_a_copy_and_the_old_one_kept(
    store: SqlStore, deed: Any, reopen: Callable[..., SqlStore], later: Callable[[str], None], house: houses.House
) -> None:
    fill_every_table(store, deed)
    before = store.check()
    store.close()
    later(LATER)
    with pytest.raises(Refused, match="earlier version of Rollbook"):
        reopen()
    newer = reopen(write=True)
    after = newer.check()
    assert after == before
    assert after.ok
    folder = sorted(file.name for file in store.path.parent.iterdir() if file.is_file())
    assert "marsh-lane.rollbook.before-0004" in folder
    assert "marsh-lane.rollbook.before-0004.keys" in folder
    assert not [name for name in folder if "upgrading" in name or "partial" in name]
    kept = store.path.with_name("marsh-lane.rollbook.before-0004")
    with closing(connect(kept, store._key)) as connection:
        assert migrate.revision_of(connection) == "0003"


FORGING = """    op.execute("DROP TRIGGER link_keeps_its_values")
    op.execute("UPDATE link SET name = 'x'")
"""


@pytest.mark.parametrize(
    ("text", "why"), [(BROKEN, r"as it is\."), (LATER + FORGING, "as it is: Link 1 of the table link was changed")]
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store: SqlStore, reopen: Callable[..., SqlStore], later: Callable[[str], None], text: str, why: str
) -> None:
    store.close()
    before = hashlib.sha256(store.path.read_bytes()).hexdigest()
    later(text)
    with pytest.raises(Refused, match=why):
        reopen(write=True)
    assert hashlib.sha256(store.path.read_bytes()).hexdigest() == before
    assert not [file.name for file in store.path.parent.iterdir() if "upgrading" in file.name]
