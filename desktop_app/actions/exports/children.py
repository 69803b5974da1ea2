"""The lists of children: who is on roll, whom to call for each, who comes for fewer than all sessions, and groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.actions.calling import SEE_DSL, with_held
from desktop_app.actions.exports.listed import (
    CHILD,
    CLASS,
    Line,
    Sheet,
    as_of,
    class_of,
    counts,
    day_of,
    days,
    listed,
    text,
    worked_out,
    yes,
)
from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.families import namable
from desktop_app.actions.group_list import group_list
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.protected import read_protected
from desktop_app.actions.pupils import PupilRow, pupil_list
from desktop_app.actions.roll import Roll, in_order, read_roll
from desktop_app.context import Context
from desktop_app.domain.people import Answer, ChannelKind, Pattern, PatternKind, Pupil
from desktop_app.domain.report import Report, ReportColumn, Unit, Value
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import TOO_EARLY, long_date
from desktop_app.rules.protected import Protected

ATTENDANCE = ReportColumn("Attendance", Unit.PERCENT)
PUPILS = (
    *text("Surname", "Forename", "Class", "Year"),
    *days("Born", "On roll since"),
    *text("UPN", "Admission number", "Sex"),
    ATTENDANCE,
    *counts("Sessions missed", "of possible", "Authorised", "Unauthorised", "Late"),
    *text("Band", "Absence", "Flags"),
)
CONTACTS = (
    CHILD,
    CLASS,
    *text("Contact", "Relationship"),
    *counts("Order to call"),
    *text("Parental responsibility", "Lives with the child", "Telephone", "Other telephones", "E-mail", "Address"),
    *text("May be called", "May collect", "Language", "Interpreter"),
    *days("Last checked"),
)
HALF_DAYS = tuple(f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("AM", "PM"))
TIMETABLES = (
    *(CHILD, CLASS, *text("Kind"), *days("From", "To"), *counts("Sessions a week"), *text(*HALF_DAYS)),
    *text("Code", "Where", "Agreed with"),
    *days("Agreed on"),
    *text("For", "Reviews", "Who was told", "Hours a week"),
)
KINDS = {
    PatternKind.PART_TIME: "Part-time",
    PatternKind.NURSERY: "Nursery",
    PatternKind.DUAL: "At another school too",
    PatternKind.ALTERNATIVE: "Alternative provision",
}
GROUPS = (
    *text("Group"),
    *counts("On roll", "Left since"),
    *(ATTENDANCE, ReportColumn("Rest of the school", Unit.PERCENT), ReportColumn("Difference", Unit.POINTS)),
    *counts("Persistently absent", "Severely absent", "of"),
)
TOO_SMALL = "Where a group is small, a rate says little: one child may be most of it."


@needs(Right.READ_PUPIL)
def pupils(context: Context, asked: ListAsked) -> Report:
    """Everyone on roll that day with the figures since 1 September, as the page Pupils lists them."""
    on = day_of(context, asked)
    lines = map(_pupil, pupil_list(as_of(context, asked)))
    return listed(
        context,
        asked,
        "pupils",
        [Sheet("Pupils on roll", PUPILS, lines, "Nobody is on roll.")],
        f"Sessions from {long_date(school_year_start(on))} to {long_date(on)}",
    )


def _pupil(row: PupilRow) -> Line:
    child, of = row.pupil, row.figures
    values: tuple[Value, ...] = (
        *(child.surname, child.forename, row.class_name, row.year, child.date_of_birth, child.starting_day),
        *(child.upn, child.admission_number, child.sex),
        *(of.attendance, of.absent, of.possible, of.authorised, of.unauthorised, of.late),
        *(row.band.title if row.band else "", _absence(row), ", ".join(row.flags)),
    )
    return Line(values, str(child.id), child.id, row.class_name)


def _absence(row: PupilRow) -> str:
    if row.persistent and row.too_early:
        return TOO_EARLY
    return "severe" if row.severe else "persistent" if row.persistent else ""


@needs(Right.READ_PUPIL)
def contacts(context: Context, asked: ListAsked) -> Report:
    """Everybody to call for each child on roll. Nobody whom a court keeps from a child is among them; a protected
    address is held by the school, whoever asks; and of a family on hold there is only that the safeguarding lead is to
    be asked."""
    today = context.today()
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        here = _seen(context, roll, [one for one in roll.pupils.values() if one.on_roll(today)])
        families, held = with_held(reading.book, today, [one.id for one in here])
        names = {one.id: namable(reading.book, {one.id}) for one in here}
        safe = read_protected(reading.book, today)
    lines = [
        line
        for child in here
        for line in _contacts(
            child,
            class_of(roll, child.id, today),
            None if child.id in held else [one for one in families.of(child.id) if one.person.id in names[child.id]],
            safe,
        )
    ]
    return listed(context, asked, "contacts", [Sheet("Contacts", CONTACTS, lines, "No contact is down.")])


def _seen(context: Context, roll: Roll, children: Sequence[Pupil]) -> list[Pupil]:
    return in_order(one for one in children if sees_child(context, roll, one.id))


def _contacts(child: Pupil, class_name: str, cards: Sequence[ContactCard] | None, safe: Protected) -> Iterator[Line]:
    """A line for each contact; where there is none, or the family is on hold (None), one that says so."""
    if not cards:
        said = SEE_DSL if cards is None else "nobody is down"
        yield Line((child.list_name, class_name, said, *("",) * (len(CONTACTS) - 3)), "", child.id, class_name)
        return
    for card in map(safe.of_card, cards):
        tie, person = card.tie, card.person
        phones = [one.value for one in card.channels if one.kind is ChannelKind.PHONE]
        mails = [one.value for one in card.channels if one.kind is ChannelKind.EMAIL]
        checked = [one.checked for one in card.channels if one.checked]
        values: tuple[Value, ...] = (
            *(child.list_name, class_name, person.formal_name, tie.relationship, tie.priority),
            *(_answer(tie.responsibility), _answer(tie.lives_with)),
            *(next(iter(phones), ""), ", ".join(phones[1:]), ", ".join(mails), person.address.one_line),
            *(yes(tie.may_contact), yes(tie.may_collect), person.language, yes(person.interpreter)),
            max(checked, default=None),
        )
        yield Line(values, "", child.id, class_name)


def _answer(said: Answer) -> str:
    return "not known" if said is Answer.UNKNOWN else said.value


@needs(Right.READ_PUPIL)
def timetables(context: Context, asked: ListAsked) -> Report:
    """Every timetable of fewer than all sessions that stands on the day, or begins later. Whether a social worker was
    told is said to those who read what social care does."""
    on = day_of(context, asked)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
    children = _seen(context, roll, [roll.pupils[key] for key in roll.patterns if roll.pupils[key].on_roll(on)])
    lines = [
        _timetable(child, class_of(roll, child.id, on), one, reads_care=context.reads_care)
        for child in children
        for one in sorted(roll.patterns[child.id], key=lambda one: one.first)
        if one.last is None or one.last >= on
    ]
    sheet = Sheet("Timetables", TIMETABLES, lines, "Everybody is expected for every session.")
    return listed(context, asked, "timetables", [sheet], f"In force on {long_date(on)} or to begin")


def _timetable(child: Pupil, class_name: str, one: Pattern, *, reads_care: bool) -> Line:
    kind = next((words for known, words in KINDS.items() if known == one.kind), one.kind)
    values: tuple[Value, ...] = (
        *(child.list_name, class_name, kind, one.first, one.last, one.expected.count("1")),
        *("expected" if one.expected[at : at + 1] == "1" else "" for at in range(len(HALF_DAYS))),
        *(one.code, " ".join(filter(None, (one.provider, one.note))), one.agreed_with, one.agreed_on),
        *(one.purpose, ", ".join(one.reviews), one.told if reads_care else "", one.hours),
    )
    return Line(values, "", child.id, class_name)


@needs(Right.READ_PUPIL)
def groups(context: Context, asked: ListAsked) -> Report:
    """Every group that the present user may read of, with its figures, and on a second sheet who is in it."""
    on = day_of(context, asked)
    first = asked.first or school_year_start(on)
    found = worked_out(group_list(context, first, on))
    told = [
        Line(
            (
                *(one.group.title, one.here, one.gone, one.attendance, one.rest, one.gap),
                *((one.persistent, one.severe, one.told) if one.beside and not one.too_early else (None, None, None)),
            ),
            one.group.key,
        )
        for one in found.lines
    ]
    inside = [
        Line((one.group.title, child.list_name, name), f"{one.group.key} {child.id}", child.id, name)
        for one in found.lines
        for child, name in one.members
    ]
    sheets = [
        Sheet("Groups", GROUPS, told, "There is no group.", TOO_SMALL),
        Sheet("Who is in them", (*text("Group"), CHILD, CLASS), inside, "Nobody is in a group."),
    ]
    return listed(context, asked, "groups", sheets, f"Sessions from {long_date(first)} to {long_date(on)}")
