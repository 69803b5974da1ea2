"""Readiness of the register and of holidays: each line on both sides of its edge, and what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop_app.domain.bundle import DoAt, Readiness
from desktop_app.domain.entries import Entry, EntryKind, Withdrawal
from desktop_app.domain.marks import Mark
from desktop_app.domain.people import Pattern, PatternKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.casefile import CaseFile
from tests.support.readiness import HALE, ON, ask, entry, marked, settled, with_entries

MET, CHECK, MISSING = Readiness.MET, Readiness.CHECK, Readiness.MISSING
MONDAY = date(2026, 11, 9)
WEEK = [date(2026, 11, day) for day in (9, 10, 11, 12, 13)]


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    """A case with every session present and nothing recorded."""
    return settled(rulebook)


def test_the_line_names_each_open_session_and_leads_to_the_first(base: CaseFile) -> None:
    found = ask(marked(marked(base, "N", date(2026, 11, 12)), "", date(2026, 10, 8)), "no-n-or-gaps")
    assert [one.session for one in found.by] == [
        Session(date(2026, 11, 12), Half.AM), Session(date(2026, 11, 12), Half.PM),
        Session(date(2026, 10, 8), Half.AM), Session(date(2026, 10, 8), Half.PM),
    ]  # fmt: skip
    assert found.do is not None
    assert (found.do.at, found.do.about) == (DoAt.REGISTER, "2026-10-08 AM")
    assert ask(base, "no-n-or-gaps").do is None


def test_the_window_names_its_sessions_and_where_an_n_is_settled(base: CaseFile) -> None:
    found = ask(marked(marked(base, "O", *WEEK[:4]), "N", ON), "unauthorised-in-weeks", sessions="10", weeks="10")
    assert found.state is CHECK
    assert len(found.by) == 10
    assert found.do is not None
    assert found.do.about == "2026-11-20 AM"


@pytest.mark.parametrize(("state", "answer"), [("paid", CHECK), ("unpaid", MET)])
def test_sessions_of_a_paid_notice_do_not_carry_the_threshold_again(
    base: CaseFile, state: str, answer: Readiness
) -> None:
    days = (*WEEK, ON)
    sessions = "; ".join(f"{day} {half}" for day in days[:2] for half in ("AM", "PM"))
    details = {"state": state, "issued": "2026-11-01", "sessions": sessions}
    notice = entry(9, EntryKind.PENALTY_NOTICE, 1, at=ON, outcome=state, details=details)
    file = with_entries(marked(base, "O", *days), notice)
    found = ask(file, "unauthorised-in-weeks", sessions="10", weeks="10")
    assert found.state is answer
    assert ("4 of them are of a notice that was paid" in found.says) == (state == "paid")


@pytest.mark.parametrize(
    ("ill", "rule", "percent", "state"),
    [
        (25, "attendance-at-or-below", "75", MET),
        (24, "attendance-at-or-below", "75", MISSING),
        (25, "attendance-below", "75", MISSING),
        (26, "attendance-below", "75", MET),
    ],
)
def test_the_limit_is_held_against_the_counts(
    base: CaseFile, ill: int, rule: str, percent: str, state: Readiness
) -> None:
    hundred = base.marks[:100]
    marks = tuple(mark._replace(code="I") if place < ill else mark for place, mark in enumerate(hundred))
    file = replace(base, marks=marks, request=replace(base.request, last=hundred[-1].day))
    found = ask(file, rule, percent=percent)
    assert found.state is state
    assert f"{100 - ill} of 100 sessions attended" in found.says


def test_a_rounded_figure_prompts_nothing(base: CaseFile) -> None:
    """75.04 % is printed as 75.0% and is above 75."""
    school = base.calendar.sessions(date(2025, 9, 3), ON)
    possible = len(school)
    attended = possible * 75 // 100 + 1
    marks = tuple(Mark(1, one.day, one.half, "I" if place >= attended else "/") for place, one in enumerate(school))
    first = school[0].day
    file = replace(base, marks=marks, request=replace(base.request, first=first))
    assert ask(file, "attendance-at-or-below", percent="75").state is MISSING


def said(number: int, day: date, words: str) -> Entry:
    return entry(number, EntryKind.PHONE_CALL, 1, at=day, outcome="Spoke", note=words)


@pytest.mark.parametrize(
    ("words", "code", "on", "state"),
    [
        ("in Spain till Friday", "O", MONDAY, CHECK),
        ("they are on holiday", "O", MONDAY, CHECK),
        ("in Spain till Friday", "G", MONDAY, MET),
        ("has overslept", "O", MONDAY, MET),
        ("in Spain till Friday", "O", date(2026, 11, 6), MET),
    ],
)
def test_a_holiday_coded_o_is_found_by_the_entry_of_its_day(
    base: CaseFile, words: str, code: str, on: date, state: Readiness
) -> None:
    file = with_entries(marked(base, code, *WEEK), said(1, on, words))
    found = ask(file, "holidays-coded")
    assert found.state is state
    if state is CHECK:
        assert f"“{words}”" in found.says
        assert found.do is not None
        assert (found.do.at, found.do.about) == (DoAt.CONSIDER, "holiday-1")
        assert [one.entry for one in found.by if one.entry] == [1]
        assert len([one for one in found.by if one.session]) == 10


def test_an_absence_is_a_holiday_from_the_entry_on_and_as_long_as_it_is_unbroken(base: CaseFile) -> None:
    broken = marked(marked(base, "O", *WEEK), "I", WEEK[3])
    found = ask(with_entries(broken, said(1, WEEK[1], "gone abroad")), "holidays-coded")
    assert {one.session.day for one in found.by if one.session} == {WEEK[1], WEEK[2]}


def read(number: int, of: int, outcome: str) -> Entry:
    details = {"what": f"holiday-{of}"}
    return entry(number, EntryKind.CONSIDERED, at=WEEK[4], outcome=outcome, note="Asked her mother.", details=details)


def test_an_entry_that_was_read_is_no_holiday_until_that_is_taken_back(base: CaseFile) -> None:
    """Each entry is read by itself; the newest answer counts, and one that was a holiday is coded."""
    speaks = (said(1, WEEK[0], "holiday club rang"), said(2, WEEK[2], "in Spain"))
    file = marked(base, "O", *WEEK)
    no, yes = read(3, 1, "decided against"), read(4, 2, "decided for")
    found = ask(with_entries(file, *speaks, no), "holidays-coded")
    assert (found.state, found.do and found.do.about) == (CHECK, "holiday-2")
    assert {one.session.day for one in found.by if one.session} == set(WEEK[2:])
    found = ask(with_entries(file, *speaks, no, yes), "holidays-coded")
    assert (found.state, found.do and (found.do.at, found.do.about)) == (CHECK, (DoAt.REGISTER, "2026-11-11 AM"))
    found = ask(with_entries(file, *speaks, no, yes, read(5, 2, "decided against")), "holidays-coded")
    assert (found.state, [one.entry for one in found.by]) == (MET, [1, 3, 2, 5])
    assert "“in Spain” (11 November 2026) was read: no holiday." in found.says
    gone = replace(no, withdrawn=Withdrawal(3, "Another child.", HALE, datetime(2026, 11, 16, tzinfo=UTC)))
    found = ask(with_entries(file, *speaks, gone), "holidays-coded")
    assert (found.state, found.do and found.do.about) == (CHECK, "holiday-1")


def test_who_has_read_it_and_why_it_was_none_is_quoted(base: CaseFile) -> None:
    no = replace(read(3, 1, "decided against"), note="He was seen in the park")
    found = ask(with_entries(marked(base, "O", *WEEK), said(1, WEEK[0], "aunt in Spain"), no), "holidays-coded")
    when = f"{no.happened_at.day} November 2026"
    assert found.by[1].says == f"Read on {when} by Mrs K Hale: no holiday. He was seen in the park"


def test_an_answer_that_mentions_a_holiday_is_not_itself_one(base: CaseFile) -> None:
    """The day on which it was read may itself be without leave."""
    no = replace(read(3, 1, "decided against"), note="his aunt was on holiday in Spain, he was not")
    days = [*WEEK, no.happened_at.date()]
    found = ask(with_entries(marked(base, "O", *days), said(1, WEEK[0], "aunt in Spain"), no), "holidays-coded")
    assert found.state is MET, found.says


def test_what_only_some_may_read_finds_no_holiday(base: CaseFile) -> None:
    sealed = replace(said(1, MONDAY, "in Spain till Friday"), restricted=True)
    assert ask(with_entries(marked(base, "O", *WEEK), sealed), "holidays-coded").state is MET


@pytest.mark.parametrize(
    ("days", "needed", "state"), [(5, "10", MET), (5, "11", MISSING), (4, "9", MISSING), (0, "1", MISSING)]
)
def test_holiday_taken(base: CaseFile, days: int, needed: str, state: Readiness) -> None:
    found = ask(marked(base, "G", *WEEK[:days]), "holiday-taken", sessions=needed)
    assert found.state is state
    assert len(found.by) == 2 * days


def test_a_holiday_coded_o_may_make_it_long_enough_once_it_is_coded(base: CaseFile) -> None:
    file = with_entries(marked(marked(base, "G", *WEEK[:3]), "O", *WEEK[3:]), said(1, WEEK[3], "still in Spain"))
    found = ask(file, "holiday-taken", sessions="10")
    assert found.state is CHECK
    assert found.do is not None
    assert found.do.about == "2026-11-12 AM"


def test_a_holiday_below_compulsory_age_is_none(base: CaseFile) -> None:
    child = replace(base.pupil, date_of_birth=date(2021, 12, 30))
    assert ask(marked(replace(base, pupil=child), "G", *WEEK), "holiday-taken", sessions="1").state is MISSING


def request(number: int, first: date = WEEK[0], last: date = WEEK[-1]) -> Entry:
    details = {"first": f"{first} AM", "last": f"{last} PM", "asked_on": "2026-10-20", "by": "Ms Karen Doyle"}
    return entry(number, EntryKind.LEAVE_REQUEST, 1, at=date(2026, 10, 20), outcome="asked", details=details)


def decision(number: int, to: int, on: date, outcome: str = "refused", granted: str = "") -> Entry:
    details = {"first": f"{WEEK[0]} AM", "last": f"{WEEK[-1]} PM", "granted": granted}
    return entry(
        number, EntryKind.LEAVE_DECISION, 1, at=on, outcome=outcome, note="A holiday.", details=details, adds_to=to
    )


def test_leave_never_asked_for_is_answered(base: CaseFile) -> None:
    found = ask(marked(base, "G", *WEEK), "leave-answered")
    assert (found.state, found.says) == (MET, "No leave was asked for.")


@pytest.mark.parametrize(
    ("entries", "state", "at"),
    [
        ((request(1),), MISSING, DoAt.LEAVE),
        ((request(1), decision(2, 1, date(2026, 11, 8))), MET, None),
        ((request(1), decision(2, 1, WEEK[0])), CHECK, DoAt.LEAVE),
        ((request(1), decision(2, 1, date(2026, 11, 2), "granted", f"{WEEK[0]} AM – {WEEK[-1]} PM")), MISSING,
         DoAt.REGISTER),
        ((request(1, date(2026, 9, 21), date(2026, 9, 22)),), MET, None),
    ],
    ids=["waits", "the day before", "on the day", "granted", "other days"],
)  # fmt: skip
def test_leave_is_answered_before_the_day(
    base: CaseFile, entries: tuple[Entry, ...], state: Readiness, at: DoAt | None
) -> None:
    found = ask(with_entries(marked(base, "G", *WEEK), *entries), "leave-answered")
    assert found.state is state
    assert (found.do.at if found.do else None) is at
    if len(entries) == 2:
        assert [one.entry for one in found.by] == [1, 2]


def run(base: CaseFile, days: int, code: str = "O") -> CaseFile:
    last = sorted({mark.day for mark in base.marks})[-days:]
    return marked(base, code, *last)


@pytest.mark.parametrize(
    ("days", "code", "state"),
    [(10, "O", MET), (9, "O", MISSING), (10, "N", MET), (10, "G", MET), (10, "I", MISSING), (10, "U", MISSING)],
)
def test_absent_without_reason(base: CaseFile, days: int, code: str, state: Readiness) -> None:
    assert ask(run(base, days, code), "absent-without-reason", days="10").state is state


def test_any_other_code_breaks_a_continuous_absence_and_an_unmarked_end_does_not(base: CaseFile) -> None:
    file = run(base, 12)
    broken = marked(file, "I", date(2026, 11, 16))
    assert ask(broken, "absent-without-reason", days="10").state is MISSING
    ended = marked(file, "", ON)
    assert ask(ended, "absent-without-reason", days="11").state is MET
    assert ask(marked(file, "", date(2026, 11, 16)), "absent-without-reason", days="10").state is MISSING


@pytest.mark.parametrize(
    ("session", "days", "state"),
    [
        (date(2026, 9, 14), "114", MET),
        (date(2026, 9, 14), "115", CHECK),
        (None, "1", MISSING),
    ],
)
def test_the_authority_has_days_left(base: CaseFile, session: date | None, days: str, state: Readiness) -> None:
    """Six months after 14 September is 14 March: 114 days after 20 November."""
    file = marked(base, "O", session) if session else base
    found = ask(file, "within-time", days=days)
    assert found.state is state
    if session:
        assert "114 days" in found.says
        assert found.by[0].session == Session(session, Half.AM)


def test_it_is_too_late_after_six_months(base: CaseFile) -> None:
    file = marked(base, "O", date(2026, 9, 14))
    for laying, state in ((date(2027, 3, 14), MET), (date(2027, 3, 15), MISSING)):
        asked = replace(file, request=replace(file.request, laying=laying))
        assert ask(asked, "within-time", days="1").state is state, laying


PROVISION = Pattern(7, 1, PatternKind.ALTERNATIVE, "1111000000", date(2026, 11, 9), code="B", provider="Oakfield Farm")


def letter(number: int, person: int, day: date, about: str = "Oakfield Farm", outcome: str = "posted") -> Entry:
    return entry(number, EntryKind.LETTER, person, at=day, outcome=outcome, details={"about": about})


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ((letter(1, 1, date(2026, 11, 6)), letter(2, 2, date(2026, 11, 6))), MET),
        ((letter(1, 1, date(2026, 11, 6)),), MISSING),
        ((letter(1, 1, date(2026, 11, 6)), letter(2, 2, date(2026, 11, 6), "attendance")), MISSING),
        ((letter(1, 1, date(2026, 11, 6)), letter(2, 2, date(2026, 11, 6), outcome="came back")), MISSING),
        ((letter(1, 1, date(2026, 11, 6)), letter(2, 2, date(2026, 11, 12))), CHECK),
        ((letter(1, 1, date(2026, 11, 6)), letter(2, 2, date(2026, 11, 11))), MET),
    ],
    ids=["each", "one parent", "of something else", "came back", "after the first session", "before the first"],
)
def test_each_parent_is_told_of_the_provision_in_writing(
    base: CaseFile, entries: tuple[Entry, ...], state: Readiness
) -> None:
    file = with_entries(replace(marked(base, "B", *WEEK[2:]), patterns=(PROVISION,)), *entries)
    assert ask(file, "provision-told").state is state


def test_without_a_provision_nobody_need_be_told(base: CaseFile) -> None:
    assert ask(base, "provision-told").state is MET
    later = replace(PROVISION, first=date(2026, 11, 23))
    assert ask(replace(base, patterns=(later,)), "provision-told").state is MET
