"""Taking a name off the admission register: which grounds are open, what each asks for, and what stands against it.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 9: only and always on a listed
ground, and never backdated; twenty school days, and ten after a leave, are in a row and each session is coded G, N or
O. Regulation 13(4): the return to the authority is made when the ground is met, and not later than the deletion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.domain.marks import Mark
from desktop_app.domain.people import FlagKind, Pupil
from desktop_app.domain.rulebook import Ground, GroundAge
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Session
from desktop_app.rules.age import compulsory, of_nursery_age, over_compulsory
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.school_days import absent_run, codes_at, own_sessions

ONE_DAY = timedelta(days=1)
LEAVE = frozenset({"C", "C1", "J1", "M", "S", "C2", "X"})
"""The codes of a leave of absence."""
RETURN = "The return to the authority is ready"
TOLD: Mapping[str, frozenset[FlagKind]] = {
    "The social worker was told": frozenset(
        {FlagKind.SOCIAL_WORKER, FlagKind.CHILD_IN_NEED, FlagKind.CHILD_PROTECTION}
    ),
    "The Virtual School was told": frozenset({FlagKind.LOOKED_AFTER, FlagKind.PREVIOUSLY_LOOKED_AFTER}),
    "The authority that keeps the EHCP was told": frozenset({FlagKind.EHCP}),
}
"""Who has to know before a child with such a flag leaves."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is said when a child leaves: the last day on roll, which of the asks are there, and what shows it."""

    last: date
    answered: frozenset[str] = frozenset()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the register holds of the child: the sessions on which a mark can stand, in order, and every mark; which of
    the sessions are `expected` by the timetable (None: all), and which are still `to_come` or running."""

    due: Sequence[Session]
    marks: Sequence[Mark]
    expected: Collection[Session] | None = None
    to_come: Collection[Session] = frozenset()

    def since(self, day: date) -> Record:
        """What it holds of the days after one."""
        due = [one for one in self.due if one.day > day]
        return replace(self, due=due, marks=[mark for mark in self.marks if mark.day > day])


def open_grounds(grounds: Mapping[str, Ground], pupil: Pupil, day: date, school: SchoolType) -> tuple[Ground, ...]:
    """The grounds for a child of that age on that day in that type of school, in the order of the law."""
    return tuple(one for one in school_grounds(grounds, school) if _of_age(one.age, pupil.date_of_birth, day))


def school_grounds(grounds: Mapping[str, Ground], school: SchoolType) -> tuple[Ground, ...]:
    """The grounds that there are in a type of school, in the order of the law."""
    return tuple(one for one in grounds.values() if not one.schools or school in one.schools)


def _of_age(age: GroundAge, born: date, day: date) -> bool:
    if age is GroundAge.OVER:
        return over_compulsory(born, day + ONE_DAY)
    if age is GroundAge.NURSERY:
        return of_nursery_age(born, day)
    return age is GroundAge.ANY or (age is GroundAge.COMPULSORY) is compulsory(born, day)


def with_asks(ground: Ground, flags: Collection[FlagKind]) -> Ground:
    """The ground with all that has to be there for this child: what the law asks of the ground, who has to be told
    because of the child's flags, and the return."""
    told = tuple(ask for ask, kinds in TOLD.items() if kinds & set(flags))
    return replace(ground, asks=(*ground.asks, *told, RETURN))


def warnings(ground: Ground, day: date) -> tuple[str, ...]:
    """What to be warned of on a day: what always holds of the ground, and a law that is coming or has come."""
    said = [ground.warning] if ground.warning else []
    coming = ground.coming
    if coming is not None and coming.first is not None and coming.first <= day:
        said.append(coming.words)
    elif coming is not None:
        when = f"is in force from {long_date(coming.first)}" if coming.first else "was not in force"
        known = f"Known on {long_date(coming.known)}: this {when}. Ask the authority how it stands today."
        said.append(f"{coming.words} {known}")
    return tuple(said)


def leaving_fault(
    pupil: Pupil, ground: Ground, answers: Answers, today: date, record: Record, school: SchoolType
) -> str | None:
    """Why the name may not be deleted; None where it may. `ground` has all its asks (see `with_asks`)."""
    last = answers.last
    newest = max((mark.day for mark in record.marks), default=None)
    missing = [ask for ask in ground.asks if ask not in answers.answered]
    here = bool(school_grounds({ground.key: ground}, school))
    open_to = _of_age(ground.age, pupil.date_of_birth, last)
    faults = (
        (pupil.leaving_day is not None, f"{pupil.name} has left already."),
        (last < today, f"A name is never deleted backwards: the last day is today, {date_year(today)}, or later."),
        (last < pupil.starting_day, f"{pupil.name} starts only on {date_year(pupil.starting_day)}."),
        (newest is not None and newest > last, _mark_words(newest)),
        (not here, f"“{ground.title}” is not a ground in a school of this type."),
        (not open_to, f"“{ground.title}” is not a ground for a pupil of this age."),
    )
    first = next((words for wrong, words in faults if wrong), None)
    if first is not None:
        return first
    by_days = days_fault(ground, record)
    if by_days is not None:
        return by_days
    if missing:
        return f"Not yet: “{missing[0]}”. A name is deleted only when it is so."
    return f"{ground.evidence}: say so in words." if ground.evidence and not answers.evidence.strip() else None


def days_fault(ground: Ground, record: Record) -> str | None:
    """What the register lacks of the school days a ground asks for; None where it asks for none or has them."""
    if ground.absent_days:
        run = absent_days(record)
        short = run < ground.absent_days
        return f"{_run_words(run)}, not {ground.absent_days}: any other code breaks them." if short else None
    if ground.days_after_leave:
        return _leave_fault(ground.days_after_leave, record)
    return None


def absent_days(record: Record) -> int:
    """The school days up to now, in a row, on which the child was absent as the ground asks it."""
    return len(absent_run(record.due, record.marks, record.expected, record.to_come))


def leave_ended(marks: Iterable[Mark]) -> date | None:
    """The last day of the newest leave of absence in the register."""
    return max((mark.day for mark in marks if mark.code in LEAVE), default=None)


def _leave_fault(asked: int, record: Record) -> str | None:
    ended = leave_ended(record.marks)
    if ended is None:
        return "No leave of absence stands in the register of this pupil."
    since = record.since(ended)
    run = absent_days(since)
    after, _ = own_sessions(since.due, codes_at(since.marks), since.expected, since.to_come)
    if len({session.day for session in after}) != run:
        return f"Since the leave ended on {date_year(ended)} there is a session that is not coded G, N or O."
    return f"{_run_words(run)} since the leave ended on {date_year(ended)}, not {asked}." if run < asked else None


def _run_words(run: int) -> str:
    return "1 school day is coded G, N or O" if run == 1 else f"{run} school days in a row are coded G, N or O"


def _mark_words(newest: date | None) -> str:
    return f"There is a mark of {date_year(newest)}: the last day cannot be before it." if newest else ""
