"""What the form of a kind asks, checked before an entry is recorded, and the task that an entry makes or closes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from desktop_app.domain.cases import ASK, CASE, STEP
from desktop_app.domain.entries import REPORTED, Entry, EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import Kinds
from desktop_app.domain.people import Pupil
from desktop_app.domain.tasks import LEAVE_DECIDE
from desktop_app.ports import Writing
from desktop_app.rules.entry_forms import follow_up, form_fault, interpreter_fault

OURS = frozenset({CASE, STEP, ASK, REPORTED})
"""Details that a deed adds, and no form asks."""
FOLLOW = "follow"
"""The kind of a task that an entry makes is `follow:ENTRY`: what follows that entry closes it."""
OUT = frozenset({
    *(EntryKind.PHONE_CALL, EntryKind.TEXT, EntryKind.EMAIL, EntryKind.LETTER, EntryKind.WARNING),
    *(EntryKind.HOME_VISIT, EntryKind.CONTRACT, EntryKind.NOTICE_TO_IMPROVE),
})  # fmt: skip
"""The kinds by which the school turns to somebody, unless the form says that it went the other way."""
IN = frozenset({"they rang", "they wrote", "at the gate"})


def check_typed(kinds: Kinds, now: datetime, entry: NewEntry) -> None:
    """Refuse what can be told without the record: a moment to come, nothing said, a form not filled."""
    if entry.happened_at > now:
        raise Refused("That has not happened yet: give the date and time at which it did.")
    if not entry.outcome.strip():
        raise Refused("Say what came of it: an entry needs an outcome.")
    if not entry.pupils:
        raise Refused("Say which pupil it is about.")
    rule = kinds.rules.get(entry.kind)
    if rule is None or not rule.by_hand:
        raise Refused(f"“{entry.kind.label}” is recorded where it is done, and not by hand.")
    typed = {key: value for key, value in entry.details.items() if key not in OURS}
    wrong = form_fault(rule, typed)
    if wrong is not None:
        raise Refused(wrong)
    if entry.restricted and follow_up(rule, entry.details) is not None:
        raise Refused(
            "A restricted entry puts nothing on Today, where others would read it. Leave the day out and write it in "
            "the note, or log a restricted note instead."
        )


def check_follows(kinds: Kinds, entry: NewEntry, first: Entry) -> None:
    """Refuse an entry that answers one to which its kind is no answer, or one about another child."""
    rule = kinds.rules[entry.kind]
    if not set(entry.pupils) & set(first.pupils):
        raise Refused("The entry it is to answer is about another child: look at its number.")
    if entry.kind is not EntryKind.NOTE and first.kind not in rule.follows:
        raise Refused(f"“{rule.title}” does not answer “{first.kind.label}”. Log it by itself.")


def check_no_contact(entry: NewEntry, kept_away: Collection[int], *, may: bool) -> None:
    """Refuse what goes out to somebody whom a court keeps away. Whoever may change such an order (`may`) can record
    that it happened all the same, and says why."""
    if entry.kind not in OUT or entry.details.get("direction") in IN or not set(entry.persons) & set(kept_away):
        return
    if not may:
        raise Refused(
            "No contact with that person, by order: log it as something they did (they rang, they wrote), or see the "
            "DSL."
        )
    if not entry.note.strip():
        raise Refused(
            "No contact with that person, by order: say that they rang or wrote, or write in the note why the school "
            "turned to them."
        )


def check_interpreter(entry: NewEntry, children: Sequence[Pupil]) -> None:
    """Refuse a child as interpreter."""
    names = [name for child in children for name in (child.forename, child.legal_forename)]
    wrong = interpreter_fault(entry.details, [name for name in names if name])
    if wrong is not None:
        raise Refused(wrong)


def follow(kinds: Kinds, writing: Writing, entry: NewEntry, recorded: int) -> None:
    """Close what the entry answers, in the whole thread it belongs to, and make the task of the day its form names, for
    each child it is about. A note answers nothing. A restricted entry makes no task: its words would stand on Today."""
    if entry.adds_to is not None and entry.kind is not EntryKind.NOTE:
        thread = _thread(writing, entry)
        for task in _following(writing, thread):
            writing.book.put(replace(task, closed_by=recorded))
    due = None if entry.restricted else follow_up(kinds.rules[entry.kind], entry.details)
    if due is not None:
        day, words = due
        for pupil in entry.pupils:
            writing.book.put(Task(0, pupil, f"{FOLLOW}:{recorded}", day, None, words))


def forget_tasks(writing: Writing, withdrawn: int) -> None:
    """Take away the open tasks that an entry made: it was withdrawn, so nothing follows from it."""
    waits = f"{LEAVE_DECIDE}:{withdrawn}"
    asked = [task for task in writing.book.all(Task) if task.kind == waits and task.closed_by is None]
    for task in [*_following(writing, frozenset({withdrawn})), *asked]:
        writing.book.remove(task)


def _following(writing: Writing, entries: frozenset[int]) -> list[Task]:
    """The open tasks that any of these entries made."""
    kinds = {f"{FOLLOW}:{one}" for one in entries}
    return [task for task in writing.book.all(Task) if task.kind in kinds and task.closed_by is None]


def _thread(writing: Writing, entry: NewEntry) -> frozenset[int]:
    """The entry at the top of what an entry answers, and all that was added to it."""
    above = {one.id: one.adds_to for one in writing.entries.of(*entry.pupils)}

    def top(key: int) -> int:
        seen = {key}
        while (before := above.get(key)) is not None and before not in seen:
            seen.add(before)
            key = before
        return key

    head = top(entry.adds_to or 0)
    return frozenset({head, *(key for key in above if top(key) == head)})
