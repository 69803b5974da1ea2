"""What comes with a day: a timetable that ends or ran out, the return of a new pupil, who does not arrive."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.people import Membership, Pattern, PatternKind
from desktop_app.domain.rulebook import Rulebook
from tests.support.watching import coded, entry, look, met, sessions

FRIDAY = date(2026, 11, 20)


def timetable(first: date, last: date, kind: PatternKind = PatternKind.PART_TIME, key: int = 1) -> Pattern:
    return Pattern(key, 1, kind, "1010101010", first, last)


@pytest.mark.parametrize(("on", "listed"), [
    (date(2026, 11, 5), False), (date(2026, 11, 6), True), (FRIDAY, True), (date(2026, 11, 21), True),
    (date(2027, 6, 1), True),
])  # fmt: skip
def test_a_part_time_timetable_in_its_last_two_weeks_and_after(rulebook: Rulebook, on: date, listed: bool) -> None:
    found = met(look(rulebook, {}, on, patterns=[timetable(date(2026, 10, 5), FRIDAY)]), "timetable-ending")
    assert bool(found) is listed
    assert not listed or (found[0].since, found[0].due) == (date(2026, 11, 6), FRIDAY)
    assert not listed or ("ended on" in found[0].says) is (on > FRIDAY)
    nursery = timetable(date(2026, 10, 5), FRIDAY, PatternKind.NURSERY)
    assert not met(look(rulebook, {}, on, patterns=[nursery]), "timetable-ending")


def test_a_timetable_that_ran_out_stays_till_it_is_decided_or_agreed_anew(rulebook: Rulebook) -> None:
    over, on = timetable(date(2026, 10, 5), FRIDAY), date(2026, 12, 4)
    assert met(look(rulebook, {}, on, patterns=[over]), "timetable-ending")
    again = timetable(date(2026, 11, 23), date(2027, 1, 29), key=2)
    assert not met(look(rulebook, {}, on, patterns=[over, again]), "timetable-ending")
    full = entry(EntryKind.DECISION, datetime(2026, 11, 24, 9), "full time", details={"trigger": "timetable-ending"})
    assert not met(look(rulebook, {}, on, patterns=[over], decisions=[full]), "timetable-ending")
    long_ago = timetable(date(2025, 10, 6), date(2025, 11, 21))
    assert not met(look(rulebook, {}, on, patterns=[long_ago]), "timetable-ending")


def test_it_is_due_on_a_school_day(rulebook: Rulebook) -> None:
    """One that ends in the half term is seen to before it."""
    (found,) = met(
        look(rulebook, {}, date(2026, 10, 22), patterns=[timetable(date(2026, 9, 7), date(2026, 10, 30))]),
        "timetable-ending",
    )
    assert found.due == date(2026, 10, 23)
    assert "ends on Fri 30 Oct 2026" in found.says


@pytest.mark.parametrize(("on", "listed", "over"), [
    (date(2026, 11, 8), False, False), (date(2026, 11, 9), True, False), (date(2026, 11, 14), True, False),
    (date(2026, 11, 15), True, True),
])  # fmt: skip
def test_the_return_of_a_new_pupil_by_the_fifth_calendar_day(
    rulebook: Rulebook, on: date, listed: bool, over: bool
) -> None:
    found = met(look(rulebook, {}, on, starts=date(2026, 11, 9)), "new-pupil-return")
    assert bool(found) is listed
    assert not listed or (found[0].since, found[0].due) == (date(2026, 11, 9), date(2026, 11, 14))
    assert not listed or ("The time is over." in found[0].says) is over


@pytest.mark.parametrize(("year", "admitted", "listed"), [
    ("R", True, False), ("4", True, True), ("4", False, False), ("R", False, False),
])  # fmt: skip
def test_who_starts_with_the_school_year(rulebook: Rulebook, year: str, admitted: bool, listed: bool) -> None:
    """The most junior class is not returned; of a list brought in nobody knows when a name was entered."""
    on_register = [entry(EntryKind.ADMISSION, datetime(2026, 9, 2, 9))] if admitted else []
    child = look(rulebook, {}, date(2026, 9, 4), starts=date(2026, 9, 3), year=year, entries=on_register)
    assert bool(met(child, "new-pupil-return")) is listed


@pytest.mark.parametrize(("admitted", "starts", "on", "due"), [
    (date(2026, 11, 10), FRIDAY, date(2026, 11, 19), None),  # recorded ten days before the start: nothing yet
    (date(2026, 11, 10), FRIDAY, FRIDAY, date(2026, 11, 25)),
    (date(2026, 11, 23), FRIDAY, date(2026, 11, 24), date(2026, 11, 28)),  # recorded on the Monday after
    (date(2026, 4, 20), date(2026, 9, 3), date(2026, 9, 4), date(2026, 9, 8)),
    (date(2026, 8, 28), date(2026, 8, 30), date(2026, 9, 2), date(2026, 9, 4)),
    (date(2026, 7, 14), date(2026, 7, 15), date(2026, 9, 2), date(2026, 7, 20)),
    (None, date(2026, 7, 15), date(2026, 9, 2), date(2026, 7, 20)),
    (None, date(2025, 9, 2), date(2026, 9, 2), None),
])  # fmt: skip
def test_a_name_is_entered_with_the_starting_day(
    rulebook: Rulebook, admitted: date | None, starts: date, on: date, due: date | None
) -> None:
    written = [entry(EntryKind.ADMISSION, datetime.combine(admitted, datetime.min.time()))] if admitted else []
    found = met(look(rulebook, {}, on, starts=starts, entries=written), "new-pupil-return")
    assert [one.due for one in found] == ([due] if due else [])


def test_who_joined_reception_in_july_is_a_new_pupil_in_september(rulebook: Rulebook) -> None:
    written = [entry(EntryKind.ADMISSION, datetime(2026, 7, 13, 9))]
    classes = [
        Membership(1, 1, "RH", "R", date(2026, 7, 13), date(2026, 8, 31)),
        Membership(2, 1, "1H", "1", date(2026, 9, 1)),
    ]
    late = look(
        rulebook, {}, date(2026, 9, 3), starts=date(2026, 7, 14), entries=written, memberships=classes, year="1"
    )
    assert met(late, "new-pupil-return"), "not on the first day of the year"


@pytest.mark.parametrize("on", [date(2026, 7, 20), date(2026, 9, 1), date(2026, 9, 11), date(2026, 12, 4)])
def test_who_never_arrived_is_listed_over_the_first_of_september(rulebook: Rulebook, on: date) -> None:
    starts = date(2026, 7, 10)
    missed = {one: "N" for one in sessions(starts, 200) if one.day <= on}
    (found,) = met(look(rulebook, missed, on, starts=starts, present=False), "admission-due")
    assert (found.since, len(found.sessions)) == (starts, len(missed))
    came = look(rulebook, missed, on, starts=starts, present=False, came_before=True)
    assert not met(came, "admission-due")


def test_who_came_by_a_list_is_not_called_missing(rulebook: Rulebook) -> None:
    """Started years ago; the register begins with this school year, or half-way through the last one."""
    away = coded(sessions(date(2026, 9, 3), 6), "O")
    assert not met(look(rulebook, away, date(2026, 9, 7), starts=date(2022, 9, 5), present=False), "admission-due")
    before = coded(sessions(date(2026, 6, 15), 200), "O")
    assert not met(look(rulebook, before, date(2026, 9, 7), starts=date(2025, 9, 2), present=False), "admission-due")
