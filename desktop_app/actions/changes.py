"""The history-of-change report: every amendment of closed registers, of a child, a class or the school over a span."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from desktop_app.actions.needs import needs
from desktop_app.actions.paper import Printing, check_span
from desktop_app.actions.paper_sheets import amendment
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.paper import Amendment, ChangeReport, Paper
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.ports import MarksReading
from desktop_app.rules.names import class_order
from desktop_app.rules.register_print import corrections

TITLE = "History of changes"


@dataclass(frozen=True, slots=True)
class Scope:
    """Of whom: one child, one class, or the whole school where neither is named."""

    class_name: str = ""
    pupil: int = 0


@needs(Right.READ_HISTORY)
def change_report(context: Context, scope: Scope, first: date, last: date) -> ChangeReport:
    """Every mark of the span that was changed after its register had closed: original, amended, reason, date and time,
    name and position of whoever changed it. A child who changed class has each under the class of that day.

    Source: SI 2024/208. Raises `Refused` for a child or a class that is not there.
    """
    check_span(first, last)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        return _report(roll, reading.marks, scope, first, last)


@needs(Right.READ_HISTORY)
def reading_changes(context: Context, scope: Scope, first: date, last: date) -> Generator[Progress, None, ChangeReport]:
    """The same as long work, since a year of a school takes a while. Days that are none are refused at once."""
    check_span(first, last)
    return _reading(context, scope, first, last)


def _reading(context: Context, scope: Scope, first: date, last: date) -> Generator[Progress, None, ChangeReport]:
    yield Progress(0, 1, "Reading the history")
    return change_report(context, scope, first, last)


@needs(Right.READ_HISTORY)
def print_changes(context: Context, report: ChangeReport) -> Printing:
    """The report as a PDF in memory. A generator: closing it early leaves nothing behind."""
    with context.store.reading() as reading:
        school = reading.book.school().name
    return _draw(context, report, school)


@needs(Right.READ_HISTORY)
def change_rows(context: Context, report: ChangeReport) -> bytes:
    """The report as the rows of an .xlsx workbook, in memory."""
    from desktop_app.documents.change_rows import change_workbook  # noqa: PLC0415 - no start of the window waits for it

    return change_workbook(report, context.now())


def _draw(context: Context, report: ChangeReport, school: str) -> Printing:
    # The library that draws is loaded when something is drawn: no start of the window waits for it.
    from desktop_app.documents.change_report import changes_part  # noqa: PLC0415
    from desktop_app.documents.paper import bind_paper  # noqa: PLC0415
    from desktop_app.documents.type import load_type  # noqa: PLC0415

    type_ = load_type()
    yield Progress(0, 1, TITLE)
    content, pages = bind_paper([changes_part(report, type_)], school, TITLE, context.now(), type_)
    return Paper(content, sha256(content).hexdigest(), pages, tuple(name for name, _ in report.classes if name))


def _report(roll: Roll, marks: MarksReading, scope: Scope, first: date, last: date) -> ChangeReport:
    found: defaultdict[str, list[Amendment]] = defaultdict(list)
    concerned = in_order(_concerned(roll, scope, first, last))
    # Asked first, the whole school's history of a year is not read for the few who have an amendment in it.
    again = marks.changed_again([pupil.id for pupil in concerned], first, last)
    for pupil in (one for one in concerned if one.id in again):
        for one in corrections(marks.history(pupil.id, first, last), first, last):
            place = roll.place(pupil.id, one.session.day)
            name = place.class_name if place else ""
            if scope.class_name in ("", name):
                found[name].append(amendment(len(found[name]) + 1, pupil, one))
    classes = tuple((name, tuple(found[name])) for name in sorted(found, key=class_order))
    return ChangeReport(_whose(roll, scope), first, last, classes)


def _concerned(roll: Roll, scope: Scope, first: date, last: date) -> Iterable[Pupil]:
    if scope.pupil:
        if scope.pupil not in roll.pupils:
            raise Refused("That pupil is not on the admission register.")
        return [roll.pupils[scope.pupil]]
    if scope.class_name:
        there = roll.in_class(scope.class_name, first, last)
        if not there:
            raise Refused(f"There was nobody in a class “{scope.class_name}” in those days.")
        return there
    return roll.pupils.values()


def _whose(roll: Roll, scope: Scope) -> str:
    if scope.pupil:
        return roll.pupils[scope.pupil].name
    return f"Class {scope.class_name}" if scope.class_name else roll.school.name
