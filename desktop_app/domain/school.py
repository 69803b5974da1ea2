"""The school itself: particulars, register times, calendar, plans and settings. All are versions in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from desktop_app.domain.sessions import Half, Session


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

    def times(self, half: Half) -> RegisterTimes:
        """The register times of that half of the day."""
        return self.am if half is Half.AM else self.pm


class PeriodKind(StrEnum):
    """What a calendar period is. Only `term` opens the school; the others close it."""

    TERM = "term"
    HOLIDAY = "holiday"
    INSET = "inset"
    CLOSURE = "closure"


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
    """A planned absence or attendance elsewhere of one pupil, both ends inclusive."""

    id: int
    pupil: int
    code: str
    first: date
    first_half: Half
    last: date
    last_half: Half
    note: str = ""

    def covers(self, session: Session) -> bool:
        """Whether the plan reaches over a session."""
        begins = (self.first, self.first_half.ordinal)
        ends = (self.last, self.last_half.ordinal)
        return begins <= (session.day, session.half.ordinal) <= ends


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of the school, by key."""

    key: str
    value: str
