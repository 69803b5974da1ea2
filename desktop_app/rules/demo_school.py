"""The whole story of a demo school, told before anything is written: calendar, people, marks, log and cases.

The same seed, size and day always give the same story; nothing in it depends on the clock of the machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from desktop_app.domain.people import Membership
from desktop_app.domain.school import Period
from desktop_app.domain.sessions import school_year_end, school_year_start
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.demo_attendance import Sheet, blank_sheet, fill
from desktop_app.rules.demo_calendar import school_year
from desktop_app.rules.demo_cases import Amendment, Case, amendments, choose, leave_open, play, unsettle
from desktop_app.rules.demo_log import Said, everyday, milestones, of_case
from desktop_app.rules.demo_people import YEAR_GROUPS, Child, Roster, Span, forms_for, roster
from desktop_app.rules.demo_words import Words

WEEKDAYS = "1111100"


@dataclass(frozen=True, slots=True)
class Classes:
    """What the classes are called and who teaches them; a class bears its year group and its teacher's initial."""

    teachers: tuple[str, ...]
    forms: int

    def teacher(self, group: str, form: int) -> str:
        """The name of the teacher of a year group's class."""
        return self.teachers[(YEAR_GROUPS.index(group) + len(YEAR_GROUPS) * form) % len(self.teachers)]

    def name(self, group: str, form: int) -> str:
        """The name of a class, such as `4B`. Schools with more than two classes a year have letters in order."""
        if self.forms * len(YEAR_GROUPS) > len(self.teachers):
            return f"{group}{chr(ord('A') + form)}"
        return f"{group}{self.teacher(group, form).split()[-1][0]}"


@dataclass(frozen=True, slots=True)
class Year:
    """A school year as told: its calendar, marks, and how many of its days have been (`taken`, today among them)."""

    start: int
    periods: tuple[Period, ...]
    sheet: Sheet
    taken: int
    amended: tuple[Amendment, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that a demo school is made of."""

    words: Words
    today: date
    roster: Roster
    classes: Classes
    years: tuple[Year, ...]
    cases: tuple[Case, ...]

    def memberships(self, child: Child, pupil: int, year: Year) -> Membership | None:
        """The class and year group of a child in a year, by the pupil's own id; None where it was not on roll."""
        row = year.sheet.rows.get(child.key)
        if row is None:
            return None
        group = child.year_group(year.start)
        last = None if year is self.years[-1] else school_year_end(date(year.start, 9, 1))
        if child.departure and child.departure.day < school_year_end(date(year.start, 9, 1)):
            last = child.departure.day
        first = max(child.pupil.starting_day, date(year.start, 9, 1))
        return Membership(0, pupil, self.classes.name(group, child.form), group, first, last)

    def in_classes(self, year: Year) -> dict[str, list[int]]:
        """The keys of the children of each class in a year."""
        return _classes(year.sheet, self.classes)


def tell(words: Words, today: date, pupils: int, years: int, seed: int) -> Story:
    """Tell the story of a school with so many pupils today and so many school years, the one of `today` the last."""
    random = Random(seed)  # noqa: S311 - the same school each time is what is wanted; nothing is kept secret by it
    last = school_year_start(today).year
    starts = tuple(range(last - years + 1, last + 1))
    periods = {start: school_year(start) for start in range(starts[0] - len(YEAR_GROUPS), last + 1)}
    calendar = SchoolCalendar([period for one in periods.values() for period in one], WEEKDAYS)
    days = {start: calendar.school_days(date(start, 9, 1), date(start + 1, 8, 31)) for start in periods}
    people = roster(random, words, Span(starts, days, {start: of[0] for start, of in days.items()}), pupils)
    teller = _Teller(random, words, today, people, Classes(words.teachers, forms_for(pupils)))
    cases = choose(random, words, people, last, starts[0])
    told = (teller.year(start, periods[start], days[start], cases if start == last else ()) for start in starts)
    return Story(words, today, people, teller.classes, tuple(told), cases)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one school year after another."""

    random: Random
    words: Words
    today: date
    people: Roster
    classes: Classes

    def year(self, start: int, periods: tuple[Period, ...], days: Sequence[date], cases: Sequence[Case]) -> Year:
        """A year with all its marks, and what was put right and said up to today."""
        random, people = self.random, self.people
        sheet = blank_sheet(start, days, people.children)
        taken = sum(day <= self.today for day in days)
        for case in cases:
            play(random, sheet, case, taken)
        fill(random, self.words, people.families, sheet)
        now = school_year_start(self.today).year == start
        if now:
            unsettle(random, sheet, cases, taken)
            if taken and days[taken - 1] == self.today:
                leave_open(sheet, taken - 1, _classes(sheet, self.classes), cases)
        said = [
            *everyday(random, self.words, people, sheet, taken, now=now, but=cases),
            *milestones(random, self.words, people, sheet, taken, cases),
            *(said for case in cases for said in of_case(sheet, people, case, taken)),
        ]
        amended = tuple(amendments(random, sheet, cases, taken))
        return Year(start, periods, sheet, taken, amended, tuple(sorted(said, key=lambda one: (one.at, one.children))))


def _classes(sheet: Sheet, classes: Classes) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for key, row in sheet.rows.items():
        found[classes.name(row.child.year_group(sheet.start), row.child.form)].append(key)
    return dict(found)
