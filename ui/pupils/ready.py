"""Whether a form that changes something may be opened at all: said in words before anybody types."""

from __future__ import annotations

from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.rights import Right
from ui.shell import Shell


def may_change(shell: Shell, right: Right) -> bool:
    """True where the present user may; else the reason is said in the status line."""
    if shell.context.store.read_only:
        shell.say("This school is open to read only here: nothing can be changed.", alarm=True)
        return False
    if not shell.context.may(right):
        shell.say(str(NotAllowed(shell.context.staff.name, right.words)), alarm=True)
        return False
    return True
