"""What is put on paper: class sheets, the roll-call, contact sheets. Facts that are ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop_app.domain.sessions import Session


class SheetKind(StrEnum):
    """What stands in a box of a class sheet."""

    EMPTY = "empty"
    MARK = "mark"
    PLANNED = "planned"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One box. An amended mark has what stood first of all (`was`, empty: blank) and the numbers of its lines in the
    list, one for each time it was amended."""

    kind: SheetKind
    code: str = ""
    was: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of a mark after its register had closed, as the law wants it shown. `details` say what of minutes or
    note changed."""

    number: int
    pupil: int
    name: str
    session: Session
    was: str
    now: str
    details: str
    reason: str
    at: datetime
    by: str
    position: str


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """A class's register of a week: a row for each pupil in the register's order, a box for each session; who took
    each register; the amendments, numbered; the codes used with what they mean; who signed the week off; and of each
    register typed in from paper who took it and who typed it."""

    class_name: str
    monday: date
    sessions: tuple[Session, ...]
    rows: tuple[tuple[str, tuple[SheetCell, ...]], ...]
    taken: tuple[str, ...]
    amendments: tuple[Amendment, ...] = ()
    key: tuple[tuple[str, str], ...] = ()
    signed: str = ""
    on_paper: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """Every amendment of a span, both days inclusive, by class and within it by pupil. `whose` says in words of whom:
    the school, a class, or a child."""

    whose: str
    first: date
    last: date
    classes: tuple[tuple[str, tuple[Amendment, ...]], ...]

    @property
    def lines(self) -> tuple[tuple[str, Amendment], ...]:
        """Each amendment with the class it was made in, in order."""
        return tuple((name, one) for name, amendments in self.classes for one in amendments)


class Whereabouts(StrEnum):
    """Where a child is, as far as the school knows; in the order in which they are looked for."""

    UNSURE = "unsure"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class RollLine:
    """One child on the roll-call. `says` is short: no reason, no flag, no address."""

    name: str
    where: Whereabouts
    says: str = ""


@dataclass(frozen=True, slots=True)
class RollClass:
    """A class on the roll-call. `taken` is false where nobody was marked: then all of them are looked for."""

    class_name: str
    taken: bool
    lines: tuple[RollLine, ...]

    def of(self, *where: Whereabouts) -> tuple[RollLine, ...]:
        """The children who are there."""
        return tuple(line for line in self.lines if line.where in where)

    @property
    def look_for(self) -> int:
        """How many children have to be found."""
        return len(self.of(Whereabouts.HERE, Whereabouts.UNSURE))


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A child and whom to call, in order: name and relation, numbers, and whether they may collect. `instead`: what
    stands there where nobody is to be called."""

    name: str
    contacts: tuple[tuple[str, tuple[str, ...], bool], ...]
    instead: str = "nobody is down"


@dataclass(frozen=True, slots=True)
class Paper:
    """What was printed: its bytes, their SHA-256 (hexadecimal), its pages and the classes on it."""

    content: bytes
    sha256: str
    pages: int
    classes: tuple[str, ...]
