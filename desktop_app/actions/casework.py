"""Casework: opening a case at a step of the pack, moving it up and down, and closing it.

Each deed is one transaction. A case moves only by an entry that says why, who agreed, and what it went on without. It
remembers the pack and the version it is run under.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.actions.case_deeds import (
    check_closing,
    check_staff,
    close_tasks,
    details_of,
    happened,
    put_review_task,
    said,
    touched,
    worked,
)
from desktop_app.actions.case_reading import readable, service_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import STEP
from desktop_app.domain.casework import CaseStep, Casework
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.casework.asks import unmet
from desktop_app.rules.casework.order import is_up, why_not
from desktop_app.rules.casework.state import (
    AGREED,
    CHANGED,
    DESPITE,
    LEAD,
    REASON,
    TRIGGER,
    fold,
    open_case_of,
)
from desktop_app.rules.display import date_year


@needs(Right.WRITE_CASE)
def open_at(
    context: Context,
    pupil: int,
    step: str,
    *,
    lead: int = 0,
    opened_on: str = "",
    note: str = "",
    on: date | None = None,
    despite: str = "",
) -> tuple[int, Changes]:
    """Open a case of a child at a step of the school's pack (its whole key); the case's number. `lead`: a member of
    staff, 0 nobody yet; `opened_on`: the key of the trigger it is opened on; `on`: the day, today if left out;
    `despite`: why it begins at an urgent step. Raises `Refused`, also where a case of the child is worked already."""
    moment = happened(context.now(), on)
    with context.store.writing(context.deed("open case")) as writing:
        roll = read_roll(writing.book)
        child = roll.pupils.get(pupil)
        if child is None:
            raise Refused("That pupil is not in this school’s book.")
        check_children(context, roll, [pupil])
        if moment.date() < child.starting_day:
            raise Refused(f"{child.name} is on roll from {date_year(child.starting_day)}: no case begins before.")
        known = open_case_of(fold(readable(writing.entries.of(pupil)), ()))
        if known is not None:
            raise Refused(
                f"{child.name} has an open case since {date_year(known.opened)}: move that one to the step instead."
            )
        pack = context.pack(roll.school)
        to = find_step(pack.casework, step)
        why = why_not(pack.casework, None, to, service_of(writing.book), (), said(despite))
        if why is not None:
            raise Refused(why)
        check_staff(writing.book, lead)
        details = {
            "pupil": child.upn or child.admission_number, "pack": pack.key, "version": pack.version, STEP: to.key,
            LEAD: str(lead) if lead else "", TRIGGER: opened_on, DESPITE: said(despite),
        }  # fmt: skip
        new = NewEntry(EntryKind.CASE_OPENED, moment, (pupil,), to.title, note=note.strip(), details=_filled(details))
        case = writing.entries.add(new)
        put_review_task(context, writing, case)
    return case, touched(pupil)


@needs(Right.WRITE_CASE)
def move(
    context: Context,
    case: int,
    to: str,
    reason: str,
    agreed_by: str,
    *,
    lead: int = 0,
    on: date | None = None,
    despite: str = "",
) -> tuple[int, Changes]:
    """Move a case up or down to a step, with its reason and who agreed; the entry. `despite`: why it goes up without
    what must be done before, or out of order to an urgent step. `lead`: who leads from now on (0: as before)."""
    why, agreed = said(reason), said(agreed_by)
    if not why:
        raise Refused("Say why the case is moved.")
    if not agreed:
        raise Refused("Say who agreed that the case is moved.")
    with context.store.writing(context.deed("move case", why)) as writing:
        here = worked(context, writing, case, paused=True)
        casework, state = here.pack.casework, here.state
        step, moment = find_step(casework, to), happened(context.now(), on, state)
        left = unmet(here.facts(moment.date()), state, here.step) if here.step else ()
        refused = why_not(casework, state if state.step else None, step, here.service, left, said(despite))
        if refused is not None:
            raise Refused(refused)
        check_staff(writing.book, lead)
        up = not state.step or is_up(casework, state.step, step.key)
        without = said(despite) if up else ""
        outcome = f"{'Up' if up else 'Down'} to {step.title}"
        details = details_of(here, {STEP: step.key, REASON: why, AGREED: agreed, DESPITE: without, "from": state.step})
        if lead:
            details[LEAD] = str(lead)
        entry = writing.entries.add(NewEntry(EntryKind.CASE_MOVED, moment, (state.pupil,), outcome, details=details))
        close_tasks(writing, state, entry, ("review", "resume"))
        put_review_task(context, writing, case)
    return entry, touched(state.pupil)


@needs(Right.WRITE_CASE)
def lead(context: Context, case: int, staff: int, *, note: str = "") -> tuple[int, Changes]:
    """Say who leads a case from now on; the entry. Its open review goes to them."""
    with context.store.writing(context.deed("lead case")) as writing:
        here = worked(context, writing, case, paused=True)
        named = check_staff(writing.book, staff)
        if named is None:
            raise Refused("Say who leads the case.")
        if here.state.lead == staff:
            raise Refused(f"{named.name} leads the case already.")
        details = details_of(here, {LEAD: str(staff)})
        outcome, moment = f"{named.name} leads", context.now()
        new = NewEntry(EntryKind.CASE_LED, moment, (here.state.pupil,), outcome, note=note.strip(), details=details)
        entry = writing.entries.add(new)
        for task in here.state.tasks:
            if task.kind.endswith((":review", ":resume")) and task.owner in (None, here.state.lead):
                writing.book.put(replace(task, owner=staff))
    return entry, touched(here.state.pupil)


@needs(Right.WRITE_CASE)
def close(
    context: Context, case: int, changed: str, *, agreed_by: str = "", on: date | None = None
) -> tuple[int, Changes]:
    """Close a case, saying what changed; the entry. What was still to do is closed with it. Refused where the pack has
    no case closed as things stand."""
    what = said(changed)
    if not what:
        raise Refused("Say what changed: what the case leaves behind is read when there is another.")
    with context.store.writing(context.deed("close case", what)) as writing:
        here = worked(context, writing, case, paused=True)
        moment = happened(context.now(), on, here.state)
        check_closing(context, writing, here, moment.date())
        details = details_of(here, {CHANGED: what, AGREED: said(agreed_by), STEP: here.state.step})
        new = NewEntry(EntryKind.CASE_CLOSED, moment, (here.state.pupil,), "Closed", note=what, details=details)
        entry = writing.entries.add(new)
        close_tasks(writing, here.state, entry)
    return entry, touched(here.state.pupil)


def find_step(casework: Casework, key: str) -> CaseStep:
    """The pack's step of that whole key. Raises `Refused`, naming those there are."""
    found = casework.step(key)
    if found is None:
        known = ", ".join(one.key for one in casework.steps)
        raise Refused(
            f"The pack has no step “{key}”; it has {known}." if known else "The authority’s pack has no levels yet."
        )
    return found


def _filled(details: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in details.items() if value}
