"""Which sessions are expected of a pupil: on roll, school open for the class and year of that day, the week's pattern.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulations 8 to 10 (who is on the registers,
and that each of them is marked for each session).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import attrgetter

from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Membership, Pattern, PatternKind, Pupil
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.age import compulsory
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import date_year

ONE_DAY = timedelta(days=1)
PATTERN_DAYS = 5
_day = attrgetter("day")


def expected_sessions(
    pupil: Pupil,
    memberships: Sequence[Membership],
    patterns: Sequence[Pattern],
    calendar: SchoolCalendar,
    first: date,
    last: date,
) -> tuple[Session, ...]:
    """The sessions expected of a pupil from `first` to `last`, both inclusive, in order."""
    sessions = due_sessions(pupil, memberships, calendar, first, last)
    if not patterns:
        return sessions
    return tuple(session for session in sessions if _not_due(pupil, patterns, session) is None)


def due_sessions(
    pupil: Pupil, memberships: Sequence[Membership], calendar: SchoolCalendar, first: date, last: date
) -> tuple[Session, ...]:
    """The sessions for which a mark can stand, whatever the pupil's timetable: on roll, and open for the class."""
    sessions: list[Session] = []
    for start, end, class_name, year in _stretches(pupil, memberships, first, last):
        sessions += calendar.sessions(start, end, class_name, year)
    return tuple(sessions)


def due_marks(
    pupil: Pupil, memberships: Sequence[Membership], calendar: SchoolCalendar, marks: Sequence[Mark]
) -> list[Mark]:
    """Those of a pupil’s marks, in the order of their days, that stand on one of the `due_sessions`."""
    kept: list[Mark] = []
    morning = Half.AM
    for start, end, class_name, year in _stretches(pupil, memberships, marks[0].day, marks[-1].day) if marks else ():
        mornings, afternoons = (calendar.open_days(half, class_name, year) for half in HALVES)
        part = marks[bisect_left(marks, start, key=_day) : bisect_right(marks, end, key=_day)]
        kept += [one for one in part if one.day in (mornings if one.half is morning else afternoons)]
    return kept


def expected_count(
    pupil: Pupil,
    memberships: Sequence[Membership],
    patterns: Sequence[Pattern],
    calendar: SchoolCalendar,
    first: date,
    last: date,
) -> int:
    """How many sessions are expected from `first` to `last`: as `expected_sessions`, without making them."""
    if patterns:
        return len(expected_sessions(pupil, memberships, patterns, calendar, first, last))
    return sum(calendar.count(*stretch) for stretch in _stretches(pupil, memberships, first, last))


def why_not(
    pupil: Pupil,
    memberships: Sequence[Membership],
    patterns: Sequence[Pattern],
    calendar: SchoolCalendar,
    session: Session,
) -> str | None:
    """Why a session is not expected of a pupil, in words; None where it is.

    Give no patterns to ask whether a mark may stand there at all: C2 and X stand on sessions outside the pattern.
    """
    if session.day < pupil.starting_day:
        return f"before the starting day, {date_year(pupil.starting_day)}"
    if pupil.leaving_day is not None and session.day > pupil.leaving_day:
        return f"after leaving on {date_year(pupil.leaving_day)}"
    member = membership_on(memberships, session.day)
    closed = calendar.closed(session, member.class_name, member.year) if member else calendar.closed(session)
    if closed is not None:
        return closed
    pattern = _not_due(pupil, patterns, session)
    return None if pattern is None else f"not expected then ({pattern.kind} pattern)"


def membership_on(memberships: Sequence[Membership], day: date) -> Membership | None:
    """The class and year group of a pupil on `day`; of two that overlap, the one that began later."""
    held = [member for member in memberships if member.holds(day)]
    if len(held) > 1:
        return max(held, key=lambda member: (member.first, member.id))
    return held[0] if held else None


def _stretches(
    pupil: Pupil, memberships: Sequence[Membership], first: date, last: date
) -> Iterator[tuple[date, date, str, str]]:
    """The days on roll from `first` to `last`, cut where the class or year group changes: first, last, class, year."""
    start = max(first, pupil.starting_day)
    end = last if pupil.leaving_day is None else min(last, pupil.leaving_day)
    cuts = {member.first for member in memberships} | {member.last + ONE_DAY for member in memberships if member.last}
    begins = [start, *sorted(cut for cut in cuts if start < cut <= end)] if start <= end else []
    for begin, following in zip(begins, [*begins[1:], end + ONE_DAY], strict=False):
        member = membership_on(memberships, begin)
        yield begin, following - ONE_DAY, member.class_name if member else "", member.year if member else ""


def _not_due(pupil: Pupil, patterns: Sequence[Pattern], session: Session) -> Pattern | None:
    """The pattern that says no mark is missed there. At alternative provision the child is due, and confirmed daily;
    a nursery timetable ends by itself when the child is of compulsory school age."""
    pattern = pattern_off(patterns, session)
    if pattern is None or pattern.kind == PatternKind.ALTERNATIVE:
        return None
    ended = pattern.kind == PatternKind.NURSERY and compulsory(pupil.date_of_birth, session.day)
    return None if ended else pattern


def pattern_off(patterns: Sequence[Pattern], session: Session) -> Pattern | None:
    """The pattern that has not this session; of two that overlap, the one that began later decides."""
    if not patterns or session.day.weekday() >= PATTERN_DAYS:
        return None
    held = (pattern for pattern in patterns if pattern.holds(session.day))
    pattern = max(held, key=lambda p: (p.first, p.id), default=None)
    place = 2 * session.day.weekday() + session.half.ordinal
    return pattern if pattern is not None and pattern.expected[place] == "0" else None
