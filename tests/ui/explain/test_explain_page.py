"""Figures explained, by real keys: of the school, a class, a group; over other days; as the DfE counts; and back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.actions.explain import Whom
from desktop_app.actions.figures import Grouping
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.people import Flag, FlagKind, Membership
from desktop_app.domain.progress import Changes
from desktop_app.domain.sessions import HALVES, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil
from tests.support.windows import Desk
from ui.explain.page import ExplainPage
from ui.parts.rows import Roles
from ui.parts.text import Label
from ui.pupils.page import PupilsPage


@pytest.fixture
def desk(school: SmallSchool, clock: StillClock, open_at) -> Desk:
    """A week in which one of six was ill; a child in the nursery besides."""
    clock.set(2026, 11, 20, 15, 40)
    edits = [
        Edit(child, Session(date(2026, 11, day), half), "I" if name == "Doyle" else "/\\"[half.ordinal])
        for name, child in school.pupils.items()
        for day in range(16, 21)
        for half in HALVES
    ]
    write(school.context, edits, "from the paper")
    with school.context.store.writing(school.context.deed("set up")) as writing:
        young = writing.book.put(
            pupil("Young", "Ada", 9, date_of_birth=date(2023, 1, 9), starting_day=date(2026, 11, 16))
        )
        writing.book.put(Membership(0, young, "N", "N1", date(2026, 9, 1)))
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", date(2026, 9, 1)))
    return open_at("pupils", PupilsPage, ExplainPage)


def page(desk: Desk) -> ExplainPage:
    """The page with its figure there, which is worked out beside the window."""
    desk.wait()
    found = desk.window.page("explain")
    assert isinstance(found, ExplainPage)
    return found


def words(desk: Desk) -> str:
    return " ".join(label.text() for label in page(desk).explanation.words.widget().findChildren(Label))


def rows(desk: Desk) -> dict[str, tuple[str, str]]:
    table = page(desk).explanation.table.proxy
    found: dict[str, tuple[str, str]] = {}
    for row in range(table.rowCount()):
        code, what, sessions = (table.index(row, column) for column in range(3))
        found[code.data() or what.data()] = (what.data(Roles.SECOND), sessions.data())
    return found


def test_the_whole_school_then_a_class_and_a_group_by_arrows(desk: Desk) -> None:
    desk.window.go("explain", first=date(2026, 11, 16), last=date(2026, 11, 20))
    assert page(desk).header.title.text() == "The whole school: 83.3%"
    assert rows(desk)["I"] == ("authorised absence", "10")
    assert rows(desk)["No mark yet, and the session is past"] == ("in no figure", "10")
    assert "50 attended of 60 possible = 83.3%." in words(desk)
    assert "leave out 1 pupil in nursery" in words(desk)
    offered = [page(desk).whose.itemText(number) for number in range(page(desk).whose.count())]
    assert offered == [
        "The whole school", "Nursery", "Primary", "Year N1", "Year 4", "Class N", "Class 4B", "Free school meals",
        "Boys", "Girls",
    ]  # fmt: skip
    desk.wait()
    desk.press("Down", "Down")
    assert page(desk).header.title.text() == "Primary: 83.3%"
    desk.press("End", "Up", "Up")
    assert page(desk).header.title.text() == "Free school meals: 0.0%"
    assert page(desk).whose.value() == Whom(Grouping.GROUP, "fsm", "Free school meals")


def test_as_the_dfe_counts_and_back_by_one_chord_each(desk: Desk) -> None:
    desk.window.go("explain", by=Grouping.CLASS, key="N", first=date(2026, 11, 16), last=date(2026, 11, 20))
    assert page(desk).header.title.text() == "Class N: no sessions"
    desk.window.go("explain", first=date(2026, 11, 16), last=date(2026, 11, 20), back=("pupils", {}))
    desk.press("Alt+D")
    assert "As the DfE counts: pupils aged 5 to 15" in page(desk).header.subtitle.text()
    assert "No mark yet, and the session is past" not in rows(desk)
    desk.press("Alt+D")
    assert "Everyone on roll" in page(desk).header.subtitle.text()
    desk.press("Escape")
    assert desk.window.place == "pupils"


def test_other_days_and_a_mark_written_meanwhile_are_read_at_once(desk: Desk, school: SmallSchool) -> None:
    desk.window.go("explain", by="group", key="fsm", first=date(2026, 11, 16), last=date(2026, 11, 20))
    page(desk).last.setFocus()
    page(desk).last.selectAll()
    desk.type("16/11/2026")
    desk.press("Tab")
    assert "0 attended of 2 possible" in words(desk)
    write(
        school.context, [Edit(school.pupils["Doyle"], Session(date(2026, 11, 16), HALVES[0]), "L", minutes=5)], "came"
    )
    desk.window.announce(Changes(marks=True, pupils=frozenset({school.pupils["Doyle"]})))
    assert page(desk).header.title.text() == "Free school meals: 50.0%"


def test_the_window_answers_while_a_figure_is_worked_out_and_the_last_one_asked_for_is_shown(desk: Desk) -> None:
    desk.window.go("explain", first=date(2026, 11, 16), last=date(2026, 11, 20), back=("pupils", {}))
    shown = page(desk)
    with desk.worker_held():
        desk.press("Down", "Down", "Down")
        assert shown.whose.currentText() == "Year N1"
        assert shown.header.title.text() == "The whole school: 83.3%"
        assert shown.card.aside.text() == "reading …"
        desk.press("Down", "Alt+D")
        shown.last.setFocus()
        shown.last.selectAll()
        desk.type("16/11/2026")
        desk.press("Tab")
        assert shown.header.title.text() == "The whole school: 83.3%"
    assert shown.header.title.text().startswith("Year 4: ")
    assert shown.whose.currentText() == "Year 4"
    assert "to Mon 16 Nov 2026" in shown.header.subtitle.text()
    assert "As the DfE counts" in shown.header.subtitle.text()
    with desk.worker_held():
        desk.window.go("explain", by=Grouping.CLASS, key="4B", back=("pupils", {}))
        assert shown.header.title.text() == "Figures explained"
        desk.press("Escape")
        assert desk.window.place == "pupils"


def test_days_the_wrong_way_round_are_refused_and_what_was_shown_stays(desk: Desk) -> None:
    desk.window.go("explain", first=date(2026, 11, 16), last=date(2026, 11, 20))
    shown = page(desk)
    shown.last.setFocus()
    shown.last.selectAll()
    desk.type("13/11/2026")
    desk.press("Tab")
    desk.wait()
    assert "before it begins" in desk.said
    assert (shown.header.title.text(), shown.card.aside.text()) == ("The whole school: 83.3%", "7 pupils")


def test_f4_in_the_list_explains_the_child_one_is_on(desk: Desk) -> None:
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    desk.press("d", "o", "y", "F4")
    assert pupils.child.page is not None
    assert pupils.child.page.pupil.surname == "Doyle"
    assert pupils.child.explaining
    found = " ".join(label.text() for label in pupils.child.explanation.words.widget().findChildren(Label))
    assert "0 attended of 10 possible = 0.0%." in found
    desk.press("Escape")
    assert not pupils.child.explaining


def test_a_click_on_a_percentage_explains_it_in_the_list_and_on_the_childs_page(desk: Desk) -> None:
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    table = pupils.listing.table
    name, figure = (table.visualRect(table.proxy.index(2, column)).center() for column in (0, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=name)
    assert pupils.child.page is None
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=figure)
    assert pupils.child.page is not None
    assert pupils.child.page.pupil.surname == "Chaudhry"
    assert pupils.child.explaining
    desk.press("Escape")
    QTest.mouseClick(pupils.child.figures.big, Qt.MouseButton.LeftButton)
    assert pupils.child.explaining
