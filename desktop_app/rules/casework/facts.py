"""All that the proposals of one child rest on, as it was read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from desktop_app.domain.cases import CaseState
from desktop_app.domain.casework import Casework, Service
from desktop_app.domain.codes import Code
from desktop_app.domain.entries import Entry
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import FlagKind
from desktop_app.domain.triggers import Trigger
from desktop_app.rules.casework.rhythm import Rhythm


class Share(NamedTuple):
    """So many sessions possible, and so many of them attended."""

    possible: int
    attended: int

    @property
    def rate(self) -> Fraction | None:
        """Attendance in per cent, exact; None where no session was possible."""
        return Fraction(100 * self.attended, self.possible) if self.possible else None


@dataclass(frozen=True, slots=True)
class Course:
    """A child's attendance day by day: the days with a possible session in order, and the sums up to each."""

    days: tuple[date, ...] = ()
    possible: tuple[int, ...] = (0,)
    attended: tuple[int, ...] = (0,)

    def between(self, first: date, last: date) -> Share:
        """What was possible and attended from one day to another, both inclusive."""
        begin, end = bisect_left(self.days, first), bisect_right(self.days, last)
        if end <= begin:
            return Share(0, 0)
        return Share(self.possible[end] - self.possible[begin], self.attended[end] - self.attended[begin])

    def following(self, starts: Sequence[date], last: date) -> list[Share]:
        """What was possible and attended in each of some stretches in order, of which each lasts until the next begins,
        and the final one until `last`."""
        edges = [bisect_left(self.days, start) for start in starts]
        edges.append(max(bisect_right(self.days, last), edges[-1]) if edges else 0)
        possible, attended = ([sums[edge] for edge in edges] for sums in (self.possible, self.attended))
        return [Share(possible[n + 1] - possible[n], attended[n + 1] - attended[n]) for n in range(len(starts))]

    def days_before(self, day: date, n: int) -> Sequence[date]:
        """The last `n` days with a possible session before a day."""
        end = bisect_left(self.days, day)
        return self.days[max(0, end - n) : end]

    def days_since(self, day: date, last: date) -> Sequence[date]:
        """The days with a possible session after a day, up to another."""
        return self.days[bisect_right(self.days, day) : bisect_right(self.days, last)]


def course_of(marks: Sequence[Mark], codes: Mapping[str, Code]) -> Course:
    """The course of one child’s marks, which are in the order of their days."""
    possible = {key for key, code in codes.items() if code.counts.possible}
    attended = {key for key in possible if codes[key].counts.attended}
    by_day = Counter([one.day for one in marks if one.code in possible])
    came = Counter([one.day for one in marks if one.code in attended])
    return Course(
        tuple(by_day),
        tuple(accumulate(by_day.values(), initial=0)),
        tuple(accumulate([came[day] for day in by_day], initial=0)),
    )


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of one child on a day. `case` is None where none is open. `entries` are all of the child that may
    be read, `triggers` what is met and not decided. `parents` are those with parental responsibility or care, by
    number, with their names; nobody whom a court keeps away. `good` is the attendance from which the pack’s best band
    begins; `service` what the school has bought (None: not said); `flags` those of the child; `kept_from` the kinds of
    entry a school of this type cannot use, with what it can do instead."""

    on: date
    casework: Casework
    rhythm: Rhythm
    case: CaseState | None = None
    entries: tuple[Entry, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    course: Course = field(default_factory=Course)
    parents: Mapping[int, str] = field(default_factory=dict[int, str])
    severe: bool | None = None
    persistent: bool | None = None
    good: Fraction = Fraction(95)
    service: Service | None = None
    flags: frozenset[FlagKind] = frozenset()
    kept_from: Mapping[str, str] = field(default_factory=dict[str, str])
