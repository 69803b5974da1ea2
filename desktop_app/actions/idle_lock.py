"""After how many minutes without a key the screen is locked: kept with the school, so that every desk has the same.

Source: DfE, cyber security standards for schools, asks that an unattended screen locks; how soon is the school's own.
"""

from __future__ import annotations

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting

KEY = "lock.minutes"
DEFAULT = 10
LONGEST = 120


@needs(Right.OPEN)
def lock_after(context: Context) -> int:
    """The minutes after which an untouched screen is locked."""
    with context.store.reading() as reading:
        kept = next((one.value for one in reading.book.all(Setting) if one.key == KEY), "")
    return int(kept) if kept.isdecimal() and 1 <= int(kept) <= LONGEST else DEFAULT


@needs(Right.SETTINGS)
def set_lock_after(context: Context, typed: str) -> Changes:
    """Lock after so many whole minutes from now on."""
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST):
        raise Refused(f"Say after how many minutes the screen is locked: a whole number from 1 to {LONGEST}.")
    if int(text) == lock_after(context):
        raise Refused("Nothing was changed.")
    with context.store.writing(context.deed("lock after")) as writing:
        writing.book.put(Setting(KEY, str(int(text))))
    return Changes(book=True)
