"""The school's own settings: particulars, register times and session ends, the closing minute, the hour of contact.

All are versions in the book, so that a change holds from now on and a read as at a past moment has what held then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from desktop_app.actions.closing_minute import ABSENT, CLOSING_MINUTE, LATE, closing_minute_late
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School, Setting
from desktop_app.domain.sessions import Half
from desktop_app.ports import BookReading
from desktop_app.rules import chasing
from desktop_app.rules.display import clock_time
from desktop_app.rules.register import day_fault, ends_fault

_DFE = re.compile(r"(\d{3})[/ -]?(\d{4})")


@dataclass(frozen=True, slots=True)
class SchoolSettings:
    """Everything the page of settings shows. `most` is the minutes a register may stay open, with the words of the law
    beside it; `contact_by` the hour by which somebody must have been reached about an absence without a reason, and
    `steps` what the school’s policy says then, in order."""

    school: School
    closing_minute_late: bool
    contact_by: time
    steps: tuple[str, ...]
    most: int
    law: str


@needs(Right.OPEN)
def school_settings(context: Context) -> SchoolSettings:
    """The settings as they hold now."""
    most = context.rulebook.register_open.value
    with context.store.reading() as reading:
        return SchoolSettings(
            school=reading.book.school(),
            closing_minute_late=closing_minute_late(reading.book),
            contact_by=chasing.contact_by(_setting(reading.book, chasing.CONTACT_BY)),
            steps=chasing.steps(_setting(reading.book, chasing.STEPS)),
            most=most,
            law=(
                f"A register may stay open for at most {most} minutes, for the same time every session (“Working "
                "together to improve school attendance”, statutory guidance). Who comes while it is open is L; who "
                "comes after it has closed is U (SI 2024/208, regulation 10)."
            ),
        )


@needs(Right.SETTINGS)
def change_settings(
    context: Context, school: School, *, closing_minute_late: bool, contact_by: time, steps: Sequence[str] = ()
) -> tuple[bool, Changes]:
    """Let these settings hold from now on; whether anything was changed. Marks that stand are not touched.

    `steps`: none means those that usually hold. Raises `Refused`, with everything as it was, where a time cannot be.
    """
    wanted = replace(
        school,
        name=school.name.strip(),
        dfe_number=_dfe_number(school.dfe_number),
        headteacher=school.headteacher.strip(),
        address=school.address.strip(),
        phone=school.phone.strip(),
        email=school.email.strip(),
    )
    fault = _fault(context, wanted, contact_by)
    if fault:
        raise Refused(fault)
    settings = (
        Setting(CLOSING_MINUTE, LATE if closing_minute_late else ABSENT),
        Setting(chasing.CONTACT_BY, clock_time(contact_by)),
        Setting(chasing.STEPS, "; ".join(chasing.steps(";".join(steps)))),
    )
    with context.store.writing(context.deed("settings")) as writing:
        held = {one.key: one.value for one in writing.book.all(Setting)}
        usual = {CLOSING_MINUTE: LATE, chasing.CONTACT_BY: clock_time(chasing.DEFAULT_BY)}
        held = usual | {chasing.STEPS: "; ".join(chasing.DEFAULT_STEPS)} | held
        changed = [one for one in settings if held[one.key] != one.value]
        if wanted != writing.book.school():
            writing.book.put(wanted)
        elif not changed:
            return False, Changes()
        writing.book.put_many(changed)
    return True, Changes(book=True)


def _setting(book: BookReading, key: str) -> str:
    return next((one.value for one in book.all(Setting) if one.key == key), "")


def _fault(context: Context, school: School, by: time) -> str | None:
    if not school.name:
        return "The school needs a name."
    if school.la not in context.rulebook.packs:
        return f"There is no authority pack “{school.la}”."
    fault = day_fault(school.am, school.pm, context.rulebook.register_open.value) or ends_fault(school)
    if fault is None and not school.am.closes < by <= school.ends(Half.PM):
        return (
            f"Contact by {clock_time(by)} cannot be asked: the morning register closes at "
            f"{clock_time(school.am.closes)}, and the day ends at {clock_time(school.ends(Half.PM))}."
        )
    return fault


def _dfe_number(typed: str) -> str:
    if not typed.strip():
        return ""
    found = _DFE.fullmatch(typed.strip())
    if found is None:
        raise Refused("A DfE number is three digits and four, as 341/2001. Leave it empty if the school has none.")
    return f"{found[1]}/{found[2]}"
