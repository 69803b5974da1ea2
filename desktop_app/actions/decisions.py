"""What a person decided about a trigger, and illness that is expected: entries, which show who said it and when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.actions.watching import due_of
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.domain.triggers import Trigger, TriggerKind, TriggerSpec
from desktop_app.rules.deciding import RIGHTS_TO_DECIDE
from desktop_app.rules.display import date_year
from desktop_app.rules.triggers.facts import ABOUT, DECIDED, DUE, EXPECTED_DAYS, EXPECTED_FROM, SINCE
from desktop_app.rules.triggers.table import RULES

MOST_DAYS = 190
"""The most school days of illness that can be expected: a school year has no more."""


class Decision(NamedTuple):
    """A decision recorded: its entry, and the trigger it is about."""

    entry: int
    trigger: Trigger


@needs(Right.LOG)
def decide(
    context: Context, trigger_key: str, pupil: int, words: str, on: date | None = None
) -> tuple[Decision, Changes]:
    """Record what was decided about a trigger that is met of a child on a day (today, where none is given): it is not
    listed again while it lasts. For the month’s return it is decided for that month alone, for a fall for that band and
    the better ones: not for a deeper fall.

    Refuses a trigger that is not met, or of which it was decided already, and one that ends by what is done: an N is
    settled in the register, a task is closed. What more than logging it asks for is by its kind
    (`rules/deciding.py`).
    """
    context.require(Right.READ_PUPIL)
    said = " ".join(words.split())
    if not said:
        raise Refused("Say what was decided.")
    day = context.today() if on is None else on
    if day > context.today():
        raise Refused("That day is still to come: something is decided about what has happened.")
    met = [one for one in due_of(context, pupil, day) if one.key == trigger_key]
    if not met:
        raise Refused(_not_met(context, trigger_key, day))
    spec = next(one for one in _specs(context) if one.key == trigger_key)
    if spec.rule in RULES and not RULES[spec.rule].decidable:
        raise Refused(f"“{spec.title}” is not decided away: settle it in the register, or close the task.")
    check_may_decide(context, spec.kind)
    first = min(met, key=lambda one: one.since)
    due = {DUE: first.due.isoformat()} if first.due else {}
    about = {ABOUT: first.about} if first.about else {}
    entry = NewEntry(
        kind=EntryKind.DECISION,
        happened_at=moment_of(context.now(), day),
        pupils=(pupil,),
        outcome=said,
        note=f"{spec.title}: {first.says}",
        details={DECIDED: trigger_key, SINCE: first.since.isoformat(), **due, **about},
    )
    with context.store.writing(context.deed(f"decide {trigger_key}")) as writing:
        check_children(context, read_roll(writing.book), [pupil])
        recorded = writing.entries.add(entry)
    return Decision(recorded, first), Changes(entries=True, pupils=frozenset({pupil}))


@needs(Right.LOG)
def check_may_decide(context: Context, kind: TriggerKind) -> None:
    """Raise `NotAllowed` where the present user may not decide a trigger of that kind away."""
    for right in sorted(RIGHTS_TO_DECIDE[kind]):
        context.require(right)


@needs(Right.LOG)
def expect_illness(context: Context, pupil: int, days: int, first: date, why: str) -> tuple[int, Changes]:
    """Note that illness is expected, on its first day or before: so many school days from a day. The sickness return is
    due as soon as fifteen are expected."""
    context.require(Right.READ_LOG)
    said = " ".join(why.split())
    if not said:
        raise Refused("Say what was heard: an operation, a stay in hospital.")
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"Give the number of school days, from 1 to {MOST_DAYS}.")
    entry = NewEntry(
        kind=EntryKind.NOTE,
        happened_at=context.now(),
        pupils=(pupil,),
        outcome=f"Illness expected: {days} school {'day' if days == 1 else 'days'} from {date_year(first)}",
        note=said,
        details={EXPECTED_DAYS: str(days), EXPECTED_FROM: first.isoformat()},
    )
    with context.store.writing(context.deed("expect illness")) as writing:
        check_children(context, read_roll(writing.book), [pupil])
        recorded = writing.entries.add(entry)
    return recorded, Changes(entries=True, pupils=frozenset({pupil}))


@needs(Right.READ_LOG)
def expected_illness(context: Context, pupil: int) -> tuple[str, ...]:
    """What of illness is written down as expected of a child in this school year, the oldest first, in words."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        entries = reading.entries.of(pupil)
    year = school_year_start(context.today())
    return tuple(
        f"{one.outcome}: {one.note}. Written down on {date_year(one.happened_at.date())}."
        for one in entries
        if EXPECTED_DAYS in one.details
        and one.withdrawn is None
        and not one.restricted
        and one.happened_at.date() >= year
    )


@needs(Right.LOG)
def school_days_until(context: Context, first: date, last: date) -> int:
    """How many school days there are from a day to another, both inclusive. Refuses days that the calendar does not
    reach, since illness would seem shorter than it is."""
    if last < first:
        raise Refused(f"The last day ({date_year(last)}) is before the first ({date_year(first)}).")
    with context.store.reading() as reading:
        calendar = read_roll(reading.book).calendar
    if not calendar.school_days(last, date.max):
        raise Refused(f"The school year is not written down as far as {date_year(last)}: give the number of days.")
    days = len(calendar.school_days(first, last))
    if not days:
        raise Refused(f"There is no school from {date_year(first)} to {date_year(last)}.")
    return days


def _specs(context: Context) -> tuple[TriggerSpec, ...]:
    with context.store.reading() as reading:
        pack = context.pack(reading.book.school())
    return context.rulebook.triggers_of(pack)


def _not_met(context: Context, key: str, day: date) -> str:
    known = [one.key for one in _specs(context)]
    if key not in known:
        return f"There is no trigger “{key}” here. There are: {', '.join(known)}."
    return f"“{key}” is not met of this child on {date_year(day)}, or something was decided about it already."
