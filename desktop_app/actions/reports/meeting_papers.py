"""The agenda and the minutes of a meeting about one child, made from the record: an attendance panel, an Attendance
Improvement Meeting, a Team around the Family.

What a parent said is not repeated before the other: a barrier is told by its name and by whose words it is in. Nothing
is said of brothers, sisters or other children, and nothing that is restricted. Sources: Knowsley's handbook (Attendance
Improvement Meeting, with an action plan and its review); Sefton's strategy (School Attendance Panel); practice (a case
names no other child).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.actions.case_reading import pack_of, parents_of, readable
from desktop_app.actions.families import read_families
from desktop_app.actions.figures import PupilFigures
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.reports.counted import some_rows
from desktop_app.actions.reports.frame import Frame, frame
from desktop_app.actions.reports.named import national
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING, CaseState, Voice
from desktop_app.domain.casework import MeetingRule
from desktop_app.domain.entries import Entry, EntryKind, Task
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Person, Pupil
from desktop_app.domain.report import (
    BigFigure,
    Block,
    FiguresBlock,
    Report,
    ReportColumn,
    TableBlock,
    TextBlock,
    Unit,
    Value,
)
from desktop_app.domain.rights import Right
from desktop_app.domain.rulebook import Pack
from desktop_app.domain.staff import Staff
from desktop_app.rules.breakdowns import year_words
from desktop_app.rules.casework.state import case_of_task, fold, open_case_of
from desktop_app.rules.display import long_date
from desktop_app.rules.one_child import of_one_child
from desktop_app.rules.work_done import COUNTED

AGENDA, MINUTES = "agenda", "minutes"
VOICES = {Voice.PUPIL: "the child", Voice.PARENT: "a parent", Voice.SCHOOL: "the school"}
LATEST = 12
"""So many things that were done stand on an agenda; earlier ones are in the chronology."""
AGREED, NEXT, ATTENDEES, INVITED, PLACE = "agreed", "next", "attendees", "invited", "place"
"""The details of a meeting's entry (`resources/casework/kinds.toml`)."""
POINTS = (ReportColumn("No.", Unit.COUNT, 0.4), ReportColumn("Point", share=3.0), ReportColumn("Notes", share=3.0))
ACTIONS = (ReportColumn("What", share=3.4), ReportColumn("Who", share=1.6), ReportColumn("By", Unit.DAY, 1.2))
DONE = (ReportColumn("Day", Unit.DAY, 1.3), ReportColumn("What", share=1.2), ReportColumn("Outcome", share=4.0))


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting about one child: of which kind, with the case it belongs to (None: none is worked), what is on record
    of the child, and the tasks of the case that are open."""

    made: Frame
    rule: MeetingRule
    child: Pupil
    pack: Pack
    case: CaseState | None
    entries: Sequence[Entry]
    tasks: Sequence[Task]

    def of_this(self) -> list[Entry]:
        """The meetings of this kind that are on record up to the day asked for, the oldest first."""
        return [
            one
            for one in self.entries
            if one.kind is EntryKind.MEETING and one.details.get(MEETING) == self.rule.key and one.withdrawn is None
        ]

    def said(self, text: str, entry: Entry) -> str:
        """The words of an entry, unless they name a brother, a sister or another child it is about."""
        siblings = read_families(self.made.reading.book, self.made.asked.on).siblings(self.child.id)
        others = (siblings | set(entry.pupils)) - {self.child.id}
        known = [self.made.roll.pupils[key] for key in sorted(others) if key in self.made.roll.pupils]
        return of_one_child(text, self.child, known)


@needs(Right.READ_CASE)
def agenda(context: Context, asked: Asked) -> Report:
    """The agenda of a meeting about a child, with what is on record up to a day. Refused where the child or the kind of
    meeting was not named, and for a child whom the present user does not see."""
    with frame(context, asked) as made:
        met = _met(made)
        row = some_rows(made, made.year_first, asked.on, [met.child.id]).get(met.child.id)
        blocks = (*_opening(met), *_figures(row), *_points(met), *_barriers(met), *_open_tasks(met), *_since(met))
        return _paper(met, AGENDA, f"Agenda: {met.rule.title}", blocks)


@needs(Right.READ_CASE)
def minutes(context: Context, asked: Asked) -> Report:
    """The minutes of the last such meeting about a child up to a day, from its entry and the tasks that came of it.
    Refused where none is on record."""
    with frame(context, asked) as made:
        met = _met(made)
        held = met.of_this()
        if not held:
            raise Refused(
                f"No {met.rule.title} about {met.child.name} is on record up to {long_date(asked.on)}. Log the meeting "
                "first, with its kind."
            )
        return _paper(met, MINUTES, f"Minutes: {met.rule.title}", tuple(_minutes(met, held[-1])))


def _met(made: Frame) -> Met:
    asked, roll, book = made.asked, made.roll, made.reading.book
    child = roll.pupils.get(asked.pupil)
    if child is None:
        raise Refused("Say which child the meeting is about.")
    check_children(made.context, roll, [child.id])
    every = [one for one in readable(made.reading.entries.of(child.id)) if one.happened_at.date() <= asked.on]
    tasks = [one for one in book.all(Task) if one.pupil == child.id]
    case = open_case_of(fold(every, tasks))
    pack = made.context.pack(roll.school) if case is None else pack_of(made.context, roll, case)
    rule = pack.casework.meeting(asked.meeting)
    if rule is None:
        known = ", ".join(one.key for one in pack.casework.meetings) or "none"
        raise Refused(f"Say which meeting it is. The {pack.title} pack has: {known}.")
    mine = [one for one in tasks if one.closed_by is None and case is not None and case_of_task(one) == case.id]
    return Met(made, rule, child, pack, case, every, sorted(mine, key=lambda one: (one.due, one.id)))


def _paper(met: Met, key: str, title: str, blocks: Sequence[Block]) -> Report:
    place = met.made.roll.place(met.child.id, met.made.asked.on)
    where = f" · {year_words(place.year)}, class {place.class_name}" if place else ""
    subtitle = f"{met.child.legal_name}, born {long_date(met.child.date_of_birth)}{where}"
    report = met.made.report(key, title, subtitle, blocks, pupil=met.child.id)
    counts = "This child’s own sessions since September, or since it joined."
    return replace(report, handed_on=True, one_page=True, counts=counts)


def _opening(met: Met) -> Iterator[Block]:
    if met.rule.what:
        yield TextBlock(met.rule.what)
    people = [*parents_of(met.made.reading.book, met.child.id, met.made.asked.on).values()]
    yield TextBlock(f"{_capital(met.rule.lead)}.", "In the chair")
    asked = "; ".join([*met.rule.attendees, *people])
    yield TextBlock(f"{_capital(asked)}.", "Who is asked to come")
    if met.case is not None and (step := met.pack.casework.step(met.case.step)) is not None:
        level = met.pack.casework.level_of(step.key)
        named = f"{level.title}, {step.title}" if level else step.title
        yield TextBlock(f"{named}, since {long_date(met.case.since)}.", "Where the case stands")


def _figures(row: PupilFigures | None) -> Iterator[Block]:
    if row is None:
        return
    of, test = row.figures, national(row)
    says = f"{of.attended} of {of.possible} sessions{f', {test}' if test else ''}"
    yield FiguresBlock(
        (
            BigFigure("Attendance", of.attendance, says=says),
            BigFigure("Authorised absence", of.authorised, Unit.COUNT, "sessions"),
            BigFigure("Unauthorised absence", of.unauthorised, Unit.COUNT, "sessions"),
            BigFigure("Late", of.late, Unit.COUNT, "times"),
        )
    )


def _points(met: Met) -> Iterator[Block]:
    yield TableBlock("To talk about", POINTS, _numbered(met), empty="The pack names no points for this meeting.")


def _numbered(met: Met) -> tuple[tuple[Value, ...], ...]:
    return tuple((number, _capital(point), "") for number, point in enumerate(met.rule.agenda, start=1))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _barriers(met: Met) -> Iterator[Block]:
    if met.case is None:
        return
    titles = {area.key: area.title for area in met.made.context.rulebook.kinds.barriers}
    voices: dict[str, list[str]] = {}
    for one in met.case.barriers:
        said = voices.setdefault(titles.get(one.area, one.area), [])
        if VOICES[one.voice] not in said:
            said.append(VOICES[one.voice])
    rows = tuple((title, ", ".join(said)) for title, said in voices.items())
    columns = (ReportColumn("What is in the way", share=3.0), ReportColumn("Named by", share=3.0))
    note = "Whose words they are is kept apart in the record, and not repeated here."
    yield TableBlock("What is in the way", columns, rows, note if rows else "", "Nothing was named so far.")


def _open_tasks(met: Met) -> Iterator[Block]:
    yield TableBlock("Agreed and still open", ACTIONS, _tasks(met), empty="Nothing is open.")


def _tasks(met: Met) -> tuple[tuple[Value, ...], ...]:
    names = {one.id: one.name for one in met.made.reading.book.all(Staff)}
    return tuple((one.text, names.get(one.owner or 0, "nobody named"), one.due) for one in met.tasks)


def _since(met: Met) -> Iterator[Block]:
    held = met.of_this()
    first = held[-1].happened_at.date() if held else met.made.year_first
    done = [one for one in met.entries if one.kind in COUNTED and one.happened_at.date() >= first]
    done = [one for one in done if one.withdrawn is None and one.adds_to is None and one not in held]
    rows = tuple((one.happened_at.date(), one.kind.label, met.said(one.outcome, one)) for one in done[-LATEST:])
    since = f"Done since the last such meeting, {long_date(first)}" if held else "Done since September"
    earlier = len(done) - len(rows)
    note = f"{earlier} earlier entries are in the chronology." if earlier else ""
    yield TableBlock(since, DONE, rows, note, "Nothing is on record.")


def _minutes(met: Met, held: Entry) -> Iterator[Block]:
    details = held.details
    place = f", {details[PLACE]}" if details.get(PLACE) else ""
    yield TextBlock(f"{long_date(held.happened_at.date())}, {held.happened_at:%H:%M}{place}: {held.outcome}.", "Held")
    named = [one.formal_name for key in held.persons if (one := met.made.reading.book.get(Person, key)) is not None]
    there = "; ".join(filter(None, [*named, met.said(details.get(ATTENDEES, ""), held)]))
    yield TextBlock(there or "Nobody is named in the record.", "Who was there")
    if details.get(INVITED):
        yield TextBlock(met.said(details[INVITED], held), "Asked and not there")
    if met.rule.agenda:
        yield TableBlock("Points", POINTS, _numbered(met))
    if held.note:
        yield TextBlock(met.said(held.note, held), "What was said")
    yield TextBlock(met.said(details.get(AGREED, ""), held) or "Nothing is written down.", "What was agreed")
    yield TableBlock("Who does what by when", ACTIONS, _tasks(met), empty="No task is open.")
    yield TextBlock(_next_words(details.get(NEXT, "")), "Next meeting")
    yield TextBlock(f"Written down by {held.author.name}, {held.author.position}, on {long_date(_recorded(held))}.")
    signatures = tuple((who, "", "") for who in (_capital(met.rule.lead), *named))
    columns = (ReportColumn("Name", share=2.0), ReportColumn("Signature", share=3.0), ReportColumn("Date", share=1.0))
    yield TableBlock("Seen and agreed", columns, signatures)


def _recorded(entry: Entry) -> date:
    return entry.recorded_at.date()


def _next_words(day: str) -> str:
    return f"{long_date(date.fromisoformat(day))}." if day else "No day was set."
