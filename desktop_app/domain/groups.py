"""Groups of pupils: by what is recorded of them on a day, or made by the school."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.figures import Figures

SMALL = 10
"""Fewer pupils than this: a figure says little, and in what the public reads the group is joined with others."""


class Basis(StrEnum):
    """What makes somebody a member."""

    FLAG = "flag"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    HOME_LA = "home-la"
    OWN = "own"
    """A group the school made: a flag `other` whose value is its name."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group. `key` is how it is asked for: `fsm`, `sex:F`, `ethnicity:WBRI`, `home-la:343`, `own:Breakfast club`."""

    key: str
    title: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of some pupils together. `persistent` and `severe` are numbers of pupils, `counted` those of whom
    any session was possible: the rate of either is out of them. `minutes_late` as far as they were written down."""

    pupils: int
    counted: int
    figures: Figures
    persistent: int
    severe: int
    minutes_late: int = 0


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A group over a period beside the rest of the school; its members are those of the last day of the period (of a
    leaver, the last on roll)."""

    group: Group
    members: Tally
    rest: Tally

    @property
    def small(self) -> bool:
        """Whether the group is too small for its rate to say much."""
        return self.members.pupils < SMALL
