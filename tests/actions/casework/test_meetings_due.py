"""Which of the pack’s meetings a case waits for, for whom, and since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.actions.agenda import AgendaKind, agenda
from desktop_app.actions.case_work import pause, review
from desktop_app.actions.casework import move, open_at
from desktop_app.actions.log import log
from desktop_app.actions.meetings import meetings_due
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.staff import Role
from tests.support.casework import mark_days, under, with_casework
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


@pytest.fixture
def rulebook() -> Rulebook:
    return with_casework(rulebooks.load(paths.resources()))


@pytest.fixture
def worked(school: SmallSchool, clock: StillClock) -> Context:
    """Ryan’s case, at the step of the Attendance Improvement Meetings since 5 October."""
    clock.set(2026, 10, 5, 9, 0)
    context, ryan = under(school.context), school.pupils["Doyle"]
    mark_days(context, ryan, date(2026, 9, 3), date(2026, 10, 2), absent=(0, 4))
    return context


def due(context: Context, school: SmallSchool, on: date | None = None) -> list[tuple[str, date | None]]:
    return [(one.key, one.due) for one in meetings_due(context, [school.pupils["Doyle"]], on)]


def test_a_case_waits_for_the_meeting_of_its_review(worked: Context, school: SmallSchool, clock: StillClock) -> None:
    ryan = school.pupils["Doyle"]
    assert due(worked, school) == []
    case, _ = open_at(worked, ryan, "one.support")
    before = due(worked, school)
    move(worked, case, "two.aim", "they asked", "the parents", despite="at once")
    assert ("aim", date(2026, 10, 23)) in due(worked, school)
    assert due(worked, school) != before
    assert due(worked, school, date(2026, 10, 4)) == [], "before the step it does nothing for the case"
    office = replace(worked, staff=replace(worked.staff, role=Role.OFFICE), alone=False)
    assert due(office, school) == [], "nobody is told of a case who may not read it"
    clock.set(2026, 10, 23, 10, 0)
    log(worked, NewEntry(EntryKind.MEETING, worked.now(), (ryan,), "put off", details={MEETING: "aim"}))
    assert "aim" in dict(due(worked, school)), "one that was put off was not held"
    log(worked, NewEntry(EntryKind.MEETING, worked.now(), (ryan,), "held", details={MEETING: "aim"}))
    assert "aim" not in dict(due(worked, school))
    clock.set(2026, 10, 23, 11, 0)
    review(worked, case, "no better")
    clock.set(2026, 11, 3, 9, 0)
    assert ("aim", date(2026, 11, 13)) in due(worked, school), "that of the last review is not that of the next"
    assert [one.kind for one in agenda(worked) if one.case == case].count(AgendaKind.MEETING) == 1
    pause(worked, case, "illness at home", date(2026, 11, 20))
    assert due(worked, school) == [], "a case that is paused waits for nothing"
