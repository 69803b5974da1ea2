"""Every key that the help names for the places of monitoring does something there."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from PySide6.QtGui import QShortcut

from desktop_app.actions.school_log import log_school
from desktop_app.actions.targets import set_group_target
from desktop_app.domain.school_log import SchoolKind, SchoolLine
from desktop_app.domain.targets import SCHOOL, Target
from tests.support.keyboard import all_taken, names, taken
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui import figure_keys
from ui.pupils.page import PupilsPage
from ui.watch.page import WatchPage


def test_every_key_of_the_groups_and_of_the_figures_explained(desk: Desk) -> None:
    for place, listed in (("groups", figure_keys.GROUPS), ("explain", figure_keys.EXPLAIN)):
        desk.window.go(place)
        shown = desk.window.page(place)
        assert {one.key().toString() for one in shown.findChildren(QShortcut)} <= names(listed), place
        assert taken(desk, "Esc"), place


def test_every_key_of_the_comparison(desk: Desk) -> None:
    all_taken(desk, figure_keys.COMPARISON, lambda _: desk.window.go("comparison"))


def test_every_key_of_the_targets(desk: Desk, school: SmallSchool) -> None:
    def put_back(_: str) -> None:
        set_group_target(school.context, SCHOOL, Target(Fraction(95), date(2026, 9, 1)))
        desk.window.go("today")
        desk.window.go("targets")

    all_taken(desk, figure_keys.TARGETS, put_back)


def test_every_key_of_the_school_log(desk: Desk, school: SmallSchool) -> None:
    def put_back(_: str) -> None:
        log_school(school.context, SchoolLine(SchoolKind.ASSEMBLY, date(2026, 9, 8), "Every day counts"))
        desk.window.go("today")
        desk.window.go("school-log")

    all_taken(desk, figure_keys.SCHOOL_LOG, put_back)


def test_every_key_of_the_patterns(desk: Desk, busy: SmallSchool) -> None:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)

    def at_patterns(_: str) -> None:
        desk.window.go("pupils", pupil=busy.pupils["Doyle"])
        page.child.beside.close_all()
        desk.press("y")
        page.child.beside.habits.list.selectRow(1)

    all_taken(desk, figure_keys.PATTERNS, at_patterns, unused="F3")


def test_every_key_of_the_watch_list(desk: Desk) -> None:
    page = desk.window.page("watch")
    assert isinstance(page, WatchPage)

    def put_back(_: str) -> None:
        desk.window.go("watch")
        desk.wait()
        page.field.hide()
        page.list.setFocus()

    all_taken(desk, figure_keys.WATCH, put_back)
