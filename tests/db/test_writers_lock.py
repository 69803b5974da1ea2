"""One process writes; the next is told who does; and a file left behind by a crash locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from db.lock import WriterLock, holder_of
from db.store import SqlStore
from desktop_app.domain.errors import Locked
from desktop_app.domain.school import Setting

ROOT = Path(__file__).resolve().parent.parent.parent

OPEN = """
import sys
from pathlib import Path
from db.house import House
from tests.db.conftest import PASSWORD
store = House().open(Path(sys.argv[1]), None, PASSWORD, write=True)
print("open", flush=True)
sys.stdin.readline()
store.close()
print("closed", flush=True)
sys.stdin.readline()
"""

RACE = """
import sys
from pathlib import Path
from db.lock import WriterLock
from desktop_app.domain.errors import Locked
path, rounds = Path(sys.argv[1]), int(sys.argv[2])
inside = path.with_suffix(".inside")
won = 0
for turn in range(rounds):
    try:
        lock = WriterLock(path, "racer")
    except Locked:
        continue
    inside.touch(exist_ok=False)
    inside.unlink()
    won += 1
    lock.release()
print(won)
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.fixture
def other(store: SqlStore) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the school open for writing."""
    store.close()
    process = start(OPEN, store.path)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def tell(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline()


def test_another_process_is_named_and_reading_goes_on(
    other: subprocess.Popen[str], reopen: Callable[..., SqlStore], deed: Any
) -> None:
    with pytest.raises(Locked, match=r"open for writing by head on .+ since \w{3} \d\d \w{3}, \d\d:\d\d\."):
        reopen(write=True)
    reader = reopen()
    assert reader.holder.startswith("head on ")
    assert reader.check().ok
    assert tell(other) == "closed\n"
    writer = reopen(write=True)
    with writer.writing(deed()) as writing:
        writing.book.put(Setting("a", "b"))


def test_a_closed_school_is_not_opened_again_without_its_lock(store: SqlStore, deed: Any, tmp_path: Path) -> None:
    store.close()
    with pytest.raises(RuntimeError, match="closed"), store.reading():
        pass
    with pytest.raises(RuntimeError, match="closed"), store.writing(deed()):
        pass
    with pytest.raises(RuntimeError, match="closed"):
        store.check()
    with pytest.raises(RuntimeError, match="closed"):
        store.backup(tmp_path / "copy.rollbook")


def test_a_killed_writer_locks_nobody_out(other: subprocess.Popen[str], reopen: Callable[..., SqlStore]) -> None:
    other.kill()
    other.wait()
    reader = reopen()
    assert reader.holder == ""
    left = reader.path.with_name(reader.path.name + ".holder")
    assert left.exists()
    reopen(write=True)


def test_files_left_behind_by_hand_lock_nobody_out(store: SqlStore, reopen: Callable[..., SqlStore]) -> None:
    store.close()
    for end in (".lock", ".holder"):
        store.path.with_name(store.path.name + end).write_text("Mrs X on OFFICE-2 since Mon 01 Jan, 08:00")
    assert reopen().holder == ""
    reopen(write=True)


def test_a_holder_that_cannot_be_read_is_another_window(tmp_path: Path) -> None:
    path = tmp_path / "a.rollbook"
    lock = WriterLock(path, "head")
    for content in (b"\xff\xfe\x00", b"  "):
        (tmp_path / "a.rollbook.holder").write_bytes(content)
        assert holder_of(path) == "another window"
    (tmp_path / "a.rollbook.holder").unlink()
    with pytest.raises(Locked, match="by another window"):
        WriterLock(path, "office")
    lock.release()
    lock.release()
    assert holder_of(path) == ""


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert holder_of(tmp_path / "a.rollbook") == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rounds", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_of_two_that_race_only_one_is_ever_inside(tmp_path: Path, rounds: int) -> None:
    racers = [start(RACE, tmp_path / "a.rollbook", rounds) for _ in range(2)]
    said = [racer.communicate(timeout=120) for racer in racers]
    assert [errors for _, errors in said] == ["", ""]
    assert all(int(won) > 0 for won, _ in said)
