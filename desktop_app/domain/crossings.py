"""Who went from one band of attendance to another between two days, and because of which sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Band
from desktop_app.domain.triggers import Seen


@dataclass(frozen=True, slots=True)
class Crossing:
    """One pupil's change of band since `first`. `better`: to a higher band. `sessions` are those of the days between
    that moved it: the absences where it fell, none where it rose by coming."""

    pupil: Pupil
    class_name: str
    first: date
    last: date
    was: Band
    now: Band
    better: bool
    before: Figures
    after: Figures
    sessions: tuple[Seen, ...]
