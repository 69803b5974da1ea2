"""The commands of the register at the headless door: each prints one JSON value, and refuses in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.small_school import LEAVER_UPN, UPN, School, make_small_school, one_sentence


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    return make_small_school(tmp_path_factory.mktemp("door"))


def test_plan_of_days_past_stands_at_once(school: School) -> None:
    asked = school.ask("plan", "--pupil", UPN, "--code", "m", "--from", "2026-06-22", "--to", "2026-06-22:AM")
    assert asked.code == 0, asked.errors
    (one,) = asked.value["plans"]
    assert (one["upn"], one["code"], one["from"], one["to"]) == (UPN, "M", "2026-06-22:AM", "2026-06-22:AM")
    assert asked.value["marks"] == 1
    figures = school.ask("figures", "--from", "2026-06-22", "--to", "2026-06-22")
    assert next(row for row in figures.value if row["upn"] == UPN)["codes"] == {"M": 1}


def test_plan_of_a_class_and_what_is_refused(school: School) -> None:
    asked = school.ask("plan", "--class", "5W", "--code", "V", "--from", "2026-06-29", "--to", "2026-06-29")
    assert asked.code == 0, asked.errors
    assert len(asked.value["plans"]) == 3
    assert asked.value["marks"] == 0
    one_sentence(school.ask("plan", "--class", "9Z", "--code", "V", "--from", "2026-06-29", "--to", "2026-06-29"), "9Z")
    gone = school.ask("plan", "--pupil", LEAVER_UPN, "--code", "M", "--from", "2026-06-30", "--to", "2026-06-30")
    one_sentence(gone, "leaves on")
    wrong = school.ask("plan", "--pupil", UPN, "--code", "M", "--from", "June", "--to", "2026-06-30")
    assert wrong.code == 2
    assert Path(school.store).exists()
