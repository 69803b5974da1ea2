"""The doubtful clock in the window: said across the top, gone by with one key, and not before."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.clock import CLOCK_RIGHT
from desktop_app.actions.register import fill_present
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from ui.register.page import RegisterPage

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def marks(school: SmallSchool, day: date) -> int:
    with school.context.store.reading() as reading:
        return len(reading.marks.filled(Session(day, Half.AM)))


def test_a_clock_that_is_believed_shows_nothing(school: SmallSchool, open_at) -> None:
    desk = open_at("registers", RegisterPage)
    assert not desk.window.clock_banner.isVisible()
    desk.press("Alt+c")
    with school.context.store.reading() as reading:
        assert all(one.key != CLOCK_RIGHT for one in reading.book.all(Setting))


def test_a_clock_before_the_last_entry_holds_the_register_until_somebody_says_that_it_is_right(
    school: SmallSchool, clock: StillClock, open_at
) -> None:
    fill_present(school.context, "4B", Session(FRIDAY, Half.AM))
    clock.set(2026, 11, 19, 8, 50)
    desk = open_at("registers", RegisterPage)
    banner = desk.window.clock_banner
    assert banner.isVisible()
    assert "but the last entry here was recorded on Fri 20 Nov 2026, 08:50" in banner.words.text()
    assert "Nothing is written for today until it is." in banner.words.text()
    desk.window.go("registers", class_name="4B")
    desk.press("Space")
    assert marks(school, THURSDAY) == 0
    assert "Nothing was written for today" in desk.said
    desk.press("Alt+c")
    assert not banner.isVisible()
    desk.press("Space")
    assert marks(school, THURSDAY) == 1


def test_a_sunday_is_asked_about_and_not_again_that_day(school: SmallSchool, clock: StillClock, open_at) -> None:
    clock.set(2026, 11, 22, 10, 0)
    desk = open_at("registers", RegisterPage)
    banner = desk.window.clock_banner
    assert "(a Sunday)" in banner.words.text()
    assert "Nothing is written" not in banner.words.text()
    desk.press("Alt+c")
    clock.set(2026, 11, 22, 15, 0)
    banner.look()
    assert not banner.isVisible()
    clock.set(2026, 11, 28, 10, 0)
    banner.look()
    assert banner.isVisible()
