"""Who is counted as the Department for Education counts, and on which days: figures to lay beside published ones.

Sources: DfE, Pupil absence statistics: methodology (ages 5 to 15 on 31 August before the school year; nursery and sixth
form are not collected; of pupils aged 15 the second half of the summer term is left out).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import school_year_end, school_year_start
from desktop_app.rules.calendar import SchoolCalendar

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
SUMMER_BREAK = ((5, 18), (6, 8))
"""The Mondays between which the week without school in the middle of the summer term lies: that of the spring bank
holiday, the last Monday in May, or one beside it."""
NURSERY, PRIMARY_PHASE, SECONDARY, SIXTH = "Nursery", "Primary", "Secondary", "Sixth form"
PHASES = (NURSERY, PRIMARY_PHASE, SECONDARY, SIXTH)
SIXTH_FORM = ("12", "13", "14")
PRIMARY = ("R", "1", "2", "3", "4", "5", "6")


def age_before(date_of_birth: date, day: date) -> int:
    """The age on 31 August before the school year of `day`."""
    then = school_year_start(day) - ONE_DAY
    return then.year - date_of_birth.year - ((then.month, then.day) < (date_of_birth.month, date_of_birth.day))


def second_half_of_summer(calendar: SchoolCalendar, day: date) -> date:
    """The day from which the second half of the summer term runs, in the school year of `day`: the Monday after the
    last week without school in the middle of that term; where the calendar has none, after that of the spring bank
    holiday."""
    year = school_year_end(day).year
    monday = calendar.monday(date(year, *SUMMER_BREAK[1]))
    while monday >= date(year, *SUMMER_BREAK[0]):
        if not calendar.school_days(monday, monday + WEEK - ONE_DAY):
            return monday + WEEK
        monday -= WEEK
    return calendar.monday(date(year, 5, 31)) + WEEK


def school_years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The period from `first` to `last`, cut at each 1 September: both days of each part inclusive."""
    while first <= last:
        end = min(last, school_year_end(first))
        yield first, end
        first = end + ONE_DAY


def phase_of(year: str) -> str:
    """The phase of education of a year group, in words: Reception to Year 6 are primary, sixth form is Year 12 on."""
    if year.upper().startswith("N"):
        return NURSERY
    if year.upper() in PRIMARY:
        return PRIMARY_PHASE
    return SIXTH if year in SIXTH_FORM else SECONDARY


def counted_year(year: str) -> bool:
    """Whether a year group is in the published figures at all: not nursery, not sixth form."""
    return phase_of(year) not in (NURSERY, SIXTH)


def last_counted(
    date_of_birth: date,
    year: str,
    first: date,
    last: date,
    calendar: SchoolCalendar,
    rulebook: Rulebook,
    youngest: int | None = None,
) -> date | None:
    """The last day on which a pupil is counted, of a period within one school year; None where not at all. `year` is
    the year group on the last day on roll within it. `youngest`: the census takes absence from that age on, and the
    published figures from another."""
    age = age_before(date_of_birth, first)
    least = rulebook.counted_from.value if youngest is None else youngest
    if not least <= age <= rulebook.counted_to.value or not counted_year(year):
        return None
    if age < rulebook.counted_to.value:
        return last
    until = min(last, second_half_of_summer(calendar, first) - ONE_DAY)
    return until if until >= first else None


def who_is_counted(rulebook: Rulebook, *, comparable: bool) -> str:
    """Who and what is counted, said beside the figures."""
    if not comparable:
        return "Everyone on roll on any day of the period, nursery and sixth form too."
    return (
        f"As the DfE counts: pupils aged {rulebook.counted_from.value} to {rulebook.counted_to.value} on 31 August "
        "before the school year, without nursery and sixth form, and without the second half of the summer term of "
        f"those aged {rulebook.counted_to.value}."
    )
