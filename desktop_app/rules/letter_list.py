"""Who is left out of a batch of letters, and why. A batch never writes to them; a named person may, with a reason.

Source: practice of attendance offices (the bereaved, those ill as agreed, those who joined late, and families that the
safeguarding lead holds); Knowsley’s handbook: no warning letter to parents of pupils with a known medical condition.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desktop_app.domain.people import Flag, FlagKind
from desktop_app.rules.display import date_year
from desktop_app.rules.names import plain

HELD = "See the safeguarding lead"
BEREAVED = "Bereaved"
ILL_AS_AGREED = "Ill as agreed"
NO_SESSION = "No session was possible"
BEREAVEMENT = "bereave"


def why_left_out(*, held: bool, flags: Iterable[Flag], starting_day: date, first: date, possible: int) -> str:
    """Why a pupil gets no letter of a batch about the days from `first`; empty where one goes out. Of several reasons
    the one that matters most. `flags` are those that stand; a hold is never explained, and no illness named."""
    if held:
        return HELD
    standing = list(flags)
    if any(one.kind is FlagKind.OTHER and BEREAVEMENT in plain(one.value) for one in standing):
        return BEREAVED
    if any(one.kind is FlagKind.MEDICAL and one.value.strip() for one in standing):
        return ILL_AS_AGREED
    if starting_day > first:
        return f"Joined late, on {date_year(starting_day)}"
    return "" if possible else NO_SESSION
