"""When a register may be taken and when it has closed.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10, and "Working together to
improve school attendance": a register stays open for no longer than 30 minutes, for the same time every session.
"""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from desktop_app.domain.school import RegisterTimes, School
from desktop_app.domain.sessions import HALVES, Half, Session


class Stage(StrEnum):
    """Where a register stands at a moment: a later day, later today, being taken, or closed."""

    FUTURE = "future"
    WAITING = "waiting"
    TAKING = "taking"
    CLOSED = "closed"


def stage(school: School, session: Session, now: datetime) -> Stage:
    """Where the register of `session` stands at `now` (naive school local time).

    The closing minute itself still belongs to the taking: a pupil who comes in it is late, not absent.
    """
    today = now.date()
    if session.day != today:
        return Stage.FUTURE if session.day > today else Stage.CLOSED
    times = school.times(session.half)
    minute = now.time().replace(second=0, microsecond=0)
    if minute < times.opens:
        return Stage.WAITING
    return Stage.TAKING if minute <= times.closes else Stage.CLOSED


def register_closed(school: School, session: Session, now: datetime) -> bool:
    """Whether the register has closed, so that a change of a mark is an amendment and needs a reason."""
    return stage(school, session, now) is Stage.CLOSED


def in_future(school: School, session: Session, now: datetime) -> bool:
    """Whether the session is on a later day, where no mark may stand. This afternoon may be marked all day."""
    return stage(school, session, now) is Stage.FUTURE


def taking_begun(school: School, session: Session, now: datetime) -> bool:
    """Whether the taking of the register has begun: before it nobody can be said to be present."""
    return stage(school, session, now) in (Stage.TAKING, Stage.CLOSED)


def session_past(school: School, session: Session, now: datetime) -> bool:
    """Whether the session has ended: what stands by itself becomes a mark then."""
    if session.day != now.date():
        return session.day < now.date()
    return now.time() >= school.ends(session.half)


def arrival_code(school: School, session: Session, at: time, *, closing_minute_late: bool = True) -> str | None:
    """The late code of a child who comes at `at`: L while the register is open, U from then to the end of the session,
    None before the taking begins (present) and once the session has ended (absent).

    Source: SI 2024/208 regulation 10. The closing minute itself is still L unless the school says otherwise.
    """
    times, minute = school.times(session.half), at.replace(second=0, microsecond=0)
    if minute < times.opens or minute >= school.ends(session.half):
        return None
    still_open = minute < times.closes or (closing_minute_late and minute == times.closes)
    return "L" if still_open else "U"


def minutes_late(school: School, session: Session, at: time) -> int:
    """Minutes late, counted from the beginning of the taking of the register; 0 before it."""
    opens = school.times(session.half).opens
    return max(0, (at.hour - opens.hour) * 60 + at.minute - opens.minute)


def not_begun(school: School, now: datetime) -> tuple[Session, ...]:
    """Today’s sessions whose registers have not begun to be taken: nobody is missed there yet."""
    today = (Session(now.date(), half) for half in HALVES)
    return tuple(session for session in today if not taking_begun(school, session, now))


def times_fault(times: RegisterTimes, most: int) -> str | None:
    """What is wrong with the times a school would take its register at, in words; None where nothing is."""
    opens = times.opens.hour * 60 + times.opens.minute
    closes = times.closes.hour * 60 + times.closes.minute
    if closes <= opens:
        return f"The register cannot close at {times.closes:%H:%M}: it is opened only at {times.opens:%H:%M}."
    if closes - opens > most:
        return f"A register may stay open for at most {most} minutes: close it before {times.closes:%H:%M}."
    return None


def day_fault(am: RegisterTimes, pm: RegisterTimes, most: int) -> str | None:
    """What is wrong with a school's two registers, in words: each by itself, then the one before the other."""
    fault = times_fault(am, most) or times_fault(pm, most)
    if fault is None and pm.opens <= am.closes:
        return (
            f"The afternoon register cannot open at {pm.opens:%H:%M}: the morning’s closes only at {am.closes:%H:%M}."
        )
    return fault


def ends_fault(school: School) -> str | None:
    """What is wrong with the ends of a school’s two sessions, in words: a session ends after its register has closed,
    and the morning no later than the afternoon register opens."""
    am, pm = school.ends(Half.AM), school.ends(Half.PM)
    if am <= school.am.closes:
        return f"The morning cannot end at {am:%H:%M}: its register closes only at {school.am.closes:%H:%M}."
    if am > school.pm.opens:
        return f"The morning cannot end at {am:%H:%M}: the afternoon register opens at {school.pm.opens:%H:%M}."
    if pm <= school.pm.closes:
        return f"The afternoon cannot end at {pm:%H:%M}: its register closes only at {school.pm.closes:%H:%M}."
    return None
