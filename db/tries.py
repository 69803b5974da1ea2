"""Wrong passwords, counted beside the store, so that guessing is slow and stays slow when the program is begun again.

`<store>.tries` holds, for each sign-in name, how many tries in a row were wrong and when the last one was. It bears no
secret and decides nothing but a wait: without it, or where it cannot be read or written, passwords are tried as ever.
Each name waits for itself, five minutes at most, and the recovery key never waits: nobody is locked out of a school.
Source: NCSC, password guidance: throttling rather than lockout.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from db.files import write_whole
from db.keys import KeyFile, Keys, read_recovery_key
from desktop_app.domain.errors import Refused, WrongPassword

FREE = 5
"""So many wrong tries in a row cost nothing: people mistype."""
FIRST_WAIT = 5
LONGEST_WAIT = 300

Now = Callable[[], float]
"""Seconds since 1970, which go on while the program does not run."""


class Tries:
    """The tries at the passwords of one store."""

    def __init__(self, store: Path, now: Now = time.time) -> None:
        self._file = store.with_name(f"{store.name}.tries")
        self._now = now

    def unlock(self, key_file: KeyFile, user: str | None, password: str) -> tuple[str, Keys]:
        """As `KeyFile.unlock`, but refused unlooked at where the name has to wait."""
        name = self._name(key_file, user)
        kept = self._read()
        wrong, at = kept.get(name, (0, 0.0))
        left = wait_after(wrong) - (self._now() - at)
        if read_recovery_key(password) is None and 0 < left <= LONGEST_WAIT:
            raise Refused(
                f"Too many wrong passwords: try again in {math.ceil(left)} seconds. The recovery key opens at once."
            )
        try:
            found = key_file.unlock(user, password)
        except WrongPassword:
            self._write({**kept, name: (wrong + 1, self._now())})
            raise
        if wrong:
            self._write({one: tried for one, tried in kept.items() if one != name})
        return found

    @staticmethod
    def _name(key_file: KeyFile, user: str | None) -> str:
        """The name as the keys have it. All names that nobody has are one: no list of them grows."""
        names = list(key_file.users())
        if user is None:
            return names[0]
        typed = user.strip().casefold()
        return next((one for one in names if one.casefold() == typed), "")

    def _read(self) -> dict[str, tuple[int, float]]:
        try:
            whole: Any = json.loads(self._file.read_text(encoding="ascii"))
            return {str(name): (int(wrong), float(at)) for name, (wrong, at) in whole.items()}
        except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            return {}

    def _write(self, kept: dict[str, tuple[int, float]]) -> None:
        with suppress(OSError):
            if kept:
                write_whole(self._file, json.dumps(kept, ensure_ascii=True).encode("ascii"))
            else:
                self._file.unlink(missing_ok=True)


def wait_after(wrong: int) -> int:
    """How many seconds after the last of so many wrong tries the next one is looked at."""
    over = wrong - FREE
    return 0 if over < 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over, 10))
