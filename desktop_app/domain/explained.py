"""An attendance figure taken apart: what was counted, what was not and why, and why elsewhere it may be another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.codes import Code
from desktop_app.domain.figures import Figures


@dataclass(frozen=True, slots=True)
class CodeLine:
    """How many sessions carry a code."""

    code: Code
    sessions: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Sessions of the period that are in no figure, or marks that are not, and why."""

    why: str
    sessions: int


@dataclass(frozen=True, slots=True)
class Explained:
    """The arithmetic of one figure. `title` says whose, `counts` who and what is counted, `as_at` (school local time)
    the moment up to which the record was read. `says` is the reckoning in sentences; `codes` every code that stands,
    those outside the figure too; `left_out` the sessions without one; `dates` what began, changed or ended within the
    period; `amended` what was changed afterwards; `elsewhere` why another system, or the authority, may show another
    number."""

    title: str
    first: date
    last: date
    as_at: datetime
    counts: str
    pupils: int
    figures: Figures
    says: tuple[str, ...]
    codes: tuple[CodeLine, ...]
    left_out: tuple[LeftOut, ...]
    dates: tuple[str, ...]
    amended: tuple[str, ...]
    elsewhere: tuple[str, ...]
