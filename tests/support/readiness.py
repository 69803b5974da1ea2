"""A case as prepared facts, every session present and nothing recorded, and one rule of readiness asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from desktop_app.domain.bundle import BundleRequest, Finding
from desktop_app.domain.entries import Entry, EntryKind, Withdrawal
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, Person, Tie
from desktop_app.domain.referrals import Requirement
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Author
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.readiness.table import finding
from tests.support.long_case import long_case
from tests.support.referrals import LAST_YEAR, present
from tests.support.schools import CALENDAR

ON = date(2026, 11, 20)
FIRST = date(2026, 9, 1)
HALE = Author(2, "Mrs K Hale", "attendance lead")
MOTHER = ContactCard(
    Person(1, "Karen Doyle", "Ms", Address(("1 Road",), "L1")),
    Tie(1, 1, 1, "mother", Answer.YES, Answer.YES),
    (Channel(1, 1, ChannelKind.PHONE, "07700 900001", checked=date(2026, 9, 2)),),
)
FATHER = ContactCard(Person(2, "Seán Doyle", "Mr"), Tie(2, 1, 2, "father", Answer.YES, Answer.NO, 2), MOTHER.channels)
NAMES = {1: MOTHER.person.formal_name, 2: FATHER.person.formal_name}


def settled(rulebook: Rulebook) -> CaseFile:
    """A case with every session present and nothing recorded, up to 20 November 2026."""
    file = long_case(rulebook, 0)[0]
    sessions = file.calendar.sessions(FIRST, ON)
    return replace(
        file,
        request=BundleRequest(1, "statutory-referral", ON, FIRST, ON),
        today=ON,
        marks=tuple(Mark(1, one.day, one.half, present(one.half)) for one in sessions),
        changes=(),
        relatives=(MOTHER, FATHER),
        names=NAMES,
        periods=(*LAST_YEAR, *CALENDAR),
    )


def marked(base: CaseFile, code: str, *days: date) -> CaseFile:
    """The case with a code on both halves of some days; empty takes the marks away."""
    kept = tuple(mark for mark in base.marks if mark.day not in days)
    new = tuple(Mark(1, day, half, code) for day in days for half in HALVES) if code else ()
    return replace(base, marks=tuple(sorted((*kept, *new), key=lambda mark: (mark.day, mark.half))))


def entry(
    number: int,
    kind: EntryKind,
    *persons: int,
    at: date | datetime = date(2026, 10, 6),
    outcome: str = "Letter 1",
    note: str = "",
    details: Mapping[str, str] | None = None,
    restricted: bool = False,
    adds_to: int | None = None,
    withdrawn: Withdrawal | None = None,
) -> Entry:
    """An entry of the child, of noon on 6 October where no day is given."""
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, 12, 0)
    return Entry(
        number, kind, moment, moment.replace(tzinfo=UTC), HALE, (1,), persons, outcome, note, details or {},
        restricted, adds_to, withdrawn,
    )  # fmt: skip


def with_entries(base: CaseFile, *entries: Entry) -> CaseFile:
    """The case with these entries alone."""
    return replace(base, entries=entries)


def ask(file: CaseFile, rule: str, **params: str) -> Finding:
    """What one rule finds in the case."""
    named = {name.replace("_", "-"): value for name, value in params.items()}
    return finding(file, Requirement("key", "Title", rule, "register", "Why it matters.", "source", named))
