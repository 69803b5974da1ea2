"""What is proposed, under the packs as shipped and a small one: never a step the pack has not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from desktop_app import paths, rulebook as rulebooks
from desktop_app.domain.cases import CaseState, ProposalKind
from desktop_app.domain.casework import Casework, Service
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.triggers import Trigger, TriggerKind
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.casework.facts import CaseFacts, Course
from desktop_app.rules.casework.order import why_not
from desktop_app.rules.casework.proposals import next_of, proposals
from desktop_app.rules.casework.rhythm import rhythm_of
from desktop_app.rules.casework.state import fold
from desktop_app.rules.casework.working import Verdict, working
from tests.rules.casework.test_fold import entry
from tests.support.casework import CASEWORK
from tests.support.schools import CALENDAR

RHYTHM = rhythm_of(CALENDAR, SchoolCalendar(CALENDAR, "1111100"))
SHIPPED = {key: pack.casework for key, pack in rulebooks.load(paths.resources()).packs.items() if pack.casework.levels}
WORK = {**SHIPPED, "small": CASEWORK}
START = datetime(2026, 10, 5, 9, 0)


def course(*parts: tuple[date, date, int]) -> Course:
    """Two sessions each school day from one day to another, of which so many of every ten are attended."""
    days: list[date] = []
    possible, attended = [0], [0]
    for first, last, of_ten in parts:
        for number, day in enumerate(RHYTHM.calendar.school_days(first, last)):
            days.append(day)
            possible.append(possible[-1] + 2)
            attended.append(attended[-1] + (2 if number % 10 < of_ten else 0))
    return Course(tuple(days), tuple(possible), tuple(attended))


def case_in(step: str, *entries: Entry) -> CaseState:
    """A case opened at a step on 5 October."""
    opened = entry(1, EntryKind.CASE_OPENED, START, case_step=step)
    return fold([opened, *entries], ())[0]


def trigger(key: str) -> Trigger:
    """A trigger that is met."""
    return Trigger(TriggerKind.LEVEL_ONE, key, key, 5, date(2026, 10, 1), None, "It is met.", "law")


@pytest.mark.parametrize(
    ("before", "after", "days", "verdict"),
    [(6, 6, 20, Verdict.SAME), (6, 9, 20, Verdict.BETTER), (9, 6, 20, Verdict.WORSE), (6, 9, 9, Verdict.TOO_EARLY)],
)
def test_whether_it_works(before: int, after: int, days: int, verdict: Verdict) -> None:
    since = date(2026, 10, 5)
    last = RHYTHM.calendar.school_days(since + timedelta(days=1), date(2026, 12, 1))[days - 1]
    made = course((date(2026, 9, 3), date(2026, 10, 2), before), (since, last, after))
    assert working(made, since, last).verdict is verdict


@pytest.mark.parametrize(("points", "verdict"), [(Fraction(99, 100), Verdict.SAME), (Fraction(1), Verdict.BETTER)])
def test_one_point_is_the_line(points: Fraction, verdict: Verdict) -> None:
    days = RHYTHM.calendar.school_days(date(2026, 9, 3), date(2026, 10, 30))[:40]
    one, other = 10000 * 50 // 100, int(10000 * (50 + points) / 100)
    attended = [0]
    for number in range(40):
        attended.append(attended[-1] + (one if number < 20 else other))
    made = Course(days, tuple(10000 * number for number in range(41)), tuple(attended))
    since = days[19] + timedelta(days=0)
    found = working(replace(made), since, days[-1])
    # The day of the step counts on neither side, so that one day of the first twenty falls away.
    assert found.before.rate == 50
    assert found.verdict is verdict


def test_seventy_five_exactly_prompts_the_low_attendance_group() -> None:
    """Whether 75% is met is the trigger's (counts, never rounded); the step it opens is proposed on it."""
    facts = CaseFacts(date(2026, 10, 9), CASEWORK, RHYTHM, case_in("one.support"))
    assert not [one for one in proposals(facts) if one.step == "three.neglect"]
    (found,) = [
        one for one in proposals(replace(facts, triggers=(trigger("neglect-factor"),))) if one.step == "three.neglect"
    ]
    assert (found.kind, found.trigger) == (ProposalKind.CONSIDER, "neglect-factor")


def test_each_parent_is_asked_for_and_named() -> None:
    letter = replace(entry(2, EntryKind.LETTER, START + timedelta(hours=1)), persons=(31,), outcome="posted")
    facts = CaseFacts(
        date(2026, 10, 9), CASEWORK, RHYTHM, case_in("one.support"), (letter,), parents={31: "Ms Doyle", 32: "Mr Doyle"}
    )
    ask = next(one for one in proposals(facts) if one.ask == "letter")
    assert ask.done is None
    assert "Still to do with Mr Doyle." in ask.says
    both = replace(letter, persons=(31, 32))
    ask = next(one for one in proposals(replace(facts, entries=(both,))) if one.ask == "letter")
    assert ask.done == both


@pytest.mark.parametrize(("decided", "done"), [("not-improved", True), ("withdrawn", False)])
def test_a_step_asks_for_a_notice_again_that_was_taken_back(decided: str, done: bool) -> None:
    """Halton 6.5 asks for one to each parent; one that was withdrawn is none (practice 20 and 22)."""
    notice = replace(entry(2, EntryKind.NOTICE_TO_IMPROVE, START + timedelta(hours=1)), persons=(31,), outcome="issued")
    ends = replace(entry(3, EntryKind.IMPROVEMENT, START + timedelta(days=1), state=decided), adds_to=2)
    facts = CaseFacts(
        date(2026, 10, 9), SHIPPED["halton"], RHYTHM, case_in("formal.improvement"), (notice, ends),
        parents={31: "Ms Doyle"},
    )  # fmt: skip
    ask = next(one for one in proposals(facts) if one.ask == "notice")
    assert (ask.done == notice) is done


def test_a_school_without_the_service_is_not_offered_its_steps() -> None:
    assert CASEWORK.step("two.aim") is not None
    case = case_in("one.support")
    poor = course((date(2026, 9, 3), date(2026, 11, 20), 6))
    facts = CaseFacts(date(2026, 11, 20), CASEWORK, RHYTHM, case, course=poor, service=Service.NONE)
    assert not [one for one in proposals(facts) if one.step == "two.aim"]
    assert [one for one in proposals(replace(facts, service=Service.LA)) if one.step == "two.aim"]
    step = CASEWORK.step("two.aim")
    assert step is not None
    assert "no attendance service" in str(why_not(CASEWORK, case, step, Service.NONE, (), ""))


@given(
    key=st.sampled_from(sorted(WORK)),
    data=st.data(),
    weeks=st.integers(0, 40),
    rates=st.tuples(st.integers(0, 10), st.integers(0, 10)),
    service=st.sampled_from([None, *Service]),
    reviewed=st.booleans(),
)
def test_nothing_is_proposed_that_the_pack_has_not(
    key: str, data: st.DataObject, weeks: int, rates: tuple[int, int], service: Service | None, reviewed: bool
) -> None:
    work = WORK[key]
    step = data.draw(st.sampled_from([None, *work.steps]))
    keys = sorted({one for each in work.steps for one in each.opens})
    met = data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    on = min(date(2026, 10, 5) + timedelta(weeks=weeks), date(2027, 7, 21))
    review = entry(2, EntryKind.REVIEW, START + timedelta(days=1), case="1")
    case = case_in(step.key, *([review] if reviewed else [])) if step else None
    made = course((date(2026, 9, 3), date(2026, 10, 2), rates[0]), (date(2026, 10, 5), on, rates[1]))
    facts = CaseFacts(on, work, RHYTHM, case, triggers=tuple(map(trigger, met)), course=made, service=service)
    found = proposals(facts)
    for one in found:
        to = work.step(one.step)
        assert to is not None, "a step the pack has not"
        assert one.says.endswith((".", "?", "”", "’")), one.says
        assert one.source
        if one.due is not None:
            assert one.due in RHYTHM.days
        if one.kind in (ProposalKind.MOVE_UP, ProposalKind.MOVE_DOWN):
            assert step is not None
            assert to.key != step.key
            assert why_not(work, case, to, service, (), "") is None, "what is proposed may be done"
    assert next_of(found) is None or next_of(found) in found


@pytest.mark.parametrize("work", SHIPPED.values(), ids=SHIPPED)
def test_every_step_of_a_pack_can_be_come_into_from_a_case_of_its_own(work: Casework) -> None:
    """Whatever step a case is in, the ways from it may be gone once what must be done is done."""
    for step in work.steps:
        case = case_in(step.key)
        for key in step.next:
            to = work.step(key)
            assert to is not None
            assert why_not(work, case, to, None, (), "") is None


def test_what_must_be_done_comes_before_the_review_and_what_is_done_last() -> None:
    met = replace(entry(2, EntryKind.MEETING, START + timedelta(hours=1)), outcome="held")
    facts = CaseFacts(date(2026, 10, 9), CASEWORK, RHYTHM, case_in("one.support"), (met,))
    told = [(one.kind, one.ask) for one in proposals(facts)]
    assert told == [
        (ProposalKind.DO, "eha"),
        (ProposalKind.REVIEW, ""),
        (ProposalKind.DO, "letter"),
        (ProposalKind.DO, "nurse"),
        (ProposalKind.DO, "meet"),
    ]
    late = proposals(replace(facts, on=date(2026, 11, 20), triggers=(trigger("neglect-factor"),)))
    assert [one.kind for one in late if one.due][:2] == [ProposalKind.REVIEW, ProposalKind.MOVE_UP]
