"""Whose data a row is: the subject under which the audit chain digests it, and whose salt it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from db import tables

_SCHOOL = "school"

_COLUMNS: dict[Table, tuple[str, str]] = {
    tables.pupil: ("pupil", "id"),
    tables.person: ("person", "id"),
    tables.staff: ("staff", "id"),
    tables.channel: ("person", "person"),
    tables.entry: ("entry", "seq"),
    **dict.fromkeys((tables.membership, tables.flag, tables.pattern, tables.plan, tables.hold), ("pupil", "pupil")),
    **dict.fromkeys((tables.task, tables.tie, tables.mark_history, tables.issue), ("pupil", "pupil")),
    **dict.fromkeys(
        (tables.entry_pupil, tables.entry_person, tables.withdrawal, tables.attachment), ("entry", "entry")
    ),
}
"""The kind of subject and the column that numbers it; tables not named here are the school's own. What belongs to an
entry has that entry as its subject, since an entry may be about several pupils."""

_PLACES = {
    table.name: (kind, [column.name for column in table.columns].index(name))
    for table, (kind, name) in _COLUMNS.items()
}


def of_pupil(pupil: int) -> str:
    """The subject of what is a pupil's: marks, plans, classes."""
    return f"pupil {pupil}"


def subject_of(table: str, row: Sequence[Any]) -> str:
    """The subject of a row, given with all its columns in order: `pupil 12`, `entry 7`, `school`."""
    place = _PLACES.get(table)
    return _SCHOOL if place is None else f"{place[0]} {row[place[1]]}"
