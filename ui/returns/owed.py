"""After a name was entered or is to be deleted: the return that is owed now, opened on the child’s line."""

from __future__ import annotations

from desktop_app.actions.returns.due import owed_of
from desktop_app.rules.display import due_words
from ui.shell import Shell


def open_owed(shell: Shell, pupil: int, words: str) -> bool:
    """Open the return of this child that is due first, filled from the record, and say `words`, which return it is, and
    which others are owed; whether there was one that the present person may make."""
    owed = owed_of(shell.context, pupil)
    if not owed:
        return False
    first, *others = owed
    by = f", {due_words(first.due, overdue=first.overdue)}" if first.due else ""
    more = f" Owed too: {', '.join(one.title for one in others)}." if others else ""
    shell.go("returns", kind=first.kind.value, month=shell.context.today(), pupil=pupil)
    shell.say(f"{words} {first.title}{by}: Space keeps the line, Ctrl+Enter makes it.{more}")
    return True
