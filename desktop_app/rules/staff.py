"""What must hold of the staff of a school, whoever changes them.

Source: the school's own division of work; the rule that somebody must always be able to add staff is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.rules.rights import GIVEN_ALONE, rights_of

NOBODY_LEFT = (
    "Nobody could add or remove staff then: only where one person signs in may that person do everything. First make "
    "somebody headteacher, or give somebody the right to add and remove staff."
)


def staff_fault(wanted: Staff, others: Iterable[Staff], classes: Collection[str]) -> str | None:
    """What is wrong with a member of staff as wanted, in words; None where nothing is. `others` are all the rest,
    those who left too: a sign-in name is one person's for good, since the record names people by it."""
    if not wanted.name.strip():
        return "Say the name of the person, as it is to stand in registers."
    if not wanted.position.strip():
        return "Say the position, as it is to stand beside an amendment: “Class teacher”, “School office”."
    name = wanted.user.strip().casefold()
    taken = next((one for one in others if one.user and one.user.casefold() == name), None)
    if name and taken is not None:
        return f"“{wanted.user.strip()}” is the sign-in name of {taken.name}; choose another."
    unknown = [one for one in wanted.classes if one not in classes]
    if unknown:
        return f"There is no class {unknown[0]}. The classes are: {', '.join(classes) or 'none yet'}."
    if any(one not in GIVEN_ALONE for one in wanted.rights):
        return "Only the rights that are kept apart can be given to one person; the others go with a role."
    return None


def keeps_somebody(staff: Iterable[Staff]) -> bool:
    """Whether somebody among all staff may still add and remove staff."""
    signing_in = [one for one in staff if one.active and one.user]
    alone = len(signing_in) == 1
    return any(Right.STAFF in rights_of(one, alone=alone) for one in signing_in)
