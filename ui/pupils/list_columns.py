"""The columns of the list of pupils: how each is read, sorted and spoken."""

from __future__ import annotations

from desktop_app.actions.pupils import PupilRow
from desktop_app.rules.display import TOO_EARLY
from desktop_app.rules.names import class_order
from ui.parts.pupil_columns import ATTENDANCE, BAND, name_column
from ui.parts.rows import Column, RowsModel


def absence_words(*, persistent: bool | None, severe: bool | None, too_early: bool = False) -> str:
    """The national test that a pupil meets, in words; whoever is severely absent is persistently absent too. After few
    sessions a day of illness would meet it: too early to say."""
    if too_early and persistent:
        return TOO_EARLY
    if severe:
        return "Severe"
    return "Persistent" if persistent else ""


def _absence(row: PupilRow) -> str:
    return absence_words(persistent=row.persistent, severe=row.severe, too_early=row.too_early)


def _absence_order(row: PupilRow) -> tuple[bool, bool]:
    return bool(row.severe) and not row.too_early, bool(row.persistent) and not row.too_early


def _flags(row: PupilRow) -> str:
    return " · ".join(row.flags)


COLUMNS: tuple[Column[PupilRow], ...] = (
    name_column(width=32),
    Column("Class", lambda row: row.class_name, width=9, sort=lambda row: class_order(row.class_name)),
    Column("Year", lambda row: row.year, width=5, sort=lambda row: class_order(row.year)),
    ATTENDANCE,
    BAND,
    Column("Absence", _absence, width=15, sort=_absence_order),
    Column("Flags", _flags, sort=lambda row: (len(row.flags), _flags(row))),
)


def pupil_model() -> RowsModel[PupilRow]:
    """An empty list of pupils."""
    return RowsModel(COLUMNS, key=lambda row: row.pupil.id)
