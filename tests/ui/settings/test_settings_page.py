"""The school's settings by real keys: read, changed, refused in words, put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from desktop_app.actions.attendance_service import attendance_service
from desktop_app.actions.leave import leave_list
from desktop_app.actions.rewards import reward_rule
from desktop_app.actions.settings import SchoolSettings, school_settings
from desktop_app.domain.casework import Service
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from desktop_app.rules.rewards import RewardRule
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.settings.page import SettingsPage
from ui.today.page import TodayPage


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    return open_at("settings", SettingsPage, TodayPage)


def page(desk: Desk) -> SettingsPage:
    found = desk.window.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def held(desk: Desk) -> SchoolSettings:
    return school_settings(desk.context)


def retype(desk: Desk, text: str) -> None:
    desk.press("Ctrl+A")
    desk.type(text)


def test_the_page_shows_what_holds_with_its_law(desk: Desk) -> None:
    shown = {key: edit.text() for key, edit in page(desk).times.items()}
    assert shown == {
        "am_opens": "08:45",
        "am_closes": "08:55",
        "am_ends": "12:00",
        "pm_opens": "13:00",
        "pm_closes": "13:15",
        "pm_ends": "15:30",
        "contact_by": "10:00",
    }
    assert "at most 30 minutes" in page(desk).law.text()
    assert page(desk).steps.toPlainText().splitlines()[1] == "home visit"


def test_times_are_typed_from_field_to_field(desk: Desk) -> None:
    assert desk.focus is page(desk).times["am_opens"]
    desk.press("Tab")
    retype(desk, "9.10")
    desk.press("Tab")
    retype(desk, "11:50")
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ They hold from now on."
    school = held(desk).school
    assert school.am.closes == time(9, 10)
    assert (school.ends(Half.AM), school.am_ends, school.pm_ends) == (time(11, 50), time(11, 50), None)
    desk.press("Ctrl+Return")
    assert "Nothing was changed" in page(desk).said.text()


def test_a_register_open_too_long_is_refused_in_words(desk: Desk) -> None:
    before = held(desk)
    desk.press("Tab")
    retype(desk, "9:30")
    desk.press("Ctrl+Return")
    assert page(desk).said.text().startswith("⚠ A register may stay open for at most 30 minutes")
    assert held(desk) == before
    desk.press("Escape")
    assert page(desk).times["am_closes"].text() == "08:55"
    assert desk.window.place == "settings"
    desk.press("Escape")
    assert desk.window.place == "today"


def test_what_is_no_time_takes_the_keyboard_back(desk: Desk) -> None:
    page(desk).times["pm_closes"].setText("soon")
    desk.press("Ctrl+Return")
    assert "“soon” is not a time of day" in page(desk).said.text()
    assert page(desk).fields["pm_closes"].has_fault
    assert desk.focus is page(desk).times["pm_closes"]


def test_the_closing_minute_the_hour_and_the_steps(desk: Desk) -> None:
    page(desk).closing_minute.setFocus()
    desk.press("Down")
    page(desk).times["contact_by"].setFocus()
    retype(desk, "9.30")
    page(desk).steps.setFocus()
    retype(desk, "ring again")
    desk.press("Ctrl+Return")
    found = held(desk)
    assert (found.closing_minute_late, found.contact_by, found.steps) == (False, time(9, 30), ("ring again",))


def test_the_rule_for_rewards(desk: Desk) -> None:
    assert page(desk).rewards.value() is RewardRule.ILLNESS_SPARED
    page(desk).rewards.setFocus()
    desk.press("Down")
    assert page(desk).touched
    desk.press("Ctrl+Return")
    assert page(desk).said.text() == "✓ They hold from now on."
    assert reward_rule(desk.context) is RewardRule.ILLNESS_COUNTS
    desk.press("Ctrl+Return")
    assert "Nothing was changed" in page(desk).said.text()


def test_what_is_typed_is_not_lost_by_looking_elsewhere(desk: Desk) -> None:
    page(desk).lines["headteacher"].setFocus()
    retype(desk, "Ms P Osei")
    desk.window.go("today")
    desk.window.go("settings")
    assert page(desk).lines["headteacher"].text() == "Ms P Osei"
    desk.press("Ctrl+Return")
    assert held(desk).school.headteacher == "Ms P Osei"


def test_the_office_reads_and_cannot_change(school: SmallSchool, open_at) -> None:
    school.context = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    desk = open_at("settings", SettingsPage, TodayPage)
    assert not page(desk).button.isEnabled()
    desk.press("Tab")
    retype(desk, "9:00")
    desk.press("Ctrl+Return")
    assert "may not" in page(desk).said.text()
    assert held(desk).school.am.closes == time(8, 55)


def test_the_service_bought_and_the_list_for_leave(desk: Desk) -> None:
    form = page(desk)
    form.service.setFocus()
    form.service.choose(Service.OTHER)
    form.leave.setPlainText("A close relative is seriously ill\nAn examination in music; or dance")
    desk.press("Ctrl+Return")
    assert attendance_service(desk.context) is Service.OTHER
    assert leave_list(desk.context) == ("A close relative is seriously ill", "An examination in music, or dance")
    assert form.said.text() == "✓ They hold from now on."
    form.service.choose(None)
    form.leave.clear()
    desk.press("Ctrl+Return")
    assert attendance_service(desk.context) is None
    assert leave_list(desk.context) == ()
