"""Real schools in a folder of the test's own: a calendar, classes, families; everything through the store's ports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from desktop_app.actions.school import NewSchool, new_school
from desktop_app.context import Context, signed_in
from desktop_app.domain.people import Answer, Channel, ChannelKind, Membership, Person, Pupil, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind, Phase, RegisterTimes, SchoolType
from desktop_app.domain.staff import Role
from desktop_app.ports import StoreHouse
from tests.support.clock import StillClock

PASSWORD = "velvet-harbour-ninety-crane"

CALENDAR = (
    Period(0, PeriodKind.TERM, "autumn term", date(2026, 9, 2), date(2026, 12, 18)),
    Period(0, PeriodKind.INSET, "first day", date(2026, 9, 2), date(2026, 9, 2)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2026, 10, 26), date(2026, 10, 30)),
    Period(0, PeriodKind.TERM, "spring term", date(2027, 1, 4), date(2027, 3, 25)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2027, 2, 15), date(2027, 2, 19)),
    Period(0, PeriodKind.TERM, "summer term", date(2027, 4, 12), date(2027, 7, 21)),
    Period(0, PeriodKind.HOLIDAY, "half term", date(2027, 5, 31), date(2027, 6, 4)),
)
"""One school year, 2026/27."""

NAMES = (
    ("Abara", "Tobi"),
    ("Bielak", "Łucja"),
    ("Chaudhry", "Hamza"),
    ("Đặng", "Minh"),
    ("Doyle", "Ryan"),
    ("Kaya", "Çağla"),
)


@dataclass
class SmallSchool:
    """A school open for writing: its context, the ids of its pupils by surname, and where its file lies."""

    context: Context
    pupils: dict[str, int]
    path: Path


def make_school(house: StoreHouse, path: Path, rulebook: Rulebook, clock: StillClock, la: str = "knowsley") -> Context:
    """An empty school with a calendar and a headteacher signed in."""
    wanted = NewSchool(
        name="Marsh Lane Primary School",
        la=la,
        type=SchoolType.MAINTAINED,
        phase=Phase.PRIMARY,
        am=RegisterTimes(time(8, 45), time(8, 55)),
        pm=RegisterTimes(time(13, 0), time(13, 15)),
        periods=CALENDAR,
        user="head",
        staff_name="Dr A Rahman",
        position="Headteacher",
        role=Role.HEADTEACHER,
        password=PASSWORD,
        dfe_number="340/2001",
        headteacher="Dr A Rahman",
    )
    made = new_school(house, path, rulebook, clock, wanted)
    return signed_in(made.store, rulebook, clock)


def pupil(surname: str, forename: str, number: int = 1, **more: object) -> Pupil:
    """A pupil of Year 4 who started in 2022."""
    facts: dict[str, object] = {
        "id": 0,
        "legal_surname": surname,
        "legal_forename": forename,
        "date_of_birth": date(2018, 2, 14),
        "starting_day": date(2022, 9, 5),
        "admission_number": f"{number:05d}",
        "sex": "F" if number % 2 else "M",
    }
    return Pupil(**{**facts, **more})  # type: ignore[arg-type]


def fill_school(context: Context, names: tuple[tuple[str, str], ...] = NAMES, class_name: str = "4B") -> dict[str, int]:
    """Put pupils in a class, each with a mother to call; returns their ids by surname."""
    with context.store.writing(context.deed("set up")) as writing:
        ids = writing.book.put_many(pupil(surname, forename, n) for n, (surname, forename) in enumerate(names, 1))
        writing.book.put_many(Membership(0, one, class_name, "4", date(2026, 9, 1)) for one in ids)
        mothers = writing.book.put_many(Person(0, f"Ms K {surname}", "Ms") for surname, _ in names)
        writing.book.put_many(
            Tie(0, child, mother, "mother", Answer.YES, Answer.YES) for child, mother in zip(ids, mothers, strict=True)
        )
        writing.book.put_many(
            Channel(0, mother, ChannelKind.PHONE, f"07700 900{n:03d}", checked=date(2026, 9, 2))
            for n, mother in enumerate(mothers, 1)
        )
    return {surname: one for (surname, _), one in zip(names, ids, strict=True)}
