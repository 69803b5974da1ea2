"""A signed-off week, and a register long closed, are changed by a plan or a class as little as by a mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.admission import admit, correct, move
from desktop_app.actions.plans import change_plan, end_plan, plan
from desktop_app.actions.settle import settle
from desktop_app.actions.timetables import end_timetable, set_timetable
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.school import ClosedWeek, Plan
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.newcomers import FRIDAY, MONDAY, NEW, THURSDAY, child, head
from tests.support.people import in_role
from tests.support.schools import SmallSchool, pupil

WEEK = date(2026, 11, 16)
TUESDAY = date(2026, 11, 24)
MORNINGS = "1010101010"


@pytest.fixture
def signed(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """The school on the Tuesday after a week that was signed off."""
    clock.set(2026, 11, 24, 9, 0)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(ClosedWeek(0, WEEK))
    return school


def ill(first: date, last: date | None = None) -> Plan:
    return Plan(0, 0, "I", first, Half.AM, last or first, Half.PM)


def part_time(school: SmallSchool, first: date) -> Pattern:
    return Pattern(
        id=0, pupil=school.pupils["Kaya"], kind=PatternKind.PART_TIME, first=first, last=date(2026, 12, 4),
        expected=MORNINGS, purpose="back after an illness", agreed_with="Ms K Kaya", agreed_on=date(2026, 11, 2),
        reviews=("2026-12-01",),
    )  # fmt: skip


def codes(school: SmallSchool, day: date) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.code for one in reading.marks.between(day, day, [school.pupils["Kaya"]])]


Deed = Callable[[Context, SmallSchool], object]
INTO: dict[str, Deed] = {
    "plan": lambda context, school: plan(context, ill(FRIDAY, TUESDAY), [school.pupils["Kaya"]]),
    "timetable": lambda context, school: set_timetable(context, part_time(school, THURSDAY)),
    "admit": lambda context, _: admit(context, replace(NEW, starting_day=THURSDAY), "4B", "4", agreed_before=True),
    "move": lambda context, school: move(context, [school.pupils["Kaya"]], "5C", "5", FRIDAY),
    "correct": lambda context, school: correct(
        context, replace(child(school, school.pupils["Kaya"]), starting_day=THURSDAY)
    ),
}


@pytest.mark.parametrize("deed", INTO.values(), ids=INTO)
def test_a_deed_into_a_signed_off_week_is_the_leads(signed: SmallSchool, deed: Deed) -> None:
    before = head(signed)
    with pytest.raises(NotAllowed, match="signed off"):
        deed(in_role(signed.context, Role.OFFICE), signed)
    assert head(signed) == before
    deed(in_role(signed.context, Role.ATTENDANCE_LEAD), signed)
    assert head(signed) != before


def test_after_the_signed_off_week_the_office_does_as_before(signed: SmallSchool) -> None:
    office, kaya = in_role(signed.context, Role.OFFICE), signed.pupils["Kaya"]
    plan(office, ill(MONDAY), [kaya])
    assert codes(signed, MONDAY) == ["I", "I"]
    move(office, [kaya], "5C", "5", MONDAY)
    admit(office, replace(NEW, starting_day=MONDAY), "4B", "4", agreed_before=True)
    made, _ = set_timetable(office, part_time(signed, TUESDAY))
    end_timetable(office, made, date(2026, 11, 27))


def test_a_plan_that_began_in_it_is_lengthened_and_ended_but_not_changed_there(signed: SmallSchool) -> None:
    office, kaya = in_role(signed.context, Role.OFFICE), signed.pupils["Kaya"]
    made, _ = plan(signed.context, ill(FRIDAY, MONDAY), [kaya])
    longer = replace(made.plans[0], last=date(2026, 11, 26))
    change_plan(office, longer)
    for changed in (replace(longer, code="M"), replace(longer, first=THURSDAY)):
        with pytest.raises(NotAllowed, match="signed off"):
            change_plan(office, changed)
    end_plan(office, longer.id, TUESDAY)
    assert codes(signed, FRIDAY) == ["I", "I"]


def test_ending_a_timetable_opens_no_gap_in_it(signed: SmallSchool) -> None:
    made, _ = set_timetable(signed.context, part_time(signed, date(2026, 11, 16)))
    with pytest.raises(NotAllowed, match="signed off"):
        end_timetable(in_role(signed.context, Role.OFFICE), made, THURSDAY)


def test_what_was_planned_before_becomes_a_mark_whoever_is_there(school: SmallSchool, clock: StillClock) -> None:
    plan(school.context, ill(FRIDAY, MONDAY), [school.pupils["Kaya"]])
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(ClosedWeek(0, WEEK))
    clock.set(2026, 11, 24, 9, 0)
    settle(in_role(school.context, Role.OFFICE))
    assert codes(school, FRIDAY) == ["I", "I"]


def test_a_plan_reaches_no_further_back_than_a_mark_may_be_written(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 24, 9, 0)
    office, key = in_role(school.context, Role.OFFICE), [school.pupils["Kaya"]]
    with pytest.raises(Refused, match=r"13 Nov.* is too long ago: .* 10 days back"):
        plan(office, ill(date(2026, 11, 13), TUESDAY), key)
    with pytest.raises(Refused, match="too long ago"):
        set_timetable(office, part_time(school, date(2026, 11, 12)))
    made, _ = plan(office, ill(date(2026, 11, 14), date(2026, 12, 4)), key)
    with pytest.raises(Refused, match="too long ago"):
        change_plan(office, replace(made.plans[0], first=date(2026, 11, 12)))
    plan(in_role(school.context, Role.ATTENDANCE_LEAD), ill(date(2026, 11, 10)), key)


def test_a_brother_who_starts_later_is_no_matter_of_the_week(signed: SmallSchool) -> None:
    office = in_role(signed.context, Role.OFFICE)
    admit(office, replace(pupil("Zamora", "Ada", 41), starting_day=TUESDAY), "4B", "4")
