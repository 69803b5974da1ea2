"""Hostile and mistaken input through the door: refused in one sentence, and nothing is changed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import db.keys
from db.engine import connect
from db.house import House
from tests.journeys.program import PASSWORD, ROOT, inside, rollbook
from tests.journeys.small_school import CLOCK, GOOD_MARK, MARK_HEADINGS, School, csv_of, one_sentence

MARKED = {
    "two of one number": ("--pupil 7 --date 2026-06-22 --half AM --code I", "More than one pupil"),
    "nobody": ("--pupil 99 --date 2026-06-22 --half AM --code I", "No pupil has"),
    "blank pupil": ("--pupil '' --date 2026-06-22 --half AM --code I", "No pupil has"),
    "next week": ("--pupil 1 --date 2026-06-29 --half AM --code I", "future"),
    "closed day": ("--pupil 1 --date 2026-05-26 --half AM --code I", "No mark can stand on Tue 26 May"),
    "a leaver": ("--pupil 2 --date 2026-06-22 --half AM --code I", "after leaving"),
    "withdrawn": ("--pupil 1 --date 2026-06-22 --half AM --code H", "withdrawn"),
    "not yet law": ("--pupil 1 --date 2019-06-20 --half AM --code J1", "law only from"),
    "wrong half": ("--pupil 1 --date 2026-06-22 --half PM --code /", "morning mark"),
    "closed without a reason": ("--pupil 1 --date 2026-06-24 --half AM --code I", "Say why"),
    "taken away": ("--pupil 1 --date 2026-06-24 --half AM --clear", "not taken away"),
    "blank code": ("--pupil 1 --date 2026-06-22 --half AM --code ' '", "--clear"),
    "code and clear": ("--pupil 1 --date 2026-06-22 --half AM --code I --clear", "not allowed"),
    "minutes and clear": ("--pupil 1 --date 2026-06-26 --half PM --clear --minutes 4", "--code"),
    "minutes with I": ("--pupil 1 --date 2026-06-22 --half AM --code I --minutes 4", "L or U"),
    "minutes below none": ("--pupil 1 --date 2026-06-22 --half AM --code L --minutes -4", "number from 1"),
    "minutes of words": ("--pupil 1 --date 2026-06-22 --half AM --code L --minutes ten", "whole number"),
    "B without a note": ("--pupil 1 --date 2026-06-22 --half AM --code B", "needs a note"),
    "half a day": ("--pupil 1 --date 2026-06-22 --half NOON --code I", "write AM or PM"),
    "a date without dashes": ("--pupil 1 --date 20260622 --half AM --code I", "YYYY-MM-DD"),
    "a week for a date": ("--pupil 1 --date 2026-W26-1 --half AM --code I", "YYYY-MM-DD"),
    "the year 9999": ("--pupil 1 --date 9999-12-31 --half AM --code I", "between 1900 and 2100"),
    "half an argument": ("--pup 1 --date 2026-06-22 --half AM --code I", "required: --pupil"),
}


@pytest.mark.parametrize("what", MARKED)
def test_a_mark_by_hand_that_cannot_be_is_refused(untouched: School, what: str) -> None:
    words, said = MARKED[what]
    one_sentence(untouched.ask("mark", *shlex.split(words)), said)


OTHERS = {
    "a kind of no entry": ("log --pupil 1 --kind fax --at 2026-06-22 --outcome x", "phone-call"),
    "no outcome": ("log --pupil 1 --kind letter --at 2026-06-22 --outcome ' '", "outcome"),
    "a call to come": ("log --pupil 1 --kind text --at 2026-06-26T10:01 --outcome x", "not happened"),
    "a stranger": ("log --pupil 1 --kind text --at 2026-06-22 --outcome x --with Eve", "Ewa Đurić"),
    "a minute of 61": ("log --pupil 1 --kind text --at 2026-06-22T10:61 --outcome x", "moment"),
    "a period backwards": ("figures --from 2026-06-22 --to 2026-06-21", "ends"),
    "no such grouping": ("figures --from 2026-06-22 --to 2026-06-22 --by house", "pupil, class, year"),
    "no such referral": ("bundle --pupil 1 --referral court --on 2026-06-22 --out x.pdf", "no referral “court”"),
    "a bundle of tomorrow": ("bundle --pupil 1 --referral lasap --on 2026-06-27 --out x.pdf", "still to come"),
    "a bundle of the year 1": ("bundle --pupil 1 --referral lasap --on 0001-01-01 --out x.pdf", "between 1900"),
    "a bundle nowhere": ("bundle --pupil 1 --referral lasap --on 2026-06-22 --out no/x.pdf", "no folder"),
    "a bundle without a name": ("bundle --pupil 1 --referral lasap --on 2026-06-22 --out ''", "no file name"),
    "a head of no hexadecimal": ("check --head zz", "hexadecimal"),
    "a backup nowhere": ("backup --out no/x.rollbook", "no folder"),
    "a file that is not there": ("import marks no.csv", "no.csv cannot be opened"),
    "a folder": ("import marks .", "cannot be opened"),
    "marks from a day": ("import marks no.csv --from 2026-06-22", "goes with pupils"),
    "a list of teachers": ("import teachers no.csv", "pupils"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_else_cannot_be_is_refused(
    untouched: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words, said = OTHERS[what]
    one_sentence(untouched.ask(*shlex.split(words)), said)
    assert list(tmp_path.iterdir()) == []


def _copied(made: School, folder: Path) -> Path:
    for file in made.store.parent.glob(f"{made.store.name}*"):
        shutil.copy(file, folder)
    return folder / made.store.name


@pytest.mark.parametrize(
    "length", [0, 1, 15, 16, 100, 4095, 4096, 4097, 8192, 65_536, 100_001, -65_536, -4097, -4096, -1]
)
@pytest.mark.parametrize(
    "command", [("check",), ("mark", "--pupil", "1", "--date", "2026-06-22", "--half", "AM", "--code", "I")]
)
def test_a_truncated_school_is_refused_and_left_alone(
    made: School, tmp_path: Path, length: int, command: tuple[str, ...]
) -> None:
    path = _copied(made, tmp_path)
    content = made.store.read_bytes()[:length]
    path.write_bytes(content)
    names = {file.name for file in tmp_path.iterdir()}
    one_sentence(inside("--store", path, *command, clock=CLOCK), "")
    assert path.read_bytes() == content
    assert {file.name for file in tmp_path.iterdir()} == names


def test_a_newer_school_is_refused_and_left_alone(made: School, tmp_path: Path) -> None:
    path = _copied(made, tmp_path)
    key = db.keys.load(path)[0].unlock("pat", PASSWORD)[1].data
    with closing(connect(path, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    content = path.read_bytes()
    for command in (("check",), ("backup", "--out", tmp_path / "copy.rollbook")):
        one_sentence(inside("--store", path, *command, clock=CLOCK), "newer version of Rollbook")
    assert path.read_bytes() == content
    assert not (tmp_path / "copy.rollbook").exists()


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + bytes(4080), b"\0" * 8192, b"PK\x03\x04" * 999])
def test_a_foreign_file_is_refused_before_a_password_is_asked_for(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.rollbook"
    path.write_bytes(content)
    answer = rollbook("--store", path, "check", password=None)
    one_sentence(answer, "other.rollbook")
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["other.rollbook"]


def test_wrong_user_and_wrong_password_get_one_sentence_for_the_same_work(
    untouched: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[tuple[Any, ...]] = []
    real: Callable[..., bytes] = db.keys.hash_secret_raw

    def watched(secret: bytes, salt: bytes, *cost: Any) -> bytes:
        work.append(cost)
        return real(secret, salt, *cost)

    monkeypatch.setattr(db.keys, "hash_secret_raw", watched)
    said = set()
    for user, password in (("pat", "not the password"), ("nobody", PASSWORD), ("nobody", "x"), ("", "")):
        words = ("--user", user) if user else ()
        answer = inside("--store", untouched.store, *words, "check", password=password, clock=CLOCK)
        one_sentence(answer, "is not right.", code=3)
        said.add(answer.value["error"])
    assert len(said) == 1
    assert len(work) == 4
    assert len(set(work)) == 1


HOLD = """
import sys
from pathlib import Path
from db.house import House
from desktop_app.domain.deeds import Deed
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.staff import Staff
store = House().open(Path(sys.argv[1]), None, sys.argv[2], write=True)
print("open", flush=True)
sys.stdin.readline()
store.close()
"""


def test_while_another_process_writes_its_holder_is_named_and_reading_goes_on(
    made: School, untouched: School, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLD, str(untouched.store), PASSWORD]
    marks = csv_of(tmp_path / "marks.csv", MARK_HEADINGS, GOOD_MARK)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        mark = ("mark", "--pupil", "1", "--date", "2026-06-22", "--half", "AM", "--code", "I")
        out = tmp_path / "x.pdf"
        for writing in (
            mark,
            ("log", "--pupil", "1", "--kind", "text", "--at", "2026-06-22", "--outcome", "x"),
            ("import", "marks", marks),
            ("bundle", "--pupil", "1", "--referral", "lasap", "--on", "2026-06-22", "--out", out),
        ):
            one_sentence(untouched.ask(*writing), "pat on ", code=3)
        assert not out.exists()
        figures = untouched.ask("figures", "--from", "2026-06-24", "--to", "2026-06-24")
        assert [row["codes"] for row in figures.value if row["codes"]] == [{"N": 1}]
        assert untouched.ask("import", "marks", marks, "--dry-run").value["added"] == 1
        assert untouched.ask("check").value["ok"] is True
        assert untouched.ask("backup", "--out", tmp_path / "copy.rollbook").value["marks"] == 1
        holder.communicate(b"\n", timeout=30)
    with closing(House().open(untouched.store, "pat", PASSWORD, write=True)):
        assert made.store.exists()
