"""The school of the headless journey, made once through the real program; and the one bad input is thrown at."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.lists import CASE, ON, PUBLISHED, SHIFTED, Lists, make_lists, write_csv, write_xlsx
from tests.journeys.naive import Marks, marks_of
from tests.journeys.program import done, inside, rollbook
from tests.journeys.small_school import School, make_small_school

CALLS = (
    ("phone-call", "2026-04-28T09:20", "Małgorzata Wiśniewska", "Says he is not well; asked for a note", ""),
    ("phone-call", "2026-05-13T09:15", None, "No answer; voicemail left", "Tried the mobile twice."),
    ("phone-call", "2026-06-02T09:40", "gökçe ağaoğlu", "Father did not know he was away", ""),
    ("home-visit", "2026-06-03T10:05", None, "Nobody in; card left", "Curtains drawn, a car outside."),
)
"""Kind, when, with whom, what came of it, and the note."""

REASON = "No reason given after three calls and a visit"


@dataclass
class Journey:
    """Everything that was done, in order, and what the program answered."""

    folder: Path
    store: Path
    lists: Lists
    marks: Marks
    answers: dict[str, Any]

    def ask(self, *words: object) -> Any:
        """Run one more command on the school, which must succeed."""
        return done("--store", self.store, *words)

    def look(self, *words: object) -> Any:
        """The same, in this process."""
        answer = inside("--store", self.store, *words)
        assert answer.code == 0, answer.value
        return answer.value


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """Make the school, bring its lists in, log, print, amend, print again."""
    folder = tmp_path_factory.mktemp("journey")
    lists = make_lists()
    road = Journey(folder, folder / "marsh-lane.rollbook", lists, marks_of(lists), {})
    _make(road)
    _bring_in(road)
    _log_and_print(road)
    _amend_and_print(road)
    return road


def _make(road: Journey) -> None:
    road.answers["new"] = rollbook(
        "new", "--store", road.store, "--name", "Marsh Lane School", "--la", "sefton", "--type", "academy",
        "--phase", "all-through", "--calendar", PUBLISHED, "--user", "k.hale", "--position", "Attendance lead",
        "--role", "attendance-lead", "--am", "08:45-09:00",
    )  # fmt: skip
    assert road.answers["new"].code == 0, road.answers["new"].value
    road.answers["calendar"] = road.ask("import", "calendar", SHIFTED)


def _bring_in(road: Journey) -> None:
    folder, lists, answers = road.folder, road.lists, road.answers
    files: dict[str, tuple[Path, ...]] = {
        "pupils": (
            write_csv(folder / "pupils.csv", lists.pupils, encoding="utf-16", delimiter="\t", title="Pupils on roll"),
            write_xlsx(folder / "pupils.xlsx", lists.pupils, ("Date of Birth", "Admission Date", "Leaving Date")),
        ),
        "marks": (
            write_csv(folder / "marks.csv", lists.marks, encoding="utf-8-sig"),
            write_xlsx(folder / "marks.xlsx", lists.seniors, ("Date",)),
        ),
    }
    for subject, (first, again) in files.items():
        answers[f"{subject} dry"] = road.ask("import", subject, first, "--dry-run")
        answers[subject] = road.ask("import", subject, first)
        answers[f"{subject} again"] = road.ask("import", subject, again)


def _log_and_print(road: Journey) -> None:
    for number, (kind, at, person, outcome, note) in enumerate(CALLS):
        words = ("log", "--pupil", CASE, "--kind", kind, "--at", at, "--outcome", outcome, "--note", note)
        road.answers[f"log {number}"] = road.ask(*words, *(("--with", person) if person else ()))
    road.answers["first bundle"] = _bundle(road, "first.pdf")
    road.answers["head"] = road.ask("check")["chain_head"]


def _amend_and_print(road: Journey) -> None:
    """Settle the two N, at least a second after everything else was recorded; then print the bundle that is sent."""
    now = datetime.now(ZoneInfo("Europe/London"))
    road.answers["before"] = f"{now:%Y-%m-%dT%H:%M:%S}"
    time.sleep(1.0 - now.microsecond / 1e6)
    child = next(row["UPN"] for row in road.lists.pupils if row["Admission Number"] == CASE)
    for half in ("AM", "PM"):
        words = ("mark", "--pupil", child, "--date", "2026-06-02", "--half", half, "--code", "o", "--reason", REASON)
        road.answers[f"amend {half}"] = road.ask(*words)
        road.marks[CASE]["2026-06-02", half] = "O"
    road.answers["bundle"] = _bundle(road, "bundle.pdf")


def _bundle(road: Journey, name: str) -> Any:
    return road.ask("bundle", "--pupil", CASE, "--referral", "lasap", "--on", ON, "--out", road.folder / name)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A small school."""
    return make_small_school(tmp_path_factory.mktemp("small"))


@pytest.fixture
def untouched(made: School) -> Iterator[School]:
    """The small school, and afterwards the same bytes."""
    yield made
    assert made.files() == made.before
