"""Whose children somebody sees: a class or supply teacher those of the classes given to them, everybody else all."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.actions.roll import Roll
from desktop_app.context import Context, own_words
from desktop_app.domain.errors import Refused


def sees_child(context: Context, roll: Roll, pupil: int) -> bool:
    """Whether the present user may read of a child: by the class it is in today, will start in, or was in last."""
    if context.sees_all:
        return True
    child = roll.pupils.get(pupil)
    place = roll.place(pupil, max(context.today(), child.starting_day)) if child is not None else None
    return place is not None and context.sees(place.class_name)


def check_children(context: Context, roll: Roll, pupils: Iterable[int]) -> None:
    """Refuse where one of them is not among the children whom the present user sees."""
    if not all(sees_child(context, roll, pupil) for pupil in pupils):
        raise Refused(f"{context.staff.name} sees only the children of {own_words(context)}.")
