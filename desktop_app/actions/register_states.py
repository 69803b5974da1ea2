"""How far each class's register is: what the desk of the morning shows, and the list of classes beside a register.

In a module of its own, since a register is opened without the calling list and the cases that the desk shows besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import Roll, expected_by_class, read_roll
from desktop_app.context import Context
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.codes import NO_REASON
from desktop_app.rules.names import class_order


@dataclass(frozen=True, slots=True)
class RegisterState:
    """One class's register of one session today. `minutes_overdue` counts from the close of the register to now,
    and is None while it may still be taken or when it is complete. `taken_here` is False where marks are imported."""

    class_name: str
    session: Session
    pupils: int
    marked: int
    no_reason: int
    minutes_overdue: int | None
    taken_here: bool = True

    @property
    def blank(self) -> int:
        """Pupils expected who have no mark."""
        return self.pupils - self.marked

    @property
    def taken(self) -> bool:
        """True where nobody is blank."""
        return self.blank == 0


@needs(Right.READ_REGISTER)
def registers(context: Context, session: Session) -> tuple[RegisterState, ...]:
    """Every class's register of one session, in the order of classes; empty where there is no school then."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        return register_states(context, roll, {session: reading.marks.codes(session)}, context.now())


def register_states(
    context: Context, roll: Roll, marked: Mapping[Session, Mapping[int, str]], now: datetime
) -> tuple[RegisterState, ...]:
    """The same inside a larger read, of some sessions with the codes that stand in each."""
    states: list[RegisterState] = []
    here = roll.school.is_register
    for session, codes in marked.items():
        without = {key for key, code in codes.items() if code == NO_REASON}
        classes = expected_by_class(roll, session)
        for class_name in sorted(filter(context.sees, classes), key=class_order):
            pupils = classes[class_name]
            done = len(pupils & codes.keys())
            overdue = None if done == len(pupils) else _overdue(roll, session, now)
            no_reason = len(pupils & without)
            states.append(RegisterState(class_name, session, len(pupils), done, no_reason, overdue, here))
    return tuple(states)


def _overdue(roll: Roll, session: Session, now: datetime) -> int | None:
    late = now - datetime.combine(session.day, roll.school.times(session.half).closes)
    minutes = int(late.total_seconds() // 60)
    return minutes if minutes >= 0 else None
