"""The children that the find field finds."""

from __future__ import annotations

from datetime import date

from desktop_app.context import Context
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.rights import Right
from desktop_app.rules.display import short_date
from ui.find import Hit


def read_hits(context: Context) -> list[Hit]:
    """Every child that whoever is at the desk may see."""
    today = context.today()
    if not context.may(Right.READ_PUPIL):
        return []
    with context.store.reading() as reading:
        pupils = reading.book.all(Pupil)
        places = {each.pupil: each.class_name for each in reading.book.all(Membership) if each.holds(today)}
    hits = [
        Hit(
            pupil.id,
            pupil.list_name,
            places.get(pupil.id, "") if pupil.on_roll(today) else _away(pupil, today),
            f"{pupil.list_name} {pupil.legal_name} {places.get(pupil.id, '')} {pupil.upn}",
        )
        for pupil in pupils
        if context.sees(places.get(pupil.id, ""))
    ]
    return sorted(hits, key=lambda hit: (hit.aside == "left", hit.words.casefold()))


def _away(pupil: Pupil, today: date) -> str:
    """Why a child who is not on roll is not."""
    return f"starts {short_date(pupil.starting_day)}" if pupil.starting_day > today else "left"
