"""The driver's errors in plain words. Nothing here quotes a statement, a parameter or a name."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError

from desktop_app.domain.errors import Damaged, Refused

BUSY, LOCKED, READ_ONLY, INPUT_OUTPUT, CORRUPT, FULL, CANNOT_OPEN, NOT_A_STORE = 5, 6, 8, 10, 11, 13, 14, 26

ADVICE = "Nothing was written to it; open the newest backup instead."

_WHY = {
    BUSY: "another program is using the file. Try again in a moment",
    LOCKED: "another program is using the file. Try again in a moment",
    READ_ONLY: "Windows does not let the file be written",
    INPUT_OUTPUT: "the disk reported an error. Check the disk, then try again",
    FULL: "the disk is full. Make room on it, then try again",
    CANNOT_OPEN: "the folder of the file cannot be written",
}


def primary_code(error: BaseException) -> int:
    """SQLite's primary result code behind an error, or 0 where there is none."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0


def in_words(error: BaseException, doing: str) -> Refused | None:
    """What to tell the user of a driver's error while `doing` something; None where it is no fault of disk or file."""
    code = primary_code(error)
    if code in (CORRUPT, NOT_A_STORE):
        return Damaged(f"The school’s file is damaged. {ADVICE}")
    if code in _WHY:
        return Refused(f"{doing}: {_WHY[code]}.")
    return None


def disk_in_words(error: OSError, doing: str) -> Refused:
    """What to tell the user where a file could not be made or moved."""
    why = "the disk is full" if error.errno == errno.ENOSPC else (error.strerror or "the disk reported an error")
    return Refused(f"{doing}: {why}.")
