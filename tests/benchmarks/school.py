"""The school the comparisons are made on: 420 pupils in 14 classes, 190 days a year, one to six years of marks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from db import keys
from db.engine import connect
from db.house import House
from desktop_app import paths, rulebook as rulebooks
from desktop_app.actions.school import NewSchool, new_school
from desktop_app.context import Context, signed_in
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, SchoolType
from desktop_app.domain.sessions import HALVES, Half
from desktop_app.domain.staff import Role
from desktop_app.rules.upn import check_letter

PUPILS, CLASSES, DAYS = 420, 14, 190
USER, PASSWORD = "bench", "velvet-harbour-ninety-crane"
LAST_YEAR = 2025
NOW = datetime(2026, 7, 20, 8, 50, tzinfo=UTC)


def still_clock() -> datetime:
    """The last Monday of the last year."""
    return NOW


def school_days(year: int) -> list[date]:
    """190 weekdays of the school year that begins in `year`, in 38 whole weeks with a break between the terms."""
    begin = date(year, 9, 1)
    begin += timedelta(days=-begin.weekday() % 7)
    weeks = [*range(14), *range(16, 30), *range(33, 43)]
    return [begin + timedelta(weeks=week, days=day) for week in weeks for day in range(5)]


def terms(years: int) -> list[Period]:
    """The periods that open the school on exactly those days."""
    periods: list[Period] = []
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        days = school_days(year)
        for first, last in ((0, 69), (70, 139), (140, 189)):
            periods.append(Period(0, PeriodKind.TERM, "term", days[first], days[last]))
    return periods


def upn(number: int) -> str:
    """A valid UPN of our own."""
    body = f"80112000{number:04d}"
    return check_letter(body) + body


def marks(years: int, pupils: list[int], *, leave_out: int = 0) -> Iterator[tuple[int, date, Half, str]]:
    """A mark of each pupil for each session but those of the last `leave_out` days; six in a hundred absent."""
    dice = random.Random(1)
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        days = school_days(year)
        for day in days[: DAYS - leave_out] if year == LAST_YEAR else days:
            for half in HALVES:
                present = "/" if half is Half.AM else "\\"
                for pupil in pupils:
                    roll = dice.random()
                    code = present if roll > 0.075 else dice.choice(("I", "I", "I", "O", "G", "M", "L", "L", "U"))
                    yield pupil, day, half, code


def empty_school(path: Path, years: int, house: House | None = None, pupils: int = PUPILS) -> tuple[Context, list[int]]:
    """A school with its calendar and pupils, and no mark."""
    rulebook = rulebooks.load(paths.resources())
    times = RegisterTimes(time(8, 45), time(8, 55))
    wanted = NewSchool(
        "Bench Primary", "england", SchoolType.MAINTAINED, Phase.PRIMARY, times, RegisterTimes(time(13), time(13, 15)),
        tuple(terms(years)), USER, "Bench", "Office", Role.OFFICE, PASSWORD,
    )  # fmt: skip
    made = new_school(house or House(), path, rulebook, still_clock, wanted)
    context = signed_in(made.store, rulebook, still_clock)
    start = school_days(LAST_YEAR - years + 1)[0]
    with made.store.writing(context.deed("pupils")) as writing:
        keys = writing.book.put_many(
            Pupil(0, f"Surname{n:03d}", f"Forename{n % 37}", date(2016, 1, 1), start, upn(n), f"{n:05d}")
            for n in range(pupils)
        )
        writing.book.put_many(
            Membership(0, pupil, f"{n % CLASSES + 1}A", str(n % 7), start) for n, pupil in enumerate(keys)
        )
    return context, keys


def full_school(
    path: Path, years: int, *, leave_out: int = 0, house: House | None = None, pupils: int = PUPILS
) -> tuple[Context, list[int]]:
    """A school of some years with every mark but those of the last `leave_out` days."""
    context, keys = empty_school(path, years, house, pupils)
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(pupil, day, half, code, source=Source.IMPORT)
            for pupil, day, half, code in marks(years, keys, leave_out=leave_out)
        )
    return context, keys


def bare(path: Path) -> Any:
    """A bare connection to the same encrypted file, with the same pragmas and no program around it."""
    _, opened = keys.load(path)[0].unlock(USER, PASSWORD)
    return connect(path, opened.data)
