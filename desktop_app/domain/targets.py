"""Targets for attendance: what was agreed for a pupil, or for the school or a part of it, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain.figures import Figures


@dataclass(frozen=True, slots=True)
class Target:
    """A target: attendance of at least `percent` (exact) over the sessions from `first` to `until`, both inclusive
    (None: to the end of the school year). `entry` is the entry that set a pupil's; 0 of every other."""

    percent: Fraction
    first: date
    until: date | None = None
    agreed_with: str = ""
    entry: int = 0


@dataclass(frozen=True, slots=True)
class TargetState:
    """How a target stands on a day, all of it from counts.

    `since` are the figures since the target's first day, `before` those of the school year until then. `met` is decided
    on whole numbers (None: no session was possible yet, or too few: see `rules/targets.py`). `least` are the possible
    sessions before which it is too early to say; none are asked of a target that is over. `points` is how many
    percentage points attendance is above what it was before, `gained` how many sessions more were attended than at the
    former rate (below 0: fewer); both None where either side has too few sessions. `one_day` is what one day is of the
    child's own school year, in per cent. `to_come` are the sessions still expected, `may_miss` how many of them may be
    missed with the target still met (below 0: it cannot be met any more); both None where they are not known, as of a
    class or year. `planned` are the absences planned among them, which are missed besides.
    """

    target: Target
    since: Figures
    before: Figures
    met: bool | None
    points: Fraction | None
    gained: Fraction | None
    over: bool
    one_day: Fraction | None = None
    to_come: int | None = None
    may_miss: int | None = None
    least: int = 0
    planned: int = 0

    @property
    def too_early(self) -> bool:
        """Whether so few of its sessions have been that nothing is said of it yet."""
        return not self.over and self.since.possible < self.least


class Part(StrEnum):
    """Of what a target may be besides a pupil, the greater first."""

    SCHOOL = "school"
    PHASE = "phase"
    YEAR = "year"
    CLASS = "class"


class Whose(NamedTuple):
    """The school (without a name), or a phase, a year group or a class of it."""

    part: Part = Part.SCHOOL
    name: str = ""


SCHOOL = Whose()


@dataclass(frozen=True, slots=True)
class GroupTarget:
    """The school or a part of it, with its `pupils` on the day. `target` is the one that is set, also one that begins
    later (None: none is, or it was of an earlier school year), `state` how it stands, once it has begun."""

    whose: Whose
    pupils: int
    target: Target | None = None
    state: TargetState | None = None


@dataclass(frozen=True, slots=True)
class BelowAverage:
    """A pupil who last school year was below the national average, for whom a target may be set. `expected` are the
    sessions expected this year, `one_day` what one day of them is in per cent."""

    pupil: int
    name: str
    class_name: str
    figures: Figures
    one_day: Fraction | None
    has_target: bool


@dataclass(frozen=True, slots=True)
class TargetList:
    """Those below the average, lowest first. `average` is the national attendance it was held against (None: nothing
    was published), `says` which figure that is, in words."""

    first: date
    last: date
    average: Fraction | None
    says: str
    pupils: tuple[BelowAverage, ...]
