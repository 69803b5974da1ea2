"""Plans and timetables: refused in words where they do not fit, standing by themselves where they do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.planned import planned_of
from desktop_app.actions.plans import Planned, change_plan, end_plan, plan
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settle import settle
from desktop_app.actions.tasks import close_task
from desktop_app.actions.timetables import end_timetable, set_timetable, timetables_of
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Flag, FlagKind, Pattern, Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool
from tests.support.tasks import tasks_due

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
AM, PM = Session(FRIDAY, Half.AM), Session(FRIDAY, Half.PM)


def wanted(code: str, first: date = FRIDAY, last: date | None = None, **more: object) -> Plan:
    return Plan(0, 0, code, first, Half.AM, last or first, Half.PM, **more)  # type: ignore[arg-type]


def planned(school: SmallSchool, surname: str, one: Plan) -> Planned:
    return plan(school.context, one, [school.pupils[surname]])[0]


def codes(school: SmallSchool, surname: str, day: date = FRIDAY) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.code for one in reading.marks.between(day, day, [school.pupils[surname]])]


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


LEAVE = {"asked_by": "Ms K Kaya", "asked_on": date(2026, 11, 2), "decided_by": "Dr A Rahman"}


@pytest.mark.parametrize(("one", "why"), [
    (wanted("/"), "seen on the day"),
    (wanted("N"), "seen on the day"),
    (wanted("Y4"), "seen on the day"),
    (wanted("#"), "seen on the day"),
    (wanted("Q9"), "is not an attendance code"),
    (wanted("X"), "belongs to the pupil’s timetable"),
    (wanted("C2"), "belongs to the pupil’s timetable"),
    (wanted("B"), "needs a note"),
    (wanted("K", note="tuition"), "needs the place"),
    (wanted("C"), "is leave: say who asked"),
    (wanted("C", **{**LEAVE, "asked_on": date(2026, 12, 1)}), "asked for in advance"),
    (wanted("M", FRIDAY, date(2026, 11, 19)), "before it begins"),
    (wanted("M", date(2026, 10, 26), date(2026, 10, 30)), "the school is closed"),
    (wanted("M", date(2022, 9, 1)), "starts only on"),
    (wanted("H"), "was withdrawn"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_changes(school: SmallSchool, one: Plan, why: str) -> None:
    with school.context.store.reading() as reading:
        head = reading.chain_head
    with pytest.raises(Refused, match=why):
        planned(school, "Kaya", one)
    with school.context.store.reading() as reading:
        assert reading.chain_head == head


def test_overlapping_plans_are_refused(school: SmallSchool) -> None:
    planned(school, "Kaya", wanted("M", MONDAY))
    with pytest.raises(Refused, match="has M planned already"):
        planned(school, "Kaya", wanted("I", FRIDAY, MONDAY))
    assert len(planned_of(school.context, school.pupils["Kaya"])) == 1


def test_if_the_child_comes_after_all_a_stroke_is_enough(school: SmallSchool, clock: StillClock) -> None:
    planned(school, "Kaya", wanted("M", note="dentist"))
    (written,), _ = write(school.context, [Edit(school.pupils["Kaya"], AM, "/")])
    assert written.planned == "M"
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya") == ["/", "M"]


def test_a_plan_for_days_that_are_past_stands_at_once_and_leaves_marks_alone(school: SmallSchool) -> None:
    thursday = date(2026, 11, 19)
    write(school.context, [Edit(school.pupils["Kaya"], Session(thursday, Half.AM), "N")])
    found = planned(school, "Kaya", wanted("I", thursday))
    assert found.marks == 1
    assert [mark.code for mark in found.standing] == ["N"]
    assert codes(school, "Kaya", thursday) == ["N", "I"]


def test_changing_or_ending_a_plan_never_touches_a_mark(school: SmallSchool, clock: StillClock) -> None:
    (made,) = planned(school, "Kaya", wanted("I", FRIDAY, date(2026, 11, 24))).plans
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    change_plan(school.context, replace(made, code="M"))
    assert codes(school, "Kaya") == ["I", "I"]
    end_plan(school.context, made.id, FRIDAY)
    clock.set(2026, 11, 25, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya") == ["I", "I"]
    assert codes(school, "Kaya", MONDAY) == []
    end_plan(school.context, made.id)
    assert planned_of(school.context, school.pupils["Kaya"]) == ()
    assert codes(school, "Kaya") == ["I", "I"]


def test_leave_is_given_by_whoever_has_that_right(school: SmallSchool) -> None:
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed, match="grant leave"):
        plan(office, wanted("C", MONDAY, **LEAVE), [school.pupils["Kaya"]])
    plan(office, wanted("M", MONDAY), [school.pupils["Kaya"]])
    lead = replace(office, staff=replace(office.staff, role=Role.ATTENDANCE_LEAD, rights=(Right.GRANT_LEAVE.value,)))
    plan(lead, wanted("C", date(2026, 11, 24), **LEAVE), [school.pupils["Kaya"]])


def timetable(school: SmallSchool, **more: object) -> Pattern:
    facts: dict[str, object] = {
        "id": 0, "pupil": school.pupils["Kaya"], "kind": "part-time", "expected": "1010101010", "first": FRIDAY,
        "last": date(2026, 12, 18), "agreed_with": "Ms K Kaya", "agreed_on": date(2026, 11, 16),
        "purpose": "return after an operation", "reviews": ("2026-12-04",), "hours": "15",
    }  # fmt: skip
    return Pattern(**{**facts, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("more", "why"), [
    ({"last": None}, "give its last day"),
    ({"last": date(2026, 11, 1)}, "before it begins"),
    ({"agreed_with": ""}, "with which parent"),
    ({"purpose": ""}, "what it is for"),
    ({"reviews": ()}, "at least one review"),
    ({"reviews": ("2027-12-04",)}, "between the first and the last"),
    ({"expected": "1111111111"}, "no timetable of its own"),
    ({"expected": "10101"}, "ten characters"),
    ({"kind": "nursery"}, "never for a pupil of compulsory school age"),
    ({"kind": "dual"}, "which other school"),
    ({"kind": "alternative", "code": "M"}, "code of the provision"),
    ({"kind": "alternative", "code": "B"}, "who provides it"),
    ({"kind": "alternative", "code": "B", "provider": "The Bridge"}, "its nature is recorded"),
])  # fmt: skip
def test_a_timetable_that_lacks_something_is_refused(school: SmallSchool, more: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        set_timetable(school.context, timetable(school, **more))
    assert timetables_of(school.context, school.pupils["Kaya"]) == ()


def test_c2_is_not_for_a_four_year_old(school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils["Kaya"])
    assert child is not None
    put(school, replace(child, date_of_birth=date(2022, 6, 1)))
    with pytest.raises(Refused, match="not of compulsory school age"):
        set_timetable(school.context, timetable(school))


def test_whoever_has_to_be_told_is_asked_for(school: SmallSchool) -> None:
    put(school, Flag(0, school.pupils["Kaya"], FlagKind.SOCIAL_WORKER, "Ms W", date(2026, 9, 1)))
    with pytest.raises(Refused, match="the social worker was told"):
        set_timetable(school.context, timetable(school))
    set_timetable(school.context, timetable(school, told="Ms W, 16 November"))


def test_a_timetable_makes_a_task_for_each_review_and_ends_by_itself(school: SmallSchool, clock: StillClock) -> None:
    pattern, _ = set_timetable(school.context, timetable(school))
    assert tasks_due(school.context, date(2026, 12, 3)) == ()
    (due,) = tasks_due(school.context, date(2026, 12, 4))
    clock.set(2026, 12, 4, 10, 0)
    close_task(school.context, due.id, "Goes on to the end as agreed")
    assert tasks_due(school.context, date(2026, 12, 31)) == ()
    with pytest.raises(Refused, match="closed already"):
        close_task(school.context, due.id, "again")
    with pytest.raises(Refused, match="has a timetable from"):
        set_timetable(school.context, timetable(school))
    clock.set(2027, 1, 6, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya") == ["C2"]
    assert codes(school, "Kaya", date(2027, 1, 5)) == []
    end_timetable(school.context, pattern, date(2026, 12, 1))
    assert timetables_of(school.context, school.pupils["Kaya"])[0].last == date(2026, 12, 1)
    assert codes(school, "Kaya", date(2026, 12, 18)) == ["C2"]


def test_a_plan_under_an_unexpected_closure_is_refused_or_says_which_sessions_are_closed(
    school: SmallSchool, clock: StillClock
) -> None:
    put(school, Period(0, PeriodKind.SITE_CLOSED, "snow", MONDAY, MONDAY))
    put(school, Period(0, PeriodKind.PART_CLOSED, "boiler", date(2026, 11, 24), date(2026, 11, 24), classes=("5C",)))
    with pytest.raises(Refused, match=r"closed unexpectedly then \(Mon 23 Nov 2026 AM and PM"):
        planned(school, "Kaya", wanted("M", MONDAY))
    found = planned(school, "Kaya", wanted("M", FRIDAY, date(2026, 11, 24)))
    assert found.closed == (Session(MONDAY, Half.AM), Session(MONDAY, Half.PM))
    with pytest.raises(Refused, match="closed unexpectedly"):
        change_plan(school.context, replace(found.plans[0], first=MONDAY, last=MONDAY))
    shorter = replace(found.plans[0], first_half=Half.PM, last=MONDAY, last_half=Half.AM)
    changed, _ = change_plan(school.context, shorter)
    assert changed.closed == (Session(MONDAY, Half.AM),)
    clock.set(2026, 11, 24, 9, 0)
    settle(school.context)
    assert codes(school, "Kaya", MONDAY) == ["Y4", "Y4"]
    assert planned(school, "Doyle", wanted("M", date(2026, 11, 24))).closed == ()
