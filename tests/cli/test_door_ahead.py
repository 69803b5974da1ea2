"""`forecast` and `patterns` at the headless door."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.small_school import UPN, School, make_small_school, one_sentence


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """Four school days missed on Mondays and Fridays, and one morning not yet explained."""
    made = make_small_school(tmp_path_factory.mktemp("ahead"))
    for day in ("06-01", "06-05", "06-08", "06-12", "06-15"):
        for half in ("AM", "PM"):
            words = ("mark", "--pupil", UPN, "--date", f"2026-{day}", "--half", half, "--code", "I")
            assert made.ask(*words).code == 0
    for day in ("06-02", "06-03", "06-04", "06-09", "06-10", "06-11", "06-16", "06-17"):
        for half, code in (("AM", "/"), ("PM", "\\")):
            words = ("mark", "--pupil", UPN, "--date", f"2026-{day}", "--half", half, "--code", code)
            assert made.ask(*words).code == 0
    return made


def test_forecast(school: School) -> None:
    asked = school.ask("forecast", "--pupil", UPN, "--on", "2026-06-17", "--misses", "4")
    assert asked.code == 0, asked.errors
    found = asked.value
    assert (found["upn"], found["on"], found["possible"], found["absent"]) == (UPN, "2026-06-17", 26, 10)
    whole = found["possible"] + found["remaining"]
    assert found["at_best_pct"] == pytest.approx(100 * (whole - 10) / whole)
    assert found["one_day_pct"] == pytest.approx(200 / whole)
    assert found["persistent"] is True
    assert found["may_miss_and_leave_pa"] is None
    assert found["what_if"]["sessions"] == 4
    assert found["what_if"]["attendance_pct"] == pytest.approx(100 * (whole - 14) / whole)
    assert found["what_if"]["says"].startswith("With 4 sessions (2 days) more missed: ")
    kinds = {one["kind"] for one in found["reaches"]}
    assert kinds == {"leaves-persistent-absence", "penalty-threshold", "sickness-return"}
    assert {one["about"] for one in found["says"]} >= {"So far", "One day", "Persistent absence"}
    assert found["unmarked"] > 0
    many = school.ask("forecast", "--pupil", UPN, "--on", "2026-06-17", "--misses", "300").value["what_if"]
    assert (many["attendance_pct"], many["persistent"]) == (None, None)


def test_patterns(school: School) -> None:
    asked = school.ask("patterns", "--pupil", UPN, "--on", "2026-06-17")
    assert asked.code == 0, asked.errors
    assert (asked.value["upn"], asked.value["on"]) == (UPN, "2026-06-17")
    by_kind = {one["kind"]: one for one in asked.value["patterns"]}
    assert by_kind["beside-weekend"]["says"].startswith("Beside weekends: ")
    assert {"date": "2026-06-05", "half": "PM", "code": "I"} in by_kind["beside-weekend"]["sessions"]
    assert "illness-spells" in by_kind


def test_of_a_past_moment_it_is_the_same_again(school: School) -> None:
    """With what was recorded by then, and seen from that day."""
    wrong = school.ask("forecast", "--pupil", UPN, "--as-at", "2020-01-06")
    one_sentence(wrong, "Nothing of the school had been recorded by then.")
    one_sentence(school.ask("patterns", "--pupil", UPN, "--as-at", "2020-01-06"), "Nothing of the school")
    now = school.ask("forecast", "--pupil", UPN, "--on", "2026-06-17").value
    then = school.ask("forecast", "--pupil", UPN, "--on", "2026-06-17", "--as-at", "2026-06-26").value
    assert now == then


def test_the_target_and_what_is_n_are_told(school: School) -> None:
    """The school’s last mark is N; the target is counted over its own days."""
    assert school.ask("target", "--pupil", UPN, "--percent", "90", "--from", "2026-06-08").code == 0
    found = school.ask("forecast", "--pupil", UPN).value
    target, band = found["aims"]
    assert (target["percent"], target["target_from"], target["target_until"]) == (90, "2026-06-08", "2026-08-31")
    assert "target_from" not in band
    assert found["too_early"] is True
    assert {one["about"] for one in found["says"]} >= {"Target of 90%"}
    (penalty,) = (one for one in found["reaches"] if "penalty" in one["kind"])
    assert penalty["provisional"] == [{"date": "2026-06-24", "half": "AM"}]


def test_without_a_day_it_is_today(school: School) -> None:
    assert school.ask("forecast", "--pupil", UPN).value["on"] == "2026-06-26"
    assert school.ask("patterns", "--pupil", UPN).value["on"] == "2026-06-26"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("forecast", "--pupil", UPN, "--on", "2026-06-27"), "still to come"),
        (("patterns", "--pupil", UPN, "--on", "2026-06-27"), "still to come"),
        (("forecast", "--pupil", UPN, "--misses", "-1"), "0 or more"),
        (("forecast", "--pupil", UPN, "--by", "2026-06-01"), "is before"),
        (("patterns", "--pupil", "nobody"), "nobody"),
    ],
)
def test_what_is_refused_changes_nothing(school: School, words: tuple[str, ...], said: str) -> None:
    before = school.files()
    one_sentence(school.ask(*words), said)
    assert school.files() == before
    assert Path(school.store).exists()
