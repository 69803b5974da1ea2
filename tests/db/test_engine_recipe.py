"""How a connection is made: every pragma read back, the way a transaction begins, and what an error may say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from db.engine import PRAGMAS, connect, driver, open_engine
from db.store import SqlStore
from desktop_app.domain.entries import EntryKind, NewEntry


@pytest.mark.parametrize(("name", "answer"), [(name, answer) for name, _, answer in PRAGMAS])
def test_every_pragma_holds_on_every_connection(
    store: SqlStore, reopen: Callable[..., SqlStore], name: str, answer: object
) -> None:
    with store._engine.connect() as one, store._engine.connect() as two, reopen()._engine.connect() as reader:
        for connection in (one, two, reader):
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == answer


def test_the_settings_are_those_of_the_decision() -> None:
    assert {name: value for name, value, _ in PRAGMAS} == {
        "journal_mode": "TRUNCATE", "synchronous": "FULL", "foreign_keys": "ON", "recursive_triggers": "ON",
        "trusted_schema": "OFF", "cell_size_check": "ON", "mmap_size": "0", "temp_store": "MEMORY",
        "secure_delete": "ON", "cache_size": "-131072", "busy_timeout": "5000",
    }  # fmt: skip


def test_the_driver_logs_nothing(store: SqlStore) -> None:
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA cipher_log_level").scalar() == "NONE"


def test_the_file_is_encrypted_from_its_first_byte(store: SqlStore) -> None:
    content = store.path.read_bytes()
    assert len(content) % 4096 == 0
    for word in (b"SQLite", b"CREATE", b"Marsh Lane", b"mark_history", "Mrs A Head".encode("utf-16-le")):
        assert word not in content


def test_a_wrong_key_shows_itself_at_the_first_read(store: SqlStore) -> None:
    with pytest.raises(driver.DatabaseError, match="file is not a database"):
        connect(store.path, bytes(32))


def statements(store: SqlStore, deed: Any, writing: bool) -> list[str]:
    seen: list[str] = []
    with store._engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(seen.append)  # type: ignore[union-attr]
    with store.writing(deed()) if writing else store.reading() as part:
        part.marks.counts(date(2026, 9, 7), date(2026, 9, 7))
    return seen


def test_a_write_begins_immediate_and_a_read_does_not(store: SqlStore, deed: Any) -> None:
    assert statements(store, deed, writing=True)[0] == "BEGIN IMMEDIATE"
    assert statements(store, deed, writing=False)[0] == "BEGIN"


def test_there_are_two_connections_at_most(store: SqlStore) -> None:
    assert store._engine.pool.size() == 2  # type: ignore[attr-defined]
    assert store._engine.pool._max_overflow == 0  # type: ignore[attr-defined]


def test_a_reader_cannot_write_even_by_sql(store: SqlStore, reopen: Callable[..., SqlStore]) -> None:
    with reopen()._engine.connect() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM mark")


def test_no_error_repeats_what_was_being_written(store: SqlStore, deed: Any, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Zebedee Quillfeather"
    with pytest.raises(IntegrityError) as told, store.writing(deed()) as writing:
        writing.entries.add(NewEntry(EntryKind.NOTE, datetime(2026, 9, 7), (1,), secret, note=secret, adds_to=99))
    assert secret not in str(told.value)
    assert secret not in repr(told.value)
    assert secret not in caplog.text


def test_an_engine_opens_nothing_until_it_is_used(tmp_path: Any) -> None:
    open_engine(tmp_path / "none", bytes(32)).dispose()
    assert list(tmp_path.iterdir()) == []
