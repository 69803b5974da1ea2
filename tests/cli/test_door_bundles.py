"""`bundle --again`, `--since` and `--from-list`, and `verify`, at the headless door."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.house import House
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.referrals import tell_story
from tests.support.schools import PASSWORD, SmallSchool

UPN = "H801200001001"
ASKED = ("--referral", "statutory-referral", "--on", "2026-11-20")


@pytest.fixture
def at(school: SmallSchool, clock: StillClock) -> tuple[str, ...]:
    clock.set(2026, 11, 20, 16, 5)
    tell_story(school)
    school.context.store.close()
    return ("--store", str(school.path))


def test_what_changed_since_a_bundle_was_made(at: tuple[str, ...], run: Run, clock: StillClock, tmp_path: Path) -> None:
    made = run("bundle", *at, "--pupil", UPN, *ASKED, "--out", tmp_path / "one.pdf")
    assert made.code == 0, made.errors
    reference = made.value["reference"]
    same = run("bundle", *at, "--since", reference.lower())
    assert (same.code, same.value) == (0, {"reference": reference, "since": []})
    clock.set(2026, 11, 20, 17, 0)
    asked = ("--date", "2026-11-19", "--half", "PM", "--code", "M", "--reason", "at the dentist")
    assert run("mark", *at, "--pupil", UPN, *asked).code == 0
    found = run("bundle", *at, "--since", reference)
    assert any("Thu 19 Nov 2026 PM was O, is M" in line for line in found.value["since"])
    assert run("bundle", *at, "--since", "RB-2026-0099").code == 2


def test_a_bundle_for_each_of_a_list(at: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"{UPN}\n00001\n", encoding="utf-8")
    made = run("bundle", *at, "--from-list", listed, *ASKED, "--out", tmp_path)
    assert made.code == 0, made.value
    assert [one["upn"] for one in made.value["made"]] == [UPN, "00001"]
    for one in made.value["made"]:
        checked = run("verify", *at, one["path"])
        assert (checked.code, checked.value["state"]) == (0, "unchanged")
    assert made.value["refused"] == []
    listed.write_text("nobody", encoding="utf-8")
    assert run("bundle", *at, "--from-list", listed, *ASKED, "--out", tmp_path).code == 2
    assert run("bundle", *at, "--from-list", tmp_path / "none.txt", *ASKED, "--out", tmp_path).code == 2
    assert run("bundle", *at, "--pupil", UPN, *ASKED).code == 2


def test_one_is_given_again_while_somebody_has_the_school_open(
    at: tuple[str, ...], run: Run, school: SmallSchool, house: House, clock: StillClock, tmp_path: Path
) -> None:
    made = run("bundle", *at, "--pupil", UPN, *ASKED, "--out", tmp_path / "one.pdf")
    store = house.open(school.path, "head", PASSWORD, write=True)
    try:
        again = run("bundle", *at, "--again", made.value["reference"], "--out", tmp_path / "again.pdf")
        assert again.code == 0, again.value
        assert run("bundle", *at, "--since", made.value["reference"]).code == 0
    finally:
        store.close()
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "one.pdf").read_bytes()
