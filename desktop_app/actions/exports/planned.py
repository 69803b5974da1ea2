"""The lists of what was planned and agreed for children, and of the school’s own year."""

from __future__ import annotations

from desktop_app.actions.arrivals import arrivals as waiting_places
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
    text,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.habits import habits
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.planned import Planned, planned_of
from desktop_app.actions.roll import in_order, read_roll
from desktop_app.actions.school_year import periods
from desktop_app.context import Context
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.domain.report import Report, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.school import PeriodKind
from desktop_app.domain.sessions import school_year_end, school_year_start
from desktop_app.rules.display import long_date, short_date
from desktop_app.rules.groups import FLAG_WORDS, by_pupil, may_read

PLANS = (
    *(CHILD, CLASS, *text("Code", "What")),
    *(*days("From"), *text("Half"), *days("To"), *text("To half", "Stands")),
    *counts("Sessions", "Marked", "Marked otherwise", "Children together"),
    *text("Where", "Note", "Decided by"),
    *days("Decided on"),
)
ARRIVALS = (*days("Day"), *text("Half"), CHILD, CLASS, *text("Code", "What or where", "Whom to ring", "Said so far"))
FLAGS = (CHILD, CLASS, *text("Group", "More"), *days("From", "To"))
PATTERNS = (*text("Kind", "In words"), *counts("Sessions"), *text("Rests on"))
YEAR = (*text("Kind", "Name"), *days("First day", "Last day"), *text("Half", "Years", "Classes"))
KINDS = {
    PeriodKind.TERM: "term",
    PeriodKind.HOLIDAY: "holiday",
    PeriodKind.INSET: "INSET day",
    PeriodKind.CLOSURE: "closure",
    PeriodKind.SITE_CLOSED: "unexpected: site closed (Y4)",
    PeriodKind.PART_CLOSED: "unexpected: partly closed (Y3)",
}


@needs(Right.READ_PUPIL)
def plans(context: Context, asked: ListAsked) -> Report:
    """Every absence and attendance elsewhere that was planned for a child on roll, each child’s newest first."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    here = in_order(one for key in roll.plans if (one := roll.pupils[key]).on_roll(today))
    titles = {key: code.title for key, code in context.rulebook.codes.items()}
    lines = [
        Line((child.list_name, name, *_plan(one, titles)), str(one.plan.id), child.id, name)
        for child in here
        if asked.pupil in (0, child.id) and sees_child(context, roll, child.id)
        for name in [class_of(roll, child.id, today)]
        for one in planned_of(context, child.id)
    ]
    return listed(context, asked, "plans", [Sheet("Planned days", PLANS, lines, "Nothing is planned.")])


def _plan(one: Planned, titles: dict[str, str]) -> tuple[Value, ...]:
    of = one.plan
    return (
        *(of.code, titles.get(of.code, ""), of.first, of.first_half.value, of.last, of.last_half.value),
        *(one.state.value, one.sessions, one.marked, one.other, one.together),
        *(of.provider, of.note, of.decided_by, of.decided_on),
    )


@needs(Right.READ_REGISTER)
def arrivals(context: Context, asked: ListAsked) -> Report:
    """Of whom nobody has said yet whether they arrived elsewhere."""
    lines = [
        Line(
            (
                *(place.session.day, place.session.half.value, one.pupil.list_name, one.class_name, place.code),
                *(place.about, " ".join(filter(None, (place.provider, place.phone))), one.said),
            ),
            pupil=one.pupil.id,
            class_name=one.class_name,
        )
        for place in waiting_places(context)
        for one in place.pupils
    ]
    sheet = Sheet("Who arrived elsewhere", ARRIVALS, lines, "Of everybody it is known whether they arrived.")
    return listed(context, asked, "arrivals", [sheet])


@needs(Right.READ_PUPIL)
def flags(context: Context, asked: ListAsked) -> Report:
    """Every group a child on roll is, was or will be in, with its days; those of social care only to who reads them."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        known = by_pupil(reading.book.all(Flag))
    here = in_order(one for key in known if (one := roll.pupils[key]).on_roll(today))
    lines = [
        Line((child.list_name, name, _group(one), _more(one), one.first, one.last), str(one.id), child.id, name)
        for child in here
        if sees_child(context, roll, child.id)
        for name in [class_of(roll, child.id, today)]
        for one in sorted(known[child.id], key=lambda one: (one.first, one.id), reverse=True)
        if may_read(one, reads_care=context.reads_care)
    ]
    return listed(context, asked, "flags", [Sheet("Groups child by child", FLAGS, lines, "Nobody is in a group.")])


def _group(one: Flag) -> str:
    return one.value if one.kind is FlagKind.OTHER else FLAG_WORDS.get(one.kind, one.kind.value)


def _more(one: Flag) -> str:
    return "" if one.kind is FlagKind.OTHER else one.value


@needs(Right.READ_PUPIL)
def patterns(context: Context, asked: ListAsked) -> Report:
    """The patterns in one child’s attendance this school year, each with the sessions it rests on."""
    on = day_of(context, asked)
    lines = [
        Line(
            (
                *(one.kind.value.replace("-", " "), one.says, len(one.sessions) or None),
                ", ".join(f"{short_date(seen.day)} {seen.half.value} {seen.code}".rstrip() for seen in one.sessions),
            ),
            pupil=asked.pupil,
        )
        for one in habits(context, asked.pupil, on)
    ]
    return listed(context, asked, "patterns", [Sheet("Patterns", PATTERNS, lines, "No pattern was found.")])


@needs(Right.READ_REGISTER)
def school_year(context: Context, asked: ListAsked) -> Report:
    """Terms, holidays, INSET days and closures of the school year of a day."""
    on = day_of(context, asked)
    first, last = school_year_start(on), school_year_end(on)
    lines = [
        Line(
            (
                *(KINDS[one.kind], one.name, one.start, one.end, one.half.value if one.half else ""),
                *(", ".join(one.years), ", ".join(one.classes)),
            )
        )
        for one in periods(context, first, last)
    ]
    sheet = Sheet("The school year", YEAR, lines, "No day of this school year is put down.")
    return listed(context, asked, "school-year", [sheet], f"{long_date(first)} to {long_date(last)}")
