"""Patterns, forecasts and pictures read from a real store: whose, of which day, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from desktop_app.actions.forecast import forecast
from desktop_app.actions.habits import habits
from desktop_app.actions.pictures import child_pictures
from desktop_app.actions.pupils import pupil_page
from desktop_app.actions.targets import set_target, target_state, wanted
from desktop_app.context import Context
from desktop_app.domain.charts import CalendarChart, LineChart
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.forecast import Aim, ReachKind
from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer, Membership, Pattern, Pupil, Tie
from desktop_app.domain.school import Plan, School, SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from desktop_app.rules.forecast_words import forecast_words
from tests.support.clock import StillClock
from tests.support.habits import FIRST, OPEN, days
from tests.support.referrals import Story, tell_story
from tests.support.schools import SmallSchool

ON = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)


def mark_all(context: Context, pupil: int, gone: tuple[date, ...] = (), last: date = YESTERDAY) -> None:
    """Present in every session to a day but on those missed."""
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(pupil, one.day, one.half, "O" if one.day in gone else "/" if one.half is Half.AM else "\\")
            for one in OPEN.sessions(FIRST, last)
        )


def change_pupil(context: Context, pupil: int, **facts: object) -> None:
    with context.store.writing(context.deed("set up")) as writing:
        whom = writing.book.get(Pupil, pupil)
        assert whom is not None
        writing.book.put(replace(whom, **facts))  # type: ignore[arg-type]


def kinds(found: tuple[Habit, ...]) -> set[HabitKind]:
    return {one.kind for one in found}


@pytest.fixture
def story(school: SmallSchool) -> Story:
    return tell_story(school)


def role(context: Context, *classes: str, **more: object) -> Context:
    staff = replace(context.staff, role=Role.TEACHER, classes=classes, **more)  # type: ignore[arg-type]
    return replace(context, staff=staff, alone=False)


def test_the_patterns_of_a_child_with_a_case(school: SmallSchool, story: Story) -> None:
    found = habits(school.context, story.pupil, ON)
    assert {HabitKind.BROKEN_WEEKS, HabitKind.AFTER_STEP} <= kinds(found)
    with school.context.store.reading() as reading:
        marks = {(one.day, one.half, one.code) for one in reading.marks.between(FIRST, ON, [story.pupil])}
    for habit in found:
        assert set(habit.sessions) <= marks
    earlier = habits(school.context, story.pupil, date(2026, 9, 25))
    assert all(one.day <= date(2026, 9, 25) for habit in earlier for one in habit.sessions)


def test_steps_withdrawn_sealed_or_of_another_kind_are_left_out(school: SmallSchool) -> None:
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil)
    at = datetime(2026, 10, 12, 15, 0)
    with context.store.writing(context.deed("log")) as writing:
        for kind, restricted in ((EntryKind.LETTER, False), (EntryKind.MEETING, True), (EntryKind.PHONE_CALL, False)):
            writing.entries.add(NewEntry(kind, at, (pupil,), "done", restricted=restricted))
        gone = writing.entries.add(NewEntry(EntryKind.HOME_VISIT, at, (pupil,), "done"))
        writing.entries.withdraw(gone, "another child")
    (step,) = habits(context, pupil, ON)
    assert step.says.startswith("Letter on Mon 12 Oct 2026: 100.0% (")
    assert habits(role(context, "4B"), pupil, ON) == ()  # a class teacher reads no log


def test_a_brother_in_a_class_that_is_not_seen_is_not_named(school: SmallSchool) -> None:
    context, own, other = school.context, school.pupils["Kaya"], school.pupils["Doyle"]
    gone = days("09-10", "09-22", "10-08", "11-05")
    mark_all(context, own, gone)
    mark_all(context, other, gone)
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == own)
        writing.book.put(Tie(0, other, mother, "mother", Answer.YES))
    together = [one for one in habits(context, own, ON) if one.kind is HabitKind.WITH_SIBLING]
    assert [one.says.partition(":")[0] for one in together] == ["With Ryan"]
    with context.store.writing(context.deed("set up")) as writing:
        place = next(one for one in writing.book.all(Membership) if one.pupil == other)
        writing.book.put(replace(place, class_name="6A"))
    assert HabitKind.WITH_SIBLING in kinds(habits(context, own, ON))
    assert HabitKind.WITH_SIBLING not in kinds(habits(role(context, "4B"), own, ON))


def test_a_mark_on_a_day_that_was_closed_since_is_in_no_pattern(school: SmallSchool, story: Story) -> None:
    assert story.pupil
    found = forecast(school.context, story.pupil, ON)
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 10, 28), Half.AM, "O")])
    assert forecast(school.context, story.pupil, ON) == found


def test_so_far_is_what_the_figures_say(school: SmallSchool) -> None:
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil, days("09-10", "10-08"))
    found = forecast(context, pupil, ON)
    assert (found.possible, found.absent, found.unmarked) == (102, 4, 1)
    counted = pupil_page(context, pupil).figures
    assert (counted.possible, counted.absent, counted.unmarked) == (102, 4, 1)
    assert found.now == counted.attendance
    assert found.remaining == len(OPEN.sessions(FIRST, date(2027, 7, 21))) - 102 - 1  # the open morning is a gap
    assert (found.end, found.end_is) == (date(2027, 7, 21), "the last day of the school year")
    assert found.aims[0].aim.percent == Fraction(95)


def test_this_mornings_register_is_open_and_the_afternoon_is_to_come(school: SmallSchool, clock: StillClock) -> None:
    pupil = school.pupils["Kaya"]
    mark_all(school.context, pupil)
    clock.set(2026, 11, 20, 8, 30)
    early = forecast(school.context, pupil, ON)
    clock.set(2026, 11, 20, 8, 50)
    open_now = forecast(school.context, pupil, ON)
    assert (early.unmarked, open_now.unmarked) == (0, 1)
    assert early.remaining == open_now.remaining + 1


def test_planned_absence_is_missed_and_what_will_not_count_is_left_out(school: SmallSchool) -> None:
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil)
    plain = forecast(context, pupil, YESTERDAY)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Plan(0, pupil, "C", date(2026, 12, 1), Half.AM, date(2026, 12, 2), Half.PM))
        writing.book.put(Plan(0, pupil, "V", date(2026, 12, 3), Half.AM, date(2026, 12, 3), Half.PM))
        writing.book.put(Plan(0, pupil, "D", date(2026, 12, 8), Half.AM, date(2026, 12, 8), Half.AM))
    found = forecast(context, pupil, YESTERDAY)
    assert (found.planned, found.remaining) == (4, plain.remaining - 1)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Pattern(0, pupil, "part-time", "1010101010", date(2027, 1, 4), date(2027, 1, 15)))
    assert forecast(context, pupil, YESTERDAY).remaining == plain.remaining - 1 - 10


def test_the_look_ends_with_the_roll_with_compulsory_age_or_where_it_is_told_to(school: SmallSchool) -> None:
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil)
    told = forecast(context, pupil, YESTERDAY, date(2026, 12, 18))
    assert (told.end, told.end_is, told.remaining) == (date(2026, 12, 18), "the day asked for", 42)
    change_pupil(context, pupil, date_of_birth=date(2011, 2, 14))
    sixteen = forecast(context, pupil, YESTERDAY)
    assert (sixteen.end, sixteen.end_is) == (date(2027, 6, 25), "the end of compulsory school age")
    change_pupil(context, pupil, leaving_day=date(2027, 1, 8))
    leaves = forecast(context, pupil, YESTERDAY)
    assert (leaves.end, leaves.end_is) == (date(2027, 1, 8), "the last day on roll")
    assert leaves.remaining == len(OPEN.sessions(ON, date(2027, 1, 8)))
    change_pupil(context, pupil, leaving_day=date(2026, 11, 13))
    left = forecast(context, pupil, YESTERDAY)
    assert (left.on, left.remaining, left.improvements) == (date(2026, 11, 13), 0, ())
    assert forecast_words(left)[0].about == "So far"


@pytest.mark.parametrize(
    ("kind", "told"),
    [(SchoolType.MAINTAINED, True), (SchoolType.INDEPENDENT, False), (SchoolType.NON_MAINTAINED_SPECIAL, False)],
)
def test_where_no_penalty_notice_can_be_asked_for_none_is_foretold(
    school: SmallSchool, kind: SchoolType, told: bool
) -> None:
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil, days("11-10", "11-11"))
    with context.store.writing(context.deed("set up")) as writing:
        (one,) = writing.book.all(School)
        writing.book.put(replace(one, type=kind))
    assert (ReachKind.PENALTY in {one.kind for one in forecast(context, pupil, YESTERDAY).reaches}) is told


def test_as_at_a_past_moment_it_is_the_same_to_the_last_digit(
    school: SmallSchool, story: Story, clock: StillClock
) -> None:
    moment = clock()
    before = forecast(school.context, story.pupil, ON), habits(school.context, story.pupil, ON)
    pictures = child_pictures(school.context, story.pupil, ON)
    clock.set(2026, 11, 23, 9, 0)
    with school.context.store.writing(school.context.deed("amend")) as writing:
        writing.marks.add([NewMark(story.pupil, date(2026, 11, 16), Half.AM, "I", amends=True)])
    assert forecast(school.context, story.pupil, ON) != before[0]
    after = (
        forecast(school.context, story.pupil, ON, as_at=moment),
        habits(school.context, story.pupil, ON, as_at=moment),
    )
    assert after == before
    with pytest.raises(Refused, match="still to come"):
        forecast(school.context, story.pupil, date(2026, 11, 23), as_at=moment)
    assert child_pictures(school.context, story.pupil, ON, as_at=moment) == pictures


def test_the_childs_target_is_looked_ahead_to_as_it_stood(school: SmallSchool, clock: StillClock) -> None:
    """Only while it stands, and as at a moment only where it was set by then."""
    context, pupil = school.context, school.pupils["Kaya"]
    mark_all(context, pupil, days("11-10"))
    before = clock()
    assert [one.aim.first for one in forecast(context, pupil, YESTERDAY).aims] == [None]
    clock.set(2026, 11, 20, 10, 0)
    entry, _ = set_target(context, pupil, wanted(Fraction(97), date(2026, 11, 9), date(2026, 12, 4)))
    target, band = forecast(context, pupil, YESTERDAY).aims
    assert (target.aim, band.aim.percent) == (
        Aim(Fraction(97), first=date(2026, 11, 9), until=date(2026, 12, 4)),
        Fraction(95),
    )
    state = target_state(context, pupil, YESTERDAY)
    assert state is not None
    assert (target.attended, target.possible) == (state.since.attended, state.since.possible) == (16, 18)
    assert target.sessions is None  # 40 sessions in all: 39 to be attended, two are missed
    assert dict(forecast_words(forecast(context, pupil, YESTERDAY)))["Target of 97%"].endswith(
        "Out of reach by Fri 4 Dec 2026, even if all is attended."
    )
    assert len(forecast(context, pupil, date(2026, 11, 6)).aims) == 1
    assert len(forecast(context, pupil, YESTERDAY, as_at=before).aims) == 1
    clock.set(2026, 12, 7, 10, 0)
    assert len(forecast(context, pupil, date(2026, 12, 4)).aims) == 2
    assert len(forecast(context, pupil, date(2026, 12, 7)).aims) == 1
    with context.store.writing(context.deed("withdraw")) as writing:
        writing.entries.withdraw(entry, "another child")
    assert len(forecast(context, pupil, date(2026, 12, 4)).aims) == 1


def test_a_target_and_the_look_ahead_have_one_reckoning(school: SmallSchool, clock: StillClock) -> None:
    """At eight in the morning both sessions of today are still to come, for both, and so is a planned absence."""
    context, pupil = school.context, school.pupils["Kaya"]
    clock.set(2026, 11, 20, 8, 0)
    mark_all(context, pupil)
    set_target(context, pupil, wanted(Fraction(90), date(2026, 11, 9), date(2026, 12, 4)))
    with context.store.writing(context.deed("plan")) as writing:
        writing.book.put(Plan(0, pupil, "C", date(2026, 11, 30), Half.AM, date(2026, 11, 30), Half.PM))
    state = target_state(context, pupil, ON)
    assert state is not None
    (aim, _) = forecast(context, pupil, ON).aims
    assert (state.to_come, state.planned, aim.planned) == (22, 2, 2)
    assert state.may_miss == aim.sessions == 2  # four of forty, of which two are planned
    clock.set(2026, 11, 20, 16, 0)
    later = target_state(context, pupil, ON)
    assert later is not None
    assert later.to_come == 20


def test_as_at_a_moment_of_the_day_its_sessions_still_wait(school: SmallSchool, clock: StillClock) -> None:
    """Turned back to half past eight, both sessions are to come, and a plan made since is not known."""
    context, pupil, monday = school.context, school.pupils["Kaya"], date(2026, 11, 23)
    clock.set(2026, 11, 23, 8, 30)
    mark_all(context, pupil, last=ON)
    moment = clock()
    then = forecast(context, pupil, monday)
    clock.set(2026, 11, 23, 15, 0)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Plan(0, pupil, "C", date(2026, 12, 1), Half.AM, date(2026, 12, 2), Half.PM))
        writing.marks.add([NewMark(pupil, monday, Half.AM, "/")])
    now = forecast(context, pupil, monday)
    assert (now.possible, now.remaining) == (then.possible + 1, then.remaining - 2)
    assert (then.planned, then.unmarked, now.planned, now.unmarked) == (0, 0, 4, 1)
    clock.set(2026, 11, 30, 15, 0)
    assert forecast(context, pupil, monday, as_at=moment) == then
    for action in (forecast, habits, child_pictures):
        with pytest.raises(Refused, match="Nothing of the school had been recorded by then"):
            action(context, pupil, date(2020, 1, 6), as_at=datetime(2020, 1, 6, 12, 0, tzinfo=UTC))


def test_who_may_look_and_at_which_days(school: SmallSchool) -> None:
    pupil = school.pupils["Kaya"]
    for action in (forecast, habits, child_pictures):
        with pytest.raises(Refused, match="still to come"):
            action(school.context, pupil, date(2026, 11, 21))
        with pytest.raises(Refused, match="sees only the children of 6A"):
            action(role(school.context, "6A"), pupil, ON)
        with pytest.raises(Refused, match="not in this school"):
            action(school.context, 99_999, ON)
        with pytest.raises(NotAllowed):
            action(
                replace(school.context, staff=replace(school.context.staff, role=Role.GOVERNOR), alone=False), pupil, ON
            )
    with pytest.raises(Refused, match="is before"):
        forecast(school.context, pupil, ON, date(2026, 11, 1))


def test_the_pictures_of_a_child(school: SmallSchool, story: Story) -> None:
    year, line, _, why = child_pictures(school.context, story.pupil, ON)
    assert isinstance(year, CalendarChart)
    assert isinstance(line, LineChart)
    assert (year.days[0].day, year.days[-1].day) == (date(2026, 9, 3), date(2027, 7, 21))
    assert next(one for one in year.days if one.day == date(2026, 9, 14)).am_code == "O"
    assert line.milestones
    assert why.title == "Reasons for absence"
