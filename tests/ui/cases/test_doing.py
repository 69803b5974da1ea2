"""From a line of readiness to where it is done, and back to the line, by the keyboard and by a click."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop_app.actions.school_log import log_school
from desktop_app.domain.bundle import DoAt, Finding, Readiness
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.rights import Right
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.cases.page import CasesPage
from ui.formal.deeds import Section
from ui.formal.page import FormalPlace
from ui.leave.page import LeavePlace
from ui.letters.page import LettersPage
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.school_log.page import SchoolLogPage
from ui.shell import Place

PLACES = (CasesPage, PupilsPage, RegisterPage, LettersPage, FormalPlace, LeavePlace, SchoolLogPage)


@pytest.fixture
def story(school: SmallSchool) -> Story:
    found = tell_story(school)
    with school.context.store.writing(school.context.deed("mark")) as writing:
        writing.marks.add([NewMark(found.pupil, date(2026, 11, 12), Half.PM, "N", amends=True)])
    return found


@pytest.fixture
def desk(story: Story, open_at) -> Desk:
    return open_at("cases", *PLACES)


def cases_page(desk: Desk) -> CasesPage:
    page = desk.window.page("cases")
    assert isinstance(page, CasesPage)
    return page


def at_line(desk: Desk, story: Story, referral: str, rule: str) -> Finding:
    """Go to the referral, and by the arrows to the line of that key."""
    page = cases_page(desk)
    desk.window.go("cases", pupil=story.pupil, referral=True)
    page.case.referral.choose(referral)
    assert page.case.plan is not None, desk.said
    lines = page.case.model.lines
    keys = {one.key: need.rule for one in lines for need in page.case.plan.referral.requirements if need.key == one.key}
    row = next(number for number, one in enumerate(lines) if keys.get(one.key) == rule)
    page.case.readiness.setFocus()
    desk.press(*["Up"] * len(lines), *["Down"] * row)
    assert page.case.readiness.currentIndex().row() == row
    return lines[row]


def in_sight(desk: Desk) -> object:
    return desk.window.stack.currentWidget()


def test_an_open_session_is_settled_in_its_register_and_the_line_is_met_on_coming_back(
    desk: Desk, story: Story
) -> None:
    found = at_line(desk, story, "statutory-referral", "no-n-or-gaps")
    assert found.do is not None
    assert found.do.at is DoAt.REGISTER
    desk.press("Return")
    register = in_sight(desk)
    assert isinstance(register, RegisterPage)
    session = register.turning.session
    assert session is not None
    assert (session.day, session.half) == (date(2026, 11, 12), Half.PM)
    assert register.desk.model.row_at(register.grid.cursor_row).pupil.id == story.pupil
    with desk.context.store.writing(desk.context.deed("mark")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 12), Half.PM, "I", reason="Mother rang", amends=True)])
    desk.window.go("cases")
    page = cases_page(desk)
    assert page.case.isVisible()
    line = page.case.model.line(page.case.readiness.currentIndex().row())
    assert line is not None
    assert (line.key, line.state) == (found.key, Readiness.MET)


def test_a_click_does_the_same(desk: Desk, story: Story) -> None:
    at_line(desk, story, "statutory-referral", "no-n-or-gaps")
    view = cases_page(desk).case.readiness
    middle = view.visualRect(view.model().index(view.currentIndex().row(), 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert isinstance(in_sight(desk), RegisterPage)


def test_the_responsibility_of_a_parent_is_said_in_the_contact(desk: Desk, story: Story) -> None:
    at_line(desk, story, "statutory-referral", "responsibility-known")
    desk.press("Return")
    pupils = in_sight(desk)
    assert isinstance(pupils, PupilsPage)
    panel = pupils.child.beside.contacts
    assert panel.isVisible()
    assert panel.name.text() == "Seán Doyle"
    assert panel.isAncestorOf(desk.focus)


def test_support_is_logged_here_and_the_line_is_met(desk: Desk, story: Story) -> None:
    at_line(desk, story, "statutory-referral", "support-offered")
    desk.press("Return")
    page = cases_page(desk)
    panel = page.case.log_panel
    assert panel.isVisible()
    assert panel.draft().kind is EntryKind.SUPPORT
    desk.press("Escape")
    assert page.case.readiness.hasFocus()


def test_what_is_considered_is_put_down_here_one_after_the_other(desk: Desk, story: Story) -> None:
    page = cases_page(desk)
    at_line(desk, story, "statutory-referral", "needs-considered")
    for words in ("educational needs", "Medical", "Equality"):
        desk.press("Return")
        assert page.case.panel.isVisible(), words
        desk.press("Ctrl+Return")
        assert "Say what was looked at" in desk.said
        desk.press("Tab")
        desk.type(f"Looked at {words}.")
        desk.press("Ctrl+Return")
        assert page.case.panel.isHidden(), desk.said
        assert page.case.readiness.hasFocus()
    line = page.case.model.line(page.case.readiness.currentIndex().row())
    assert line is not None
    assert (line.state, len([one for one in line.by if one.entry])) == (Readiness.MET, 3)


def test_a_warning_goes_to_the_letters_of_that_kind(desk: Desk, story: Story) -> None:
    at_line(desk, story, "penalty-holiday", "warned-within")
    desk.press("Return")
    letters = in_sight(desk)
    assert isinstance(letters, LettersPage)
    picked = letters.asking._kind()
    assert picked is not None
    assert picked.key == "warning"


def test_a_notice_to_improve_goes_to_its_part_of_the_formal_steps_and_back(desk: Desk, story: Story) -> None:
    found = at_line(desk, story, "penalty-notice", "improvement-not-met")
    desk.press("Return")
    formal = in_sight(desk)
    assert isinstance(formal, FormalPlace)
    assert formal.section is Section.IMPROVEMENT
    desk.press("Escape")
    page = cases_page(desk)
    assert page.case.isVisible()
    assert page.case.model.line(page.case.readiness.currentIndex().row()) == found


def test_the_policy_is_put_in_the_schools_own_log(desk: Desk, story: Story) -> None:
    at_line(desk, story, "penalty-notice", "policy-published")
    desk.press("Return")
    log = in_sight(desk)
    assert isinstance(log, SchoolLogPage)
    assert log.form.kind.value() is SchoolKind.POLICY
    assert log.form.kind.hasFocus()


def test_a_review_opens_at_the_case(desk: Desk, story: Story) -> None:
    found = at_line(desk, story, "statutory-referral", "reviews-on-time")
    assert found.do is not None
    assert found.do.about == "move"
    desk.press("Return")
    desk.wait()
    page = cases_page(desk)
    assert page.course.isVisible()
    assert page.course.panel.isVisible()
    assert page.course.panel.isAncestorOf(desk.focus)


def test_the_period_is_chosen_here(desk: Desk, story: Story) -> None:
    at_line(desk, story, "statutory-referral", "certificate-possible")
    desk.press("Return")
    page = cases_page(desk)
    assert page.case.first.isAncestorOf(desk.focus) or page.case.first is desk.focus


def test_a_line_that_is_met_shows_its_newest_entry(desk: Desk, story: Story) -> None:
    page = cases_page(desk)
    at_line(desk, story, "statutory-referral", "meeting-held-or-refused")
    desk.press("Return")
    pupils = in_sight(desk)
    assert isinstance(pupils, PupilsPage)
    assert pupils.entry.isVisible()
    assert pupils.entry.line is not None
    assert pupils.entry.line.entry.kind is EntryKind.MEETING
    desk.window.go("cases")
    assert page.case.isVisible()


def test_a_policy_in_force_is_shown_in_the_schools_own_log(desk: Desk, story: Story) -> None:
    first, last = date(2026, 9, 1), date(2027, 9, 1)
    log_school(desk.context, SchoolLine(SchoolKind.POLICY, first, "Attendance policy", "", "2026", first, last))
    found = at_line(desk, story, "penalty-notice", "policy-published")
    assert found.state is Readiness.MET
    desk.press("Return")
    assert isinstance(in_sight(desk), SchoolLogPage)


def test_a_signed_certificate_is_scanned_in_here_and_the_line_is_met(
    desk: Desk, story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.context.store.writing(desk.context.deed("mark")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 12), Half.PM, "I", reason="Mother rang", amends=True)])
    scan = tmp_path / "signed.png"
    Image.new("L", (850, 1200), 200).save(scan)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(scan), ""))
    page = cases_page(desk)
    found = at_line(desk, story, "penalty-notice", "certificate-signed")
    assert found.state is Readiness.CHECK
    desk.press("Return")
    assert page.case.panel.isVisible()
    desk.press("Ctrl+Return")
    line = page.case.model.line(page.case.readiness.currentIndex().row())
    assert line is not None, desk.said
    assert (line.key, line.state) == (found.key, Readiness.MET), desk.said


def test_whoever_may_not_go_there_is_told_so_and_stays(story: Story, open_at) -> None:
    log = Place("school-log", "The school’s own log", "letter", lambda: SchoolLogPage, needs=Right.STAFF)
    desk = open_at("cases", CasesPage, log)
    desk.window.take_over(
        replace(desk.context, staff=replace(desk.context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    )
    at_line(desk, story, "penalty-notice", "policy-published")
    desk.press("Return")
    assert in_sight(desk) is cases_page(desk)
    assert Right.STAFF.words in desk.said


def test_a_line_says_what_it_rests_on(desk: Desk, story: Story) -> None:
    found = at_line(desk, story, "statutory-referral", "meeting-held-or-refused")
    model = cases_page(desk).case.model
    assert "By: Meeting, 5 November 2026: Plan agreed" in model.spoken(found)
    many = replace(found, by=(*found.by, *found.by, *found.by, *found.by, *found.by))
    assert "2 more" in model.spoken(many)


def test_an_entry_that_only_speaks_of_a_holiday_is_read_here_and_the_line_is_met(desk: Desk, story: Story) -> None:
    with desk.context.store.writing(desk.context.deed("mark")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 17), Half.AM, "O", amends=True)])
        at, words = datetime(2026, 11, 17, 9, 20), "The holiday club rang: not there either"
        writing.entries.add(NewEntry(EntryKind.PHONE_CALL, at, (story.pupil,), words))
    found = at_line(desk, story, "penalty-notice", "holidays-coded")
    assert (found.state, words in found.says) == (Readiness.CHECK, True)
    desk.press("Return", "Tab")
    desk.type("The club is after school; he was at home.")
    desk.press("Ctrl+Return")
    page = cases_page(desk)
    (line,) = [one for one in page.case.model.lines if one.key == found.key]
    assert (line.state, "was read: no holiday" in line.says) == (Readiness.MET, True), desk.said
