"""What a step asks for: which of it was done, by which entry, by when the rest is due, and of which parent it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from desktop_app.domain.cases import ASK, MEETING, STEP, CaseState
from desktop_app.domain.casework import Ask, CaseStep
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.state import case_of
from desktop_app.rules.doubted import doubt_of
from desktop_app.rules.improvement import taken_back

NOT_DONE = frozenset({"put off", "came back", "not delivered", "asked and waiting", "considered and not done", "begun"})
"""Outcomes of which the thing did not come about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One ask as it stands. `missing` are the parents of whom it is still to be done, where it is of each."""

    ask: Ask
    due: date | None
    done: Entry | None
    missing: tuple[str, ...] = ()


def asked(facts: CaseFacts, case: CaseState, step: CaseStep) -> tuple[Asked, ...]:
    """Every ask of the step the case is in that is made of such a child. One for which the school has not the power
    says what it can do instead, and need not be done."""
    since = _in_step(facts.entries, case) if step.asks else []
    return tuple(
        _asked(facts, case, step, _as_school_can(facts, ask), since) for ask in step.asks if _is_asked(facts, ask)
    )


def _is_asked(facts: CaseFacts, ask: Ask) -> bool:
    if ask.doubted and doubt_of(facts.entries, facts.parents, facts.on) is None:
        return False
    return not ask.flags or bool(facts.flags & set(ask.flags))


def _as_school_can(facts: CaseFacts, ask: Ask) -> Ask:
    instead = facts.kept_from.get(ask.kind)
    if instead is None:
        return ask
    title = f"Instead of “{ask.title}”"
    return replace(ask, title=title, kind="", what=instead, must=False, each_parent=False, within=None)


def unmet(facts: CaseFacts, case: CaseState, step: CaseStep) -> tuple[Asked, ...]:
    """What must be done before the step is left upwards, and is not."""
    return tuple(one for one in asked(facts, case, step) if one.ask.must and one.done is None)


def comes_about(entry: Entry, outcomes: Iterable[str] = ()) -> bool:
    """Whether an entry says that the thing was done: by one of these outcomes, or by any that does not deny it."""
    outcome = entry.outcome.strip().casefold()
    wanted = tuple(outcomes)
    return outcome in wanted if wanted else outcome not in NOT_DONE


def does(entry: Entry, step: str, ask: Ask) -> bool:
    """Whether an entry does what is asked: it names it, or its kind, meeting and outcome tell."""
    if entry.details.get(ASK):
        return (entry.details.get(STEP), entry.details[ASK]) == (step, ask.key)
    if not ask.kind or entry.kind != ask.kind:
        return False
    if ask.meeting and entry.details.get(MEETING, "") != ask.meeting:
        return False
    return comes_about(entry, ask.outcomes)


def met(entries: Iterable[Entry], meeting: str, since: date) -> Entry | None:
    """The newest meeting of the pack’s kind that was held since a day."""
    held = [
        one
        for one in entries
        if one.kind is EntryKind.MEETING
        and one.withdrawn is None
        and one.details.get(MEETING, "") == meeting
        and one.happened_at.date() >= since
        and comes_about(one)
    ]
    return max(held, key=lambda one: (one.happened_at, one.id), default=None)


def met_for_review(entries: Iterable[Entry], meeting: str, case: CaseState) -> Entry | None:
    """The newest meeting of the pack’s kind in which the next review of a case can be held: since it came into its
    step, and not the one in which the last review was held."""
    last = case.reviews[-1] if case.reviews else None
    if last is None:
        return met(entries, meeting, case.since)
    return met((one for one in entries if _follows(one, last)), meeting, last.happened_at.date())


def _follows(one: Entry, last: Entry) -> bool:
    later_day = one.happened_at.date() > last.happened_at.date()
    return one.happened_at > last.happened_at and (later_day or one.id > last.id)


def _in_step(entries: Iterable[Entry], case: CaseState) -> list[Entry]:
    """What was done since the first day of the step, and is not of another case; the oldest first."""
    begun, told = datetime.combine(case.since, time.min), [one for one in entries if one.withdrawn is None]
    void = taken_back(told)
    return sorted(
        (one for one in told if one.happened_at >= begun and one.id not in void and case_of(one) in (0, case.id)),
        key=lambda one: (one.happened_at, one.id),
    )


def _asked(facts: CaseFacts, case: CaseState, step: CaseStep, ask: Ask, since: list[Entry]) -> Asked:
    due = facts.rhythm.due(case.since, ask.within, case.pauses) if ask.within else None
    done = [one for one in since if does(one, step.key, ask)]
    if not ask.each_parent or not facts.parents:
        return Asked(ask, due, done[0] if done else None)
    return _of_each(ask, due, done, facts.parents)


def _of_each(ask: Ask, due: date | None, done: list[Entry], parents: Mapping[int, str]) -> Asked:
    reached: set[int] = set()
    for one in done:
        reached |= set(one.persons) & set(parents)
        if len(reached) == len(parents):
            return Asked(ask, due, one)
    return Asked(ask, due, None, tuple(name for key, name in parents.items() if key not in reached))
