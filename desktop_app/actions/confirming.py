"""Attendance elsewhere is confirmed by a person: until somebody has said who arrived, the register has no mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.register_checks import Edit, read_desk
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import NewMark, Source
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import MarksReading
from desktop_app.rules.display import session_words
from desktop_app.rules.register import in_future

NOT_ARRIVED = "N"


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Those who should be in one place elsewhere and have no mark yet: code, what and where it is, the children."""

    session: Session
    code: str
    about: str
    pupils: tuple[Pupil, ...]


@needs(Right.READ_REGISTER)
def to_confirm(context: Context, session: Session) -> tuple[ToConfirm, ...]:
    """What waits to be confirmed for a session, by place, of the children whom the present user sees."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = waiting(context, roll, reading.marks, session)
    own = (
        replace(one, pupils=tuple(child for child in one.pupils if sees_child(context, roll, child.id)))
        for one in found
    )
    return tuple(one for one in own if one.pupils)


def waiting(context: Context, roll: Roll, marks: MarksReading, session: Session) -> tuple[ToConfirm, ...]:
    """The same inside a read that somebody has begun."""
    filled = marks.filled(session)
    found: defaultdict[tuple[str, str], list[Pupil]] = defaultdict(list)
    for key in (roll.plans.keys() | roll.patterns.keys()) - filled:
        if key not in roll.pupils or not roll.pupils[key].on_roll(session.day):
            continue
        stands = roll.standing(key, session, context.rulebook.codes)
        if stands is not None and stands.confirm:
            found[stands.code, stands.note].append(roll.pupils[key])
    return tuple(ToConfirm(session, *place, tuple(in_order(pupils))) for place, pupils in sorted(found.items()))


@needs(Right.TAKE_REGISTER)
def confirm(
    context: Context, session: Session, arrived: Collection[int], said_by: str, absent: Collection[int] = ()
) -> Changes:
    """Write the marks of those who arrived, by the word of `said_by`, and N for those who did not; all or none."""
    if not said_by.strip():
        raise Refused("Say who told you that they arrived.")
    with context.store.writing(context.deed("confirm arrivals", said_by.strip())) as writing:
        desk = read_desk(context, writing.book)
        if in_future(desk.roll.school, session, desk.now):
            raise Refused(f"{session_words(session)} is still to come: nobody can have arrived.")
        due = {
            pupil.id: place for place in waiting(context, desk.roll, writing.marks, session) for pupil in place.pupils
        }
        if set(arrived) & set(absent) or not {*arrived, *absent} <= due.keys():
            raise Refused("Somebody named is not waiting to be confirmed, or was named twice. Look at the list again.")
        for key in (*arrived, *absent):
            desk.check_person(Edit(key, session, due[key].code))
        rows = [_row(key, session, due[key], said_by.strip()) for key in arrived]
        rows += [NewMark(key, session.day, session.half, NOT_ARRIVED) for key in absent]
        writing.marks.add(rows)
    return Changes(marks=bool(rows), pupils=frozenset({*arrived, *absent}))


def _row(pupil: int, session: Session, place: ToConfirm, said_by: str) -> NewMark:
    note = f"{place.about} (arrived: {said_by})" if place.about else f"arrived: {said_by}"
    return NewMark(pupil, session.day, session.half, place.code, note=note, source=Source.PLAN)
