"""The commands of the register at the headless door: each prints one JSON value, and refuses in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.small_school import LEAVER_UPN, UPN, School, make_small_school, one_sentence
from tests.support.reading_pdf import read_pdf


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


def test_register_of_a_session(school: School) -> None:
    asked = school.ask("register", "--class", "5W", "--date", "2026-06-24", "--half", "AM")
    assert asked.code == 0, asked.errors
    assert (asked.value["class"], asked.value["state"], asked.value["blank"]) == ("5W", "closed", 2)
    by_upn = {one["upn"]: one for one in asked.value["pupils"]}
    assert by_upn[UPN]["code"] == "N"
    assert asked.value["taken_by"]
    one_sentence(school.ask("register", "--class", "5W", "--date", "2026-06-27", "--half", "AM"), "Monday to Friday")
    one_sentence(school.ask("register", "--class", "9Z", "--date", "2026-06-24", "--half", "AM"), "nobody in a class")


def test_close_week_says_what_it_lacks_and_changes_nothing(school: School) -> None:
    before = school.files()
    asked = school.ask("close-week", "--date", "2026-06-17", "--dry-run")
    assert asked.code == 2
    assert (asked.value["monday"], asked.value["closed"]) == ("2026-06-15", False)
    assert len(asked.value["gaps"]) == 30
    refused = school.ask("close-week", "--date", "2026-06-17")
    assert refused.code == 2
    assert "30 gaps" in refused.value["error"]
    assert school.files() == before
    running = school.ask("close-week", "--date", "2026-06-24", "--dry-run")
    (open_n,) = running.value["open_n"]
    assert (open_n["upn"], open_n["date"], open_n["age"], open_n["due"]) == (UPN, "2026-06-24", 2, "2026-07-01")


def test_a_week_with_gaps_is_refused_until_they_are_filled(school: School) -> None:
    for day in range(8, 13):
        for half, code in (("AM", "/"), ("PM", "\\")):
            words = ("mark", "--date", f"2026-06-{day:02d}", "--half", half, "--code", code)
            assert school.ask(*words, "--pupil", UPN).code == 0
    asked = school.ask("close-week", "--date", "2026-06-08")
    assert asked.code == 2
    assert asked.value["open_n"] == []
    assert {one["upn"] for one in asked.value["gaps"]} == {None}
    assert len(asked.value["gaps"]) == 20


def test_history_of_a_pupil(school: School) -> None:
    mark = ("mark", "--pupil", UPN, "--date", "2026-06-24", "--half", "AM", "--code", "I", "--reason", "mother rang")
    assert school.ask(*mark).code == 0
    asked = school.ask("history", "--pupil", UPN, "--from", "2026-06-24", "--to", "2026-06-24")
    first, second = asked.value
    assert (first["was"], first["code"], first["amended"]) == (None, "N", False)
    assert (second["was"], second["code"], second["amended"], second["reason"]) == ("N", "I", True, "mother rang")
    assert second["by"] == "pat"
    assert second["position"]


def test_paper_appears_whole_and_never_over_another(school: School, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    asked = school.ask("paper", "--date", "2026-06-26", "--out", out)
    assert asked.code == 0, asked.errors
    assert out.read_bytes().startswith(b"%PDF-")
    assert (asked.value["classes"], asked.value["kind"], asked.value["locked"]) == (["5W"], "pack", False)
    one_sentence(school.ask("paper", "--date", "2026-06-26", "--out", out), "is there already")
    one_sentence(school.ask("paper", "--date", "2026-06-26", "--out", tmp_path / "x.pdf", "--class", "9Z"), "9Z")
    blank = school.ask("paper", "--date", "2026-06-26", "--out", tmp_path / "b.pdf", "--kind", "registers", "--blank")
    assert blank.value["pages"] == 1


def test_the_report_of_changes_is_made_of_a_pupil_a_class_or_the_school(school: School, tmp_path: Path) -> None:
    span = ("--from", "2026-06-24", "--to", "2026-06-24")
    out = tmp_path / "changes.pdf"
    asked = school.ask("history", "--pupil", UPN, *span, "--out", out)
    assert asked.code == 0, asked.errors
    assert (asked.value["amendments"], asked.value["pages"], asked.value["to"]) == (1, 1, "2026-06-24")
    said = " ".join(read_pdf(out.read_bytes()).text.split())
    assert "AM N I mother rang" in said
    one_sentence(school.ask("history", "--pupil", UPN, *span, "--out", out), "is there already")
    of_class = school.ask("history", "--class", "5W", *span, "--out", tmp_path / "class.xlsx")
    assert (of_class.value["whose"], of_class.value["amendments"], of_class.value["pages"]) == ("Class 5W", 1, None)
    assert school.ask("history", *span, "--out", tmp_path / "school.pdf").value["amendments"] == 1
    one_sentence(school.ask("history", *span), "--pupil")
    one_sentence(school.ask("history", "--class", "9Z", *span, "--out", tmp_path / "z.pdf"), "9Z")
    assert not (tmp_path / "z.pdf").exists()


def test_the_registers_of_some_weeks_are_one_file(school: School, tmp_path: Path) -> None:
    weeks = ("paper", "--kind", "registers", "--date", "2026-06-08", "--to", "2026-06-19")
    asked = school.ask(*weeks, "--out", tmp_path / "weeks.pdf")
    assert (asked.code, asked.value["pages"]) == (0, 2), asked.errors
    back = school.ask(*weeks[:-1], "2026-06-05", "--out", tmp_path / "back.pdf")
    one_sentence(back, "is before the first")


def test_the_clock_is_said_to_be_right(school: School) -> None:
    asked = school.ask("clock")
    assert asked.code == 0, asked.errors
    assert asked.value["blocks"] is False
    said = school.ask("clock", "--right")
    assert said.code == 0, said.errors
    assert (said.value["doubt"], said.value["words"]) == (None, None)
