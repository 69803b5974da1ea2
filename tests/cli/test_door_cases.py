"""`case open`, `case step`, `case show` and `task list` at the headless door."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.rulebook import Rulebook
from tests.cli.conftest import Run
from tests.support.casework import mark_days, with_casework
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


@pytest.fixture
def rulebook() -> Rulebook:
    """The law and packs, Knowsley's with the casework of the tests."""
    return with_casework(rulebooks.load(paths.resources()))


def test_a_case_is_opened_moved_and_shown(school: SmallSchool, run: Run, clock: StillClock) -> None:
    clock.set(2026, 10, 5, 9, 0)
    mark_days(school.context, school.pupils["Doyle"], date(2026, 9, 3), date(2026, 10, 2), absent=(0,))
    school.context.store.close()
    door = ("--store", school.path)
    opened = run("case", "open", *door, "--pupil", "00005", "--lead", "head", "--note", "twice a week")
    assert opened.code == 0, opened.errors
    case = opened.value["case"]
    assert (opened.value["step"], opened.value["opened_on"]) == ("one.support", "level-one")
    assert (opened.value["review_due"], opened.value["lead"]) == ("2026-10-23", "Dr A Rahman")
    assert opened.value["next"]["ask"] == "meet"
    shown = run(*door, "case", "show", "--pupil", "00005")
    assert shown.value == opened.value
    refused = run("case", "step", *door, "--case", case, "--to", "two.aim", "--reason", "no better", "--agreed", "head")
    assert refused.code == 2
    assert "this must be done: Meet the parents" in refused.value["error"]
    moved = run(
        "case", "step", *door, "--pupil", "00005", "--to", "two.aim", "--reason", "no better", "--agreed", "head",
        "--despite", "nobody came",
    )  # fmt: skip
    assert moved.code == 0, moved.errors
    assert [one["step"] for one in moved.value["steps"]] == ["one.support", "two.aim"]
    assert moved.value["steps"][1]["despite"] == "nobody came"
    tasks = run("task", "list", *door, "--owner", "head", "--to", "2026-10-30")
    assert tasks.code == 0, tasks.errors
    assert [(one["kind"], one["due"], one["text"]) for one in tasks.value] == [
        ("meeting", "2026-10-23", "Arrange: Attendance Improvement Meeting"),
        ("review", "2026-10-23", "Review Attendance Improvement Meeting"),
    ]
    assert run("task", "list", *door, "--to", "2026-10-20").value == []
    assert run("task", "list", *door, "--owner", "nobody").code == 2
    given = run("task", "give", *door, "--task", tasks.value[1]["id"], "--nobody", "--due", "2026-11-02")
    assert given.code == 0, given.errors
    assert (given.value["owner"], given.value["due"]) == (None, "2026-11-02")
    again = run("task", "give", *door, "--task", tasks.value[1]["id"], "--nobody")
    assert "Nobody has it already" in again.value["error"]
    back = run("task", "give", *door, "--task", tasks.value[1]["id"], "--owner", "head")
    assert back.value["owner"] == tasks.value[1]["owner"]
    assert run("task", "give", *door, "--task", 999, "--owner", "head").code == 2


def test_what_cannot_be_is_refused_in_words(school: SmallSchool, run: Run) -> None:
    school.context.store.close()
    door = ("--store", school.path)
    assert "has no open case" in run("case", "show", *door, "--pupil", "00005").value["error"]
    assert "There is no such case" in run("case", "show", *door, "--case", "99").value["error"]
    assert "comes after School support" in run(
        "case", "open", *door, "--pupil", "00005", "--step", "two.aim"
    ).value["error"]  # fmt: skip
    assert run("case", *door).code == 2
    assert run("case", "show", *door).code == 2


def test_a_meeting_is_the_one_that_is_due_unless_another_is_named(
    school: SmallSchool, run: Run, clock: StillClock
) -> None:
    clock.set(2026, 10, 5, 9, 0)
    mark_days(school.context, school.pupils["Doyle"], date(2026, 9, 3), date(2026, 10, 2), absent=(0,))
    school.context.store.close()
    door = ("--store", school.path)
    met = (
        *("log", *door, "--pupil", "00005", "--kind", "meeting", "--at", "2026-10-05", "--with", "Ms K Doyle"),
        *("--outcome", "held"),
    )
    assert run(*met).value["meeting"] is None, "there is no case"
    run("case", "open", *door, "--pupil", "00005", "--lead", "head")
    run(
        *("case", "step", *door, "--pupil", "00005", "--to", "two.aim", "--reason", "no better"),
        *("--agreed", "head", "--despite", "nobody came"),
    )
    assert "it has" in run(*met, "--meeting", "tea").value["error"]
    assert "--meeting goes with" in run(*met, "--meeting", "aim", "--set", "meeting=aim").value["error"]
    assert run(*met, "--meeting", "other").value["meeting"] is None
    waits = [one["kind"] for one in run("task", "list", *door).value]
    assert "meeting" in waits
    counted = run(*met)
    assert counted.value["meeting"] == "aim"
    assert "Kept as “Attendance Improvement Meeting”" in counted.errors
    assert "meeting" not in [one["kind"] for one in run("task", "list", *door).value]
    assert run(*met).value["meeting"] is None, "the case waits for none"
