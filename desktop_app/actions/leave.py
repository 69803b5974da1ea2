"""Leave of absence: asked for, taken back, decided. What is granted is planned; what is refused is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.actions.families import namable, read_families
from desktop_app.actions.leave_beside import due_in
from desktop_app.actions.leave_deeds import (
    ask_to_decide,
    ask_to_write,
    close_tasks_of,
    end_granted,
    may_take_back,
    plan_granted,
)
from desktop_app.actions.leave_reading import (
    LeaveLine,
    LeavePage,
    known_requests,
    law_binds,
    read_line,
    read_page,
)
from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import Roll, read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import LeaveRequest, LeaveState, NewDecision, NewLeave, Span
from desktop_app.domain.people import Pupil, Tie
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.ports import BookReading, Writing
from desktop_app.rules import leave as rules
from desktop_app.rules.age import over_compulsory

GONE = "That request is not in the chronology."
LONGEST = 2000


@needs(Right.READ_LOG)
def leave_page(context: Context) -> LeavePage:
    """Every request whose child the present user sees: those that wait first, the earliest leave before the later."""
    with context.store.reading() as reading:
        return read_page(context, reading)


@needs(Right.READ_LOG)
def leave_line(context: Context, request: int) -> LeaveLine:
    """One request, with what is to be known before it is decided and what the child and the family asked for before.
    Raises `Refused` where it is not there."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        found = _find(known_requests(reading.entries), request)
        check_children(context, roll, [found.pupil])
        return read_line(context, reading, roll, found)


@needs(Right.LOG)
def ask_leave(context: Context, pupils: Sequence[int], new: NewLeave) -> tuple[tuple[int, ...], Changes]:
    """Put down that leave was asked for, of one child or of several of a family: a request for each, all or none.
    Raises `Refused`, and nothing is changed, for days that are over (unless it is said that it was asked late), beyond
    the calendar or without a session, for whoever is no contact of the child, and for days asked for already."""
    context.require(Right.READ_LOG)
    if not pupils:
        raise Refused("Say for which child it is asked.")
    with context.store.writing(context.deed("ask for leave")) as writing:
        roll = read_roll(writing.book)
        known = known_requests(writing.entries)
        made = tuple(_ask(context, writing, roll, pupil, new, known) for pupil in dict.fromkeys(pupils))
    return made, Changes(entries=True, pupils=frozenset(pupils))


@needs(Right.LOG)
def take_back_leave(context: Context, request: int, words: str) -> tuple[int, Changes]:
    """The parent does not want the leave any more; `words` say who said so and how. Of leave that was granted the days
    from today on are planned no more; those before stand, as their marks do. A refusal is not taken back."""
    if not words.strip():
        raise Refused("Say who took it back, and how.")
    with context.store.writing(context.deed("leave taken back")) as writing:
        found = _find(known_requests(writing.entries), request)
        check_children(context, read_roll(writing.book), [found.pupil])
        if not may_take_back(found):
            raise Refused(f"This request was {found.state.value} already: there is nothing to take back.")
        ended = end_granted(context, writing, found.decided)
        entry = writing.entries.add(
            NewEntry(
                EntryKind.LEAVE_REQUEST,
                context.now(),
                (found.pupil,),
                LeaveState.TAKEN_BACK.value,
                found.persons,
                note=words.strip(),
                adds_to=found.entry,
            )
        )
        close_tasks_of(writing, found, entry)
    return entry, Changes(marks=ended, entries=True, book=True, pupils=frozenset({found.pupil}))


@needs(Right.GRANT_LEAVE)
def decide_leave(context: Context, request: int, new: NewDecision) -> tuple[int, Changes]:
    """Decide a request. What is granted is planned at once, with its ground’s code, who asked and who gave it; what is
    refused stands beside the register from then on, and G is proposed if it is taken. A task for each parent says that
    the letter is to be written. Decided `again`, the days of the decision before are planned no more from today on.
    Raises `Refused`, and nothing is changed, where the regulation has no such ground."""
    with context.store.writing(context.deed("decide leave", new.reasons.strip())) as writing:
        roll = read_roll(writing.book)
        found = _find(known_requests(writing.entries), request)
        check_children(context, roll, [found.pupil])
        law, due = context.rulebook.leave, due_in(roll, found.pupil, found.span)
        fault = rules.deciding_fault(found, new, law, due, context.today(), bound=law_binds(context, roll))
        if fault:
            raise Refused(fault)
        spans = rules.granted_spans(found, new)
        ended = end_granted(context, writing, found.decided)
        ground, opens = law.ground(new.ground), context.today() if found.decided else found.span.first
        plans = plan_granted(context, writing, found, ground, spans, opens) if ground else ()
        entry = writing.entries.add(_decision(context, found, new, spans, plans))
        close_tasks_of(writing, found, entry)
        ask_to_write(context, writing, found, new, entry)
    return entry, Changes(marks=ended or bool(plans), entries=True, book=True, pupils=frozenset({found.pupil}))


@needs(Right.OPEN)
def leave_list(context: Context) -> tuple[str, ...]:
    """The school's own published list of exceptional circumstances; empty: it has none, and the pack's stands."""
    with context.store.reading() as reading:
        said = next((one.value for one in reading.book.all(Setting) if one.key == rules.LIST), "")
    return tuple(filter(None, said.split("; ")))


@needs(Right.SETTINGS)
def set_leave_list(context: Context, items: Sequence[str]) -> Changes:
    """The school’s own published list of exceptional circumstances; none: there is none."""
    said = "; ".join(filter(None, (" ".join(one.replace(";", ",").split()) for one in items)))
    if len(said) > LONGEST:
        raise Refused(f"The list is too long: {LONGEST} characters at most.")
    with context.store.writing(context.deed("list of exceptional circumstances")) as writing:
        before = next((one.value for one in writing.book.all(Setting) if one.key == rules.LIST), "")
        if said == before:
            return Changes()
        writing.book.put(Setting(rules.LIST, said))
    return Changes(book=True)


def _ask(
    context: Context, writing: Writing, roll: Roll, pupil: int, new: NewLeave, known: Sequence[LeaveRequest]
) -> int:
    child = roll.pupils.get(pupil)
    if child is None:
        raise Refused("That pupil is not on the admission register.")
    check_children(context, roll, [pupil])
    by = _askers(context, writing.book, child, new)
    school_days = roll.calendar.school_days(new.span.first, date.max)
    ends = school_days[-1] if school_days else None
    fault = rules.asking_fault(new, context.today(), ends, due_in(roll, pupil, new.span))
    if fault:
        raise Refused(f"{child.name}: {fault}")
    before = rules.overlapping(new.span, (one for one in known if one.pupil == pupil))
    if before is not None:
        how = (
            "waits"
            if before.state is LeaveState.WAITING
            else f"was {before.state.value}. If more is known now, decide that request again"
        )
        raise Refused(f"{child.name}: leave for {rules.span_words(before.span)} was asked for already, and {how}.")
    details = {**rules.ends_details(new.span), rules.ASKED_ON: new.asked_on.isoformat(), rules.BY: by}
    details |= {rules.EVIDENCE: new.evidence.strip()} if new.evidence.strip() else {}
    details |= {rules.LATE: "yes"} if new.late else {}
    happened = moment_of(context.now(), new.asked_on)
    entry = writing.entries.add(
        NewEntry(
            EntryKind.LEAVE_REQUEST, happened, (pupil,), rules.ASKED, new.persons, note=new.reason.strip(),
            details=details,
        )
    )  # fmt: skip
    ask_to_decide(context, writing, pupil, entry, f"{rules.span_words(new.span)}, asked for by {by}")
    return entry


def _askers(context: Context, book: BookReading, child: Pupil, new: NewLeave) -> str:
    """Who asks, as they are called: parents of the child, or the pupil who is over compulsory school age.

    Source: regulation 11 (a parent with whom the pupil normally lives asks); Education Act 1996 section 576.
    """
    families = read_families(book, context.today(), [child.id])
    known = {card.person.id: card for card in families.of(child.id)}
    away = {tie.person for tie in book.all(Tie) if tie.pupil == child.id and tie.no_contact}
    if any(one not in known or one in away or one not in namable(book, [child.id]) for one in new.persons):
        raise Refused(f"{child.name}: that person is not a contact of the child. A parent asks for leave.")
    for one in new.persons:
        if not known[one].is_parent:
            raise Refused(
                f"{child.name}: {known[one].person.formal_name} is not recorded as a parent, neither by responsibility "
                "nor by care of the child. A parent asks for leave."
            )
    if new.persons:
        return ", ".join(known[one].person.formal_name for one in new.persons)
    if not over_compulsory(child.date_of_birth, new.span.first):
        raise Refused(f"Say which parent asks: {child.name} is not over compulsory school age.")
    return child.name


def _decision(
    context: Context, found: LeaveRequest, new: NewDecision, spans: Sequence[Span], plans: Sequence[int]
) -> NewEntry:
    details = {**rules.ends_details(found.span), rules.DECIDED_BY: context.staff.name}
    if spans:
        details |= {rules.GROUND: new.ground, rules.GRANTED: "; ".join(map(rules.span_text, spans))}
        details |= {rules.PLANS: "; ".join(map(str, plans))}
    if new.listed.strip():
        details[rules.LISTED] = new.listed.strip()
    return NewEntry(
        EntryKind.LEAVE_DECISION, context.now(), (found.pupil,), new.state.value, found.persons,
        note=new.reasons.strip(), details=details, adds_to=found.entry,
    )  # fmt: skip


def _find(known: Sequence[LeaveRequest], request: int) -> LeaveRequest:
    found = next((one for one in known if one.entry == request), None)
    if found is None:
        raise Refused(GONE)
    return found
