"""Every table is append-only, derived, scratch or Alembic's own; append-only refuses every way of changing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from db.engine import connect, driver
from db.store import SqlStore
from db.tables import APPEND_ONLY, DERIVED, SCRATCH, metadata
from desktop_app.domain.marks import NewMark
from tests.support.every_table import fill_every_table

NAMES = [table.name for table in APPEND_ONLY]


@pytest.fixture
def raw(store: SqlStore, deed: Any) -> Iterator[Any]:
    fill_every_table(store, deed)
    with closing(connect(store.path, store._key)) as connection:
        yield connection


def test_every_table_is_append_only_derived_scratch_or_alembics(raw: Any) -> None:
    found = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == {*NAMES, *(table.name for table in (*DERIVED, *SCRATCH)), "alembic_version"}
    assert {table.name for table in metadata.sorted_tables} == found - {"alembic_version"}


@pytest.mark.parametrize("table", NAMES)
def test_an_append_only_table_refuses_update_delete_and_replace(raw: Any, table: str) -> None:
    before = raw.execute(f"SELECT * FROM {table}").fetchall()
    assert before, f"the test has no row in {table}"
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    key = columns[0]
    for statement in (
        *(f"UPDATE {table} SET {column} = {column}" for column in (f'"{name}"' for name in columns)),
        f"DELETE FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"UPDATE OR REPLACE {table} SET {key} = {key}",
    ):
        with pytest.raises(driver.IntegrityError, match=f"{table} is append-only"):
            raw.execute(statement)
    with pytest.raises(driver.IntegrityError, match=f"{table} is append-only"):
        raw.execute(
            f'INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET "{key}" = "{key}"'
        )
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before


def test_a_mark_may_be_replaced_since_it_is_derived(raw: Any, store: SqlStore, deed: Any) -> None:
    pupil, day, half = raw.execute("SELECT pupil, day, half FROM mark LIMIT 1").fetchone()
    from db.facts import day_of
    from desktop_app.domain.sessions import HALVES, Session

    with store.writing(deed()) as writing:
        writing.marks.add([NewMark(pupil, day_of(day), HALVES[half], "M")])
    with store.reading() as reading:
        mark = reading.marks.at(pupil, Session(day_of(day), HALVES[half]))
        assert mark is not None
        assert mark.code == "M"
