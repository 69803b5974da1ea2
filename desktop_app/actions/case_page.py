"""A case at a glance: where it is, since when, what is next, who owes it, and whether it works."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from desktop_app.actions.case_reading import (
    OpenCase,
    flags_of,
    parents_of,
    read_open_case,
    readable,
    rhythm_in,
    service_of,
)
from desktop_app.actions.families import namable
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.actions.watching import look_through
from desktop_app.context import Context
from desktop_app.domain.cases import TASK, CaseState, Proposal
from desktop_app.domain.casework import CaseStep, Level
from desktop_app.domain.entries import Attachment, Entry, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.figures import Figures
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Band, Pack
from desktop_app.domain.sessions import school_year_start
from desktop_app.domain.staff import Staff
from desktop_app.domain.triggers import Trigger
from desktop_app.ports import Reading
from desktop_app.rules.bands import band_of
from desktop_app.rules.casework.facts import CaseFacts, Course, course_of
from desktop_app.rules.casework.proposals import asked_triggers, next_of, proposals, review_due, stay_due
from desktop_app.rules.casework.series import BEFORE, Turn, Week, turns, weeks
from desktop_app.rules.casework.state import DESPITE, fold, open_case_of
from desktop_app.rules.casework.working import Working, working
from desktop_app.rules.expected import due_marks
from desktop_app.rules.figures import figures_of, least_sessions, persistent, severe
from desktop_app.rules.powers import kept_from


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step the case was in, from a day to another (None: it still is), and attendance before and since."""

    key: str
    title: str
    level: str
    since: date
    until: date | None
    reason: str
    agreed_by: str
    despite: str
    entry: Entry
    working: Working


@dataclass(frozen=True, slots=True)
class Owed:
    """A task still open, with who owes it (empty: nobody is named) and whether its day is over."""

    task: Task
    owner: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """All that the page of one case shows, of one moment. `level` and `step` are None where the case was opened without
    one, or its pack is not to be had. `steps` are those it was in, the oldest first; `how` is whether the present step
    works. `weeks` is attendance week by week, `turns` what is marked on it. `figures` and `band` are of the school year
    to date, with `too_early` where too few sessions were possible. `parents` are those in law, `staff` everybody who
    works at the school and `people` whoever an entry may have been with, by number, with their names; `entries` all of
    the child that may be read, and `files` what is kept with each, by its number. `next` is the first proposal not
    done."""

    state: CaseState
    child: Pupil
    class_name: str
    year: str
    pack: Pack
    level: Level | None
    step: CaseStep | None
    lead: str
    on: date
    how: Working
    steps: tuple[StepLine, ...]
    review_due: date | None
    stay_due: date | None
    proposals: tuple[Proposal, ...]
    next: Proposal | None
    owed: tuple[Owed, ...]
    weeks: tuple[Week, ...]
    turns: tuple[Turn, ...]
    figures: Figures
    band: Band | None
    too_early: bool
    persistent: bool | None
    severe: bool | None
    parents: Mapping[int, str]
    staff: Mapping[int, str]
    people: Mapping[int, str]
    entries: tuple[Entry, ...]
    files: Mapping[int, tuple[Attachment, ...]]


@needs(Right.READ_CASE)
def case_page(context: Context, case: int) -> CasePage:
    """Read one case as it stands today. Raises `Refused` where there is none of that number."""
    today = context.today()
    with context.store.reading() as reading:
        here = read_open_case(context, reading.book, reading.entries, case)
        first = min(school_year_start(today), here.state.opened - BEFORE)
        marks = _marks(reading, here.roll, here.child, first, today)
        staff = {one.id: one.name for one in reading.book.all(Staff)}
        people = namable(reading.book, {here.child.id})
        files = _files(here, reading.entries.attachments_of([one.id for one in here.entries]))
        triggers = _triggers(context, here.roll, here.child.id, here.facts(today))
    return replace(_page(context, here, marks, first, staff, triggers), people=people, files=files)


@needs(Right.READ_CASE)
def proposals_of(context: Context, pupil: int) -> tuple[Proposal, ...]:
    """What comes next for a child, with a case or without one."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        if pupil not in roll.pupils:
            raise Refused("That pupil is not in this school’s book.")
        known = open_case_of(_of_child(reading, pupil))
        if known is not None:
            here = read_open_case(context, reading.book, reading.entries, known.id)
            facts = here.facts(today)
        else:
            check_children(context, roll, [pupil])
            entries = readable(reading.entries.of(pupil))
            facts = CaseFacts(
                today, context.pack(roll.school).casework, rhythm_in(reading.book, roll), None, entries,
                parents=parents_of(reading.book, pupil, today), service=service_of(reading.book),
                flags=flags_of(reading.book, [pupil], today)[pupil],
                kept_from=kept_from(context.rulebook.formalities, roll.school.type),
            )  # fmt: skip
        first = min(school_year_start(today), (known.opened if known else today) - BEFORE)
        marks = _marks(reading, roll, roll.pupils[pupil], first, today)
        triggers = _triggers(context, roll, pupil, facts)
    return proposals(_with_marks(context, facts, marks, triggers, context.pack(roll.school))[0])


@needs(Right.READ_CASE)
def cases_of(context: Context, pupil: int) -> tuple[CaseState, ...]:
    """Every case of a child, the oldest first."""
    with context.store.reading() as reading:
        check_children(context, read_roll(reading.book), [pupil])
        return _of_child(reading, pupil)


def _of_child(reading: Reading, pupil: int) -> tuple[CaseState, ...]:
    tasks = [one for one in reading.book.all(Task) if one.pupil == pupil and one.kind.startswith(f"{TASK}:")]
    return fold(readable(reading.entries.of(pupil)), tasks)


def _marks(reading: Reading, roll: Roll, child: Pupil, first: date, last: date) -> list[Mark]:
    """The child's marks that stand where one can, in order."""
    marks = reading.marks.between(first, last, [child.id])
    return due_marks(child, roll.memberships.get(child.id, ()), roll.calendar, marks)


def _triggers(context: Context, roll: Roll, pupil: int, facts: CaseFacts) -> tuple[Trigger, ...]:
    """What is met of the child of all on which a step would be proposed."""
    keys = asked_triggers(facts.casework, facts.case, facts.service)
    specs = context.rulebook.triggers_of(context.pack(roll.school)) if keys else ()
    kinds = {one.kind for one in specs if one.key in keys}
    return look_through(context, facts.on, kinds=kinds, only=pupil).triggers if kinds else ()


def _year(context: Context, marks: list[Mark], on: date) -> Figures:
    begins = bisect_left(marks, school_year_start(on), key=lambda one: one.day)
    return figures_of(Counter([one.code for one in marks[begins:]]), 0, context.rulebook.codes)


def _with_marks(
    context: Context, facts: CaseFacts, marks: list[Mark], triggers: tuple[Trigger, ...], pack: Pack
) -> tuple[CaseFacts, Figures]:
    """The facts with the child's marks and triggers, and the figures of the school year."""
    figures = _year(context, marks, facts.on)
    made = replace(
        facts,
        triggers=triggers,
        course=course_of(marks, context.rulebook.codes),
        severe=severe(figures, context.rulebook),
        persistent=persistent(figures, context.rulebook),
        good=best_from(pack),
    )
    return made, figures


def best_from(pack: Pack) -> Fraction:
    """The attendance from which the pack's best band begins."""
    best = pack.bands[0]
    low = best.at_least if best.at_least is not None else best.above
    return low if low is not None else Fraction(0)


def _page(
    context: Context,
    here: OpenCase,
    marks: list[Mark],
    first: date,
    staff: Mapping[int, str],
    triggers: tuple[Trigger, ...],
) -> CasePage:
    today, state = context.today(), here.state
    facts, figures = _with_marks(context, here.facts(today), marks, triggers, here.pack)
    found = proposals(facts)
    until = state.closed.happened_at.date() if state.closed else today
    early = figures.possible < least_sessions(here.pack, context.rulebook)
    place = here.roll.place(here.child.id, today)
    return CasePage(
        state=state,
        child=here.child,
        class_name=place.class_name if place else "",
        year=place.year if place else "",
        pack=here.pack,
        level=here.pack.casework.level_of(state.step),
        step=here.step,
        lead=staff.get(state.lead, ""),
        on=today,
        how=working(facts.course, state.since, until),
        steps=_steps(here, facts.course, until),
        review_due=None if state.closed else review_due(facts, state),
        stay_due=None if state.closed else stay_due(facts, state),
        proposals=found,
        next=next_of(found),
        owed=tuple(Owed(one, staff.get(one.owner or 0, ""), one.due < today) for one in state.tasks),
        weeks=weeks(facts.course, here.roll.calendar, max(first, here.child.starting_day), until),
        turns=turns(state, here.entries, here.pack.casework, first),
        figures=figures,
        band=None if early else band_of(figures, here.pack.bands),
        too_early=early,
        persistent=facts.persistent,
        severe=facts.severe,
        parents=here.parents,
        staff=staff,
        people={},
        entries=here.entries,
        files={},
    )


def _files(here: OpenCase, files: list[Attachment]) -> Mapping[int, tuple[Attachment, ...]]:
    """What is kept with each entry that may be read."""
    found: dict[int, tuple[Attachment, ...]] = {}
    known = {one.id for one in here.entries}
    for one in files:
        if one.entry in known:
            found[one.entry] = (*found.get(one.entry, ()), one)
    return found


def _steps(here: OpenCase, course: Course, until: date) -> tuple[StepLine, ...]:
    lines: list[StepLine] = []
    moves = here.state.moves
    for number, one in enumerate(moves):
        end = moves[number + 1].since if number + 1 < len(moves) else None
        step, level = here.pack.casework.step(one.step), here.pack.casework.level_of(one.step)
        how, despite = working(course, one.since, end or until), one.entry.details.get(DESPITE, "")
        titles = step.title if step else one.step, level.title if level else ""
        lines.append(StepLine(one.step, *titles, one.since, end, one.reason, one.agreed_by, despite, one.entry, how))
    return tuple(lines)
