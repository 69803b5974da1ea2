"""A task is closed by a person, in words that are kept with the child; a second time and an empty line are refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.import_marks import import_marks
from desktop_app.actions.pupils import pupil_page
from desktop_app.actions.tasks import close_task, own_task
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.staff import Role, Staff
from desktop_app.domain.tasks import CHASE, REVIEW
from tests.support.files import csv_file, upn
from tests.support.running import finish
from tests.support.schools import SmallSchool
from tests.support.tasks import tasks_due

FRIDAY = date(2026, 11, 20)


def given(school: SmallSchool, kind: str) -> int:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        return writing.book.put(Task(0, school.pupils["Kaya"], kind, FRIDAY, None, "Visit the home"))


@pytest.mark.parametrize(("kind", "kept"), [(REVIEW, EntryKind.REVIEW), ("chase", EntryKind.SEEN_TO)])
def test_what_came_of_a_task_is_kept_with_the_child(school: SmallSchool, kind: str, kept: EntryKind) -> None:
    task = given(school, kind)
    with pytest.raises(Refused, match="Say what came of it"):
        close_task(school.context, task, "  ")
    assert len(tasks_due(school.context, FRIDAY)) == 1
    entry, changes = close_task(school.context, task, " At home,  with flu ")
    assert changes.entries
    assert tasks_due(school.context, FRIDAY) == ()
    with school.context.store.reading() as reading:
        found = next(one for one in reading.entries.of(school.pupils["Kaya"]) if one.id == entry)
        closed = reading.book.get(Task, task)
    assert (found.kind, found.outcome, found.note) == (kept, "At home, with flu", "Visit the home")
    assert closed is not None
    assert closed.closed_by == entry
    assert pupil_page(school.context, school.pupils["Kaya"]).chronology
    with pytest.raises(Refused, match="closed already"):
        close_task(school.context, task, "again")


def test_whoever_cannot_read_what_a_task_is_about_does_not_close_it(school: SmallSchool) -> None:
    task = given(school, "chase")
    for role in (Role.TEACHER, Role.READ_ONLY):
        staff = replace(school.context.staff, role=role, classes=("4B",))
        with pytest.raises(NotAllowed):
            close_task(replace(school.context, staff=staff, alone=False), task, "seen")
    lead = replace(school.context.staff, role=Role.DSL)
    close_task(replace(school.context, staff=lead, alone=False), task, "seen")


def test_a_mark_taken_in_ends_the_chase_of_a_child_just_as_one_that_is_typed(school: SmallSchool) -> None:
    given(school, CHASE)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        for number, name in enumerate(("Kaya", "Doyle"), start=1):
            child = writing.book.get(Pupil, school.pupils[name])
            assert child is not None
            writing.book.put(replace(child, upn=upn(number)))
        writing.book.put(Task(0, school.pupils["Doyle"], CHASE, FRIDAY, None, "Visit the home"))
    head = ["UPN", "Date", "Session", "Code", "Minutes Late", "Comment"]
    rows = [[upn(1), "2026-11-20", "AM", "/", "", ""], [upn(2), "2026-11-20", "AM", "N", "", ""]]
    file = csv_file(school.path.with_name("marks.csv"), [head, *rows])
    assert finish(import_marks(school.context, file, dry_run=False)).clean
    assert [one.pupil for one in tasks_due(school.context, FRIDAY)] == [school.pupils["Doyle"]]


def colleague(school: SmallSchool, name: str, role: Role, classes: tuple[str, ...] = ()) -> int:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        return writing.book.put(Staff(0, name, role.value, role, name.rsplit(maxsplit=1)[-1].lower(), classes=classes))


def owner_of(school: SmallSchool, task: int) -> tuple[int | None, date]:
    with school.context.store.reading() as reading:
        found = reading.book.get(Task, task)
    assert found is not None
    return found.owner, found.due


def test_a_task_is_handed_to_somebody_who_sees_it(school: SmallSchool) -> None:
    task, monday = given(school, "chase"), date(2026, 11, 23)
    dsl = colleague(school, "Ms Hand", Role.DSL)
    elsewhere = colleague(school, "Mr Away", Role.TEACHER, ("6A",))
    own_task(school.context, task, dsl)
    assert owner_of(school, task) == (dsl, FRIDAY)
    own_task(school.context, task, dsl, due=monday)
    for owner, due, words in (
        (dsl, None, "Ms Hand has it already"),
        (dsl, date(2026, 11, 19), "That day is over"),
        (elsewhere, None, "Mr Away does not see the tasks of this child"),
        (999, None, "not here any more"),
    ):
        with pytest.raises(Refused, match=words):
            own_task(school.context, task, owner, due=due)
    assert owner_of(school, task) == (dsl, monday)
    own_task(school.context, task, 0)
    assert owner_of(school, task) == (None, monday)
    with pytest.raises(Refused, match="Nobody has it already"):
        own_task(school.context, task, 0)
    close_task(school.context, task, "seen")
    with pytest.raises(Refused, match="closed already"):
        own_task(school.context, task, dsl)


def test_a_task_of_a_case_is_handed_on_by_who_works_on_cases(school: SmallSchool) -> None:
    task, dsl = given(school, "case:1:plan"), colleague(school, "Ms Hand", Role.DSL)
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed):
        own_task(office, task, dsl)
    own_task(school.context, task, dsl)
    assert owner_of(school, task) == (dsl, FRIDAY)
