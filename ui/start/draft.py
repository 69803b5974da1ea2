"""What was typed into the form that makes a school, and what is wrong with it, field by field. No widgets here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop_app.actions.school import NewSchool
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, SchoolType
from desktop_app.domain.staff import Role
from desktop_app.rules.bank_holidays import bank_holidays
from desktop_app.rules.passwords import password_fault
from desktop_app.rules.register import times_fault
from desktop_app.rules.typed_when import read_day, read_time

_DFE = re.compile(r"\d{3}[/ -]?\d{4}")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 48
"""Letters of a school's name that its file takes: a whole path may have few on Windows."""


@dataclass(frozen=True, slots=True)
class TypedPeriod:
    """One row of the calendar as typed. `kept` is the period it was read from, where it came from a file."""

    kind: PeriodKind
    name: str
    start: str
    end: str
    kept: Period | None = None

    @property
    def blank(self) -> bool:
        """Whether no date was typed: the row says nothing."""
        return not self.start.strip() and not self.end.strip()


@dataclass(frozen=True, slots=True)
class TypedSchool:
    """The form as it stands. Times are text; the calendar's rows are read by `read_calendar`."""

    name: str
    la: str
    type: SchoolType
    phase: Phase
    is_register: bool
    dfe_number: str
    am: tuple[str, str]
    pm: tuple[str, str]
    rows: tuple[TypedPeriod, ...]
    closed_on: tuple[date, ...]
    headteacher: str
    staff_name: str
    position: str
    role: Role
    user: str
    password: str
    again: str
    path: str


def form_faults(typed: TypedSchool, middle: date, most: int) -> dict[str, str]:
    """What is wrong, in words, by field, in the order of the form; empty where the school can be made.

    `middle` is the middle of the school year typed; `most` the minutes a register may stay open.
    """
    found: dict[str, str | None] = {
        "name": None if typed.name.strip() else "The school needs a name.",
        "la": None if typed.la else "Choose the council that the school refers to, or England where it is not offered.",
        "dfe_number": _dfe_fault(typed.dfe_number),
        "am": _register_fault(typed.am, most),
        "pm": _register_fault(typed.pm, most),
        "calendar": _calendar_fault(typed.rows, middle),
        "staff_name": None if typed.staff_name.strip() else "Say who you are: it is written beside what you record.",
        "user": None if typed.user.strip() else "Choose a short name to sign in with.",
        "password": password_fault(typed.password),
        "again": None if typed.password == typed.again else "The two passwords are not the same.",
        "path": _path_fault(typed.path),
    }
    return {field: words for field, words in found.items() if words}


def new_school_of(typed: TypedSchool, middle: date) -> NewSchool:
    """The request to make this school; only of a form in which `form_faults` found nothing."""
    return NewSchool(
        name=typed.name.strip(),
        la=typed.la,
        type=typed.type,
        phase=typed.phase,
        is_register=typed.is_register,
        dfe_number=_dfe_number(typed.dfe_number),
        headteacher=typed.headteacher.strip(),
        am=_times(typed.am),
        pm=_times(typed.pm),
        periods=(*read_calendar(typed.rows, middle), *_closures(typed.closed_on)),
        user=typed.user.strip(),
        staff_name=typed.staff_name.strip(),
        position=typed.position.strip(),
        role=typed.role,
        password=typed.password,
    )


def read_calendar(rows: Iterable[TypedPeriod], middle: date) -> tuple[Period, ...]:
    """The periods of the rows that say anything; a date without a year is the one nearest to `middle`.

    Raises `Refused`, naming the row by its name, where a date cannot be read or the last day is before the first.
    """
    return tuple(_period(row, middle) for row in rows if not row.blank)


def offered_closures(rows: Sequence[TypedPeriod], middle: date) -> tuple[tuple[date, str], ...]:
    """The bank holidays inside a term on which the rows do not yet close the school; none while a row is unreadable."""
    try:
        periods = read_calendar(rows, middle)
    except Refused:
        return ()
    terms = [one for one in periods if one.kind is PeriodKind.TERM]
    closings = [one for one in periods if one.kind is not PeriodKind.TERM]
    years = sorted({year for term in terms for year in range(term.start.year, term.end.year + 1)})
    return tuple(
        (day, name)
        for year in years
        for day, name in bank_holidays(year).items()
        if _inside(day, terms) and not _inside(day, closings)
    )


def file_name(school: str) -> str:
    """The file name offered for a school of that name."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", school.casefold()) if not unicodedata.combining(one))
    return (_NOT_IN_NAMES.sub("-", plain)[:_LONGEST_NAME].strip("-") or "school") + ".rollbook"


def _inside(day: date, periods: Iterable[Period]) -> bool:
    return any(one.start <= day <= one.end for one in periods)


def _period(row: TypedPeriod, middle: date) -> Period:
    name = row.name.strip() or row.kind.value
    start = _day(row.start, f"The first day of “{name}”", middle)
    end = start if not row.end.strip() else _day(row.end, f"The last day of “{name}”", middle)
    if end < start:
        raise Refused(f"“{name}” ends before it begins.")
    if row.kept is not None:
        return replace(row.kept, id=0, kind=row.kind, name=name, start=start, end=end)
    return Period(0, row.kind, name, start, end)


def _day(text: str, what: str, middle: date) -> date:
    if not text.strip():
        raise Refused(f"{what} is missing.")
    try:
        return read_day(text, middle)
    except Refused:
        raise Refused(f"{what} is not a date: type it as 2/9/2026 or 2 Sep.") from None


def _closures(days: Iterable[date]) -> tuple[Period, ...]:
    names = {day: name for year in {day.year for day in days} for day, name in bank_holidays(year).items()}
    return tuple(Period(0, PeriodKind.HOLIDAY, names.get(day, "bank holiday"), day, day) for day in sorted(days))


def _calendar_fault(rows: Sequence[TypedPeriod], middle: date) -> str | None:
    try:
        periods = read_calendar(rows, middle)
    except Refused as refused:
        return str(refused)
    if not any(one.kind is PeriodKind.TERM for one in periods):
        return "Type the first and last day of at least one term, or choose a file of term dates."
    return None


def _register_fault(typed: tuple[str, str], most: int) -> str | None:
    try:
        times = _times(typed)
    except Refused:
        return "Type when it opens and when it closes, as 08:45 and 09:15."
    return times_fault(times, most)


def _times(typed: tuple[str, str]) -> RegisterTimes:
    return RegisterTimes(read_time(typed[0]), read_time(typed[1]))


def _dfe_fault(typed: str) -> str | None:
    if not typed.strip() or _DFE.fullmatch(typed.strip()):
        return None
    return "A DfE number is three digits and four, as 341/2001. Leave it empty if the school has none."


def _dfe_number(typed: str) -> str:
    digits = "".join(character for character in typed if character.isdigit())
    return f"{digits[:3]}/{digits[3:]}" if digits else ""


def _path_fault(typed: str) -> str | None:
    path = Path(typed.strip())
    if not typed.strip() or not path.name:
        return "Choose where the school’s file is to be kept."
    if path.exists():
        return f"{path.name} exists already; choose another name."
    return None if path.parent.is_dir() else f"The folder {path.parent} is not there."
