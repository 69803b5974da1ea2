"""A small real store for each test, and a way round its guards for those who want to tamper with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.engine import connect
from db.house import House
from db.store import SqlStore
from desktop_app.domain.deeds import Deed
from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.staff import Author, Role, Staff

PASSWORD = "velvet-harbour-ninety-crane"
MOMENT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
HEAD = Staff(0, "Mrs A Head", "headteacher", Role.HEADTEACHER, "head")
SCHOOL = School(
    name="Marsh Lane Primary School",
    la="knowsley",
    type=SchoolType.MAINTAINED,
    phase=Phase.PRIMARY,
    am=RegisterTimes(time(8, 45), time(9, 15)),
    pm=RegisterTimes(time(13, 0), time(13, 15)),
)


class Deeds:
    """Deeds an hour apart, so that there is always a moment between two of them."""

    def __init__(self) -> None:
        self.at = MOMENT

    def __call__(self, action: str = "test", reason: str = "") -> Deed:
        self.at += timedelta(hours=1)
        return Deed(Author(1, HEAD.name, HEAD.position), action, self.at, reason)

    def between(self) -> datetime:
        """A moment after the last deed and before the next."""
        return self.at + timedelta(minutes=30)


@pytest.fixture
def deed() -> Deeds:
    return Deeds()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "marsh-lane.rollbook"


@pytest.fixture
def make(house: House, path: Path) -> Iterator[Callable[..., tuple[SqlStore, str]]]:
    """Makes the school, open for writing, and gives its recovery key beside it; closed when the test ends."""
    made: list[SqlStore] = []

    def one(**changes: Any) -> tuple[SqlStore, str]:
        store, recovery = house.create(path, replace(SCHOOL, **changes), HEAD, PASSWORD, MOMENT)
        made.append(store)
        return store, recovery

    yield one
    for store in made:
        store.close()


@pytest.fixture
def store(make: Callable[..., tuple[SqlStore, str]]) -> SqlStore:
    return make()[0]


@pytest.fixture
def reopen(house: House, path: Path) -> Iterator[Callable[..., SqlStore]]:
    """Opens the school again, to read unless told otherwise."""
    opened: list[SqlStore] = []

    def one(*, write: bool = False, user: str | None = None, password: str = PASSWORD) -> SqlStore:
        opened.append(house.open(path, user, password, write=write))
        return opened[-1]

    yield one
    for store in opened:
        store.close()


@pytest.fixture
def behind(store: SqlStore) -> Callable[..., None]:
    """Runs statements behind the program's back: another connection, the guards dropped and put back."""

    def run(*statements: str) -> None:
        with closing(connect(store.path, store._key)) as connection:
            triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN IMMEDIATE")
            for name, _ in triggers:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
            for _, sql in triggers:
                connection.execute(sql)
            connection.execute("COMMIT")

    return run
