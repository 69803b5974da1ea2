"""`due`, `decide` and `expect-illness` at the headless door."""

from __future__ import annotations

import pytest

from desktop_app.domain.triggers import TriggerKind
from tests.journeys.small_school import UPN, School, make_small_school, one_sentence

SESSIONS = [f"2026-06-{day:02d}" for day in (15, 16, 17, 18, 19)]
ON = "2026-06-26"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A child absent without leave for the five days of a week."""
    made = make_small_school(tmp_path_factory.mktemp("watching"))
    for day in SESSIONS:
        for half in ("AM", "PM"):
            assert made.ask("mark", "--pupil", UPN, "--date", day, "--half", half, "--code", "O").code == 0
    return made


def test_due_prints_what_is_met_with_its_sessions(school: School) -> None:
    asked = school.ask("due", "--on", ON)
    assert asked.code == 0, asked.errors
    (penalty,) = [one for one in asked.value if one["kind"] == "penalty-threshold"]
    assert (penalty["upn"], penalty["since"], penalty["due"]) == (UPN, "2026-06-19", None)
    assert penalty["sessions"][0] == {"date": "2026-06-15", "half": "AM", "code": "O"}
    assert len(penalty["sessions"]) == 11, "an N counts until it is settled"
    assert penalty["says"].startswith("11 unauthorised sessions (1 N, 10 O)")
    assert penalty["source"].startswith("Sefton School Attendance Strategy")
    (open_n,) = [one for one in asked.value if one["kind"] == "reason-not-established"]
    assert open_n["due"] is not None
    missing = [one for one in asked.value if one["kind"] == "register-missing"]
    assert {one["upn"] for one in missing} == {None}
    assert {one["class"] for one in missing} >= {"5W"}
    assert missing[0]["sessions"][0]["code"] is None
    assert {one["kind"] for one in asked.value} <= set(TriggerKind)


def test_one_kind_and_an_earlier_day(school: School) -> None:
    one = school.ask("due", "--on", ON, "--kind", "penalty-threshold")
    assert [row["kind"] for row in one.value] == ["penalty-threshold"]
    assert school.ask("due", "--on", "2026-06-18", "--kind", "penalty-threshold").value == []
    assert school.ask("due", "--on", ON, "--as-at", "2026-06-25").value == []
    one_sentence(school.ask("due", "--on", ON, "--kind", "anything"), "reason-not-established")
    one_sentence(school.ask("due", "--on", "June"), "not a date")
    one_sentence(school.ask("due"), "--on")


def test_what_is_decided_is_not_listed_again(school: School) -> None:
    for wrong, words in (("penalty", "There is no trigger"), ("severe-absence", "not met")):
        one_sentence(school.ask("decide", "--pupil", UPN, "--key", wrong, "--what", "no"), words)
    made = school.ask("decide", "--pupil", UPN, "--key", "penalty-threshold", "--what", "support continues")
    assert made.code == 0, made.errors
    assert (made.value["kind"], made.value["since"]) == ("penalty-threshold", "2026-06-19")
    assert school.ask("due", "--on", ON, "--kind", "penalty-threshold").value == []
    again = school.ask("decide", "--pupil", UPN, "--key", "penalty-threshold", "--what", "support continues")
    one_sentence(again, "decided about it already")


def test_illness_that_is_expected(school: School) -> None:
    noted = school.ask("expect-illness", "--pupil", UPN, "--days", "30", "--from", "2026-06-29", "--why", "surgery")
    assert noted.code == 0, noted.errors
    assert (noted.value["days"], noted.value["from"]) == (30, "2026-06-29")
    (found,) = school.ask("due", "--on", ON, "--kind", "sickness-return").value
    assert found["since"] == ON
    one_sentence(school.ask("expect-illness", "--pupil", UPN, "--days", "0", "--why", "surgery"), "from 1 to 190")


def test_the_help_lists_every_kind(school: School, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    del school
    from desktop_app.cli.arguments import parser

    with pytest.raises(SystemExit):
        parser().parse_args(["due", "--help"])
    said = " ".join(capfdbinary.readouterr().out.decode("utf-8").split())
    for kind in TriggerKind:
        assert kind.value in said.replace("- ", "-"), kind
