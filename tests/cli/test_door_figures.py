"""`figures` through the door: by group and phase, of a group's members, and as the DfE counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

PERIOD = ("--from", "2026-11-16", "--to", "2026-11-20")


@pytest.fixture
def store(school: SmallSchool, clock: StillClock) -> Path:
    """A week of six pupils: three of them with free school meals, and one of those away throughout."""
    clock.set(2026, 11, 20, 16, 0)
    context = school.context
    absent = school.pupils["Doyle"]
    edits = [
        Edit(child, Session(date(2026, 11, day), half), "I" if child == absent else "/\\"[half.ordinal])
        for child in school.pupils.values()
        for day in range(16, 21)
        for half in HALVES
    ]
    write(context, edits)
    with context.store.writing(context.deed("flags")) as writing:
        for name in ("Doyle", "Kaya", "Bielak"):
            writing.book.put(Flag(0, school.pupils[name], FlagKind.FSM, "", date(2026, 9, 1)))
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.OTHER, "Choir", date(2026, 9, 1)))
    context.store.close()
    return school.path


def test_every_group_stands_beside_the_rest_of_the_school(run: Run, store: Path) -> None:
    rows = {row["group"]: row for row in run("figures", "--store", store, *PERIOD, "--by", "group").value}
    assert list(rows) == ["fsm", "sex:M", "sex:F", "own:choir"]
    fsm = rows["fsm"]
    assert (fsm["title"], fsm["pupils"], fsm["counted"], fsm["small"]) == ("Free school meals", 3, 3, True)
    assert (fsm["possible"], fsm["attended"], fsm["persistent"], fsm["severe"]) == (30, 20, 1, 1)
    assert fsm["attendance_pct"] == pytest.approx(200 / 3)
    assert fsm["severe_pct"] == pytest.approx(100 / 3)
    assert fsm["gap"] == pytest.approx(200 / 3 - 100)
    assert (fsm["rest"]["pupils"], fsm["rest"]["attendance_pct"], fsm["rest"]["severe"]) == (3, 100.0, 0)
    assert fsm["too_early"] == 3
    assert fsm["codes"] == {"/": 10, "\\": 10, "I": 10}


def test_the_members_of_one_group(run: Run, store: Path) -> None:
    period = ("figures", "--store", store, *PERIOD)
    assert [row["name"] for row in run(*period, "--group", "FSM").value] == ["Łucja Bielak", "Ryan Doyle", "Çağla Kaya"]
    assert [row["name"] for row in run(*period, "--group", "choir").value] == ["Çağla Kaya"]
    (row,) = run(*period, "--group", "fsm", "--by", "class").value
    assert (row["class"], row["pupils"], row["attended"]) == ("4B", 3, 20)
    assert [row["group"] for row in run(*period, "--by", "group", "--group", "Free school meals").value] == ["fsm"]
    refused = run(*period, "--group", "ehcp")
    assert refused.code == 2
    assert refused.value["error"] == "There is no group “ehcp” then. There are: fsm, sex:M, sex:F, own:choir."


def test_phases_and_the_figures_that_compare(run: Run, store: Path) -> None:
    (row,) = run("figures", "--store", store, *PERIOD, "--by", "phase").value
    assert (row["phase"], row["pupils"]) == ("Primary", 6)
    compared = run("figures", "--store", store, *PERIOD, "--by", "school", "--comparable")
    assert compared.value[0]["pupils"] == 6
    assert "As the DfE counts: pupils aged 5 to 15" in compared.errors


def test_a_pupil_is_told_to_be_too_early_beside_the_tests_of_the_contract(run: Run, store: Path) -> None:
    rows = {row["name"]: row for row in run("figures", "--store", store, *PERIOD).value}
    doyle = rows["Ryan Doyle"]
    assert (doyle["persistent"], doyle["severe"], doyle["too_early"]) == (True, True, True)


def test_a_number_is_explained_so_that_its_parts_add_up(run: Run, store: Path) -> None:
    period = ("explain", "--store", store, *PERIOD)
    found = run(*period, "--upn", "00005").value
    assert (found["title"], found["possible"], found["attendance_pct"]) == ("Ryan Doyle", 10, 0.0)
    assert sum(line["sessions"] for line in found["codes"] if line["possible"]) == found["possible"]
    (line,) = found["codes"]
    assert (line["code"], line["counts_as"], line["sessions"]) == ("I", "authorised", 10)
    assert found["left_out"] == []
    assert "0 attended of 10 possible = 0.0%." in found["says"]
    assert found["elsewhere"]
    assert run(*period).value["pupils"] == 6
    assert run(*period, "--by", "group", "--name", "fsm").value["title"] == "Free school meals"
    assert run(*period, "--by", "class").code == 2
    assert run(*period, "--upn", "99999").code == 2


def test_minutes_late_are_told_of_pupils_classes_and_groups(school: SmallSchool, clock: StillClock, run: Run) -> None:
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("mark")) as writing:
        writing.marks.add([NewMark(school.pupils["Kaya"], date(2026, 11, 16), Half.AM, "L", 12)])
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.EAL, "", date(2026, 9, 1)))
    school.context.store.close()
    days = ("--store", school.path, "figures", "--from", "2026-11-16", "--to", "2026-11-20")
    assert [row["minutes_late"] for row in run(*days).value if row["late"]] == [12]
    assert [row["minutes_late"] for row in run(*days, "--by", "class").value] == [12]
    (eal,) = run(*days, "--by", "group", "--group", "eal").value
    assert (eal["minutes_late"], eal["rest"]["minutes_late"]) == (12, 0)
