"""The lists of the registers: a class and week, what was changed after they closed, and what a week still lacks."""

from __future__ import annotations

from datetime import timedelta

from desktop_app.actions.changes import Scope, change_report
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    counts,
    day_of,
    days,
    listed,
    moments,
    text,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.needs import needs
from desktop_app.actions.register_page import RegisterPage, Row, classes, page
from desktop_app.actions.week import week
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.report import Report, ReportColumn, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import HALVES, Session, school_year_start
from desktop_app.domain.week import Finding
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.display import long_date, short_date

FOUND = {
    Finding.OPEN_N: "No reason yet",
    Finding.GAP: "No mark",
    Finding.NOTE: "Note missing",
    Finding.CLASH: "To look at",
}
CHANGES = (
    *(CLASS, CHILD, *days("Day"), *text("Half", "Original", "Amended", "Other changes", "Reason")),
    *moments("Changed"),
    *text("By", "Position"),
)
WEEK = (*text("What"), CHILD, CLASS, *days("Day"), *text("Half", "Code", "In words"), *counts("Days"), *days("By"))
LATE = "Minutes late"


@needs(Right.READ_REGISTER)
def register(context: Context, asked: ListAsked) -> Report:
    """The register of a week, of one class or of all whom the present user sees: a row for each child, a column for
    each session, codes as text."""
    monday = SchoolCalendar.monday(day_of(context, asked))
    known = classes(context, monday)
    if asked.class_name and asked.class_name not in known:
        context.require_class(asked.class_name)
        raise Refused(f"There was nobody in a class “{asked.class_name}” in that week.")
    pages = [page(context, name, monday) for name in ([asked.class_name] if asked.class_name else known)]
    sessions = [Session(monday + timedelta(days=n), half) for n in range(5) for half in HALVES]
    columns = (
        *(CHILD, CLASS, *(ReportColumn(f"{short_date(one.day)} {one.half.value}") for one in sessions)),
        *counts(LATE),
        *text("Notes"),
    )
    lines = [_row(shown, row) for shown in pages for row in shown.rows]
    used = {str(value) for line in lines for value in line.values[2:-2]}
    key = ". ".join(f"{code.key} {code.title}" for code in context.rulebook.codes.values() if code.key in used)
    sheet = Sheet("Register", columns, lines, "Nobody is in these registers.", key and f"{key}.")
    until = long_date(SchoolCalendar.friday(monday))
    return listed(context, asked, "register", [sheet], f"Week from {long_date(monday)} to {until}")


def _row(shown: RegisterPage, row: Row) -> Line:
    marks = [one.mark for one in row.cells]
    late = sum(one.minutes or 0 for one in marks if one is not None)
    notes = [f"{short_date(one.day)} {one.half.value}: {one.note}" for one in marks if one is not None and one.note]
    values: tuple[Value, ...] = (
        *(row.pupil.list_name, shown.class_name),
        *(one.code if one is not None else "" for one in marks),
        *(late or None, "; ".join(notes)),
    )
    return Line(values, str(row.pupil.id), row.pupil.id, shown.class_name)


@needs(Right.READ_HISTORY)
def changes(context: Context, asked: ListAsked) -> Report:
    """Every mark that was changed after its register had closed, with what the law asks to be shown of it: original,
    amended, reason, date and time, name and position. Source: SI 2024/208."""
    last = day_of(context, asked)
    first = asked.first or school_year_start(last)
    found = change_report(context, Scope(asked.class_name, asked.pupil), first, last)
    lines = [
        Line(
            (
                *(name, one.name, one.session.day, one.session.half.value, one.was, one.now, one.details, one.reason),
                *(one.at, one.by, one.position),
            ),
            pupil=one.pupil,
            class_name=name,
        )
        for name, one in found.lines
    ]
    sheet = Sheet("History of changes", CHANGES, lines, "No register of these days was amended after it had closed.")
    return listed(context, asked, "changes", [sheet], f"{long_date(first)} to {long_date(last)}")


@needs(Right.READ_REGISTER)
def week_lacks(context: Context, asked: ListAsked) -> Report:
    """What a week lacks before it can be signed off, and what is to be looked at in it."""
    found = week(context, day_of(context, asked))
    lines = [
        Line(
            (
                *(FOUND[one.kind], one.pupil.list_name, one.class_name, one.session.day, one.session.half.value),
                *(one.code, one.says, one.days or None, one.due),
            ),
            pupil=one.pupil.id,
            class_name=one.class_name,
        )
        for one in found.found
    ]
    signed = f"signed off by {found.signed_by}" if found.signed_off else "not signed off"
    sheet = Sheet("Close the week", WEEK, lines, "Nothing is open in this week.")
    return listed(context, asked, "week", [sheet], f"Week from {long_date(found.monday)}, {signed}")
