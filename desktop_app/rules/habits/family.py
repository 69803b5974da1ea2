"""Days missed together with a brother or sister."""

from __future__ import annotations

from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.rules.habits.chance import rare
from desktop_app.rules.habits.numbers import LEAST_WITH_SIBLING
from desktop_app.rules.habits.record import ChildRecord, by_day, missed_days
from desktop_app.rules.habits.words import agreed


def with_siblings(record: ChildRecord) -> tuple[Habit, ...]:
    """Each brother or sister with whom days are missed together more often than chance would have it. Only days on
    which both could come are looked at. It says nothing about why: a family has one bug, and one car."""
    own = record.counted
    found: list[Habit] = []
    for sibling in record.siblings:
        theirs = tuple(one for one in sibling.held if record.first <= one.day <= record.on and one.possible)
        both = by_day(own).keys() & by_day(theirs).keys()
        missed = {day for day in missed_days(own) if day in both}
        missed_theirs = {day for day in missed_days(theirs) if day in both}
        together = missed & missed_theirs
        if len(together) < LEAST_WITH_SIBLING or not rare(
            len(together), len(missed), len(missed_theirs), len(both), len(record.siblings)
        ):
            continue
        held = tuple(one for one in record.missed if one.day in together)
        says = (
            f"With {sibling.name}: {len(together)} of the {len(missed)} days missed were missed by both. "
            f"{sibling.name} missed {len(missed_theirs)} of the {len(both)} days on which both could come."
        )
        found.append(Habit(HabitKind.WITH_SIBLING, says + agreed(record, held), tuple(one.seen for one in held)))
    return tuple(found)
