"""The house of schools: makes and opens them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from db import keys, migrate
from db.engine import connect, driver, open_engine
from db.faults import ADVICE, NOT_A_STORE, disk_in_words, in_words, primary_code
from db.files import discard, force, swap
from db.keys import KdfCost
from db.lock import WriterLock
from db.slots import accept_password
from db.store import SqlStore
from db.tries import Now, Tries
from desktop_app.domain.deeds import Deed
from desktop_app.domain.errors import Damaged, Refused
from desktop_app.domain.school import School
from desktop_app.domain.staff import Author, Role, Staff

_PLAIN_SQLITE = b"SQLite format 3\x00"


class House:
    """Makes and opens schools. `kdf` is what a try at a new password shall cost; an old slot keeps its own. `now` times
    the wait after wrong ones."""

    def __init__(self, kdf: KdfCost | None = None, now: Now = time.time) -> None:
        self._kdf = kdf or KdfCost()
        self._now = now

    def create(self, path: Path, school: School, staff: Staff, password: str, at: datetime) -> tuple[SqlStore, str]:
        """Make a school, and its folder. It gets its name only when it is whole: tables, first link, keys."""
        for taken in (path, *keys.places(path)):
            if taken.exists():
                raise Refused(f"{taken.name} already exists. Choose another name; no file is ever overwritten.")
        accept_password(password, demo=school.demo)
        key_file, opened, recovery = keys.new_key_file(staff.user, staff.role, password, self._kdf)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_in_words(error, f"The folder {path.parent} could not be made") from error
        lock = WriterLock(path, staff.user)
        partial = path.with_name(path.name + ".partial")
        try:
            _make(partial, opened.data, school, staff, at, lock)
            keys.save(path, key_file)
            swap(partial, path)
        except BaseException as error:
            for left in keys.places(path):
                discard(left)
            lock.release()
            if isinstance(error, OSError):
                raise disk_in_words(error, f"{path.name} could not be made") from error
            raise
        finally:
            discard(partial)
        return SqlStore(
            path, opened.data, staff.user, lock, opened.restricted_for(staff.role), self._kdf, self._now
        ), recovery

    def open(self, path: Path, user: str | None, password: str, *, write: bool) -> SqlStore:
        _look_at(path)
        key_file, whole = keys.load(path)
        name, opened = Tries(path, self._now).unlock(key_file, user, password)
        lock = WriterLock(path, name) if write else None
        try:
            if _examine(path, opened.data) != migrate.REVISIONS[-1]:
                _bring_up_to_date(path, opened.data, write=write)
            if lock and not whole:
                keys.save(path, key_file)
        except BaseException:
            if lock:
                lock.release()
            raise
        return SqlStore(path, opened.data, name, lock, opened.restricted, self._kdf, self._now)

    def users(self, path: Path) -> Mapping[str, Role]:
        _look_at(path)
        return keys.load(path)[0].users()


def _make(partial: Path, key: bytes, school: School, staff: Staff, at: datetime, lock: WriterLock) -> None:
    """Make the store's file, with the school and its first member of staff in the first link."""
    discard(partial)
    engine = open_engine(partial, key)
    try:
        with engine.begin() as connection:
            migrate.make_new(connection)
    finally:
        engine.dispose()
    store = SqlStore(partial, key, staff.user, lock)
    try:
        with store.writing(Deed(Author(1, staff.name, staff.position), "new school", at)) as writing:
            writing.book.put(school)
            writing.book.put(staff)
    finally:
        store.disconnect()
    force(partial)


def _look_at(path: Path) -> None:
    """What can be told of a file without a key."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_SQLITE))
    except FileNotFoundError:
        raise Damaged(f"There is no file {path.name} in {path.parent}.") from None
    except OSError as error:
        raise Damaged(f"{path.name} cannot be read: {error.strerror}.") from error
    if not start:
        raise Damaged(f"{path.name} is empty, so it is not a Rollbook school. Open the newest backup instead.")
    if start == _PLAIN_SQLITE:
        raise Damaged(f"{path.name} is a database of another program, not a Rollbook school.")


def _bring_up_to_date(path: Path, key: bytes, *, write: bool) -> None:
    if not write:
        raise Refused(f"{path.name} is of an earlier version of Rollbook. Open it for writing once, to bring it up.")
    from db.upgrade import bring_up_to_date  # noqa: PLC0415 - brings Alembic, which a start should not wait for

    bring_up_to_date(path, key)


def _examine(path: Path, key: bytes) -> str:
    """The revision of a store. Refuses one that is not ours, not whole or from a newer version, before anything is
    done with it."""
    try:
        connection = connect(path, key, query_only=True)
        try:
            connection.execute("BEGIN")
            return _examine_in(connection, path)
        finally:
            connection.close()
    except driver.Error as error:
        refusal = in_words(error, f"{path.name} was not opened")
        if refusal is None or isinstance(refusal, Damaged):
            raise Damaged(_unreadable(path, error)) from error
        raise refusal from error


def _unreadable(path: Path, error: BaseException) -> str:
    """Why a store does not open with the key that was unlocked. Which of the two it is cannot be told: without its own
    key a store says nothing of itself."""
    if primary_code(error) != NOT_A_STORE:
        return f"{path.name} is damaged. {ADVICE}"
    return (
        f"{path.name} is damaged, or the keys beside it belong to another school: put this school’s own "
        f"{path.name}.keys back beside it, and {path.name}.keys.copy too. {ADVICE}"
    )


def _examine_in(connection: Any, path: Path) -> str:
    """The same, inside one read, so that no writer can change the file's length meanwhile."""
    pages, size, application = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "page_size", "application_id")
    )
    if application != migrate.APPLICATION_ID:
        raise Damaged(f"{path.name} is not a Rollbook school.")
    revision = migrate.revision_of(connection)
    if revision not in migrate.REVISIONS:
        raise Damaged(
            f"{path.name} was made by a newer version of Rollbook (its revision is {revision}, the newest known is "
            f"{migrate.REVISIONS[-1]}). Install that version to open it. The file was not touched."
        )
    if path.stat().st_size != pages * size:
        raise Damaged(f"{path.name} is damaged: it is cut short or has something added to it. {ADVICE}")
    return revision
