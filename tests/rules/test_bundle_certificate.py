"""The certificate's particulars, held against a plain reckoning of the same marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.marks import Mark
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate, earliest_for, reliable, why_not_drawn
from desktop_app.rules.court_clock import months_after
from tests.support.long_case import long_case

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)
DAYS = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
SESSIONS = [Session(day, half) for day in DAYS for half in HALVES]
ATTENDED, AUTHORISED, UNAUTHORISED = set("/\\LVPWBK"), set("IMCSTRE"), set("GOU")
OUTSIDE = {"D", "X", "Q", "Y1", "Y7"}


@pytest.fixture(scope="module")
def base(rulebook: Rulebook) -> CaseFile:
    return replace(long_case(rulebook, 3)[0], request=BundleRequest(1, "statutory-referral", LAST, FIRST, LAST))


def with_codes(base: CaseFile, codes: list[str]) -> CaseFile:
    """The case with these codes on the twenty sessions, in order; empty for no mark."""
    pairs = zip(SESSIONS, codes, strict=True)
    return replace(base, marks=tuple(Mark(1, one.day, one.half, code) for one, code in pairs if code))


@given(
    codes=st.lists(st.sampled_from(sorted(ATTENDED | AUTHORISED | UNAUTHORISED | OUTSIDE)), min_size=20, max_size=20)
)
def test_particulars_are_the_marks_and_no_unauthorised_session_is_left_out(base: CaseFile, codes: list[str]) -> None:
    file = with_codes(base, codes)
    found = certificate(file)
    counts = Counter(codes)
    assert found.attended == sum(counts[code] for code in ATTENDED)
    assert found.authorised == sum(counts[code] for code in AUTHORISED)
    assert found.unauthorised == sum(counts[code] for code in UNAUTHORISED)
    assert found.possible == found.attended + found.authorised + found.unauthorised
    listed = [(line.day, half, line.code) for line in found.absences for half in line.halves]
    expected = [(s.day, s.half, code) for s, code in zip(SESSIONS, codes, strict=True) if code in UNAUTHORISED]
    assert listed == expected
    assert (why_not_drawn(file) == "") == (found.possible > 0)


def test_a_day_is_one_line_only_where_both_halves_have_the_same_code(base: CaseFile) -> None:
    codes = ["O", "O", "G", "O", "/", "U"] + ["/"] * 14
    lines = certificate(with_codes(base, codes)).absences
    assert [(line.halves, line.code) for line in lines] == [
        (HALVES, "O"),
        ((Half.AM,), "G"),
        ((Half.PM,), "O"),
        ((Half.PM,), "U"),
    ]


def test_it_is_not_drawn_over_an_n_or_a_gap_and_says_which(base: CaseFile) -> None:
    codes = ["/"] * 20
    codes[6], codes[9] = "N", ""
    assert why_not_drawn(with_codes(base, codes)) == (
        "Still N: Thu 12 Nov 2026 AM. No mark: Fri 13 Nov 2026 PM. Settle them in the register first."
    )


def test_todays_open_registers_have_a_shorter_way_round(base: CaseFile) -> None:
    file = replace(with_codes(base, ["/"] * 19 + [""]), today=LAST)
    assert why_not_drawn(file) == (
        "No mark: Fri 20 Nov 2026 PM. Settle today’s marks first, or end the period on the school day before."
    )


def test_sessions_before_compulsory_age_are_left_out_each_by_its_date(base: CaseFile) -> None:
    """Of ten sessions of which six precede 31 December for a child born on 10 October 2021, four count."""
    child = replace(base.pupil, date_of_birth=date(2021, 10, 10))
    days = [date(2026, 12, 16), date(2026, 12, 17), date(2026, 12, 18), date(2027, 1, 4), date(2027, 1, 5)]
    request = BundleRequest(1, "statutory-referral", days[-1], days[0], days[-1])
    marks = tuple(Mark(1, day, half, "O") for day in days for half in HALVES)
    found = certificate(replace(base, pupil=child, request=request, marks=marks, today=days[-1]))
    assert (found.possible, found.unauthorised) == (4, 4)
    assert [line.day for line in found.absences] == days[3:]
    assert found.left_out == (
        "Sessions before 31 December 2026, when compulsory school age begins, are not among these."
    )


def test_an_n_before_compulsory_age_does_not_hold_it_up(base: CaseFile) -> None:
    child = replace(base.pupil, date_of_birth=date(2021, 10, 10))
    days = [date(2026, 12, 18), date(2027, 1, 4)]
    request = BundleRequest(1, "statutory-referral", days[-1], days[0], days[-1])
    marks = tuple(Mark(1, day, half, "N" if day == days[0] else "/") for day in days for half in HALVES)
    assert why_not_drawn(replace(base, pupil=child, request=request, marks=marks, today=days[-1])) == ""


def test_the_period_is_cut_to_the_days_on_roll(base: CaseFile) -> None:
    child = replace(base.pupil, starting_day=date(2026, 11, 11), leaving_day=date(2026, 11, 18))
    found = certificate(replace(with_codes(base, ["O"] * 20), pupil=child))
    assert (found.first, found.last, found.unauthorised) == (date(2026, 11, 11), date(2026, 11, 18), 12)


def test_a_mark_on_a_day_without_school_is_not_counted(base: CaseFile) -> None:
    file = with_codes(base, ["/"] * 20)
    stray = Mark(1, date(2026, 11, 14), Half.AM, "O")
    assert certificate(replace(file, marks=(*file.marks, stray))).unauthorised == 0


@pytest.mark.parametrize(
    ("laying", "first", "unauthorised"),
    [
        (date(2027, 5, 9), None, 20),
        (date(2027, 5, 10), date(2026, 11, 10), 18),
        (date(2027, 5, 19), date(2026, 11, 19), 4),
        (date(2027, 5, 20), date(2026, 11, 20), 2),
    ],
)
def test_sessions_older_than_six_months_on_the_day_of_laying_are_left_out(
    base: CaseFile, laying: date, first: date | None, unauthorised: int
) -> None:
    file = with_codes(base, ["O"] * 20)
    file = replace(file, request=replace(file.request, laying=laying))
    found = certificate(file)
    assert found.unauthorised == unauthorised
    assert why_not_drawn(file) == ""
    if first is None:
        assert found.left_out == ""
    else:
        assert found.absences[0].day == first
        assert f"before {first.day} November 2026, older than six months on" in found.left_out


def test_an_n_that_is_too_old_for_the_court_does_not_hold_it_up(base: CaseFile) -> None:
    codes = ["O"] * 20
    codes[0] = "N"
    file = with_codes(base, codes)
    assert "Still N" in why_not_drawn(file)
    assert why_not_drawn(replace(file, request=replace(file.request, laying=date(2027, 5, 10)))) == ""


def test_a_period_that_is_wholly_too_old_is_refused_in_words(base: CaseFile) -> None:
    file = with_codes(base, ["O"] * 20)
    why = why_not_drawn(replace(file, request=replace(file.request, laying=date(2027, 5, 21))))
    assert why.startswith("Every session of this period is older than six months on 21 May 2027")


@pytest.mark.parametrize(
    ("laying", "earliest"),
    [
        (date(2027, 3, 31), date(2026, 10, 1)),
        (date(2027, 3, 30), date(2026, 9, 30)),
        (date(2027, 2, 28), date(2026, 8, 28)),
        (date(2027, 8, 31), date(2027, 3, 1)),
        (date(2028, 2, 29), date(2027, 8, 29)),
        (date(2027, 1, 1), date(2026, 7, 1)),
    ],
)
def test_the_earliest_day_is_the_first_whose_six_months_have_not_run_out(laying: date, earliest: date) -> None:
    assert earliest_for(laying, 6) == earliest
    assert months_after(earliest, 6) >= laying
    assert months_after(date.fromordinal(earliest.toordinal() - 1), 6) < laying


def test_chosen_sessions_alone_are_listed_and_the_figures_stay_those_of_the_period(base: CaseFile) -> None:
    file = with_codes(base, ["O", "O", "G", "/"] + ["/"] * 16)
    chosen = (SESSIONS[0], SESSIONS[1])
    found = certificate(replace(file, request=replace(file.request, offences=chosen)))
    assert (found.unauthorised, found.relied, found.chosen) == (3, 2, True)
    assert [(one.day, one.halves) for one in found.absences] == [(DAYS[0], HALVES)]
    why = why_not_drawn(replace(file, request=replace(file.request, offences=(SESSIONS[0], SESSIONS[3]))))
    assert why == "Chosen, and not an unauthorised absence to rely on: Tue 10 Nov 2026 PM."


def test_a_choice_says_of_each_unauthorised_session_until_when_it_can_be_laid(base: CaseFile) -> None:
    found = reliable(with_codes(base, ["O", "G", "I", "/", "U", "N"] + ["/"] * 14))
    assert [(one.session, one.code) for one in found] == [
        (SESSIONS[0], "O"), (SESSIONS[1], "G"), (SESSIONS[4], "U"), (SESSIONS[5], "N"),
    ]  # fmt: skip
    assert [one.why_not for one in found] == ["", "", "", "Its reason is still to be established."]
    assert (found[0].last, found[0].last_school_day) == (date(2027, 5, 9), date(2027, 5, 7))


def test_what_may_not_be_relied_on_says_why(base: CaseFile) -> None:
    file = with_codes(base, ["O"] * 20)
    day = date(2027, 5, 18)
    laid = reliable(replace(file, request=replace(file.request, laying=day)))
    assert [bool(one.why_not) for one in laid] == [session.day < date(2026, 11, 18) for session in SESSIONS]
    assert "older than six months on 18 May 2027" in laid[0].why_not
    young = replace(file, pupil=replace(file.pupil, date_of_birth=date(2021, 12, 1)))
    assert {one.why_not for one in reliable(young)} == {"The child is not of compulsory school age on that day."}
    chosen = replace(file, request=replace(file.request, first=DAYS[1], offences=(SESSIONS[0], SESSIONS[2])))
    first, second = reliable(chosen)[:2]
    assert (first.session, first.code, first.why_not) == (
        SESSIONS[0], "", "It is no unauthorised absence of the period.",
    )  # fmt: skip
    assert (second.session, second.why_not) == (SESSIONS[2], "")


@given(
    codes=st.lists(st.sampled_from(sorted(ATTENDED | AUTHORISED | UNAUTHORISED | OUTSIDE)), min_size=20, max_size=20),
    laying=st.one_of(st.none(), st.dates(date(2026, 11, 20), date(2027, 6, 1))),
)
def test_what_may_be_relied_on_is_what_the_certificate_lists(
    base: CaseFile, codes: list[str], laying: date | None
) -> None:
    file = with_codes(base, codes)
    file = replace(file, request=replace(file.request, laying=laying))
    listed = [Session(one.day, half) for one in certificate(file).absences for half in one.halves]
    assert [one.session for one in reliable(file) if not one.why_not] == listed
