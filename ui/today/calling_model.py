"""The calling list as an item model: a line for each child and day without a reason, families kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from itertools import groupby

from PySide6.QtCore import QObject

from desktop_app.actions.calling import SEE_DSL, CallPupil, Family
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import date_seen_from
from ui.parts.lines import LinesModel

HEADINGS = ("Child", "Without a reason", "Call", "Number", "Done today")
NOT_YET = "Not called yet"
NOBODY_TO_CALL = "nobody with a number"
OFFICE_CALLS = "the office calls"


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
    `names` of the first line of a child. `left` says that one was here when one was called away."""

    family: Family
    child: CallPupil
    sessions: tuple[Session, ...]
    when: str
    opens: bool
    names: bool
    closes: bool
    left: str = ""

    @property
    def key(self) -> tuple[int, date]:
        """Child and day: by which the line is found again after a refresh."""
        return (self.child.pupil.id, self.sessions[0].day)

    @property
    def contact_words(self) -> str:
        """Whom to call."""
        if self.family.held:
            return SEE_DSL
        if self.family.office_only:
            return OFFICE_CALLS
        return self.family.dial.person.formal_name if self.family.dial else NOBODY_TO_CALL

    @property
    def relation(self) -> str:
        """What they are to the child."""
        return self.family.dial.relation if self.family.dial else ""

    @property
    def beforehand(self) -> str:
        """What to know before dialling."""
        return " · ".join(self.family.dial.cautions) if self.family.dial else ""

    @property
    def done_words(self) -> str:
        """What was done today; nothing of a family on hold, nor for those who may not read it."""
        return "" if self.family.held or self.family.office_only else self.family.last_words or NOT_YET

    @property
    def alarms(self) -> tuple[str, ...]:
        """What must not be missed about the family, each in an alarm of its own: the first line says it."""
        who = dict.fromkeys(one for child in self.family.pupils for one in child.untold)
        tell = (f"Tell the {' and the '.join(who)} today",) if who else ()
        return tuple(words for words in (self.family.silence, *tell) if words) if self.opens else ()

    @property
    def because(self) -> str:
        """Why the child comes first, in words."""
        return " · ".join(self.child.first_because) if self.names else ""

    @property
    def below(self) -> tuple[tuple[str, str], ...]:
        """What stands under the name, each with its ink."""
        gone = self.child.gone if self.names else ""
        said = ((self.because, "alarm"), (gone, "second"), (self.left, "accent"))
        return tuple((words, ink) for words, ink in said if words)


def lines_of(families: Sequence[Family], today: date, left: str = "", at: Sequence[int] = ()) -> tuple[CallLine, ...]:
    """The families as lines: each child's days newest first, today said as such. `left` is said of the family of the
    children `at`, on its first line."""
    lines = (line for family in families for line in _family_lines(family, today))
    return tuple(replace(line, left=left) if line.opens and set(line.family.key) & set(at) else line for line in lines)


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
    return f"{'Today' if day == today else date_seen_from(day, today)} {halves}"


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
        Column.DONE: ". ".join((*line.alarms, line.done_words)) if line.alarms else line.done_words,
    }
    return shown[column]


def _spoken(line: CallLine) -> str:
    whom = line.contact_words
    said = [
        f"{line.child.pupil.name}, class {line.child.class_name}",
        line.because,
        line.child.gone if line.names else "",
        line.left,
        f"no reason for {line.when}",
        whom if whom in (SEE_DSL, OFFICE_CALLS) else f"call {whom}",
        line.relation,
        line.beforehand,
        line.family.number,
        *line.alarms,
        line.done_words,
    ]
    return ", ".join(part for part in said if part)
