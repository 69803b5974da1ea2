"""The ledger of a child: what each parent was told, sent, offered and asked, apart, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.entries import Entry
from desktop_app.domain.notices import Notice


class Way(StrEnum):
    """What an entry was towards a parent."""

    SAID = "said"
    SENT = "sent"
    OFFERED = "offered"
    ASKED = "asked"


class Came(StrEnum):
    """What came of it. `none`: nothing is expected to come of it, or nobody said."""

    ANSWERED = "answered"
    DECLINED = "declined"
    CAME_BACK = "came back"
    MISSED = "not reached"
    WAITING = "no answer yet"
    NONE = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One entry as it stands in the column of one parent. `theirs`: it came from the parent, so that what waits is our
    answer. `answer` is the later entry that answered it, `due` the day by which an answer was asked for."""

    entry: Entry
    way: Way
    came: Came
    theirs: bool = False
    answer: Entry | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class InView:
    """One thing to know of a parent before anything is sent. `alarm`: it changes what may be sent, or how."""

    about: str
    says: str
    alarm: bool = False

    @property
    def words(self) -> str:
        """Both, as one sentence."""
        return f"{self.about}: {self.says}"


@dataclass(frozen=True, slots=True)
class ParentLedger:
    """The column of one parent or carer, newest line first. `kept_away`: a court keeps this person from the child, and
    nothing else is said of them: neither a name nor a line. `person` is 0 then."""

    person: int
    name: str
    relationship: str
    is_parent: bool
    in_view: tuple[InView, ...] = ()
    lines: tuple[LedgerLine, ...] = ()
    notices: tuple[Notice, ...] = ()
    kept_away: bool = False

    @property
    def waiting(self) -> tuple[LedgerLine, ...]:
        """What is still unanswered, newest first."""
        return tuple(line for line in self.lines if line.came is Came.WAITING)

    def of_way(self, way: Way) -> tuple[LedgerLine, ...]:
        """Every line of one way, newest first."""
        return tuple(line for line in self.lines if line.way is way)

    @property
    def counted(self) -> tuple[Notice, ...]:
        """The notices that were issued and stand."""
        return tuple(one for one in self.notices if one.counts)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every parent and carer of one child, in the order to call them."""

    pupil: int
    name: str
    parents: tuple[ParentLedger, ...]
