"""Every requirement a pack may name: met, to be looked at, or missing, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop_app.domain.bundle import Finding, Readiness
from desktop_app.domain.entries import Entry, EntryKind, Withdrawal
from desktop_app.domain.people import Answer, Person, Tie
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook_referrals import RULES as PACK_RULES
from desktop_app.rules.bundle import plan
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.readiness.parents import months_before
from desktop_app.rules.readiness.table import RULES
from desktop_app.rules.readiness.window import unauthorised_window
from tests.support.readiness import FATHER, FIRST, HALE, MOTHER, ask, entry, marked, settled
from tests.support.schools import CALENDAR

NOTHING_TOLD = ("exhibits", "home-visits", "support", "other-schools")
"""The parts that are left out where the record has nothing for them."""


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    """A case with every session present and nothing recorded."""
    return settled(rulebook)


def test_every_rule_that_a_pack_may_name_is_here() -> None:
    assert set(RULES) == set(PACK_RULES)


def test_no_n_or_gaps(base: CaseFile) -> None:
    assert ask(base, "no-n-or-gaps").state is Readiness.MET
    file = marked(marked(base, "N", date(2026, 11, 12)), "", date(2026, 10, 8))
    found = ask(file, "no-n-or-gaps")
    assert found.state is Readiness.MISSING
    assert found.says == ("Why it matters. Still N: Thu 12 Nov 2026 AM and PM. No mark: Thu 8 Oct 2026 AM and PM.")


def test_ten_unauthorised_in_ten_school_weeks_reach_over_half_term(base: CaseFile) -> None:
    days = [date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9), date(2026, 11, 19), date(2026, 11, 20)]
    found = ask(marked(base, "O", *days), "unauthorised-in-weeks", sessions="10", weeks="10")
    assert found.state is Readiness.MET
    assert found.says.startswith("10 unauthorised sessions (10 O) in the 10 school weeks from 7 September 2026")
    few = ask(marked(base, "O", *days[1:]), "unauthorised-in-weeks", sessions="10", weeks="10")
    assert few.state is Readiness.MISSING
    earlier = ask(marked(base, "O", date(2026, 9, 4), *days[1:]), "unauthorised-in-weeks", sessions="10", weeks="10")
    assert earlier.state is Readiness.MISSING


def test_a_window_says_that_the_calendar_has_not_so_many_weeks(base: CaseFile) -> None:
    alone = SchoolCalendar(CALENDAR, "1111100")

    def on(day: date) -> CaseFile:
        case = replace(base, calendar=alone, request=replace(base.request, on=day, first=FIRST, last=day))
        return marked(case, "O", date(2026, 9, 8))

    early = ask(on(date(2026, 9, 18)), "unauthorised-in-weeks", sessions="2", weeks="10")
    assert early.state is Readiness.MET
    assert early.says == (
        "2 unauthorised sessions (2 O) in the 10 school weeks from 31 August 2026 to 18 September 2026 "
        "(only 3 school weeks lie in the calendar up to then); 2 are asked for."
    )
    before = ask(on(date(2010, 6, 28)), "unauthorised-in-weeks", sessions="10", weeks="10")
    assert before.state is Readiness.MISSING
    assert before.says.endswith(
        "No school week lies in the calendar up to 28 June 2010; 10 unauthorised sessions are asked for."
    )
    assert unauthorised_window(on(date(2026, 11, 20)), 10).shortfall == ""


def test_an_n_among_the_ten_is_to_be_looked_at(base: CaseFile) -> None:
    days = [date(2026, 11, day) for day in (2, 3, 4, 5)]
    file = marked(marked(base, "G", *days), "N", date(2026, 11, 20))
    found = ask(file, "unauthorised-in-weeks", sessions="10", weeks="10")
    assert found.state is Readiness.CHECK
    assert found.says.endswith("2 of them N, provisional.")


def test_the_window_leaves_out_sessions_below_compulsory_age(base: CaseFile) -> None:
    child = replace(base.pupil, date_of_birth=date(2021, 12, 30))
    file = marked(replace(base, pupil=child), "O", date(2026, 11, 19))
    assert unauthorised_window(file, 10).total == 0


def test_an_entry_of_the_kind(base: CaseFile) -> None:
    def asked(*entries: Entry) -> Readiness:
        return ask(replace(base, entries=entries), "entry-of-kind", kinds="letter, email", each_parent="no").state

    assert asked() is Readiness.MISSING
    assert asked(entry(1, EntryKind.PHONE_CALL, 1)) is Readiness.MISSING
    assert asked(entry(1, EntryKind.EMAIL, 1)) is Readiness.MET
    assert asked(entry(1, EntryKind.LETTER, restricted=True)) is Readiness.MISSING
    back = Withdrawal(1, "wrong child", HALE, datetime(2026, 10, 7, tzinfo=UTC))
    assert asked(entry(1, EntryKind.LETTER, withdrawn=back)) is Readiness.MISSING
    assert asked(entry(1, EntryKind.LETTER, at=datetime(2026, 11, 21, 9, 0))) is Readiness.MISSING
    assert asked(entry(1, EntryKind.LETTER, at=datetime(2026, 8, 31, 9, 0))) is Readiness.MISSING


def test_each_parent_has_one(base: CaseFile) -> None:
    def asked(*entries: Entry) -> Finding:
        return ask(replace(base, entries=entries), "entry-of-kind", kinds="letter", each_parent="yes")

    both = (entry(1, EntryKind.LETTER, 1), entry(2, EntryKind.LETTER, 2))
    assert asked(*both).state is Readiness.MET
    found = asked(both[0])
    assert found.says == "Why it matters. None is recorded with Mr Seán Doyle."
    assert asked(entry(1, EntryKind.LETTER, 1, 2)).state is Readiness.MET


def test_a_friend_to_call_is_no_parent(base: CaseFile) -> None:
    friend = ContactCard(Person(3, "Gran"), Tie(3, 1, 3, "grandmother", Answer.UNKNOWN, Answer.UNKNOWN, 3))
    carer = replace(friend, tie=replace(friend.tie, lives_with=Answer.YES))
    assert not friend.is_parent
    assert carer.is_parent
    assert ask(replace(base, relatives=(MOTHER, friend)), "responsibility-known").state is Readiness.MET


def test_responsibility_known(base: CaseFile) -> None:
    assert ask(base, "responsibility-known").state is Readiness.MET
    unsure = replace(FATHER, tie=replace(FATHER.tie, responsibility=Answer.UNKNOWN))
    found = ask(replace(base, relatives=(MOTHER, unsure)), "responsibility-known")
    assert (found.state, found.says) == (Readiness.MISSING, "Why it matters. Not known: Mr Seán Doyle.")
    assert ask(replace(base, relatives=()), "responsibility-known").state is Readiness.MISSING


def test_contacts_checked(base: CaseFile) -> None:
    assert ask(base, "contacts-checked", months="6").state is Readiness.MET
    stale = replace(FATHER, channels=(replace(FATHER.channels[0], checked=date(2026, 5, 19)),))
    found = ask(replace(base, relatives=(MOTHER, stale)), "contacts-checked", months="6")
    assert (found.state, found.says) == (
        Readiness.CHECK,
        "Why it matters. Mr Seán Doyle: last checked 19 May 2026.",
    )
    never = replace(FATHER, channels=())
    assert "never recorded" in ask(replace(base, relatives=(never,)), "contacts-checked", months="6").says


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 20), 6, date(2026, 5, 20)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 3, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_attendance_below_is_decided_on_the_exact_figure(base: CaseFile) -> None:
    days = sorted({mark.day for mark in base.marks})
    ten_of_a_hundred = replace(marked(base, "I", *days[:5]), request=replace(base.request, last=days[49]))
    assert ask(ten_of_a_hundred, "attendance-below", percent="90").state is Readiness.MISSING
    assert ask(ten_of_a_hundred, "attendance-below", percent="90.1").state is Readiness.MET
    found = ask(replace(base, marks=()), "attendance-below", percent="95")
    assert found.says == "Why it matters. No sessions in the period."


def test_the_plan_leaves_out_what_cannot_be_drawn_and_says_so_once(base: CaseFile) -> None:
    file = marked(replace(base, relatives=()), "N", date(2026, 11, 12))
    made = plan(file)
    undrawn = [part.kind for part in made.parts if not part.drawn]
    assert undrawn == ["parents", "certificate", *NOTHING_TOLD]
    of_certificate = [one.why for one in made.missing if one.part == "certificate"]
    assert of_certificate == [
        "Certificate of attendance is left out. Still N: Thu 12 Nov 2026 AM and PM. Settle them in the register first."
    ]


def test_an_empty_chronology_is_said_where_the_authority_asks_for_nothing(base: CaseFile) -> None:
    quiet = replace(base, referral=replace(base.referral, requirements=()))
    assert [one.part for one in plan(quiet).missing] == [*NOTHING_TOLD, "chronology"]
    told = plan(replace(quiet, entries=(entry(1, EntryKind.LETTER, 1),)))
    assert [one.part for one in told.missing] == [*NOTHING_TOLD]
