"""Looking ahead: what a child's year can still come to. All of it is worked out, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from desktop_app.domain.sessions import Session


class DueSession(NamedTuple):
    """A session still to come that will count. `planned`: leave or another absence is planned for it already.
    `compulsory`: the child is of compulsory school age that day."""

    session: Session
    planned: bool = False
    compulsory: bool = True


class PastSession(NamedTuple):
    """A session that counts and has a mark. `unauthorised`: its code counts towards the penalty threshold; `ill`: code
    I; `compulsory` as in `DueSession`; `provisional`: N, which is not settled yet."""

    session: Session
    absent: bool
    unauthorised: bool
    ill: bool
    compulsory: bool = True
    provisional: bool = False

    @property
    def day(self) -> date:
        """Its day."""
        return self.session.day


class ReachKind(StrEnum):
    """What may be reached at the present rate."""

    PERSISTENT = "persistent-absence"
    NOT_PERSISTENT = "leaves-persistent-absence"
    PENALTY = "penalty-threshold"
    SICKNESS = "sickness-return"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether something is reached at the present rate: `met` says that it is now, `on` the day of the session by which
    it would be (None: not at this rate, within the days looked at). `number` of `of` is where it stands, `weeks` the
    school weeks within which it is counted (0: the school year). `provisional` are those of the number that are N."""

    kind: ReachKind
    met: bool
    on: date | None
    number: int
    of: int
    weeks: int = 0
    provisional: tuple[Session, ...] = ()

    @property
    def only_provisionally(self) -> bool:
        """Whether it is met only as long as sessions coded N stay unauthorised."""
        return self.met and self.number - len(self.provisional) < self.of


class Aim(NamedTuple):
    """An attendance to be held: `percent` or more; with `above`, more than it. `first` and `until` are the days over
    which it is counted where it is a target set for the child (None: those looked at)."""

    percent: Fraction
    above: bool = False
    first: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class MayMiss:
    """How many more sessions may be missed and still hold an aim; None: it is not held even where none is. Of a target,
    `until` is the day until which they are counted, `attended` of `possible` its sessions so far, `met` whether it is
    met by them (None: too early to say), and `planned` the absences planned until then, which are missed besides."""

    aim: Aim
    sessions: int | None
    until: date | None = None
    attended: int = 0
    possible: int = 0
    met: bool | None = None
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Improvement:
    """A stretch of whole school weeks, such as a Notice to Improve sets: its sessions, how many of them are planned
    absences already, and how many more may be missed for each attendance over that stretch."""

    weeks: int
    first: date
    last: date
    sessions: int
    planned: int
    may_miss: tuple[MayMiss, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """What was missed over the newest school weeks, in sessions: the rate that is carried on."""

    weeks: int
    first: date
    possible: int
    absent: int
    unauthorised: int
    ill: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """One child's year as at the close of what is marked on the day `on`.

    `possible` and `absent` are the sessions so far; `unmarked` those that lie behind and have no mark, and are in no
    figure. `remaining` are the sessions to come until `end` that will count, `planned` those of them for which an
    absence is planned. `end_is` says what ends there. `leave_pa` is how many of the others may be missed so that the
    child is not persistently absent at the end (None: it will be even if all are attended), `left_by` the day of the
    session by which it has left persistent absence if it attends everything (None: it is not persistently absent now,
    or cannot leave it by then). `times` is the national test: persistent where times × absent ≥ possible. With fewer
    than `least` sessions so far it is `too_early` to say whether the child is persistently absent.
    """

    pupil: int
    on: date
    end: date
    end_is: str
    possible: int
    absent: int
    unmarked: int
    remaining: int
    planned: int
    times: int
    persistent: bool | None
    leave_pa: int | None
    left_by: date | None
    rate: Rate | None
    reaches: tuple[Reach, ...]
    improvements: tuple[Improvement, ...]
    aims: tuple[MayMiss, ...]
    """What each attendance aimed at leaves to be missed by the end: the child's target, the authority's best band."""
    least: int = 0

    @property
    def too_early(self) -> bool:
        """Whether so few sessions were possible so far that a day of illness would make the child persistently
        absent."""
        return self.possible < self.least

    @property
    def possible_at_end(self) -> int:
        """The possible sessions of the year when it has ended."""
        return self.possible + self.remaining

    @property
    def now(self) -> Fraction | None:
        """Attendance so far, in per cent."""
        return Fraction(100 * (self.possible - self.absent), self.possible) if self.possible else None

    @property
    def at_best(self) -> Fraction | None:
        """Attendance at the end if everything is attended but what is planned."""
        return self.if_misses(0)

    @property
    def one_day(self) -> Fraction | None:
        """What one day (two sessions) is of the child's year, in per cent."""
        return Fraction(200, self.possible_at_end) if self.possible_at_end else None

    @property
    def may_come(self) -> int:
        """The sessions to come for which nothing is planned."""
        return self.remaining - self.planned

    def if_misses(self, sessions: int) -> Fraction | None:
        """Attendance at the end if so many more sessions are missed than are planned, and no others."""
        whole = self.possible_at_end
        return Fraction(100 * (whole - self.absent - self.planned - sessions), whole) if whole else None
