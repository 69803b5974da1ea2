"""The school's settings: held from now on, refused in words, and read by those who go by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settings import (
    SchoolSettings,
    change_settings,
    closing_minute_late,
    school_settings,
)
from desktop_app.domain.errors import NeedsReason, NotAllowed, Refused
from desktop_app.domain.school import RegisterTimes, School
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)
TEN = time(10, 0)


def settings(school: SmallSchool) -> SchoolSettings:
    return school_settings(school.context)


def change(school: SmallSchool, by: time = TEN, *, late: bool = True, **facts: object) -> bool:
    wanted: School = replace(settings(school).school, **facts)  # type: ignore[arg-type]
    changed, changes = change_settings(school.context, wanted, closing_minute_late=late, contact_by=by)
    assert changes.book is changed
    return changed


def test_what_holds_where_nobody_said_anything(school: SmallSchool) -> None:
    found = settings(school)
    assert found.closing_minute_late
    assert found.contact_by == TEN
    assert found.most == 30
    assert "at most 30 minutes" in found.law
    assert not change(school), "nothing was changed, so nothing is written"


def test_each_setting_is_kept_and_read(school: SmallSchool) -> None:
    assert change(
        school,
        time(9, 30),
        late=False,
        headteacher=" Ms P Osei ",
        phone="0151 496 0000",
        dfe_number="3402001",
        am_ends=time(11, 50),
    )
    found = settings(school)
    assert found.contact_by == time(9, 30)
    assert (found.school.headteacher, found.school.phone, found.school.dfe_number) == (
        "Ms P Osei",
        "0151 496 0000",
        "340/2001",
    )
    assert found.school.ends(Half.AM) == time(11, 50)
    with school.context.store.reading() as reading:
        assert not closing_minute_late(reading.book)


def test_other_times_hold_from_now_on(school: SmallSchool, clock: StillClock) -> None:
    """Closed at 08:55, a change at nine is an amendment; once the register stays open until 09:10, it is none."""
    child, session = school.pupils["Kaya"], Session(FRIDAY, Half.AM)
    write(school.context, [Edit(child, session, "N")])
    clock.set(2026, 11, 20, 9, 0)
    with pytest.raises(NeedsReason):
        write(school.context, [Edit(child, session, "L")])
    before = settings(school).school
    assert change(school, am=RegisterTimes(time(8, 45), time(9, 10)))
    (written,), _ = write(school.context, [Edit(child, session, "L")])
    assert not written.amended
    with school.context.store.reading(datetime(2026, 11, 20, 8, 59, tzinfo=UTC)) as reading:
        assert reading.book.school() == before


@pytest.mark.parametrize(
    ("facts", "by", "why"),
    [
        ({"am": RegisterTimes(time(8, 45), time(9, 16))}, TEN, "at most 30 minutes"),
        ({"am": RegisterTimes(time(8, 45), time(8, 45))}, TEN, "cannot close at 08:45"),
        ({"pm": RegisterTimes(time(8, 50), time(9, 0))}, TEN, "cannot open at 08:50"),
        ({"am_ends": time(8, 50)}, TEN, "The morning cannot end"),
        ({"pm_ends": time(13, 0)}, TEN, "The afternoon cannot end"),
        ({"name": "  "}, TEN, "needs a name"),
        ({"la": "nowhere"}, TEN, "no authority pack"),
        ({"dfe_number": "34/2001"}, TEN, "three digits and four"),
        ({}, time(8, 55), "Contact by 08:55 cannot be asked"),
        ({}, time(16, 0), "Contact by 16:00 cannot be asked"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    school: SmallSchool, facts: dict[str, object], by: time, why: str
) -> None:
    with school.context.store.reading() as reading:
        head = reading.chain_head
    with pytest.raises(Refused, match=why):
        change(school, by, **facts)
    with school.context.store.reading() as reading:
        assert reading.chain_head == head


def test_where_another_system_is_the_register_nothing_can_be_typed(school: SmallSchool) -> None:
    change(school, is_register=False)
    with pytest.raises(Refused, match="Another system"):
        write(school.context, [Edit(school.pupils["Kaya"], Session(FRIDAY, Half.AM), "/")])


def test_a_teacher_reads_them_and_does_not_change_them(school: SmallSchool) -> None:
    context = replace(school.context, staff=replace(school.context.staff, role=Role.TEACHER), alone=False)
    found = school_settings(context)
    with pytest.raises(NotAllowed, match="change the school’s settings"):
        change_settings(context, found.school, closing_minute_late=False, contact_by=TEN)


def test_the_steps_of_the_policy_are_kept_and_read_by_the_morning_desk(school: SmallSchool) -> None:
    found = settings(school)
    assert found.steps == ("call the second contact", "home visit", "ask the police for a welfare check")
    changed, _ = change_settings(
        school.context,
        found.school,
        closing_minute_late=True,
        contact_by=TEN,
        steps=(" ring again at ten", "", "home visit"),
    )
    assert changed
    assert settings(school).steps == ("ring again at ten", "home visit")
    assert change_settings(school.context, found.school, closing_minute_late=True, contact_by=TEN)[0]
    assert settings(school).steps == found.steps, "none means those that usually hold"
