"""A school year of the demo school: which child has which code in which session.

Absences come in spells; Mondays and Fridays are likelier than other days, winter likelier than summer; holidays lie
beside the school's own; siblings are late together. What is not filled is an ordinary present mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from random import Random

from desktop_app.rules.demo_people import Child, Family
from desktop_app.rules.demo_rates import breaks, rake, rates, whole
from desktop_app.rules.demo_words import Words

LENGTHS: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "I": ((1, 2, 4, 6, 8, 10, 16), (8, 38, 27, 14, 6, 5, 2)),
    "M": ((1, 2), (75, 25)),
    "C": ((1, 2, 4, 6), (10, 60, 20, 10)),
    "O": ((1, 2, 4, 6, 10), (15, 50, 20, 10, 5)),
    "U": ((1,), (1,)),
}
"""The lengths of a spell in sessions, and how likely each is."""
WEEKDAYS = {"O": (1.6, 0.8, 0.8, 0.8, 1.5), "M": (0.8, 1.1, 1.1, 1.1, 0.9)}
USUAL_WEEK = (1.25, 0.95, 0.9, 0.92, 1.08)
HOLIDAY_DAYS = ((2, 3, 4, 5, 5, 6, 8, 10),)
TRIES = 60
LEAST = 0.004
"""Every child misses something: at least this share of the year."""


@dataclass(slots=True)
class Row:
    """A child's year. `codes` has a place for each session (two a day), empty where it is an ordinary present mark;
    only those from `first` up to `last` are on roll. `details` has minutes late and notes; `due` the sessions that
    the child is meant to miss in all (None: as the nation does)."""

    child: Child
    codes: list[str]
    first: int
    last: int
    details: dict[int, tuple[int | None, str]] = field(default_factory=dict[int, tuple[int | None, str]])
    due: float | None = None

    def place(self, start: int, count: int, code: str) -> int:
        """Write a code on the next `count` free sessions from `start`; returns how many found room."""
        done = 0
        for place in range(max(start, self.first), self.last):
            if done == count:
                break
            if not self.codes[place]:
                self.codes[place] = code
                done += 1
        return done

    def put(self, place: int, code: str, minutes: int | None = None, note: str = "") -> bool:
        """Write a code on that session alone; False where the child is not on roll or it has one already."""
        if not self.first <= place < self.last or self.codes[place]:
            return False
        self.codes[place] = code
        if minutes is not None or note:
            self.details[place] = (minutes, note)
        return True

    @property
    def length(self) -> int:
        """How many sessions the child is on roll."""
        return max(0, self.last - self.first)

    @property
    def filled(self) -> int:
        """How many sessions have a code of their own so far."""
        return sum(1 for code in self.codes[self.first : self.last] if code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A school year: its days (each with a morning and an afternoon), and a row for each child, by key."""

    start: int
    days: tuple[date, ...]
    rows: Mapping[int, Row]


def blank_sheet(start: int, days: Sequence[date], children: Iterable[Child]) -> Sheet:
    """A year with nothing in it yet, for the children who are on roll for some of it."""
    rows: dict[int, Row] = {}
    for child in children:
        if child.cohort <= start < child.cohort + 7:
            left = child.departure.day if child.departure else days[-1]
            first = sum(day < child.pupil.starting_day for day in days)
            last = sum(day <= left for day in days)
            if first < last:
                rows[child.key] = Row(child, [""] * (2 * len(days)), 2 * first, 2 * last)
    return Sheet(start, tuple(days), rows)


def fill(random: Random, words: Words, families: Sequence[Family], sheet: Sheet) -> None:
    """Fill a year, around whatever stands in it already."""
    filler = _Filler(random, words, families, sheet)
    filler.settling_in()
    filler.boiler()
    filler.rare()
    filler.holidays()
    filler.absences()
    filler.lateness()
    filler.outings()


class _Filler:
    """Fills one sheet, step by step, from one source of chance."""

    def __init__(self, random: Random, words: Words, families: Sequence[Family], sheet: Sheet) -> None:
        self.random = random
        self.words = words
        self.families = families
        self.days = sheet.days
        self.start = sheet.start
        self.rows = sheet.rows
        self.sessions = sum(row.length for row in self.rows.values())
        self.ends = breaks([day.toordinal() for day in self.days])
        self.weights = {code: self._likelihood(WEEKDAYS.get(code, USUAL_WEEK)) for code in (*LENGTHS, "L")}

    def target(self, code: str) -> int:
        """How many sessions of the school have that code in the nation's measure."""
        return whole(self.random, self.words.shape.codes[code] / 100 * self.sessions)

    def settling_in(self) -> None:
        """Reception comes for mornings only in its first three days, while below compulsory school age."""
        for row in self.rows.values():
            if row.child.year_group(self.start) == "R" and row.first < 2:
                for place in (1, 3, 5):
                    row.put(place, "X")

    def boiler(self) -> None:
        """One afternoon in January the building is cold and everybody goes home."""
        january = [place for place, day in enumerate(self.days) if day.month == 1]
        if january:
            day, note = self.random.choice(january), self.random.choice(self.words.code_notes["Y4"])
            for row in self.rows.values():
                row.put(2 * day + 1, "Y4", note=note)

    def rare(self) -> None:
        """What falls to a few: suspensions, part-time timetables, performances, travelling, days of observance."""
        older = self._where(lambda row: row.child.year_group(self.start) in "3456" and row.due is None)
        needing = sorted(older, key=lambda row: (-row.child.need, row.child.key))[: max(2, len(older) // 12)]
        self._spread("E", needing, (2, 4, 6))
        self._part_time(needing)
        self._spread("C1", older, (2,))
        families = {family.key for family in self.families if family.group.festival}
        keeping = self._where(lambda row: row.child.family in families)
        self._festivals(keeping)
        self._spread("T", self._where(lambda row: row.due is None)[:40], (10, 20))

    def holidays(self) -> None:
        """Families who take a holiday in term, most of them beside a school holiday: code G for all their children."""
        left, members = self.target("G"), self._by_family()
        ordered = sorted(members)
        for _ in range(TRIES * 10):
            if left <= 0 or not ordered:
                return
            rows = members[ordered.pop(self.random.randrange(len(ordered)))]
            if all(row.due is None for row in rows):
                length = min(2 * self.random.choice(HOLIDAY_DAYS[0]), left + left % 2)
                start = self._holiday_start(length // 2)
                left -= sum(row.place(2 * start, length, "G") for row in rows)

    def absences(self) -> None:
        """Illness, appointments, leave and the rest: each child as far as the nation's spread of absence says."""
        rows = list(self.rows.values())
        share = rates(self.random, self.words.shape, {row.child.key: row.child.need for row in rows})
        missing = [
            (
                row.due
                if row.due is not None
                else max(LEAST * row.length, share[row.child.key] * row.length - row.filled)
            )
            for row in rows
        ]
        for row, mix in zip(rows, rake(self.words.shape, missing, [share[row.child.key] for row in rows]), strict=True):
            for code, sessions in mix.items():
                self._spells(row, code, whole(self.random, sessions))

    def lateness(self) -> None:
        """Late arrivals: by family, in the morning, all the children of the family together; with minutes."""
        left, members = self.target("L"), self._by_family()
        keys = sorted(members)
        weights = list(accumulate(min(self.families[key].late, 8.0) for key in keys))
        for _ in range(TRIES * max(1, left)):
            if left <= 0:
                return
            key = self.random.choices(keys, cum_weights=weights)[0]
            day, afternoon = self._day("L"), self.random.random() < 0.06
            minutes = min(29, 1 + int(self.random.expovariate(1 / 8)))
            for row in members[key]:
                left -= row.put(2 * day + afternoon, "L", min(minutes, 14) if afternoon else minutes)

    def outings(self) -> None:
        """Visits and activities of whole classes, matches for a few; those who are away stay away."""
        classes: dict[tuple[str, int], list[Row]] = {}
        for row in self.rows.values():
            classes.setdefault((row.child.year_group(self.start), row.child.form), []).append(row)
        for code, lengths in (("V", (2, 2, 2, 1)), ("B", (1,))):
            left, names = self.target(code), sorted(classes)
            for _ in range(TRIES):
                if left <= 0:
                    break
                count, day = self.random.choice(lengths), self.random.randrange(len(self.days))
                note = self.random.choice(self.words.code_notes["B"]) if code == "B" else ""
                for row in classes[self.random.choice(names)]:
                    left -= sum(row.put(place, code, note=note) for place in range(2 * day + 2 - count, 2 * day + 2))
        team = self._where(lambda row: row.child.year_group(self.start) in "56")
        self._spread("P", team, (1,))

    def _spells(self, row: Row, code: str, left: int) -> None:
        for _ in range(TRIES * 2):
            if left <= 0:
                return
            length = min(left, self.random.choices(*LENGTHS[code])[0])
            afternoon = code != "U" and length % 2 == 1 and self.random.random() < 0.5
            start = 2 * self._day(code) + afternoon
            if code == "U":
                left -= row.put(start, code, 31 + int(self.random.expovariate(1 / 35)))
            else:
                left -= row.place(start, length, code)

    def _spread(self, code: str, rows: Sequence[Row], lengths: Sequence[int]) -> None:
        left = self.target(code)
        for _ in range(TRIES):
            if left <= 0 or not rows:
                return
            row = self.random.choice(rows)
            start = 2 * self._day("I") + (code == "P")
            left -= row.place(start, min(left, self.random.choice(lengths)), code)

    def _part_time(self, rows: Sequence[Row]) -> None:
        """Afternoons at home for some weeks, by agreement, for one child after another."""
        left, note = self.target("C2"), self.words.code_notes["C2"][0]
        for row in rows[::-1]:
            if left <= 0:
                return
            first = self.random.randrange(len(self.days) - len(self.days) // 4)
            for day in range(first, min(first + 40, len(self.days))):
                left -= left > 0 and row.put(2 * day + 1, "C2", note=note)

    def _festivals(self, rows: Sequence[Row]) -> None:
        left = self.target("R")
        for day in self.random.sample(range(len(self.days)), min(3, len(self.days))):
            for row in rows:
                if left > 0 and row.due is None:
                    left -= row.place(2 * day, 2, "R")

    def _holiday_start(self, length: int) -> int:
        """The place of the first day: before or after a break of the school's, or somewhere in between."""
        last = max(0, len(self.days) - length)
        if self.ends and self.random.random() < 0.65:
            end = self.random.choice([*self.ends, len(self.days) - 1])
            return min(last, end + 1 if self.random.random() < 0.4 else max(0, end - length + 1))
        return self.random.randrange(last + 1)

    def _likelihood(self, week: Sequence[float]) -> list[float]:
        months = self.words.shape.months
        return list(accumulate(week[day.weekday()] * months[(day.month - 9) % 12] for day in self.days))

    def _day(self, code: str) -> int:
        return self.random.choices(range(len(self.days)), cum_weights=self.weights[code])[0]

    def _where(self, wanted: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows.values() if wanted(row)]

    def _by_family(self) -> dict[int, list[Row]]:
        members: dict[int, list[Row]] = {}
        for row in self.rows.values():
            members.setdefault(row.child.family, []).append(row)
        return members
