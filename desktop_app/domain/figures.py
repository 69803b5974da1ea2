"""Attendance figures: counts of sessions, and what is worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of one pupil or group over a period, in sessions. No percentage is kept: it is worked out.

    `possible` = `attended` + `authorised` + `unauthorised`. `late` = L + U. `unmarked`: sessions expected, no mark.
    `codes` counts every code, those outside the denominator too.
    """

    possible: int
    attended: int
    authorised: int
    unauthorised: int
    late: int
    unmarked: int
    codes: Mapping[str, int]

    @property
    def absent(self) -> int:
        """Sessions of absence, authorised and unauthorised."""
        return self.authorised + self.unauthorised

    @property
    def attendance(self) -> Fraction | None:
        """Attendance in per cent, exact; None where no session was possible."""
        return Fraction(100 * self.attended, self.possible) if self.possible else None


NO_FIGURES = Figures(0, 0, 0, 0, 0, 0, {})
"""Those of a period in which nothing was expected."""
