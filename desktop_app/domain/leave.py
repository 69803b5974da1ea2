"""Leave of absence: what the law lets it be granted for, what was asked for, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.sessions import Half, Session


@dataclass(frozen=True, slots=True)
class LeaveGround:
    """A ground on which leave may be granted. `code` is what stands in the register then; `timetable`: it is agreed as
    the child’s timetable, and not as days of leave. `own`: only for a school that the regulation does not bind."""

    key: str
    title: str
    meaning: str
    code: str
    source: str
    evidence: str = ""
    timetable: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class LeaveLaw:
    """The grounds in the law’s order, what is said of a holiday and of protest, and `taken`, the code of a holiday that
    is taken all the same. In letters: `rule`, what leave may be granted for, `own_rule` where the regulation does not
    bind the school, and `follows`, what may follow absence without leave where there can be a penalty notice."""

    grounds: tuple[LeaveGround, ...] = ()
    holiday: str = ""
    protest: str = ""
    taken: str = "G"
    source: str = ""
    rule: str = ""
    own_rule: str = ""
    follows: str = ""

    def ground(self, key: str) -> LeaveGround | None:
        """The ground of that key, or None."""
        return next((one for one in self.grounds if one.key == key), None)


@dataclass(frozen=True, slots=True)
class LeaveList:
    """A published list of what counts as exceptional circumstances, and the weeks before it that are asked for."""

    items: tuple[str, ...]
    weeks: int
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """Sessions from one to another, both inclusive."""

    first: date
    last: date
    first_half: Half = Half.AM
    last_half: Half = Half.PM

    def covers(self, session: Session) -> bool:
        """Whether a session lies in it."""
        begins, ends = Session(self.first, self.first_half), Session(self.last, self.last_half)
        return begins <= session <= ends

    def meets(self, other: Span) -> bool:
        """Whether the two have a half day in common."""
        return self.begins <= other.ends and other.begins <= self.ends

    @property
    def begins(self) -> Session:
        """The first half day."""
        return Session(self.first, self.first_half)

    @property
    def ends(self) -> Session:
        """The last half day."""
        return Session(self.last, self.last_half)


@dataclass(frozen=True, slots=True)
class NewLeave:
    """Leave about to be put down: who asks (contacts of the child; none: the pupil, who is over compulsory school age),
    on which day, for which days and why, and what evidence came with it. `late`: asked for after it had begun."""

    span: Span
    reason: str
    asked_on: date
    persons: tuple[int, ...] = ()
    evidence: str = ""
    late: bool = False


class LeaveState(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    PART = "granted in part"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"

    @property
    def decided(self) -> bool:
        """Whether somebody decided."""
        return self in (LeaveState.GRANTED, LeaveState.PART, LeaveState.REFUSED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: by the entry, on the day, by whom, on which ground (empty: refused), why, and for which days
    leave was granted. `listed` is the line of the school’s published list that it rests on, `plans` what was planned;
    `state` how it was decided."""

    entry: int
    on: date
    by: str
    ground: str
    reasons: str
    granted: tuple[Span, ...] = ()
    listed: str = ""
    plans: tuple[int, ...] = ()
    state: LeaveState = LeaveState.GRANTED


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """One request for one child, folded from its entries. `by` names those who asked as they were called then;
    `earlier` are the decisions that a later one took the place of, the oldest first."""

    entry: int
    pupil: int
    persons: tuple[int, ...]
    by: str
    asked_on: date
    span: Span
    reason: str
    evidence: str
    late: bool
    state: LeaveState
    decided: Decided | None = None
    taken_back: str = ""
    earlier: tuple[Decided, ...] = ()

    def granted(self, session: Session) -> bool:
        """Whether leave was granted for that session."""
        return self.decided is not None and any(one.covers(session) for one in self.decided.granted)

    def refused(self, session: Session) -> bool:
        """Whether leave was asked for that session and not granted."""
        return self.state in (LeaveState.REFUSED, LeaveState.PART) and (
            self.span.covers(session) and not self.granted(session)
        )


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision about to be made. `parts` are the days granted, where not all were; `again`: it takes the place of one
    that was made, since more is known."""

    state: LeaveState
    reasons: str
    ground: str = ""
    parts: tuple[Span, ...] = ()
    listed: str = ""
    again: bool = False
