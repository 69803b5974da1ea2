"""Notices to Improve: planned from the forecast, issued to each parent by itself, followed day by day, and decided.

Source: "Working together to improve school attendance", Notices to Improve; practice 21 and 22: by pack, who issues it,
for how many weeks, whether the authority looks first; its outcome is proposed, and a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.actions.families import read_families
from desktop_app.actions.forecast import forecast
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
from desktop_app.actions.roll import Roll
from desktop_app.context import Context
from desktop_app.domain.casework import ImprovementRule, Issuer
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import Improvement, ImprovementState, Order
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import EntriesReading, MarksReading, Writing
from desktop_app.rules import improvement as rules
from desktop_app.rules.age import compulsory
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import expected_sessions
from desktop_app.rules.improvement import Course, DayLine, Period, Sufficient
from desktop_app.rules.notices import order_on
from desktop_app.rules.orders import orders
from desktop_app.rules.powers import NOTICE_TO_IMPROVE
from desktop_app.rules.register import not_begun


@dataclass(frozen=True, slots=True)
class ImprovementPlan:
    """What a Notice to Improve would be: its period, what is enough, and how the authority has it done (None: its words
    do not say, ask it)."""

    period: Period
    sufficient: Sufficient
    contents: tuple[str, ...]
    rule: ImprovementRule | None


@dataclass(frozen=True, slots=True)
class NewImprovement:
    """A notice about to be issued. `contents` are its eight contents by number from 1; `la_said` is what the authority
    said, where its pack has it asked first or does not say who issues; `why_not` says why a parent gets none."""

    pupil: int
    parents: tuple[int, ...]
    first: date
    weeks: int
    allowed: int
    contents: Mapping[int, str]
    sufficient: str = ""
    la_said: str = ""
    why_not: Mapping[int, str] = field(default_factory=dict[int, str])
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How one notice goes, and each of its days so far."""

    notice: Improvement
    days: tuple[DayLine, ...]


@needs(Right.READ_CASE)
def improvement_plan(context: Context, pupil: int, weeks: int | None = None) -> ImprovementPlan:
    """What a notice from next week on would be: as many weeks as the pack says, else the most the guidance has."""
    ahead = forecast(context, pupil, context.today())
    with context.store.reading() as reading:
        roll = roll_with(context, reading.book, pupil)
        check_power(context.rulebook.formalities, roll.school.type, NOTICE_TO_IMPROVE)
        rule = context.pack(roll.school).casework.formal.improvement
    wanted = weeks or (rule.weeks if rule else context.rulebook.outlook.improvement_to.value)
    _check_weeks(context, wanted)
    found = next((one for one in ahead.improvements if one.weeks == wanted), None)
    if found is None:
        raise Refused(
            f"The calendar has no {wanted} school weeks left in this school year: bring in the next one first."
        )
    enough = rules.sufficient(found)
    contents = context.rulebook.formalities.improvement_contents
    return ImprovementPlan(Period(found.first, found.last, wanted), enough, contents, rule)


def _check_weeks(context: Context, weeks: int) -> None:
    least, most = context.rulebook.outlook.improvement_from.value, context.rulebook.outlook.improvement_to.value
    if not least <= weeks <= most:
        raise Refused(f"A Notice to Improve runs for {least} to {most} school weeks.")


@needs(Right.ASK_NOTICE)
def issue_improvement(context: Context, new: NewImprovement) -> tuple[tuple[int, ...], Changes]:
    """Issue a Notice to Improve, to each of the parents named an entry of its own. Raises `Refused` in words."""
    on = day_said(context.today(), new.on)
    with context.store.writing(context.deed("issue notice to improve")) as writing:
        roll = roll_with(context, writing.book, new.pupil)
        check_not_held(writing.book, new.pupil, on)
        check_power(context.rulebook.formalities, roll.school.type, NOTICE_TO_IMPROVE)
        cards = read_families(writing.book, on, [new.pupil]).of(new.pupil)
        check_each_parent(cards, new.parents, new.why_not)
        period = _period(context, roll, new, on)
        _check_running(context, writing, roll, new, on, period)
        rule = context.pack(roll.school).casework.formal.improvement
        _check_words(context, new, rule)
        details = _details(context, roll, new, period, rule) | {"why_not": left_out(cards, new.why_not)}
        made = tuple(
            writing.entries.add(
                NewEntry(
                    EntryKind.NOTICE_TO_IMPROVE,
                    moment_of(context.now(), on),
                    (new.pupil,),
                    "issued",
                    (parent,),
                    note=details[rules.SUFFICIENT],
                    details={key: text for key, text in details.items() if text},
                )
            )
            for parent in new.parents
        )
    return made, Changes(entries=True, pupils=frozenset({new.pupil}))


def _period(context: Context, roll: Roll, new: NewImprovement, on: date) -> Period:
    _check_weeks(context, new.weeks)
    if new.first < on:
        raise Refused(f"It is issued on {date_year(on)}: its period cannot begin before, on {date_year(new.first)}.")
    period = rules.period_of(new.first, new.weeks, roll.calendar)
    if period is None:
        raise Refused(f"The calendar has no {new.weeks} school weeks from {date_year(new.first)} on.")
    child = roll.pupils[new.pupil]
    if not (compulsory(child.date_of_birth, period.first) and compulsory(child.date_of_birth, period.last)):
        raise Refused("The child is not of compulsory school age on every day of it, so there could be no offence.")
    if not child.on_roll(on):
        raise Refused(f"{child.name} is not on roll on {date_year(on)}.")
    return period


def _check_running(
    context: Context, writing: Writing, roll: Roll, new: NewImprovement, on: date, period: Period
) -> None:
    entries = writing.entries.of(new.pupil)
    if order := order_on(orders(entries), new.pupil, on):
        raise Refused(
            f"An education supervision order stands until {date_year(order.last)}: none is issued while it does."
        )
    for one in rules.improvements(entries, _course(context, roll, writing.marks, new.pupil, orders(entries))):
        open_ = one.state in (ImprovementState.RUNNING, ImprovementState.DUE)
        if one.parent in new.parents and open_ and one.last >= period.first:
            raise Refused(f"One to this parent runs until {date_year(one.last)}: decide it first.")
        if one.parent in new.parents and one.state is ImprovementState.DUE:
            raise Refused(f"One to this parent ended on {date_year(one.last)} and is not decided: decide it first.")


def _check_words(context: Context, new: NewImprovement, rule: ImprovementRule | None) -> None:
    if new.allowed < 0:
        raise Refused("Say how many sessions without leave still are enough: none, or more.")
    if missing := rules.missing_contents(new.contents, context.rulebook.formalities.improvement_contents):
        raise Refused(f"It does not say: {'; '.join(missing)}.")
    asks = rule is None or rule.issuer is not Issuer.SCHOOL or rule.check_first
    if asks and not new.la_said.strip():
        who = "The authority’s words do not say who issues it" if rule is None else "The authority is asked first"
        raise Refused(f"{who}: ask it, and write down what it said.")


def _details(
    context: Context, roll: Roll, new: NewImprovement, period: Period, rule: ImprovementRule | None
) -> dict[str, str]:
    child = roll.pupils[new.pupil]
    memberships, patterns = roll.memberships.get(new.pupil, ()), roll.patterns.get(new.pupil, ())
    due = expected_sessions(child, memberships, patterns, roll.calendar, period.first, period.last)
    words = " ".join(new.sufficient.split()) or rules.sufficient_words(period.first, period.last, len(due), new.allowed)
    pack = context.pack(roll.school)
    return {
        rules.FIRST: period.first.isoformat(),
        rules.LAST: period.last.isoformat(),
        rules.WEEKS: str(period.weeks),
        rules.ALLOWED: str(new.allowed),
        rules.SUFFICIENT: words,
        **{f"{rules.CONTENT}{number}": text.strip() for number, text in sorted(new.contents.items())},
        "la_said": " ".join(new.la_said.split()),
        "copy_to": rule.copy_to if rule else "",
        "pack": pack.key,
        "version": pack.version,
    }


@needs(Right.READ_CASE)
def improvements(context: Context, pupil: int) -> tuple[Progress, ...]:
    """Every Notice to Improve of a child as it stands, each with its days so far."""
    with context.store.reading() as reading:
        roll = roll_with(context, reading.book, pupil)
        entries, course = read_course(context, roll, reading.entries, reading.marks, pupil)
    found = rules.improvements(entries, course)
    return tuple(Progress(one, rules.day_by_day(one, course)) for one in found)


def read_course(
    context: Context, roll: Roll, entries: EntriesReading, marks: MarksReading, pupil: int
) -> tuple[list[Entry], Course]:
    """The entries of a child, and what tells how its notices go."""
    told = entries.of(pupil)
    return told, _course(context, roll, marks, pupil, orders(told))


def _course(context: Context, roll: Roll, marks: MarksReading, pupil: int, standing: tuple[Order, ...]) -> Course:
    today, child = context.today(), roll.pupils[pupil]
    waiting = set(not_begun(roll.school, context.now()))
    memberships, patterns = roll.memberships.get(pupil, ()), roll.patterns.get(pupil, ())
    expected = expected_sessions(child, memberships, patterns, roll.calendar, child.starting_day, today)
    found = [
        one
        for one in marks.between(child.starting_day, today, [pupil])
        if roll.why_not(pupil, Session(one.day, one.half)) is None
    ]
    return Course(found, [one for one in expected if one not in waiting], context.rulebook.codes, standing, today)


@needs(Right.ASK_NOTICE)
def decide_improvement(
    context: Context, notice: int, state: ImprovementState, why: str = "", ground: str = ""
) -> tuple[int, Changes]:
    """Decide a Notice to Improve: what the register proposes, or with a reason something else; before its end it can
    only be ended early, on a ground that it names, or withdrawn."""
    if state not in rules.DECIDED:
        raise Refused("Say what was decided: improved, not improved, ended early, or withdrawn.")
    with context.store.writing(context.deed("decide notice to improve")) as writing:
        first = writing.entries.get(notice)
        if first is None or first.kind is not EntryKind.NOTICE_TO_IMPROVE:
            raise Refused("There is no such Notice to Improve.")
        roll = roll_with(context, writing.book, first.pupils[0])
        entries, course = read_course(context, roll, writing.entries, writing.marks, first.pupils[0])
        found = next((one for one in rules.improvements(entries, course) if one.entry == notice), None)
        if found is None:
            raise Refused("That Notice to Improve was taken out of the chronology.")
        reason = _check_decision(found, state, why, ground, context.today())
        recorded = writing.entries.add(
            NewEntry(
                EntryKind.IMPROVEMENT,
                context.now(),
                first.pupils,
                state.value.replace("-", " "),
                first.persons,
                note=reason,
                details={rules.STATE: state.value, **({rules.GROUND: ground} if ground else {})},
                adds_to=first.id,
            )
        )
    return recorded, Changes(entries=True, pupils=frozenset(first.pupils))


def _check_decision(found: Improvement, state: ImprovementState, why: str, ground: str, today: date) -> str:
    if found.state in rules.DECIDED:
        raise Refused(f"It was decided already: {found.state.value.replace('-', ' ')}.")
    reason = " ".join(why.split())
    if state is ImprovementState.WITHDRAWN:
        return said(reason, "Say why it is withdrawn.")
    if state is ImprovementState.ENDED_EARLY:
        if today > found.last:
            raise Refused(f"It ended on {date_year(found.last)}: decide whether attendance has improved enough.")
        if ground not in rules.GROUNDS:
            raise Refused(f"It can end early on a ground that it names: {'; or '.join(rules.GROUNDS)}.")
        return said(reason, "Say what happened: the ground alone does not tell.")
    if today <= found.last:
        raise Refused(f"It runs until {date_year(found.last)}: its outcome is decided from the day after.")
    if found.proposed is None:
        raise Refused(found.says)
    if found.proposed is not state and not reason:
        raise Refused(f"The register says otherwise. {found.says} Say why it is decided so.")
    return reason or found.says
