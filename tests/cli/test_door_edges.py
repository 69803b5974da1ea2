"""The door where things go wrong around it: broken pipes, Ctrl+C, folders that are none, nonsense."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import IO

import pytest

from db.house import House
from desktop_app import cli
from desktop_app.domain.rulebook import Rulebook
from tests.cli.conftest import Ran, Run
from tests.support.clock import StillClock
from tests.support.schools import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
NEW = ("new", "--name", "Marsh Lane", "--la", "sefton", "--type", "maintained", "--phase", "primary", "--user", "pat")


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "calendar.csv"
    path.write_text("kind,name,start,end\nterm,summer term,2026-04-13,2026-07-21\n", "utf-8")
    return path


@pytest.fixture
def made(tmp_path: Path, run: Run, calendar: Path) -> tuple[Path, Ran]:
    path = tmp_path / "school.rollbook"
    answer = run("--store", path, *NEW, "--calendar", calendar)
    assert answer.code == 0, answer.value
    return path, answer


def _program(*words: object, out: IO[bytes] | int) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "ROLLBOOK_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "desktop_app", *(str(word) for word in words)]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.PIPE, check=False)


def test_a_new_school_is_warned_of_bank_holidays_inside_its_terms(made: tuple[Path, Ran]) -> None:
    _, answer = made
    assert set(answer.value) == {"store", "user", "recovery_key"}
    assert [line.split(" is ")[0] for line in answer.errors.splitlines()] == [
        "Early May bank holiday, Mon 4 May 2026,",
        "Spring bank holiday, Mon 25 May 2026,",
    ]


def test_the_recovery_key_signs_in_as_somebody_the_school_knows(
    made: tuple[Path, Ran], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, answer = made
    monkeypatch.setenv("ROLLBOOK_PASSWORD", answer.value["recovery_key"])
    assert run("--store", path, "check").code == 0
    assert run("--store", path, "--user", "PAT", "check").code == 0
    assert run("--store", path, "--user", "nobody", "check").code == 3


def test_a_pipe_that_breaks_is_said_without_a_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as broken:
        done = _program("packs", out=broken)
    assert done.returncode == 1
    assert done.stderr.decode() == f"{cli.door.LOST}\n"


@pytest.mark.parametrize("words", [("--help",), ("bundle", "--help")])
def test_help_is_printed_on_a_console_of_few_letters(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = _program(*words, out=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "the school’s file" in done.stdout.decode("utf-8")


def test_a_full_disk_behind_the_output_is_said_without_a_traceback() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        done = _program("packs", out=full)
    assert (done.returncode, done.stderr.decode()) == (1, f"{cli.door.LOST}\n")


def test_ctrl_c_ends_in_a_sentence_and_leaves_nothing(
    house: House, rulebook: Rulebook, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    told: list[datetime] = []
    still = StillClock(datetime(2026, 6, 26, 9, 0))

    def clock() -> datetime:
        told.append(still())
        if len(told) > 1:
            raise KeyboardInterrupt
        return told[-1]

    path = tmp_path / "demo.rollbook"
    code = cli.run(["demo", "--out", str(path), "--pupils", "14", "--years", "1"], house, rulebook, clock)
    printed = capfdbinary.readouterr()
    assert code == 2
    assert printed.err.decode() == f"{cli.door.STOPPED}\n"
    assert not path.exists()


@pytest.mark.parametrize(
    "command", [("check",), ("mark", "--pupil", "1", "--date", "2026-06-22", "--half", "AM", "--clear")]
)
def test_a_folder_that_is_none_is_said(run: Run, calendar: Path, command: tuple[str, ...]) -> None:
    answer = run("--store", calendar / "school.rollbook", *command)
    assert (answer.code, set(answer.value)) == (2, {"error"})
    assert "school.rollbook" in answer.value["error"]


@pytest.mark.parametrize("name", ["x" * 5000, "\udcff.rollbook"])
def test_a_name_that_no_disk_has_is_said(run: Run, tmp_path: Path, name: str) -> None:
    assert run("--store", tmp_path / name, "check").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pupils", "0"), "1 to 2000 pupils"),
        (("--pupils", "2001"), "1 to 2000 pupils"),
        (("--pupils", "²"), "not a whole number"),
        (("--years", "0"), "school years"),
        (("--seed", "one"), "not a whole number"),
        (("--today", "9999-12-31"), "between 1900 and 2100"),
        (("--today", "0001-01-01"), "between 1900 and 2100"),
    ],
)
def test_a_demo_of_nonsense_is_refused(run: Run, tmp_path: Path, words: tuple[str, str], said: str) -> None:
    answer = run("demo", "--out", tmp_path / "demo.rollbook", *words)
    assert answer.code == 2
    assert said in answer.value["error"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("--am", "8:45-9:15", "write them as 08:45-09:15"),
        ("--am", "08:45Z-09:15", "write them as 08:45-09:15"),
        ("--am", "09:00-10:00", "at most 30 minutes"),
        ("--pm", "13:15-13:00", "register"),
        ("--pm", "08:00-08:15", "the morning’s closes only at"),
        ("--type", "maintaned", "is not one of maintained, academy"),
        ("--phase", "", "is not one of primary"),
        ("--role", "Head", "is not one of headteacher"),
        ("--la", "nowhere", "choose one of: england, halton, knowsley, sefton"),
        ("--calendar", "", "no file name"),
        ("--name", " ", "needs a name"),
    ],
)
def test_a_new_school_of_nonsense_is_refused(
    run: Run, tmp_path: Path, calendar: Path, name: str, value: str, said: str
) -> None:
    answer = run("--store", tmp_path / "x.rollbook", *NEW, "--calendar", calendar, name, value)
    assert answer.code == 2
    assert said in answer.value["error"]
    assert [file.name for file in tmp_path.iterdir()] == ["calendar.csv"]
