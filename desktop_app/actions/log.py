"""Logging what was done about a pupil's attendance. An entry is never edited: it is added to, or withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.actions.attachments import NewFile, keep_files
from desktop_app.actions.log_forms import (
    check_follows,
    check_interpreter,
    check_no_contact,
    check_typed,
    follow,
    forget_tasks,
)
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.restricted import restricted, sealed_reason
from desktop_app.actions.roll import read_roll
from desktop_app.actions.sealed_files import as_kept
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Person, Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.ports import Writing
from desktop_app.rules.display import long_date
from desktop_app.rules.rights import takes_back

COUNTED = frozenset({EntryKind.PENALTY_NOTICE})
"""The kinds that are counted by law, and so written and taken back by their own deeds alone."""


@needs(Right.LOG)
def log(context: Context, entry: NewEntry, files: Sequence[NewFile] = ()) -> tuple[int, Changes]:
    """Record an entry with its files and return its id, all in one transaction. A past date sorts into its place, that
    of a call before the child came too. Refused: a future date, one before any child concerned was born, an empty
    outcome, a person who is not a contact of any pupil it is about, what went out to one whom a court keeps away, a
    kind that is written by its own deed, details that its form does not ask or lacks, and a restricted one by somebody
    who cannot read such.

    A day on which its form says that something is due makes a task; what it answers closes the task of that."""
    check_typed(context.rulebook.kinds, context.now(), entry)
    with context.store.writing(context.deed(f"log {entry.kind.value}")) as writing:
        _check_people(context, writing, entry)
        first = _standing(context, writing, entry.adds_to) if entry.adds_to is not None else None
        if first is not None:
            check_follows(context.rulebook.kinds, entry, first)
        kept = replace(entry, restricted=True) if first is not None and first.restricted else entry
        recorded = writing.entries.add(restricted(context.store, kept))
        keep_files(writing.entries, recorded, as_kept(context.store, files, restricted=kept.restricted))
        follow(context.rulebook.kinds, writing, kept, recorded)
    return recorded, Changes(entries=True, book=True, pupils=frozenset(entry.pupils))


@needs(Right.LOG)
def add_to(context: Context, entry: int, note: str) -> tuple[int, Changes]:
    """Add a note to an entry, as an entry of its own that happens now."""
    if not note.strip():
        raise Refused("There is nothing to add: write the note first.")
    with context.store.writing(context.deed("add to entry")) as writing:
        first = _standing(context, writing, entry)
        added = NewEntry(
            kind=EntryKind.NOTE,
            happened_at=context.now(),
            pupils=first.pupils,
            persons=first.persons,
            outcome=note.strip(),
            restricted=first.restricted,
            adds_to=first.id,
        )
        recorded = writing.entries.add(restricted(context.store, added))
    return recorded, Changes(entries=True, pupils=frozenset(first.pupils))


@needs(Right.LOG)
def withdraw(context: Context, entry: int, reason: str) -> Changes:
    """Take an entry back, with a reason; it stays readable, marked as withdrawn. What it put on Today goes with it.
    The reason of a restricted entry is sealed as its words are. What a deed of its own wrote, whoever may do that deed
    takes back."""
    if not reason.strip():
        raise Refused("Say why the entry is withdrawn; it stays readable, with the reason beside it.")
    said = sealed_reason(context.store, entry, reason.strip())
    with context.store.writing(context.deed("withdraw entry", said)) as writing:
        first = _standing(context, writing, entry)
        context.require(takes_back(first))
        if first.kind in COUNTED:
            raise Refused("It is part of the penalty-notice ledger: take it back there, where its count is checked.")
        _check_leave(writing, first)
        writing.entries.withdraw(entry, said)
        forget_tasks(writing, entry)
    return Changes(entries=True, book=True, pupils=frozenset(first.pupils))


def _check_leave(writing: Writing, first: Entry) -> None:
    """Raise `Refused` for a decision about leave, what came after one, and a request that was decided: days are planned
    by it, and whoever may write in the log may not thereby undo what the head decided."""
    leave = (EntryKind.LEAVE_REQUEST, EntryKind.LEAVE_DECISION)
    if first.kind not in leave:
        return
    about = writing.entries.of(*first.pupils)
    if first.adds_to is not None or any(one.adds_to == first.id and one.kind in leave for one in about):
        raise Refused(
            "Leave that was decided or taken back is decided again under Leave of absence, or taken back there."
        )


def _standing(context: Context, writing: Writing, entry: int) -> Entry:
    found = writing.entries.get(entry)
    if found is None or not found.pupils or (found.restricted and not context.store.opens_sealed):
        raise Refused("That entry is not in the chronology.")
    check_children(context, read_roll(writing.book), found.pupils)
    if found.withdrawn is not None:
        raise Refused("That entry has been withdrawn already; nothing can be added to it.")
    return found


def _check_people(context: Context, writing: Writing, entry: NewEntry) -> None:
    found = [writing.book.get(Pupil, pupil) for pupil in entry.pupils]
    children = [child for child in found if child is not None]
    if len(children) < len(found):
        raise Refused("That pupil is not in this school’s book.")
    born = [child.date_of_birth for child in children]
    check_interpreter(entry, children)
    check_children(context, read_roll(writing.book), entry.pupils)
    if entry.happened_at.date() < min(born):
        raise Refused(
            f"On {long_date(entry.happened_at.date())} the child was not yet born (born {long_date(min(born))}): "
            "look at the year again."
        )
    ties = [tie for tie in writing.book.all(Tie) if tie.pupil in entry.pupils]
    kept_away = {tie.person for tie in ties if tie.no_contact and tie.holds(entry.happened_at.date())}
    check_no_contact(entry, kept_away, may=context.may(Right.NO_CONTACT))
    known = {tie.person for tie in ties}
    for key in entry.persons:
        person = writing.book.get(Person, key)
        if person is None or key not in known:
            raise Refused("That person is not a contact of the pupil; add them to the pupil’s contacts first.")
