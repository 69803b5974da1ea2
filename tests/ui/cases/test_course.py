"""A case at a glance, worked by keys: opened on what is proposed, moved, reviewed, paused, closed."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop_app.actions.case_page import case_page, proposals_of
from desktop_app.actions.casework import open_at
from desktop_app.domain.cases import CaseStatus, Voice
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.courses import choose, course, opened_case, page_of, titles
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.cases.course_view import course_chart
from ui.cases.page import CasesPage
from ui.cases.proposals_list import DONE, LATE, ProposalsModel, lines_of
from ui.theme import Theme
from ui.today.page import TodayPage

TODAY = date(2026, 10, 16)


def test_without_a_case_it_says_what_is_proposed_and_enter_opens_it(desk: Desk, halton: SmallSchool) -> None:
    view = course(desk)
    assert view.header.subtitle.text().startswith("No case is open.")
    assert titles(desk)[0] == "Open a case: Meetings with the family"
    case = opened_case(desk, halton)
    page = case_page(halton.context, case)
    assert (page.state.step, page.state.opened_on, page.lead) == (
        "support.meetings",
        "persistent-absence",
        "Dr A Rahman",
    )
    assert view.header.title.text() == "Ryan Doyle · case"
    assert "led by Dr A Rahman" in view.header.subtitle.text()
    assert "Listen and support" in view.strip.accessibleName()


def test_a_task_is_given_and_stands_beside(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    desk.press("t")
    desk.type("Meet him at the gate")
    desk.press("Ctrl+Return")
    owed = [one for one in case_page(halton.context, case).owed if one.task.text == "Meet him at the gate"]
    assert [(one.owner, one.task.due) for one in owed] == [("Dr A Rahman", date(2026, 10, 30))]
    assert desk.said.startswith("Task kept")


def test_a_task_is_handed_on_by_a_key(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    me = halton.context.staff
    with halton.context.store.writing(halton.context.deed("set up")) as writing:
        other = writing.book.put(Staff(0, "Ms Hand", "Safeguarding lead", Role.DSL, "hand"))
    desk.press("t")
    desk.type("Ring the bus company")
    desk.press("Ctrl+Return", "g")
    form = course(desk).panel
    assert form.isVisible()
    choose(desk, f"Ring the bus company · {me.name}")
    desk.press("Ctrl+Return")
    assert f"{me.name} has it already" in form.fault.text()
    desk.press("Tab")
    choose(desk, "Ms Hand, Safeguarding lead")
    desk.press("Tab")
    desk.type("19/10")
    desk.press("Ctrl+Return")
    assert not form.isVisible()
    (task,) = [one for one in case_page(halton.context, case).owed if one.task.text == "Ring the bus company"]
    assert (task.task.owner, task.owner, task.task.due) == (other, "Ms Hand", date(2026, 10, 19))


def test_words_are_kept_with_whose_they_are(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    desk.press("s", "Tab")
    choose(desk, "Ms K Doyle")
    desk.press("Tab", "Tab")
    desk.type("Mornings are hard since the baby.")
    desk.press("Ctrl+Return")
    (said,) = case_page(halton.context, case).state.barriers
    assert (said.voice, said.words) == (Voice.PARENT, "Mornings are hard since the baby.")


def test_a_move_without_what_must_be_is_refused_in_the_form_and_nothing_changes(
    desk: Desk, halton: SmallSchool
) -> None:
    case = opened_case(desk, halton)
    desk.press("m", "Tab")
    desk.type("no better")
    desk.press("Tab")
    desk.type("the family")
    desk.press("Ctrl+Return")
    view = course(desk)
    assert view.panel.isVisible()
    assert view.panel.fault.text().startswith("⚠")
    assert case_page(halton.context, case).state.step == "support.meetings"
    desk.press("Tab", "Tab")
    desk.type("Attendance is below 80% and falling.")
    desk.press("Ctrl+Return")
    moved = case_page(halton.context, case).state
    assert moved.step == "joint.targeting"
    assert not view.panel.isVisible()


def test_a_pause_has_an_end_and_is_taken_up_again(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    desk.press("h", "Tab")
    desk.type("6/11/2026")
    desk.press("Ctrl+Return")
    assert case_page(halton.context, case).state.status is CaseStatus.PAUSED
    assert titles(desk) == ["Take the case up again"]
    desk.press("Return", "Ctrl+Return")
    assert case_page(halton.context, case).state.status is CaseStatus.OPEN


def test_it_is_closed_with_what_changed(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    desk.press("x", "Ctrl+Return")
    assert course(desk).panel.isVisible()
    desk.type("He comes with a friend now.")
    desk.press("Ctrl+Return")
    assert case_page(halton.context, case).state.status is CaseStatus.CLOSED
    assert course(desk).header.subtitle.text().startswith("Closed on Fri 16 Oct 2026: He comes with a friend now.")


def test_ticking_off_what_has_no_form_and_the_day_it_is_late(
    desk: Desk, halton: SmallSchool, clock: StillClock
) -> None:
    opened_case(desk, halton)
    clock.local = datetime(2026, 11, 20, 9, 0)
    desk.window.go("cases", pupil=halton.pupils["Doyle"])
    lines = course(desk).model.lines
    assert LATE in {line.state for line in lines}


def test_the_picture_marks_each_step_on_its_week(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    page = case_page(halton.context, case)
    chart = course_chart(page)
    assert chart is not None
    assert [chart.categories[one.at] for one in chart.milestones] == [chart.categories[-1]]
    assert chart.series[0].values[-2] == 80
    picture = course(desk).picture
    assert picture is not None
    assert picture.drawn


def test_done_is_said_and_comes_last(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    page = case_page(halton.context, case)
    model = ProposalsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines(lines_of(page.proposals, TODAY))
    assert model.rowCount() == len(page.proposals)
    assert all(line.state != DONE for line in model.lines)
    model.show_lines(())


def test_letters_lead_out_of_the_case_and_back(desk: Desk, halton: SmallSchool) -> None:
    opened_case(desk, halton)
    desk.press("b")
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.case.isVisible()
    desk.press("Escape")
    assert course(desk).isVisible()
    desk.press("Escape")
    assert page.listing.isVisible()
    assert page.listing.table.selected().pupil.id == halton.pupils["Doyle"]


def test_today_shows_what_the_case_owes_and_enter_opens_it(
    halton: SmallSchool, clock: StillClock, theme: Theme, qtbot: QtBot
) -> None:
    child = halton.pupils["Doyle"]
    step = proposals_of(halton.context, child)[0].step
    open_at(halton.context, child, step, on=date(2026, 10, 16))
    clock.local = datetime(2027, 1, 15, 9, 30)
    opened = open_desk(qtbot, halton.context, theme, [TodayPage, CasesPage], "today")
    due = page_of(opened, TodayPage).due
    qtbot.waitUntil(lambda: any(line.place == "cases" for line in due.model.lines), timeout=20_000)
    row = next(row for row, line in enumerate(due.model.lines) if line.place == "cases")
    due.view.setCurrentIndex(due.model.index(row, 0))
    qtbot.keyClick(due.view, Qt.Key.Key_Return)
    opened.wait()
    assert page_of(opened, CasesPage).course.pupil == child
    opened.close()
