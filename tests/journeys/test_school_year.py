"""A whole school year of 210 pupils, lived through actions alone; at its end everything agrees with a second count.

The second count knows the calendar as a list of open days, who was on roll and in which class, and what was meant for
each session; it uses none of the program's rules.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.admission import admit
from desktop_app.actions.arrivals import Answer, answer, arrivals
from desktop_app.actions.figures import figures
from desktop_app.actions.leaving import grounds_for, leave
from desktop_app.actions.mark_history import mark_history
from desktop_app.actions.plans import plan
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school_year import put_period
from desktop_app.actions.settle import settle
from desktop_app.actions.timetables import set_timetable
from desktop_app.actions.week import close_week, week
from desktop_app.context import Context
from desktop_app.domain.errors import NeedsReason
from desktop_app.domain.people import Pattern, Pupil
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Period, PeriodKind, Plan
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.arrivals import Outcome
from tests.support.clock import StillClock
from tests.support.schools import CALENDAR, make_school

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 21)
POLLING = date(2027, 5, 6)
SNOW = (date(2027, 1, 14), date(2027, 1, 15))
TRIP = date(2027, 3, 10)
CLASSES = ("N1", "RH", "1K", "2L", "3F", "4B", "5G")
YEAR_OF = {"N1": "N1", "RH": "R"}
EACH = 30
POSSIBLE = {
    "/": 1, "\\": 1, "L": 1, "V": 1, "B": 1, "I": 1, "M": 1, "C": 1, "C2": 1, "O": 1, "N": 1, "U": 1, "G": 1,
    "X": 0, "Y4": 0, "D": 0,
}  # fmt: skip
PRESENT = {Half.AM: "/", Half.PM: "\\"}


@dataclass
class Lived:
    """The school as the test remembers it: who is where, and what each session's mark is meant to be in the end."""

    context: Context
    clock: StillClock
    pupils: dict[int, Pupil] = field(default_factory=dict[int, Pupil])
    classes: dict[int, str] = field(default_factory=dict[int, str])
    left: dict[int, date] = field(default_factory=dict[int, date])
    meant: dict[tuple[int, Session], str] = field(default_factory=dict[tuple[int, Session], str])
    amended: int = 0

    def on_roll(self, day: date) -> list[int]:
        """The children on roll on a day."""
        return [
            key for key, child in self.pupils.items()
            if child.starting_day <= day <= self.left.get(key, LAST)
        ]  # fmt: skip


def open_days() -> list[date]:
    """Every weekday inside a term and outside half terms, INSET and the polling day, by hand."""
    days: list[date] = []
    day = FIRST
    while day <= LAST:
        inside = any(one.kind is PeriodKind.TERM and one.start <= day <= one.end for one in CALENDAR)
        closed = any(one.kind is not PeriodKind.TERM and one.start <= day <= one.end for one in CALENDAR)
        if day.weekday() < 5 and inside and not closed and day != POLLING:
            days.append(day)
        day += timedelta(days=1)
    return days


def newcomer(number: int, start: date, born: date) -> Pupil:
    return Pupil(0, f"Name{number:03d}", f"Child{number:03d}", born, start, admission_number=f"{number:05d}")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    from datetime import datetime

    from db.keys import KdfCost
    from desktop_app import paths, rulebook as rulebooks

    clock = StillClock(datetime(2026, 8, 31, 10, 0))
    rulebook: Rulebook = rulebooks.load(paths.resources())
    path: Path = tmp_path_factory.mktemp("year") / "year.rollbook"
    context = make_school(House(kdf=KdfCost(64, 1, 1)), path, rulebook, clock)
    school = Lived(context, clock)
    live(school)
    yield school
    context.store.close()


def live(school: Lived) -> None:
    """From the last day of August to the last day of the summer term."""
    dice = random.Random(3)
    begin(school)
    days = open_days()
    for day in days:
        school.clock.set(day.year, day.month, day.day, 8, 10)
        settle(school.context)
        events(school, day)
        if day not in SNOW:
            school.clock.set(day.year, day.month, day.day, 8, 50)
            register(school, dice, Session(day, Half.AM))
            school.clock.set(day.year, day.month, day.day, 13, 5)
            register(school, dice, Session(day, Half.PM))
        next_monday = day + timedelta(days=7 - day.weekday())
        if not any(day < later < next_monday for later in days):
            school.clock.set(day.year, day.month, day.day, 15, 45)
            settle(school.context)
            close(school, day)
    school.clock.set(LAST.year, LAST.month, LAST.day, 16, 0)
    settle(school.context)


def begin(school: Lived) -> None:
    """Admissions, the polling day, a nursery timetable, a part-time timetable, dual registration, the bridge."""
    context = school.context
    for number in range(len(CLASSES) * EACH):
        name = CLASSES[number // EACH]
        born = date(2023 if name == "N1" else 2021 - CLASSES.index(name) + 1, 3, 1 + number % 27)
        child = newcomer(number + 1, FIRST, born)
        key, _, _ = admit(context, child, name, YEAR_OF.get(name) or str(CLASSES.index(name)))
        school.pupils[key], school.classes[key] = child, name
    put_period(context, Period(0, PeriodKind.CLOSURE, "Polling day", POLLING, POLLING))
    keys = list(school.pupils)
    for key in keys[:EACH]:
        set_timetable(context, Pattern(0, key, "nursery", "1010101010", FIRST))
        mean(school, key, FIRST, LAST, "1010101010", "X")
    part = Pattern(
        0, keys[100], "part-time", "1111111100", date(2026, 11, 2), date(2026, 12, 18), agreed_with="Ms K", hours="20",
        agreed_on=date(2026, 8, 28), purpose="return after an operation", reviews=("2026-11-27",),
    )  # fmt: skip
    set_timetable(context, part)
    mean(school, keys[100], part.first, date(2026, 12, 18), part.expected, "C2")
    set_timetable(context, Pattern(0, keys[130], "dual", "1111110000", FIRST, date(2027, 3, 25), provider="St B"))
    mean(school, keys[130], FIRST, date(2027, 3, 25), "1111110000", "D")


def mean(school: Lived, key: int, first: date, last: date, mask: str, code: str) -> None:
    """What stands by itself outside a timetable."""
    for day in open_days():
        for half in HALVES:
            if first <= day <= last and mask[2 * day.weekday() + half.ordinal] == "0":
                school.meant[key, Session(day, half)] = code


def events(school: Lived, day: date) -> None:
    """What happens on that day besides the registers."""
    context, keys = school.context, list(school.pupils)
    if day == date(2026, 10, 12):
        child = newcomer(900, date(2026, 11, 2), date(2018, 5, 5))
        key, _, _ = admit(context, child, "4B", "4")
        school.pupils[key], school.classes[key] = child, "4B"
    if day == date(2026, 12, 4):
        ground = next(one for one in grounds_for(context, keys[95], day) if one.key == "another-school")
        leave(context, keys[95], ground.key, date(2026, 12, 18), ground.asks)
        school.left[keys[95]] = date(2026, 12, 18)
    if day == date(2026, 9, 28):
        wanted = Plan(0, 0, "M", date(2026, 9, 30), Half.AM, date(2026, 10, 2), Half.AM, note="hospital")
        plan(context, wanted, [keys[60]])
        stay(school, keys[60], wanted)
    if day == date(2027, 2, 1):
        wanted = Plan(
            0, 0, "C", date(2027, 2, 10), Half.AM, date(2027, 2, 12), Half.PM, note="a grandmother’s funeral abroad",
            asked_by="Ms K", asked_on=date(2027, 1, 29), decided_by="Dr A Rahman",
        )  # fmt: skip
        plan(context, wanted, keys[61:63])
        for key in keys[61:63]:
            stay(school, key, wanted)
    if day == date(2027, 3, 1):
        wanted = Plan(0, 0, "V", TRIP, Half.AM, TRIP, Half.PM, note="museum")
        plan(context, wanted, [key for key in school.on_roll(TRIP) if school.classes[key] == "4B"])
    if day == SNOW[0]:
        school.clock.set(day.year, day.month, day.day, 7, 30)
        put_period(context, Period(0, PeriodKind.SITE_CLOSED, "Snow", *SNOW))
        for key in school.on_roll(day):
            for one in SNOW:
                for half in HALVES:
                    school.meant.setdefault((key, Session(one, half)), "Y4")


def stay(school: Lived, key: int, wanted: Plan) -> None:
    """What a planned absence means for each of its sessions."""
    for day in open_days():
        for half in HALVES:
            if wanted.covers(Session(day, half)):
                school.meant[key, Session(day, half)] = wanted.code


def register(school: Lived, dice: random.Random, session: Session) -> None:
    """Exceptions first, then one key a class; the trip is confirmed; an N is settled in the week or amended."""
    context, day = school.context, session.day
    free = [key for key in school.on_roll(day) if (key, session) not in school.meant]
    if day == TRIP:
        on_trip = [place for place in arrivals(context) if (place.session, place.code) == (session, "V")]
        arrived = [one.pupil.id for place in on_trip for one in place.pupils]
        answer(context, Answer(session, tuple(arrived[1:]), Outcome.ARRIVED, "Mr T Lead"))
        answer(context, Answer(session, tuple(arrived[:1]), Outcome.NOT_ARRIVED, "Mr T Lead"))
        for key in arrived:
            school.meant[key, session] = "V"
        school.meant[arrived[0], session] = "N"
        write(context, [Edit(arrived[0], session, "I")])
        school.meant[arrived[0], session] = "I"
        free = [key for key in free if key not in arrived]
    absent = dice.sample(free, k=8)
    for key in absent:
        code = dice.choice("INNOMMLG")
        school.meant[key, session] = code
    write(
        context,
        [Edit(key, session, code := school.meant[key, session], 5 if code == "L" else None) for key in absent],
    )
    for name in CLASSES:
        fill_present(context, name, session)
    for key in free:
        school.meant.setdefault((key, session), PRESENT[session.half])


def close(school: Lived, friday: date) -> None:
    """Settle each N with a reason, as an amendment, and sign the week off."""
    context = school.context
    open_n = week(context, friday).found
    edits = [Edit(one.pupil.id, one.session, "I") for one in open_n if one.code == "N"]
    if edits:
        with pytest.raises(NeedsReason):
            write(context, edits[:1])
        write(context, edits, "mother rang on Friday")
        school.amended += len(edits)
        for edit in edits:
            school.meant[edit.pupil, edit.session] = "I"
    close_week(context, friday)


def test_every_session_has_the_mark_it_was_meant_to_have(lived: Lived) -> None:
    days = open_days()
    wanted = {
        (key, Session(day, half)): lived.meant[key, Session(day, half)]
        for day in days
        for key in lived.on_roll(day)
        for half in HALVES
    }
    with lived.context.store.reading() as reading:
        found = {
            (mark.pupil, Session(mark.day, mark.half)): mark.code
            for mark in reading.marks.between(FIRST, LAST)
        }  # fmt: skip
    assert len(wanted) > 70_000
    assert found == wanted


def test_possible_sessions_equal_the_second_count(lived: Lived) -> None:
    counted: Counter[int] = Counter()
    for (key, session), code in lived.meant.items():
        if session.day <= lived.left.get(key, LAST) and session.day >= lived.pupils[key].starting_day:
            counted[key] += POSSIBLE[code]
    rows = figures(lived.context, FIRST, LAST)
    assert len(rows) == 211
    told = {row.pupil.id: row.figures.possible for row in rows if row.pupil}
    assert told == {key: counted[key] for key in lived.pupils}
    assert all(row.figures.unmarked == 0 for row in rows)


def test_history_folds_to_the_current_marks_and_the_store_is_sound(lived: Lived) -> None:
    found = lived.context.store.check()
    assert found.ok, found.faults
    amendments = 0
    with lived.context.store.reading() as reading:
        for key in lived.pupils:
            stands: dict[Session, str] = {}
            for line in mark_history(lived.context, key, FIRST, LAST):
                stands[line.session] = line.change.code
                amendments += line.change.amends
                assert not line.change.amends or line.change.reason
            assert stands == {
                Session(mark.day, mark.half): mark.code for mark in reading.marks.between(FIRST, LAST, [key])
            }
    assert amendments == lived.amended > 500


def test_every_week_was_signed_off(lived: Lived) -> None:
    mondays = {day - timedelta(days=day.weekday()) for day in open_days()}
    assert len(mondays) > 36
    assert all(week(lived.context, monday).signed_off for monday in mondays)
