"""A child's timetable by real keys: agreed, changed, ended; what does not fit is refused in words, nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.arrivals import phone_of
from desktop_app.actions.timetables import timetables_of
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind, Pupil
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.tasks import tasks_due
from tests.support.windows import Desk
from ui.parts.inputs import LineEdit
from ui.pupils.page import PupilsPage
from ui.pupils.timetable_panel import TimetablePanel
from ui.today.page import TodayPage

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.fixture
def desk(school: SmallSchool, open_at) -> Desk:
    opened = open_at("pupils", PupilsPage, TodayPage)
    opened.window.go("pupils", pupil=school.pupils["Kaya"])
    return opened


def panel(desk: Desk) -> TimetablePanel:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child.beside.timetable


def fill(desk: Desk, line: LineEdit, words: str) -> None:
    line.setFocus()
    line.selectAll()
    desk.type(words)


def untick(desk: Desk, *places: int) -> None:
    for place in places:
        panel(desk).week.ticks[place].setFocus()
        desk.press("Space")


def kept(school: SmallSchool, surname: str = "Kaya") -> tuple[Pattern, ...]:
    return timetables_of(school.context, school.pupils[surname])


def head(school: SmallSchool) -> object:
    with school.context.store.reading() as reading:
        return reading.chain_head


def born(school: SmallSchool, day: date) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        child = writing.book.get(Pupil, school.pupils["Kaya"])
        assert child is not None
        writing.book.put(replace(child, date_of_birth=day))


def part_time(desk: Desk) -> None:
    desk.press("t")
    untick(desk, 1, 3)
    form = panel(desk)
    for line, words in (
        (form.first, "23/11/2026"),
        (form.last, "18/12/2026"),
        (form.agreed_with, "Ms K Kaya"),
        (form.agreed_on, "19/11/2026"),
        (form.purpose, "return after an operation"),
        (form.reviews, "4/12, 18/12"),
        (form.hours, "20"),
    ):
        fill(desk, line, words)


def test_a_part_time_timetable_with_a_task_for_each_review(desk: Desk, school: SmallSchool, clock: StillClock) -> None:
    part_time(desk)
    desk.press("Ctrl+Return")
    (one,) = kept(school)
    assert (one.kind, one.expected, one.first, one.last) == ("part-time", "1010111111", MONDAY, date(2026, 12, 18))
    assert (one.agreed_with, one.agreed_on, one.purpose) == (
        "Ms K Kaya", date(2026, 11, 19), "return after an operation",
    )  # fmt: skip
    assert one.reviews == ("2026-12-04", "2026-12-18")
    assert [due.due for due in tasks_due(school.context, date(2026, 12, 31))] == [
        date(2026, 12, 4), date(2026, 12, 18),
    ]  # fmt: skip
    assert desk.said == "Çağla Kaya: the timetable is set."
    assert panel(desk).chosen.currentText().startswith("to come: Part-time")


def test_it_is_changed_and_ended(desk: Desk, school: SmallSchool, clock: StillClock) -> None:
    part_time(desk)
    desk.press("Ctrl+Return")
    clock.set(2026, 11, 25, 9, 0)
    fill(desk, panel(desk).hours, "22")
    desk.press("Ctrl+Return")
    assert [one.hours for one in kept(school)] == ["22"]
    fill(desk, panel(desk).reviews, "11/12")
    desk.press("Ctrl+Return")
    assert [due.due for due in tasks_due(school.context, date(2026, 12, 31))] == [date(2026, 12, 11)]
    panel(desk).ends.setFocus()
    desk.press("Space")
    assert [one.last for one in kept(school)] == [date(2026, 11, 25)]
    assert tasks_due(school.context, date(2026, 12, 31)) == ()
    assert "marks stay as they are" in desk.said


def test_one_to_come_is_taken_back(desk: Desk, school: SmallSchool) -> None:
    part_time(desk)
    desk.press("Ctrl+Return")
    assert panel(desk).ends.text() == "Take it back"
    panel(desk).ends.setFocus()
    desk.press("Space")
    assert kept(school) == ()


@pytest.mark.parametrize(("field", "words", "why"), [
    ("last", "", "temporary: give its last day"),
    ("last", "20/11/2026", "before it begins"),
    ("last", "31/31", "not a day"),
    ("agreed_with", "", "with which parent"),
    ("purpose", "", "Say what it is for"),
    ("reviews", "", "at least one review"),
    ("reviews", "8/1/2027", "between the first and the last day"),
    ("reviews", "soon", "not a day"),
])  # fmt: skip
def test_what_is_missing_is_said_and_nothing_changes(
    desk: Desk, school: SmallSchool, field: str, words: str, why: str
) -> None:
    part_time(desk)
    before = head(school)
    line: LineEdit = getattr(panel(desk), field)
    line.setFocus()
    line.selectAll()
    desk.press("Delete")
    desk.type(words)
    desk.press("Ctrl+Return")
    assert why in panel(desk).fault.text()
    assert kept(school) == ()
    assert head(school) == before


def test_c2_for_a_child_of_four_and_x_for_one_of_age_are_refused(desk: Desk, school: SmallSchool) -> None:
    desk.press("t")
    panel(desk).kind.choose(PatternKind.NURSERY)
    untick(desk, 1)
    desk.press("Ctrl+Return")
    assert "X is never for a pupil of compulsory school age" in panel(desk).fault.text()
    assert kept(school) == ()
    desk.press("Escape")
    born(school, date(2022, 3, 1))
    desk.window.go("today")
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    part_time(desk)
    desk.press("Ctrl+Return")
    assert "not of compulsory school age then" in panel(desk).fault.text()
    assert kept(school) == ()
    panel(desk).kind.choose(PatternKind.NURSERY)
    desk.press("Ctrl+Return")
    assert [one.kind for one in kept(school)] == ["nursery"]


def test_a_second_one_at_the_same_time_is_refused(desk: Desk, school: SmallSchool) -> None:
    part_time(desk)
    desk.press("Ctrl+Return")
    panel(desk).chosen.setCurrentIndex(1)
    panel(desk).kind.choose(PatternKind.DUAL)
    untick(desk, 0)
    fill(desk, panel(desk).provider, "Oak School")
    desk.press("Ctrl+Return")
    assert "has a timetable from Mon 23 Nov 2026 already" in panel(desk).fault.text()
    assert len(kept(school)) == 1


def test_the_social_worker_is_told(desk: Desk, school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.SOCIAL_WORKER, "Ms Reed", date(2026, 9, 1)))
    part_time(desk)
    desk.press("Ctrl+Return")
    assert "Say when the social worker was told" in panel(desk).fault.text()
    fill(desk, panel(desk).told, "Ms Reed, 19 Nov")
    desk.press("Ctrl+Return")
    assert [one.told for one in kept(school)] == ["Ms Reed, 19 Nov"]


def test_alternative_provision_has_its_provider_with_a_number(desk: Desk, school: SmallSchool) -> None:
    desk.press("t")
    panel(desk).kind.choose(PatternKind.ALTERNATIVE)
    untick(desk, 8, 9)
    desk.press("Ctrl+Return")
    assert "Say who provides it" in panel(desk).fault.text()
    fill(desk, panel(desk).provider, "Hope Farm")
    desk.press("Ctrl+Return")
    assert "its nature is recorded" in panel(desk).fault.text()
    fill(desk, panel(desk).nature, "animal care")
    fill(desk, panel(desk).phone, "0151 496 0123")
    desk.press("Ctrl+Return")
    (one,) = kept(school)
    assert (one.code, one.provider, one.note, one.expected) == ("K", "Hope Farm", "animal care", "1111111100")
    assert phone_of(school.context, "Hope Farm") == "0151 496 0123"
    assert panel(desk).phone.text() == "0151 496 0123"
