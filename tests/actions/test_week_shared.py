"""A class's week is worked out once for the pupils it is the same for; nobody's week may come from another's."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.register_page import RegisterPage, page
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pattern, PatternKind
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import HALVES, Half
from tests.support.schools import SmallSchool

MON = date(2026, 11, 9)
DAYS = st.integers(-3, 7).map(lambda number: MON + timedelta(days=number))
PLACES = st.lists(st.tuples(st.sampled_from(["4B", "5A"]), DAYS, st.none() | DAYS), max_size=3)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(DAYS, st.none() | DAYS, PLACES)
def test_a_settled_pupil_is_in_one_class_and_on_roll_every_day(
    school: SmallSchool, starting: date, leaving: date | None, places: list[tuple[str, date, date | None]]
) -> None:
    roll, key = _roll(school), school.pupils["Doyle"]
    pupil = dataclasses.replace(roll.pupils[key], starting_day=starting, leaving_day=leaving)
    held = tuple(Membership(n, key, name, "4", first, last) for n, (name, first, last) in enumerate(places, 1))
    changed = dataclasses.replace(roll, pupils={key: pupil}, memberships={key: held})
    days = [MON + timedelta(days=number) for number in range(5)]
    if (place := changed.settled(key, days[0], days[-1])) is not None:
        assert all(pupil.on_roll(day) and changed.place(key, day) == place for day in days)


def test_only_who_is_set_apart_has_a_week_of_their_own(school: SmallSchool) -> None:
    tobi, lucja, hamza, minh, ryan, cagla = school.pupils.values()
    roll = _roll(school)
    with school.context.store.writing(school.context.deed("set apart")) as writing:
        writing.book.put(dataclasses.replace(roll.pupils[lucja], starting_day=MON + timedelta(days=2)))
        writing.book.put(_half_days(hamza))
        writing.book.put(Plan(0, minh, "M", MON, Half.PM, MON, Half.PM, "dentist"))
        writing.book.put(Membership(0, ryan, "5A", "5", MON + timedelta(days=4)))
        writing.marks.add([NewMark(cagla, MON, Half.AM, "L", 7)])
    read = page(school.context, "4B", MON)
    assert _apart(read, tobi) == {}
    assert _apart(read, cagla) == {}
    assert {day for day, _ in _apart(read, lucja)} == {MON, MON + timedelta(days=1)}
    assert _apart(read, hamza) == {(MON + timedelta(days=n), Half.PM): "C2" for n in range(5)}
    assert _apart(read, minh) == {(MON, Half.PM): "M"}
    assert _apart(read, ryan) == {(MON + timedelta(days=4), half): "in class 5A that day" for half in HALVES}
    late = next(row for row in read.rows if row.pupil.id == cagla).cells
    assert [cell.mark and (cell.mark.code, cell.mark.minutes) for cell in late] == [("L", 7), *[None] * 9]


def _half_days(pupil: int) -> Pattern:
    return Pattern(0, pupil, PatternKind.PART_TIME, "1010101010", date(2026, 9, 7), date(2026, 12, 4))


def _roll(school: SmallSchool) -> Roll:
    with school.context.store.reading() as reading:
        return read_roll(reading.book)


def _apart(read: RegisterPage, pupil: int) -> dict[tuple[date, Half], str]:
    """What the pupil's week says that the columns do not say of everybody."""
    cells = next(row for row in read.rows if row.pupil.id == pupil).cells
    return {
        (column.session.day, column.session.half): cell.planned or cell.why
        for column, cell in zip(read.columns, cells, strict=True)
        if cell.planned or cell.why != column.why
    }
