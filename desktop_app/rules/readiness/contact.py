"""Readiness of what was done with the parents: entries of a kind, a warning in time, a meeting held or refused.

An entry that says that the thing did not come about (a letter that came back, a meeting put off) is none, and neither
is what a parent wrote to the school.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.leave import LeaveState
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.casework.asks import comes_about
from desktop_app.rules.display import long_date
from desktop_app.rules.readiness.answers import (
    NO_PARENT,
    Answered,
    add_parent,
    check,
    evidence,
    judged,
    lately,
    met,
    missing,
    of_entries,
    since,
    where_written,
)

YES = frozenset({"true", "yes", "1"})
THEIRS = "they wrote"
NOT_REACHED = frozenset({"no answer", "wrong number"})
"""Outcomes of a call with nobody at the other end: with no parent was one had."""


def kinds_of(requirement: Requirement) -> tuple[str, ...]:
    """The kinds of entry that a requirement names."""
    return tuple(kind.strip() for kind in requirement.params["kinds"].split(","))


def entry_of_kind(file: CaseFile, requirement: Requirement) -> Answered:
    """An entry of one of the kinds is recorded, or one with each parent."""
    kinds = kinds_of(requirement)
    found = [entry for entry in lately(file, *kinds) if came_about(entry)]
    if requirement.params.get("each-parent", "").casefold() in YES:
        return each_parent(file, found, kinds)
    if not found:
        do = where_written(EntryKind(kinds[0]), f"Do it, and record it: {EntryKind(kinds[0]).label.lower()}.")
        return missing(f"Nothing of the kind is recorded since {long_date(since(file))}.", do)
    latest = found[-1]
    return met(f"{latest.kind.label}, {long_date(latest.happened_at.date())}: {latest.outcome}", of_entries(found))


def each_parent(file: CaseFile, found: Sequence[Entry], kinds: Sequence[str], ago: str = "") -> Answered:
    """Whether one of the entries found is with each parent. `ago` says from which day they count."""
    parents = judged(file)
    if not parents:
        return missing(NO_PARENT, add_parent())
    latest = {one.person.id: _latest_with(found, one.person.id) for one in parents}
    by = of_entries(entry for entry in latest.values() if entry is not None)
    without = [one.person.formal_name for one in parents if latest[one.person.id] is None]
    if without:
        kind = EntryKind.WARNING if EntryKind.WARNING.value in kinds else EntryKind(kinds[0])
        do = where_written(kind, f"{kind.label} to {' and '.join(without)}.")
        return missing(f"None is recorded with {' or '.join(without)}{ago}.", do, by)
    said = [
        f"{one.person.formal_name} {long_date(entry.happened_at.date())}"
        for one in parents
        if (entry := latest[one.person.id]) is not None
    ]
    return met(f"{', '.join(said)}.", by)


def came_about(entry: Entry) -> bool:
    """Whether an entry says that the thing was done, by the school."""
    return comes_about(entry) and entry.details.get("direction", "") != THEIRS


def _latest_with(found: Collection[Entry], person: int) -> Entry | None:
    reached = (entry for entry in found if entry.outcome.strip().casefold() not in NOT_REACHED)
    return max(
        (entry for entry in reached if person in entry.persons),
        key=lambda entry: (entry.happened_at, entry.id),
        default=None,
    )


def warned_within(file: CaseFile, requirement: Requirement) -> Answered:
    """Each parent was warned in the calendar days before the day of the referral: on the first of them, yes."""
    kinds, days = kinds_of(requirement), int(requirement.params["days"])
    first = file.request.on - timedelta(days=days)
    found = [
        entry
        for entry in evidence(file)
        if entry.kind.value in kinds and first <= entry.happened_at.date() and came_about(entry) and _warns(entry)
    ]
    ago = f" since {long_date(first)}, {days} days before {long_date(file.request.on)}"
    return each_parent(file, found, kinds, ago)


def _warns(entry: Entry) -> bool:
    """Whether it warned: of a decision on leave, only one that refused some of it."""
    return entry.kind is not EntryKind.LEAVE_DECISION or entry.outcome in (LeaveState.REFUSED, LeaveState.PART)


NOT_COME = frozenset({"not attended", "refused"})


def meeting_held_or_refused(file: CaseFile, _: Requirement) -> Answered:
    """A meeting was held, or offered and refused or not attended: with the parent whose bundle it is, or any."""
    whose = {one.person.id for one in judged(file)}
    meetings = [
        entry
        for entry in lately(file, EntryKind.MEETING)
        if comes_about(entry) and (not entry.persons or whose & set(entry.persons))
    ]
    if not meetings:
        with_whom = f" with {file.parent.person.formal_name}" if file.parent is not None else ""
        do = where_written(EntryKind.MEETING, "Ask the parents in, and log what came of it, also where nobody came.")
        return missing(f"No meeting is recorded{with_whom} since {long_date(since(file))}.", do)
    held = [entry for entry in meetings if entry.outcome.strip().casefold() not in NOT_COME]
    if file.parent is not None and held and not any(entry.persons for entry in meetings):
        when = long_date(held[-1].happened_at.date())
        says = f"The meeting held on {when} does not say with whom: was it with {file.parent.person.formal_name}?"
        do = where_written(EntryKind.MEETING, "Log it with whom it was, and withdraw the one that does not say so.")
        return check(says, do, of_entries(held))
    latest = (held or meetings)[-1]
    verb = "Held" if held else "Offered"
    says = f"{verb} on {long_date(latest.happened_at.date())}: {latest.outcome}"
    return met(says if says.endswith((".", "…")) else f"{says}.", of_entries(held or meetings))
