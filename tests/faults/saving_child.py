"""Saves without end in a school of its own, and says each save aloud only after it is done. Run to be killed.

Arguments: the store, the password, and after how many saves to stop (none: never). Each line it writes is the number of
a deed that has returned.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from db.house import House
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Author
from desktop_app.ports import Writing

FIRST = date(2021, 9, 1)
REGISTER = 30


def day_of_deed(number: int) -> date:
    """The day whose morning register the deed of that number writes, if it writes one."""
    return FIRST + timedelta(days=number)


def do(writing: Writing, number: int) -> None:
    """A register, one mark, a logged call, or two facts of the book, in turn."""
    kind = number % 4
    if kind == 0:
        day = day_of_deed(number)
        writing.marks.add(NewMark(pupil, day, HALVES[0], "/") for pupil in range(1, REGISTER + 1))
    elif kind == 1:
        writing.marks.add([NewMark(1, day_of_deed(number), HALVES[1], "N", note=f"deed {number}")])
    elif kind == 2:
        writing.entries.add(NewEntry(EntryKind.PHONE_CALL, datetime(2026, 9, 7, 9, 30), (1, 2), f"deed {number}", (3,)))
    else:
        writing.book.put_many([Setting("last", str(number)), Membership(0, 1, f"{number}", "4", FIRST)])


def main() -> None:
    """Go on from where the store says the last one stopped."""
    store = House().open(Path(sys.argv[1]), None, sys.argv[2], write=True)
    number = store.check().links
    last = number + int(sys.argv[3]) if len(sys.argv) > 3 else None
    while number != last:
        with store.writing(Deed(Author(1, "A", "B"), f"deed {number}", datetime.now(UTC))) as writing:
            do(writing, number)
        os.write(1, f"{number}\n".encode())
        number += 1


if __name__ == "__main__":
    main()
