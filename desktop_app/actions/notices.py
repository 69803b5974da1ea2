"""The deeds of the penalty-notice ledger: asked for, decided against, and what became of each notice.

The ledger is checked inside the transaction that writes, so that no order of deeds, and no second window, can bring a
parent a third notice for a child within three years. A notice is its first entry; each that follows adds to it.

Sources: Education Act 1996 sections 444 to 444B and 576; the Education (Penalty Notices) (England) Regulations 2007 as
amended by SI 2024/210; the national framework in "Working together to improve school attendance"; practice 20 and 21.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.actions.formal_checks import day_said, roll_with, said
from desktop_app.actions.moments import moment_of
from desktop_app.actions.needs import needs
from desktop_app.actions.notice_ledger import NoticeLedger, read_ledger
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import Notice, NoticeScheme, NoticeState
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.ports import Writing
from desktop_app.rules import notices as folded
from desktop_app.rules.notice_asking import Asking, faults_of
from desktop_app.rules.notice_course import OUTCOMES, fault_of_step, fault_of_undoing

WHY_NOT, EQUALITY = "why_not", "equality"
"""The details that say why another parent is not asked a notice for, and what was thought of the Equality Act duty."""


@dataclass(frozen=True, slots=True)
class AskNotice:
    """What is asked for, or decided against: of which parents for a child, for which sessions, and why. `why_not` says,
    by number, why a parent is left out; `equality` what was thought of under the Equality Act: a disability of the
    child or the parent, and what was done about it."""

    pupil: int
    parents: tuple[int, ...]
    sessions: tuple[Session, ...]
    reasons: str
    equality: str
    why_not: Mapping[int, str] = field(default_factory=dict[int, str])
    scheme: NoticeScheme = NoticeScheme.ABSENCE
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a notice, on which day. `received` is the day of receipt, where it is known with the issue."""

    state: NoticeState
    on: date
    received: date | None = None
    reference: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A notice that is known from another school."""

    pupil: int
    parent: int
    issued: date
    school: str
    state: NoticeState = NoticeState.ISSUED
    received: date | None = None
    reference: str = ""
    sessions: tuple[Session, ...] = ()
    scheme: NoticeScheme = NoticeScheme.ABSENCE


@needs(Right.ASK_NOTICE)
def ask_notice(context: Context, asked: AskNotice) -> tuple[tuple[int, ...], Changes]:
    """Ask the authority for a penalty notice to each of some parents, each an entry of its own. Everything that speaks
    against it is checked with what is recorded at that moment, and refused in words."""
    return _asked(context, asked, NoticeState.ASKED)


@needs(Right.ASK_NOTICE)
def decide_against(context: Context, asked: AskNotice) -> tuple[tuple[int, ...], Changes]:
    """Record that a notice was considered and decided against, with the reasons. It counts as no notice."""
    return _asked(context, asked, NoticeState.DECIDED_AGAINST)


def _asked(context: Context, asked: AskNotice, state: NoticeState) -> tuple[tuple[int, ...], Changes]:
    on = day_said(context.today(), asked.on)
    reasons = said(asked.reasons, "Say why: what was tried, and why a notice is right, or is not.")
    with context.store.writing(context.deed(f"penalty notice {state.value}")) as writing:
        ledger = _ledger(context, writing, asked.pupil, on, asked.sessions)
        faults = faults_of(_asking(ledger, asked, on, for_one=state is NoticeState.ASKED))
        if faults:
            raise Refused(" ".join(faults))
        made = tuple(
            writing.entries.add(_first(context, ledger, replace(asked, reasons=reasons), parent, state, on))
            for parent in asked.parents
        )
    return made, _changed(asked.pupil)


def _asking(ledger: NoticeLedger, asked: AskNotice, on: date, *, for_one: bool) -> Asking:
    return Asking(
        pupil=ledger.pupil,
        on=on,
        parents=asked.parents,
        contacts=ledger.contacts,
        sessions=asked.sessions,
        codes=ledger.codes,
        unauthorised=ledger.unauthorised,
        provisional=ledger.provisional,
        why_not=asked.why_not,
        equality=asked.equality,
        scheme=asked.scheme,
        entries=ledger.entries,
        notices=ledger.notices,
        orders=ledger.orders,
        patterns=ledger.patterns,
        lacking=ledger.lacking,
        law=ledger.law,
        held=ledger.held,
        warnings=ledger.warnings,
        for_one=for_one,
    )


def _first(
    context: Context, ledger: NoticeLedger, asked: AskNotice, parent: int, state: NoticeState, on: date
) -> NewEntry:
    left_out = "; ".join(
        f"{ledger.names[one]}: {' '.join(why.split())}"
        for one, why in sorted(asked.why_not.items())
        if one in ledger.names
    )
    details = {
        folded.STATE: state.value,
        folded.SCHEME: asked.scheme.value,
        folded.SESSIONS: folded.session_text(asked.sessions),
        folded.REASONS: asked.reasons,
        WHY_NOT: left_out,
        EQUALITY: " ".join(asked.equality.split()),
    }
    return NewEntry(
        EntryKind.PENALTY_NOTICE,
        moment_of(context.now(), on),
        (asked.pupil,),
        OUTCOMES[state],
        (parent,),
        note=asked.reasons,
        details=_filled(details),
    )


@needs(Right.ASK_NOTICE)
def record_notice(context: Context, notice: int, became: Became) -> tuple[int, Changes]:
    """Record what became of a notice that was asked for: issued, paid, not paid, prosecuted, withdrawn or refused. Days
    out of order are refused, and an issue by which a parent would have a third notice within three years."""
    on = day_said(context.today(), became.on)
    with context.store.writing(context.deed(f"penalty notice {became.state.value}")) as writing:
        first, ledger, known = _known(context, writing, notice, on)
        details = _details(became, on)
        return _add(context, writing, ledger, known, first, became.state, details, on)


@needs(Right.ASK_NOTICE)
def record_received(context: Context, notice: int, on: date) -> tuple[int, Changes]:
    """Record the day on which the parent received a notice: its days count from it."""
    day = day_said(context.today(), on)
    with context.store.writing(context.deed("penalty notice received")) as writing:
        first, ledger, known = _known(context, writing, notice, day)
        if known.issued is None:
            raise Refused("That notice was not issued, so nobody can have received it. Record the day of issue first.")
        if known.state is NoticeState.WITHDRAWN:
            raise Refused("That notice was withdrawn: its days no longer matter.")
        details = {folded.STATE: known.state.value, folded.RECEIVED: day.isoformat()}
        return _add(context, writing, ledger, known, first, known.state, details, day)


def _add(
    context: Context,
    writing: Writing,
    ledger: NoticeLedger,
    known: Notice,
    first: Entry,
    state: NoticeState,
    details: Mapping[str, str],
    on: date,
) -> tuple[int, Changes]:
    received = folded.RECEIVED in details and state is known.state
    new = NewEntry(
        EntryKind.PENALTY_NOTICE,
        moment_of(context.now(), on),
        first.pupils,
        "received" if received else OUTCOMES[state],
        first.persons,
        note=details.get(folded.REASONS, ""),
        details=_filled(details),
        adds_to=first.id,
    )
    after = folded.with_details(known, new.details, on)
    if fault := fault_of_step(known, after, ledger.pupil, ledger.law, on):
        raise Refused(fault)
    _check_ledger(ledger, known, after)
    recorded = writing.entries.add(new)
    return recorded, _changed(ledger.pupil.id)


@needs(Right.ASK_NOTICE)
def record_elsewhere(context: Context, told: Elsewhere) -> tuple[int, Changes]:
    """Record a notice that is known from another school: it counts like one of ours."""
    school = said(told.school, "Say from which school it is known.")
    with context.store.writing(context.deed("penalty notice elsewhere")) as writing:
        on = day_said(context.today(), told.issued)
        ledger = _ledger(context, writing, told.pupil, on)
        if told.parent not in ledger.names:
            raise Refused("That person is not a contact of the child; add them to the contacts first.")
        if told.state in (NoticeState.ASKED, NoticeState.REFUSED, NoticeState.DECIDED_AGAINST):
            raise Refused("Only a notice that was issued is known from another school.")
        details = _filled(
            {
                folded.STATE: told.state.value,
                folded.SCHEME: told.scheme.value,
                folded.ISSUED: on.isoformat(),
                folded.RECEIVED: told.received.isoformat() if told.received else "",
                folded.ELSEWHERE: school,
                folded.REFERENCE: told.reference.strip(),
                folded.SESSIONS: folded.session_text(told.sessions),
            }
        )
        after = folded.begun(0, told.pupil, told.parent, details, on)
        if fault := fault_of_step(None, after, ledger.pupil, ledger.law, on):
            raise Refused(fault)
        _check_ledger(ledger, None, after)
        recorded = writing.entries.add(
            NewEntry(
                EntryKind.PENALTY_NOTICE,
                moment_of(context.now(), on),
                (told.pupil,),
                OUTCOMES[told.state],
                (told.parent,),
                note=f"Known from {school}",
                details=details,
            )
        )
    return recorded, _changed(told.pupil)


@needs(Right.ASK_NOTICE)
def take_back_last(context: Context, notice: int, reason: str) -> tuple[int, Changes]:
    """Take the newest entry of a notice back, as `take_back` does: which it was."""
    with context.store.reading() as reading:
        first = reading.entries.get(notice)
        if first is None or first.kind is not EntryKind.PENALTY_NOTICE or not first.pupils:
            raise Refused("That is none of the notices.")
        every = reading.entries.of(first.pupils[0])
    standing = [one.id for one in every if notice in (one.id, one.adds_to) and one.withdrawn is None]
    if not standing:
        raise Refused("Every entry of that notice has been withdrawn already.")
    return max(standing), take_back(context, max(standing), reason)


@needs(Right.ASK_NOTICE)
def take_back(context: Context, entry: int, reason: str) -> Changes:
    """Take one entry of a notice out of the chronology, with a reason: it stays readable. It is the only way to do so,
    since a notice that counts again may be one too many; the first entry goes last."""
    why = said(reason, "Say why the entry is withdrawn; it stays readable, with the reason beside it.")
    with context.store.writing(context.deed("take back penalty notice", why)) as writing:
        found = writing.entries.get(entry)
        if found is None or found.kind is not EntryKind.PENALTY_NOTICE:
            raise Refused("That entry is none of a penalty notice.")
        if found.withdrawn is not None:
            raise Refused("That entry has been withdrawn already.")
        pupil = found.pupils[0]
        roll_with(context, writing.book, pupil)
        entries = writing.entries.of(pupil)
        if fault := fault_of_undoing(entries, found):
            raise Refused(fault)
        law = context.rulebook.formalities.penalty
        left = folded.notices(one for one in entries if one.id != entry)
        if folded.too_many(left, pupil, found.persons[0], law):
            raise Refused(_THIRD)
        writing.entries.withdraw(entry, why)
    return _changed(pupil)


_THIRD = (
    "With that, this parent would have a third notice for this child within three years, which the law does not allow. "
    "Ask the authority which of them was withdrawn, and record that first."
)


def _ledger(
    context: Context, writing: Writing, pupil: int, on: date, sessions: tuple[Session, ...] = ()
) -> NoticeLedger:
    return read_ledger(context, writing.book, writing.entries, writing.marks, pupil, on, sessions)


def _check_ledger(ledger: NoticeLedger, before: Notice | None, after: Notice) -> None:
    others = [one for one in ledger.notices if before is None or one.entry != before.entry]
    if folded.too_many([*others, after], after.pupil, after.parent, ledger.law):
        raise Refused(_THIRD)


def _known(context: Context, writing: Writing, notice: int, on: date) -> tuple[Entry, NoticeLedger, Notice]:
    first = writing.entries.get(notice)
    if first is None or first.kind is not EntryKind.PENALTY_NOTICE or first.adds_to is not None:
        raise Refused("There is no such penalty notice.")
    ledger = _ledger(context, writing, first.pupils[0], on)
    found = next((one for one in ledger.notices if one.entry == notice), None)
    if found is None:
        raise Refused("That penalty notice was taken out of the chronology.")
    return first, ledger, found


def _details(became: Became, on: date) -> dict[str, str]:
    details = {
        folded.STATE: became.state.value,
        folded.REFERENCE: became.reference.strip(),
        folded.REASONS: " ".join(became.reasons.split()),
        folded.RECEIVED: became.received.isoformat() if became.received else "",
    }
    if became.state is NoticeState.ISSUED:
        details[folded.ISSUED] = on.isoformat()
    if became.state is NoticeState.PAID:
        details[folded.PAID] = on.isoformat()
    return details


def _filled(details: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in details.items() if text}


def _changed(pupil: int) -> Changes:
    return Changes(entries=True, pupils=frozenset({pupil}))
