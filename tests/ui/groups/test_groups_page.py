"""Groups by real keys: the place, several pupils at once, the end of a group; and the panel beside a child."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.actions.group_list import group_list
from desktop_app.actions.group_members import flags_of
from desktop_app.domain.people import Flag, FlagKind
from tests.support.running import finish
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.explain.page import ExplainPage
from ui.groups.page import GroupsPage
from ui.pupils.groups_panel import GroupsPanel
from ui.pupils.page import PupilsPage

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    with school.context.store.writing(school.context.deed("flags")) as writing:
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", date(2026, 9, 1)))
    return read(open_at("groups", GroupsPage, PupilsPage, ExplainPage))


def read(desk: Desk) -> Desk:
    """With the figures there, which are worked out beside the window."""
    desk.wait()
    return desk


def page(desk: Desk) -> GroupsPage:
    found = desk.window.page("groups")
    assert isinstance(found, GroupsPage)
    return found


def members(desk: Desk) -> list[str]:
    proxy = page(desk).members.proxy
    return [proxy.index(row, 0).data().split(",")[0] for row in range(proxy.rowCount())]


def test_the_members_follow_the_group_one_is_on(desk: Desk) -> None:
    titles = [line.group.title for line in page(desk).model.rows]
    assert titles[:3] == ["Free school meals", "Pupil premium", "SEN support"]
    assert titles[-2:] == ["Boys", "Girls"]
    assert members(desk) == ["Doyle"]
    desk.press("Down")
    assert members(desk) == []
    assert page(desk).says.text() == "Pupil premium: nobody is in it."
    desk.press("F4")
    assert (desk.window.place, desk.said) == ("groups", "Pupil premium: nobody is in it.")
    assert page(desk).list.select_key("sex:M")
    assert members(desk) == ["Bielak", "Đặng", "Kaya"]
    assert page(desk).list.select_key("fsm")
    desk.press("Return", "Return")
    assert desk.window.place == "pupils"


def test_f4_explains_the_figure_of_the_group_and_escape_comes_back_to_it(desk: Desk) -> None:
    assert page(desk).list.select_key("sex:M")
    desk.press("F4")
    assert desk.window.place == "explain"
    found = desk.window.page("explain")
    assert isinstance(found, ExplainPage)
    read(desk)
    assert found.header.title.text().startswith("Boys: ")
    desk.press("Escape")
    read(desk)
    assert desk.window.place == "groups"
    assert page(desk).list.selected().group.title == "Boys"


def test_several_pupils_into_a_new_group_and_its_end(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+N")
    desk.type("Breakfast club")
    page(desk).adding.typed.setFocus()
    desk.press("k", "a", "y", "Down", "Space")
    page(desk).adding.typed.clear()
    desk.press("d", "o", "y")
    desk.press("Space", "Ctrl+Return")
    assert desk.said == "Breakfast club: 2 added from Fri 20 Nov 2026."
    read(desk)
    assert [flag.value for flag in flags_of(school.context, school.pupils["Kaya"])] == ["Breakfast club"]
    assert page(desk).list.select_key("own:breakfast club")
    assert members(desk) == ["Doyle", "Kaya"]
    assert page(desk).end.isEnabled()
    desk.press("Ctrl+Delete")
    assert "once more" in desk.said
    assert flags_of(school.context, school.pupils["Kaya"])[0].last is None
    desk.press("Ctrl+Delete")
    assert flags_of(school.context, school.pupils["Kaya"])[0].last == TODAY


def test_an_add_with_nobody_ticked_is_refused_and_escape_gives_it_up(desk: Desk, school: SmallSchool) -> None:
    desk.press("Ctrl+N")
    desk.type("Choir")
    desk.press("Ctrl+Return")
    assert page(desk).adding.fault.text() == "Choose at least one pupil."
    desk.press("Escape")
    assert not page(desk).is_adding
    lines = finish(group_list(school.context, TODAY, TODAY)).lines
    assert not any(line.group.key == "own:choir" for line in lines)


def test_beside_a_child_a_flag_begins_ends_and_is_taken_away(desk: Desk, school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    desk.window.go("pupils", pupil=kaya)
    desk.press("g")
    pupils = desk.window.page("pupils")
    assert isinstance(pupils, PupilsPage)
    panel = pupils.child.beside.groups
    assert isinstance(panel, GroupsPanel)
    assert panel.isVisible()
    assert panel.standing.text() == "Nothing is on record."
    panel.kind.setFocus()
    panel.kind.choose(FlagKind.EHCP)
    desk.press("Ctrl+Return")
    assert panel.standing.text() == "EHCP, from Fri 20 Nov 2026"
    assert "on record from Fri 20 Nov 2026" in desk.said
    desk.press("Ctrl+Return")
    assert "has “EHCP” from Fri 20 Nov 2026 already" in panel.fault.text()
    panel.which.setFocus()
    desk.press("Down")
    assert not panel.kind.isEnabled()
    panel.end.click()
    assert flags_of(school.context, kaya)[0].last == TODAY
    desk.press("Down")
    panel.take.click()
    assert "second press" in panel.fault.text()
    panel.take.click()
    assert panel.standing.text() == "Nothing is on record."
    desk.press("Escape")
    assert not panel.isVisible()


def test_a_click_on_the_attendance_of_a_group_explains_it_and_one_beside_it_does_not(desk: Desk, qtbot: QtBot) -> None:
    listed = page(desk).list
    assert listed.select_key("sex:M")
    row = listed.currentIndex().row()
    for column, place in ((0, "groups"), (2, "explain")):
        where = listed.visualRect(listed.proxy.index(row, column)).center()
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert desk.window.place == place
