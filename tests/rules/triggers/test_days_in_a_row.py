"""School days in a row: attendance return, long absence, no contact, medical evidence, after a leave, no arrival."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from tests.support.watching import coded, entry, look, met, sessions

MONDAY = date(2026, 9, 7)
BREAKS = ["I", "L", "Y7", "C", "D", ""]


@pytest.mark.parametrize(("key", "code", "needed", "la"), [
    ("continuous-absence", "U", 10, "knowsley"),
    ("attendance-return", "N", 10, "knowsley"),
    ("long-absence", "O", 20, "knowsley"),
    ("no-contact", "N", 11, "knowsley"),
    ("medical-evidence", "I", 6, "england"),
])  # fmt: skip
def test_one_day_fewer_is_too_few(rulebook: Rulebook, key: str, code: str, needed: int, la: str) -> None:
    for days, listed in ((needed - 1, False), (needed, True), (needed + 2, True)):
        run = sessions(MONDAY, 2 * days)
        found = met(look(rulebook, coded(run, code), run[-1].day, la=la), key)
        assert bool(found) is listed, f"{days} days"
        if found:
            assert found[0].since == run[2 * needed - 1].day
            assert len(found[0].sessions) == 2 * days
            assert f"{days} school days in a row" in found[0].says


@pytest.mark.parametrize("key", ["continuous-absence", "attendance-return", "long-absence", "no-contact"])
@pytest.mark.parametrize("other", BREAKS)
def test_any_other_code_breaks_it(rulebook: Rulebook, key: str, other: str) -> None:
    run = sessions(MONDAY, 44)
    codes = coded(run, "O")
    assert met(look(rulebook, codes, run[-1].day), key)
    for where in (7, 42):
        assert not met(look(rulebook, {**codes, run[where]: other}, run[-1].day), "no-contact") or where == 7
    broken = {**codes, run[20]: other}
    assert not met(look(rulebook, broken, run[39].day), "long-absence")
    short = {**coded(run[:20], "O"), run[9]: other}
    assert not met(look(rulebook, short, run[19].day), key)


@pytest.mark.parametrize("key", ["continuous-absence", "long-absence"])
def test_it_is_listed_while_it_lasts(rulebook: Rulebook, key: str) -> None:
    run = sessions(MONDAY, 42)
    codes = coded(run[:40], "O")
    assert met(look(rulebook, codes, run[39].day), key)
    assert not met(look(rulebook, codes, run[41].day), key), "back at school"
    assert met(look(rulebook, codes, date(2026, 10, 3)), key), "on the Saturday after it still lasts"


def test_u_is_unauthorised_and_yet_not_absent_for_the_roll(rulebook: Rulebook) -> None:
    run = sessions(MONDAY, 40)
    child = look(rulebook, coded(run, "U"), run[-1].day)
    assert met(child, "continuous-absence")
    assert not met(child, "long-absence")


def test_a_run_goes_over_the_half_term_and_the_summer(rulebook: Rulebook) -> None:
    half_term = sessions(date(2026, 10, 19), 20)
    assert half_term[-1].day == date(2026, 11, 6)
    assert met(look(rulebook, coded(half_term, "O"), half_term[-1].day), "attendance-return")
    summer = sessions(date(2026, 7, 15), 20)
    (found,) = met(look(rulebook, coded(summer, "O"), summer[-1].day), "continuous-absence")
    assert found.sessions[0].day == date(2026, 7, 15)


def sent(*local: int, due: date | None = None) -> Entry:
    """The return sent at that moment: that of the month, where `due` names its last day."""
    details = {"trigger": "attendance-return", **({"due": due.isoformat()} if due else {})}
    return entry(EntryKind.DECISION, datetime(*local), "return sent", details=details)  # type: ignore[arg-type]


def test_every_months_list_has_it_while_it_lasts(rulebook: Rulebook) -> None:
    run = sessions(MONDAY, 60)
    codes = coded(run, "O")
    september, october = sent(2026, 9, 28, 10), sent(2026, 10, 29, 10)
    (first,) = met(look(rulebook, codes, date(2026, 9, 30)), "attendance-return")
    (second,) = met(look(rulebook, codes, date(2026, 10, 30), decisions=[september]), "attendance-return")
    assert (first.since, first.due) == (date(2026, 9, 18), date(2026, 9, 30))
    assert (second.since, second.due) == (date(2026, 9, 18), date(2026, 10, 31))
    assert run[-1].day == date(2026, 10, 16)
    both = look(rulebook, codes, date(2026, 11, 2), decisions=[september, october])
    assert not met(both, "attendance-return"), "it had ended before November"


def test_a_return_that_was_not_sent_stays_overdue_till_it_is_decided(rulebook: Rulebook) -> None:
    codes = coded(sessions(MONDAY, 60), "O")
    for on in (date(2026, 10, 1), date(2026, 10, 30), date(2026, 11, 2), date(2027, 3, 1)):
        (found,) = met(look(rulebook, codes, on), "attendance-return")
        assert (found.since, found.due) == (date(2026, 9, 18), date(2026, 9, 30)), on
        assert "the return of September 2026" in found.says
    late = sent(2026, 10, 5, 10, due=date(2026, 9, 30))
    (october,) = met(look(rulebook, codes, date(2026, 10, 5), decisions=[late]), "attendance-return")
    assert october.due == date(2026, 10, 31), "September’s, sent in October, is not October’s"
    assert "this month’s return" in october.says
    (still,) = met(look(rulebook, codes, date(2026, 11, 30), decisions=[late]), "attendance-return")
    assert still.due == date(2026, 10, 31)
    both = [late, sent(2026, 11, 3, 10, due=date(2026, 10, 31))]
    assert not met(look(rulebook, codes, date(2026, 11, 30), decisions=both), "attendance-return")


def test_a_return_of_july_is_still_to_be_sent_in_september(rulebook: Rulebook) -> None:
    july = coded(sessions(date(2026, 6, 29), 22), "O")
    (found,) = met(look(rulebook, july, date(2026, 9, 10)), "attendance-return")
    assert found.due == date(2026, 7, 31)
    assert not met(look(rulebook, july, date(2026, 11, 20)), "attendance-return"), "last school year’s is not gone into"


@pytest.mark.parametrize(("left", "on", "due"), [
    (date(2026, 9, 25), date(2026, 9, 30), date(2026, 9, 30)),
    (date(2026, 9, 25), date(2026, 10, 6), date(2026, 9, 30)),
    (date(2026, 10, 2), date(2026, 10, 6), date(2026, 9, 30)),
])  # fmt: skip
def test_a_leaver_is_named_in_the_return(rulebook: Rulebook, left: date, on: date, due: date) -> None:
    run = [one for one in sessions(MONDAY, 60) if one.day <= left]
    child = look(rulebook, coded(run, "O"), on, leaves=left)
    assert [one.due for one in met(child, "attendance-return")] == [due]
    monthly = met(child, "irregular-attendance")
    assert bool(monthly) is (on.month == left.month)
    assert not met(child, "continuous-absence", "penalty-threshold", "persistent-absence", "no-contact")


def test_an_n_of_a_leaver_is_still_to_be_settled(rulebook: Rulebook) -> None:
    last = Session(date(2026, 9, 11), Half.PM)
    (found,) = met(look(rulebook, {last: "N"}, date(2026, 9, 14), leaves=last.day), "reason-not-established")
    assert (found.since, found.due) == (last.day, date(2026, 9, 18))


def test_a_return_sent_in_september_is_not_that_of_october(rulebook: Rulebook) -> None:
    codes = coded(sessions(MONDAY, 60), "O")
    once = sent(2026, 9, 28, 10)
    assert not met(look(rulebook, codes, date(2026, 9, 30), decisions=[once]), "attendance-return")
    assert met(look(rulebook, codes, date(2026, 10, 1), decisions=[once]), "attendance-return")
    assert met(look(rulebook, codes, date(2026, 9, 24), decisions=[once]), "attendance-return"), "decided only later"


def test_a_day_that_is_not_over_neither_counts_nor_hides_a_return(rulebook: Rulebook) -> None:
    run = sessions(MONDAY, 20)
    last = run[-1].day
    noon = datetime.combine(last, datetime.min.time()).replace(hour=9, minute=30)
    nine = coded(run[:19], "O")
    assert not met(look(rulebook, nine, last, now=noon), "continuous-absence"), "the tenth day is not over"
    after = sessions(MONDAY, 21)
    morning = datetime.combine(after[-1].day, noon.time())
    ten = coded(run, "O")
    still = look(rulebook, {**ten, after[-1]: "O"}, after[-1].day, now=morning)
    assert met(still, "continuous-absence")
    back = look(rulebook, {**ten, after[-1]: "/"}, after[-1].day, now=morning)
    assert not met(back, "continuous-absence"), "seen this morning"


def test_a_day_with_one_session_is_a_day(rulebook: Rulebook) -> None:
    """A whole day is every session expected: of a child who comes in the mornings, the mornings."""
    mornings = Pattern(1, 1, PatternKind.PART_TIME, "1010101010", date(2026, 9, 2), date(2027, 7, 21))
    run = [one for one in sessions(MONDAY, 20) if one.half is Half.AM]
    child = look(rulebook, coded(run, "O"), run[-1].day, patterns=[mornings], present=False)
    assert len(run) == 10
    assert met(child, "continuous-absence")


@pytest.mark.parametrize(("kind", "persons", "day", "listed"), [
    (EntryKind.PHONE_CALL, (4,), date(2026, 9, 16), False),
    (EntryKind.HOME_VISIT, (4,), date(2026, 9, 7), False),
    (EntryKind.PHONE_CALL, (), date(2026, 9, 16), True),   # nobody answered
    (EntryKind.LETTER, (4,), date(2026, 9, 16), True),     # a letter is no contact
    (EntryKind.PHONE_CALL, (4,), date(2026, 9, 4), True),  # before it began
])  # fmt: skip
def test_contact_ends_the_silence(
    rulebook: Rulebook, kind: EntryKind, persons: tuple[int, ...], day: date, listed: bool
) -> None:
    run = sessions(MONDAY, 22)
    said = entry(kind, datetime.combine(day, datetime.min.time().replace(hour=10)), persons=persons)
    assert bool(met(look(rulebook, coded(run, "N"), run[-1].day, entries=[said]), "no-contact")) is listed


@pytest.mark.parametrize(("days", "listed"), [(10, False), (11, True)])
def test_silence_after_a_contact_is_counted_anew(rulebook: Rulebook, days: int, listed: bool) -> None:
    run = sessions(MONDAY, 2 * (3 + days))
    spoke = entry(EntryKind.PHONE_CALL, datetime(2026, 9, 9, 10), persons=(4,))
    tried = entry(EntryKind.PHONE_CALL, datetime(2026, 9, 14, 10), "No answer")
    found = met(look(rulebook, coded(run, "N"), run[-1].day, entries=[spoke, tried]), "no-contact")
    assert bool(found) is listed
    assert not listed or (found[0].since == run[-1].day and "1 attempt was logged and nobody" in found[0].says)


@pytest.mark.parametrize("code", ["I", "G", "U", "C"])
def test_a_reason_ends_the_silence(rulebook: Rulebook, code: str) -> None:
    run = sessions(MONDAY, 24)
    assert not met(look(rulebook, {**coded(run, "N"), run[12]: code}, run[-1].day), "no-contact")


def test_illness_as_agreed_asks_for_no_evidence(rulebook: Rulebook) -> None:
    run = sessions(MONDAY, 12)
    agreed = Flag(1, 1, FlagKind.MEDICAL, "asthma, as agreed", date(2026, 1, 1))
    assert met(look(rulebook, coded(run, "I"), run[-1].day, la="england"), "medical-evidence")
    assert not met(look(rulebook, coded(run, "I"), run[-1].day, la="england", flags=[agreed]), "medical-evidence")


@pytest.mark.parametrize(("days", "between", "listed"), [
    (9, "", False), (10, "", True), (10, "I", False), (10, "/", False),
])  # fmt: skip
def test_ten_school_days_after_a_leave_ended(rulebook: Rulebook, days: int, between: str, listed: bool) -> None:
    leave, after = sessions(MONDAY, 8), sessions(date(2026, 9, 11), 2 * days)
    codes = coded(leave, "C") | coded(after, "O") | ({after[5]: between} if between else {})
    found = met(look(rulebook, codes, after[-1].day), "leave-ended")
    assert bool(found) is listed
    assert not listed or (found[0].since == after[19].day and "ended on Thu 10 Sep 2026" in found[0].says)


def test_a_child_who_does_not_arrive(rulebook: Rulebook) -> None:
    start = date(2026, 11, 9)
    came = look(rulebook, {}, date(2026, 11, 9), starts=start)
    assert not met(came, "admission-due")
    days = sessions(start, 4)
    (away,) = met(look(rulebook, coded(days, "N"), days[-1].day, starts=start), "admission-due")
    assert (away.since, len(away.sessions)) == (start, 4)
    (blank,) = met(look(rulebook, {}, days[-1].day, starts=start, present=False), "admission-due")
    assert [one.code for one in blank.sessions] == [""] * 4
    morning = look(rulebook, {}, start, starts=start, present=False, now=datetime(2026, 11, 9, 8, 50))
    assert not met(morning, "admission-due"), "the first morning has only begun"
    once = look(rulebook, {**coded(days, "N"), days[1]: "\\"}, days[-1].day, starts=start)
    assert not met(once, "admission-due"), "seen once"
    assert not met(look(rulebook, {}, date(2026, 11, 20), starts=date(2025, 9, 2)), "admission-due")


def test_a_holiday_is_found_by_its_code_or_by_its_log_entry(rulebook: Rulebook) -> None:
    away, other = sessions(MONDAY, 10), sessions(date(2026, 9, 28), 4)
    (found,) = met(look(rulebook, coded(away, "G"), date(2026, 9, 18)), "term-time-holiday")
    assert (found.since, len(found.sessions)) == (MONDAY, 10)
    unexplained = look(rulebook, coded(away, "O"), date(2026, 9, 18))
    assert not met(unexplained, "term-time-holiday")
    said = entry(EntryKind.PHONE_CALL, datetime(2026, 9, 9, 10), "Spoke", note="Abroad, in Spain till Friday")
    (logged,) = met(
        look(rulebook, coded(away, "O") | coded(other, "O"), date(2026, 10, 2), entries=[said]), "term-time-holiday"
    )
    assert (logged.since, len(logged.sessions)) == (MONDAY, 10), "the other absence lies too far from the call"
    assert "“Abroad, in Spain till Friday”" in logged.says
    both = met(look(rulebook, coded(away, "G") | coded(other, "G"), date(2026, 10, 2)), "term-time-holiday")
    assert [one.since for one in both] == [MONDAY, date(2026, 9, 28)]
    assert Session(MONDAY, Half.AM) in {Session(one.day, one.half) for one in both[0].sessions}


def test_what_somebody_read_and_found_to_be_no_holiday_makes_none(rulebook: Rulebook) -> None:
    away, on = coded(sessions(MONDAY, 10), "O"), date(2026, 9, 18)
    call = entry(EntryKind.PHONE_CALL, datetime(2026, 9, 9, 10), "Spoke", note="his aunt is on holiday")

    def holidays(outcome: str, number: int) -> object:
        details = {"what": f"holiday-{number}"}
        at = datetime(2026, 9, 10, 9)
        read = entry(EntryKind.CONSIDERED, at, outcome, note="not his holiday", details=details)
        return met(look(rulebook, away, on, entries=[call, read]), "term-time-holiday")

    assert not holidays("decided against", call.id)
    assert holidays("decided for", call.id)
    assert holidays("decided against", call.id + 1), "it was another entry"


@pytest.mark.parametrize("more", [{"restricted": True}, {"outcome": "Illness", "note": ""}])
def test_what_does_not_speak_of_a_holiday_makes_none(rulebook: Rulebook, more: dict[str, object]) -> None:
    said = entry(EntryKind.PHONE_CALL, datetime(2026, 9, 9, 10), **{"note": "on holiday", **more})  # type: ignore[arg-type]
    assert not met(
        look(rulebook, coded(sessions(MONDAY, 10), "O"), date(2026, 9, 18), entries=[said]), "term-time-holiday"
    )
