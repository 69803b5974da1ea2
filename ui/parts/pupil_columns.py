"""The columns that every list of pupils has: who, how much they attend, and the band that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Band
from desktop_app.rules.display import percent
from desktop_app.rules.names import sort_key
from ui.parts.rows import Column, Kind


class OfPupil(Protocol):
    """A row about one pupil."""

    @property
    def pupil(self) -> Pupil: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def band(self) -> Band | None: ...


R = TypeVar("R", bound=OfPupil)


def name_column(*, beside: Callable[[R], str] | None = None, width: int = 0) -> Column[R]:
    """The name as a register has it, in its order."""
    return Column(
        "Name",
        lambda row: row.pupil.list_name,
        Kind.NAME,
        width=width,
        strong=lambda _row: True,
        beside=beside,
        sort=lambda row: sort_key(row.pupil.surname, row.pupil.forename),
    )


ATTENDANCE: Column[OfPupil] = Column(
    "Attendance",
    lambda row: percent(row.figures.attendance),
    Kind.NUMBER,
    width=12,
    sort=lambda row: row.figures.attendance,
)
"""Attendance in per cent."""

BAND: Column[OfPupil] = Column(
    "Band",
    lambda row: row.band.title if row.band else "",
    Kind.CHIP,
    width=18,
    sort=lambda row: row.figures.attendance,
    band=lambda row: row.band,
)
"""The band's chip, in the order of attendance."""
