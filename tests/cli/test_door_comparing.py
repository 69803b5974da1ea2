"""Crossings, comparison and targets at the door."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.benchmarks import ENGLAND, KNOWSLEY, figures_file
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.two_years import fill_two_years

if TYPE_CHECKING:
    from tests.cli.conftest import Run

KAYA = "00006"


@pytest.fixture(autouse=True)
def _two_years(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    fill_two_years(school)
    school.context.store.close()


def test_the_school_beside_others(school: SmallSchool, run: Run, tmp_path: Path) -> None:
    store = ("--store", school.path)
    to_date, daily, census = run(*store, "compare", "--on", "2026-11-20").value
    assert (to_date["period"], to_date["published"]) == ("year to date", [])
    assert [(row["area"], row["kind"], row["absence_pct"]) for row in daily["published"]] == [
        ("Knowsley", "daily", 6.69),
        ("England", "daily", 5.28),
    ]
    assert {row["kind"] for row in census["published"]} == {"census"}
    brought = run(*store, "import", "benchmarks", figures_file(tmp_path / "new.csv", ENGLAND, KNOWSLEY))
    assert (brought.code, brought.value["added"]) == (0, 2)
    _, daily = run(*store, "compare", "--on", "2026-11-20").value
    assert [row["absence_pct"] for row in daily["published"]] == [6.6, 5.3]
    broken = run(*store, "import", "benchmarks", figures_file(tmp_path / "bad.csv", {**ENGLAND, "absence": "many"}))
    assert (broken.code, broken.value["rejected"][0]["row"], broken.value["rejected"][0]["column"]) == (2, 2, "absence")
    old = run(*store, "import", "benchmarks", figures_file(tmp_path / "old.csv", {**ENGLAND, "school_year": "2019/20"}))
    assert old.code == 2
    assert "An older list is not taken" in old.value["error"]


def test_a_target_is_set_and_told(school: SmallSchool, run: Run) -> None:
    store = ("--store", school.path)
    told = run(*store, "target", "--pupil", KAYA, "--percent", "96.5", "--until", "2026-12-18")
    assert told.code == 0
    assert (told.value["percent"], told.value["from"], told.value["until"]) == (96.5, "2026-11-20", "2026-12-18")
    assert (told.value["attended"], told.value["possible"], told.value["met"]) == (2, 2, None)
    assert (told.value["too_early"], told.value["sessions_needed"], told.value["points"]) == (True, 10, None)
    assert (told.value["to_come"], told.value["may_miss"]) == (40, 1)
    listed = run(*store, "target-list", "--on", "2026-11-20").value
    assert [(one["name"], one["has_target"]) for one in listed["pupils"]] == [("Kaya, Çağla", True)]
    assert listed["average_pct"] == 94.72
    refused = run(*store, "target", "--pupil", KAYA, "--percent", "all")
    assert refused.code == 2
    assert "“all”: A target is a percentage above 0" in refused.value["error"]


def test_crossings_of_the_last_week_and_of_any_days(school: SmallSchool, run: Run) -> None:
    store = ("--store", school.path)
    assert run(*store, "crossings").value == []
    for half, code in (("AM", "O"), ("PM", "O")):
        for day in range(16, 20):
            mark = ("--date", f"2026-11-{day}", "--half", half, "--code", code, "--reason", "found out")
            assert run(*store, "mark", "--pupil", KAYA, *mark).code == 0
    (fell,) = run(*store, "crossings").value
    assert (fell["was"], fell["now"], fell["better"], fell["from"]) == ("good", "monitor", False, "2026-11-13")
    assert len(fell["sessions"]) == 8
    assert fell["sessions"][0] == {"date": "2026-11-16", "half": "AM", "code": "O"}
    assert run(*store, "crossings", "--from", "2026-11-19", "--to", "2026-11-20").value == []
    refused = run(*store, "crossings", "--from", "2026-11-20", "--to", "2026-11-20")
    assert (refused.code, "must be after the first" in refused.value["error"]) == (2, True)


def test_targets_of_a_class_and_of_the_school_are_set_and_listed(school: SmallSchool, run: Run) -> None:
    door = ("--store", school.path, "target")
    assert run(*door, "--list").value == []
    one = run(*door, "--class", "4B", "--percent", "96.5", "--from", "2026-09-03")
    assert (one.code, one.value["class"], one.value["percent"], one.value["from"]) == (0, "4B", 96.5, "2026-09-03")
    assert one.value["possible"] > 0
    later = run(*door, "--school", "--percent", "95", "--from", "2027-01-04")
    assert (later.value["class"], later.value["until"], "possible" in later.value) == (None, "2027-08-31", False)
    assert [row["class"] for row in run(*door, "--list").value] == [None, "4B"]
    assert [row["percent"] for row in run(*door, "--list", "--class", "4B").value] == [96.5]
    of_year = run(*door, "--year", "4", "--percent", "94", "--from", "2026-09-03")
    assert (of_year.value["class"], of_year.value["year"], of_year.value["possible"] > 0) == (None, "4", True)
    of_phase = run(*door, "--phase", "Primary", "--percent", "93", "--from", "2026-09-03")
    assert (of_phase.value["phase"], of_phase.value["percent"]) == ("Primary", 93)
    assert [row["percent"] for row in run(*door, "--list").value] == [95, 93, 94, 96.5]
    assert [row["percent"] for row in run(*door, "--list", "--year", "4").value] == [94]
    run(*door, "--pupil", KAYA, "--percent", "90", "--from", "2026-09-03")
    assert [row["percent"] for row in run(*door, "--list", "--pupil", KAYA).value] == [90]
    for wrong, words in (
        (("--percent", "95"), "Say whose target"),
        (("--class", "9Z", "--percent", "95"), "There is no class 9Z"),
        (("--year", "11", "--percent", "95"), "There is no year 11"),
        (("--school",), "A target is a percentage"),
        (("--school", "--percent", "95", "--agreed-with", "us"), "goes with --pupil"),
        (("--list", "--percent", "95"), "sets none"),
    ):
        assert words in run(*door, *wrong).errors
