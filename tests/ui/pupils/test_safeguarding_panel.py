"""Safeguarding beside a child's page, by real keys: that the lead was told, and the lead's hold, its reason sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.holds import holds
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.today import today
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.page import PupilsPage
from ui.pupils.safeguarding_panel import SafeguardingPanel

FRIDAY = date(2026, 11, 20)


def at_kaya(school: SmallSchool, open_at) -> Desk:
    desk: Desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("s")
    return desk


def panel(desk: Desk) -> SafeguardingPanel:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.beside.safeguarding


def test_one_key_says_that_the_lead_was_told_and_nothing_of_what(school: SmallSchool, open_at) -> None:
    desk = at_kaya(school, open_at)
    assert desk.focus is panel(desk).tell
    desk.press("Space")
    assert desk.said == "Recorded: told about Çağla Kaya."
    with school.context.store.reading() as reading:
        (told,) = reading.entries.all(kinds=[EntryKind.TOLD])
    assert (told.outcome, told.restricted, told.pupils) == ("Dr A Rahman was told", True, (school.pupils["Kaya"],))


def test_a_family_is_held_with_a_sealed_reason_and_let_go(school: SmallSchool, open_at) -> None:
    write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "N")])
    desk = at_kaya(school, open_at)
    desk.press("Ctrl+Return")
    assert "Say why: it is sealed" in panel(desk).fault.text()
    assert holds(school.context) == ()
    panel(desk).reason.setFocus()
    desk.type("strategy meeting on Monday")
    desk.press("Ctrl+Return")
    assert desk.said == "The family of Çağla Kaya is held from Fri 20 Nov 2026."
    (line,) = holds(school.context)
    assert (line.hold.first, line.hold.last, line.reason) == (FRIDAY, None, "strategy meeting on Monday")
    assert "strategy" not in line.hold.sealed
    (family,) = today(school.context).calling
    assert (family.held, family.number) == (True, "")
    desk.press("s")
    assert panel(desk).standing.text() == "Held from Fri 20 Nov 2026: strategy meeting on Monday"
    panel(desk).end.setFocus()
    desk.press("Space")
    assert holds(school.context)[0].hold.last == FRIDAY
    desk.press("s")
    panel(desk).last.setFocus()
    desk.type("soon")
    desk.press("Ctrl+Return")
    assert "That is not a day" in panel(desk).fault.text()


def test_whoever_may_not_hold_sees_neither_hold_nor_reason(school: SmallSchool, open_at) -> None:
    staff = replace(school.context.staff, role=Role.OFFICE)
    school.context = replace(school.context, staff=staff, alone=False)
    desk = at_kaya(school, open_at)
    for widget in (panel(desk).standing, panel(desk).reason, panel(desk).hold, panel(desk).end):
        assert not widget.isVisible()
    assert panel(desk).tell.isVisible()
    desk.press("Ctrl+Return")
    with school.context.store.reading() as reading:
        assert reading.entries.all(kinds=[EntryKind.TOLD]) == []
