"""Targets of a pupil, a class and the school: set, replaced, taken back, and how they stood on a past day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from desktop_app.actions.log import withdraw
from desktop_app.actions.targets import group_targets, set_group_target, set_target, target_state
from desktop_app.context import as_aware
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Role
from desktop_app.domain.targets import SCHOOL, Part, Target, Whose
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool, pupil

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)
NINETY_FIVE = Target(Fraction(95), FIRST, date(2026, 12, 18), "Ms Kaya")


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    """Kaya missed every Friday morning till half term, and one session since."""
    clock.set(2026, 11, 20, 16, 0)
    write(school, "Kaya", lambda day, half: day.weekday() == 4 and half is Half.AM and day < date(2026, 10, 26))
    write(school, "Kaya", lambda day, half: (day, half) == (date(2026, 11, 16), Half.PM), FIRST)
    write(school, "Doyle", lambda *_: False)


def write(school: SmallSchool, surname: str, missed, first: date = date(2026, 9, 1)) -> None:  # type: ignore[no-untyped-def]
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(
                school.pupils[surname],
                one.day,
                one.half,
                "O" if missed(one.day, one.half) else ("/" if one.half is Half.AM else "\\"),
            )
            for one in calendar_of(school.context).sessions(first, LAST)
        )


def test_a_target_is_held_against_counts_since_its_first_day(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    assert target_state(school.context, kaya, LAST) is None
    entry, changes = set_target(school.context, kaya, NINETY_FIVE)
    assert changes.pupils == {kaya}
    state = target_state(school.context, kaya, LAST)
    assert state is not None
    assert (state.target, state.over) == (Target(Fraction(95), FIRST, date(2026, 12, 18), "Ms Kaya", entry), False)
    assert (state.since.attended, state.since.possible, state.met) == (19, 20, True)
    calendar = calendar_of(school.context)
    assert state.to_come == calendar.count(date(2026, 11, 21), date(2026, 12, 18)) == 40
    assert state.may_miss == 2  # 60 sessions, of which 3 may be missed and 1 was
    assert state.one_day == Fraction(200, calendar.count(date(2026, 9, 1), date(2027, 8, 31)))
    missed, possible = state.before.absent, state.before.possible
    assert state.points == 95 - Fraction(100 * (possible - missed), possible) > 0
    assert state.gained == 19 - Fraction(20 * (possible - missed), possible)
    with school.context.store.reading() as reading:
        recorded = reading.entries.get(entry)
    assert recorded is not None
    assert recorded.outcome == (
        "Attendance of at least 95% from Mon 9 Nov 2026 to Fri 18 Dec 2026, agreed with Ms Kaya"
    )


def test_the_newest_holds_and_one_withdrawn_does_not(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    set_target(school.context, kaya, NINETY_FIVE)
    second, _ = set_target(school.context, kaya, Target(Fraction(193, 2), date(2026, 11, 16)))
    state = target_state(school.context, kaya, LAST)
    assert state is not None
    assert (state.target.percent, state.met) == (Fraction(193, 2), False)  # 9 of 10
    withdraw(school.context, second, "agreed otherwise")
    state = target_state(school.context, kaya, LAST)
    assert state is not None
    assert state.target.percent == 95


def test_as_at_the_day_before_there_was_none(school: SmallSchool, clock: StillClock) -> None:
    kaya = school.pupils["Kaya"]
    set_target(school.context, kaya, NINETY_FIVE)
    friday = as_aware(datetime(2026, 11, 20, 17))
    told = target_state(school.context, kaya, LAST, friday)
    clock.set(2026, 12, 1, 9, 0)
    write(school, "Kaya", lambda *_: False, FIRST)
    assert target_state(school.context, kaya, LAST, friday) == told
    assert target_state(school.context, kaya, LAST) != told
    assert target_state(school.context, kaya, LAST, as_aware(datetime(2026, 11, 20, 15))) is None


def test_on_the_day_it_is_set_a_target_is_not_met(school: SmallSchool) -> None:
    doyle = school.pupils["Doyle"]
    set_target(school.context, doyle, Target(Fraction(99), date(2026, 11, 20)))
    set_group_target(school.context, SCHOOL, Target(Fraction(97), date(2026, 11, 17)))
    state = target_state(school.context, doyle, LAST)
    assert state is not None
    assert (state.since.attended, state.since.possible, state.least) == (2, 2, 10)
    assert (state.too_early, state.met, state.points, state.gained) == (True, None, None, None)
    whole = group_targets(school.context, LAST)[0]
    assert whole.state is not None
    assert (whole.state.since.possible, whole.state.least, whole.state.met) == (16, 20, None)


def test_targets_of_a_class_and_of_the_school(school: SmallSchool) -> None:
    set_group_target(school.context, Whose(Part.CLASS, "4B"), Target(Fraction(99), FIRST))
    set_group_target(school.context, SCHOOL, Target(Fraction(97), FIRST))
    whole, year, of_class = group_targets(school.context, LAST)
    assert [(one.whose, one.pupils) for one in (whole, year, of_class)] == [
        (SCHOOL, 6), (Whose(Part.YEAR, "4"), 6), (Whose(Part.CLASS, "4B"), 6),
    ]  # fmt: skip
    assert whole.state is not None
    assert of_class.state is not None
    assert (whole.state.since.attended, whole.state.since.possible) == (39, 40)
    assert (whole.state.met, of_class.state.met) == (True, False)
    assert whole.state.may_miss is None
    set_group_target(school.context, SCHOOL, None)
    none, _, of_class = group_targets(school.context, LAST)
    assert (none.target, none.state, of_class.target) == (None, None, Target(Fraction(99), FIRST))
    ahead = group_targets(school.context, date(2026, 11, 8))[-1]
    assert (ahead.target, ahead.state) == (Target(Fraction(99), FIRST), None)
    assert group_targets(school.context, date(2027, 9, 1))[-1].target is None


def test_a_class_is_counted_by_who_is_in_it_and_a_class_of_few_is_told_to_nobody_else(school: SmallSchool) -> None:
    """Kaya goes to 5A: her year goes with her, and a governor is told of neither class of under ten."""
    for whose in (SCHOOL, Whose(Part.CLASS, "4B")):
        set_group_target(school.context, whose, Target(Fraction(98), FIRST))
    with school.context.store.writing(school.context.deed("move")) as writing:
        place = next(one for one in writing.book.all(Membership) if one.pupil == school.pupils["Kaya"])
        writing.book.put(replace(place, class_name="5A"))
    set_group_target(school.context, Whose(Part.CLASS, "5A"), Target(Fraction(95), date(2026, 11, 16)))
    whole, _, fourth, fifth = group_targets(school.context, LAST)
    assert [(one.whose.name, one.pupils) for one in (whole, fourth, fifth)] == [("", 6), ("4B", 5), ("5A", 1)]
    counts = [(one.state.since.attended, one.state.since.possible) for one in (whole, fourth, fifth) if one.state]
    assert counts == [(39, 40), (20, 20), (9, 10)]
    governor = in_role(school.context, Role.GOVERNOR)
    with pytest.raises(NotAllowed):
        group_targets(governor, LAST)
    teacher = in_role(school.context, Role.TEACHER, "4B")
    assert [one.whose for one in group_targets(teacher, LAST)] == [SCHOOL, Whose(Part.CLASS, "4B")]


def test_a_year_and_a_phase_have_targets_of_their_own(school: SmallSchool) -> None:
    """Ada joins the nursery and is away: the year and the phase of the others go on without her."""
    with school.context.store.writing(school.context.deed("join")) as writing:
        ada = writing.book.put(pupil("Young", "Ada", 9, date_of_birth=date(2023, 1, 9), starting_day=FIRST))
        writing.book.put(Membership(0, ada, "N", "N1", FIRST))
        writing.marks.add(NewMark(ada, date(2026, 11, day), half, "I") for day in range(16, 21) for half in HALVES)
    year, phase = Whose(Part.YEAR, "4"), Whose(Part.PHASE, "Primary")
    for whose, percent in ((SCHOOL, 97), (year, 97), (phase, Fraction(195, 2))):
        set_group_target(school.context, whose, Target(Fraction(percent), FIRST))
    found = {one.whose: one for one in group_targets(school.context, LAST)}
    assert list(found) == [
        SCHOOL, Whose(Part.PHASE, "Nursery"), phase, Whose(Part.YEAR, "N1"), year, Whose(Part.CLASS, "N"),
        Whose(Part.CLASS, "4B"),
    ]  # fmt: skip
    counts = {one: (of.state.since.attended, of.state.since.possible) for one, of in found.items() if of.state}
    assert counts == {SCHOOL: (39, 50), phase: (39, 40), year: (39, 40)}
    assert [found[one].state.met for one in (SCHOOL, phase, year) if found[one].state] == [False, True, True]  # type: ignore[union-attr]
    teacher = in_role(school.context, Role.TEACHER, "4B")
    assert [one.whose for one in group_targets(teacher, LAST)] == [SCHOOL, phase, year, Whose(Part.CLASS, "4B")]
    set_group_target(school.context, year, None)
    assert {one.whose: one.target for one in group_targets(school.context, LAST)}[year] is None
    with pytest.raises(Refused, match="There is no year 11"):
        set_group_target(school.context, Whose(Part.YEAR, "11"), Target(Fraction(95), FIRST))


def test_refusals_change_nothing(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    with school.context.store.reading() as reading:
        head = reading.chain_head
    with pytest.raises(Refused, match="ends before it begins"):
        set_target(school.context, kaya, Target(Fraction(95), LAST, FIRST))
    with pytest.raises(Refused, match="at most 100"):
        set_target(school.context, kaya, Target(Fraction(0), FIRST))
    with pytest.raises(Refused, match="not on roll then"):
        set_target(school.context, kaya, Target(Fraction(95), date(2020, 9, 1), date(2021, 7, 20)))
    with pytest.raises(Refused, match="There is no class 9Z"):
        set_group_target(school.context, Whose(Part.CLASS, "9Z"), Target(Fraction(95), FIRST))
    with pytest.raises(NotAllowed):
        set_group_target(in_role(school.context, Role.TEACHER, "4B"), SCHOOL, Target(Fraction(95), FIRST))
    with pytest.raises(Refused, match="sees only the children of 5A"):
        set_target(in_role(school.context, Role.TEACHER, "5A"), kaya, NINETY_FIVE)
    with school.context.store.reading() as reading:
        assert reading.chain_head == head
