"""Looking ahead from what is recorded of a child: reads the course so far and what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from desktop_app.actions.child_record import check_day, held_sessions, roll_of, year_of
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll
from desktop_app.actions.to_come import ahead, due_sessions, end_of, expected_of, waiting_on
from desktop_app.context import Context, turned_back
from desktop_app.domain.codes import ILLNESS, Counts
from desktop_app.domain.errors import Refused
from desktop_app.domain.forecast import Aim, Forecast, PastSession
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.sessions import Session, school_year_end
from desktop_app.domain.targets import Target
from desktop_app.ports import Reading
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import date_year
from desktop_app.rules.forecast import Course, Lines, lines_of, look_ahead
from desktop_app.rules.habits.record import Held
from desktop_app.rules.targets import in_force, last_day
from desktop_app.rules.triggers.windows import WITHOUT_NOTICES


@needs(Right.READ_PUPIL)
def forecast(context: Context, pupil: int, on: date, by: date | None = None, as_at: datetime | None = None) -> Forecast:
    """What the child's school year can still come to, seen from the day `on`, whose marks are known; `by` looks no
    further than that day. Raises `Refused` for an unknown or unseen child, for a day to come, and for a `by` before it.
    """
    moment = context.moment(as_at)
    check_day(on, moment)
    if by is not None and by < on:
        raise Refused(f"{date_year(by)} is before {date_year(on)}, from which to look ahead.")
    context = turned_back(context, as_at)
    with context.store.reading(as_at) as reading:
        roll = roll_of(context, reading, pupil)
        lines = lines_of(context.rulebook, context.pack(roll.school))
        course = _course(context, reading, roll, pupil, on, moment, lines)
    if by is not None and by < course.end:
        course = replace(course, end=by, end_is="the day asked for")
    return look_ahead(course, lines)


def _course(
    context: Context, reading: Reading, roll: Roll, pupil: int, on: date, moment: datetime, lines: Lines
) -> Course:
    child = roll.pupils[pupil]
    year, until = year_of(child, on)
    aims = _aims(context.pack(roll.school), in_force(reading.entries.of(pupil), until), until)
    weeks = roll.calendar.school_weeks(until, lines.penalty.weeks) if lines.penalty else ()
    begins = min([year, *weeks[:1], *(aim.first for aim in aims if aim.first)])
    held = held_sessions(context, reading, roll, [pupil], begins, until)[pupil]
    waiting = waiting_on(roll, on, moment)
    marked = {Session(one.day, one.half) for one in held}
    last = end_of(child, on, until)
    expected = expected_of(roll, child, year, last.day)
    behind = {one for one in expected if one.day <= until and one not in waiting}
    due = due_sessions(context, roll, child, ahead(expected, until, waiting, marked))
    return Course(
        pupil=pupil,
        on=until,
        first=year,
        end=due[-1].session.day if due and last.day == school_year_end(until) else last.day,
        end_is=last.words,
        calendar=roll.calendar,
        past=tuple(_past(child, one, lines) for one in held if one.possible),
        due=due,
        unmarked=len(behind - marked),
        penalty=roll.school.type not in WITHOUT_NOTICES,
        aims=aims,
    )


def _past(child: Pupil, one: Held, lines: Lines) -> PastSession:
    offence = one.code.counts is Counts.UNAUTHORISED if lines.penalty is None else one.code.key in lines.penalty.codes
    return PastSession(
        Session(one.day, one.half),
        one.absent,
        offence,
        one.code.key == ILLNESS,
        compulsory(child.date_of_birth, one.day),
        one.code.provisional,
    )


def _aims(pack: Pack, target: Target | None, on: date) -> tuple[Aim, ...]:
    """The child's target, if one stands on that day, and the authority's best band."""
    best = pack.bands[0]
    edge = best.at_least if best.at_least is not None else best.above
    band = Aim(edge if edge is not None else Fraction(0), above=best.at_least is None)
    if target is None or last_day(target) < on:
        return (band,)
    return (Aim(target.percent, first=target.first, until=last_day(target)), band)
