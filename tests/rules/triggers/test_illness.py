"""The sickness return: fifteen days reached or expected, once for each spell."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.rulebook import Rulebook
from tests.support.watching import coded, entry, look, met, sessions

KEY = "sickness-return"
MONDAY = date(2026, 9, 7)


def decided(*local: int) -> Entry:
    """The return sent at that moment."""
    return entry(EntryKind.DECISION, datetime(*local), "return sent", details={"trigger": KEY})  # type: ignore[arg-type]


def expected(days: int, first: date, *local: int) -> Entry:
    """Illness expected, written down at that moment."""
    details = {"expected-sick-days": str(days), "expected-from": first.isoformat()}
    return entry(EntryKind.NOTE, datetime(*local), "surgery, six weeks", details=details)  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "listed"), [(29, False), (30, True), (34, True)])
def test_twenty_nine_sessions_and_thirty(rulebook: Rulebook, number: int, listed: bool) -> None:
    ill = sessions(MONDAY, number)
    found = met(look(rulebook, coded(ill, "I"), date(2026, 10, 2)), KEY)
    assert bool(found) is listed
    if listed:
        assert found[0].since == ill[29].day
        assert len(found[0].sessions) == number
        assert found[0].due is None


def test_they_need_not_be_in_a_row(rulebook: Rulebook) -> None:
    ill = sessions(MONDAY, 90)[::3]
    assert len(ill) == 30
    (found,) = met(look(rulebook, coded(ill, "I"), date(2026, 11, 20)), KEY)
    assert found.since == ill[-1].day
    assert not met(look(rulebook, coded(ill[:-1], "I"), date(2026, 11, 20)), KEY)


def test_an_appointment_never_counts(rulebook: Rulebook) -> None:
    ill = sessions(MONDAY, 40)
    assert not met(look(rulebook, coded(ill[:29], "I") | coded(ill[29:], "M"), date(2026, 10, 9)), KEY)


def test_last_years_illness_does_not_count(rulebook: Rulebook) -> None:
    ill = coded(sessions(date(2026, 7, 6), 24), "I") | coded(sessions(MONDAY, 10), "I")
    assert not met(look(rulebook, ill, date(2026, 9, 18)), KEY)


@pytest.mark.parametrize(("born", "listed"), [(date(2021, 8, 31), True), (date(2021, 9, 1), False)])
def test_never_below_compulsory_age(rulebook: Rulebook, born: date, listed: bool) -> None:
    child = look(rulebook, coded(sessions(MONDAY, 30), "I"), date(2026, 9, 28), born=born)
    assert bool(met(child, KEY)) is listed


def test_once_for_each_spell(rulebook: Rulebook) -> None:
    first, second = sessions(MONDAY, 30), sessions(date(2026, 11, 2), 30)
    once = coded(first, "I")
    sent = decided(2026, 9, 28, 9)
    assert not met(look(rulebook, once, date(2026, 9, 30), decisions=[sent]), KEY)
    more = once | coded(second[:28], "I")
    assert not met(look(rulebook, more, date(2026, 11, 20), decisions=[sent]), KEY), "short of fifteen by itself"
    again = once | coded(second, "I")
    (found,) = met(look(rulebook, again, date(2026, 11, 20), decisions=[sent]), KEY)
    assert found.since == date(2026, 11, 20)
    assert {one.day >= date(2026, 11, 2) for one in found.sessions} == {True}
    both = [sent, decided(2026, 11, 20, 15)]
    assert not met(look(rulebook, again, date(2026, 11, 20), decisions=both), KEY)


@pytest.mark.parametrize(("days", "listed"), [(14, False), (15, True), (30, True)])
def test_expected_on_day_nought(rulebook: Rulebook, days: int, listed: bool) -> None:
    note = expected(days, date(2026, 10, 5), 2026, 10, 1, 10)
    found = met(look(rulebook, {}, date(2026, 10, 1), entries=[note]), KEY)
    assert bool(found) is listed
    assert not listed or found[0].since == date(2026, 10, 1)
    assert not met(look(rulebook, {}, date(2026, 9, 30), entries=[note]), KEY), "not written down yet"


def test_what_was_missed_already_is_added_to_what_is_expected(rulebook: Rulebook) -> None:
    note = expected(5, date(2026, 10, 5), 2026, 10, 1, 10)
    assert not met(look(rulebook, coded(sessions(MONDAY, 19), "I"), date(2026, 10, 1), entries=[note]), KEY)
    assert met(look(rulebook, coded(sessions(MONDAY, 20), "I"), date(2026, 10, 1), entries=[note]), KEY)


def test_a_return_sent_for_illness_foretold_is_not_asked_for_again(rulebook: Rulebook) -> None:
    """Written down four days before the operation, sent that day, and then ill for eighteen days."""
    note, sent = expected(20, date(2026, 10, 5), 2026, 10, 1, 10), decided(2026, 10, 1, 11)
    ill = coded(sessions(date(2026, 10, 5), 36), "I")
    assert not met(look(rulebook, ill, date(2026, 11, 6), entries=[note], decisions=[sent]), KEY)
    assert met(look(rulebook, ill, date(2026, 11, 6), entries=[note]), KEY)


@pytest.mark.parametrize(("ill", "listed"), [(10, False), (29, False), (30, True), (36, True)])
def test_once_back_what_was_missed_is_told_from_the_marks(rulebook: Rulebook, ill: int, listed: bool) -> None:
    """Thirty days were expected from 5 October; the child came back sooner."""
    note = expected(30, date(2026, 10, 5), 2026, 10, 1, 10)
    away = sessions(date(2026, 10, 5), ill)
    still = look(rulebook, coded(away, "I"), away[-1].day, entries=[note])
    back = look(rulebook, coded(away, "I"), date(2026, 12, 4), entries=[note])
    assert bool(met(back, KEY)) is listed
    assert ill % 2 or met(still, KEY), "not back yet"


def test_who_attends_before_the_first_day_expected_is_not_back(rulebook: Rulebook) -> None:
    """Told on Thursday of an operation on Monday: Friday at school is no return. Nor is the morning of the day on which
    the child fell ill at noon."""
    monday = expected(30, date(2026, 10, 5), 2026, 10, 1, 10)
    assert met(look(rulebook, {}, date(2026, 10, 2), entries=[monday]), KEY)
    noon = expected(30, date(2026, 10, 5), 2026, 10, 5, 12)
    afternoon = coded(sessions(date(2026, 10, 5), 2)[1:], "I")
    assert met(look(rulebook, afternoon, date(2026, 10, 5), entries=[noon]), KEY)


@pytest.mark.parametrize(("first", "days", "july", "september"), [
    (date(2026, 9, 3), 30, False, True),    # all of it in the new school year
    (date(2026, 7, 20), 30, False, True),   # two days in July, twenty-eight in September
    (date(2026, 7, 8), 20, False, False),   # ten days in July, ten in September: fifteen in neither
    (date(2026, 7, 1), 20, True, False),    # fifteen in July, five in September
])  # fmt: skip
def test_illness_foretold_counts_in_the_school_year_of_its_days(
    rulebook: Rulebook, first: date, days: int, july: bool, september: bool
) -> None:
    note = expected(days, first, 2026, 6, 30, 10)
    assert bool(met(look(rulebook, {}, date(2026, 6, 30), entries=[note]), KEY)) is july
    assert bool(met(look(rulebook, {}, date(2026, 9, 2), entries=[note]), KEY)) is september
    sent = decided(2026, 7, 1, 9)
    assert not met(look(rulebook, {}, date(2026, 9, 2), entries=[note], decisions=[sent]), KEY)
