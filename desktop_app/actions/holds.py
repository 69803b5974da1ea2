"""The safeguarding lead's hold on a family, and telling the safeguarding lead. Both say that there is something, and
never what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.staff import safeguarding_leads
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Hold, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading
from desktop_app.rules.display import date_year


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold, with its reason; None: sealed for whoever looks."""

    hold: Hold
    pupil: Pupil
    reason: str | None


@needs(Right.HOLD)
def put_hold(context: Context, pupil: int, first: date, last: date | None, reason: str) -> tuple[int, Changes]:
    """Stop letters, batches and scripts for the family of a child over some days; the reason is sealed."""
    if not reason.strip():
        raise Refused("Say why: it is sealed, and only the headteacher and the safeguarding lead can read it.")
    if last is not None and last < first:
        raise Refused(f"A hold from {date_year(first)} cannot end on {date_year(last)}, before it begins.")
    sealed = context.store.seal(reason.strip())
    with context.store.writing(context.deed("put hold")) as writing:
        if writing.book.get(Pupil, pupil) is None:
            raise Refused("That pupil is not on the admission register.")
        made = writing.book.put(Hold(0, pupil, first, last, sealed))
    return made, Changes(book=True, pupils=frozenset({pupil}))


@needs(Right.HOLD)
def end_hold(context: Context, hold: int, last: date) -> Changes:
    """Let a hold end on a day; it and its reason stay on record."""
    with context.store.writing(context.deed("end hold")) as writing:
        found = writing.book.get(Hold, hold)
        if found is None:
            raise Refused("That hold is not on record.")
        if last < found.first:
            raise Refused(f"The hold began on {date_year(found.first)}: it cannot end before.")
        writing.book.put(replace(found, last=last))
    return Changes(book=True, pupils=frozenset({found.pupil}))


@needs(Right.HOLD)
def holds(context: Context) -> tuple[HoldLine, ...]:
    """Every hold, the newest first."""
    with context.store.reading() as reading:
        found = sorted(reading.book.all(Hold), key=lambda one: (one.first, one.id), reverse=True)
        pupils = {one.id: one for one in reading.book.all(Pupil)}
    return tuple(HoldLine(one, pupils[one.pupil], context.store.unseal(one.sealed)) for one in found)


def held(book: BookReading, day: date) -> frozenset[int]:
    """The pupils whose family is held on a day: the child itself, and every child who shares a contact with it."""
    children = {one.pupil for one in book.all(Hold) if one.holds(day)}
    if not children:
        return frozenset()
    ties = [one for one in book.all(Tie) if one.holds(day)]
    families = {one.person for one in ties if one.pupil in children}
    return frozenset(children | {one.pupil for one in ties if one.person in families})


@needs(Right.LOG)
def tell_dsl(context: Context, pupil: int, told: int = 0) -> tuple[int, Changes]:
    """Record that the safeguarding lead was told of something about a child: who told whom, and when, and nothing of
    what. `told` is a member of staff, where there is more than one to tell. Refused where there is nobody."""
    leads = safeguarding_leads(context)
    if not leads:
        raise Refused("Nobody is named as safeguarding lead or headteacher: add them under Staff first.")
    if told:
        leads = tuple(one for one in leads if one.id == told)
    if len(leads) != 1:
        raise Refused("Say whom you told: choose one of the safeguarding leads.")
    (lead,) = leads
    with context.store.writing(context.deed("tell safeguarding lead")) as writing:
        if writing.book.get(Pupil, pupil) is None:
            raise Refused("That pupil is not on the admission register.")
        entry = NewEntry(
            EntryKind.TOLD,
            context.now(),
            (pupil,),
            f"{lead.name} was told",
            details={"told": str(lead.id)},
            restricted=True,
        )
        recorded = writing.entries.add(entry)
    return recorded, Changes(entries=True, pupils=frozenset({pupil}))
