"""Attendance contracts: made, refused, checked, broken, ended. A state is a further entry that adds to the first.

Source: Anti-social Behaviour Act 2003 sections 19 and 20; "Working together to improve school attendance".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.actions.families import read_families
from desktop_app.actions.formal_checks import (
    check_each_parent,
    check_not_held,
    check_power,
    day_said,
    left_out,
    roll_with,
    said,
)
from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import Contract
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.tasks import CONTRACT_CHECK
from desktop_app.ports import Writing
from desktop_app.rules import contracts as rules
from desktop_app.rules.display import date_year
from desktop_app.rules.powers import CONTRACT

SIGNED, REFUSED, NOT_ATTENDED = OUTCOMES = ("signed", "refused", "not attended")
"""What comes of offering a contract. Only a signed one is a contract; the others are evidence that it was offered."""
A_YEAR = 52


@dataclass(frozen=True, slots=True)
class NewContract:
    """A contract about to be made, or one that was offered and refused. `parts` are its required parts in the law's
    order; `weeks` None: as many as the pack says; `why_not` says why a parent is no party to it."""

    pupil: int
    parents: tuple[int, ...]
    parts: tuple[str, ...]
    first: date
    weeks: int | None = None
    outcome: str = SIGNED
    why_not: Mapping[int, str] = field(default_factory=dict[int, str])
    on: date | None = None


@needs(Right.WRITE_CASE)
def make_contract(context: Context, new: NewContract) -> tuple[int, Changes]:
    """Record a contract that was signed, or that was offered and came to nothing. Raises `Refused` in words."""
    if new.outcome not in OUTCOMES:
        raise Refused(f"Say what came of it: {', '.join(OUTCOMES)}.")
    on = day_said(context.today(), new.on)
    with context.store.writing(context.deed("attendance contract")) as writing:
        roll = roll_with(context, writing.book, new.pupil)
        check_not_held(writing.book, new.pupil, on)
        check_power(context.rulebook.formalities, roll.school.type, CONTRACT)
        cards = read_families(writing.book, on, [new.pupil]).of(new.pupil)
        check_each_parent(cards, new.parents, new.why_not)
        weeks = new.weeks or rules.weeks_of(context.pack(roll.school).casework.formal)
        details = {f"{rules.PART}{number}": text.strip() for number, text in enumerate(new.parts, 1)}
        details["why_not"] = left_out(cards, new.why_not)
        if new.outcome == SIGNED:
            last = _check_terms(context, writing, new, weeks, on)
            details |= {rules.FIRST: new.first.isoformat(), rules.LAST: last.isoformat()}
        recorded = writing.entries.add(
            NewEntry(
                EntryKind.CONTRACT,
                moment_of(context.now(), on),
                (new.pupil,),
                new.outcome,
                new.parents,
                details={key: text for key, text in details.items() if text},
            )
        )
        if new.outcome == SIGNED:
            known = _known(context, writing, recorded)[1]
            _next_check(writing, known, on)
    return recorded, _changed(new.pupil)


def _check_terms(context: Context, writing: Writing, new: NewContract, weeks: int, on: date) -> date:
    if missing := rules.missing_parts(new.parts, context.rulebook.formalities.contract_parts):
        raise Refused(f"The contract does not say: {'; '.join(missing)}.")
    if not 1 <= weeks <= A_YEAR:
        raise Refused(f"Give the number of weeks, from 1 to {A_YEAR}.")
    if new.first < on:
        raise Refused(f"It was signed on {date_year(on)}: it cannot begin before, on {date_year(new.first)}.")
    last = rules.last_day(new.first, weeks)
    for one in rules.contracts(writing.entries.of(new.pupil)):
        both = set(one.parents) & set(new.parents)
        if both and one.last >= new.first and one.ended is None:
            raise Refused(f"A contract with this parent runs until {date_year(one.last)}: end it first.")
    return last


@needs(Right.WRITE_CASE)
def check_contract(
    context: Context, contract: int, kept: bool, words: str, on: date | None = None
) -> tuple[int, Changes]:
    """Log how a contract is kept on a day: by the parent, and by the school."""
    day = day_said(context.today(), on)
    note = said(words, "Say what was looked at: what the parent did, and what the school did.")
    with context.store.writing(context.deed("check contract")) as writing:
        first, known = _known(context, writing, contract)
        if not rules.runs(known, day):
            ends = known.ended or known.last
            raise Refused(f"It runs from {date_year(known.first)} to {date_year(ends)}: {date_year(day)} is not in it.")
        outcome = rules.KEPT if kept else rules.NOT_KEPT
        done = _add(context, writing, first, EntryKind.CONTRACT_CHECK, outcome, note, day)
        _close_tasks(writing, known, done[0])
        if not known.broken:
            _next_check(writing, known, day)
        return done


@needs(Right.WRITE_CASE)
def break_contract(context: Context, contract: int, why: str, on: date | None = None) -> tuple[int, Changes]:
    """Record that a contract was broken, in which way, and what was asked of the parent before that was said."""
    day = day_said(context.today(), on)
    note = said(why, "Say how it was broken, and what the parent said when asked.")
    with context.store.writing(context.deed("contract broken")) as writing:
        first, known = _known(context, writing, contract)
        if known.broken:
            raise Refused("It is recorded as broken already.")
        if day < known.first:
            raise Refused(f"It begins on {date_year(known.first)}: it cannot be broken before.")
        done = _add(context, writing, first, EntryKind.CONTRACT_BROKEN, "recorded", note, day)
        _close_tasks(writing, known, done[0])
        _task(writing, known, context.today(), "Ask the authority whether the attendance contract is still of use")
        return done


@needs(Right.WRITE_CASE)
def decide_contract(
    context: Context, contract: int, goes_on: bool, words: str, on: date | None = None
) -> tuple[int, Changes]:
    """Record what the authority decided about a contract that was broken, and why: it goes on, or it ends that day.

    Source: Sefton's strategy, section 9: the decision and its reasons are recorded.
    """
    day = day_said(context.today(), on)
    note = said(words, "Say who decided it, and why.")
    with context.store.writing(context.deed("contract decided")) as writing:
        first, known = _known(context, writing, contract)
        if not known.broken or known.ended is not None:
            raise Refused("Nothing is to be decided: it is not recorded as broken, or it has ended.")
        if day < known.later[-1][0]:
            raise Refused(f"It was broken on {date_year(known.later[-1][0])}: what came of it is decided after that.")
        details = {} if goes_on else {rules.ENDED: day.isoformat()}
        done = _add(context, writing, first, EntryKind.CONTRACT_BROKEN, rules.DECIDED, note, day, details)
        _close_tasks(writing, known, done[0])
        if goes_on:
            _next_check(writing, known, day)
        return done


@needs(Right.WRITE_CASE)
def end_contract(context: Context, contract: int, why: str, on: date | None = None) -> tuple[int, Changes]:
    """End a contract before its last day, with the reason."""
    day = day_said(context.today(), on)
    note = said(why, "Say why it ends.")
    with context.store.writing(context.deed("end contract")) as writing:
        first, known = _known(context, writing, contract)
        if known.ended is not None or day > known.last:
            raise Refused(f"It ended on {date_year(known.ended or known.last)} already.")
        if day < known.first:
            raise Refused(f"It begins on {date_year(known.first)}: it cannot end before.")
        more = {rules.ENDED: day.isoformat()}
        done = _add(context, writing, first, EntryKind.CONTRACT, "ended", note, day, more)
        _close_tasks(writing, known, done[0])
        return done


@needs(Right.READ_CASE)
def contracts_of(context: Context, pupil: int) -> tuple[Contract, ...]:
    """The contracts of a child, the oldest first, each with what was checked of it."""
    with context.store.reading() as reading:
        roll_with(context, reading.book, pupil)
        return rules.contracts(reading.entries.of(pupil))


def _next_check(writing: Writing, known: Contract, after: date) -> None:
    """A task to look at how it is kept; on its last day, at what came of it."""
    due = rules.check_due(known, after)
    if due is not None:
        last = "The attendance contract ends: see how it was kept, and what comes next"
        _task(writing, known, due, last if due == known.last else "See how the attendance contract is kept")


def _task(writing: Writing, known: Contract, due: date, words: str) -> None:
    writing.book.put(Task(0, known.pupil, f"{CONTRACT_CHECK}:{known.entry}", due, None, words))


def _close_tasks(writing: Writing, known: Contract, entry: int) -> None:
    for task in writing.book.all(Task):
        if task.closed_by is None and task.kind == f"{CONTRACT_CHECK}:{known.entry}":
            writing.book.put(replace(task, closed_by=entry))


def _known(context: Context, writing: Writing, contract: int) -> tuple[Entry, Contract]:
    first = writing.entries.get(contract)
    if first is None or first.kind is not EntryKind.CONTRACT:
        raise Refused("There is no such contract.")
    roll_with(context, writing.book, first.pupils[0])
    found = next((one for one in rules.contracts(writing.entries.of(first.pupils[0])) if one.entry == contract), None)
    if found is None:
        raise Refused("That contract was not signed, or was taken out of the chronology.")
    return first, found


def _add(
    context: Context,
    writing: Writing,
    first: Entry,
    kind: EntryKind,
    outcome: str,
    note: str,
    day: date,
    details: Mapping[str, str] | None = None,
) -> tuple[int, Changes]:
    new = NewEntry(
        kind, moment_of(context.now(), day), first.pupils, outcome, first.persons, note, details or {}, adds_to=first.id
    )
    return writing.entries.add(new), _changed(first.pupils[0])


def _changed(pupil: int) -> Changes:
    return Changes(entries=True, book=True, pupils=frozenset({pupil}))
