"""The calendar changed after marks exist: what is said before is, class by class, what then happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school_year import preview_period, put_period, remove_period, school_year
from desktop_app.actions.settle import settle
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Pattern
from desktop_app.domain.school import ClosedWeek, Period, PeriodKind, Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, fill_school

FRIDAY, THURSDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 19), date(2026, 11, 23)
AM, PM = Session(FRIDAY, Half.AM), Session(FRIDAY, Half.PM)
OTHERS = (("Nowak", "Zofia"), ("Osei", "Kofi"))


@pytest.fixture
def two(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """Classes 4B (six) and 5A (two); on Friday at four, 4B has its morning and Kaya her afternoon."""
    school.pupils.update(fill_school(school.context, OTHERS, "5A"))
    clock.set(2026, 11, 20, 16, 0)
    fill_present(school.context, "4B", AM)
    write(school.context, [Edit(school.pupils["Kaya"], PM, "N")])
    return school


def put(school: SmallSchool, *facts: object) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put_many(facts)  # type: ignore[arg-type]


def codes(school: SmallSchool, code: str) -> int:
    with school.context.store.reading() as reading:
        return len(reading.marks.with_code(code, date(2026, 9, 1), date(2027, 7, 31)))


def possible(school: SmallSchool) -> int:
    return figures(school.context, date(2026, 9, 1), FRIDAY, Grouping.SCHOOL)[0].figures.possible


def closure(kind: PeriodKind, **more: object) -> Period:
    return replace(Period(0, kind, "Snow", FRIDAY, FRIDAY), **more)  # type: ignore[arg-type]


def test_snow_says_for_how_many_it_becomes_y4_and_leaves_what_stands(two: SmallSchool) -> None:
    snow = closure(PeriodKind.SITE_CLOSED)
    seen = preview_period(two.context, snow)
    assert seen.words == (
        "9 blanks become Y4 at once, for 7 children: 4B 5, 5A 4 (Fri 20 Nov 2026 AM and PM).",
        "7 marks stand there already and would not change.",
    )
    put_period(two.context, snow)
    assert codes(two, "Y4") == len(seen.blank) == 9
    assert (codes(two, "/"), codes(two, "N")) == (6, 1)


@pytest.mark.parametrize(
    ("period", "blank", "later"),
    [
        (closure(PeriodKind.SITE_CLOSED, half=Half.AM), 2, 0),
        (closure(PeriodKind.SITE_CLOSED, half=Half.PM), 7, 0),
        (closure(PeriodKind.PART_CLOSED, classes=("5A",)), 4, 0),
        (closure(PeriodKind.PART_CLOSED, years=("4",), half=Half.PM), 7, 0),
        (closure(PeriodKind.PART_CLOSED, classes=("4B", "5A"), half=Half.AM), 2, 0),
        (closure(PeriodKind.SITE_CLOSED, start=THURSDAY), 25, 0),
        (closure(PeriodKind.SITE_CLOSED, end=MONDAY), 9, 16),
        (closure(PeriodKind.SITE_CLOSED, start=MONDAY, end=MONDAY), 0, 16),
        (closure(PeriodKind.SITE_CLOSED, start=date(2026, 10, 27), end=date(2026, 10, 27)), 0, 0),
    ],
)
def test_what_is_proposed_is_what_happens(
    two: SmallSchool, clock: StillClock, period: Period, blank: int, later: int
) -> None:
    """For halves, classes, years, several days, past days, days to come, and a closure in the holidays."""
    seen = preview_period(two.context, period)
    assert (len(seen.blank), len(seen.later)) == (blank, later)
    before = (codes(two, "/"), codes(two, "N"))
    put_period(two.context, period)
    assert codes(two, "Y4") + codes(two, "Y3") == blank
    clock.set(2026, 11, 23, 16, 0)
    settle(two.context)
    assert codes(two, "Y4") + codes(two, "Y3") == blank + later
    assert (codes(two, "/"), codes(two, "N")) == before


def test_a_pupil_s_timetable_goes_before_a_closure_in_the_count_too(two: SmallSchool) -> None:
    put(two, Pattern(0, two.pupils["Nowak"], "part-time", "1111111110", date(2026, 9, 1), date(2026, 12, 18)))
    seen = preview_period(two.context, closure(PeriodKind.SITE_CLOSED))
    assert len(seen.blank) == 8
    put_period(two.context, closure(PeriodKind.SITE_CLOSED))
    assert codes(two, "Y4") == 8
    assert codes(two, "C2") > 0


def test_a_planned_closure_over_marks_says_so_and_asks(two: SmallSchool) -> None:
    polling = Period(0, PeriodKind.CLOSURE, "Polling day", FRIDAY, FRIDAY)
    seen = preview_period(two.context, polling)
    assert seen.words == ("7 marks would no longer count (nothing is deleted): 4B 7 (Fri 20 Nov 2026 AM and PM).",)
    before = possible(two)
    key, _, changes = put_period(two.context, polling)
    assert changes.marks
    assert before - possible(two) == len(seen.lost) == 7
    back = preview_period(two.context, replace(polling, id=key), remove=True)
    assert len(back.found_again) == 7
    assert len(back.missing) == 9
    remove_period(two.context, key)
    assert possible(two) == before


def test_a_day_that_opens_settles_what_was_planned_on_it(two: SmallSchool) -> None:
    """An INSET day of last week is taken back: a planned absence then is a mark at once, the others are missing."""
    day = date(2026, 11, 12)
    inset = Period(0, PeriodKind.INSET, "Safeguarding", day, day)
    key, *_ = put_period(two.context, inset)
    put(two, Plan(0, two.pupils["Doyle"], "M", day, Half.AM, day, Half.PM))
    settle(two.context)
    assert codes(two, "M") == 0
    seen = preview_period(two.context, replace(inset, id=key), remove=True)
    assert (len(seen.missing), len(seen.blank)) == (14, 2)
    _, changes = remove_period(two.context, key)
    assert changes.marks
    assert codes(two, "M") == 2


def test_moving_a_period_counts_where_it_was_and_where_it_goes(two: SmallSchool) -> None:
    key, *_ = put_period(two.context, Period(0, PeriodKind.CLOSURE, "Polling day", THURSDAY, THURSDAY))
    moved = Period(key, PeriodKind.CLOSURE, "Polling day", FRIDAY, FRIDAY)
    seen = preview_period(two.context, moved)
    assert (len(seen.lost), len(seen.missing)) == (7, 16)
    put_period(two.context, moved)
    days = {one.start for one in school_year(two.context, FRIDAY).periods if one.name == "Polling day"}
    assert days == {FRIDAY}


def test_overlaps_and_days_outside_term_are_said(two: SmallSchool) -> None:
    longer = Period(0, PeriodKind.HOLIDAY, "Half term", date(2026, 10, 30), date(2026, 11, 3))
    said = preview_period(two.context, longer).words
    assert "“half term” (Mon 26 Oct to Fri 30 Oct 2026) covers some of the same days." in said
    august = Period(0, PeriodKind.INSET, "Early", date(2027, 8, 30), date(2027, 8, 30))
    assert preview_period(two.context, august).words == ("It lies outside every term, so it closes nothing.",)


def test_the_year_offers_the_bank_holidays_that_are_no_closure_yet(two: SmallSchool) -> None:
    found = school_year(two.context, FRIDAY)
    assert (found.first, found.last) == (date(2026, 9, 1), date(2027, 8, 31))
    assert found.classes == ("4B", "5A")
    assert [one.name for one in found.offered] == ["Early May bank holiday"]
    put_period(two.context, found.offered[0])
    assert school_year(two.context, FRIDAY).offered == ()
    assert found.periods[0].start - found.first == timedelta(days=1)


def test_staggered_starts_are_a_closure_for_some_years(two: SmallSchool) -> None:
    """Year 4 starts two days after the others: marks made there count no more, and none can be made."""
    later = Period(0, PeriodKind.CLOSURE, "Year 4 starts later", date(2026, 9, 3), date(2026, 9, 4), years=("4",))
    fill_present(two.context, "4B", Session(date(2026, 9, 4), Half.AM))
    seen = preview_period(two.context, later)
    assert len(seen.lost) == 6
    put_period(two.context, later)
    with pytest.raises(Refused, match="Year 4 starts later"):
        write(two.context, [Edit(two.pupils["Kaya"], Session(date(2026, 9, 3), Half.AM), "/")])
    other = Period(0, PeriodKind.CLOSURE, "Reception starts later", date(2026, 9, 8), date(2026, 9, 9), years=("R",))
    assert preview_period(two.context, other).words == ()


def test_who_may_not_change_the_year_reads_it_all_the_same(two: SmallSchool) -> None:
    context = replace(two.context, staff=replace(two.context.staff, role=Role.TEACHER), alone=False)
    assert school_year(context, FRIDAY).periods
    with pytest.raises(NotAllowed, match="change the school year"):
        preview_period(context, closure(PeriodKind.SITE_CLOSED))


def test_a_day_that_opens_again_is_settled_by_taking_the_closure_back(two: SmallSchool) -> None:
    day = date(2026, 11, 12)
    key, *_ = put_period(two.context, Period(0, PeriodKind.CLOSURE, "Polling day", day, day))
    put(two, Plan(0, two.pupils["Doyle"], "M", day, Half.AM, day, Half.PM))
    effect, changes = remove_period(two.context, key)
    assert "2 blanks become M at once, for 1 child: 4B 2 (Thu 12 Nov 2026 AM and PM)." in effect.words
    assert changes.marks
    assert codes(two, "M") == 2


def test_a_trip_on_a_day_that_opens_waits_for_a_person(two: SmallSchool) -> None:
    day = date(2026, 11, 12)
    key, *_ = put_period(two.context, Period(0, PeriodKind.INSET, "Training", day, day))
    put(two, Plan(0, two.pupils["Doyle"], "V", day, Half.AM, day, Half.PM, provider="Museum"))
    effect, _ = remove_period(two.context, key)
    assert (len(effect.blank), len(effect.missing), codes(two, "V")) == (0, 16, 0)


def test_a_week_that_was_signed_off_is_the_leads_to_change(two: SmallSchool) -> None:
    put(two, ClosedWeek(0, date(2026, 11, 16)))
    office = replace(two.context, staff=replace(two.context.staff, role=Role.OFFICE), alone=False)
    polling = Period(0, PeriodKind.CLOSURE, "Polling day", FRIDAY, FRIDAY)
    before = school_year(office, FRIDAY).periods
    with pytest.raises(NotAllowed, match="signed off"):
        put_period(office, polling)
    assert school_year(office, FRIDAY).periods == before
    put_period(office, replace(polling, start=MONDAY, end=MONDAY))
    put_period(two.context, polling)


def test_gaps_are_not_opened_in_a_signed_off_week_by_the_office(two: SmallSchool) -> None:
    day = date(2026, 11, 12)
    key, *_ = put_period(two.context, Period(0, PeriodKind.INSET, "Training", day, day))
    put(two, ClosedWeek(0, date(2026, 11, 9)))
    office = replace(two.context, staff=replace(two.context.staff, role=Role.OFFICE), alone=False)
    before = school_year(office, day).periods
    with pytest.raises(NotAllowed, match="signed off"):
        remove_period(office, key)
    assert school_year(office, day).periods == before
    assert remove_period(two.context, key)[0].missing


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (closure(PeriodKind.SITE_CLOSED, classes=("4B",)), "part of the site"),
        (Period(99, PeriodKind.CLOSURE, "x", FRIDAY, FRIDAY), "not in the calendar any more"),
        (Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 10, 26), date(2026, 10, 30)), "stands in the calendar"),
    ],
)
def test_what_makes_no_sense_is_refused(two: SmallSchool, period: Period, why: str) -> None:
    with pytest.raises(Refused, match=why):
        preview_period(two.context, period)
    with pytest.raises(Refused, match=why):
        put_period(two.context, period)


DAYS = st.dates(date(2026, 10, 19), date(2026, 11, 27))
CLOSURES = st.builds(
    Period,
    st.just(0),
    st.sampled_from([PeriodKind.CLOSURE, PeriodKind.INSET, PeriodKind.HOLIDAY]),
    st.just("Closed"),
    DAYS,
    DAYS,
    st.sampled_from([None, Half.AM, Half.PM]),
    st.sampled_from([(), ("4",), ("5",)]),
    st.sampled_from([(), ("4b",), ("5A",), ("4B", "5A")]),
).filter(lambda one: one.start <= one.end)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(CLOSURES)
def test_whatever_is_closed_and_opened_again_is_as_it_was(two: SmallSchool, period: Period) -> None:
    """The preview is what is done; what it loses is found again; what is possible goes down and up by just that."""
    before = possible(two)
    seen = preview_period(two.context, period)
    key, done, _ = put_period(two.context, period)
    assert done == seen
    assert before - possible(two) == len(seen.lost)
    back, _ = remove_period(two.context, key)
    assert len(back.found_again) == len(seen.lost)
    assert possible(two) == before
