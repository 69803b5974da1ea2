"""What stands by itself becomes a mark when its session is past, whoever opened the register; the rest is confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settle import settle, settling_due
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import MarkChange, Source
from desktop_app.domain.people import Pattern, Pupil
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)
AM, PM = Session(FRIDAY, Half.AM), Session(FRIDAY, Half.PM)


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


def whole_day(school: SmallSchool, surname: str, code: str, **more: object) -> Plan:
    return Plan(0, school.pupils[surname], code, FRIDAY, Half.AM, FRIDAY, Half.PM, **more)  # type: ignore[arg-type]


def history(school: SmallSchool, surname: str, day: date = FRIDAY) -> list[MarkChange]:
    with school.context.store.reading() as reading:
        return reading.marks.history(school.pupils[surname], day, day)


def codes(school: SmallSchool, surname: str, day: date = FRIDAY) -> list[str]:
    return [change.code for change in history(school, surname, day)]


def test_a_planned_absence_stands_once_its_session_is_past_and_not_before(
    school: SmallSchool, clock: StillClock
) -> None:
    put(school, whole_day(school, "Kaya", "M", note="dentist"))
    clock.set(2026, 11, 20, 11, 59)
    assert not settling_due(school.context)
    assert not settle(school.context).marks
    clock.set(2026, 11, 20, 12, 0)
    assert settling_due(school.context)
    assert settle(school.context).pupils == {school.pupils["Kaya"]}
    assert codes(school, "Kaya") == ["M"]
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya") == ["M", "M"]
    assert {change.source for change in history(school, "Kaya")} == {Source.PLAN}
    assert {change.note for change in history(school, "Kaya")} == {"dentist"}
    assert not settle(school.context).marks, "twice is once"


@pytest.mark.parametrize("code", ["K", "V", "P", "W", "B"])
def test_attendance_elsewhere_is_never_written_by_a_plan(school: SmallSchool, clock: StillClock, code: str) -> None:
    put(school, whole_day(school, "Kaya", code, provider="The museum", note="visit"))
    clock.set(2026, 11, 23, 8, 0)
    assert not settle(school.context).marks
    assert codes(school, "Kaya") == []


def test_a_mark_that_stands_is_not_touched(school: SmallSchool, clock: StillClock) -> None:
    put(school, whole_day(school, "Kaya", "M"))
    clock.set(2026, 11, 20, 8, 50)
    (written,), _ = write(school.context, [Edit(school.pupils["Kaya"], AM, "/")])
    assert written.planned == "M"
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya") == ["/", "M"]


def test_an_unexpected_closure_gives_each_pupil_its_code_and_takes_no_session_away(
    school: SmallSchool, clock: StillClock
) -> None:
    put(school, Period(0, PeriodKind.SITE_CLOSED, "Snow", FRIDAY, FRIDAY, Half.PM))
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    for surname in school.pupils:
        assert codes(school, surname) == ["Y4"]
        assert history(school, surname)[0].note == "Snow"


def test_a_timetable_gives_x_below_compulsory_age_and_c2_from_it(school: SmallSchool, clock: StillClock) -> None:
    """A child born on 10 October 2021 is of compulsory age on 31 December 2026: X before, C2 from then."""
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils["Kaya"])
    assert child is not None
    put(
        school,
        replace(child, date_of_birth=date(2021, 10, 10)),
        Pattern(0, child.id, "part-time", "1010101010", date(2026, 12, 14), date(2027, 1, 8)),
    )
    clock.set(2027, 1, 11, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya", date(2026, 12, 18)) == ["X"]
    assert codes(school, "Kaya", date(2027, 1, 4)) == ["C2"]


def test_a_nursery_timetable_ends_by_itself_at_compulsory_age(school: SmallSchool, clock: StillClock) -> None:
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils["Kaya"])
    assert child is not None
    put(
        school,
        replace(child, date_of_birth=date(2021, 10, 10)),
        Pattern(0, child.id, "nursery", "1010101010", date(2026, 9, 1)),
    )
    clock.set(2027, 1, 11, 8, 0)
    settle(school.context)
    assert codes(school, "Kaya", date(2026, 12, 18)) == ["X"]
    assert codes(school, "Kaya", date(2027, 1, 4)) == []


@pytest.mark.parametrize(("born", "code", "why"), [
    (date(2018, 2, 14), "X", "is not for a pupil of compulsory school age"),
    (date(2022, 6, 1), "C2", "only for a pupil of compulsory school age"),
])  # fmt: skip
def test_x_and_c2_are_refused_at_the_wrong_age(
    school: SmallSchool, clock: StillClock, born: date, code: str, why: str
) -> None:
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils["Kaya"])
    assert child is not None
    put(school, replace(child, date_of_birth=born))
    clock.set(2026, 11, 20, 9, 0)
    with pytest.raises(Refused, match=why):
        write(school.context, [Edit(child.id, AM, code)])
    assert codes(school, "Kaya") == []


def test_alternative_provision_is_due_every_day_until_somebody_confirms(school: SmallSchool, clock: StillClock) -> None:
    pattern = Pattern(0, school.pupils["Kaya"], "alternative", "1111000011", date(2026, 11, 2), code="B")
    put(school, replace(pattern, provider="The Bridge", note="motor vehicle course"))
    clock.set(2026, 11, 23, 8, 0)
    settle(school.context)
    assert [codes(school, "Kaya", date(2026, 11, day)) for day in (18, 19)] == [[], []]
    assert len(HALVES) == 2
