"""A school whose families are of every sort that a letter can meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desktop_app.context import Context
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Address, Answer, Person, Tie
from desktop_app.domain.school import School
from desktop_app.domain.sessions import HALVES, Half
from tests.support.schools import SmallSchool

HOME = Address(("3 Mill Row", "Exampleton"), "EX1 2AB")
AWAY = Address(("Flat 9", "70 High Street"), "EX9 9ZZ")
SAFE = Address(("1 Hidden Close",), "EX7 7QQ")
HALF_TERM = (date(2026, 10, 26), date(2026, 10, 30))
DAYS = tuple(
    day
    for day in (date(2026, 9, 3) + timedelta(days=number) for number in range(78))
    if day.weekday() < 5 and not HALF_TERM[0] <= day <= HALF_TERM[1]
)


def reach(context: Context) -> None:
    """Give the school what stands at the head of a letter."""
    with context.store.writing(context.deed("set up")) as writing:
        school = writing.book.all(School)[0]
        writing.book.put(
            replace(
                school, phone="0151 496 0000", email="office@marshlane.example", address="12 Marsh Lane, Exampleton"
            )
        )


def mark(context: Context, pupil: int, codes: str = "OO//I///L/") -> None:
    """Ten days of a child, a letter a day for both halves; `/` is present, and so is the child on all days since."""
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(pupil, day, half, ("/" if half is Half.AM else "\\") if code == "/" else code)
            for day, code in zip(DAYS, codes + "/" * (len(DAYS) - len(codes)), strict=True)
            for half in HALVES
        )


def parent(context: Context, pupil: int, name: str, relationship: str = "father", **more: object) -> int:
    """One more parent of a child. What is of the tie is given as `tie`."""
    tie: dict[str, object] = dict(more.pop("tie", {}))  # type: ignore[call-overload]
    with context.store.writing(context.deed("set up")) as writing:
        person = writing.book.put(Person(0, name, **more))  # type: ignore[arg-type]
        facts = {"responsibility": Answer.YES, "lives_with": Answer.YES, "priority": 2, **tie}
        writing.book.put(Tie(0, pupil, person, relationship, **facts))  # type: ignore[arg-type]
    return person


def change(context: Context, person: int, **more: object) -> None:
    """Change what is known of a person."""
    with context.store.writing(context.deed("set up")) as writing:
        found = writing.book.get(Person, person)
        assert found is not None
        writing.book.put(replace(found, **more))


def mother_of(context: Context, pupil: int) -> int:
    """The first contact of a child."""
    with context.store.reading() as reading:
        return next(one.person for one in reading.book.all(Tie) if one.pupil == pupil)


def lettered(school: SmallSchool) -> SmallSchool:
    """The small school, reachable, with ten days of marks for each child."""
    reach(school.context)
    for pupil in school.pupils.values():
        mark(school.context, pupil)
    return school
