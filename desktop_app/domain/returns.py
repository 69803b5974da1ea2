"""Returns to the authority: which there are, who is on one and why, what a person checked, what was made and sent.

A list is worked out from the record and never stored. What was made is an entry about no pupil with its files; that a
child was reported is an entry about the child.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Unit
from desktop_app.domain.staff import Author
from desktop_app.domain.triggers import Seen


class ReturnKind(StrEnum):
    """Every return there is; the words are those that the headless door takes."""

    ATTENDANCE = "attendance"
    SICKNESS = "sickness"
    NEW_PUPIL = "new-pupil"
    DELETION = "deletion"
    HOME_EDUCATION = "home-education"
    MISSING = "missing-education"
    SUSPENSION = "suspension"
    PART_TIME = "part-time"
    EHCP = "ehcp"


class GoesTo(StrEnum):
    """The authorities of a child, four fields: where the school is, where the child lives, who keeps the EHC plan, who
    looks after the child. They may be four different ones."""

    SCHOOL = "school"
    HOME = "home"
    PLAN = "plan"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class ReturnColumn:
    """A column of a return: what stands in it (`rules/returns/columns.py`) and the authority’s own heading."""

    key: str
    heading: str
    unit: Unit = Unit.TEXT


@dataclass(frozen=True, slots=True)
class ReturnSpec:
    """A return as data: the law’s, or as the authority wants it. `to` are the authorities it goes to. `triggers` are
    the kinds of trigger whose children are on it, `settles` those of them that it answers. `day` is the day of the
    month after by which a monthly return is sent (0: the last of its own month), `address` where it is sent, if that is
    known. `compulsory`: it is of children of compulsory school age alone. `elsewhere` is what the maker should know of
    children who live in another authority, as sentences."""

    kind: ReturnKind
    title: str
    says: str
    columns: tuple[ReturnColumn, ...]
    to: tuple[GoesTo, ...]
    source: str
    triggers: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    monthly: bool = False
    compulsory: bool = False
    day: int = 0
    address: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class ReturnChange:
    """What an authority asks otherwise of one return; empty or None: as the law has it."""

    kind: ReturnKind
    source: str
    columns: tuple[ReturnColumn, ...] = ()
    to: tuple[GoesTo, ...] = ()
    day: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A trigger that a line answers: its key, since when it is met, and of which month it is (its last day)."""

    key: str
    since: date
    month: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A child on a return. `key` tells it from the child’s other lines. `told` is the day on which it was reported, or
    left out with a reason, which `told_words` says. `about` holds what only some returns ask: from, to, hours.
    `also`: where it goes besides the authorities of its return. `by_hand`: a person added it."""

    key: str
    pupil: int
    why: str
    source: str
    since: date
    due: date | None
    sessions: tuple[Seen, ...] = ()
    answers: tuple[Answered, ...] = ()
    authorities: tuple[str, ...] = ()
    also: tuple[GoesTo, ...] = ()
    about: Mapping[str, str | date] = field(default_factory=dict[str, "str | date"])
    provisional: bool = False
    told: date | None = None
    told_words: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A line with its child, as a list shows it. `made` is the return that it is on, or was left out of, and that did
    not go yet (0: none)."""

    line: ReturnLine
    pupil: Pupil
    class_name: str
    overdue: bool
    made: int = 0

    @property
    def owed(self) -> bool:
        """Whether it is still to be put on a return."""
        return self.line.told is None and not self.made


@dataclass(frozen=True, slots=True)
class ReturnList:
    """Who is on a return of a month (its last day), worked out as known now. `doubts` is what the maker should see to:
    an authority nobody wrote down, a child who lives in another one. It is never on the file."""

    spec: ReturnSpec
    month: date
    school_authority: str
    lines: tuple[ListedLine, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a person said of each line: kept, left out with a reason, or added by hand with a reason (by pupil)."""

    kept: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])
    added: Mapping[int, str] = field(default_factory=dict[int, str])


class ReturnForm(StrEnum):
    """A file of a return, by its ending."""

    WORKBOOK = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One file of a return that was made, kept byte for byte."""

    attachment: int
    name: str
    form: ReturnForm
    sha256: str


@dataclass(frozen=True, slots=True)
class Sent:
    """That a return was sent: the day, how, the reference the authority gave, and who recorded it."""

    day: date
    how: str
    reference: str = ""
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class MadeReturn:
    """A return that was made for one authority: its entry, its lines as they stood, its files, and whether it went."""

    id: int
    kind: ReturnKind
    month: date
    authority: str
    made_at: datetime
    author: Author
    lines: tuple[ReturnLine, ...]
    left_out: tuple[tuple[ReturnLine, str], ...]
    due: date | None
    files: tuple[ReturnFile, ...] = ()
    sent: Sent | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class ReturnDue:
    """What is still to be done about one return: `owed` children not reported yet, or `made` and not sent."""

    kind: ReturnKind
    title: str
    month: date
    due: date | None
    overdue: bool
    owed: tuple[str, ...] = ()
    made: int = 0
    authority: str = ""
