"""Notices to Improve, contracts, orders, referrals and the court clock: both sides of their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.actions.casework import open_at
from desktop_app.actions.contracts import (
    NewContract,
    break_contract,
    check_contract,
    contracts_of,
    end_contract,
    make_contract,
)
from desktop_app.actions.court import (
    NewReferral,
    OrderStep,
    consider,
    court_clock_of,
    orders_of,
    record_answer,
    record_hearing,
    record_order,
    refer,
)
from desktop_app.actions.improving import (
    NewImprovement,
    decide_improvement,
    improvement_plan,
    improvements,
    issue_improvement,
)
from desktop_app.actions.notices import Became, ask_notice, record_notice
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.notices import ImprovementState, NoticeState
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.rules.court_clock import court_clock
from desktop_app.rules.display import clock_time, happened_time
from desktop_app.rules.improvement import GROUNDS, period_of
from tests.support.clock import StillClock
from tests.support.formal import Family, family, mark, sessions_between
from tests.support.schools import SmallSchool
from tests.support.watching import calendar_of

TODAY, MONDAY, ENDS = date(2026, 11, 20), date(2026, 11, 23), date(2026, 12, 11)
CONTENTS = {number: f"What part {number} asks." for number in range(1, 9)}
PARTS = ("Bring him to the gate by 8.40.", "A breakfast place, and a call each Friday.", "I agree to this.")


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G."""
    return family(school)


def notice(doyles: Family, **more: object) -> NewImprovement:
    """A Notice to Improve of three weeks, to the mother."""
    facts: dict[str, object] = {
        "pupil": doyles.pupil,
        "parents": (doyles.mother,),
        "first": MONDAY,
        "weeks": 3,
        "allowed": 2,
        "contents": CONTENTS,
        "la_said": "Ms Okoro agreed by telephone.",
        "why_not": {doyles.father: "He does not live with him."},
    }
    return NewImprovement(**{**facts, **more})  # type: ignore[arg-type]


def run_out(doyles: Family, clock: StillClock, codes: dict[Session, str]) -> None:
    """Fill the three weeks, `/` but for `codes`, and go to the Monday after."""
    for session in sessions_between(MONDAY, ENDS):
        mark(doyles.context, doyles.pupil, [session], codes.get(session, "/"))
    clock.set(2026, 12, 14, 10, 0)


FIRST_THREE = sessions_between(MONDAY, date(2026, 11, 24))[:3]


def test_a_plan_has_its_period_its_number_and_its_eight_contents(doyles: Family) -> None:
    plan = improvement_plan(doyles.context, doyles.pupil, 3)
    assert (plan.period.first, plan.period.last, plan.period.weeks) == (MONDAY, ENDS, 3)
    assert len(plan.contents) == 8
    assert plan.sufficient.allowed == 2, "of thirty sessions, three would be persistent absence"
    assert "there are 30 sessions" in plan.sufficient.words
    assert "no more than 2 of them are missed" in plan.sufficient.words


def test_a_holiday_inside_makes_it_longer_by_the_calendar() -> None:
    found = period_of(date(2027, 2, 8), 3, calendar_of())
    assert found is not None
    assert (found.first, found.last) == (date(2027, 2, 8), date(2027, 3, 5)), "half term lies in it"


@pytest.mark.parametrize(("number", "state"), [(2, ImprovementState.IMPROVED), (3, ImprovementState.NOT_IMPROVED)])
def test_the_outcome_is_proposed_the_day_after_its_last(
    doyles: Family, clock: StillClock, number: int, state: ImprovementState
) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    run_out(doyles, clock, dict.fromkeys(FIRST_THREE[:number], "O"))
    (found,) = improvements(doyles.context, doyles.pupil)
    assert (found.notice.state, found.notice.proposed) == (ImprovementState.DUE, state), found.notice.says
    assert len(found.days) == 15
    assert found.days[-1].so_far == number
    decide_improvement(doyles.context, made, state)
    assert improvements(doyles.context, doyles.pupil)[0].notice.state is state
    with pytest.raises(Refused, match="decided already"):
        decide_improvement(doyles.context, made, state)


def test_on_its_last_day_nothing_is_proposed(doyles: Family, clock: StillClock) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    clock.set(2026, 12, 11, 16, 0)
    assert improvements(doyles.context, doyles.pupil)[0].notice.proposed is None
    with pytest.raises(Refused, match="runs until Fri 11 Dec 2026"):
        decide_improvement(doyles.context, made, ImprovementState.NOT_IMPROVED)


def test_authorised_illness_does_not_fail_it(doyles: Family, clock: StillClock) -> None:
    issue_improvement(doyles.context, notice(doyles, allowed=0))
    run_out(doyles, clock, dict.fromkeys(sessions_between(MONDAY, date(2026, 12, 4)), "I"))
    (found,) = improvements(doyles.context, doyles.pupil)
    assert found.notice.proposed is ImprovementState.IMPROVED
    assert len(found.notice.authorised) == 20


def test_an_n_that_would_decide_it_is_settled_first(doyles: Family, clock: StillClock) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    run_out(doyles, clock, {**dict.fromkeys(FIRST_THREE[:2], "O"), FIRST_THREE[2]: "N"})
    with pytest.raises(Refused, match="Settle the register"):
        decide_improvement(doyles.context, made, ImprovementState.NOT_IMPROVED)


def test_while_it_runs_n_alone_puts_nothing_out_of_reach(doyles: Family, clock: StillClock) -> None:
    issue_improvement(doyles.context, notice(doyles))
    clock.set(2026, 11, 25, 16, 0)
    mark(doyles.context, doyles.pupil, FIRST_THREE, "N")
    assert "Settle each N" in improvements(doyles.context, doyles.pupil)[0].notice.says
    mark(doyles.context, doyles.pupil, FIRST_THREE, "O")
    assert "out of reach" in improvements(doyles.context, doyles.pupil)[0].notice.says


def test_a_person_may_decide_otherwise_with_a_reason(doyles: Family, clock: StillClock) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    run_out(doyles, clock, dict.fromkeys(FIRST_THREE, "O"))
    with pytest.raises(Refused, match="The register says otherwise"):
        decide_improvement(doyles.context, made, ImprovementState.IMPROVED)
    decide_improvement(doyles.context, made, ImprovementState.IMPROVED, "The bus did not run on two of those days.")


def test_it_ends_early_only_on_a_ground_it_names(doyles: Family, clock: StillClock) -> None:
    made = issue_improvement(doyles.context, notice(doyles))[0][0]
    clock.set(2026, 12, 1, 10, 0)
    with pytest.raises(Refused, match="on a ground that it names"):
        decide_improvement(doyles.context, made, ImprovementState.ENDED_EARLY, "Enough.", "no ground")
    decide_improvement(doyles.context, made, ImprovementState.ENDED_EARLY, "Declined all of it.", GROUNDS[0])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"weeks": 2}, "3 to 6 school weeks"),
        ({"weeks": 7}, "3 to 6 school weeks"),
        ({"first": date(2026, 11, 19)}, "cannot begin before"),
        ({"contents": {**CONTENTS, 7: " "}}, "what sufficient improvement will look like"),
        ({"la_said": ""}, "ask it, and write down"),
        ({"why_not": {}}, "Say why Mr P Doyle is not named"),
        ({"allowed": -1}, "still are enough"),
    ],
)
def test_a_notice_with_something_missing_is_not_issued(doyles: Family, more: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        issue_improvement(doyles.context, notice(doyles, **more))
    assert improvements(doyles.context, doyles.pupil) == ()


def test_one_runs_at_a_time_for_a_parent_and_none_under_an_order(doyles: Family) -> None:
    issue_improvement(doyles.context, notice(doyles))
    with pytest.raises(Refused, match="decide it first"):
        issue_improvement(doyles.context, notice(doyles))
    issue_improvement(doyles.context, notice(doyles, parents=(doyles.father,), why_not={doyles.mother: "Has one."}))
    record_order(doyles.context, OrderStep(doyles.pupil, "made", "Made today."))
    with pytest.raises(Refused, match="supervision order stands"):
        issue_improvement(doyles.context, notice(doyles))


def test_an_independent_school_issues_none_and_makes_no_contract(doyles: Family) -> None:
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), type=SchoolType.INDEPENDENT))
    for deed in (
        lambda: issue_improvement(doyles.context, notice(doyles)),
        lambda: improvement_plan(doyles.context, doyles.pupil, 3),
        lambda: make_contract(doyles.context, contract(doyles)),
    ):
        with pytest.raises(Refused, match="a school of this type cannot use it"):
            deed()


def contract(doyles: Family, **more: object) -> NewContract:
    """A contract with both parents from today."""
    facts: dict[str, object] = {
        "pupil": doyles.pupil,
        "parents": (doyles.mother, doyles.father),
        "parts": PARTS,
        "first": TODAY,
        "weeks": 12,
    }
    return NewContract(**{**facts, **more})  # type: ignore[arg-type]


def test_a_contract_runs_twelve_weeks_and_is_checked_broken_and_ended(doyles: Family, clock: StillClock) -> None:
    context = doyles.context
    made, _ = make_contract(context, contract(doyles))
    (found,) = contracts_of(context, doyles.pupil)
    assert (found.first, found.last, found.parts) == (TODAY, date(2027, 2, 11), PARTS)
    check_contract(context, made, True, "At the gate every day.")
    clock.set(2027, 2, 12, 9, 0)
    with pytest.raises(Refused, match="is not in it"):
        check_contract(context, made, False, "One day after.")
    check_contract(context, made, False, "Missed on the last day.", date(2027, 2, 11))
    break_contract(context, made, "Three weeks without a word; she said she forgot.")
    with pytest.raises(Refused, match="broken already"):
        break_contract(context, made, "Again.")
    with pytest.raises(Refused, match="ended on Thu 11 Feb 2027 already"):
        end_contract(context, made, "It is over.")
    (found,) = contracts_of(context, doyles.pupil)
    assert found.broken
    assert [kept for _, kept, _ in found.checks] == [True, False]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"parts": (PARTS[0], "", PARTS[2])}, "the support the school or the authority agrees to give"),
        ({"parts": PARTS[:2]}, "that they agree"),
        ({"first": date(2026, 11, 19)}, "cannot begin before"),
        ({"weeks": 53}, "from 1 to 52"),
        ({"outcome": "perhaps"}, "Say what came of it"),
        ({"parents": ()}, "Name the parent"),
    ],
)
def test_a_contract_without_its_parts_is_none(doyles: Family, more: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        make_contract(doyles.context, contract(doyles, **more))
    assert contracts_of(doyles.context, doyles.pupil) == ()


def test_one_that_was_refused_is_kept_and_is_no_contract(doyles: Family) -> None:
    make_contract(doyles.context, contract(doyles, outcome="refused", parts=()))
    assert contracts_of(doyles.context, doyles.pupil) == ()
    made, _ = make_contract(doyles.context, contract(doyles))
    with pytest.raises(Refused, match="end it first"):
        make_contract(doyles.context, contract(doyles))
    end_contract(doyles.context, made, "Both asked for another.")
    make_contract(doyles.context, contract(doyles))


@pytest.mark.parametrize(
    ("earliest", "today", "left", "last", "school_day"),
    [
        (date(2026, 11, 2), date(2027, 5, 2), 0, date(2027, 5, 2), date(2027, 4, 30)),
        (date(2026, 11, 2), date(2027, 5, 3), -1, date(2027, 5, 2), date(2027, 4, 30)),
        (date(2026, 11, 30), date(2027, 5, 20), 10, date(2027, 5, 30), date(2027, 5, 28)),
        (date(2026, 9, 30), date(2027, 3, 20), 10, date(2027, 3, 30), date(2027, 3, 25)),
        (date(2026, 10, 1), date(2027, 3, 31), 1, date(2027, 4, 1), date(2027, 3, 25)),
    ],
)
def test_six_months_from_the_earliest_session(
    earliest: date, today: date, left: int, last: date, school_day: date
) -> None:
    relied = [Session(date(2026, 12, 4), Half.AM), Session(earliest, Half.PM)]
    found = court_clock(relied, today, calendar_of(), 6)
    assert found is not None
    assert (found.earliest, found.last, found.last_school_day, found.left) == (earliest, last, school_day, left)
    assert ("too late" in found.says) is (left < 0)


def test_a_referral_says_how_many_days_it_leaves(doyles: Family, clock: StillClock) -> None:
    context = doyles.context
    with context.store.reading() as reading:
        key = context.pack(reading.book.school()).referrals[0].key
    new = NewReferral(doyles.pupil, key, (doyles.mother,), doyles.week, why_not={doyles.father: "Abroad."})
    made, found, _ = refer(context, new)
    assert found is not None
    assert (found.last, found.left) == (date(2027, 5, 2), 163)
    assert court_clock_of(context, doyles.pupil) == found
    with pytest.raises(Refused, match="cannot be of Thu 19 Nov 2026"):
        record_answer(context, made, "accepted", "Taken on.", date(2026, 11, 19))
    record_answer(context, made, "accepted", "Taken on by Ms Okoro.")
    with pytest.raises(Refused, match="has no referral"):
        refer(context, replace(new, referral="no-such"))
    clock.set(2027, 5, 3, 10, 0)
    with pytest.raises(Refused, match="too late for a court"):
        refer(context, new)


def test_the_clock_runs_from_what_is_still_in_time(doyles: Family) -> None:
    old, new = Session(date(2025, 11, 3), Half.AM), Session(date(2026, 11, 3), Half.AM)
    found = court_clock_of(doyles.context, doyles.pupil, (old, new))
    assert found is not None
    assert found.earliest == new.day
    late = court_clock_of(doyles.context, doyles.pupil, (old,))
    assert late is not None
    assert late.left < 0


def test_what_was_paid_for_is_no_ground_for_a_court(doyles: Family) -> None:
    context = doyles.context
    made = ask_notice(context, doyles.asking())[0][0]
    record_notice(context, made, Became(NoticeState.ISSUED, TODAY))
    record_notice(context, made, Became(NoticeState.PAID, TODAY))
    with pytest.raises(Refused, match="A notice was paid for Mon 2 Nov"):
        record_hearing(context, doyles.pupil, doyles.mother, "information laid", "Laid.", sessions=doyles.week)
    begun, _ = record_hearing(
        context, doyles.pupil, doyles.father, "information laid", "Laid by the authority.", sessions=doyles.week
    )
    record_hearing(context, doyles.pupil, doyles.father, "heard", "Adjourned.", begun=begun)
    with pytest.raises(Refused, match="Say which prosecution"):
        record_hearing(context, doyles.pupil, doyles.father, "ended", "Ended.", begun=made)
    record_hearing(context, doyles.pupil, doyles.father, "ended", "A fine of £200.", begun=begun)
    with pytest.raises(Refused, match="ended on Fri 20 Nov 2026: a new one begins"):
        record_hearing(context, doyles.pupil, doyles.father, "heard", "Again.", begun=begun)


def test_an_order_is_considered_made_extended_and_ended(doyles: Family, clock: StillClock) -> None:
    context, pupil = doyles.context, doyles.pupil
    consider(context, pupil, "prosecution", False, "The mother engages.")
    first, _ = record_order(context, OrderStep(pupil, "considered", "Before any prosecution."))
    assert orders_of(context, pupil) == ()
    record_order(context, OrderStep(pupil, "made", "Made.", first))
    (order,) = orders_of(context, pupil)
    assert (order.first, order.last) == (TODAY, date(2027, 11, 19))
    with pytest.raises(Refused, match="Another order stands"):
        record_order(context, OrderStep(pupil, "made", "Made again."))
    with pytest.raises(Refused, match="give a later day"):
        record_order(context, OrderStep(pupil, "extended", "Extended.", last=date(2027, 11, 19)))
    with pytest.raises(Refused, match="three years at most, so until Tue 19 Nov 2030"):
        record_order(context, OrderStep(pupil, "extended", "Extended.", last=date(2030, 11, 20)))
    record_order(context, OrderStep(pupil, "extended", "Extended.", last=date(2028, 11, 19)))
    record_order(context, OrderStep(pupil, "varied", "The family meets the supervisor each week now."))
    assert orders_of(context, pupil)[0].last == date(2028, 11, 19)
    clock.set(2027, 1, 11, 9, 0)
    record_order(context, OrderStep(pupil, "ended", "Discharged."))
    assert orders_of(context, pupil)[0].last == date(2027, 1, 11)
    clock.set(2027, 1, 12, 9, 0)
    with pytest.raises(Refused, match="No order stands on Tue 12 Jan 2027"):
        record_order(context, OrderStep(pupil, "ended", "Again."))
    with pytest.raises(Refused, match="No order stands"):
        record_order(context, OrderStep(pupil, "varied", "Too late."))


def test_a_deed_of_a_past_day_claims_no_time_of_day(doyles: Family) -> None:
    context, pupil = doyles.context, doyles.pupil
    yesterday = TODAY - timedelta(days=1)
    formal, _ = record_order(context, OrderStep(pupil, "considered", "Before any prosecution.", on=yesterday))
    today, _ = consider(context, pupil, "prosecution", False, "The mother engages.")
    with context.store.reading() as reading:
        step = context.pack(reading.book.school()).casework.steps[0]
    case, _ = open_at(context, pupil, step.key, on=yesterday)
    with context.store.reading() as reading:
        at = [reading.entries.get(one) for one in (formal, case, today)]
    assert [(one.happened_at.date(), happened_time(one.happened_at)) for one in at if one] == [
        (yesterday, ""),
        (yesterday, ""),
        (TODAY, clock_time(context.now())),
    ]


def test_a_prosecution_says_for_which_sessions_it_is(doyles: Family) -> None:
    with pytest.raises(Refused, match="the six months count from the earliest"):
        record_hearing(doyles.context, doyles.pupil, doyles.mother, "information laid", "Laid.")
    with doyles.context.store.reading() as reading:
        assert all(one.kind is not EntryKind.PROSECUTION for one in reading.entries.of(doyles.pupil))
