"""Ten unauthorised sessions in ten school weeks, and N that are not settled: both sides of every edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.triggers import TriggerKind
from tests.support.watching import calendar_of, coded, look, met, sessions

PENALTY = "penalty-threshold"
MONDAY = date(2026, 9, 7)
"""The first whole week of the autumn term of 2026; the half term is the week of 26 October."""


@pytest.mark.parametrize(("number", "listed"), [(9, False), (10, True), (11, True)])
def test_nine_are_too_few_and_ten_are_enough(rulebook: Rulebook, number: int, listed: bool) -> None:
    absent = sessions(MONDAY, number)
    found = met(look(rulebook, coded(absent, ["G", "O", "U", "N"]), date(2026, 9, 18)), PENALTY)
    assert bool(found) is listed
    if listed:
        assert found[0].kind is TriggerKind.PENALTY_THRESHOLD
        assert found[0].since == date(2026, 9, 11), "the tenth session is on the Friday"
        assert found[0].due is None
        assert len(found[0].sessions) == number
        assert f"{number} unauthorised sessions" in found[0].says


@pytest.mark.parametrize("code", ["I", "C", "E", "L", "D", "Y7", "#"])
def test_no_other_code_counts(rulebook: Rulebook, code: str) -> None:
    absent = coded(sessions(MONDAY, 9), "O") | coded(sessions(MONDAY, 12)[9:], code)
    assert not met(look(rulebook, absent, date(2026, 9, 18)), PENALTY)


@pytest.mark.parametrize(("tenth", "listed"), [
    (date(2026, 11, 16), True),   # the tenth school week, with the half term, which has no session, left out
    (date(2026, 11, 20), True),
    (date(2026, 11, 23), False),  # the eleventh
])  # fmt: skip
def test_the_tenth_session_in_school_week_ten_and_eleven(rulebook: Rulebook, tenth: date, listed: bool) -> None:
    nine = coded(sessions(MONDAY, 9), "O")
    found = met(look(rulebook, {**nine, Session(tenth, Half.AM): "O"}, tenth), PENALTY)
    assert bool(found) is listed
    assert not listed or found[0].since == tenth


@pytest.mark.parametrize(("first", "listed"), [(date(2026, 5, 11), False), (date(2026, 5, 18), True)])
def test_the_window_reaches_across_the_summer(rulebook: Rulebook, first: date, listed: bool) -> None:
    """From the week of 18 May to that of 2 September there are ten school weeks: 25 May and the summer have none."""
    weeks = [week.monday for week in look(rulebook, {}, date(2026, 9, 3)).watch.weeks[-10:]]
    assert weeks[0] == date(2026, 5, 18)
    absent = coded(sessions(first, 8), "G") | coded([Session(date(2026, 9, 3), half) for half in Half], "G")
    found = met(look(rulebook, absent, date(2026, 9, 3)), PENALTY)
    assert bool(found) is listed
    assert not listed or found[0].since == date(2026, 9, 3)


def test_it_is_since_the_day_on_which_the_present_spell_began(rulebook: Rulebook) -> None:
    """Met in September, fallen below it, met again in March: it is since March. While it lasts, it is since its day."""
    autumn = coded(sessions(MONDAY, 10), "O")
    held = met(look(rulebook, autumn, date(2026, 11, 20)), PENALTY)
    assert held[0].since == date(2026, 9, 11)
    assert not met(look(rulebook, autumn, date(2026, 11, 23)), PENALTY)
    again = autumn | coded(sessions(date(2027, 3, 1), 12), "O")
    assert met(look(rulebook, again, date(2027, 3, 12)), PENALTY)[0].since == date(2027, 3, 5)


def test_n_is_provisional(rulebook: Rulebook) -> None:
    absent = coded(sessions(MONDAY, 9), "O") | coded(sessions(MONDAY, 10)[9:], "N")
    found = met(look(rulebook, absent, date(2026, 9, 18)), PENALTY)[0]
    assert found.provisional
    assert "1 of the 10 is N, provisional." in found.says
    more = absent | coded(sessions(MONDAY, 11)[10:], "O")
    assert not met(look(rulebook, more, date(2026, 9, 18)), PENALTY)[0].provisional


def test_compulsory_age_is_judged_for_each_session(rulebook: Rulebook) -> None:
    """Of ten sessions of which six precede 31 December for a child born on 10 October 2021, four count."""
    calendar, born = calendar_of(), date(2021, 10, 10)
    absent = [*calendar.sessions(date(2026, 12, 16), date(2026, 12, 18)), *sessions(date(2027, 1, 4), 4)]
    child = look(rulebook, coded(absent, "O"), date(2027, 1, 8), born=born, starts=date(2026, 9, 2))
    assert not met(child, PENALTY)
    nine = coded([*absent, *sessions(date(2027, 1, 4), 9)[4:]], "O")
    assert not met(look(rulebook, nine, date(2027, 1, 15), born=born, starts=date(2026, 9, 2)), PENALTY)
    ten = coded([*absent, *sessions(date(2027, 1, 4), 10)[4:]], "O")
    found = met(look(rulebook, ten, date(2027, 1, 15), born=born, starts=date(2026, 9, 2)), PENALTY)
    assert len(found[0].sessions) == 10
    assert found[0].sessions[0].day == date(2027, 1, 4)


@pytest.mark.parametrize(("born", "listed"), [(date(2021, 8, 31), True), (date(2021, 9, 1), False)])
def test_a_pupil_of_five_and_one_of_four(rulebook: Rulebook, born: date, listed: bool) -> None:
    absent = coded(sessions(MONDAY, 10), "O")
    assert bool(met(look(rulebook, absent, date(2026, 9, 18), born=born), PENALTY)) is listed


@pytest.mark.parametrize(("kind", "instead"), [
    (SchoolType.MAINTAINED, False), (SchoolType.ACADEMY, False), (SchoolType.SPECIAL, False),
    (SchoolType.ALTERNATIVE_PROVISION, False), (SchoolType.INDEPENDENT, True),
    (SchoolType.NON_MAINTAINED_SPECIAL, True),
])  # fmt: skip
def test_a_school_that_cannot_ask_for_a_notice_is_told_what_it_can_do(
    rulebook: Rulebook, kind: SchoolType, instead: bool
) -> None:
    (found,) = met(look(rulebook, coded(sessions(MONDAY, 10), "O"), date(2026, 9, 18), kind=kind), PENALTY)
    assert ("cannot ask for a penalty notice" in found.says) is instead
    assert ("must be considered" in found.says) is not instead


@pytest.mark.parametrize(("number", "listed"), [(9, False), (10, True)])
def test_knowsleys_ten_u(rulebook: Rulebook, number: int, listed: bool) -> None:
    absent = coded(sessions(MONDAY, number), "U") | coded(sessions(date(2026, 9, 21), 6), "O")
    found = met(look(rulebook, absent, date(2026, 9, 25)), "lateness-threshold")
    assert bool(found) is listed
    assert not listed or {one.code for one in found[0].sessions} == {"U"}


@pytest.mark.parametrize(("kind", "instead"), [(SchoolType.MAINTAINED, False), (SchoolType.INDEPENDENT, True)])
def test_ten_u_ask_for_no_notice_where_none_can_be_given(rulebook: Rulebook, kind: SchoolType, instead: bool) -> None:
    child = look(rulebook, coded(sessions(MONDAY, 10), "U"), date(2026, 9, 25), kind=kind)
    (found,) = met(child, "lateness-threshold")
    assert ("cannot ask for a penalty notice" in found.says) is instead


def test_other_authorities_have_no_lateness_threshold(rulebook: Rulebook) -> None:
    keys = {one.key for one in rulebook.triggers_of(rulebook.packs["sefton"])}
    assert "lateness-threshold" not in keys
    assert "penalty-threshold" in keys


@pytest.mark.parametrize(("on", "over"), [(date(2026, 9, 14), False), (date(2026, 9, 15), True)])
def test_n_is_settled_by_the_fifth_school_day_after(rulebook: Rulebook, on: date, over: bool) -> None:
    day = Session(MONDAY, Half.PM)
    (found,) = met(look(rulebook, {day: "N"}, on), "reason-not-established")
    assert (found.since, found.due) == (MONDAY, date(2026, 9, 14))
    assert ("the time is over: O is proposed" in found.says) is over


def test_n_before_the_half_term_is_due_after_it(rulebook: Rulebook) -> None:
    """School days, not working days: the half term holds it up."""
    (found,) = met(
        look(rulebook, {Session(date(2026, 10, 22), Half.AM): "N"}, date(2026, 10, 29)), "reason-not-established"
    )
    assert found.due == date(2026, 11, 5)


def test_n_settled_is_listed_no_more(rulebook: Rulebook) -> None:
    assert not met(look(rulebook, {Session(MONDAY, Half.PM): "I"}, MONDAY), "reason-not-established")


def test_an_n_of_last_year_is_still_listed(rulebook: Rulebook) -> None:
    (found,) = met(
        look(rulebook, {Session(date(2026, 7, 20), Half.PM): "N"}, date(2026, 9, 3)), "reason-not-established"
    )
    assert found.since == date(2026, 7, 20)
    assert found.due == date(2026, 9, 8), "one school day in July, four in September after the INSET day"


@pytest.mark.parametrize(("starts", "leaves"), [(date(2026, 9, 7), None), (date(2022, 9, 5), date(2026, 9, 18))])
def test_joiner_and_leaver_count_what_they_have(rulebook: Rulebook, starts: date, leaves: date | None) -> None:
    child = look(rulebook, coded(sessions(MONDAY, 10), "O"), date(2026, 9, 18), starts=starts, leaves=leaves)
    assert met(child, PENALTY)
    fewer = look(rulebook, coded(sessions(MONDAY, 9), "O"), date(2026, 9, 18), starts=starts, leaves=leaves)
    assert not met(fewer, PENALTY)


def test_the_morning_before_the_school_week_begins(rulebook: Rulebook) -> None:
    """On the Saturday after, and on a Monday of the half term, the window is that of the last school week."""
    absent = coded(sessions(MONDAY, 10), "O")
    assert met(look(rulebook, absent, date(2026, 11, 21)), PENALTY)
    assert met(look(rulebook, absent, date(2026, 10, 28)), PENALTY)


def test_a_day_that_is_still_going_on_counts_what_is_marked(rulebook: Rulebook) -> None:
    absent = coded(sessions(MONDAY, 10), "O")
    now = datetime(2026, 9, 11, 13, 20)
    assert met(look(rulebook, absent, date(2026, 9, 11), now=now), PENALTY)
    early = replace(look(rulebook, coded(sessions(MONDAY, 9), "O"), MONDAY + timedelta(days=4), now=now))
    assert not met(early, PENALTY)
