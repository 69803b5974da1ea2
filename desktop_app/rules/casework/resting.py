"""Until when a case may rest at most: pauses for one reason count together, and no reason is without an end.

Knowsley: “a clear timescale for reviewing the case are set (no longer than 6 weeks)”; a pause taken again and again
would have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktop_app.domain.cases import Pause
from desktop_app.domain.casework import SCHOOLS_CHOICE, Casework, Interval, PauseRule, Unit
from desktop_app.rules.casework.rhythm import Rhythm

USUAL = Interval(12, Unit.WEEKS, SCHOOLS_CHOICE)
"""Where a pack sets no end to any pause."""
PAUSED_FOR = "pause"
"""The detail of a pause that names the pack's reason (not there: it is in words)."""


def rests_until(
    casework: Casework, rhythm: Rhythm, pauses: Iterable[Pause], rule: PauseRule | None, day: date
) -> tuple[date, bool]:
    """The last day until which a case paused on `day` may rest, and whether it has rested for that reason before.
    `rule` is the pack's pause (None: a reason in words, all of which count together); one without a longest time has
    the longest that the pack sets for any."""
    key = rule.key if rule else ""
    before = [one for one in pauses if one.entry.details.get(PAUSED_FOR, "") == key]
    used = sum(((min(one.ended or one.until, day) - one.since).days for one in before), 0)
    return _end(casework, rhythm, rule, day) - timedelta(days=used), used > 0


def _end(casework: Casework, rhythm: Rhythm, rule: PauseRule | None, day: date) -> date:
    if rule is not None and rule.longest is not None:
        return rhythm.raw(day, rule.longest)
    known = [one.longest for one in casework.pauses if one.longest is not None] or [USUAL]
    return max(rhythm.raw(day, one) for one in known)
