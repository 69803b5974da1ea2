"""A register that was taken on paper, typed in later: in the order of the printed sheet, and under both names.

Source: practice, point 18: a register taken on paper and typed by the office keeps both names. The marks carry who
typed them and when; the entry beside them says who took the register, at what time, and that it was on paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from desktop_app.actions.meanwhile import Meanwhile, meanwhile
from desktop_app.actions.needs import needs
from desktop_app.actions.register import Written, write_within
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.marks import Mark
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Half, Session
from desktop_app.ports import BookReading, EntriesReading
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import clock_time, long_date, session_words
from desktop_app.rules.keying import OnPaper


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A child of the sheet: its number there, the mark that stands now, and what is planned. `why`: no mark can
    stand."""

    number: int
    pupil: int
    name: str
    mark: Mark | None = None
    planned: str = ""
    why: str = ""

    @property
    def stands(self) -> str:
        """The code that stands now; empty for a blank."""
        return self.mark.code if self.mark else ""


@dataclass(frozen=True, slots=True)
class PaperTaking:
    """A register that was taken on paper: by whom and when, as the paper says, and who typed it in."""

    session: Session
    taken_by: str
    taken_at: time
    keyed_by: str


@dataclass(frozen=True, slots=True)
class KeyingSheet:
    """A class's session as it stands on the printed sheet of its week. `taking`: it was typed in before."""

    class_name: str
    session: Session
    lines: tuple[SheetLine, ...]
    taking: PaperTaking | None = None


@needs(Right.TAKE_REGISTER)
def keying_sheet(context: Context, class_name: str, session: Session) -> KeyingSheet:
    """The children in the order of the printed sheet. Refused where the class is not given to the present user, nobody
    is in it that week, or no register is taken then."""
    context.require_class(class_name)
    monday = SchoolCalendar.monday(session.day)
    codes = context.rulebook.codes
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        pupils = roll.in_week(class_name, monday)
        if not pupils:
            raise Refused(f"There is nobody in {class_name or 'a class without a name'} in that week.")
        if closed := roll.calendar.closed(session, class_name):
            raise Refused(f"{session_words(session)}: no register is taken ({closed}).")
        marks = {
            mark.pupil: mark
            for mark in reading.marks.between(session.day, session.day, {one.id for one in pupils})
            if mark.half is session.half
        }
        lines: list[SheetLine] = []
        for number, pupil in enumerate(pupils, start=1):
            why = roll.why_not(pupil.id, session) or ""
            place = roll.place(pupil.id, session.day)
            if place is not None and place.class_name != class_name:
                why = f"in {place.class_name} that day"
            stands = roll.standing(pupil.id, session, codes) if not why and pupil.id not in marks else None
            planned = stands.code if stands else ""
            lines.append(SheetLine(number, pupil.id, pupil.list_name, marks.get(pupil.id), planned, why))
        before = paper_takings(reading.entries, class_name, session.day, session.day).get(session)
    return KeyingSheet(class_name, session, tuple(lines), before)


def paper_takings(entries: EntriesReading, class_name: str, first: date, last: date) -> dict[Session, PaperTaking]:
    """The registers of a class that were taken on paper between two days; of one typed twice the later."""
    found: dict[Session, PaperTaking] = {}
    begin, end = datetime.combine(first, time()), datetime.combine(last, time(23, 59))
    for entry in entries.all(begin, end, (EntryKind.PAPER_REGISTER,)):
        if entry.withdrawn is None and entry.details.get("class") == class_name:
            one = _taking(entry)
            found[one.session] = one
    return found


@needs(Right.TAKE_REGISTER)
def key_paper(
    context: Context, class_name: str, session: Session, marks: Mapping[int, OnPaper], taken_by: str, taken_at: time
) -> tuple[tuple[Written, ...], Changes]:
    """Keep a register as it stood on paper, in one transaction with who took it and when.

    A mark that is changed in a register that has closed is amended for the reason that the paper says so, which names
    who took it: nothing is typed twice. Refused without a name, with a time that is still to come, where nothing was
    read from the sheet, and wherever a mark typed in the register itself would be.
    """
    who, at = " ".join(taken_by.split()), datetime.combine(session.day, taken_at)
    if not who:
        raise Refused("Who took the register? The name stands in the last row of the sheet.")
    if at > context.now():
        raise Refused(f"{clock_time(taken_at)} on {long_date(session.day)} is still to come. Look at the time again.")
    if not marks:
        raise Refused("Nothing was read from the sheet yet.")
    edits = _edits(session, marks)
    reason = f"As on the paper register that {who} took at {clock_time(taken_at)}"
    details = {
        "class": class_name,
        "day": session.day.isoformat(),
        "half": session.half.value,
        "taken_by": who,
        "taken_at": clock_time(taken_at),
    }
    outcome = f"{class_name}, {session_words(session)}: taken on paper by {who}, typed in by {context.user.name}"
    with context.store.writing(context.deed("register from paper", reason)) as writing:
        _check_class(writing.book, class_name, session, marks)
        written, changes = write_within(writing, context, edits, reason)
        writing.entries.add(NewEntry(EntryKind.PAPER_REGISTER, at, (), outcome, details=details))
    return written, changes.with_more(Changes(entries=True, pupils=frozenset(marks)))


@needs(Right.TAKE_REGISTER)
def contested(context: Context, session: Session, marks: Mapping[int, OnPaper]) -> tuple[Meanwhile, ...]:
    """The children whose mark somebody has changed here since the sheet was read, so that a person chooses which of the
    two is to stand."""
    return meanwhile(context, _edits(session, marks))


def _edits(session: Session, marks: Mapping[int, OnPaper]) -> list[Edit]:
    return [Edit(pupil, session, one.code, one.minutes, one.note, one.seen) for pupil, one in marks.items()]


def _check_class(book: BookReading, class_name: str, session: Session, marks: Mapping[int, OnPaper]) -> None:
    roll = read_roll(book)
    known = {one.id for one in roll.in_class(class_name, session.day, session.day)}
    if strange := [roll.pupils[key].list_name for key in marks if key not in known and key in roll.pupils]:
        raise Refused(f"Not in {class_name} on {long_date(session.day)}: {', '.join(strange)}.")


def _taking(entry: Entry) -> PaperTaking:
    of = entry.details
    return PaperTaking(
        Session(date.fromisoformat(of["day"]), Half(of["half"])),
        of["taken_by"],
        entry.happened_at.time(),
        entry.author.name,
    )
