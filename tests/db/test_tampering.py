"""Whoever edits any table by SQL, the guards taken away and put back, is found out in a sentence naming the table."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from db.engine import connect
from db.store import SqlStore
from db.tables import APPEND_ONLY, CHAINED, DERIVED
from desktop_app.domain.errors import Damaged
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from tests.support.every_table import DAY, fill_every_table

ALL = [table.name for table in (*APPEND_ONLY, *DERIVED)]

Behind = Callable[..., None]


@pytest.fixture
def filled(store: SqlStore, deed: Any) -> SqlStore:
    fill_every_table(store, deed)
    with store.writing(deed("later")) as writing:
        writing.marks.add([NewMark(1, DAY, Half.AM, "I")])
    assert store.check().ok
    return store


@contextmanager
def put_back(store: SqlStore) -> Iterator[None]:
    """Whatever is done to the file inside is undone."""
    kept = store.path.with_suffix(".kept")
    shutil.copy(store.path, kept)
    yield
    store.disconnect()
    shutil.copy(kept, store.path)


def columns(store: SqlStore, table: str) -> list[str]:
    with closing(connect(store.path, store._key)) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def other(column: str) -> str:
    """An expression for a value that is not the one in the column."""
    return (
        f"CASE typeof({column}) WHEN 'text' THEN {column} || 'x' WHEN 'integer' THEN {column} + 1 "
        f"WHEN 'blob' THEN {column} || x'00' ELSE 1 END"
    )


@pytest.mark.parametrize("table", ALL)
def test_a_changed_value_in_any_column_is_noticed(filled: SqlStore, behind: Behind, table: str) -> None:
    missed = []
    for column in columns(filled, table):
        quoted = f'"{column}"'
        with put_back(filled):
            key = columns(filled, table)[0]
            behind(f"UPDATE {table} SET {quoted} = {other(quoted)} WHERE {key} = (SELECT max({key}) FROM {table})")
            faults = filled.check().faults
            if not any(table in fault for fault in faults):
                missed.append((column, faults))
    assert not missed


@pytest.mark.parametrize("table", ALL)
def test_a_row_taken_away_is_noticed(filled: SqlStore, behind: Behind, table: str) -> None:
    key = columns(filled, table)[0]
    behind(f"DELETE FROM {table} WHERE {key} = (SELECT min({key}) FROM {table})")
    faults = filled.check().faults
    assert any(table in fault for fault in faults), faults


@pytest.mark.parametrize("table", ALL)
def test_a_row_slipped_in_is_noticed(filled: SqlStore, behind: Behind, table: str) -> None:
    names = columns(filled, table)
    unique = {"seq", "id", "subject", "pupil", "reference"} | ({"entry"} if table == "withdrawal" else set())
    values = ", ".join(other(f'"{name}"') if name in unique else f'"{name}"' for name in names)
    key = names[0]
    behind(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})")
    faults = filled.check().faults
    assert any(table in fault for fault in faults), faults


@pytest.mark.parametrize("table", [table.name for table in CHAINED])
def test_a_table_emptied_altogether_is_noticed(filled: SqlStore, behind: Behind, table: str) -> None:
    behind(f"DELETE FROM {table}")
    assert any(table in fault for fault in filled.check().faults)


@pytest.mark.parametrize(
    "slipped_in",
    [
        "(1, 739000, 0, '', NULL, '')",
        "(1, 739000, 7, 'I', NULL, '')",
        "(1, -5, 0, 'I', NULL, '')",
        "(1, 'a day', 0, 'I', NULL, '')",
        "('a pupil', 739000, 0, 'I', NULL, '')",
        "(x'00', 739000, 0, 'I', NULL, '')",
    ],
)
def test_a_mark_that_no_history_could_have_made_is_noticed(filled: SqlStore, behind: Behind, slipped_in: str) -> None:
    behind(f"INSERT INTO mark VALUES {slipped_in}")
    assert filled.check().faults == ("The table mark has rows (1) of no pupil, day, half or code that there could be.",)


@pytest.mark.parametrize("table", [table.name for table in CHAINED])
def test_a_row_whose_link_is_no_number_is_noticed(filled: SqlStore, behind: Behind, table: str) -> None:
    behind(f"UPDATE {table} SET link = 'none' WHERE seq = (SELECT max(seq) FROM {table})")
    assert any(f"of {table} claims link none" in fault for fault in filled.check().faults)


def test_two_rows_that_change_places_are_noticed(filled: SqlStore, behind: Behind) -> None:
    behind(
        "UPDATE mark_history SET code = CASE seq WHEN 1 THEN (SELECT code FROM mark_history WHERE seq = 2)"
        " ELSE (SELECT code FROM mark_history WHERE seq = 1) END WHERE seq IN (1, 2)"
    )
    assert any("mark_history" in fault for fault in filled.check().faults)


def test_history_and_cache_changed_alike_are_noticed(filled: SqlStore, behind: Behind) -> None:
    behind("UPDATE mark_history SET code = 'C' WHERE code = 'I'", "UPDATE mark SET code = 'C' WHERE code = 'I'")
    assert filled.check().faults == (
        "What link 6 wrote of pupil 1 to mark_history was changed, or its salt was.",
    )  # fmt: skip


def test_the_sentence_names_pupil_and_session_where_the_cache_differs(filled: SqlStore, behind: Behind) -> None:
    behind("UPDATE mark SET code = 'C' WHERE code = 'I'")
    assert filled.check().faults == (
        "The current mark of pupil 1 for 2026-09-07 AM, in the table mark, is not that of the history.",
    )


def test_a_missing_guard_and_a_strange_table_are_noticed(filled: SqlStore, behind: Behind) -> None:
    with closing(connect(filled.path, filled._key)) as connection:
        connection.execute("DROP TRIGGER mark_history_keeps_its_rows")
        connection.execute("DROP INDEX mark_unauthorised")
        connection.execute("CREATE TABLE extra (a)")
    assert filled.check().faults == (
        "The index mark_unauthorised is missing.",
        "The table extra does not belong in a school’s file.",
        "The trigger mark_history_keeps_its_rows is missing.",
    )


def test_a_guard_made_toothless_is_noticed(filled: SqlStore) -> None:
    with closing(connect(filled.path, filled._key)) as connection:
        connection.execute("DROP TRIGGER link_keeps_its_rows")
        connection.execute("CREATE TRIGGER link_keeps_its_rows BEFORE DELETE ON link BEGIN SELECT 1; END")
    assert filled.check().faults == ("The trigger link_keeps_its_rows is not as it was made.",)


def test_a_false_revision_is_noticed(filled: SqlStore, behind: Behind) -> None:
    behind("UPDATE alembic_version SET version_num = '9999'")
    assert any("alembic_version" in fault for fault in filled.check().faults)


def test_a_rewritten_chain_is_shown_by_a_head_kept_outside(filled: SqlStore, behind: Behind) -> None:
    """Somebody with the key and our own code can make a sound chain; only a head on paper shows it."""
    from db.audit import link_hash

    with filled.reading() as reading:
        head = reading.chain_head
    with closing(connect(filled.path, filled._key)) as connection:
        last = list(connection.execute("SELECT * FROM link ORDER BY seq DESC LIMIT 1").fetchone())
    last[3] = "Somebody Else"
    behind(f"UPDATE link SET name = 'Somebody Else', hash = '{link_hash(last[:-1])}' WHERE seq = {last[0]}")
    assert filled.check().ok
    assert filled.check(head).head_known is False


def test_many_faults_are_told_up_to_a_limit(filled: SqlStore, deed: Any, behind: Behind) -> None:
    with filled.writing(deed()) as writing:
        writing.marks.add([NewMark(pupil, DAY, Half.PM, "/") for pupil in range(10, 310)])
    behind("UPDATE mark SET code = 'C' WHERE pupil >= 10")
    faults = filled.check().faults
    assert len(faults) == 201
    assert faults[-1] == "There are 100 more faults of this kind."


def test_a_flipped_bit_on_any_page_is_noticed_by_its_hmac(filled: SqlStore) -> None:
    whole = filled.path.read_bytes()
    missed = []
    for page in range(len(whole) // 4096):
        filled.disconnect()
        damaged = bytearray(whole)
        damaged[page * 4096 + (page * 37) % 4096] ^= 1
        filled.path.write_bytes(damaged)
        try:
            faults: tuple[str, ...] = filled.check().faults
        except Damaged as error:
            faults = (str(error),)
        if not any("damaged" in fault for fault in faults):
            missed.append(page)
    assert len(whole) > 50 * 4096
    assert not missed
