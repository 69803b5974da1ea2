"""Codes that follow from an arrangement: where none is recorded it is asked in words, and a person decides. It may only
not have been put down yet, so that such a mark is taken and listed.

Source: "Working together to improve school attendance": C2 is for the sessions that an agreed part-time timetable
leaves out, D for those arranged at the other school of a pupil registered at two, Y4 for a session on which the whole
site is unexpectedly closed, Y3 where part of it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.rules.standing import Standing

MISSING: Mapping[str, str] = {
    "C2": "no part-time timetable is recorded that leaves this session out",
    "D": "no timetable at another school is recorded for this session",
    "Y3": "no closing of part of the school is recorded for this session",
    "Y4": "no closing of the school is recorded for this session",
}
"""What is not recorded, by code."""


def unarranged(code: str, note: str, stands: Standing | None) -> str | None:
    """What is to be asked about a mark, in words; None where what it follows from is recorded (`stands`: what stands by
    itself), or a note answers for it."""
    missing = MISSING.get(code)
    if missing is None or note.strip() or (stands is not None and stands.code == code):
        return None
    return f"{code} stands, but {missing}: put it down, or say why in a note"
