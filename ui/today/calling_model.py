"""The calling list as an item model: a line for each child and day without a reason, families kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import QObject

from desktop_app.actions.today import CallPupil, Family
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import short_date
from ui.parts.lines import LinesModel

HEADINGS = ("Child", "Without a reason", "Call", "Number", "Done today")
NOT_YET = "Not called yet"
NOBODY_TO_CALL = "nobody with a number"


class Column(IntEnum):
    """The columns of the calling list, left to right."""

    CHILD = 0
    SESSIONS = 1
    CONTACT = 2
    NUMBER = 3
    DONE = 4


@dataclass(frozen=True, slots=True)
class CallLine:
    """One child's absences of one day. `opens` is true of the first line of a family, `closes` of its last;
    `names` of the first line of a child."""

    family: Family
    child: CallPupil
    sessions: tuple[Session, ...]
    when: str
    opens: bool
    names: bool
    closes: bool

    @property
    def key(self) -> tuple[int, date]:
        """Child and day: by which the line is found again after a refresh."""
        return (self.child.pupil.id, self.sessions[0].day)

    @property
    def contact_words(self) -> str:
        """Whom to call."""
        return self.family.contact.person.formal_name if self.family.contact else NOBODY_TO_CALL

    @property
    def relation(self) -> str:
        """What they are to the child."""
        return self.family.contact.tie.relationship if self.family.contact else ""

    @property
    def beforehand(self) -> str:
        """What to know before dialling."""
        card = self.family.contact
        if card is None or not card.person.interpreter:
            return ""
        return f"interpreter: {card.person.language or 'language not known'}"


def lines_of(families: Sequence[Family], today: date) -> tuple[CallLine, ...]:
    """The families as lines: each child's days newest first, today said as such."""
    return tuple(line for family in families for line in _family_lines(family, today))


def _family_lines(family: Family, today: date) -> list[CallLine]:
    days = [
        (child, tuple(sessions))
        for child in family.pupils
        for _day, sessions in groupby(sorted(child.sessions, key=_newest_first), key=lambda one: one.day)
    ]
    lines: list[CallLine] = []
    for number, (child, sessions) in enumerate(days):
        first_of_child = number == 0 or days[number - 1][0] is not child
        when = _when(sessions, today)
        lines.append(CallLine(family, child, sessions, when, number == 0, first_of_child, number == len(days) - 1))
    return lines


def _newest_first(session: Session) -> tuple[int, int]:
    return (-session.day.toordinal(), session.half.ordinal)


def _when(sessions: tuple[Session, ...], today: date) -> str:
    halves = " ".join(session.half.value for session in sessions)
    day = sessions[0].day
    return f"{'Today' if day == today else short_date(day)} {halves}"


class CallingModel(LinesModel[CallLine]):
    """The calling list as lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)

    def text(self, line: CallLine, column: int) -> str:
        return _cell(line, Column(column))

    def spoken(self, line: CallLine) -> str:
        return _spoken(line)

    def row_of(self, key: tuple[int, date]) -> int | None:
        """The row of a child and day, or None."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), None)


def _cell(line: CallLine, column: Column) -> str:
    shown = {
        Column.CHILD: f"{line.child.pupil.list_name} {line.child.class_name}",
        Column.SESSIONS: line.when,
        Column.CONTACT: line.contact_words,
        Column.NUMBER: line.family.number,
        Column.DONE: line.family.last_words or NOT_YET,
    }
    return shown[column]


def _spoken(line: CallLine) -> str:
    said = [
        f"{line.child.pupil.name}, class {line.child.class_name}",
        f"no reason for {line.when}",
        f"call {line.contact_words}",
        line.relation,
        line.beforehand,
        line.family.number,
        line.family.last_words or NOT_YET,
    ]
    return ", ".join(part for part in said if part)
