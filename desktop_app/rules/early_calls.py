"""The early-call list: children whom the school rings before they are late, folded from the entries that say so.

Source: practice, point 42; School-Home Support (a call before the child is late, where lateness is a pattern).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from desktop_app.domain.calls import EarlyNumbers, EarlySpell, Mornings
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.habits import Habit
from desktop_app.domain.sessions import Half
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.habits.record import Held

EARLY, FIRST, REVIEW, LAST = "early", "from", "review", "last"
"""Keys of an entry's details: that it puts a child on the list or takes one off, and the days."""
ON, OFF, CALLED = "on", "off", "call"
"""What it is that an entry did: put on the list, taken off it, or called."""


def spells(entries: Iterable[Entry]) -> tuple[EarlySpell, ...]:
    """Every time a child was on the list, oldest first; what was withdrawn never was."""
    standing = [one for one in entries if one.withdrawn is None and EARLY in one.details and not one.restricted]
    ends: dict[int, Entry] = {}
    for one in sorted(standing, key=lambda one: one.id):
        if one.details[EARLY] == OFF and one.adds_to is not None:
            ends[one.adds_to] = one
    return tuple(
        _spell(one, ends.get(one.id))
        for one in sorted(standing, key=lambda one: one.id)
        if one.kind is EntryKind.DECISION and one.details[EARLY] == ON
    )


def keeps_list(entry: Entry) -> bool:
    """Whether an entry puts a child on the list or takes one off: nobody was called by it."""
    return entry.details.get(EARLY) in (ON, OFF)


def before_school(entry: Entry) -> bool:
    """Whether an entry is a call before school. What was said then is no news of a child who did not come after it."""
    return entry.details.get(EARLY) == CALLED


def _spell(entry: Entry, end: Entry | None) -> EarlySpell:
    return EarlySpell(
        entry=entry.id,
        pupil=entry.pupils[0],
        first=date.fromisoformat(entry.details[FIRST]),
        review=date.fromisoformat(entry.details[REVIEW]),
        reason=entry.note,
        author=entry.author,
        ended=date.fromisoformat(end.details[LAST]) if end else None,
        why=end.note if end else "",
    )


def on_list(found: Collection[EarlySpell], day: date) -> dict[int, EarlySpell]:
    """Who is on the list on a day, by child; of two spells the newer."""
    return {one.pupil: one for one in found if one.holds(day)}


def span_fault(first: date, review: date, today: date, numbers: EarlyNumbers) -> str:
    """What is wrong with the days of a spell; empty: nothing."""
    if first < today:
        return "The list is for the mornings to come: give today or a later day as the first."
    if review < first:
        return "The day to look at it again is before the first."
    if (review - first).days >= numbers.longest_days.value:
        return f"Look at it again within {numbers.longest_days.value} days; it can be put on anew then."
    return ""


def poor_mornings(held: Iterable[Held]) -> int:
    """The mornings that were late or missed."""
    return sum(one.half is Half.AM and one.possible and (one.absent or one.code.late) for one in held)


def might_be(poor: int, numbers: EarlyNumbers) -> bool:
    """Whether so many mornings late or missed are enough to look for a pattern."""
    return poor >= numbers.mornings.value


def proposal(patterns: Iterable[Habit], numbers: EarlyNumbers) -> tuple[str, ...]:
    """Why a child is proposed, in the words of the patterns; empty: it is not."""
    return tuple(one.says for one in patterns if one.kind in numbers.patterns)


def mornings(held: Iterable[Held]) -> Mornings:
    """The mornings that counted, and those on time."""
    counted = [one for one in held if one.half is Half.AM and one.possible]
    return Mornings(len(counted), sum(one.code.counts.attended and not one.code.late for one in counted))


def compared(
    spell: EarlySpell, held: Sequence[Held], calendar: SchoolCalendar, on: date, weeks: int
) -> tuple[Mornings, Mornings]:
    """The mornings of as many school weeks before the first day, and those since, up to a day."""
    earlier = calendar.school_weeks(spell.first - timedelta(days=1), weeks)
    begins = earlier[0] if earlier else spell.first
    before = [one for one in held if begins <= one.day < spell.first]
    since = [one for one in held if spell.first <= one.day <= min(on, spell.last)]
    return mornings(before), mornings(since)


def helped(before: Mornings, since: Mornings) -> str:
    """Did it help, in words: mornings on time before and since."""
    said = f"On time {before.on_time} of {before.counted} mornings before"
    return f"{said}, {since.on_time} of {since.counted} since" if since.counted else f"{said}; none since yet"


def by_child(found: Iterable[EarlySpell]) -> dict[int, list[EarlySpell]]:
    """The spells of each child, oldest first."""
    children: defaultdict[int, list[EarlySpell]] = defaultdict(list)
    for one in found:
        children[one.pupil].append(one)
    return dict(children)
