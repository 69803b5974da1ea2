"""The lists of what is to be done: who meets a threshold, whom to call, what is owed, who changed band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from desktop_app.actions.agenda import AgendaKind, AgendaLine, agenda
from desktop_app.actions.calling import SEE_DSL, CallPupil, Family
from desktop_app.actions.crossings import crossings as read_crossings, since_last_week
from desktop_app.actions.early_calls import early_list
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    counts,
    day_of,
    days,
    listed,
    text,
    worked_out,
    yes,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.needs import needs
from desktop_app.actions.roll import read_roll
from desktop_app.actions.today import today
from desktop_app.actions.watch_list import WatchLine, watch_list
from desktop_app.actions.watching import due
from desktop_app.context import Context
from desktop_app.domain.calls import EarlyLine
from desktop_app.domain.crossings import Crossing
from desktop_app.domain.report import Report, ReportColumn, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.triggers import Seen
from desktop_app.rules.display import long_date, short_date

WATCH = (
    *(*text("Child or class"), CLASS, *text("What", "Why"), *days("Since", "By"), *text("Overdue", "New")),
    *counts("Sessions"),
    *text("Rests on", "Source"),
)
CALLING = (
    *(CHILD, CLASS, *counts("Sessions without a reason"), *days("Since"), *text("Sessions", "Whom to call", "Number")),
    *text("Last done", "Call first because", "Must be told", "What follows"),
)
EARLY = (
    *(CHILD, CLASS, *days("On the list since", "Looked at again"), *text("Why", "Whom to ring", "Number", "Last done")),
    *counts("Mornings before", "on time before", "Mornings since", "on time since"),
)
TASKS = (
    *text("Kind"),
    CHILD,
    CLASS,
    *text("What"),
    *days("Due"),
    *text("Overdue", "Who has it", "Who should", "Source"),
)
OWED = {
    AgendaKind.TASK: "task",
    AgendaKind.REVIEW: "review",
    AgendaKind.RESUME: "pause that ends",
    AgendaKind.MEETING: "meeting to arrange",
    AgendaKind.ASK: "asked of the step",
    AgendaKind.STAY: "longest time in a step",
}
PERCENT = tuple(ReportColumn(one, Unit.PERCENT) for one in ("Attendance then", "Attendance now"))
CROSSINGS = (CHILD, CLASS, *text("From", "To", "Better"), *PERCENT, *counts("Sessions"), *text("Because of"))


def _seen(sessions: Sequence[Seen]) -> str:
    return ", ".join(f"{short_date(one.day)} {one.half.value} {one.code or 'no mark'}" for one in sessions)


@needs(Right.READ_PUPIL)
def watch(context: Context, asked: ListAsked) -> Report:
    """Who meets a threshold, a return that is due, a review; of today as the watch list has it, of another day without
    what it says of today."""
    on = day_of(context, asked)
    if on == context.today():
        lines = [_watched(one) for one in worked_out(watch_list(context)).lines]
    else:
        with context.store.reading() as reading:
            roll = read_roll(reading.book)
        found = due(context, on)
        places = {one.pupil: roll.place(one.pupil, on) for one in found if one.pupil}
        lines = [
            _watched(
                WatchLine(
                    one,
                    roll.pupils.get(one.pupil),
                    place.class_name if (place := places.get(one.pupil)) else one.class_name,
                    new=False,
                    overdue=one.due is not None and one.due < on,
                )
            )
            for one in found
        ]
    sheet = Sheet("Watch list", WATCH, lines, "No trigger of the law, the authority or the policy is met.")
    return listed(context, asked, "watch", [sheet], f"As it is on {long_date(on)}")


def _watched(line: WatchLine) -> Line:
    one = line.trigger
    values: tuple[Value, ...] = (
        *(line.who, line.class_name, one.title, one.says, one.since, one.due, yes(line.overdue), yes(line.new)),
        *(len(one.sessions) or None, _seen(one.sessions), one.source),
    )
    return Line(values, line.key, one.pupil, line.class_name)


@needs(Right.READ_LOG)
def calling(context: Context, asked: ListAsked) -> Report:
    """Whom to call today, in the order to do it. Of a family on hold there is only that the safeguarding lead is to be
    asked."""
    lines = [line for one in today(context).calling for line in _to_call(one)]
    sheet = Sheet("Calling list", CALLING, lines, "Every absence has its reason.")
    return listed(context, asked, "calling", [sheet], long_date(context.today()))


def _to_call(family: Family) -> Iterator[Line]:
    for child in family.pupils:
        which = ", ".join(f"{short_date(one.day)} {one.half.value}" for one in child.sessions)
        values: tuple[Value, ...] = (
            *(child.pupil.list_name, child.class_name, len(child.sessions)),
            *(child.sessions[0].day if child.sessions else None, which, *_whom(family)),
            *(("", "", "", "") if family.held else _done(family, child)),
        )
        yield Line(values, str(child.pupil.id), child.pupil.id, child.class_name)


def _done(family: Family, child: CallPupil) -> tuple[str, str, str, str]:
    """What was done last, why the child comes first, who must be told, and what follows."""
    return family.last_words, ", ".join(child.first_because), ", ".join(child.untold), family.step


def _whom(family: Family) -> tuple[str, str]:
    """Whom to ring, and the number."""
    if family.held:
        return SEE_DSL, ""
    dial = family.dial
    return (f"{dial.person.formal_name} ({dial.relation})", family.number) if dial else ("nobody with a number", "")


@needs(Right.READ_LOG)
def early(context: Context, asked: ListAsked) -> Report:
    """Whom to ring before school, and whether it helped."""
    found = early_list(context, day_of(context, asked))
    families = {child.pupil.id: one for one in found.families for child in one.pupils}
    lines = [_early(one, families.get(one.pupil.id)) for one in found.lines]
    sheet = Sheet("Early calls", EARLY, lines, "Nobody is on the early-call list.")
    return listed(context, asked, "early-calls", [sheet], f"The list of {long_date(found.on)}")


def _early(line: EarlyLine, family: Family | None) -> Line:
    spell, held = line.spell, line.held or (family is not None and family.held)
    whom = (SEE_DSL, "") if held else _whom(family) if family else ("", "")
    values: tuple[Value, ...] = (
        *(line.pupil.list_name, line.class_name, spell.first, spell.review, spell.reason, *whom),
        *(family.last_words if family and not held else "",),
        *(line.before.counted, line.before.on_time, line.since.counted, line.since.on_time),
    )
    return Line(values, str(line.pupil.id), line.pupil.id, line.class_name)


@needs(Right.READ_LOG)
def tasks(context: Context, asked: ListAsked) -> Report:
    """What is owed, by whom and by when, up to a day where one is named."""
    lines = [_owed(one) for one in agenda(context, to=asked.on)]
    until = f"Due up to {long_date(asked.on)}" if asked.on else "Everything that is owed"
    return listed(context, asked, "tasks", [Sheet("Tasks and agenda", TASKS, lines, "Nothing is owed.")], until)


def _owed(one: AgendaLine) -> Line:
    values: tuple[Value, ...] = (
        *(OWED[one.kind], one.pupil.list_name, one.class_name, one.title, one.due, yes(one.overdue)),
        *(one.owner_name or "nobody", one.who, one.source),
    )
    return Line(values, "", one.pupil.id, one.class_name)


@needs(Right.READ_PUPIL)
def crossings(context: Context, asked: ListAsked) -> Report:
    """Who went from one band to another between two days: from the end of the week before, where no first day is
    named."""
    on = day_of(context, asked)
    first = asked.first or min(since_last_week(on)[0], on - timedelta(days=1))
    lines = [_crossed(one) for one in read_crossings(context, first, on)]
    sheet = Sheet("Band crossings", CROSSINGS, lines, "Nobody changed band.")
    return listed(context, asked, "crossings", [sheet], f"From {long_date(first)} to {long_date(on)}")


def _crossed(one: Crossing) -> Line:
    values: tuple[Value, ...] = (
        *(one.pupil.list_name, one.class_name, one.was.title, one.now.title, yes(one.better)),
        *(one.before.attendance, one.after.attendance, len(one.sessions) or None, _seen(one.sessions)),
    )
    return Line(values, str(one.pupil.id), one.pupil.id, one.class_name)
