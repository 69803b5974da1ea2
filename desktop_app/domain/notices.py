"""Formal steps as they stand, folded from entries: notices, contracts, orders, and what may be asked for next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.sessions import Session
from desktop_app.domain.triggers import Seen


class NoticeState(StrEnum):
    """What became of a penalty notice. Only a withdrawn one does not count."""

    ASKED = "asked"
    ISSUED = "issued"
    PAID = "paid"
    UNPAID = "unpaid"
    PROSECUTED = "prosecuted"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DECIDED_AGAINST = "decided-against"


class NoticeScheme(StrEnum):
    """Which notice it is: for absence (section 444A), or for an excluded child in a public place (section 105), which
    is kept apart and never counted with the first."""

    ABSENCE = "absence"
    PUBLIC_PLACE = "public-place"


@dataclass(frozen=True, slots=True)
class Notice:
    """One penalty notice, of one parent for one child. `issued` None: not issued (asked for, refused, decided against).
    `received` is the day of receipt, from which its days count. `elsewhere`: known from another school. `sessions` are
    those it was asked for."""

    entry: int
    pupil: int
    parent: int
    state: NoticeState
    scheme: NoticeScheme
    said: date
    issued: date | None = None
    received: date | None = None
    paid: date | None = None
    elsewhere: bool = False
    sessions: tuple[Session, ...] = ()
    reference: str = ""
    reasons: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is one that was issued and stands, by its own state."""
        return self.issued is not None and self.state is not NoticeState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class NextNotice:
    """What may come next between one parent and one child. `number` is 1 or 2, or 0 where none is possible: then `says`
    says why and `instead` what else there is. `counted` are the notices it rests on, `sums` the pounds to pay and the
    days in which, early first. It always ends by saying that the authority's count decides."""

    number: int
    says: str
    source: str
    instead: str = ""
    counted: tuple[Notice, ...] = ()
    sums: tuple[tuple[int, int], ...] = ()


class ImprovementState(StrEnum):
    """How a Notice to Improve stands. The last four are proposed by the record and decided by a person."""

    RUNNING = "running"
    DUE = "due"
    IMPROVED = "improved"
    NOT_IMPROVED = "not-improved"
    ENDED_EARLY = "ended-early"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Improvement:
    """A Notice to Improve, of one parent for one child, and its days. `allowed` is the most unauthorised sessions that
    still are sufficient improvement; `proposed` what the marks say at its end (None: its end has not come)."""

    entry: int
    pupil: int
    parent: int
    first: date
    last: date
    allowed: int
    state: ImprovementState
    sufficient: str
    unauthorised: tuple[Seen, ...] = ()
    authorised: tuple[Seen, ...] = ()
    possible: int = 0
    proposed: ImprovementState | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """An attendance contract. `parts` are its required parts, by the law's order; a part that is empty is missing.
    `later` is what came of it besides its checks, in order: the day, what, and the words. `broken`: it was recorded as
    broken, and nobody has decided since that it goes on."""

    entry: int
    pupil: int
    parents: tuple[int, ...]
    first: date
    last: date
    parts: tuple[str, ...]
    checks: tuple[tuple[date, bool, str], ...] = ()
    broken: bool = False
    ended: date | None = None
    later: tuple[tuple[date, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """An education supervision order, while which stands no notice and no prosecution is proposed."""

    entry: int
    pupil: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class CourtClock:
    """The six months within which an information must be laid, from the earliest session relied on. `last_school_day`
    is the last day the school can still act; `left` the calendar days from today to `last` (negative: too late)."""

    earliest: date
    last: date
    last_school_day: date
    left: int
    says: str
