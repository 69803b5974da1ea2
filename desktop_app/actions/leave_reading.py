"""Reading leave: requests, what is to be known of each, and what stands beside the register where it was refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.actions.families import Families, read_families
from desktop_app.actions.leave_beside import KINDS
from desktop_app.actions.own_children import sees_child
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.leave import LeaveGround, LeaveList, LeaveRequest, LeaveState, Span
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Answer, Pupil
from desktop_app.domain.school import Setting
from desktop_app.domain.sessions import Session, school_year_start
from desktop_app.domain.triggers import TriggerSpec
from desktop_app.ports import BookReading, EntriesReading, Reading
from desktop_app.rules import leave as rules
from desktop_app.rules.display import date_year
from desktop_app.rules.expected import expected_sessions
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.unauthorised import offences

BOUND = "leave-regulation"
"""The key of the power that says which schools the regulation binds."""
EXCEPTIONAL = "exceptional"
"""The key of the ground of exceptional circumstances."""
WINDOW = "penalty-window"
"""The rule of the trigger that counts unauthorised sessions."""


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """One request as it is shown: whose, how many sessions it is, and what is to be known of it. `history` are the
    child’s other requests, `family` those of brothers and sisters, `same` of those the ones for the same days; `taken`
    are the sessions missed in days that were not granted, `clock` what they come to."""

    request: LeaveRequest
    child: Pupil
    class_name: str
    sessions: int
    says: str
    told: tuple[str, ...] = ()
    history: tuple[LeaveRequest, ...] = ()
    family: tuple[tuple[str, LeaveRequest], ...] = ()
    same: tuple[tuple[str, LeaveRequest], ...] = ()
    taken: tuple[Session, ...] = ()
    clock: str = ""


@dataclass(frozen=True, slots=True)
class LeavePage:
    """Every request: those that wait, by the day on which the leave begins, and those that were decided, newest first.
    `own`: the school decides by its own policy, and `policy` says so."""

    waiting: tuple[LeaveLine, ...]
    decided: tuple[LeaveLine, ...]
    grounds: tuple[LeaveGround, ...]
    listed: LeaveList | None
    policy: str = ""


def known_requests(entries: EntriesReading) -> tuple[LeaveRequest, ...]:
    """Every request there is."""
    return rules.requests(entries.all(kinds=KINDS))


def law_binds(context: Context, roll: Roll) -> bool:
    """Whether regulation 11 binds a school of this type."""
    power = context.rulebook.formalities.power(BOUND)
    return power is None or roll.school.type.value not in power.not_for


def school_list(context: Context, book: BookReading) -> LeaveList | None:
    """The school’s own published list of exceptional circumstances; where it has none, the pack’s, if it has one."""
    packs = context.pack(book.school()).leave_list
    own = next((one.value for one in book.all(Setting) if one.key == rules.LIST), "")
    if not own:
        return packs
    return LeaveList(tuple(own.split("; ")), packs.weeks if packs else 0, "The school’s own published list")


def read_page(context: Context, reading: Reading) -> LeavePage:
    """Every request whose child the present user sees."""
    roll = read_roll(reading.book)
    known = known_requests(reading.entries)
    seen = [one for one in known if one.pupil in roll.pupils and sees_child(context, roll, one.pupil)]
    families = read_families(reading.book, context.today())
    lines = [_line(context, reading, roll, families, one, known) for one in seen]
    waiting = [one for one in lines if one.request.state is LeaveState.WAITING]
    bound = law_binds(context, roll)
    power = context.rulebook.formalities.power(BOUND)
    return LeavePage(
        waiting=tuple(sorted(waiting, key=lambda one: (one.request.span.begins, one.request.entry))),
        decided=tuple(reversed([one for one in lines if one.request.state is not LeaveState.WAITING])),
        grounds=rules.grounds_for(context.rulebook.leave, bound=bound),
        listed=school_list(context, reading.book),
        policy="" if bound or power is None else power.instead,
    )


def read_line(context: Context, reading: Reading, roll: Roll, request: LeaveRequest) -> LeaveLine:
    """One request."""
    families = read_families(reading.book, context.today())
    return _line(context, reading, roll, families, request, known_requests(reading.entries))


def _line(
    context: Context,
    reading: Reading,
    roll: Roll,
    families: Families,
    request: LeaveRequest,
    known: Sequence[LeaveRequest],
) -> LeaveLine:
    law, child = context.rulebook.leave, roll.pupils[request.pupil]
    place = roll.place(child.id, max(context.today(), child.starting_day))
    listed = school_list(context, reading.book)
    waits = request.state is LeaveState.WAITING
    siblings = {one for one in families.siblings(child.id) if one in roll.pupils and sees_child(context, roll, one)}
    others = [one for one in reversed(known) if one.pupil in siblings]
    named = tuple((roll.pupils[one.pupil].name, one) for one in others)
    taken = _taken(context, reading, request)
    return LeaveLine(
        request=request,
        child=child,
        class_name=place.class_name if place else "",
        sessions=len(_expected(roll, child, request.span)),
        says=rules.state_words(request, law),
        told=(
            *rules.told(request, law, listed, _lives_with(families, request), bound=law_binds(context, roll)),
            *_beside(context, reading, roll, families, request),
        )
        if waits
        else (),
        history=tuple(one for one in reversed(known) if one.pupil == child.id and one.entry != request.entry),
        family=named,
        same=tuple(one for one in named if one[1].span.meets(request.span)),
        taken=tuple(Session(one.day, one.half) for one in taken),
        clock=_clock(context, reading, roll, child, taken),
    )


def _expected(roll: Roll, child: Pupil, span: Span) -> tuple[Session, ...]:
    held, weekly = roll.memberships.get(child.id, ()), roll.patterns.get(child.id, ())
    sessions = expected_sessions(child, held, weekly, roll.calendar, span.first, span.last)
    return tuple(one for one in sessions if span.covers(one))


def _beside(context: Context, reading: Reading, roll: Roll, families: Families, request: LeaveRequest) -> Iterator[str]:
    """What stands in the record beside a request that waits: who asks without responsibility, what is planned for the
    days already, marks that stand, days before the child starts or after it leaves, and leave it had this year."""
    for card in families.of(request.pupil):
        if card.person.id in request.persons and card.tie.responsibility is Answer.NO:
            yield f"{card.person.formal_name} has no parental responsibility by the record."
    sessions = _expected(roll, roll.pupils[request.pupil], request.span)
    for plan in roll.plans.get(request.pupil, ()):
        if any(map(plan.covers, sessions)):
            days = rules.span_words(Span(plan.first, plan.last, plan.first_half, plan.last_half))
            yield f"{plan.code} is planned then, {days}: end or change that first, or grant the other days."
    marks = reading.marks.between(request.span.first, request.span.last, [request.pupil])
    stand = sum(request.span.covers(Session(one.day, one.half)) for one in marks)
    if stand:
        have = "session has its mark" if stand == 1 else "sessions have their marks"
        yield f"It has begun: {stand} {have} already, which granting does not change."
    leaving = roll.pupils[request.pupil].leaving_day
    if leaving is not None and leaving < request.span.last:
        yield f"The child leaves on {date_year(leaving)}: nothing after it is leave."
    had = _leave_of_the_year(context, reading, request)
    if had:
        yield f"{count_words(had, 'session', 'sessions')} of exceptional leave this school year already (C)."


def _leave_of_the_year(context: Context, reading: Reading, request: LeaveRequest) -> int:
    first = school_year_start(request.span.first)
    marks = reading.marks.between(first, min(context.today(), request.span.first), [request.pupil])
    exceptional = {one.code for one in context.rulebook.leave.grounds if one.key == EXCEPTIONAL}
    return sum(one.code in exceptional and not request.span.covers(Session(one.day, one.half)) for one in marks)


def _lives_with(families: Families, request: LeaveRequest) -> bool | None:
    """Whether the child lives with one who asked; None where nobody is asked about."""
    ties = [card.tie for card in families.of(request.pupil) if card.person.id in request.persons]
    return any(one.lives_with is Answer.YES for one in ties) if ties else None


def _taken(context: Context, reading: Reading, request: LeaveRequest) -> list[Mark]:
    """The marks of absence in days that were asked for and not granted."""
    if request.state not in (LeaveState.REFUSED, LeaveState.PART):
        return []
    codes = context.rulebook.codes
    marks = reading.marks.between(request.span.first, request.span.last, [request.pupil])
    return [one for one in marks if request.refused(Session(one.day, one.half)) and codes[one.code].counts.absent]


def _clock(context: Context, reading: Reading, roll: Roll, child: Pupil, taken: Sequence[Mark]) -> str:
    """What refused leave that was taken comes to: the unauthorised sessions of the school weeks up to its last one."""
    spec = penalty_window(context, roll)
    if spec is None:
        return ""
    counted = spec.params["codes"].split()
    gone = offences(taken, counted, child.date_of_birth)
    if not gone:
        return ""
    last, weeks, needed = gone[-1].day, int(spec.params["weeks"]), int(spec.params["sessions"])
    first = roll.calendar.school_weeks(last, weeks)[0]
    found = offences(reading.marks.between(first, last, [child.id]), counted, child.date_of_birth)
    open_ = sum(one.code == "N" for one in found)
    provisional = f", {open_} of them still N" if open_ else ""
    reached = "a penalty notice must be considered" if len(found) >= needed else f"{needed - len(found)} to go"
    return (
        f"{count_words(len(gone), 'session', 'sessions')} taken without leave. {len(found)} of {needed} unauthorised "
        f"sessions in the {weeks} school weeks up to {date_year(last)}{provisional}: {reached}."
    )


def penalty_window(context: Context, roll: Roll) -> TriggerSpec | None:
    """The trigger that counts unauthorised sessions in a window of school weeks; None where there is none."""
    specs = context.rulebook.triggers_of(context.pack(roll.school))
    return next((one for one in specs if one.rule == WINDOW), None)
