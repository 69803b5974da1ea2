"""What casework asks of each person, day by day: tasks, reviews due, meetings to arrange, asks of the steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.actions.case_reading import flags_of, pack_of, readable, rhythm_in, service_of
from desktop_app.actions.families import read_families
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import CaseState, CaseStatus
from desktop_app.domain.casework import CaseStep, Casework
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.ports import BookReading, EntriesReading
from desktop_app.rules.casework.asks import asked, met_for_review
from desktop_app.rules.casework.facts import CaseFacts
from desktop_app.rules.casework.proposals import longest_stay, review_due, stay_due
from desktop_app.rules.casework.state import case_of_task, fold, what_of_task
from desktop_app.rules.powers import kept_from


class AgendaKind(StrEnum):
    """What a line of the agenda is about."""

    TASK = "task"
    REVIEW = "review"
    RESUME = "resume"
    MEETING = "meeting"
    ASK = "ask"
    STAY = "stay"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One thing somebody owes. `owner` is a member of staff (0: nobody is named) with the name; `task` the number of
    the task (0: the pack asks for it and there is none); `case` that of the case (0: of none). `who` is who should do
    it in the pack’s words. `due` None: no day is set."""

    kind: AgendaKind
    pupil: Pupil
    class_name: str
    title: str
    due: date | None
    overdue: bool
    owner: int
    owner_name: str
    case: int
    task: int
    who: str = ""
    source: str = ""


@needs(Right.READ_LOG)
def agenda(context: Context, staff: int | None = None, to: date | None = None) -> tuple[AgendaLine, ...]:
    """What is owed by everybody, or by one member of staff (0: by nobody), up to a day: what nobody owes first, then
    person by person, the earliest first. What is of a case is told to those who may read cases, and a task of one to
    whoever owns it."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        names = {one.id: one.name for one in reading.book.all(Staff)}
        tasks = [one for one in reading.book.all(Task) if one.closed_by is None]
        cases = case_facts(context, reading.book, reading.entries, roll, tasks) if context.may(Right.READ_CASE) else {}
    found = [*_tasks(context, roll, tasks, names, cases)]
    for facts in cases.values():
        found += _of_case(roll, facts, names)
    found = [one for one in found if sees_child(context, roll, one.pupil.id)]
    found = [one for one in found if staff is None or one.owner == staff]
    found = [one for one in found if to is None or (one.due is not None and one.due <= to)]
    return tuple(sorted(found, key=lambda one: (one.owner_name, one.due or date.max, one.pupil.surname, one.title)))


def case_facts(
    context: Context, book: BookReading, entries: EntriesReading, roll: Roll, tasks: list[Task]
) -> dict[int, CaseFacts]:
    """What is known of every case that is worked, by its number, without triggers and figures: few statements, however
    many cases there are."""
    opened = {
        pupil
        for one in entries.all(kinds=(EntryKind.CASE_OPENED,))
        if one.withdrawn is None
        for pupil in one.pupils[:1]
        if pupil in roll.pupils
    }
    by_child: defaultdict[int, list[Entry]] = defaultdict(list)
    for one in entries.of(*opened) if opened else ():
        for pupil in opened & set(one.pupils):
            by_child[pupil].append(one)
    today = context.today()
    rhythm, service = rhythm_in(book, roll), service_of(book)
    families, flags = read_families(book, today, opened), flags_of(book, opened, today)
    without = kept_from(context.rulebook.formalities, roll.school.type)
    packs: dict[tuple[str, str], Casework] = {}
    found: dict[int, CaseFacts] = {}
    for pupil in sorted(opened):
        known = readable(by_child[pupil])
        parents = {one.person.id: one.person.formal_name for one in families.of(pupil) if one.is_parent}
        for state in fold(known, tasks):
            if state.pupil == pupil and state.status is not CaseStatus.CLOSED:
                key = state.pack, state.version
                if key not in packs:
                    packs[key] = pack_of(context, roll, state, entries).casework
                casework = packs[key]
                found[state.id] = CaseFacts(
                    today, casework, rhythm, state, known, parents=parents, service=service, flags=flags[pupil],
                    kept_from=without,
                )  # fmt: skip
    return found


def next_due(facts: CaseFacts) -> date | None:
    """The first day on which anything of a case is due; None: no day is set."""
    case = facts.case
    if case is None:
        return None
    step = facts.casework.step(case.step)
    days = [one.due for one in case.tasks]
    if case.status is CaseStatus.OPEN and step is not None:
        days += [one.due for one in asked(facts, case, step) if one.done is None and one.due is not None]
        days += [one for one in (review_due(facts, case), stay_due(facts, case)) if one is not None]
    if case.status is CaseStatus.PAUSED:
        days.append(facts.rhythm.on_school_day(case.pauses[-1].since, case.pauses[-1].until))
    return min(days, default=None)


def _tasks(
    context: Context, roll: Roll, tasks: list[Task], names: Mapping[int, str], cases: Mapping[int, CaseFacts]
) -> Iterator[AgendaLine]:
    today = context.today()
    for one in tasks:
        child, case = roll.pupils.get(one.pupil), case_of_task(one)
        if child is None or (case and case not in cases and one.owner != context.staff.id):
            continue
        kinds = {"review": AgendaKind.REVIEW, "resume": AgendaKind.RESUME, "meeting": AgendaKind.MEETING}
        kind, owner = kinds.get(what_of_task(one), AgendaKind.TASK), one.owner or 0
        yield AgendaLine(
            kind, child, _class(roll, child, today), one.text, one.due, one.due < today, owner, names.get(owner, ""),
            case, one.id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Here:
    """One case that is worked, as its lines need it."""

    roll: Roll
    facts: CaseFacts
    case: CaseState
    step: CaseStep
    names: Mapping[int, str]

    @property
    def given(self) -> frozenset[str]:
        """What there is a task for already."""
        return frozenset(map(what_of_task, self.case.tasks))

    def line(self, kind: AgendaKind, title: str, due: date | None, who: str, source: str) -> AgendaLine:
        """A line that whoever leads the case owes."""
        child, lead = self.roll.pupils[self.case.pupil], self.case.lead
        overdue = due is not None and due < self.facts.on
        return AgendaLine(
            kind, child, _class(self.roll, child, self.facts.on), title, due, overdue, lead, self.names.get(lead, ""),
            self.case.id, 0, who, source,
        )  # fmt: skip


def _of_case(roll: Roll, facts: CaseFacts, names: Mapping[int, str]) -> Iterator[AgendaLine]:
    case = facts.case
    step = facts.casework.step(case.step) if case else None
    if case is None or step is None or case.status is not CaseStatus.OPEN:
        return
    here = _Here(roll, facts, case, step, names)
    yield from _reviews(here)
    yield from _asks(here)
    over = longest_stay(facts, case)
    if over is not None and over.due <= facts.on:
        then = facts.casework.step(over.stay.then)
        title = f"Longest stay in {over.title} is over" + (f": {then.title} comes next" if then else "")
        yield here.line(AgendaKind.STAY, title, over.due, step.lead, over.stay.longest.source)


def _reviews(here: _Here) -> Iterator[AgendaLine]:
    """The review that is due, where there is no task for it, and its meeting, where that was not held."""
    rule, due = here.step.review, review_due(here.facts, here.case)
    if due is None or rule is None:
        return
    if "review" not in here.given:
        yield here.line(AgendaKind.REVIEW, f"Review {here.step.title}", due, here.step.lead, rule.every.source)
    meeting = here.facts.casework.meeting(rule.meeting)
    if meeting is None or "meeting" in here.given:
        return
    if met_for_review(here.facts.entries, meeting.key, here.case) is None:
        yield here.line(AgendaKind.MEETING, f"Arrange: {meeting.title}", due, meeting.lead, meeting.source)


def _asks(here: _Here) -> Iterator[AgendaLine]:
    """What the step asks for and is not done; the meeting of its review is told with the review."""
    of_review = here.step.review.meeting if here.step.review else ""
    for one in asked(here.facts, here.case, here.step):
        if one.done or f"ask.{one.ask.key}" in here.given or (of_review and one.ask.meeting == of_review):
            continue
        kind = AgendaKind.MEETING if one.ask.kind == EntryKind.MEETING else AgendaKind.ASK
        title = one.ask.title + (f" ({', '.join(one.missing)})" if one.missing else "")
        yield here.line(kind, title, one.due, one.ask.who.value, one.ask.source)


def _class(roll: Roll, child: Pupil, day: date) -> str:
    place = roll.place(child.id, day)
    return place.class_name if place else ""
