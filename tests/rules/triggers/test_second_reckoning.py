"""A naive second reckoning of the triggers, written from the words of the law and not from the program, over very many
random small schools: the calendar, the child's age, timetable, leaving and marks are thrown anew each time.

Two thousand are tried each time, in parts that workers share; ROLLBOOK_SCHOOLS=20000 tries so many.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.calendar import SchoolCalendar
from tests.support.watching import look, met

SCHOOLS = int(os.environ.get("ROLLBOOK_SCHOOLS", "2000"))
PARTS = 4
DAY = timedelta(days=1)
KEYS = (
    *("reason-not-established", "penalty-threshold", "lateness-threshold", "continuous-absence", "attendance-return"),
    *("long-absence", "no-contact", "sickness-return", "persistent-absence", "severe-absence", "neglect-factor"),
    *("level-one", "admission-due", "irregular-attendance"),
)
WEEKS = ["1010101010", "1111110000", "0101010101", "1111111100", "1000100010"]
AFTERWARDS = ("reason-not-established", "attendance-return", "irregular-attendance", "by", "sickness-return")
"""What is still listed of who has left."""
Listed = dict[str, date]


@dataclass
class Thrown:
    """A calendar, a child and its marks: `sessions` are those with a mark, in order; `codes` of each (blank: none).
    `week`: which of the ten sessions of a week the child is expected at."""

    calendar: SchoolCalendar
    born: date
    starts: date
    leaves: date | None
    week: str
    sessions: list[Session]
    codes: dict[Session, str]
    on: date


def throw(dice: random.Random) -> Thrown:
    """A school of two short years with breaks, and a child absent in stretches."""
    periods: list[Period] = []
    for year in (2025, 2026):
        begin = date(year, 9, 1) + dice.randrange(9) * DAY
        for _ in range(3):
            end = begin + dice.randrange(30, 60) * DAY
            periods.append(Period(0, PeriodKind.TERM, "term", begin, end))
            if dice.random() < 0.7:
                shut = begin + dice.randrange(40) * DAY
                periods.append(Period(0, PeriodKind.HOLIDAY, "break", shut, shut + dice.randrange(9) * DAY))
            begin = end + dice.randrange(4, 40) * DAY
    calendar = SchoolCalendar(periods, "1111100")
    long_ago, summer, autumn = date(2022, 9, 1), date(2026, 5, 1), date(2026, 9, 1)
    starts = dice.choice([long_ago, long_ago, summer + dice.randrange(90) * DAY, autumn + dice.randrange(120) * DAY])
    first_born = dice.choice([date(2018, 2, 14), date(2018, 2, 14), date(2021, 9, 1), date(2010, 6, 1)])
    born = first_born + dice.randrange(120) * DAY
    found = list(calendar.sessions(max(starts, date(2025, 9, 1)), date(2027, 8, 31)))
    on = dice.choice(found).day + dice.randrange(3) * DAY if found else date(2026, 11, 20)
    leaves = on - dice.randrange(60) * DAY if dice.random() < 0.2 else None
    leaves = None if leaves is None or leaves < starts else leaves
    week = dice.choice(WEEKS) if dice.random() < 0.3 else "1111111111"
    outside = dice.choice(["C2", "C2", "D", "D", ""])
    sessions = [one for one in found if one.day <= min(on, leaves or on)]
    codes: dict[Session, str] = {}
    mood, left = "", 0
    for one in sessions:
        if left == 0:
            mood = dice.choice(["/", "/", "/", "O", "N", "G", "I", "U", "GNO", "GNOU", "/I", "/////O", "NO", "IM", "Y"])
            left = dice.choice([1, 2, 6, 10, 18, 20, 22, 30, 40, 44])
        code = dice.choice(mood)
        if code == "/":
            code = "/" if one.half is Half.AM else "\\"
        codes[one] = dice.choice(["Y3", "Y4", "Y7"]) if code == "Y" else code
        if week[2 * one.day.weekday() + (one.half is Half.PM)] == "0":
            codes[one] = outside if dice.random() < 0.95 else dice.choice(["", code])
        elif dice.random() < 0.01 and code in "GNOU":
            codes[one] = "Y4"
        elif dice.random() < 0.004:
            codes[one] = dice.choice(["", "L", "C", "/" if one.half is Half.AM else "\\"])
        left -= 1
    return Thrown(calendar, born, starts, leaves, week, sessions, codes, on)


def of_age(born: date, day: date) -> bool:
    """Compulsory age as the Act says: from the prescribed day on or next after the fifth birthday, to the last Friday
    in June of the school year in which the child is sixteen."""
    fifth = date(born.year + 5, born.month, born.day)
    prescribed = [date(year, *end) for year in (fifth.year, fifth.year + 1) for end in ((3, 31), (8, 31), (12, 31))]
    leaving_year = born.year + 16 + (born.month >= 9)
    last_friday = [date(leaving_year, 6, n) for n in range(1, 31) if date(leaving_year, 6, n).weekday() == 4][-1]
    return min(one for one in prescribed if one >= fifth) <= day <= last_friday


def naive(school: Thrown) -> Listed:
    """What is listed on the day, and since when; each day of the past is asked by itself."""
    found: Listed = {}
    days = sorted({one.day for one in school.calendar.sessions(date(2025, 1, 1), date(2028, 1, 1))})
    till = [day for day in days if day <= school.on]
    code = school.codes

    def monday(day: date) -> date:
        return day - day.weekday() * DAY

    def windowed(day: date, letters: str) -> int:
        weeks = sorted({monday(one) for one in days if monday(one) <= day})[-10:]
        if not weeks:
            return 0
        return sum(
            weeks[0] <= one.day <= day and code[one] in tuple(letters) and of_age(school.born, one.day)
            for one in school.sessions
        )

    def since(asked, today: date, back: list[date]) -> date | None:  # type: ignore[no-untyped-def]
        if not asked(today):
            return None
        first = today
        for day in reversed(back):
            if not asked(day):
                break
            first = day
        return first

    for key, letters in (("penalty-threshold", "GNOU"), ("lateness-threshold", "U")):
        began = since(lambda day, of=letters: windowed(day, of) >= 10, school.on, till)
        if began:
            found[key] = began

    open_n = [one for one in school.sessions if code[one] == "N"]
    if open_n:
        found["reason-not-established"] = open_n[0].day

    here = school.leaves is None or school.leaves >= school.on
    mine = [one for one in school.sessions if school.week[2 * one.day.weekday() + (one.half is Half.PM)] == "1"]

    def days_of(closed: tuple[str, ...], aged: bool, among: list[Session]) -> list[tuple[date, list[str]]]:
        by_day: dict[date, list[str]] = {}
        for one in among:
            if code[one] not in closed and not (aged and not of_age(school.born, one.day)):
                by_day.setdefault(one.day, []).append(code[one])
        return sorted(by_day.items())

    def runs(letters: str, closed: tuple[str, ...], aged: bool, among: list[Session] = mine) -> list[list[date]]:
        """Every longest stretch, and an empty one where the last day is none."""
        found_runs: list[list[date]] = [[]]
        for day, codes in days_of(closed, aged, among):
            if all(each in tuple(letters) for each in codes):
                found_runs[-1].append(day)
            else:
                found_runs.append([])
        return found_runs

    snow, never = ("Y3", "Y4"), ()
    last_day = max((one.day for one in mine if code[one] not in snow), default=school.on)
    marked = [one for one in school.sessions if one in mine or code[one] != ""]
    for key, letters, needed, closed, aged, among in (
        ("continuous-absence", "GNOU", 10, snow, True, mine), ("long-absence", "GNO", 20, never, True, marked),
        ("no-contact", "NO", 11, snow, False, mine),
    ):  # fmt: skip
        run = runs(letters, closed, aged, among)[-1]
        if len(run) >= needed and (of_age(school.born, last_day) or not aged):
            found[key] = run[needed - 1]

    year = date(school.on.year - (school.on.month < 9), 9, 1)
    weeks = sorted({monday(day) for day in till})[-10:]
    reach = min(year, *weeks[:1]) if weeks else year
    for run in runs("GNOU", snow, True):
        if sum(day >= reach for day in run) >= 10 and "attendance-return" not in found:
            found["attendance-return"] = run[9]
            asked = max(run[9], reach)
            found["by"] = max(asked + n * DAY for n in range(31) if _month(asked + n * DAY) == _month(asked))
    began = since(lambda day: windowed(day, "GNOU") >= 20, school.on, till)
    if began and (here or (school.leaves and (school.leaves.year, school.leaves.month) == _month(school.on))):
        found["irregular-attendance"] = began

    this_year = [one for one in school.sessions if one.day >= year]
    ill = [one for one in this_year if code[one] == "I" and of_age(school.born, one.day)]
    if len(ill) >= 30:
        found["sickness-return"] = ill[29].day

    present, authorised, unauthorised = ("/", "\\", "L"), ("I", "M", "C", "C2"), ("G", "N", "O", "U")
    tests = {
        "persistent-absence": lambda came, gone: gone / (came + gone) >= 0.1 - 1e-12,
        "severe-absence": lambda came, gone: gone >= came,
        "neglect-factor": lambda came, gone: came <= 3 * gone,
        "level-one": lambda came, gone: came < 19 * gone,
    }
    for key, test in tests.items():
        came = gone = 0
        began = None
        for one in this_year:
            came += code[one] in present
            gone += code[one] in authorised or code[one] in unauthorised
            if code[one] in (*present, *authorised, *unauthorised):
                holds = came + gone >= 40 and test(came, gone)
                began = (began or one.day) if holds else None
        if began:
            found[key] = began

    came = [one for one in school.sessions if code[one] in present]
    known = [one for one in school.sessions if code[one] != ""]
    if not came and known and (school.starts >= year or (mine and known[0].day <= mine[0].day + 7 * DAY)):
        missed = [one for one in mine if code[one] in ("", *authorised, *unauthorised)]
        if missed and school.starts.year > 2025:
            found["admission-due"] = missed[0].day
    return found if here else {key: day for key, day in found.items() if key in AFTERWARDS}


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def patterns_of(week: str) -> list[Pattern]:
    """The timetable of that week, for as long as the child is on roll; none where every session is expected."""
    whole = "0" not in week
    return [] if whole else [Pattern(1, 1, PatternKind.PART_TIME, week, date(2020, 9, 1), date(2028, 7, 21))]


def came_before(school: Thrown) -> bool:
    """Whether the child came in the school year before that of the day."""
    year = date(school.on.year - (school.on.month < 9), 9, 1)
    return any(school.codes[one] in ("/", "\\", "L") for one in school.sessions if one.day < year)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_rules_say_what_a_naive_reckoning_says(part: int, rulebook: Rulebook) -> None:
    met_once: dict[str, int] = dict.fromkeys(KEYS, 0)
    for seed in range(part, SCHOOLS, PARTS):
        school = throw(random.Random(seed))
        child = look(
            rulebook, school.codes, school.on, born=school.born, starts=school.starts, leaves=school.leaves,
            calendar=school.calendar, present=False, patterns=patterns_of(school.week), came_before=came_before(school),
        )  # fmt: skip
        listed = met(child, *KEYS)
        ours = {one.key: one.since for one in reversed(listed)}
        by = [one.due for one in listed if one.key == "attendance-return" and one.due]
        if by:
            ours["by"] = by[0]
        theirs = naive(school)
        assert ours == theirs, f"school {seed} on {school.on}"
        for key in theirs:
            met_once[key] = met_once.get(key, 0) + 1
    assert all(met_once.values()), f"some were never met: {met_once}"
