"""A disk that is full or reports errors: said in words, nothing half-written, and the next save works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db.house import House
from db.store import SqlStore
from desktop_app.domain.deeds import Deed
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Author
from tests.db.conftest import HEAD, MOMENT, PASSWORD, SCHOOL

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 9, 7)


def deed() -> Deed:
    return Deed(Author(1, "A", "B"), "register", datetime.now(UTC))


def register(store: SqlStore, day: date = DAY, pupils: int = 30) -> None:
    with store.writing(deed()) as writing:
        writing.marks.add(NewMark(pupil, day, Half.AM, "/") for pupil in range(pupils))


@pytest.fixture
def store(house: House, tmp_path: Path) -> Iterator[SqlStore]:
    made, _ = house.create(tmp_path / "a.rollbook", replace(SCHOOL), HEAD, PASSWORD, MOMENT)
    yield made
    made.close()


def test_a_full_file_is_refused_in_words_and_rolled_back(store: SqlStore) -> None:
    register(store)
    before = store.check()
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Refused, match=r"^Not saved: the disk is full\. Make room on it, then try again\.$"):
        register(store, DAY + timedelta(days=1), pupils=4000)
    assert store.check() == before
    register(store, DAY + timedelta(days=1), pupils=4000)
    assert store.check().ok


FAULTY = """
import sys
from datetime import date
from pathlib import Path
from db.house import House
from desktop_app.domain.errors import Refused
from tests.db.conftest import PASSWORD
from tests.faults.test_disk_faults import DAY, register
store = House().open(Path(sys.argv[1]), None, PASSWORD, write=True)
register(store, date(2026, 9, 1))
sys.stdout.write("ready\\n"); sys.stdout.flush()
sys.stdin.readline()
try:
    register(store, DAY)
    print("saved")
except Refused as error:
    print(error)
"""

CALLS = ("pwrite64", "fsync,fdatasync", "ftruncate")
QUICK = [*((calls, "EIO", 1) for calls in CALLS), ("pwrite64", "ENOSPC", 2)]
LONG = [
    pytest.param(calls, fault, which, marks=pytest.mark.slow)
    for calls in CALLS
    for fault in ("EIO", "ENOSPC")
    for which in range(1, 9)
    if (calls, fault, which) not in QUICK
]


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to make the disk fail")
@pytest.mark.parametrize(("calls", "fault", "which"), [*QUICK, *LONG])
def test_a_disk_that_fails_one_call_of_a_save_is_told_and_nothing_is_half_saved(
    store: SqlStore, house: House, calls: str, fault: str, which: int
) -> None:
    store.close()
    program = [sys.executable, "-c", FAULTY, str(store.path)]
    process = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    inject = f"inject={calls}:error={fault}:when={which}"
    tracer = subprocess.Popen(
        ["strace", "-f", "-q", "-e", inject, "-p", str(process.pid), "-o", os.devnull],
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until_traced(process.pid)
    said = process.communicate("\n")[0].strip()
    tracer.communicate()
    assert process.returncode == 0
    again = house.open(store.path, None, PASSWORD, write=True)
    found = again.check()
    assert found.faults == ()
    assert (said == "saved") == (found.marks == 60)
    assert said == "saved" or said.startswith("Not saved: ")
    assert said != "saved" or which > 1, "the first such call of a save failed, and nobody noticed"
    register(again, DAY + timedelta(days=7))
    assert again.check().ok
    again.close()


def wait_until_traced(pid: int) -> None:
    """Until the tracer has hold of the process."""
    status = Path(f"/proc/{pid}/status")
    for _ in range(500):
        if "TracerPid:\t0" not in status.read_text():
            return
        threading.Event().wait(0.01)
    raise AssertionError("strace did not attach")


def test_writers_and_readers_in_several_threads_lose_nothing(store: SqlStore) -> None:
    """A worker reads while the window writes: nobody meets `database is locked`."""
    errors: list[BaseException] = []

    def guarded(work: object) -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    def write(first: int) -> None:
        for step in range(25):
            register(store, DAY + timedelta(days=first + step))

    def read() -> None:
        for _ in range(100):
            with store.reading() as reading:
                one = reading.marks.counts(DAY, DAY + timedelta(days=400))
                assert one == reading.marks.counts(DAY, DAY + timedelta(days=400))

    jobs = (lambda: write(0), lambda: write(100), read)
    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    found = store.check()
    assert found.ok
    assert (found.marks, found.links) == (50 * 30, 51)
