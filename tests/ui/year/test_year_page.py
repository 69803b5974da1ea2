"""The school year by real keys: added, changed, taken away, closed on a snow day; each said before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.register import fill_present
from desktop_app.actions.school_year import periods
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.memory import Memory
from ui.register.page import RegisterPage
from ui.school_menu import SchoolMenu
from ui.year.page import YearPage
from ui.year.panel import PeriodPanel

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("year", YearPage, RegisterPage)


def page(desk: Desk) -> YearPage:
    found = desk.window.page("year")
    assert isinstance(found, YearPage)
    return found


def panel(desk: Desk) -> PeriodPanel:
    return page(desk).panel


def on_friday(desk: Desk) -> list[Period]:
    found = periods(desk.context, FRIDAY, FRIDAY)
    return [one for one in found if one.kind is not PeriodKind.TERM]


def codes(desk: Desk) -> list[str]:
    with desk.context.store.reading() as reading:
        return [one.code for one in reading.marks.between(FRIDAY, FRIDAY)]


def names(desk: Desk) -> list[str]:
    return [line.period.name for line in page(desk).model.rows]


def test_the_year_stands_in_order_with_the_bank_holidays_offered(desk: Desk) -> None:
    assert page(desk).header.title.text() == "School year 2026/27"
    assert names(desk)[:3] == ["first day", "autumn term", "half term"]
    offered = [line.period.name for line in page(desk).model.rows if line.offered]
    assert offered == ["Early May bank holiday"]
    assert "Early May bank holiday" in page(desk).warnings.text()
    desk.press("Alt+Right")
    assert page(desk).header.title.text() == "School year 2027/28"
    assert names(desk) == []
    desk.press("Alt+Left")
    assert page(desk).list.selected().period.name == "half term"


def test_a_snow_day_is_one_key_a_word_and_two_times_enter(desk: Desk, clock: StillClock, tmp_path) -> None:
    menu = SchoolMenu(desk.window, Memory(tmp_path))
    assert menu
    clock.set(2026, 11, 20, 7, 30)
    desk.window.go("registers", class_name="4B")
    desk.press("Ctrl+F11")
    assert desk.focus is panel(desk).name
    desk.type("Snow")
    desk.press("Ctrl+Return")
    assert panel(desk).said.text() == (
        "• 12 marks become Y4 as sessions end, unless somebody writes another: 4B 12 (Fri 20 Nov 2026 AM and PM)."
    )
    assert on_friday(desk) == []
    desk.press("Ctrl+Return")
    (snow,) = on_friday(desk)
    assert (snow.kind, snow.name, snow.half) == (PeriodKind.SITE_CLOSED, "Snow", None)
    assert not panel(desk).isVisible()
    assert page(desk).list.selected().period == snow
    desk.window.go("registers", class_name="4B")
    register = desk.window.page("registers")
    assert isinstance(register, RegisterPage)
    desk.window.go("year")
    desk.press("Escape")
    assert desk.window.place == "registers"


def test_past_sessions_become_y3_at_once_for_the_class_that_is_named(desk: Desk, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 13, 40)
    page(desk).closed_today()
    desk.type("Boiler")
    panel(desk).whom.setText("4b")
    desk.press("Ctrl+Return")
    assert "choose a part of the site (Y3)" in panel(desk).fault.text()
    panel(desk).kind.choose(PeriodKind.PART_CLOSED)
    desk.press("Ctrl+Return")
    assert (
        panel(desk).said.text().startswith("• 6 blanks become Y3 at once, for 6 children: 4B 6 (Fri 20 Nov 2026 AM).")
    )
    desk.press("Ctrl+Return")
    assert codes(desk) == ["Y3"] * 6
    assert on_friday(desk)[0].classes == ("4B",)


def test_what_is_typed_after_the_preview_is_previewed_again(desk: Desk, clock: StillClock) -> None:
    fill_present(desk.context, "4B", Session(FRIDAY, Half.AM))
    desk.press("Ctrl+N")
    desk.type("Polling day")
    desk.press("Ctrl+Return")
    assert "6 marks would no longer count (nothing is deleted)" in panel(desk).said.text()
    panel(desk).half.choose(Half.PM)
    assert not panel(desk).said.isVisible()
    desk.press("Ctrl+Return")
    assert [one.half for one in on_friday(desk)] == [Half.PM], "nothing would change, so it was done at once"
    assert "stands in the school year" in desk.said


def test_a_period_is_changed_and_taken_away(desk: Desk) -> None:
    fill_present(desk.context, "4B", Session(FRIDAY, Half.AM))
    page(desk).list.setFocus()
    line = page(desk).list.selected()
    assert line.period.start == date(2027, 2, 15), "the next one to come"
    desk.press("Return")
    panel(desk).last.setText("22 Feb 2027")
    desk.press("Ctrl+Return")
    assert page(desk).list.selected().period.end == date(2027, 2, 22)
    desk.press("Delete")
    assert "taken out of the calendar" in panel(desk).said.text()
    assert "half term" in names(desk)
    before = len(names(desk))
    desk.press("Ctrl+Return")
    assert len(names(desk)) == before - 1
    assert desk.focus is page(desk).list


def test_esc_changes_nothing(desk: Desk) -> None:
    before = names(desk)
    desk.press("Delete", "Escape")
    assert names(desk) == before
    assert desk.focus is page(desk).list


def test_a_bank_holiday_is_taken_by_enter(desk: Desk) -> None:
    offered = next(line for line in page(desk).model.rows if line.offered)
    page(desk).list.select_key(offered.key)
    desk.press("Return", "Ctrl+Return")
    assert not any(line.offered for line in page(desk).model.rows)


@pytest.mark.parametrize(
    ("first", "last", "whom", "why"),
    [
        ("31/11", "", "", "that is not a day"),
        ("20/11/2026", "19/11/2026", "", "before it begins"),
        ("20/11/2026", "", "6C", "no class and no year group"),
    ],
)
def test_bad_input_is_refused_in_the_form(desk: Desk, first: str, last: str, whom: str, why: str) -> None:
    desk.press("Ctrl+N")
    desk.type("x")
    panel(desk).first.setText(first)
    panel(desk).last.setText(last)
    panel(desk).whom.setText(whom)
    desk.press("Ctrl+Return", "Ctrl+Return")
    assert why in panel(desk).fault.text()
    assert on_friday(desk) == []


def test_a_teacher_reads_the_year_and_is_told_who_changes_it(school: SmallSchool, open_at) -> None:
    school.context = replace(school.context, staff=replace(school.context.staff, role=Role.TEACHER), alone=False)
    desk = open_at("year", YearPage, RegisterPage)
    assert not page(desk).add.isEnabled()
    desk.press("Return")
    assert "may not change the school year" in desk.said
    assert not panel(desk).isVisible()
