"""Taking a name off the admission register: which grounds are open, and what stands against it.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 9: only and always on a listed
ground, and never backdated; twenty school days are in a row, each session coded G, N or O.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desktop_app.domain.codes import AgeRule
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Ground
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import date_year

TWENTY_DAYS, TWENTY = "twenty-days", 20
NOT_ATTENDED = frozenset({"G", "N", "O"})


def open_grounds(grounds: Mapping[str, Ground], pupil: Pupil, day: date) -> tuple[Ground, ...]:
    """The grounds for a child of that age on that day, in the order of the law."""
    of_age = compulsory(pupil.date_of_birth, day)
    wrong = AgeRule.NOT_COMPULSORY if of_age else AgeRule.COMPULSORY
    return tuple(ground for ground in grounds.values() if ground.age is not wrong)


def leaving_fault(
    pupil: Pupil, ground: Ground, last: date, today: date, answered: Iterable[str], marks: Sequence[Mark]
) -> str | None:
    """Why the name may not be deleted with `last` as the last day on roll; None where it may. `answered` are those of
    what the ground asks that were said to be there, `marks` the pupil's, newest last."""
    missing = [ask for ask in ground.asks if ask not in set(answered)]
    newest = marks[-1].day if marks else None
    run = absent_days(marks)
    faults = (
        (pupil.leaving_day is not None, f"{pupil.name} has left already."),
        (last < today, f"A name is never deleted backwards: the last day is today, {date_year(today)}, or later."),
        (last < pupil.starting_day, f"{pupil.name} starts only on {date_year(pupil.starting_day)}."),
        (
            newest is not None and newest > last,
            f"There is a mark of {date_year(newest) if newest else ''}: the last day cannot be before it.",
        ),
        (
            ground not in open_grounds({ground.key: ground}, pupil, last),
            f"“{ground.title}” is not a ground for a pupil of this age.",
        ),
        (
            ground.key == TWENTY_DAYS and run < TWENTY,
            f"{run} school days in a row are coded G, N or O, not {TWENTY}: any other code breaks them.",
        ),
        (bool(missing), f"First: {missing[0].lower() if missing else ''}."),
    )
    return next((words for wrong, words in faults if wrong), None)


def absent_days(marks: Sequence[Mark]) -> int:
    """The whole school days up to the newest mark, in a row, on which every mark is G, N or O."""
    days: dict[date, list[str]] = {}
    for mark in marks:
        days.setdefault(mark.day, []).append(mark.code)
    run = 0
    for day in sorted(days, reverse=True):
        if not set(days[day]) <= NOT_ATTENDED:
            break
        run += 1
    return run
