"""The lists of what is on record: cases, a child’s chronology, the ledger of its parents, letters that were written."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.actions.cases import CaseRow, cases as case_rows
from desktop_app.actions.exports.children import ATTENDANCE
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    class_of,
    counts,
    days,
    listed,
    moments,
    text,
    yes,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.families import namable
from desktop_app.actions.ledger import ledger as read_ledger
from desktop_app.actions.letter_book import LANGUAGE, LETTER, letter_book
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.pupils import EntryLine, pupil_page
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING
from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.ledger import LedgerLine, ParentLedger
from desktop_app.domain.report import Report, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.ports import BookReading
from desktop_app.rules.chronology import UNNAMED, sealed
from desktop_app.rules.entry_forms import told

CASES = (
    *(CHILD, CLASS, *text("Year"), *days("Opened"), *text("Referral", "Level", "Step"), *days("In it since")),
    *text("Paused", "Led by"),
    *days("Next due"),
    ATTENDANCE,
    *text("Band", "Last done"),
    *days("On"),
    *counts("Days ago"),
)
CHRONOLOGY = (
    *counts("No."),
    *moments("When"),
    *text("Kind", "With whom", "What came of it", "Note", "Details"),
    *counts("Adds to no."),
    *text("Recorded by", "Position"),
    *moments("Recorded"),
    *text("Withdrawn"),
)
LEDGER = (
    *text("Parent or carer", "Relationship"),
    *moments("When"),
    *text("Way", "Kind", "What", "What came of it"),
    *days("Answer asked by", "Answered"),
    *text("By"),
)
LETTERS = (
    *moments("When"),
    *(CHILD, CLASS, *text("To whom", "Letter", "Reference", "Language", "How", "Words", "By", "Withdrawn")),
)


@needs(Right.READ_CASE)
def cases(context: Context, asked: ListAsked) -> Report:
    """Every child with an open case, as the page Cases lists them."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    seen = [one for one in case_rows(context) if sees_child(context, roll, one.pupil.id)]
    return listed(context, asked, "cases", [Sheet("Cases", CASES, map(_case, seen), "No case is open.")])


def _case(row: CaseRow) -> Line:
    values: tuple[Value, ...] = (
        *(row.pupil.list_name, row.class_name, row.year, row.opened, row.referral_title, row.level_title),
        *(row.step_title, row.since, yes(row.status.value == "paused"), row.lead, row.next_due),
        *(row.figures.attendance, row.band.title if row.band else "", row.last_entry.kind.label),
        *(row.last_entry.happened_at.date(), row.days_since),
    )
    return Line(values, str(row.pupil.id), row.pupil.id, row.class_name)


@needs(Right.READ_LOG)
def chronology(context: Context, asked: ListAsked) -> Report:
    """Everything that was recorded about a child, the newest first. A restricted note is not in it, whoever asks."""
    shown = pupil_page(context, asked.pupil)
    with context.store.reading() as reading:
        names = _names(reading.book, asked.pupil)
        meetings = {one.key: one.title for one in context.pack(reading.book.school()).casework.meetings}
    lines = [
        Line(_entry(context, one, names, meetings), str(one.entry.id), asked.pupil)
        for one in sorted(shown.chronology, key=lambda one: (one.entry.happened_at, one.entry.id), reverse=True)
        if not one.entry.restricted
    ]
    return listed(context, asked, "chronology", [Sheet("Chronology", CHRONOLOGY, lines, "Nothing is recorded.")])


def _names(book: BookReading, pupil: int) -> Mapping[str, str]:
    """The names that details may mean, as `person:3` and `staff:1`; nobody whom a court ever kept from the child."""
    found = {f"person:{key}": name for key, name in namable(book, {pupil}).items()}
    return {**found, **{f"staff:{one.id}": one.name for one in book.all(Staff)}}


def _entry(
    context: Context, line: EntryLine, names: Mapping[str, str], meetings: Mapping[str, str]
) -> tuple[Value, ...]:
    one = line.entry
    rule = context.rulebook.kinds.rules.get(one.kind)
    held = {key: meetings.get(said, said) if key == MEETING else said for key, said in one.details.items()}
    details = "; ".join(f"{title}: {said}" for title, said in told(rule, held, names)) if rule else ""
    return (
        *(one.id, one.happened_at, one.kind.label, ", ".join(line.with_names), one.outcome, one.note, details),
        *(one.adds_to, one.author.name, one.author.position, school_time(one.recorded_at), _withdrawn(one)),
    )


def _withdrawn(one: Entry) -> str:
    return f"withdrawn: {one.withdrawn.reason}" if one.withdrawn else ""


@needs(Right.READ_LOG)
def ledger(context: Context, asked: ListAsked) -> Report:
    """Each parent and carer of a child apart: what was said, sent, offered and asked, and what came of it. Whom a court
    keeps from the child is not in it, not even without a name."""
    found = read_ledger(context, asked.pupil)
    parents = [one for one in found.parents if not one.kept_away]
    lines = [
        Line(_said(parent, one), str(one.entry.id), asked.pupil)
        for parent in parents
        for one in parent.lines
        if not one.entry.restricted
    ]
    note = " ".join(f"{parent.name}: {'; '.join(one.words for one in parent.in_view)}." for parent in parents)
    return listed(context, asked, "ledger", [Sheet("Parents’ ledger", LEDGER, lines, "Nothing is recorded.", note)])


def _said(parent: ParentLedger, line: LedgerLine) -> tuple[Value, ...]:
    one = line.entry
    return (
        *(parent.name, parent.relationship, one.happened_at, line.way.value, one.kind.label),
        *(". ".join(filter(None, (one.outcome, one.note))), line.came.value, line.due),
        *(line.answer.happened_at.date() if line.answer else None, one.author.name),
    )


@needs(Right.READ_LOG)
def letters(context: Context, asked: ListAsked) -> Report:
    """Every letter that was written, of all children whom the present user sees, the newest first."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        every = reading.entries.all(kinds=(EntryKind.LETTER, EntryKind.WARNING))
        by_id = {one.id: one for one in reading.entries.of(*{key for one in every for key in one.pupils})}
        concerned = {key for one in every for key in one.pupils}
        names = {key: namable(reading.book, {key}) for key in concerned}
    lines = [
        Line(
            _letter(one, roll.pupils[key].list_name, name, names[key]),
            str(one.id),
            key,
            name,
        )
        for one in sorted(every, key=lambda one: (one.happened_at, one.id), reverse=True)
        if not sealed(one, by_id)
        for key in one.pupils
        if key in roll.pupils and sees_child(context, roll, key)
        for name in [class_of(roll, key, today)]
    ]
    return listed(context, asked, "letters", [Sheet("Letters", LETTERS, lines, "No letter was written.")])


def _letter(one: Entry, child: str, class_name: str, names: Mapping[int, str]) -> tuple[Value, ...]:
    book = letter_book()
    rule = book.rules.get(one.details.get(LETTER, ""))
    spoken = book.languages.get(one.details.get(LANGUAGE, ""))
    return (
        *(one.happened_at, child, class_name, ", ".join(names.get(key, UNNAMED) for key in one.persons)),
        *(rule.title if rule else one.details.get("about", ""), one.details.get("reference", "")),
        *(spoken.title if spoken else "", one.outcome, one.note, one.author.name, _withdrawn(one)),
    )
