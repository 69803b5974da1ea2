"""The watch list in a real window over a real year: what is met, what it rests on, and what is decided about it."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.actions.roll import read_roll
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.marks import NewMark
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Role
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.parts.hints import KeyHints
from ui.pupils.page import PupilsPage
from ui.today.page import TodayPage
from ui.watch.model import EVERYTHING
from ui.watch.page import WatchPage
from ui.watch.reading import SOON, WatchReading

THRESHOLD_DAYS = 6
LAST = date(2026, 11, 19)


def lived(school: SmallSchool) -> SmallSchool:
    """A term till yesterday: everybody there, but Doyle, whose last six days are all O."""
    context = school.context
    with context.store.writing(context.deed("a term")) as writing:
        days = read_roll(writing.book).calendar.school_days(date(2026, 9, 3), LAST)
        absent = days[-THRESHOLD_DAYS:]
        writing.marks.add(
            NewMark(key, day, half, "O" if name == "Doyle" and day in absent else "/" if half is HALVES[0] else "\\")
            for name, key in school.pupils.items()
            for day in days
            for half in HALVES
        )
    return school


@pytest.fixture
def desk(school: SmallSchool, open_at, qtbot: QtBot) -> Desk:
    lived(school)
    found = open_at("watch", TodayPage, WatchPage, PupilsPage)
    qtbot.waitUntil(lambda: page(found).groups_model.rowCount() > 0)
    return found


def page(desk: Desk) -> WatchPage:
    found = desk.window.page("watch")
    assert isinstance(found, WatchPage)
    return found


def titles(desk: Desk) -> list[str]:
    return [one.title for one in page(desk).groups_model.lines]


def choose(desk: Desk, words: str) -> None:
    """Go to the trigger whose title has these words, by keys."""
    wanted = next(row for row, title in enumerate(titles(desk)) if words in title)
    while page(desk).groups.currentIndex().row() < wanted:
        desk.press("Ctrl+PageDown")
    while page(desk).groups.currentIndex().row() > wanted:
        desk.press("Ctrl+PageUp")


def test_everything_comes_first_and_the_threshold_names_its_sessions(desk: Desk, school: SmallSchool) -> None:
    assert titles(desk)[0] == EVERYTHING
    choose(desk, "in 10 school weeks")
    (row,) = page(desk).model.lines
    line = row.line
    assert line.pupil is not None
    assert line.pupil.id == school.pupils["Doyle"]
    assert line.new
    assert page(desk).basis.text().startswith("12 sessions: Thu 12 Nov 2026 AM O, ")
    assert "Source: " in page(desk).basis.text()


def test_a_decision_is_kept_and_the_line_is_gone(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    choose(desk, "in 10 school weeks")
    title = page(desk).groups_model.lines[page(desk).groups.currentIndex().row()].title
    page(desk).list.setFocus()
    desk.press("d")
    assert desk.focus is page(desk).answer
    desk.press("Return")
    assert page(desk).field.isVisible()
    desk.type("No notice: the plan agreed with his mother is working")
    desk.press("Return")
    assert "Kept with the child" in desk.said
    qtbot.waitUntil(lambda: title not in titles(desk))
    with school.context.store.reading() as reading:
        kept = [one for one in reading.entries.of(school.pupils["Doyle"]) if one.kind is EntryKind.DECISION]
    assert [one.outcome for one in kept] == ["No notice: the plan agreed with his mother is working"]


def test_the_foot_says_how_to_keep_a_decision_or_leave_it(desk: Desk) -> None:
    def foot() -> str:
        return page(desk).findChild(KeyHints).accessibleDescription()  # pyright: ignore[reportOptionalMemberAccess]

    choose(desk, "in 10 school weeks")
    page(desk).list.setFocus()
    assert "D: decide" in foot()
    desk.press("d")
    assert "Enter: keep it" in foot()
    assert "Esc: leave it" in foot()
    assert "D: decide" not in foot()
    desk.press("Escape")
    assert "D: decide" in foot()


def test_an_n_is_not_said_to_be_new(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    with school.context.store.writing(school.context.deed("today")) as writing:
        writing.marks.add([NewMark(school.pupils["Kaya"], date(2026, 11, 19), HALVES[0], "N", amends=True)])
    page(desk).refresh(None)
    qtbot.waitUntil(lambda: any("Reason" in title for title in titles(desk)))
    choose(desk, "Reason")
    assert [one.new for one in page(desk).model.lines] == [False]


def test_today_asks_for_the_list_in_sight_alone_and_a_while_after_the_last_mark(desk: Desk, qtbot: QtBot) -> None:
    today = desk.window.page("today")
    assert isinstance(today, TodayPage)
    desk.window.go("today")
    qtbot.waitUntil(lambda: any(one.place == "watch" for one in today.due.model.lines))
    reading = today.findChild(WatchReading)
    assert reading is not None
    told: list[object] = []
    reading.read.connect(told.append)
    desk.window.go("watch")
    today.refresh(Changes(marks=True))
    assert not reading.reading, "nothing is worked out for a page out of sight"
    desk.window.go("today")
    qtbot.waitUntil(lambda: len(told) == 1)
    today.refresh(Changes(marks=True))
    qtbot.wait(SOON // 2)
    today.refresh(Changes(marks=True))
    qtbot.wait(SOON // 2 + 300)
    assert len(told) == 1, "the second mark puts it off"
    qtbot.waitUntil(lambda: len(told) == 2)


def test_escape_leaves_the_line_undecided_then_the_place(desk: Desk, school: SmallSchool) -> None:
    choose(desk, "in 10 school weeks")
    page(desk).list.setFocus()
    desk.press("d")
    desk.type("half")
    desk.press("Escape")
    assert not page(desk).field.isVisible()
    assert desk.focus is page(desk).list
    with school.context.store.reading() as reading:
        assert not [one for one in reading.entries.of(school.pupils["Doyle"]) if one.kind is EntryKind.DECISION]
    desk.press("Escape")
    assert desk.window.place == "today"


def test_what_ends_by_itself_is_not_decided_about(desk: Desk, school: SmallSchool, qtbot: QtBot) -> None:
    with school.context.store.writing(school.context.deed("today")) as writing:
        writing.marks.add([NewMark(school.pupils["Kaya"], date(2026, 11, 19), HALVES[0], "N")])
    page(desk).refresh(None)
    qtbot.waitUntil(lambda: any("Reason" in title for title in titles(desk)))
    choose(desk, "Reason")
    assert page(desk).model.index(0, 1).data().startswith("1 session is still N")
    page(desk).list.setFocus()
    desk.press("d")
    assert not page(desk).field.isVisible()
    assert "goes by itself" in desk.said


def test_enter_opens_the_child(desk: Desk) -> None:
    choose(desk, "in 10 school weeks")
    page(desk).list.setFocus()
    desk.press("Return")
    assert desk.window.place == "pupils"


def test_from_today_enter_leads_to_the_trigger(desk: Desk, qtbot: QtBot) -> None:
    desk.window.go("today")
    today = desk.window.page("today")
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: any(one.place == "watch" for one in today.due.model.lines))
    row = next(at for at, one in enumerate(today.due.model.lines) if "in 10 school weeks" in one.what)
    assert today.due.model.lines[row].more == "Ryan Doyle"
    today.due.view.setFocus()
    today.due.view.setCurrentIndex(today.due.model.index(row, 0))
    desk.press("Return")
    assert desk.window.place == "watch"
    qtbot.waitUntil(lambda: page(desk).groups.currentIndex().row() > 0)
    chosen = page(desk).groups_model.lines[page(desk).groups.currentIndex().row()]
    assert "in 10 school weeks" in chosen.title


def test_a_teacher_sees_of_other_classes_nothing_and_may_not_decide_casework(
    school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    lived(school)
    school.context = in_role(school.context, Role.TEACHER, "2C")
    desk = open_at("watch", WatchPage, PupilsPage)
    qtbot.waitUntil(lambda: "line" in page(desk).header.subtitle.text() or "none" in page(desk).header.subtitle.text())
    assert page(desk).model.rowCount() == 0
    assert page(desk).nothing.isVisible()


def test_a_class_teacher_is_told_who_decides_before_anything_is_typed(
    school: SmallSchool, open_at, qtbot: QtBot
) -> None:
    lived(school)
    school.context = in_role(school.context, Role.TEACHER, "4B")
    desk = open_at("watch", TodayPage, WatchPage, PupilsPage)
    qtbot.waitUntil(lambda: page(desk).groups_model.rowCount() > 0)
    choose(desk, "in 10 school weeks")
    page(desk).list.setFocus()
    desk.press("d")
    assert not page(desk).field.isVisible()
    assert "may not open cases and build bundles" in desk.said
