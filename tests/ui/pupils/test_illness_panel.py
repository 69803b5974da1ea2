"""Illness that is expected, written down beside a child's page by real keys."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.log import withdraw
from desktop_app.actions.watching import due_of
from desktop_app.domain.entries import Entry
from desktop_app.domain.staff import Role
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rules.triggers.facts import EXPECTED_DAYS, EXPECTED_FROM
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.illness_panel import NONE, IllnessPanel
from ui.pupils.page import PupilsPage

FRIDAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _friday(clock: StillClock) -> None:
    clock.set(2026, 11, 20, 10, 0)


def at_kaya(school: SmallSchool, open_at) -> Desk:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("i")
    return desk


def panel(desk: Desk) -> IllnessPanel:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.beside.illness


def written(school: SmallSchool) -> list[Entry]:
    with school.context.store.reading() as reading:
        return [one for one in reading.entries.of(school.pupils["Kaya"]) if EXPECTED_DAYS in one.details]


def returns(school: SmallSchool) -> bool:
    found = due_of(school.context, school.pupils["Kaya"], FRIDAY)
    return TriggerKind.SICKNESS_RETURN in {one.kind for one in found}


def test_on_day_nought_the_office_writes_down_surgery_and_the_return_is_due(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at_kaya(school, open_at)
    assert desk.focus is panel(desk).days
    assert panel(desk).standing.text() == NONE
    desk.type("30")
    desk.press("Ctrl+Return")
    assert "Say what was heard" in panel(desk).fault.text()
    panel(desk).why.setFocus()
    desk.type("surgery, six weeks")
    desk.press("Ctrl+Return")
    assert desk.said == "Illness of Çağla Kaya is expected from Fri 20 Nov 2026. The sickness return is due."
    (entry,) = written(school)
    assert (entry.note, dict(entry.details)) == (
        "surgery, six weeks",
        {EXPECTED_DAYS: "30", EXPECTED_FROM: "2026-11-20"},
    )
    assert returns(school)
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    assert desk.focus is page.child.chronology
    desk.press("i")
    said = "Illness expected: 30 school days from Fri 20 Nov 2026: surgery, six weeks. Written down on Fri 20 Nov 2026."
    assert panel(desk).standing.text() == said
    withdraw(school.context, entry.id, "put off by the hospital")
    desk.press("Escape", "i")
    assert panel(desk).standing.text() == NONE


def test_the_last_day_is_counted_in_school_days(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at_kaya(school, open_at)
    panel(desk).first.set_date(date(2026, 12, 14))
    panel(desk).last.set_date(date(2027, 1, 8))
    panel(desk).why.setText("hospital")
    desk.press("Ctrl+Return")
    assert desk.said == "Illness of Çağla Kaya is expected from Mon 14 Dec 2026."
    (entry,) = written(school)
    assert entry.details[EXPECTED_DAYS] == "10"  # five before the Christmas holidays, five after
    assert not returns(school)


@pytest.mark.parametrize(
    ("days", "last", "says"),
    [
        ("", None, "one of the two"),
        ("6", date(2026, 12, 1), "one of the two"),
        ("six", None, "one of the two"),
        ("0", None, "from 1 to 190"),
        ("", date(2026, 11, 19), "is before the first"),
        ("", date(2027, 9, 3), "is not written down as far as Fri 3 Sep 2027"),
    ],
)
def test_what_is_not_said_clearly_is_asked_for_again(
    school: SmallSchool,
    open_at,  # type: ignore[no-untyped-def]
    days: str,
    last: date | None,
    says: str,
) -> None:
    desk = at_kaya(school, open_at)
    panel(desk).days.setText(days)
    panel(desk).last.set_date(last)
    panel(desk).why.setText("surgery")
    desk.press("Ctrl+Return")
    assert says in panel(desk).fault.text()
    assert panel(desk).isVisible()
    assert not written(school)


def test_a_class_teacher_writes_down_none(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = in_role(school.context, Role.TEACHER, "4B")
    desk = at_kaya(school, open_at)
    assert panel(desk).isHidden()
    assert "may not read the log" in desk.said
