"""A child with two parents and some unauthorised sessions, for everything formal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.actions.notices import AskNotice
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer, Person, Tie
from desktop_app.domain.sessions import HALVES, Half, Session
from tests.support.schools import SmallSchool, fill_school

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 6)
"""A week without leave, ten sessions."""
WARNED = datetime(2026, 10, 6, 15, 0)
EQUALITY = "Neither the child nor a parent is disabled; nothing to adjust."


@dataclass(frozen=True)
class Family:
    """A child of the small school with a mother and a father."""

    context: Context
    pupil: int
    mother: int
    father: int
    week: tuple[Session, ...]

    def asking(self, *parents: int, **more: object) -> AskNotice:
        """A notice that everything speaks for: of the mother, the father left out, unless it says otherwise."""
        named = parents or (self.mother,)
        others = {one: "He was abroad and did not know." for one in (self.mother, self.father) if one not in named}
        facts: dict[str, object] = {
            "pupil": self.pupil,
            "parents": named,
            "sessions": self.week,
            "reasons": "A week in Spain that nobody asked leave for.",
            "equality": EQUALITY,
            "why_not": others,
        }
        return AskNotice(**{**facts, **more})  # type: ignore[arg-type]


def family(school: SmallSchool, surname: str = "Doyle", *, warned: bool = True) -> Family:
    """Doyle with both parents, each warned in October, and a week coded G."""
    return with_father(school.context, school.pupils[surname], surname, warned=warned)


def new_family(context: Context, number: int) -> Family:
    """Another child in the same school, with both parents and the same week."""
    surname = f"Ash{number}"
    return with_father(context, fill_school(context, ((surname, "Mo"),))[surname], surname)


def with_father(context: Context, pupil: int, surname: str, *, warned: bool = True) -> Family:
    """The child with a father besides the mother there is, and a week coded G. `warned`: each parent had the letter
    without which Knowsley asks for no notice."""
    with context.store.writing(context.deed("set up")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == pupil)
        father = writing.book.put(Person(0, f"Mr P {surname}", "Mr"))
        writing.book.put(Tie(0, pupil, father, "father", Answer.YES, Answer.NO, 2))
        for parent in (mother, father) if warned else ():
            warning = {"what": "penalty notice", "method": "by post"}
            new = NewEntry(EntryKind.WARNING, WARNED, (pupil,), "sent", (parent,), details=warning)
            writing.entries.add(new)
    week = sessions_between(FIRST, LAST)
    mark(context, pupil, week, "G")
    return Family(context, pupil, mother, father, week)


def sessions_between(first: date, last: date) -> tuple[Session, ...]:
    """Both halves of every day from Monday to Friday."""
    days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
    return tuple(Session(day, half) for day in days if day.weekday() < 5 for half in HALVES)


def mark(context: Context, pupil: int, sessions: Iterable[Session], code: str) -> None:
    """The same code for some sessions; `/` is turned for the afternoon."""
    with context.store.writing(context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(pupil, one.day, one.half, "\\" if code == "/" and one.half is Half.PM else code) for one in sessions
        )
