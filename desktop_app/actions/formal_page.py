"""The formal steps of one child at a glance: notices, Notices to Improve, contracts, orders, the court’s clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.actions.contracts import contracts_of
from desktop_app.actions.court import court_clock_of, orders_of
from desktop_app.actions.improving import ImprovementPlan, Progress, improvement_plan, improvements
from desktop_app.actions.leave_reading import penalty_window
from desktop_app.actions.needs import needs
from desktop_app.actions.notice_page import NoticePage, notice_page
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import Contract, CourtClock, Order
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import Session
from desktop_app.rules.contracts import weeks_of
from desktop_app.rules.ledger import readable
from desktop_app.rules.unauthorised import offences

COURT = (EntryKind.SUPERVISION_ORDER, EntryKind.CONSIDERED, EntryKind.LA_REFERRAL, EntryKind.PROSECUTION)


@dataclass(frozen=True, slots=True)
class FormalPage:
    """`relied` are the unauthorised sessions of the window of the penalty notice, none of them still N; `plan` what a
    Notice to Improve would be, or in `no_plan` why none can be; `court` what was done about orders, referrals and a
    prosecution, oldest first; `referrals` those of the school’s pack; `today` the day it is of."""

    notices: NoticePage
    relied: tuple[Session, ...]
    improvements: tuple[Progress, ...]
    plan: ImprovementPlan | None
    no_plan: str
    contracts: tuple[Contract, ...]
    contract_weeks: int
    contract_parts: tuple[str, ...]
    orders: tuple[Order, ...]
    clock: CourtClock | None
    court: tuple[Entry, ...]
    referrals: tuple[tuple[str, str], ...]
    today: date


@needs(Right.READ_CASE)
def formal_page(context: Context, pupil: int) -> FormalPage:
    """Everything formal about a child. Raises `Refused` for one who is not in the book, or not seen by the user."""
    ledger = notice_page(context, pupil)
    try:
        plan, why = improvement_plan(context, pupil), ""
    except Refused as refused:
        plan, why = None, str(refused)
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        pack = context.pack(roll.school)
        relied: tuple[Session, ...] = ()
        spec = penalty_window(context, roll)
        if spec is not None:
            today = context.today()
            weeks = roll.calendar.school_weeks(today, int(spec.params["weeks"]))
            codes = [key for key in spec.params["codes"].split() if not context.rulebook.codes[key].provisional]
            marks = reading.marks.between(weeks[0], today, [pupil]) if weeks else []
            found = offences(marks, codes, roll.pupils[pupil].date_of_birth)
            relied = tuple(Session(one.day, one.half) for one in found)
        court = tuple(one for one in readable(reading.entries.of(pupil)) if one.kind in COURT)
    return FormalPage(
        notices=ledger,
        relied=relied,
        improvements=improvements(context, pupil),
        plan=plan,
        no_plan=why,
        contracts=contracts_of(context, pupil),
        contract_weeks=weeks_of(pack.casework.formal),
        contract_parts=context.rulebook.formalities.contract_parts,
        orders=orders_of(context, pupil),
        clock=court_clock_of(context, pupil),
        court=court,
        referrals=tuple((one.key, one.title) for one in pack.referrals),
        today=context.today(),
    )
