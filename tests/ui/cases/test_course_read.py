"""A case is read beside the window; its chronology, its forms and its figures by keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions.case_page import case_page, proposals_of
from desktop_app.actions.casework import open_at
from desktop_app.actions.log import log
from desktop_app.domain.cases import MEETING, CaseStatus
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.progress import Changes
from tests.support.courses import course, opened_case, press_at_a_line_done_meanwhile
from tests.support.schools import SmallSchool
from tests.support.windows import Desk, open_desk
from ui.cases.chronology import AUTHOR_FROM
from ui.cases.page import CasesPage
from ui.parts.inputs import Choice
from ui.pupils.chronology_model import Column
from ui.pupils.page import PupilsPage
from ui.theme import Theme

TODAY = date(2026, 10, 16)


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
    press_at_a_line_done_meanwhile(desk, halton, "Return")


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
