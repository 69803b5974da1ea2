"""A naive second reckoning of the triggers, written from the words of the law and not from the program, over very many
random small schools: the calendar, the child's age and its marks are thrown anew each time.

A few hundred are tried each time; ROLLBOOK_SCHOOLS=20000 tries so many.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.calendar import SchoolCalendar
from tests.support.watching import look, met

SCHOOLS = int(os.environ.get("ROLLBOOK_SCHOOLS", "400"))
DAY = timedelta(days=1)
KEYS = (
    *("reason-not-established", "penalty-threshold", "lateness-threshold", "continuous-absence", "attendance-return"),
    *("long-absence", "no-contact", "sickness-return", "persistent-absence", "severe-absence", "neglect-factor"),
    *("level-one", "admission-due"),
)
Listed = dict[str, date]


@dataclass
class Thrown:
    """A calendar, a child and its marks: `sessions` are those expected, in order; `codes` of each (blank: no mark)."""

    calendar: SchoolCalendar
    born: date
    starts: date
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
    starts = dice.choice([date(2022, 9, 1), date(2022, 9, 1), date(2026, 9, 1) + dice.randrange(120) * DAY])
    born = dice.choice([date(2018, 2, 14), date(2018, 2, 14), date(2021, 9, 1) + dice.randrange(120) * DAY])
    found = list(calendar.sessions(max(starts, date(2025, 9, 1)), date(2027, 8, 31)))
    on = dice.choice(found).day + dice.randrange(3) * DAY if found else date(2026, 11, 20)
    sessions = [one for one in found if one.day <= on]
    codes: dict[Session, str] = {}
    mood, left = "", 0
    for one in sessions:
        if left == 0:
            mood = dice.choice(["/", "/", "/", "O", "N", "G", "I", "U", "GNO", "GNOU", "/I", "/////O", "NO", "IM", "Y"])
            left = dice.choice([1, 2, 6, 10, 18, 20, 22, 30, 40, 44])
        code = dice.choice(mood)
        if code == "/":
            code = "/" if one.half is Half.AM else "\\"
        codes[one] = "Y4" if code == "Y" else code
        if dice.random() < 0.004:
            codes[one] = dice.choice(["", "L", "C", "/" if one.half is Half.AM else "\\"])
        left -= 1
    return Thrown(calendar, born, starts, sessions, codes, on)


def of_age(born: date, day: date) -> bool:
    """Compulsory age as the Act says: from the prescribed day on or next after the fifth birthday."""
    fifth = date(born.year + 5, born.month, born.day)
    prescribed = [date(year, *end) for year in (fifth.year, fifth.year + 1) for end in ((3, 31), (8, 31), (12, 31))]
    return day >= min(one for one in prescribed if one >= fifth)


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

    by_day: dict[date, list[str]] = {}
    for one in school.sessions:
        by_day.setdefault(one.day, []).append(code[one])
    mine = sorted(by_day)

    def whole(day: date, letters: str) -> bool:
        return all(each in tuple(letters) for each in by_day[day])

    def run_to(last: date, letters: str) -> list[date]:
        run: list[date] = []
        for day in [one for one in mine if one <= last][::-1]:
            if not whole(day, letters):
                break
            run.insert(0, day)
        return run

    for key, letters, needed in (
        ("continuous-absence", "GNOU", 10), ("long-absence", "GNO", 20), ("no-contact", "NO", 11),
    ):  # fmt: skip
        run = run_to(school.on, letters)
        if len(run) >= needed:
            found[key] = run[needed - 1]
    for day in mine:
        run = run_to(day, "GNOU")
        if len(run) >= 10 and (day.year, day.month) == (school.on.year, school.on.month):
            found.setdefault("attendance-return", run[9])

    year = date(school.on.year - (school.on.month < 9), 9, 1)
    this_year = [one for one in school.sessions if one.day >= year]
    ill = [one for one in this_year if code[one] == "I" and of_age(school.born, one.day)]
    if len(ill) >= 30:
        found["sickness-return"] = ill[29].day

    present, authorised, unauthorised = ("/", "\\", "L"), ("I", "M", "C"), ("G", "N", "O", "U")
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

    if school.starts >= year and not any(code[one] in present for one in this_year):
        missed = [one for one in this_year if code[one] in ("", *authorised, *unauthorised)]
        if missed:
            found["admission-due"] = missed[0].day
    return found


def test_the_rules_say_what_a_naive_reckoning_says(rulebook: Rulebook) -> None:
    met_once: dict[str, int] = dict.fromkeys(KEYS, 0)
    for seed in range(SCHOOLS):
        school = throw(random.Random(seed))
        child = look(
            rulebook, school.codes, school.on, born=school.born, starts=school.starts, calendar=school.calendar,
            present=False,
        )  # fmt: skip
        ours = {one.key: one.since for one in reversed(met(child, *KEYS))}
        theirs = naive(school)
        assert ours == theirs, f"school {seed} on {school.on}"
        for key in theirs:
            met_once[key] += 1
    assert all(met_once.values()), f"some were never met: {met_once}"
