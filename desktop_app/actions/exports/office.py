"""The lists of the school itself: targets, people and roles, its own log, and what was imported."""

from __future__ import annotations

from datetime import date

from desktop_app.actions.exports.children import ATTENDANCE
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    class_of,
    counts,
    day_of,
    days,
    listed,
    moments,
    text,
    yes,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.import_log import import_runs
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import in_order, read_roll
from desktop_app.actions.school_log import school_log as read_school_log
from desktop_app.actions.staff import StaffLine, staff_list
from desktop_app.actions.targets import group_targets, target_state
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.imports import ImportRun
from desktop_app.domain.report import Report, ReportColumn, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.school_log import SchoolLine
from desktop_app.domain.targets import Target, TargetState
from desktop_app.rules.display import long_date

TARGET = ReportColumn("Target", Unit.PERCENT)
SINCE = (
    *(TARGET, *days("From", "To"), ATTENDANCE, *counts("Sessions attended", "of possible"), *text("Met")),
    *counts("May still miss"),
)
STAFF = text("Name", "Position", "Roles", "Classes", "Signs in as", "Restricted notes", "Works here", "May")
LOG = (*days("Day"), *text("Kind", "What", "Who", "Version"), *days("Approved", "Review by"), *text("By", "Taken back"))
IMPORTS = (
    *moments("When"),
    *text("What", "File", "By", "Position"),
    *counts("Rows", "Taken", "New", "Changed", "Already the same", "Left out"),
    *text("Why left out", "SHA-256 of the file"),
)
SAID = (*moments("When"), *text("File", "What was said"))
ALL_OR_NOTHING = "A file of which a row is refused is refused whole and changes nothing: no such file stands here."


@needs(Right.READ_FIGURES)
def targets(context: Context, asked: ListAsked) -> Report:
    """The targets of the school and its parts; on a second sheet, for those who may see a child’s page, those of
    children."""
    on = day_of(context, asked)
    parts = [
        Line((one.whose.part.value, one.whose.name, one.pupils, *_state(one.target, one.state)))
        for one in group_targets(context, on)
    ]
    head = (*text("Of what", "Which"), *counts("Children"), *SINCE)
    sheets = [Sheet("Targets", head, parts, "There is nobody to set a target for.")]
    if context.may(Right.READ_PUPIL):
        sheets.append(
            Sheet("Children with a target", (CHILD, CLASS, *SINCE), _children(context, on), "Nobody has one.")
        )
    return listed(context, asked, "targets", sheets, f"As they stand on {long_date(on)}")


def _children(context: Context, on: date) -> list[Line]:
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = {key for one in reading.entries.all(kinds=[EntryKind.TARGET]) for key in one.pupils}
    here = in_order(roll.pupils[key] for key in found if key in roll.pupils and roll.pupils[key].on_roll(on))
    states = [(one, target_state(context, one.id, on)) for one in here if sees_child(context, roll, one.id)]
    return [
        Line((one.list_name, name, *_state(state.target, state)), pupil=one.id, class_name=name)
        for one, state in states
        if state is not None
        for name in [class_of(roll, one.id, on)]
    ]


def _state(target: Target | None, state: TargetState | None) -> tuple[Value, ...]:
    if target is None:
        return (None,) * len(SINCE)
    span: tuple[Value, ...] = (target.percent, target.first, target.until)
    if state is None:
        return (*span, None, None, None, "not begun", None)
    early = state.met is None or state.too_early
    met = "too early to say" if early else "yes" if state.met else "no"
    since = state.since
    return (*span, since.attendance, since.attended, since.possible, met, state.may_miss)


@needs(Right.STAFF)
def staff(context: Context, asked: ListAsked) -> Report:
    """Everybody who works or worked with the school, with what they may do."""
    lines = map(_person, staff_list(context).lines)
    return listed(context, asked, "staff", [Sheet("People and roles", STAFF, lines, "Nobody is down.")])


def _person(line: StaffLine) -> Line:
    one = line.staff
    roles = ", ".join(role.words for role in (one.role, *sorted(one.roles - {one.role})))
    may = ", ".join(right.words for right in Right if right in line.rights)
    values: tuple[Value, ...] = (
        *(one.name, one.position, roles, ", ".join(one.classes), one.user if line.way_in else ""),
        *(yes(line.second_key), yes(one.active), may),
    )
    return Line(values, str(one.id))


@needs(Right.READ_FIGURES)
def school_log(context: Context, asked: ListAsked) -> Report:
    """What the school did for attendance that is about no child, the newest first."""
    lines = map(_logged, read_school_log(context))
    sheet = Sheet("The school’s own log", LOG, lines, "Nothing is in the school’s own log.")
    return listed(context, asked, "school-log", [sheet])


def _logged(one: SchoolLine) -> Line:
    values: tuple[Value, ...] = (
        *(one.day, one.kind.label, one.what, one.who, one.version, one.approved, one.review),
        *(one.author.name if one.author else "", one.withdrawn),
    )
    return Line(values, str(one.entry))


@needs(Right.IMPORT)
def imports(context: Context, asked: ListAsked) -> Report:
    """Every file that was brought in, the newest first, as the page Import lists them; on a second sheet what was worth
    a second look."""
    runs = import_runs(context)
    sheets = [
        Sheet("Imports", IMPORTS, map(_import, runs), "Nothing was brought in from a file.", ALL_OR_NOTHING),
        Sheet("Worth a second look", SAID, [Line((one.at, one.file, said)) for one in runs for said in one.said]),
    ]
    return listed(context, asked, "imports", sheets)


def _import(one: ImportRun) -> Line:
    values: tuple[Value, ...] = (
        *(one.at, one.kind.label, one.file, one.author.name, one.author.position, one.rows, one.taken),
        *(one.added, one.changed, one.unchanged, one.left_out, one.why_left, one.sha256),
    )
    return Line(values)
