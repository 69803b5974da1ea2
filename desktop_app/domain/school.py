"""The school itself: particulars, register times, calendar, plans and settings. All are versions in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from desktop_app.domain.sessions import Half, Session

NOON, HALF_PAST_THREE = time(12, 0), time(15, 30)


class SchoolType(StrEnum):
    """The kind of school, which decides what the law lets and makes it do."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    INDEPENDENT = "independent"
    SPECIAL = "special"
    NON_MAINTAINED_SPECIAL = "non-maintained-special"
    ALTERNATIVE_PROVISION = "alternative-provision"


class Phase(StrEnum):
    """The phase of education."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    ALL_THROUGH = "all-through"
    SPECIAL = "special"
    NURSERY = "nursery"


@dataclass(frozen=True, slots=True)
class RegisterTimes:
    """When a register begins to be taken and when it closes, school local time (at most 30 minutes apart)."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class School:
    """The school's particulars. `la` is the key of its authority pack; `is_register` is false where another
    system holds the statutory register and marks are imported, read-only. `weekdays` is a mask of the week,
    Monday first, `1` for a day the school meets."""

    name: str
    la: str
    type: SchoolType
    phase: Phase
    am: RegisterTimes
    pm: RegisterTimes
    is_register: bool = True
    dfe_number: str = ""
    headteacher: str = ""
    weekdays: str = "1111100"
    address: str = ""
    phone: str = ""
    email: str = ""
    first: date | None = None
    demo: bool = False
    am_ends: time | None = None
    pm_ends: time | None = None

    def times(self, half: Half) -> RegisterTimes:
        """The register times of that half of the day."""
        return self.am if half is Half.AM else self.pm

    def ends(self, half: Half) -> time:
        """When the session of that half ends: as the school says, else noon (or the afternoon's opening, if that is
        earlier) and half past three (or an hour after the afternoon register closes, if that is later)."""
        if half is Half.AM:
            return self.am_ends or min(NOON, self.pm.opens)
        closes = self.pm.closes
        return self.pm_ends or max(HALF_PAST_THREE, closes.replace(hour=min(closes.hour + 1, 23)))


class PeriodKind(StrEnum):
    """What a calendar period is. `term` opens the school; `holiday`, `inset` and `closure` close it by plan (`#`).
    `site-closed` and `part-closed` close nothing: the sessions were due, and each pupil has Y4 or Y3 for them."""

    TERM = "term"
    HOLIDAY = "holiday"
    INSET = "inset"
    CLOSURE = "closure"
    SITE_CLOSED = "site-closed"
    PART_CLOSED = "part-closed"

    @property
    def closes(self) -> bool:
        """Whether there is no session then: a closure known in advance."""
        return self in (PeriodKind.HOLIDAY, PeriodKind.INSET, PeriodKind.CLOSURE)

    @property
    def unexpected(self) -> bool:
        """Whether a session was due and could not be held for those concerned."""
        return self in (PeriodKind.SITE_CLOSED, PeriodKind.PART_CLOSED)


@dataclass(frozen=True, slots=True)
class Period:
    """A named stretch of the school calendar, ends inclusive.

    `half` narrows it to mornings or afternoons; `years` and `classes` to some year groups or classes (empty: all).
    """

    id: int
    kind: PeriodKind
    name: str
    start: date
    end: date
    half: Half | None = None
    years: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A planned absence or attendance elsewhere of one pupil, both ends inclusive.

    `group` is the id of the first of several plans that were made together (a trip of a class); 0: alone. `asked_by`,
    `asked_on`, `decided_by` and `decided_on` say who asked for leave and who gave it (regulation 11); `provider` is
    where the child is, and `note` what for, where the code says the child attends elsewhere.
    """

    id: int
    pupil: int
    code: str
    first: date
    first_half: Half
    last: date
    last_half: Half
    note: str = ""
    group: int = 0
    asked_by: str = ""
    asked_on: date | None = None
    decided_by: str = ""
    decided_on: date | None = None
    provider: str = ""

    def covers(self, session: Session) -> bool:
        """Whether the plan reaches over a session."""
        begins = (self.first, self.first_half.ordinal)
        ends = (self.last, self.last_half.ordinal)
        return begins <= (session.day, session.half.ordinal) <= ends


@dataclass(frozen=True, slots=True)
class ClosedWeek:
    """A school week that was looked through and signed off: from then on only the attendance lead changes its marks.
    Who signed it, and when, is on its link. Removed: it was opened again."""

    id: int
    monday: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the school, by key."""

    key: str
    value: str
