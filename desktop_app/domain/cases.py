"""A case as it stands: folded from its entries and tasks, never stored; and what is proposed next.

A case is the entry `case-opened`; its id is that entry's. What belongs to it says so in its details under `CASE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.entries import Entry, Task

CASE = "case"
"""The detail of an entry that names the case it belongs to, by the number of the entry that opened it."""
STEP = "case-step"
"""The detail of an entry that names the step it is of, by its whole key (`level.step`)."""
ASK = "case-ask"
"""The detail of an entry that says which of a step's asks it does, where its kind does not tell."""
MEETING = "meeting"
"""The detail of a meeting that names the pack's kind of it (`aim`, `taf`, `panel` …)."""
TASK = "case"
"""The kind of a task of a case is `case:ID:what`: `what` is `plan`, `review`, `ask.KEY`, `chase` or `meeting`."""


def task_kind(case: int, what: str) -> str:
    """The kind of a task that belongs to a case."""
    return f"{TASK}:{case}:{what}"


class CaseStatus(StrEnum):
    """Whether a case is worked."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Voice(StrEnum):
    """Whose words something is in."""

    PUPIL = "pupil"
    PARENT = "parent"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Said:
    """A barrier or a strength, in somebody's words. `area` is the key of the barrier's kind; empty for a strength.
    `person` is the parent who said it (0: not a parent)."""

    entry: Entry
    area: str
    voice: Voice
    person: int
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The case came into a step: by the entry that opened or moved it, from that day."""

    entry: Entry
    step: str
    since: date
    agreed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Some days on which the case was not worked. `until` is the last day planned; `ended` the day it was taken up."""

    entry: Entry
    reason: str
    since: date
    until: date
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class CaseState:
    """One case. `step` is the whole key of the step it is in (empty: opened without one, as in the first revision).

    `lead` is the member of staff who leads (0: nobody named). `pack` and `version` are those it is run under. `moves`
    are oldest first, `reviews` the reviews held in the present step. `tasks` are those still open.
    """

    id: int
    pupil: int
    opened: date
    status: CaseStatus
    step: str
    since: date
    lead: int
    pack: str
    version: str
    referral: str
    opened_on: str
    moves: tuple[Moved, ...] = ()
    pauses: tuple[Pause, ...] = ()
    barriers: tuple[Said, ...] = ()
    strengths: tuple[Said, ...] = ()
    reviews: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    tasks: tuple[Task, ...] = ()
    closed: Entry | None = None


class ProposalKind(StrEnum):
    """What is proposed."""

    OPEN = "open"
    DO = "do"
    REVIEW = "review"
    MOVE_UP = "move-up"
    MOVE_DOWN = "move-down"
    RESUME = "resume"
    CLOSE = "close"
    CONSIDER = "consider"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that comes next, with the sentence that says why and where that stands. `due` is the last day on which
    it is in time (None: no day is set); `done` the entry by which it was done. `step` and `ask` are keys of the pack:
    the step it is of or leads to, and the ask; `trigger` that of what is due and opens the step."""

    kind: ProposalKind
    title: str
    says: str
    source: str
    step: str
    due: date | None = None
    ask: str = ""
    entry_kind: str = ""
    meeting: str = ""
    who: str = ""
    must: bool = False
    done: Entry | None = None
    trigger: str = ""
