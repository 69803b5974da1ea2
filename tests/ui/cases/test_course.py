"""A case at a glance, worked by keys: opened on what is proposed, moved, reviewed, paused, closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from db.house import House
from desktop_app.actions.case_page import case_page, cases_of, proposals_of
from desktop_app.actions.casework import move, open_at
from desktop_app.actions.log import log
from desktop_app.actions.roll import read_roll
from desktop_app.domain.cases import MEETING, CaseStatus, Voice
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.progress import Changes
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, fill_school, make_school
from tests.support.windows import Desk, open_desk
from ui.cases.chronology import AUTHOR_FROM
from ui.cases.course_view import CourseView, course_chart
from ui.cases.page import CasesPage
from ui.cases.proposals_list import DONE, LATE, ProposalsModel, lines_of
from ui.parts.inputs import Choice
from ui.pupils.chronology_model import Column
from ui.pupils.page import PupilsPage
from ui.theme import Theme
from ui.today.page import TodayPage

TODAY = date(2026, 10, 16)
Shown = TypeVar("Shown", TodayPage, CasesPage)


@pytest.fixture
def halton(tmp_path: Path, house: House, rulebook: Rulebook, clock: StillClock) -> Iterator[SmallSchool]:
    """A Halton school on Friday 16 October; Ryan missed every Monday without leave."""
    context = make_school(house, tmp_path / "heath.rollbook", rulebook, clock, la="halton")
    school = SmallSchool(context, fill_school(context), tmp_path / "heath.rollbook")
    with context.store.reading() as reading:
        calendar = read_roll(reading.book).calendar
    marks: list[NewMark] = []
    for day in calendar.school_days(date(2026, 9, 3), date(2026, 10, 15)):
        for half in HALVES:
            if calendar.closed(Session(day, half)) is None:
                code = "O" if day.weekday() == 0 else "/" if half is Half.AM else "\\"
                marks.append(NewMark(school.pupils["Doyle"], day, half, code))
    clock.local = datetime(2026, 10, 16, 9, 30)
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(marks)
    yield school
    context.store.close()


@pytest.fixture
def desk(halton: SmallSchool, theme: Theme, qtbot: QtBot) -> Iterator[Desk]:
    """The window at the cases, 1366 by 768."""
    opened = open_desk(qtbot, halton.context, theme, [CasesPage], "cases")
    opened.window.resize(1366, 768)
    opened.window.go("cases", pupil=halton.pupils["Doyle"])
    yield opened
    opened.close()


def course(desk: Desk) -> CourseView:
    """The case, which is read beside the window."""
    desk.wait()
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.course.isVisible()
    return page.course


def opened_case(desk: Desk, school: SmallSchool) -> int:
    """Open the case on what is proposed: Enter, then Ctrl+Enter."""
    desk.wait()
    desk.press("Return", "Ctrl+Return")
    desk.wait()
    (case,) = cases_of(school.context, school.pupils["Doyle"])
    return case.id


def titles(desk: Desk) -> list[str]:
    return [line.proposal.title for line in course(desk).model.lines if not line.done]


def choose(desk: Desk, words: str) -> None:
    """Choose by what the list of the field says, as the arrow keys would."""
    field = desk.focus
    assert isinstance(field, Choice)
    row = next(number for number in range(field.count()) if words in field.itemText(number))
    field.setCurrentIndex(row)


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
    due = _page(opened, TodayPage).due
    qtbot.waitUntil(lambda: any(line.place == "cases" for line in due.model.lines), timeout=20_000)
    row = next(row for row, line in enumerate(due.model.lines) if line.place == "cases")
    due.view.setCurrentIndex(due.model.index(row, 0))
    qtbot.keyClick(due.view, Qt.Key.Key_Return)
    opened.wait()
    assert _page(opened, CasesPage).course.pupil == child
    opened.close()


def test_keys_are_taken_while_the_case_is_read_and_the_last_case_asked_for_is_shown(
    desk: Desk, halton: SmallSchool
) -> None:
    opened_case(desk, halton)
    view = course(desk)
    with desk.worker_held():
        desk.window.go("cases", pupil=halton.pupils["Kaya"])
        assert view.header.title.text() == "Case"
        assert view.header.subtitle.text() == "Reading the case …"
        desk.window.go("cases", pupil=halton.pupils["Doyle"])
        assert view.header.title.text() == "Ryan Doyle · case"
        desk.press("t")
        assert not view.panel.isVisible()
    assert view.panel.isVisible()
    assert view.header.subtitle.text().endswith("opened Fri 16 Oct 2026")
    desk.type("Meet him at the gate")
    with desk.worker_held():
        desk.press("Ctrl+Return")
        assert not view.panel.isVisible()
        desk.press("Escape")
        page = desk.window.page("cases")
        assert isinstance(page, CasesPage)
        assert page.listing.isVisible()
    assert page.listing.isVisible()


def test_a_line_done_meanwhile_is_not_done_again(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    view = course(desk)
    line = view.list.current()
    assert line is not None
    with desk.worker_held():
        move(halton.context, case, "formal.improvement", "no better", "the family", despite="falling")
        desk.window.announce(Changes(entries=True))
        desk.press("Return")
    assert line.title not in titles(desk)
    assert not view.panel.isVisible()
    assert not view.log_panel.isVisible()


def test_a_child_who_is_not_in_the_book_is_said_and_the_list_is_shown(desk: Desk) -> None:
    desk.window.go("cases", pupil=9_999)
    desk.wait()
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    assert page.listing.isVisible()
    assert desk.said.endswith("That pupil is not in this school’s book.")


def test_the_chronology_stands_beside_and_c_leads_into_it(desk: Desk, halton: SmallSchool, qtbot: QtBot) -> None:
    case = opened_case(desk, halton)
    log(
        halton.context,
        NewEntry(EntryKind.PHONE_CALL, halton.context.now(), (halton.pupils["Doyle"],), "Spoke to his mother"),
    )
    desk.window.announce(Changes(entries=True))
    view = course(desk)
    found = view.chronology
    assert found.isVisible()
    assert found.aside.text() == "2 entries"
    assert [line.kind for line in found.model.lines] == ["Phone call", "Case opened"]
    desk.press("c")
    assert desk.focus is found.view
    desk.press("w")
    assert view.panel.isVisible()  # who leads: as everywhere in the case, and no withdrawal
    desk.press("Escape", "c", "Escape")
    assert desk.focus is view.list
    assert desk.window.place == "cases"
    assert case_page(halton.context, case).entries[-1].withdrawn is None
    for width, hidden in ((1366, False), (1093, True)):
        desk.window.resize(width, 700)
        qtbot.waitUntil(lambda hidden=hidden: found.view.isColumnHidden(Column.AUTHOR) is hidden)
        assert (found.view.viewport().width() < AUTHOR_FROM) is hidden
        shown = sum(found.view.columnWidth(column) for column in Column if not found.view.isColumnHidden(column))
        assert shown <= found.view.viewport().width()


def test_enter_in_the_chronology_opens_the_entry_on_the_page_of_the_child(
    halton: SmallSchool, theme: Theme, qtbot: QtBot
) -> None:
    child = halton.pupils["Doyle"]
    open_at(halton.context, child, proposals_of(halton.context, child)[0].step)
    opened = open_desk(qtbot, halton.context, theme, [CasesPage, PupilsPage], "cases")
    opened.window.go("cases", pupil=child)
    opened.wait()
    opened.press("c", "Return")
    pupils = opened.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    assert pupils.entry.isVisible()
    assert pupils.entry.line is not None
    assert pupils.entry.line.entry.kind is EntryKind.CASE_OPENED
    opened.close()


def _page(desk: Desk, kind: type[Shown]) -> Shown:
    found = desk.window.findChild(kind)
    assert found is not None
    return found


def test_a_task_or_a_pause_without_a_day_is_refused_in_words(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    before = len(case_page(halton.context, case).owed)
    desk.press("t")
    desk.type("Meet him at the gate")
    desk.press("Tab", "Tab", "Ctrl+A", "Delete", "Ctrl+Return")
    assert course(desk).panel.fault.text() == "⚠ Give the day, as 24/11/2026."
    desk.press("Escape", "h", "Ctrl+Return")
    assert course(desk).panel.fault.text() == "⚠ Give the day, as 24/11/2026."
    page = case_page(halton.context, case)
    assert (len(page.owed), page.state.status) == (before, CaseStatus.OPEN)


def test_a_meeting_that_is_logged_is_the_one_the_case_waits_for_unless_somebody_says_otherwise(
    desk: Desk, halton: SmallSchool
) -> None:
    case = opened_case(desk, halton)
    desk.window.go("cases", pupil=halton.pupils["Doyle"])
    desk.wait()
    form = course(desk).log_panel

    def log_it(*before: str) -> None:
        desk.wait()
        desk.press("l", "m", "Space")
        choice = form._fields.fields[MEETING].editor
        assert isinstance(choice, Choice)
        assert choice.currentText().startswith("Meeting with the family, due ")
        assert choice.itemText(choice.count() - 1) == "another meeting"
        choice.setFocus()
        desk.press(*before)
        form._outcomes.setFocus()
        desk.press("h", "Ctrl+Return")
        assert not form.isVisible(), form.fault.text()

    desk.press("l", "m", "Space", "Escape")
    assert "kept until" not in desk.said, "nobody typed anything"
    log_it("End")
    assert any(one.ask == "meeting" and one.done is None for one in case_page(halton.context, case).proposals)
    log_it()
    (done,) = [one.done for one in case_page(halton.context, case).proposals if one.ask == "meeting"]
    assert done is not None
    assert done.details[MEETING] == "family"
    desk.wait()
    desk.press("l", "m", "Space")
    choice = form._fields.fields[MEETING].editor
    assert isinstance(choice, Choice)
    assert choice.currentText() == "not said", "the case waits for none"


def test_enter_on_a_meeting_that_is_asked_opens_its_form_and_the_entry_does_it(desk: Desk, halton: SmallSchool) -> None:
    case = opened_case(desk, halton)
    view = course(desk)
    row = next(n for n, line in enumerate(view.model.lines) if line.proposal.meeting == "family" and line.proposal.ask)
    view.list.setCurrentIndex(view.model.index(row, 0))
    view.list.setFocus()
    desk.press("Return")
    form = view.log_panel
    assert form.isVisible()
    form._outcome.setText("held")
    form._nobody.setChecked(True)
    desk.press("Ctrl+Return")
    page = case_page(halton.context, case)
    done = [one for one in page.proposals if one.ask == "meeting" and one.done is not None]
    assert [one.done.details[MEETING] for one in done if one.done] == ["family"]


def test_the_attendance_beside_is_it_working_is_explained_by_f4_and_by_a_click(
    halton: SmallSchool, theme: Theme, qtbot: QtBot
) -> None:
    child = halton.pupils["Doyle"]
    open_at(halton.context, child, proposals_of(halton.context, child)[0].step, on=TODAY)
    desk = open_desk(qtbot, halton.context, theme, [CasesPage, PupilsPage], "cases")
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    for by_key in (True, False):
        desk.window.go("cases", pupil=halton.pupils["Doyle"])
        view = course(desk)
        assert view.page is not None
        if by_key:
            desk.press("F4")
        else:
            qtbot.mouseClick(view._verdict, Qt.MouseButton.LeftButton)
        assert pupils.isVisible()
        assert pupils.child.explaining
        assert pupils.child.page is not None
        assert pupils.child.page.pupil.id == halton.pupils["Doyle"]
    desk.close()
