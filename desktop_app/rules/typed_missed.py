"""How many more sessions are missed, as people type it: `5`, `5 sessions`, `2 days`, `2½ days`, `1.5 d`."""

from __future__ import annotations

import re

from desktop_app.domain.errors import Refused

MOST = 400
"""More sessions than a school year has."""
_TYPED = re.compile(r"(\d{1,3})?(½|[.,]5|[.,]0)?\s*(d|day|days|s|session|sessions)?", re.IGNORECASE | re.ASCII)


def read_missed(text: str) -> int:
    """The number of sessions; a bare number is of them. Raises `Refused` for anything else, and for half a session."""
    found = _TYPED.fullmatch(" ".join(text.split()))
    if found is None or not (found[1] or found[2]):
        raise Refused("Write how many more are missed: 5 sessions, or 2½ days.")
    halves = 2 * int(found[1] or 0) + (found[2] in ("½", ".5", ",5"))
    days = (found[3] or "s").casefold().startswith("d")
    if not days and halves % 2:
        raise Refused("Half a session is not counted. Write whole sessions, or days.")
    sessions = halves if days else halves // 2
    if sessions > MOST:
        raise Refused(f"{sessions} sessions are more than a school year has.")
    return sessions
