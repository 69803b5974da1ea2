"""Leave decided again, taken back once granted, and never undone from the log; who asks; what is waited for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.leave import decide_leave, leave_line, leave_page, take_back_leave
from desktop_app.actions.log import withdraw
from desktop_app.actions.log_reasons import reasons_from_log
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.settle import settle
from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import LeaveState, Span
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Answer, Person, Pupil, Tie
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.actions.test_leave import FRIDAY, GRANT, MONDAY, REFUSE, ask, plans, tasks
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

AGAIN = replace(GRANT, again=True, reasons="The letter of the hospice came.")
WEDNESDAY = date(2026, 12, 2)


def test_the_circumstances_told_later_are_decided_again(school: SmallSchool) -> None:
    context, entry = school.context, ask(school)
    decide_leave(context, entry, REFUSE)
    with pytest.raises(Refused, match="If more is known now, decide it again"):
        decide_leave(context, entry, GRANT)
    with pytest.raises(Refused, match="nothing would change"):
        decide_leave(context, entry, replace(REFUSE, again=True))
    decide_leave(context, entry, AGAIN)
    assert [(one.code, one.first, one.last) for one in plans(school)] == [("C", MONDAY, FRIDAY)]
    assert tasks(school) == ["Write to Ms K Kaya: leave granted, Mon 30 Nov to Fri 4 Dec 2026"]
    line = leave_line(context, entry)
    assert line.request.state is LeaveState.GRANTED
    assert line.says.endswith("The letter of the hospice came. Before that it was refused, on Fri 20 Nov 2026.")


def test_a_refusal_that_holds_no_more_is_no_reason(school: SmallSchool, clock: StillClock) -> None:
    context, kaya, entry = school.context, school.pupils["Kaya"], ask(school)
    decide_leave(context, entry, REFUSE)
    clock.set(2026, 12, 4, 16, 0)
    assert [one.words.split()[0] for one in reasons_from_log(context, [kaya], MONDAY)] == ["Leave"]
    decide_leave(context, entry, AGAIN)
    assert reasons_from_log(context, [kaya], MONDAY) == ()


def test_leave_that_began_is_ended_from_today_on(school: SmallSchool, clock: StillClock) -> None:
    context, entry = school.context, ask(school)
    decide_leave(context, entry, GRANT)
    clock.set(2026, 12, 2, 8, 0)
    settle(context)
    with pytest.raises(Refused, match="Days of it are over, with leave"):
        decide_leave(context, entry, replace(REFUSE, again=True))
    rest = (Span(MONDAY, WEDNESDAY),)
    decide_leave(context, entry, replace(AGAIN, state=LeaveState.PART, parts=rest))
    assert [(one.first, one.last) for one in plans(school)] == [
        (MONDAY, date(2026, 12, 1)),
        (WEDNESDAY, WEDNESDAY),
    ]
    with context.store.reading() as reading:
        mark = reading.marks.at(school.pupils["Kaya"], Session(MONDAY, Half.AM))
    assert mark is not None
    assert mark.code == "C"


@pytest.mark.parametrize(("day", "left"), [((11, 24), 0), ((12, 2), 1)])
def test_granted_leave_is_taken_back(school: SmallSchool, clock: StillClock, day: tuple[int, int], left: int) -> None:
    context, entry = school.context, ask(school)
    decide_leave(context, entry, GRANT)
    clock.set(2026, *day, 8, 0)
    take_back_leave(context, entry, "Ms K Kaya, by telephone: they do not go")
    assert [one.last for one in plans(school)] == [date(2026, 12, 1)] * left
    assert tasks(school) == []
    with pytest.raises(Refused, match="asked for again"):
        decide_leave(context, entry, AGAIN)


def test_a_refusal_is_not_taken_back(school: SmallSchool) -> None:
    entry = ask(school)
    decide_leave(school.context, entry, REFUSE)
    with pytest.raises(Refused, match="refused already: there is nothing to take back"):
        take_back_leave(school.context, entry, "Ms K Kaya")


def test_nobody_undoes_a_decision_from_the_log(school: SmallSchool) -> None:
    context, entry = school.context, ask(school)
    decision, _ = decide_leave(context, entry, GRANT)
    for one in (entry, decision):
        with pytest.raises(Refused, match="under Leave of absence"):
            withdraw(context, one, "typed by mistake")
    assert leave_line(context, entry).request.state is LeaveState.GRANTED
    wrong = ask(school, span=Span(date(2026, 12, 8), date(2026, 12, 8)))
    withdraw(context, wrong, "the other child")
    assert not [one for one in tasks(school) if one.startswith("Decide")]
    assert leave_page(context).waiting == ()


def test_whoever_is_no_parent_does_not_ask(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        aunt = writing.book.put(Person(0, "Ms A Aunt", "Ms"))
        tie = Tie(0, school.pupils["Kaya"], aunt, "aunt", Answer.NO, Answer.NO)
        tie = replace(tie, id=writing.book.put(tie))
    with pytest.raises(Refused, match="Çağla Kaya: Ms A Aunt is not recorded as a parent"):
        ask(school, persons=(aunt,))
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(replace(tie, lives_with=Answer.YES))
    ask(school, persons=(aunt,))


def test_leave_over_the_last_day_is_planned_up_to_it(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("set up")) as writing:
        child = writing.book.get(Pupil, school.pupils["Kaya"])
        assert child is not None
        writing.book.put(replace(child, leaving_day=WEDNESDAY))
    entry = ask(school)
    decide_leave(context, entry, GRANT)
    assert [(one.first, one.last, one.last_half) for one in plans(school)] == [(MONDAY, WEDNESDAY, Half.PM)]


def test_a_request_waits_on_today_until_it_is_decided(school: SmallSchool) -> None:
    entry = ask(school)
    assert tasks(school) == ["Decide on leave: Mon 30 Nov to Fri 4 Dec 2026, asked for by Ms K Kaya"]
    take_back_leave(school.context, entry, "Ms K Kaya")
    assert tasks(school) == []


def test_the_right_to_grant_leave_is_enough(school: SmallSchool) -> None:
    entry = ask(school)
    head = school.context.staff
    deputy = replace(head, role=Role.DSL, rights=(Right.GRANT_LEAVE.value,))
    context = replace(school.context, staff=deputy, alone=False)
    assert not context.may(Right.PLAN)
    decide_leave(context, entry, GRANT)
    assert [one.code for one in plans(school)] == ["C"]


def test_what_stands_in_the_record_is_told_before_the_decision(school: SmallSchool, clock: StillClock) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        tie = next(one for one in writing.book.all(Tie) if one.pupil == kaya)
        writing.book.put(replace(tie, responsibility=Answer.NO))
        child = writing.book.get(Pupil, kaya)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 12, 3)))
        writing.book.put(Plan(0, kaya, "V", WEDNESDAY, Half.AM, WEDNESDAY, Half.AM))
        writing.marks.add([NewMark(kaya, date(2026, 11, 19), Half.AM, "C")])
    entry = ask(school)
    clock.set(2026, 11, 30, 16, 0)
    write(context, [Edit(kaya, Session(MONDAY, half), "O") for half in Half], "no reason given")
    told = leave_line(context, entry).told
    assert "Ms K Kaya has no parental responsibility by the record." in told
    assert "V is planned then, Wed 2 Dec 2026, AM: end or change that first, or grant the other days." in told
    assert "It has begun: 2 sessions have their marks already, which granting does not change." in told
    assert "The child leaves on Thu 3 Dec 2026: nothing after it is leave." in told
    assert "1 session of exceptional leave this school year already (C)." in told
    with pytest.raises(Refused, match="has V planned already"):
        decide_leave(context, entry, GRANT)


@pytest.mark.parametrize(
    ("reason", "may"),
    [
        ("a Protestant wedding in Belfast", True),
        ("a demonstration of her dance school", True),
        ("to protest in London", False),
        ("the climate strike", False),
    ],
)
def test_protest_is_read_from_whole_words(school: SmallSchool, reason: str, may: bool) -> None:
    entry = ask(school, reason=reason)
    if may:
        decide_leave(school.context, entry, GRANT)
        return
    with pytest.raises(Refused, match="protest"):
        decide_leave(school.context, entry, GRANT)


def test_the_regulation_is_not_held_against_a_school_it_does_not_bind(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), type=SchoolType.INDEPENDENT))
    entry = ask(school, reason="a holiday, and a protest in London")
    assert not [one for one in leave_line(school.context, entry).told if "holiday" in one or "protest" in one]
    decide_leave(school.context, entry, replace(GRANT, ground="own-policy"))
