"""Whether it works: attendance in the school days before a step, and since.

What followed a step is not all its doing: attendance that was at its worst often rises by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop_app.rules.casework.facts import Course, Share
from desktop_app.rules.display import percent
from desktop_app.rules.effect import LEAST, SIDE

POINTS = Fraction(1)
"""Less than one percentage point is little: as the Knowsley pack reads “little or no improvement”."""


class Verdict(StrEnum):
    """Whether attendance is better than before."""

    TOO_EARLY = "too early"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Working:
    """Attendance before a step and after it, in days of school, the day itself in neither. `lately`: of those since,
    the last twenty; it decides."""

    since: date
    before: Share
    after: Share
    lately: Share
    verdict: Verdict

    @property
    def says(self) -> str:
        """It in a sentence."""
        if self.verdict is Verdict.TOO_EARLY:
            return f"Too early to say whether it works: that takes {LEAST} days of school."
        words = {
            Verdict.BETTER: "Better",
            Verdict.SAME: "Little or no improvement",
            Verdict.WORSE: "Worse",
        }[self.verdict]
        was, now = percent(self.before.rate), percent(self.lately.rate)
        return (
            f"{words}: attendance was {was} in the {SIDE} days of school before and is {now} in the last {SIDE} since."
        )


def working(course: Course, since: date, on: date) -> Working:
    """How it stands on a day with what began on `since`."""
    earlier, later = course.days_before(since, SIDE), course.days_since(since, on)
    before = course.between(earlier[0], earlier[-1]) if earlier else Share(0, 0)
    after = course.between(later[0], later[-1]) if later else Share(0, 0)
    last = later[-SIDE:]
    lately = course.between(last[0], last[-1]) if last else Share(0, 0)
    return Working(since, before, after, lately, _verdict(before, lately, len(later)))


def _verdict(before: Share, lately: Share, days: int) -> Verdict:
    was, now = before.rate, lately.rate
    if days < LEAST or was is None or now is None:
        return Verdict.TOO_EARLY
    if now - was >= POINTS:
        return Verdict.BETTER
    return Verdict.WORSE if was - now >= POINTS else Verdict.SAME
