"""Education supervision orders, referrals to the authority and its answers, and what a court does.

Sources: Children Act 1989 section 36 (an order is considered before a prosecution: Education Act 1996 section 447);
Magistrates' Courts Act 1980 section 127 (six months); practice 20, 21 and 25.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.actions.families import read_families
from desktop_app.actions.formal_checks import (
    check_each_parent,
    check_not_held,
    day_said,
    left_out,
    roll_with,
    said,
)
from desktop_app.actions.log_forms import follow
from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import CourtClock, NoticeScheme, NoticeState, Order
from desktop_app.domain.progress import Changes
from desktop_app.domain.referrals import AGAINST, EQUALITY, FOR, WHAT
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import Writing
from desktop_app.rules import orders as rules
from desktop_app.rules.age import compulsory
from desktop_app.rules.court_clock import court_clock, months_after
from desktop_app.rules.display import date_year
from desktop_app.rules.notices import notices, order_on, read_sessions, session_text, sessions_paid_for
from desktop_app.rules.session_lists import sessions_list

SESSIONS, REFERRAL = "sessions", "referral"
SENT_TO, HOW_SENT, GIVEN, BUNDLE, ANSWER_DUE = "to", "how", "given", "bundle", "answer_due"
"""In the details of a referral: to whom and how it went, the authority’s reference, our bundle’s, and the day on which
the authority is asked for its answer."""
ANSWERS = ("accepted", "not accepted", "answered")
"""What an authority answers to a referral."""
LAID, HEARD, ENDED = HEARINGS = ("information laid", "heard", "ended")
"""The course of a prosecution."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrderStep:
    """Something done about an education supervision order. `order` is the entry it adds to (0: none yet); `first` and
    `last` are its days where it is made, `last` alone where it is extended. Where it is varied its days stay."""

    pupil: int
    state: str
    why: str
    order: int = 0
    first: date | None = None
    last: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral to the authority about to be recorded as sent: of which parents, relying on which sessions; to whom
    and how it went, which reference was `given` back, and which `bundle` it was, where it was one. On the day `chase`,
    if there is one, somebody is to ask for the answer."""

    pupil: int
    referral: str
    parents: tuple[int, ...]
    sessions: tuple[Session, ...] = ()
    note: str = ""
    why_not: Mapping[int, str] = field(default_factory=dict[int, str])
    on: date | None = None
    to: str = ""
    how: str = ""
    given: str = ""
    bundle: str = ""
    chase: date | None = None


@needs(Right.WRITE_CASE)
def record_order(context: Context, step: OrderStep) -> tuple[int, Changes]:
    """Record that an order was considered, applied for, made, extended, varied, refused or ended. Raises `Refused`."""
    if step.state not in rules.STATES:
        raise Refused(f"Say what was done: {', '.join(rules.STATES)}.")
    on = day_said(context.today(), step.on)
    why = said(step.why, "Say why, or what the court said.")
    with context.store.writing(context.deed(f"supervision order {step.state}")) as writing:
        roll = roll_with(context, writing.book, step.pupil)
        if not compulsory(roll.pupils[step.pupil].date_of_birth, on):
            raise Refused("The child is not of compulsory school age, so there can be no such order.")
        root, details = _order_details(writing, step, on)
        recorded = writing.entries.add(
            NewEntry(
                EntryKind.SUPERVISION_ORDER,
                moment_of(context.now(), on),
                (step.pupil,),
                step.state,
                note=why,
                details={rules.STATE: step.state, **details},
                adds_to=root or None,
            )
        )
    return recorded, _changed(step.pupil)


def _order_details(writing: Writing, step: OrderStep, on: date) -> tuple[int, dict[str, str]]:
    root, entries = _root(writing, step), writing.entries.of(step.pupil)
    known = rules.orders(entries)
    standing = order_on(known, step.pupil, on)
    if step.state == rules.MADE:
        first = step.first or on
        last = step.last or _years(first, 1)
        if last < first:
            raise Refused(f"An order from {date_year(first)} cannot end on {date_year(last)}, before it begins.")
        if any(one.first <= last and first <= one.last for one in known):
            raise Refused("Another order stands in those days: extend it, or end it first.")
        return root, {rules.FIRST: first.isoformat(), rules.LAST: last.isoformat()}
    if step.state not in rules.OF_ONE_THAT_STANDS:
        return root, {}
    if standing is None:
        raise Refused(f"No order stands on {date_year(on)}.")
    made = writing.entries.get(standing.entry)
    return (made.adds_to or made.id) if made else root, _its_days(step, standing, on)


def _its_days(step: OrderStep, standing: Order, on: date) -> dict[str, str]:
    """The last day of an order that stands, where what is done about it changes that."""
    if step.state == rules.VARIED:
        return {}
    if step.state == rules.ENDED:
        return {rules.LAST: on.isoformat()}
    last = step.last or standing.last
    if last <= standing.last:
        raise Refused(f"It stands until {date_year(standing.last)} already: give a later day.")
    most = _years(standing.last + ONE_DAY, rules.LONGEST_EXTENSION)
    if last > most:
        raise Refused(f"A court extends an order by three years at most, so until {date_year(most)}: look at the day.")
    return {rules.LAST: last.isoformat()}


def _root(writing: Writing, step: OrderStep) -> int:
    if not step.order:
        return 0
    found = writing.entries.get(step.order)
    if found is None or found.kind is not EntryKind.SUPERVISION_ORDER or step.pupil not in found.pupils:
        raise Refused("There is no such entry of an order of this child.")
    return found.adds_to or found.id


def _years(first: date, years: int) -> date:
    """The last day of so many years from a day."""
    year = first.year + years
    leap = (first.month, first.day) == (2, 29)
    return (date(year, 3, 1) if leap else first.replace(year=year)) - ONE_DAY


@needs(Right.READ_CASE)
def orders_of(context: Context, pupil: int) -> tuple[Order, ...]:
    """The education supervision orders of a child that were made."""
    with context.store.reading() as reading:
        roll_with(context, reading.book, pupil)
        return rules.orders(reading.entries.of(pupil))


@needs(Right.WRITE_CASE)
def consider(
    context: Context, pupil: int, what: str, chosen: bool, why: str, on: date | None = None, *, equality: str = ""
) -> tuple[int, Changes]:
    """Record that a measure was considered, and decided for or against, with the reasons. `equality` is what was
    thought of under the Equality Act (2010, section 149): a disability of the child or a parent, what was adjusted."""
    day = day_said(context.today(), on)
    named = said(what, "Say what was considered.")
    reasons = said(why, "Say why.")
    details = {WHAT: named, EQUALITY: " ".join(equality.split())}
    with context.store.writing(context.deed("consider")) as writing:
        roll_with(context, writing.book, pupil)
        outcome = FOR if chosen else AGAINST
        new = NewEntry(
            EntryKind.CONSIDERED,
            moment_of(context.now(), day),
            (pupil,),
            outcome,
            note=reasons,
            details={key: text for key, text in details.items() if text},
        )
        recorded = writing.entries.add(new)
    return recorded, _changed(pupil)


@needs(Right.WRITE_CASE)
def refer(context: Context, new: NewReferral) -> tuple[int, CourtClock | None, Changes]:
    """Record that a referral of the school’s pack went to the authority, and how many days it leaves it. One whose
    every session is too old for a court is refused, and one that relies on sessions a parent paid a notice for."""
    on = day_said(context.today(), new.on)
    if new.chase is not None and new.chase <= on:
        raise Refused("The day on which to ask for the answer comes after that on which it went.")
    with context.store.writing(context.deed("refer to authority")) as writing:
        roll = roll_with(context, writing.book, new.pupil)
        check_not_held(writing.book, new.pupil, on)
        pack = context.pack(roll.school)
        wanted = pack.referral(new.referral)
        if wanted is None:
            known = ", ".join(one.key for one in pack.referrals)
            raise Refused(f"The {pack.title} pack has no referral “{new.referral}”; it has {known}.")
        cards = read_families(writing.book, on, [new.pupil]).of(new.pupil)
        check_each_parent(cards, new.parents, new.why_not)
        clock = court_clock(new.sessions, on, roll.calendar, context.rulebook.formalities.court_months)
        _check_relied(writing, new, clock, on)
        details = {
            REFERRAL: wanted.key,
            "pack": pack.key,
            "version": pack.version,
            SESSIONS: session_text(new.sessions),
            "why_not": left_out(cards, new.why_not),
            "last": clock.last.isoformat() if clock else "",
            "left": str(clock.left) if clock else "",
            SENT_TO: new.to, HOW_SENT: new.how, GIVEN: new.given, BUNDLE: new.bundle,
            ANSWER_DUE: new.chase.isoformat() if new.chase else "",
        }  # fmt: skip
        sent = NewEntry(
            EntryKind.LA_REFERRAL,
            moment_of(context.now(), on),
            (new.pupil,),
            "sent",
            new.parents,
            note=" ".join(filter(None, [new.note.strip(), clock.says if clock else ""])),
            details={key: text for key, text in details.items() if text},
        )
        recorded = writing.entries.add(sent)
        follow(context.rulebook.kinds, writing, sent, recorded)
    return recorded, clock, _changed(new.pupil, tasks=True)


def _check_relied(writing: Writing, new: NewReferral, clock: CourtClock | None, on: date) -> None:
    if clock is not None and clock.left < 0:
        raise Refused(clock.says)
    entries = writing.entries.of(new.pupil)
    if new.sessions and (order := order_on(rules.orders(entries), new.pupil, on)):
        raise Refused(
            f"An education supervision order stands until {date_year(order.last)}: no court is asked meanwhile."
        )
    known = notices(entries)
    for parent in new.parents:
        paid = sessions_paid_for(known, new.pupil, parent) & set(new.sessions)
        if paid:
            raise Refused(f"A notice was paid for {sessions_list(paid)}: leave them out.")


@needs(Right.WRITE_CASE)
def record_answer(
    context: Context, referral: int, answer: str, words: str, on: date | None = None, *, given: str = ""
) -> tuple[int, Changes]:
    """Record what the authority answered to a referral, and the reference it gave. Nobody has to ask for it then."""
    if answer not in ANSWERS:
        raise Refused(f"Say what it answered: {', '.join(ANSWERS)}.")
    day = day_said(context.today(), on)
    with context.store.writing(context.deed("answer of authority")) as writing:
        first = writing.entries.get(referral)
        if first is None or first.kind is not EntryKind.LA_REFERRAL or first.adds_to is not None or first.withdrawn:
            raise Refused("There is no such referral.")
        roll_with(context, writing.book, first.pupils[0])
        _check_after(first, day)
        new = NewEntry(
            EntryKind.LA_REFERRAL,
            moment_of(context.now(), day),
            first.pupils,
            answer,
            first.persons,
            note=said(words, "Write down what it said."),
            details={GIVEN: given} if given else {},
            adds_to=first.id,
        )
        recorded = writing.entries.add(new)
        follow(context.rulebook.kinds, writing, new, recorded)
    return recorded, _changed(first.pupils[0], tasks=True)


@needs(Right.WRITE_CASE)
def record_hearing(
    context: Context, pupil: int, parent: int, state: str, words: str, *, begun: int = 0, on: date | None = None,
    sessions: tuple[Session, ...] = (),
) -> tuple[int, Changes]:  # fmt: skip
    """Record the course of a prosecution: information laid, within six months of the sessions; heard; ended. `begun`
    is the entry by which the information was laid."""
    if state not in HEARINGS:
        raise Refused(f"Say what happened: {', '.join(HEARINGS)}.")
    day = day_said(context.today(), on)
    with context.store.writing(context.deed(f"prosecution {state}")) as writing:
        roll = roll_with(context, writing.book, pupil)
        if state == LAID:
            _check_parent(writing, pupil, parent, day)
            if not sessions:
                raise Refused("Say for which sessions it is: the six months count from the earliest.")
            clock = court_clock(sessions, day, roll.calendar, context.rulebook.formalities.court_months)
            _check_relied(writing, NewReferral(pupil, "", (parent,), sessions), clock, day)
        else:
            first = writing.entries.get(begun)
            if (
                first is None or first.kind is not EntryKind.PROSECUTION or first.outcome != LAID
                or first.withdrawn is not None or pupil not in first.pupils
            ):  # fmt: skip
                raise Refused("Say which prosecution: that by which the information was laid.")
            if parent not in first.persons:
                raise Refused("That parent is not the one whose prosecution was begun: each has their own.")
            _check_after(first, day)
            _check_not_ended(writing, pupil, begun)
        new = NewEntry(
            EntryKind.PROSECUTION,
            moment_of(context.now(), day),
            (pupil,),
            state,
            (parent,) if parent else (),
            note=said(words, "Say what was laid, decided or said."),
            details={SESSIONS: session_text(sessions)} if sessions else {},
            adds_to=begun or None,
        )
        recorded = writing.entries.add(new)
    return recorded, _changed(pupil)


def _check_not_ended(writing: Writing, pupil: int, begun: int) -> None:
    entries = writing.entries.of(pupil)
    ends = [one for one in entries if one.adds_to == begun and one.outcome == ENDED and one.withdrawn is None]
    if ends:
        when = date_year(ends[-1].happened_at.date())
        raise Refused(f"That prosecution ended on {when}: a new one begins with the information that is laid.")


def _check_parent(writing: Writing, pupil: int, parent: int, day: date) -> None:
    cards = read_families(writing.book, day, [pupil]).of(pupil)
    others = {card.person.id: "not of this prosecution" for card in cards if card.person.id != parent}
    check_each_parent(cards, (parent,) if parent else (), others)


def _check_after(first: Entry, day: date) -> None:
    if day < first.happened_at.date():
        when = date_year(first.happened_at.date())
        raise Refused(f"That was on {when}: what came of it cannot be of {date_year(day)}.")


@needs(Right.READ_CASE)
def court_clock_of(context: Context, pupil: int, sessions: tuple[Session, ...] = ()) -> CourtClock | None:
    """The clock of a child: from the earliest of the sessions, or of those of its last referral, or of its notices that
    were not paid; those for which it is too late only where nothing else is left."""
    with context.store.reading() as reading:
        roll = roll_with(context, reading.book, pupil)
        relied = sessions or _relied(reading.entries.of(pupil))
    today, months = context.today(), context.rulebook.formalities.court_months
    live = [one for one in relied if months_after(one.day, months) >= today]
    return court_clock(live or relied, today, roll.calendar, months)


def _relied(entries: list[Entry]) -> tuple[Session, ...]:
    """The sessions of the newest referral that names some, and of the notices for absence that were not paid."""
    referred = [one for one in entries if one.kind is EntryKind.LA_REFERRAL and one.withdrawn is None]
    named = next((text for one in reversed(referred) if (text := one.details.get(SESSIONS, ""))), "")
    unpaid = [
        one
        for one in notices(entries)
        if one.scheme is NoticeScheme.ABSENCE and one.state in (NoticeState.ISSUED, NoticeState.UNPAID)
    ]
    of_notices = [session for one in unpaid for session in one.sessions]
    return tuple(dict.fromkeys([*(read_sessions(named) if named else ()), *of_notices]))


def _changed(pupil: int, *, tasks: bool = False) -> Changes:
    return Changes(entries=True, book=tasks, pupils=frozenset({pupil}))
