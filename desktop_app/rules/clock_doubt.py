"""Whether the computer's clock can be believed: every mark is dated by it, and a wrong date in a register is a wrong
register (SI 2024/208 regulation 10: the entry is of the session at which it is made).

A doubt is asked about. While it blocks, nothing is written for today and nothing settles by itself, until somebody has
said that the clock is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop_app.domain.sessions import HALVES, Session
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import clock_time, date_year

ONE_DAY = timedelta(days=1)
SLACK = timedelta(minutes=5)
"""Two clocks that agree so far are not worth a sentence."""
CLEARLY = timedelta(hours=1)
"""Further back than this the clock cannot be right: neither summer time nor another computer explains it."""
LONG = timedelta(days=7)
QUIET_DAYS = 2
"""So many school days without a register before a day without school: the day may well be another."""


class Doubt(StrEnum):
    """What is doubtful about the clock."""

    BEFORE = "before"
    AHEAD = "ahead"
    NO_SCHOOL = "no-school"


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """A doubt, in a plain sentence. `blocks`: nothing is written for today until somebody says that the clock is
    right."""

    kind: Doubt
    words: str
    blocks: bool = False


def clock_doubt(
    now: datetime,
    newest: datetime | None,
    register: datetime | None,
    calendar: SchoolCalendar,
    said_right: datetime | None = None,
) -> ClockDoubt | None:
    """What is to be doubted at `now`, where the newest entry was recorded at `newest`, the last deed in a register was
    at `register`, and somebody last said at `said_right` that the clock is right; all naive school local time. None
    where nothing is. The worst is said alone."""
    before = _before(now, newest)
    if before is not None:
        return before
    if said_right is not None and said_right.date() == now.date() and now - said_right > -SLACK:
        return None
    return _ahead(now, register, calendar) or _no_school(now, register, calendar)


def _before(now: datetime, newest: datetime | None) -> ClockDoubt | None:
    if newest is None or newest - now <= SLACK:
        return None
    words = f"This computer’s clock says {_moment(now)}, but the last entry here was recorded on {_moment(newest)}."
    return ClockDoubt(Doubt.BEFORE, words, blocks=newest - now > CLEARLY)


def _ahead(now: datetime, register: datetime | None, calendar: SchoolCalendar) -> ClockDoubt | None:
    """More than a week without a register, though there was school between: either nobody took one, or the clock runs
    ahead."""
    if register is None or now - register <= LONG or not _quiet(now, register, calendar):
        return None
    words = (
        f"This computer’s clock says {_moment(now)}; the last register here was written on {_moment(register)}, "
        "though there was school between."
    )
    return ClockDoubt(Doubt.AHEAD, words, blocks=True)


def _no_school(now: datetime, register: datetime | None, calendar: SchoolCalendar) -> ClockDoubt | None:
    closed = [calendar.closed(Session(now.date(), half)) for half in HALVES]
    why = closed[0]
    if why is None or closed[1] is None:
        return None
    words = f"There is no school today by this computer’s clock, {date_year(now.date())} ({why})."
    quiet = register is not None and _quiet(now, register, calendar) >= QUIET_DAYS
    return ClockDoubt(Doubt.NO_SCHOOL, words, blocks=quiet)


def _quiet(now: datetime, register: datetime, calendar: SchoolCalendar) -> int:
    """The school days between the last register and today."""
    first, last = register.date() + ONE_DAY, now.date() - ONE_DAY
    return len(calendar.school_days(first, last)) if first <= last else 0


def _moment(at: datetime) -> str:
    return f"{date_year(at.date())}, {clock_time(at)}"
