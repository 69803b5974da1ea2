"""The penalty-notice ledger of a child as it is shown: each notice with its days, and what may come next per parent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.actions.needs import needs
from desktop_app.actions.notice_ledger import NoticeLedger, read_ledger
from desktop_app.context import Context
from desktop_app.domain.notices import NextNotice, Notice, Order
from desktop_app.domain.people import Pupil
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from desktop_app.rules.guard import SEE_THE_DSL
from desktop_app.rules.notices import counted, due_days, next_notice, order_on
from desktop_app.rules.powers import PowerLine, powers_of


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice: to whom, whether it counts today, and until when it can be paid at each sum (None: the day of receipt
    is not known, or it was not issued)."""

    notice: Notice
    name: str
    counts: bool
    early: date | None
    late: date | None
    says: str


@dataclass(frozen=True, slots=True)
class ParentNext:
    """What may come next between the child and one parent."""

    parent: int
    name: str
    next: NextNotice


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The ledger of one child on a day. `powers` says what the school’s type may use and what instead."""

    pupil: Pupil
    on: date
    lines: tuple[NoticeLine, ...]
    parents: tuple[ParentNext, ...]
    order: Order | None
    powers: tuple[PowerLine, ...]
    issuer: str


@needs(Right.READ_CASE)
def notice_page(context: Context, pupil: int, on: date | None = None) -> NoticePage:
    """The ledger as it is recorded now, looked at on a day (today). Nobody whom a court keeps away is named."""
    day = on or context.today()
    with context.store.reading() as reading:
        ledger = read_ledger(context, reading.book, reading.entries, reading.marks, pupil, day)
        school = reading.book.school()
    rule = ledger.pack.casework.formal.penalty
    return NoticePage(
        pupil=ledger.pupil,
        on=day,
        lines=tuple(_line(ledger, one) for one in ledger.notices),
        parents=tuple(
            ParentNext(card.person.id, card.person.formal_name, _next(ledger, card.person.id))
            for card in ledger.parents
        ),
        order=order_on(ledger.orders, pupil, day),
        powers=powers_of(context.rulebook.formalities, school.type),
        issuer=f"{rule.issuer.value}: {rule.what}".rstrip(": ") if rule else "",
    )


def _next(ledger: NoticeLedger, parent: int) -> NextNotice:
    if ledger.held:
        return NextNotice(0, SEE_THE_DSL, "")
    return next_notice(
        ledger.notices, ledger.pupil.id, parent, ledger.on, ledger.law, lacking=ledger.lacking, orders=ledger.orders
    )


def _line(ledger: NoticeLedger, notice: Notice) -> NoticeLine:
    counts = notice in counted(ledger.notices, notice.pupil, notice.parent, ledger.on, ledger.law)
    days = due_days(notice, ledger.law) if notice.issued else None
    early, late = days or (None, None)
    name = ledger.names.get(notice.parent, "a former contact")
    return NoticeLine(notice, name, counts, early, late, _says(notice, counts, late))


def _says(notice: Notice, counts: bool, late: date | None) -> str:
    if notice.issued is None:
        return f"{notice.state.value.replace('-', ' ').capitalize()} on {date_year(notice.said)}: it is no notice."
    known = f"Issued on {date_year(notice.issued)}, {notice.state.value}"
    pay = f", to be paid by {date_year(late)}" if late and notice.paid is None else ""
    unknown = ", the day of receipt is not recorded" if late is None else ""
    return f"{known}{pay}{unknown}: it {'counts' if counts else 'does not count today'}."
