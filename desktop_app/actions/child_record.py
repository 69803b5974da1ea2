"""One child's sessions as patterns and the look ahead read them: every mark that stands where one can."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.ports import Reading
from desktop_app.rules.display import date_year
from desktop_app.rules.habits.record import Held


def held_sessions(
    context: Context, reading: Reading, roll: Roll, pupils: Collection[int], first: date, last: date
) -> dict[int, tuple[Held, ...]]:
    """The marks of some pupils, in order, without those where no session was (the calendar or the roll changed)."""
    found: dict[int, list[Held]] = {key: [] for key in pupils}
    codes = context.rulebook.codes
    for mark in reading.marks.between(first, last, pupils):
        if roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None:
            found[mark.pupil].append(Held(mark.day, mark.half, codes[mark.code], mark.minutes, mark.note))
    return {key: tuple(held) for key, held in found.items()}


def roll_of(context: Context, reading: Reading, pupil: int) -> Roll:
    """The roll, once it holds that the pupil is on it and the present user sees it; else raises `Refused`."""
    if not reading.book.all(School):
        raise Refused("Nothing of the school had been recorded by then.")
    roll = read_roll(reading.book)
    if pupil not in roll.pupils:
        raise Refused("That pupil is not in this school’s book.")
    check_children(context, roll, [pupil])
    return roll


def check_day(on: date, moment: datetime) -> None:
    """Refuse a day that is still to come at that moment: nothing has been marked by then."""
    if on > moment.date():
        raise Refused(f"{date_year(on)} is still to come. Look from today, or from a day that is over.")


def year_of(child: Pupil, on: date) -> tuple[date, date]:
    """The first day of the school year that is looked at, and the last: `on`, or the leaving day before it."""
    until = on if child.leaving_day is None else min(on, child.leaving_day)
    return school_year_start(until), until
