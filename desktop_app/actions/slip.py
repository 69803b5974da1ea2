"""The late slip of a child who has come late today, drawn in memory from what the register says."""

from __future__ import annotations

from datetime import time
from hashlib import sha256

from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Paper
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.display import clock_time, long_date


@needs(Right.HATCH)
def late_slip(context: Context, pupil: int, session: Session, came: time) -> Paper:
    """Name, class, when the child came, the reason, and what its code means. Refused where no mark stands there."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        mark = reading.marks.at(pupil, session)
    child, place = roll.pupils.get(pupil), roll.place(pupil, session.day)
    if child is None or mark is None:
        raise Refused("There is no late mark to write a slip for.")
    code = context.rulebook.codes[mark.code]
    late = f", {mark.minutes} minutes late" if mark.minutes else ""
    facts = [
        ("Came", f"{clock_time(came)}, {long_date(session.day)}{late}"),
        ("Reason", mark.note or "none given"),
        ("In the register", f"{code.key}: {code.title}"),
    ]
    # The library that draws is loaded when something is drawn: no start of the window waits for it.
    from desktop_app.documents.slip import draw_slip  # noqa: PLC0415

    class_name = place.class_name if place else ""
    content = draw_slip(roll.school.name, child.name, class_name, facts)
    return Paper(content, sha256(content).hexdigest(), 1, (class_name,))
