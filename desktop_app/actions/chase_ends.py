"""A chase ends by itself once a later mark says where the child is; where that mark is taken back, it is open again.

Source: Working together to improve school attendance: enquiries go on until the child is found and the reason known.
N, O and a blank are no such word, so that nobody stops looking for a child because an office gave up asking.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.marks import Mark, NewMark
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Session
from desktop_app.domain.tasks import CHASE
from desktop_app.ports import BookReading, Writing
from desktop_app.rules.chasing import accounts_for
from desktop_app.rules.display import session_words
from desktop_app.rules.register import taking_begun

BY_MARK = "ended_by_mark"
"""In the details of the entry: the session whose mark ended the chase."""
TAKEN_BACK = "The mark that had ended it was taken back."


def follow_marks(context: Context, writing: Writing, school: School, made: Sequence[NewMark]) -> bool:
    """Inside the deed that made these marks: end the open chases of children of whom it is known by now where they are,
    and open those again whose mark says so no more. Whether that was any. Nothing is overwritten: an entry says which
    mark ended it, and that entry is withdrawn where the mark is taken back."""
    chases = _chases(writing.book) if made else []
    pupils = {row.pupil for row in made}.intersection(task.pupil for task in chases)
    if not pupils:
        return False
    newest = _newest(context, writing, school, pupils, chases)
    moved = False
    for key in sorted(pupils):
        mine = [task for task in chases if task.pupil == key]
        mark = newest.get(key)
        if mark is not None and accounts_for(context.rulebook.codes[mark.code]):
            moved |= _end(context, writing, [task for task in mine if task.closed_by is None], mark)
        else:
            moved |= _open_again(writing, mine, {Session(row.day, row.half) for row in made if row.pupil == key})
    return moved


def chased_pupils(book: BookReading) -> frozenset[int]:
    """The children who were ever chased: no mark of another ends anything."""
    return frozenset(task.pupil for task in _chases(book))


def _chases(book: BookReading) -> list[Task]:
    return [task for task in book.all(Task) if task.kind == CHASE]


def _newest(
    context: Context, writing: Writing, school: School, pupils: Collection[int], chases: Sequence[Task]
) -> Mapping[int, Mark]:
    """The mark of each child in the newest session that has begun, since it was first chased."""
    now = context.now()
    first = min(task.due for task in chases if task.pupil in pupils)
    marks = writing.marks.between(first, now.date(), pupils)
    return {mark.pupil: mark for mark in marks if taking_begun(school, Session(mark.day, mark.half), now)}


def _end(context: Context, writing: Writing, tasks: Sequence[Task], mark: Mark) -> bool:
    if not tasks:
        return False
    session, code = Session(mark.day, mark.half), context.rulebook.codes[mark.code]
    words = f"Ended by itself: the register has {code.key} ({code.title}) for {session_words(session)}"
    note, details = "; ".join(dict.fromkeys(task.text for task in tasks)), {BY_MARK: _key(session)}
    entry = writing.entries.add(
        NewEntry(EntryKind.SEEN_TO, context.now(), (mark.pupil,), words, note=note, details=details)
    )
    writing.book.put_many(replace(task, closed_by=entry) for task in tasks)
    return True


def _open_again(writing: Writing, tasks: Sequence[Task], changed: Collection[Session]) -> bool:
    """Open what the former mark of one of these sessions had ended."""
    keys, opened = {_key(session) for session in changed}, False
    for entry_id in dict.fromkeys(task.closed_by for task in tasks if task.closed_by is not None):
        entry = writing.entries.get(entry_id)
        if entry is None or entry.withdrawn is not None or entry.details.get(BY_MARK) not in keys:
            continue
        writing.entries.withdraw(entry_id, TAKEN_BACK)
        writing.book.put_many(replace(task, closed_by=None) for task in tasks if task.closed_by == entry_id)
        opened = True
    return opened


def _key(session: Session) -> str:
    return f"{session.day.isoformat()} {session.half.value}"
