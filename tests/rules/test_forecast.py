"""Looking ahead: every number held against trying all of them, and every day against living through the year."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app.domain.forecast import Aim, DueSession, Forecast, MayMiss, PastSession, Reach, ReachKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.triggers import TriggerKind, TriggerSpec
from desktop_app.rules.forecast import Course, lines_of, look_ahead, may_miss, not_persistent, persistent_if
from desktop_app.rules.forecast_words import forecast_words, what_if
from tests.support.habits import FIRST, ON, OPEN

YEAR_ENDS = date(2027, 7, 21)
PRESENT, OUT, ILL, LEAVE, NO_REASON = "/", "O", "I", "C", "N"


def past(session: Session, code: str, *, compulsory: bool = True) -> PastSession:
    out = code in (OUT, NO_REASON)
    return PastSession(session, code != PRESENT, out, code == ILL, compulsory, code == NO_REASON)


def course(codes: str = "", on: date = ON, planned: int = 0, **more: object) -> Course:
    """A child whose sessions to `on` have these codes, present from there on back to September; the first `planned`
    sessions to come are planned absences."""
    behind = OPEN.sessions(FIRST, on)
    told = codes.rjust(len(behind), PRESENT)
    due = OPEN.sessions(on + timedelta(days=1), YEAR_ENDS)
    facts: dict[str, object] = {
        "pupil": 1,
        "on": on,
        "first": FIRST,
        "end": YEAR_ENDS,
        "end_is": "the last day of the school year",
        "calendar": OPEN,
        "past": tuple(past(one, code) for one, code in zip(behind, told, strict=True)),
        "due": tuple(DueSession(one, number < planned) for number, one in enumerate(due)),
    }
    return Course(**{**facts, **more})  # type: ignore[arg-type]


def ahead(rulebook: Rulebook, of: Course) -> Forecast:
    return look_ahead(of, lines_of(rulebook, rulebook.packs["england"]))


def reach(found: Forecast, kind: ReachKind) -> Reach:
    return next(one for one in found.reaches if one.kind is kind)


# What may still be missed


@given(st.integers(0, 90), st.integers(0, 40), st.integers(0, 40), st.booleans(), st.integers(0, 1000))
def test_what_may_be_missed_is_the_most_that_holds(absent: int, free: int, more: int, above: bool, tenths: int) -> None:
    possible = absent + free + more
    aim = Aim(Fraction(tenths, 10), above)
    held = [
        sessions
        for sessions in range(free + 1)
        if possible
        and (100 * (possible - absent - sessions) / Fraction(possible) >= aim.percent)
        and not (above and 100 * (possible - absent - sessions) / Fraction(possible) == aim.percent)
    ]
    if possible:
        assert may_miss(aim, possible, absent, free) == MayMiss(aim, max(held, default=None))


@given(
    st.text(f"{PRESENT}{PRESENT}{OUT}{ILL}", max_size=100),
    st.integers(0, 60),
    st.sampled_from([ON, FIRST, date(2027, 6, 1)]),
    st.integers(0, 60),
)
def test_leaving_persistent_absence_by_trying_every_number(
    rulebook: Rulebook, codes: str, planned: int, on: date, days: int
) -> None:
    """Also with a look that ends earlier, so that the sessions of the year are of every number."""
    codes = codes[: len(OPEN.sessions(FIRST, on))]
    found = ahead(rulebook, course(codes, on, planned, end=on + timedelta(days=days)))
    whole = found.possible + found.remaining
    fits = [more for more in range(found.may_come + 1) if 10 * (found.absent + found.planned + more) < whole]
    assert found.leave_pa == max(fits, default=None)
    assert found.possible == len(OPEN.sessions(FIRST, on))
    assert found.absent == sum(code != PRESENT for code in codes)
    if found.leave_pa is not None:
        assert persistent_if(found, found.leave_pa) is False
        if found.leave_pa < found.may_come:
            assert persistent_if(found, found.leave_pa + 1) is True


@given(st.text(f"{PRESENT}{OUT}", max_size=104), st.integers(0, 80))
def test_the_day_of_leaving_by_living_through_the_year(rulebook: Rulebook, codes: str, planned: int) -> None:
    of = course(codes, planned=planned)
    found = ahead(rulebook, of)
    marks = [one.absent for one in of.past]
    left = None
    if sum(marks) * 10 >= len(marks):
        for due in of.due:
            marks.append(due.planned)
            if sum(marks) * 10 < len(marks):
                left = due.session.day
                break
    assert found.left_by == left


@pytest.mark.parametrize(("missed", "persistent"), [(10, False), (11, True)])
def test_persistent_at_a_tenth_of_104(rulebook: Rulebook, missed: int, persistent: bool) -> None:
    found = ahead(rulebook, course(OUT * missed))
    assert (found.possible, found.persistent) == (104, persistent)
    assert (found.left_by is not None) is persistent


def test_all_attended_one_day_and_what_if_are_exact(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(OUT * 20, planned=4))
    whole = len(OPEN.sessions(FIRST, YEAR_ENDS))
    assert found.at_best == Fraction(100 * (whole - 24), whole)
    assert found.one_day == Fraction(200, whole)
    assert found.if_misses(3) == Fraction(100 * (whole - 27), whole)
    assert "4 planned absences count as missed" in dict(forecast_words(found))["If all is attended"]
    assert what_if(found, 4).startswith("With 4 sessions (2 days) more missed: ")
    assert what_if(found, found.may_come + 1) == f"Only {found.may_come} sessions are still to come."


@pytest.mark.parametrize(("days", "said"), [(190, "0.526%"), (200, "0.500%")])
def test_one_day_in_a_year_is_worked_out(days: int, said: str) -> None:
    found = Forecast(1, ON, ON, "the day asked for", 2 * days, 0, 0, 0, 0, 10, False, 0, None, None, (), (), ())
    assert dict(forecast_words(found))["One day"].startswith(f"One day is {said} of this child’s year")


@pytest.mark.parametrize(("missed", "left"), [(13, 1), (14, 0), (15, None)])
def test_the_edge_of_a_year_of_150(rulebook: Rulebook, missed: int, left: int | None) -> None:
    """Fifteen of 150 is a tenth, and persistent: fourteen may be missed in all."""
    exact = ahead(rulebook, course(OUT * missed, end=date(2027, 1, 6)))
    assert (exact.possible_at_end, exact.leave_pa) == (150, left)


def test_a_shorter_look(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(OUT * 20, end=date(2026, 12, 18), end_is="the day asked for"))
    assert found.remaining == 40
    assert found.leave_pa is None
    assert "Cannot be left by Fri 18 Dec 2026" in dict(forecast_words(found))["Persistent absence"]


def test_nothing_behind_and_nothing_ahead(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(past=(), due=()))
    assert (found.now, found.at_best, found.one_day, found.persistent, found.leave_pa) == (None,) * 5
    assert [one.about for one in forecast_words(found)] == ["Nothing to say"]
    assert what_if(found, 1) == "There is no session to reckon with."
    begins = ahead(rulebook, course(past=()))
    assert begins.persistent is None
    assert begins.rate is None
    assert begins.reaches == ()


# At the present rate


@given(st.text(f"{PRESENT}{PRESENT}{PRESENT}{OUT}{ILL}", max_size=104))
def test_persistence_and_illness_at_the_rate_by_living_through_it(rulebook: Rulebook, codes: str) -> None:
    of = course(codes)
    found = ahead(rulebook, of)
    recent = [one for one in of.past if one.day >= date(2026, 10, 5)]
    rate, ill = sum(one.absent for one in recent) / Fraction(len(recent)), sum(one.ill for one in recent)
    gone, possible = Fraction(sum(one.absent for one in of.past)), len(of.past)
    was = 10 * gone >= possible
    turns = None
    for due in of.due:
        gone, possible = gone + rate, possible + 1
        if (10 * gone >= possible) != was:
            turns = due.session.day
            break
    kind = ReachKind.NOT_PERSISTENT if was else ReachKind.PERSISTENT
    assert reach(found, kind).on == turns
    sick, due_on = Fraction(sum(one.ill for one in of.past)), None
    met = sick >= 30
    for due in of.due:
        sick += Fraction(ill, len(recent))
        if not met and ill and sick >= 30:
            due_on = due.session.day
            break
    one = reach(found, ReachKind.SICKNESS)
    assert (one.met, one.on) == (met, due_on)


@given(st.text(f"{PRESENT}{PRESENT}{PRESENT}{PRESENT}{OUT}", max_size=104))
def test_ten_in_ten_school_weeks_by_a_window_that_slides(rulebook: Rulebook, codes: str) -> None:
    of = course(codes)
    found = reach(ahead(rulebook, of), ReachKind.PENALTY)
    recent = [one for one in of.past if one.day >= date(2026, 10, 5)]
    rate = Fraction(sum(one.unauthorised for one in recent), len(recent))
    window: deque[list[object]] = deque(maxlen=10)
    now = on = None
    everything = [(one.day, Fraction(one.unauthorised)) for one in of.past]
    ahead_of = [(one.session.day, rate) for one in of.due]
    for number, (day, missed) in enumerate([*everything, *ahead_of]):
        monday = day - timedelta(days=day.weekday())
        if not window or window[-1][0] != monday:
            window.append([monday, Fraction(0)])
        window[-1][1] += missed  # type: ignore[operator]
        so_many = sum(week[1] for week in window)  # type: ignore[misc]
        if number == len(everything) - 1:
            now = so_many
        elif number >= len(everything) and now < 10 and rate and on is None and so_many >= 10:
            on = day
    assert (found.number, found.met, found.on) == (now, now >= 10, on)


@pytest.mark.parametrize(("missed", "met"), [(9, False), (10, True)])
def test_nine_and_ten_unauthorised_sessions(rulebook: Rulebook, missed: int, met: bool) -> None:
    found = reach(ahead(rulebook, course(OUT * missed)), ReachKind.PENALTY)
    assert (found.met, found.number, found.of, found.weeks) == (met, missed, 10, 10)
    said = dict(forecast_words(ahead(rulebook, course(OUT * missed))))["At this rate: penalty"]
    assert said == (
        "10 unauthorised sessions in the last 10 school weeks; the threshold of 10 is met now."
        if met
        else "9 unauthorised sessions in the last 10 school weeks; the threshold of 10 is reached on Thu 26 Nov 2026."
    )


def test_the_tenth_week_counts_and_the_eleventh_does_not(rulebook: Rulebook) -> None:
    """The ten school weeks that end with that of 20 November begin on 7 September: half term is none."""
    in_week = {date(2026, 9, 7): True, date(2026, 9, 4): False}
    for day, counts in in_week.items():
        of = course(OUT * 9)
        others = tuple(replace_at(one, day) for one in of.past)
        found = reach(ahead(rulebook, replace(of, past=others)), ReachKind.PENALTY)
        assert found.met is counts, day


def replace_at(one: PastSession, day: date) -> PastSession:
    """That day's sessions missed: two of them, so nine become ten only where one is left out."""
    return one._replace(absent=True, unauthorised=True) if one.day == day else one


def test_sessions_below_compulsory_age_count_towards_neither(rulebook: Rulebook) -> None:
    of = course(OUT * 12 + ILL * 30)
    young = tuple(one._replace(compulsory=False) for one in of.past)
    due = tuple(one._replace(compulsory=False) for one in of.due)
    found = ahead(rulebook, replace(of, past=young, due=due))
    for kind in (ReachKind.PENALTY, ReachKind.SICKNESS):
        assert reach(found, kind).number == 0
        assert (reach(found, kind).met, reach(found, kind).on) == (False, None)
    assert reach(ahead(rulebook, of), ReachKind.SICKNESS).met


def test_a_school_without_penalty_notices_is_told_of_none(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(OUT * 12, penalty=False))
    assert ReachKind.PENALTY not in {one.kind for one in found.reaches}


def test_not_at_this_rate_is_an_answer(rulebook: Rulebook) -> None:
    said = dict(forecast_words(ahead(rulebook, course())))
    assert said["At this rate: persistent"] == "Not reached at this rate."
    assert said["At this rate: penalty"].endswith("the threshold of 10 is not reached at this rate.")
    assert said["At this rate: illness"] == (
        "0 of 15 days of illness this year; the sickness return is not reached at this rate."
    )
    assert "In the last 6 school weeks, from Mon 5 Oct, 0 of 60 sessions were missed" in said["Present rate"]


# What it is held against, a target, and what is not certain


def test_the_lines_are_those_of_the_triggers_of_the_school(rulebook: Rulebook) -> None:
    """A pack with a threshold of its own is looked ahead to as it is watched for."""
    assert lines_of(rulebook, rulebook.packs["sefton"]).penalty == (10, 10, frozenset("GNOU"))
    eight = {"sessions": "8", "weeks": "6", "codes": "O"}
    kind = TriggerKind.PENALTY_THRESHOLD
    own = TriggerSpec(kind.value, kind, "8 in 6", "penalty-window", "ours: of a test", eight)
    pack = replace(rulebook.packs["england"], triggers=(own,))
    lines = lines_of(rulebook, pack)
    assert (lines.penalty, lines.sickness, lines.improvement) == ((8, 6, frozenset("O")), 30, (3, 6))
    penalty = reach(look_ahead(course(OUT * 8), lines), ReachKind.PENALTY)
    assert (penalty.met, penalty.of, penalty.weeks) == (True, 8, 6)
    assert not reach(ahead(rulebook, course(OUT * 8)), ReachKind.PENALTY).met


def test_without_a_trigger_nothing_is_held_against_it(rulebook: Rulebook) -> None:
    lines = lines_of(replace(rulebook, triggers=()), replace(rulebook.packs["england"], triggers=()))
    found = look_ahead(course(OUT * 12), lines)
    assert {one.kind for one in found.reaches} == {ReachKind.NOT_PERSISTENT}


@pytest.mark.parametrize(("codes", "met", "only"), [("ONNOOOOOOO", True, True), ("NOOOOOOOOOO", True, False)])
def test_which_of_the_sessions_are_provisional(rulebook: Rulebook, codes: str, met: bool, only: bool) -> None:
    behind = OPEN.sessions(FIRST, ON)[-len(codes) :]
    found = ahead(rulebook, course(codes))
    penalty = reach(found, ReachKind.PENALTY)
    assert penalty.provisional == tuple(one for one, code in zip(behind, codes, strict=True) if code == NO_REASON)
    assert (penalty.met, penalty.only_provisionally) == (met, only)
    said = dict(forecast_words(found))["At this rate: penalty"]
    if only:
        assert "is met now, provisionally. 2 of them are N and provisional: Mon 16 Nov PM, Tue 17 Nov 2026 AM." in said
    else:
        assert "is met now. 1 of them is N and provisional: " in said


def test_an_n_older_than_the_window_is_not_named(rulebook: Rulebook) -> None:
    old = Session(date(2026, 9, 4), Half.AM)
    of = course()
    sessions = tuple(past(one.session, NO_REASON if one.session == old else PRESENT) for one in of.past)
    assert reach(ahead(rulebook, replace(of, past=sessions)), ReachKind.PENALTY).provisional == ()


@given(st.text(f"{PRESENT}{PRESENT}{OUT}", max_size=104), st.integers(0, 30), st.integers(0, 1000), st.integers(0, 130))
def test_a_target_by_trying_every_number(rulebook: Rulebook, codes: str, planned: int, tenths: int, days: int) -> None:
    """Over its own days: since its first, and to its last."""
    first, until = date(2026, 10, 12), ON + timedelta(days=days)
    percent = Fraction(tenths, 10)
    of = course(codes, planned=planned, aims=(Aim(percent, first=first, until=until),))
    (found,) = ahead(rulebook, of).aims
    since = [one.absent for one in of.past if one.day >= first]
    left = [one.planned for one in of.due if one.session.day <= until]
    whole, missed = len(since) + len(left), sum(since) + sum(left)
    fits = [more for more in range(left.count(False) + 1) if 100 * (whole - missed - more) >= percent * whole]
    assert found.sessions == max(fits, default=None)
    assert (found.attended, found.possible, found.until) == (since.count(False), len(since), until)


def test_what_is_said_of_a_target(rulebook: Rulebook) -> None:
    aim = Aim(Fraction(96), first=date(2026, 11, 9), until=date(2026, 12, 18))
    said = dict(forecast_words(ahead(rulebook, course(OUT, aims=(aim, Aim(Fraction(95)))))))
    assert said["Target of 96%"] == (
        "19 of 20 sessions attended since Mon 9 Nov: not met so far. "
        "At most 1 session (½ day) more may be missed by Fri 18 Dec 2026."
    )
    assert said["For 95%"].startswith("At most ")
    assert "For 96% at most 1 session (½ day), 95% at most" in said["3 weeks to improve"]
    fresh = Aim(Fraction(96), first=ON + timedelta(days=1), until=date(2026, 12, 18))
    said = dict(forecast_words(ahead(rulebook, course(aims=(fresh,)))))
    assert said["Target of 96%"].startswith("No session of it has been yet. At most ")
    young = Aim(Fraction(90), first=date(2026, 11, 17), until=date(2026, 12, 18))
    said = dict(forecast_words(ahead(rulebook, course(OUT, planned=3, aims=(young,)))))
    assert said["Target of 90%"] == (
        "7 of 8 sessions attended since Tue 17 Nov: too early to say whether it is met. "
        "No more may be missed by Fri 18 Dec 2026, besides 3 planned absences."
    )
    week = Aim(Fraction(90), first=date(2026, 11, 16), until=date(2026, 12, 18))
    said = dict(forecast_words(ahead(rulebook, course(OUT, aims=(week,)))))
    assert said["Target of 90%"].startswith("9 of 10 sessions attended since Mon 16 Nov: met so far. At most 4 ")


@pytest.mark.parametrize(("sessions", "early"), [(39, True), (40, False)])
@pytest.mark.parametrize("missed", [2, 10])
def test_too_early_to_say_who_is_persistently_absent(
    rulebook: Rulebook, sessions: int, early: bool, missed: int
) -> None:
    of = course(OUT * missed)
    found = ahead(rulebook, replace(of, past=of.past[-sessions:]))
    said = dict(forecast_words(found))
    assert (found.too_early, found.possible) == (early, sessions)
    now = "Persistently absent now." if missed == 10 else "Not persistently absent now."
    begins = "Too early to say now: fewer than 40 sessions were possible so far." if early else now
    assert said["Persistent absence"].startswith(f"{begins} ")
    if missed == 10:
        assert (said["At this rate: persistent"] == "Too early to say.") is early


# A Notice to Improve


def test_the_weeks_of_an_improvement_are_whole_school_weeks(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(OUT * 20, planned=3, aims=(Aim(Fraction(95)),)))
    assert [(one.weeks, one.first, one.last, one.sessions) for one in found.improvements] == [
        (3, date(2026, 11, 23), date(2026, 12, 11), 30),
        (4, date(2026, 11, 23), date(2026, 12, 18), 40),
        (5, date(2026, 11, 23), date(2027, 1, 8), 50),
        (6, date(2026, 11, 23), date(2027, 1, 15), 60),
    ]
    first = found.improvements[0]
    assert first.planned == 3
    assert first.may_miss == (MayMiss(Aim(Fraction(95)), None), MayMiss(not_persistent(10), None))
    second = found.improvements[1]
    assert second.may_miss == (MayMiss(Aim(Fraction(95)), None), MayMiss(Aim(Fraction(90), above=True), 0))
    said = dict(forecast_words(found))
    assert said["3 weeks to improve"].endswith("What is planned leaves none of it in reach.")
    assert said["4 weeks to improve"].endswith("For more than 90% none may be missed.")


def test_on_a_wednesday_the_weeks_begin_on_the_next_monday(rulebook: Rulebook) -> None:
    found = ahead(rulebook, course(on=date(2026, 10, 21)))
    assert found.improvements[0].first == date(2026, 11, 2)
    assert found.improvements[0].sessions == 30
    late = ahead(rulebook, course(on=date(2027, 7, 5)))
    assert late.improvements == ()
