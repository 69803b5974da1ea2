"""The school’s own log at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_it_is_put_down_and_listed(school: SmallSchool, clock: StillClock, run: Run) -> None:
    clock.set(2026, 11, 20, 16, 0)
    school.context.store.close()
    door = ("--store", school.path, "school-log")
    added = run(*door, "--add", "training", "--day", "2026-09-02", "--what", "Codes", "--who", "all staff")
    assert (added.code, added.value["kind"], added.value["day"]) == (0, "training", "2026-09-02")
    policy = ("--policy-version", "2026", "--approved", "2026-07-14", "--review", "2027-07-14")
    assert run(*door, "--add", "policy", "--what", "New guidance", *policy).code == 0
    newest, oldest = run(*door, "--list").value
    assert (newest["version"], newest["review"], newest["day"]) == ("2026", "2027-07-14", "2026-11-20")
    assert (oldest["who"], oldest["by"], oldest["withdrawn"]) == ("all staff", "Dr A Rahman", None)


def test_what_cannot_be_is_refused(school: SmallSchool, run: Run) -> None:
    school.context.store.close()
    door = ("--store", school.path, "school-log")
    assert "Say --list, or --add" in run(*door).errors
    assert "goes with --add" in run(*door, "--list", "--what", "Codes").errors
    refused = run(*door, "--add", "policy", "--what", "New guidance")
    assert (refused.code, "which version" in refused.errors) == (2, True)
    assert run(*door, "--list").value == []
