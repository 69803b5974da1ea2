"""The school’s own log by real keys: put down, refused, taken back with why, and the line on Today."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.school_log import log_school, school_log
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.school_log.page import SchoolLogPage
from ui.today.page import TodayPage


@pytest.fixture(autouse=True)
def _morning(clock: StillClock) -> None:
    clock.set(2026, 11, 20, 8, 50)


def page(desk: Desk) -> SchoolLogPage:
    found = desk.window.page("school-log")
    assert isinstance(found, SchoolLogPage)
    return found


def test_a_policy_is_put_down_by_keys_and_taken_back(school: SmallSchool, open_at) -> None:
    log_school(school.context, SchoolLine(SchoolKind.ASSEMBLY, date(2026, 9, 8), "Every day counts"))
    desk = open_at("school-log", SchoolLogPage)
    assert not page(desk).form.policy.isVisible()
    desk.press("Ctrl+N", "Down", "Down", "Tab", "Tab")
    assert page(desk).form.policy.isVisible()
    desk.type("New guidance")
    desk.press("Tab")
    desk.type("the governing body")
    desk.press("Ctrl+Return")
    assert "not a day" in desk.said
    assert page(desk).fault.isVisible()
    page(desk).form.version.setFocus()
    desk.type("2026")
    desk.press("Tab")
    desk.type("14/7/2026")
    desk.press("Tab")
    desk.type("14/7/2027")
    desk.press("Ctrl+Return")
    assert desk.said == "Kept: Attendance policy of Fri 20 Nov 2026."
    newest, oldest = page(desk).model.rows
    assert (newest.version, newest.review, oldest.kind) == ("2026", date(2027, 7, 14), SchoolKind.ASSEMBLY)
    assert page(desk).form.what.text() == ""
    desk.press("Ctrl+Delete")
    desk.type("wrong date")
    desk.press("Return")
    assert school_log(school.context)[0].withdrawn == "wrong date"
    assert page(desk).table.hasFocus()


def test_who_only_reads_has_no_form(school: SmallSchool, open_at) -> None:
    log_school(school.context, SchoolLine(SchoolKind.ASSEMBLY, date(2026, 9, 8), "Every day counts"))
    school.context = in_role(school.context, Role.READ_ONLY)
    desk = open_at("school-log", SchoolLogPage)
    assert len(page(desk).model.rows) == 1
    assert not page(desk).card.isVisible()
    desk.press("Ctrl+Delete")
    assert not page(desk).asking.isVisible()


def test_today_leads_to_it_when_the_review_is_due(school: SmallSchool, open_at) -> None:
    policy = SchoolLine(
        *(SchoolKind.POLICY, date(2026, 9, 7), "New guidance", ""),
        *("2025", date(2025, 7, 14), date(2026, 11, 19)),
    )
    log_school(school.context, policy)
    desk = open_at("today", TodayPage, SchoolLogPage)
    today = desk.window.page("today")
    assert isinstance(today, TodayPage)
    (line,) = [one for one in today.due.model.lines if one.place == "school-log"]
    assert (line.when, line.more) == ("Overdue", "due Thu 19 Nov 2026")
    today.due.asked.emit(line)
    assert page(desk).isVisible()
