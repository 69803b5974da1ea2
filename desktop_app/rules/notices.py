"""The ledger of penalty notices, folded from its entries, and what may come next between one parent and one child.

Sources: the national framework for penalty notices in "Working together to improve school attendance", and the
Education (Penalty Notices) (England) Regulations 2007 as amended by SI 2024/210: £80 within 21 days beginning with the
day of receipt, else £160 within 28; the second to the same parent for the same child within three years is a flat £160;
no third in three years. A withdrawn notice and one of before 19 August 2024 do not count. A notice for a child found in
a public place while excluded (section 105 of the Education and Inspections Act 2006) is of another scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.domain.casework import PenaltyLaw, Power
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.notices import NextNotice, Notice, NoticeScheme, NoticeState, Order
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.display import date_year

STATE, SCHEME, ISSUED, RECEIVED, PAID = "state", "scheme", "issued", "received", "paid"
"""The details of an entry of a penalty notice: what became of it, which scheme it is of, and its days."""
SESSIONS, ELSEWHERE, REFERENCE, REASONS = "sessions", "elsewhere", "reference", "reasons"
"""The sessions it was asked for; the school that it is known from, where it is another; the authority’s reference; why
it was asked for, refused, withdrawn or decided against."""
LA_DECIDES = "The authority’s own count decides: ask it before relying on this one."
ONE_DAY = timedelta(days=1)


def notices(entries: Iterable[Entry]) -> tuple[Notice, ...]:
    """Every penalty notice that the entries tell of, by the day it was first recorded. A later entry names the first
    in `adds_to`; what was withdrawn from the chronology is not told, and a notice whose first entry was not at all."""
    first: dict[int, Notice] = {}
    for entry in sorted(entries, key=lambda one: one.id):
        if entry.kind is not EntryKind.PENALTY_NOTICE or entry.withdrawn is not None:
            continue
        day = entry.happened_at.date()
        if entry.adds_to is None:
            parent = entry.persons[0] if entry.persons else 0
            first[entry.id] = begun(entry.id, entry.pupils[0], parent, entry.details, day)
        elif entry.adds_to in first:
            first[entry.adds_to] = with_details(first[entry.adds_to], entry.details, day)
    return tuple(first.values())


def begun(entry: int, pupil: int, parent: int, details: Mapping[str, str], said: date) -> Notice:
    """The notice that its first entry tells of."""
    scheme = NoticeScheme(details.get(SCHEME, NoticeScheme.ABSENCE))
    blank = Notice(entry, pupil, parent, NoticeState(details[STATE]), scheme, said)
    return with_details(replace(blank, elsewhere=bool(details.get(ELSEWHERE))), details, said)


def with_details(notice: Notice, details: Mapping[str, str], said: date) -> Notice:
    """The notice as it stands with what a later entry says of it."""
    return replace(
        notice,
        state=NoticeState(details[STATE]),
        said=said,
        issued=_day(details, ISSUED) or notice.issued,
        received=_day(details, RECEIVED) or notice.received,
        paid=_day(details, PAID) or notice.paid,
        sessions=read_sessions(details.get(SESSIONS, "")) or notice.sessions,
        reference=details.get(REFERENCE, "") or notice.reference,
        reasons=details.get(REASONS, "") or notice.reasons,
    )


def _day(details: Mapping[str, str], key: str) -> date | None:
    text = details.get(key, "")
    return date.fromisoformat(text) if text else None


def session_text(sessions: Iterable[Session]) -> str:
    """Sessions as they are kept in the details: `2026-11-02 AM; 2026-11-02 PM`."""
    return "; ".join(f"{one.day.isoformat()} {one.half.value}" for one in sorted(sessions))


def read_sessions(text: str) -> tuple[Session, ...]:
    """The sessions of such a text."""
    pairs = (one.split(" ") for one in text.split("; ") if one)
    return tuple(Session(date.fromisoformat(day), Half(half)) for day, half in pairs)


def window_begins(day: date, law: PenaltyLaw) -> date:
    """The first day of the three years that end with a day."""
    after = day + ONE_DAY
    return _same_day(after, after.year - law.years)


def _same_day(day: date, year: int) -> date:
    """The same day of another year; of 29 February the day before, where there is none."""
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) and year % 4 else day.replace(year=year)


def counted(known: Iterable[Notice], pupil: int, parent: int, day: date, law: PenaltyLaw) -> tuple[Notice, ...]:
    """The notices to one parent for one child that count on a day, in the order in which they were issued: those for
    absence that were issued in the three years ending that day and since the framework began, and not withdrawn. One
    that was not paid, or was prosecuted, counts."""
    begins = max(window_begins(day, law), law.counted_from)
    found = [
        one
        for one in known
        if (one.pupil, one.parent) == (pupil, parent)
        and one.scheme is NoticeScheme.ABSENCE
        and one.counts
        and one.issued is not None
        and begins <= one.issued <= day
    ]
    return tuple(sorted(found, key=lambda one: (one.issued or day, one.entry)))


def too_many(known: Iterable[Notice], pupil: int, parent: int, law: PenaltyLaw) -> tuple[Notice, ...]:
    """The first notices that are more than the law lets there be in any three years, or none: also where one is written
    down with an earlier day than those that are known."""
    whose = [one for one in known if (one.pupil, one.parent) == (pupil, parent)]
    for one in sorted(whose, key=lambda one: (one.issued or date.max, one.entry)):
        if one.issued is not None and len(found := counted(whose, pupil, parent, one.issued, law)) > law.most:
            return found
    return ()


def next_notice(
    known: Iterable[Notice],
    pupil: int,
    parent: int,
    day: date,
    law: PenaltyLaw,
    *,
    lacking: Power | None = None,
    orders: Iterable[Order] = (),
) -> NextNotice:
    """What may come next between one parent and one child on a day. `lacking` is the power that a school of this type
    has not (see `rules/powers.py`), `orders` the education supervision orders of the child: while one stands nothing of
    the sort is proposed."""
    if lacking is not None:
        return NextNotice(0, "A school of this type cannot use penalty notices.", lacking.source, lacking.instead)
    if standing := order_on(orders, pupil, day):
        says = f"An education supervision order stands until {date_year(standing.last)}: no notice is asked for."
        return NextNotice(0, says, law.source, "Work with the supervisor whom the order names.")
    mine = counted(known, pupil, parent, day, law)
    if len(mine) >= law.most:
        return _none_left(mine, law)
    number = len(mine) + 1
    sums = ((law.first_early, law.early_days), (law.first_late, law.days)) if number == 1 else ((law.second, law.days),)
    return NextNotice(number, f"{_number_words(number, mine, law)} {LA_DECIDES}", law.source, "", mine, sums)


def _none_left(mine: tuple[Notice, ...], law: PenaltyLaw) -> NextNotice:
    days = " and ".join(date_year(one.issued) for one in mine if one.issued)
    says = (
        f"{len(mine)} notices were issued to this parent for this child in the last {law.years} years ({days}): "
        f"another is not possible. {LA_DECIDES}"
    )
    instead = "Ask the authority about prosecution, an education supervision order or a parenting order."
    return NextNotice(0, says, law.source, instead, mine)


def _number_words(number: int, mine: tuple[Notice, ...], law: PenaltyLaw) -> str:
    if number == 1:
        return (
            f"It would be the first in {law.years} years: £{law.first_early} if paid within {law.early_days} days "
            f"beginning with the day of receipt, else £{law.first_late} within {law.days}."
        )
    before = mine[-1].issued
    since = f" after that of {date_year(before)}" if before else ""
    sum_ = f"£{law.second} within {law.days} days, with no discount"
    return f"It would be the second in {law.years} years{since}: {sum_}."


def due_days(notice: Notice, law: PenaltyLaw) -> tuple[date, date] | None:
    """The last day of the lower sum and the last day to pay, both inclusive, counted with the day of receipt as the
    first; None where that day is not known."""
    if notice.received is None:
        return None
    return notice.received + timedelta(days=law.early_days - 1), notice.received + timedelta(days=law.days - 1)


def order_on(orders: Iterable[Order], pupil: int, day: date) -> Order | None:
    """The education supervision order of a child that stands on a day."""
    return next((one for one in orders if one.pupil == pupil and one.first <= day <= one.last), None)


def sessions_paid_for(known: Iterable[Notice], pupil: int, parent: int | None = None) -> frozenset[Session]:
    """The sessions of a child for which a notice was paid, by one parent or (None) by any: that parent can no longer be
    convicted for them. Source: Education Act 1996 section 444A(3), liability is discharged by payment."""
    return frozenset(
        session
        for one in known
        if one.pupil == pupil
        and parent in (None, one.parent)
        and one.state is NoticeState.PAID
        and one.scheme is NoticeScheme.ABSENCE
        for session in one.sessions
    )


def apart(known: Iterable[Notice], orders: Iterable[Order], pupil: int) -> Callable[[Session], bool]:
    """Whether a session of a child is shown apart: one a notice was paid for, or one under an education supervision
    order. No notice can rest on it again (practice 19)."""
    paid = sessions_paid_for(known, pupil)
    standing = [one for one in orders if one.pupil == pupil]
    return lambda session: session in paid or any(one.first <= session.day <= one.last for one in standing)
