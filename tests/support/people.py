"""People of several roles in a school, and a context as one of them has it."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.actions.staff import add_staff
from desktop_app.context import Context
from desktop_app.domain.staff import Role, Staff

FIRST = "copper-lantern-seven-geese"
PAT = Staff(0, "Pat Moss", "School office", Role.OFFICE, "pat")
VALE = Staff(0, "Ms T Vale", "Class teacher", Role.TEACHER, "vale", classes=("4B",))


def with_people(context: Context, *people: Staff) -> Context:
    """The context after these have been given a way in, each with the same first password."""
    for one in people:
        add_staff(context, one, FIRST)
    return replace(context, alone=False)


def in_role(context: Context, role: Role, *classes: str) -> Context:
    """The same desk with somebody of one role at it."""
    return replace(context, staff=replace(context.staff, role=role, classes=classes), alone=False)
