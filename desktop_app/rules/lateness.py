"""Late or absent, decided from the time a child arrived: what is typed after L or U in the register.

Source: School Attendance (Pupil Registration) (England) Regulations 2024, regulation 10, and "Working together to
improve school attendance", codes L and U: late before the register closes is L and present, after it U and absent.
Minutes late count from the beginning of the taking of the register.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from desktop_app.domain.errors import Refused, StillToCome
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.display import clock_time
from desktop_app.rules.register import arrival_code, minutes_late
from desktop_app.rules.typed_when import read_time

MOST_MINUTES = 400
"""The longest a child can be late, in minutes: more than the longest school day."""
NOON, MIDNIGHT = 12, 24
DIGITS = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Late:
    """The code that the arrival makes of what was typed, and the minutes late. `words` says why, where the code is
    another than the one typed."""

    code: str
    minutes: int | None
    words: str = ""


def default_arrival(school: School, session: Session, now: datetime, *, closing_minute_late: bool = True) -> str:
    """What stands in the field before anything is typed: the present minute, where a child can come late now."""
    if session.day != now.date():
        return ""
    code = arrival_code(school, session, now.time(), closing_minute_late=closing_minute_late)
    return clock_time(now) if code and minutes_late(school, session, now.time()) else ""


def late_of(
    school: School, session: Session, code: str, typed: str, now: datetime, *, closing_minute_late: bool = True
) -> Late:
    """Read minutes (`7`, `25`) or a time (`9:10`, `910`, `0910`) typed after `code`, L or U. Nothing typed: the code
    alone. Raises `Refused` for a time at which nobody comes late, `StillToCome` for one that `now` has not reached."""
    text = typed.strip()
    if not text:
        return Late(code, None)
    if DIGITS.fullmatch(text) and int(text) <= MOST_MINUTES:
        minutes = int(text)
        if not minutes:
            return Late(code, 0)
        at = _after(school.times(session.half).opens, minutes)
    else:
        at = _in_half(read_time(text if len(text) != 3 else f"0{text}"), session.half)
        minutes = minutes_late(school, session, at)
    if datetime.combine(session.day, at) > now:
        raise StillToCome(
            f"{clock_time(at)} is still to come: it is {clock_time(now)} now. Nobody has arrived then yet."
        )
    found = arrival_code(school, session, at, closing_minute_late=closing_minute_late)
    if found is None:
        raise Refused(_why_none(school, session, at))
    return Late(found, minutes or None, _why_other(school, session, code, found, at))


def _after(opens: time, minutes: int) -> time:
    hour, minute = divmod(opens.hour * 60 + opens.minute + minutes, 60)
    return time(hour, minute) if hour < MIDNIGHT else time.max


def _in_half(at: time, half: Half) -> time:
    """`1:10` of an afternoon is ten past one."""
    early = half is Half.PM and at.hour < NOON - 4
    return at.replace(hour=at.hour + NOON) if early else at


def _why_none(school: School, session: Session, at: time) -> str:
    opens, ends = school.times(session.half).opens, school.ends(session.half)
    if at < opens:
        return f"{clock_time(at)} is before the register opens at {clock_time(opens)}: the child is present, not late."
    return f"{clock_time(at)} is after the end of the session at {clock_time(ends)}: it is an absence, not a late mark."


def _why_other(school: School, session: Session, code: str, found: str, at: time) -> str:
    if code == found:
        return ""
    closes = clock_time(school.times(session.half).closes)
    if found == "U":
        return f"U, not L: {clock_time(at)} is after the register closed at {closes}. A code for the reason goes first."
    return f"{found}, not {code}: {clock_time(at)} is not after the register closed at {closes}."
