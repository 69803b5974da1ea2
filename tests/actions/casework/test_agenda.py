"""Who owes what, by when: tasks, reviews, meetings to arrange; the list of cases; closing a case's tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.agenda import AgendaKind, AgendaLine, agenda
from desktop_app.actions.case_page import case_page
from desktop_app.actions.case_work import add_task, pause
from desktop_app.actions.cases import cases
from desktop_app.actions.casework import close, move, open_at
from desktop_app.actions.log import log
from desktop_app.actions.tasks import close_task, own_task
from desktop_app.actions.today import today
from desktop_app.context import Context
from desktop_app.domain.cases import CASE, MEETING, CaseStatus
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.staff import Role
from tests.support.casework import under
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

ONE, AIM = "one.support", "two.aim"


@pytest.fixture
def worked(school: SmallSchool, clock: StillClock) -> Context:
    """The school on 5 October."""
    clock.set(2026, 10, 5, 9, 0)
    return under(school.context)


def told(lines: tuple[AgendaLine, ...]) -> list[tuple[AgendaKind, str, date | None]]:
    """Lines as a test compares them."""
    return [(one.kind, one.title, one.due) for one in lines]


def test_the_agenda_is_by_person_and_day(worked: Context, school: SmallSchool, clock: StillClock) -> None:
    me = worked.staff.id
    case, _ = open_at(worked, school.pupils["Doyle"], ONE, lead=me)
    mine, _ = add_task(worked, case, "Ring the bus company", date(2026, 10, 9), owner=me)
    free, _ = add_task(worked, case, "Ask the class teacher", date(2026, 10, 7))
    assert told(agenda(worked)) == [
        (AgendaKind.TASK, "Ask the class teacher", date(2026, 10, 7)),
        (AgendaKind.TASK, "Ring the bus company", date(2026, 10, 9)),
        (AgendaKind.MEETING, "Meet the parents", date(2026, 10, 19)),
        (AgendaKind.REVIEW, "Review School support", date(2026, 10, 23)),
        (AgendaKind.ASK, "Ask the school nurse", None),
        (AgendaKind.ASK, "Early Help Assessment", None),
        (AgendaKind.ASK, "Letter to each parent (Ms K Doyle)", None),
    ]
    assert [one.task for one in agenda(worked, me, date(2026, 10, 9))] == [mine]
    assert [one.task for one in agenda(worked, 0)] == [free]
    own_task(worked, free, me, due=date(2026, 10, 8))
    assert agenda(worked, 0) == ()
    clock.set(2026, 10, 12, 9, 0)
    assert [one.task for one in agenda(worked, me) if one.overdue] == [free, mine]
    assert [one.task.id for one in today(worked).due] == [free, mine]


def test_what_is_of_a_case_is_told_to_who_may_read_cases(worked: Context, school: SmallSchool) -> None:
    case, _ = open_at(worked, school.pupils["Doyle"], ONE, lead=worked.staff.id)
    office = replace(worked, staff=replace(worked.staff, id=99, role=Role.OFFICE), alone=False)
    assert agenda(office) == ()
    add_task(worked, case, "Ring the bus company", date(2026, 10, 9), owner=worked.staff.id)
    same = replace(worked, staff=replace(worked.staff, role=Role.OFFICE), alone=False)
    assert [one.title for one in agenda(same)] == ["Ring the bus company", "Review School support"]


def test_a_closed_review_task_is_the_review_and_sets_the_next(
    worked: Context, school: SmallSchool, clock: StillClock
) -> None:
    case, _ = open_at(worked, school.pupils["Doyle"], ONE)
    (task,) = case_page(worked, case).owed
    clock.set(2026, 10, 23, 9, 0)
    entry, _ = close_task(worked, task.task.id, "a little better")
    page = case_page(worked, case)
    assert [one.id for one in page.state.reviews] == [entry]
    assert [one.task.due for one in page.owed] == [date(2026, 11, 13)]
    plan, _ = add_task(worked, case, "Ring the bus company", date(2026, 10, 23))
    made, _ = close_task(worked, plan, "rung")
    with worked.store.reading() as reading:
        kept = reading.entries.get(made)
    assert kept is not None
    assert (kept.kind, kept.details[CASE]) == (EntryKind.SEEN_TO, str(case))
    move(worked, case, AIM, "no better", "the head", despite="at once")
    (review,) = case_page(worked, case).owed
    with pytest.raises(Refused, match="log that meeting first"):
        close_task(worked, review.task.id, "held")
    log(worked, NewEntry(EntryKind.MEETING, worked.now(), (school.pupils["Doyle"],), "held", details={MEETING: "aim"}))
    close_task(worked, review.task.id, "held")


def test_the_list_of_cases_says_step_since_and_what_is_due(
    worked: Context, school: SmallSchool, clock: StillClock
) -> None:
    doyle, kaya = school.pupils["Doyle"], school.pupils["Kaya"]
    first, _ = open_at(worked, doyle, ONE, lead=worked.staff.id)
    second, _ = open_at(worked, kaya, ONE)
    assert today(worked).cases == 2
    pause(worked, second, "bereavement", date(2026, 10, 16))
    rows = {one.entry: one for one in cases(worked)}
    assert (rows[first].step_title, rows[first].level_title, rows[first].since) == (
        "School support", "Level 1", date(2026, 10, 5),
    )  # fmt: skip
    assert (rows[first].next_due, rows[first].lead) == (date(2026, 10, 19), worked.staff.name)
    assert (rows[second].status, rows[second].next_due) == (CaseStatus.PAUSED, date(2026, 10, 16))
    close(worked, first, "well again")
    assert [one.entry for one in cases(worked)] == [second]
    assert today(worked).cases == 1
    assert [one.case for one in agenda(worked) if one.case == first] == []
