"""The minutes late of some days, by pupil, of the same sessions that the figures count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from desktop_app.actions.roll import Roll
from desktop_app.domain.sessions import Session
from desktop_app.ports import Reading

Span = tuple[date, date, Collection[int] | None]
"""Days, both inclusive, and the pupils who are counted in them; None: all who were on roll."""


def late_minutes(reading: Reading, roll: Roll, spans: Iterable[Span]) -> Counter[int]:
    """The minutes that were written down with late marks, by pupil: those late without them add none. A mark where no
    session was expected is not counted, as it is in no figure."""
    found: Counter[int] = Counter()
    for first, last, pupils in spans:
        of = None if pupils is None else frozenset(pupils)
        for mark in reading.marks.with_minutes(first, last):
            here = mark.pupil in roll.pupils if of is None else mark.pupil in of
            if here and roll.why_not(mark.pupil, Session(mark.day, mark.half)) is None:
                found[mark.pupil] += mark.minutes or 0
    return found
