"""The sessions whose reason is still to be established, as the calling list, the watch list and reports count them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.actions.roll import Roll
from desktop_app.domain.codes import Code
from desktop_app.domain.marks import Mark
from desktop_app.domain.sessions import Half, Session
from desktop_app.ports import Reading, Writing

BEGINNING = date(1900, 1, 1)


def open_n(reading: Reading | Writing, roll: Roll, codes: Mapping[str, Code], on: date) -> list[Mark]:
    """The marks up to a day that are N or another code that stands only until a reason is known, the oldest first: of
    everybody, those who left too (regulation 10 wants it settled all the same), from however long ago, but none that
    stands where no session was (the calendar or the roll changed after it)."""
    found = [
        mark
        for key, code in codes.items()
        if code.provisional
        for mark in reading.marks.with_code(key, BEGINNING, on)
        if mark.pupil in roll.pupils
    ]
    standing = [mark for mark in found if roll.why_not(mark.pupil, Session(mark.day, Half(mark.half))) is None]
    return sorted(standing, key=lambda one: (one.day, Half(one.half).ordinal, one.pupil))
