"""A copy is copied, opened, checked, and only then named; whatever goes wrong leaves nothing behind."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db import backup
from db.engine import connect
from db.house import House
from db.store import SqlStore
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.progress import Progress
from desktop_app.domain.sessions import Half
from tests.db.conftest import PASSWORD
from tests.support.every_table import fill_every_table


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "copy.rollbook"


@pytest.fixture
def filled(store: SqlStore, deed: Any) -> SqlStore:
    fill_every_table(store, deed)
    with store.writing(deed()) as writing:
        writing.marks.add([NewMark(pupil, date(2026, 9, 14), Half.AM, "/") for pupil in range(1, 4000)])
    return store


def left(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir())


def test_a_copy_opens_with_the_same_password_and_has_the_same_chain(
    filled: SqlStore, target: Path, house: House
) -> None:
    told = list(filled.backup(target))
    assert [progress.done for progress in told] == [0, 1, 2, 3, 4]
    assert all(isinstance(progress, Progress) and progress.total == 4 and progress.text for progress in told)
    assert left(target) == ["copy.rollbook", "copy.rollbook.keys"]
    copy = house.open(target, None, PASSWORD, write=True)
    found, original = copy.check(), filled.check()
    assert found == original
    assert found.ok
    copy.close()


@pytest.mark.parametrize("taken", ["copy.rollbook", "copy.rollbook.keys"])
def test_a_target_that_exists_is_refused(filled: SqlStore, target: Path, taken: str) -> None:
    target.with_name(taken).write_bytes(b"mine")
    with pytest.raises(Refused, match=f"{taken} already exists"):
        next(iter(filled.backup(target)))
    assert left(target) == [taken]
    assert target.with_name(taken).read_bytes() == b"mine"


def test_a_missing_folder_is_refused(filled: SqlStore, target: Path) -> None:
    with pytest.raises(Refused, match="there is no folder"):
        next(iter(filled.backup(target.parent / "none" / "copy.rollbook")))


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_a_copy_given_up_on_leaves_nothing(filled: SqlStore, target: Path, steps: int) -> None:
    job = filled.backup(target)
    for _ in range(steps):
        next(job)
    job.close()  # type: ignore[attr-defined]
    assert left(target) == []
    assert filled.check().ok


def spoil(target: Path, change: Callable[[bytearray], None]) -> None:
    partial = target.with_name(target.name + ".partial")
    content = bytearray(partial.read_bytes())
    change(content)
    partial.write_bytes(content)


def flip(place: float) -> Callable[[bytearray], None]:
    def change(content: bytearray) -> None:
        content[int(len(content) * place)] ^= 1

    return change


@pytest.mark.parametrize("place", [0.0, 0.001, 0.25, 0.5, 0.75, 0.9999])
def test_a_bit_that_went_wrong_on_the_stick_is_noticed(filled: SqlStore, target: Path, place: float) -> None:
    job = filled.backup(target)
    next(job), next(job)
    spoil(target, flip(place))
    with pytest.raises(Refused, match=r"damaged|not made"):
        list(job)
    assert left(target) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM mark WHERE pupil = 3999",
        (
            "INSERT INTO mark_history"
            " SELECT seq + 1, link, pupil, day, half, code, minutes, note, reason, source, amends"
            " FROM mark_history ORDER BY seq DESC LIMIT 1"
        ),
        (
            "INSERT INTO link SELECT seq + 1, at, author, name, position, action, reason, parts, prev, 'x'"
            " FROM link ORDER BY seq DESC LIMIT 1"
        ),
    ],
)
def test_a_copy_that_is_sound_but_not_the_school_is_noticed(filled: SqlStore, target: Path, statement: str) -> None:
    job = filled.backup(target)
    next(job), next(job), next(job)
    other = connect(target.with_name(target.name + ".partial"), filled._key)
    other.execute(statement)
    other.close()
    with pytest.raises(Refused, match="is not the same as the school"):
        list(job)
    assert left(target) == []


def test_marks_written_while_the_copy_is_checked_do_not_disturb_it(
    filled: SqlStore, target: Path, deed: Any, house: House
) -> None:
    job = filled.backup(target)
    next(job), next(job)
    before = filled.check()
    with filled.writing(deed()) as writing:
        writing.marks.add([NewMark(5, date(2026, 9, 15), Half.AM, "N")])
    list(job)
    copy = house.open(target, None, PASSWORD, write=False)
    assert copy.check() == before
    assert filled.check(before.chain_head).head_known
    copy.close()


def test_a_full_disk_is_said_in_words(filled: SqlStore, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(backup, "force", full)
    with pytest.raises(Refused, match="The copy was not made: the disk is full"):
        list(filled.backup(target))
    assert left(target) == []
