"""Printing registers, the roll-call, contact sheets, and the continuity pack: drawn in memory, then saved whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from desktop_app.actions.needs import needs
from desktop_app.actions.paper_sheets import Paperwork
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context, own_words
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import ClassSheet, ContactLine, Paper, RollClass
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.rules.display import clock_time, long_date, session_words

if TYPE_CHECKING:
    from desktop_app.documents.press import PrintedPart
    from desktop_app.documents.type import Type

GOOD_FOR = 2
"""School days for which a continuity pack may be used."""
LONGEST = 366
"""The most days one print covers: a school year."""
Printing = Generator[Progress, None, Paper]


class PaperKind(StrEnum):
    """What can be put on paper."""

    REGISTERS = "registers"
    ROLL_CALL = "roll-call"
    CONTACTS = "contacts"
    PACK = "pack"


ALSO_NEEDED: Mapping[PaperKind, tuple[Right, ...]] = {
    PaperKind.CONTACTS: (Right.READ_PUPIL,),
    PaperKind.PACK: (Right.CONTINUITY, Right.READ_PUPIL),
}
"""The rights that a kind asks for besides printing: whom to call is read by those who may see a child’s page."""


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything to be drawn, from one read."""

    school: str
    classes: tuple[str, ...]
    sheets: tuple[ClassSheet, ...] = ()
    roll: tuple[RollClass, ...] = ()
    when: str = ""
    contacts: tuple[tuple[str, tuple[ContactLine, ...]], ...] = ()
    cover: tuple[str, ...] = ()
    weeks: int = 1


@needs(Right.OPEN)
def may_print(context: Context) -> tuple[PaperKind, ...]:
    """What the present user may print; nothing for whoever prints no register."""
    if not context.may(Right.PRINT_REGISTER):
        return ()
    return tuple(kind for kind in PaperKind if all(map(context.may, ALSO_NEEDED.get(kind, ()))))


@needs(Right.OPEN)
def roll_call(context: Context) -> tuple[tuple[RollClass, ...], str]:
    """The roll-call of this moment, for the screen, and what session it is of: for everybody who is signed in."""
    now = context.now()
    with context.store.reading() as reading:
        work = Paperwork(context, reading, read_roll(reading.book))
        session = work.at_hand(now.date(), now)
        return work.roll_call(session), f"{session_words(session)}, as at {clock_time(now)}"


@needs(Right.PRINT_REGISTER)
def paper(
    context: Context,
    kind: PaperKind,
    day: date,
    classes: Sequence[str] = (),
    *,
    last: date | None = None,
    blank: bool = False,
    password: str = "",
) -> Printing:
    """Draw it for a day: all classes, or those named. Registers reach to `last`, a page or more for each school week of
    the span. With a password nobody else can read the file (AES-256). Whoever sees only some classes prints those
    alone, but for the roll-call, which is everybody’s. Raises `Refused` for a class that is not there or not theirs,
    and for a span without school. A generator: closing it early leaves nothing behind."""
    for right in ALSO_NEEDED.get(kind, ()):
        context.require(right)
    if last is not None:
        check_span(day, last)
    if last is not None and kind is not PaperKind.REGISTERS:
        raise Refused("Registers alone are printed for a span of days.")
    read = _read(context, kind, day, classes, last or day, blank=blank)
    return _draw(context, read, blank=blank, password=password)


def check_span(first: date, last: date) -> None:
    """Refuse a span that ends before it begins or is longer than a school year."""
    if last < first:
        raise Refused(f"The last day, {long_date(last)}, is before the first, {long_date(first)}.")
    if (last - first).days >= LONGEST:
        raise Refused("That is more than a school year: print one year at a time.")


@needs(Right.OPEN)
def roll_call_paper(context: Context) -> Printing:
    """The roll-call of this moment on paper, for everybody who is signed in: nobody looks for a key in a fire."""
    read = _read(context, PaperKind.ROLL_CALL, context.today(), (), context.today(), blank=False)
    return _draw(context, read, blank=False, password="")


def _read(context: Context, kind: PaperKind, day: date, classes: Sequence[str], last: date, *, blank: bool) -> _Read:
    now = context.now()
    with context.store.reading() as reading:
        work = Paperwork(context, reading, read_roll(reading.book))
        known = work.classes(day, last)
        if kind is not PaperKind.ROLL_CALL:
            known = _own(context, known, classes)
        unknown = [name for name in classes if name not in known]
        if unknown or not known:
            raise Refused(f"There is nobody in {', '.join(unknown) or 'any class'} on {long_date(day)}.")
        wanted = tuple(classes) or tuple(known)
        weeks = work.weeks(day, last) if last > day else (day,)
        whole = kind is PaperKind.PACK
        sheets = kind is PaperKind.REGISTERS or whole
        calls = kind is PaperKind.ROLL_CALL or whole
        numbers = kind is PaperKind.CONTACTS or whole
        families, held = work.families(day) if numbers else (None, frozenset[int]())
        session = work.at_hand(day, now)
        roll = tuple(one for one in work.roll_call(session) if one.class_name in wanted) if calls else ()
        return _Read(
            school=work.roll.school.name,
            classes=wanted,
            sheets=tuple(_sheets(work, wanted, weeks, blank=blank)) if sheets else (),
            roll=roll,
            when=f"{session_words(session)}, as at {clock_time(now)}",
            contacts=tuple((name, work.contacts(name, day, families, held)) for name in wanted) if families else (),
            cover=_cover(work, day) if whole else (),
            weeks=len(weeks),
        )


def _own(context: Context, known: Sequence[str], asked: Sequence[str]) -> list[str]:
    """The classes that the present user sees. Refused where another is asked for, and where there is none."""
    if strange := [name for name in asked if not context.sees(name)]:
        raise Refused(
            f"Not among the classes given to {context.staff.name}: {', '.join(strange)}. Ask the office to print it."
        )
    own = [name for name in known if context.sees(name)]
    if known and not own:
        raise Refused(
            f"{context.staff.name} sees only the children of {own_words(context)}: there is nothing to print."
        )
    return own


def _sheets(work: Paperwork, classes: Sequence[str], weeks: Sequence[date], *, blank: bool) -> Iterator[ClassSheet]:
    """Class by class, week by week; not the weeks in which nobody was in the class."""
    for name in classes:
        for monday in weeks:
            sheet = work.sheet(name, monday, blank=blank)
            if sheet.rows:
                yield sheet


def _cover(work: Paperwork, day: date) -> tuple[str, ...]:
    coming = work.roll.calendar.school_days(day, date(day.year + 1, day.month, 28))
    last = coming[GOOD_FOR - 1] if len(coming) >= GOOD_FOR else day
    return (
        f"Made on {long_date(day)}. Do not use it after {long_date(last)}: rolls and numbers change.",
        "In it: the registers of the week with what is planned, the roll-call, and whom to call for each child.",
        "Write codes by hand; whoever takes a register signs below it. The office types them in later, in this order.",
        "Keep it locked away. Destroy it when the next one is made.",
    )


def _draw(context: Context, read: _Read, *, blank: bool, password: str) -> Printing:
    # The library that draws is loaded when something is drawn: no start of the window waits for it.
    from desktop_app.documents.locked import lock  # noqa: PLC0415
    from desktop_app.documents.paper import bind_paper, contact_part, cover_part, roll_part, sheet_part  # noqa: PLC0415
    from desktop_app.documents.type import load_type  # noqa: PLC0415

    type_: Type = load_type()
    total = len(read.sheets) + len(read.contacts) + bool(read.roll)
    parts: list[PrintedPart] = [cover_part(read.cover, type_)] if read.cover else []
    number = 0
    if read.roll:
        number += 1
        parts.append(roll_part(number, read.roll, read.when, type_))
        yield Progress(number, total, "Roll-call")
    for sheet in read.sheets:
        number += 1
        parts.append(sheet_part(number, sheet, type_, blank=blank, dated=read.weeks > 1))
        yield Progress(number, total, f"Register {sheet.class_name}")
    for class_name, lines in read.contacts:
        number += 1
        parts.append(contact_part(number, class_name, lines, type_))
        yield Progress(number, total, f"Contacts {class_name}")
    if not parts:
        raise Refused("There is nothing to print: the school is closed then.")
    content, pages = bind_paper(parts, read.school, _title(read), context.now(), type_)
    if password:
        content = lock(content, password)
    return Paper(content, sha256(content).hexdigest(), pages, read.classes)


def _title(read: _Read) -> str:
    if read.cover:
        return "Continuity pack"
    if read.sheets:
        return "Registers"
    return "Roll-call" if read.roll else "Contact sheets"
