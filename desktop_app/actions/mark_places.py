"""Where marks may stand, where they do, and what a file has said so far: one byte for each pupil and half-day.

A file may hold a million marks, so they are held as bytes and not as facts. A place is a half-day counted from the
first day anybody was on roll; a code is a number from 1 in the order of the rulebook, and 0 is no mark.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.actions.roll import Roll
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.sessions import Session
from desktop_app.rules.expected import expected_sessions

NOWHERE = -1
"""The place of a session outside the days that count: the last byte of each row, which is always 0."""

Detail = tuple[int | None, str]
"""Minutes late and note of a mark."""

NO_DETAIL: Detail = (None, "")

ReadMarks = Callable[[date, date], list[Mark]]
"""Reads the marks that stand between two days, inclusive."""


@dataclass(slots=True)
class Child:
    """One pupil's places: where a mark may stand (`open`), the code that does, and the one that the file has `given`.

    `kept` holds the detail of the marks that stand, where they have any; `said` a hash of each detail the file gave.
    """

    id: int
    pupil: Pupil
    open: bytes
    stands: bytearray
    given: bytearray
    kept: dict[int, Detail] = field(default_factory=dict[int, Detail])
    said: array[int] | None = None

    def say(self, place: int, detail: Detail) -> None:
        """Remember the detail that the file gives."""
        if self.said is None:
            self.said = array("q", bytes(8 * len(self.given)))
        self.said[place] = hash(detail)

    def agrees(self, place: int, number: int, detail: Detail) -> bool:
        """Whether a later row says what the first one said: the same code, and no other detail."""
        if self.given[place] != number:
            return False
        return detail == NO_DETAIL or (self.said is not None and self.said[place] == hash(detail))


class Places:
    """The places of every pupil up to today. The marks that stand are read month by month, as sessions are met."""

    def __init__(self, roll: Roll, today: date, codes: Mapping[str, object], read: ReadMarks) -> None:
        self._first = min((pupil.starting_day for pupil in roll.pupils.values()), default=today)
        self._first = min(self._first, today)
        self._today = today
        self._read = read
        self._width = 2 * ((today - self._first).days + 1) + 1
        self._months: set[tuple[int, int]] = set()
        self._masks: dict[tuple[object, ...], bytes] = {}
        self.codes = ("", *codes)
        self.numbers = {code: number for number, code in enumerate(self.codes)}
        self.children = {pupil.id: self._child(roll, pupil) for pupil in roll.pupils.values()}

    def of(self, session: Session) -> int:
        """The place of a session; the marks that stand in its month have been read then."""
        if not self._first <= session.day <= self._today:
            return NOWHERE
        self._load(session.day)
        return self._place(session)

    def _place(self, session: Session) -> int:
        return 2 * (session.day - self._first).days + session.half.ordinal

    def _child(self, roll: Roll, pupil: Pupil) -> Child:
        return Child(pupil.id, pupil, self._mask(roll, pupil), bytearray(self._width), bytearray(self._width))

    def _mask(self, roll: Roll, pupil: Pupil) -> bytes:
        """Where a mark may stand, worked out once for all who came, went and changed class on the same days."""
        members = roll.memberships.get(pupil.id, ())
        alike = (pupil.starting_day, pupil.leaving_day, *map(_class_and_days, members))
        mask = self._masks.get(alike)
        if mask is None:
            places = bytearray(self._width)
            for session in expected_sessions(pupil, members, (), roll.calendar, self._first, self._today):
                places[self._place(session)] = 1
            mask = self._masks[alike] = bytes(places)
        return mask

    def _load(self, day: date) -> None:
        month = (day.year, day.month)
        if month in self._months:
            return
        self._months.add(month)
        first = day.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        last = min(following - timedelta(days=1), self._today)
        for mark in self._read(max(first, self._first), last):
            place = 2 * (mark.day - self._first).days + mark.half.ordinal
            child = self.children[mark.pupil]
            child.stands[place] = self.numbers[mark.code]
            if mark.minutes is not None or mark.note:
                child.kept[place] = (mark.minutes, mark.note)


def _class_and_days(member: Membership) -> tuple[object, ...]:
    return (member.first, member.last, member.class_name, member.year)
