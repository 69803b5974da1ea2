"""Leave of absence: asked, decided, planned or waited for; every refusal changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.leave import ask_leave, decide_leave, leave_line, leave_page, set_leave_list, take_back_leave
from desktop_app.actions.ledger import ledger
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.register_page import page
from desktop_app.actions.settle import settle
from desktop_app.actions.watching import due_of
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.leave import LeaveState, NewDecision, NewLeave, Span
from desktop_app.domain.people import Answer, Person, Pupil, Tie
from desktop_app.domain.school import Plan, School, SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
WEEK = Span(MONDAY, FRIDAY)
GRANT = NewDecision(LeaveState.GRANTED, "A grandmother’s funeral abroad.", "exceptional")
REFUSE = NewDecision(LeaveState.REFUSED, "A family holiday is no exceptional circumstance.")


def mother_of(school: SmallSchool, surname: str = "Kaya") -> int:
    with school.context.store.reading() as reading:
        return next(one.person for one in reading.book.all(Tie) if one.pupil == school.pupils[surname])


def ask(school: SmallSchool, **more: object) -> int:
    facts: dict[str, object] = {"span": WEEK, "reason": "funeral", "asked_on": TODAY, "persons": (mother_of(school),)}
    new = NewLeave(**{**facts, **more})  # type: ignore[arg-type]
    (entry,), changes = ask_leave(school.context, [school.pupils["Kaya"]], new)
    assert changes.entries
    return entry


def plans(school: SmallSchool) -> tuple[Plan, ...]:
    with school.context.store.reading() as reading:
        return reading.book.all(Plan)


def tasks(school: SmallSchool) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.text for one in reading.book.all(Task) if one.closed_by is None]


def test_what_was_asked_waits_with_what_is_to_be_known(school: SmallSchool) -> None:
    entry = ask(school, evidence="order of service")
    (line,) = leave_page(school.context).waiting
    assert (line.request.entry, line.child.surname, line.sessions) == (entry, "Kaya", 10)
    assert (line.request.by, line.request.asked_on, line.request.span) == ("Ms K Kaya", TODAY, WEEK)
    assert line.told == ()
    column = ledger(school.context, school.pupils["Kaya"]).parents[0]
    assert [one.theirs for one in column.waiting] == [True]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reason": " "}, "what the leave is for"),
        ({"span": Span(FRIDAY, MONDAY)}, "before it begins"),
        ({"asked_on": date(2026, 11, 21)}, "still to come"),
        ({"span": Span(date(2026, 11, 19), FRIDAY)}, "asked late"),
        ({"span": Span(date(2027, 7, 19), date(2027, 7, 22))}, "only to Wed 21 Jul 2027"),
        ({"span": Span(date(2026, 12, 19), date(2026, 12, 31))}, "no session"),
        ({"span": Span(date(2026, 12, 5), date(2026, 12, 6))}, "no session"),
        ({"persons": ()}, "which parent asks"),
        ({"persons": (999,)}, "not a contact"),
    ],
)
def test_what_cannot_be_asked(school: SmallSchool, more: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        ask(school, **more)
    assert leave_page(school.context).waiting == ()


def test_somebody_kept_away_asks_for_nothing(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("set up")) as writing:
        away = writing.book.put(Person(0, "Mr X Away"))
        writing.book.put(Tie(0, school.pupils["Kaya"], away, "father", Answer.YES, no_contact=True))
    with pytest.raises(Refused, match="not a contact"):
        ask(school, persons=(away,))


def test_the_same_days_are_not_asked_for_twice(school: SmallSchool) -> None:
    entry = ask(school)
    with pytest.raises(Refused, match="asked for already, and waits"):
        ask(school, span=Span(FRIDAY, FRIDAY))
    take_back_leave(school.context, entry, "Ms K Kaya, by telephone")
    again = ask(school, span=Span(FRIDAY, FRIDAY))
    assert [one.request.entry for one in leave_page(school.context).waiting] == [again]
    assert leave_page(school.context).decided[0].says == "Taken back by the parent. Ms K Kaya, by telephone"
    with pytest.raises(Refused, match="taken back already"):
        decide_leave(school.context, entry, GRANT)


def test_granted_leave_is_planned_and_marks_itself(school: SmallSchool, clock: StillClock) -> None:
    entry = ask(school)
    decision, changes = decide_leave(school.context, entry, GRANT)
    assert changes.book
    (made,) = plans(school)
    assert (made.code, made.first, made.last, made.note) == ("C", MONDAY, FRIDAY, "funeral")
    assert (made.asked_by, made.asked_on, made.decided_by, made.decided_on) == (
        *("Ms K Kaya", TODAY),
        *("Dr A Rahman", TODAY),
    )
    clock.set(2026, 11, 30, 16, 0)
    settle(school.context)
    with school.context.store.reading() as reading:
        mark = reading.marks.at(school.pupils["Kaya"], Session(MONDAY, Half.AM))
        kept = reading.entries.get(decision)
    assert mark is not None
    assert mark.code == "C"
    assert kept is not None
    assert (kept.kind, kept.outcome, kept.adds_to) == (EntryKind.LEAVE_DECISION, "granted", entry)
    assert tasks(school) == ["Write to Ms K Kaya: leave granted, Mon 30 Nov to Fri 4 Dec 2026"]
    assert ledger(school.context, school.pupils["Kaya"]).parents[0].waiting == ()


def test_leave_is_granted_in_part_by_days(school: SmallSchool) -> None:
    entry = ask(school)
    parts = (Span(MONDAY, MONDAY, Half.PM), Span(FRIDAY, FRIDAY))
    decide_leave(school.context, entry, replace(GRANT, state=LeaveState.PART, parts=parts, ground="interview"))
    assert [(one.code, one.first, one.first_half) for one in plans(school)] == [
        ("J1", MONDAY, Half.PM),
        ("J1", FRIDAY, Half.AM),
    ]
    line = leave_line(school.context, entry)
    assert line.request.granted(Session(FRIDAY, Half.AM))
    assert line.request.refused(Session(MONDAY, Half.AM))
    assert "Granted in part on Fri 20 Nov 2026 by Dr A Rahman, interview" in line.says


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (replace(GRANT, ground=""), "Choose the ground"),
        (replace(GRANT, ground="own-policy"), "Choose the ground"),
        (replace(GRANT, ground="part-time"), "timetable"),
        (replace(GRANT, reasons=" "), "Give the reasons"),
        (replace(GRANT, state=LeaveState.WAITING), "granted, granted in part or refused"),
        (replace(GRANT, state=LeaveState.PART), "which days"),
        (replace(GRANT, state=LeaveState.PART, parts=(Span(MONDAY, FRIDAY),)), "say granted"),
        (replace(GRANT, state=LeaveState.PART, parts=(Span(MONDAY, date(2026, 12, 7)),)), "not within"),
        (replace(REFUSE, parts=(WEEK,)), "no days"),
    ],
)
def test_what_cannot_be_decided(school: SmallSchool, new: NewDecision, why: str) -> None:
    entry = ask(school)
    with pytest.raises(Refused, match=why):
        decide_leave(school.context, entry, new)
    assert len(leave_page(school.context).waiting) == 1
    assert plans(school) == ()
    assert tasks(school) == ["Decide on leave: Mon 30 Nov to Fri 4 Dec 2026, asked for by Ms K Kaya"]


def test_leave_is_not_granted_for_protest_nor_by_who_may_not(school: SmallSchool) -> None:
    entry = ask(school, reason="to take part in a protest in London")
    with pytest.raises(Refused, match="protest"):
        decide_leave(school.context, entry, GRANT)
    lead = replace(school.context, staff=replace(school.context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    with pytest.raises(NotAllowed):
        decide_leave(lead, entry, REFUSE)
    decide_leave(school.context, entry, REFUSE)


def test_what_was_asked_late_is_granted_only_for_days_to_come(school: SmallSchool) -> None:
    entry = ask(school, span=Span(date(2026, 11, 19), date(2026, 11, 24)), late=True)
    with pytest.raises(Refused, match="in advance"):
        decide_leave(school.context, entry, GRANT)
    rest = Span(date(2026, 11, 23), date(2026, 11, 24))
    decide_leave(school.context, entry, replace(GRANT, state=LeaveState.PART, parts=(rest,)))
    assert [one.first for one in plans(school)] == [date(2026, 11, 23)]


def test_refused_leave_that_is_taken_is_told(school: SmallSchool, clock: StillClock) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    entry = ask(school, reason="two weeks in Spain")
    decide_leave(context, entry, REFUSE)
    assert plans(school) == ()
    row = next(one for one in page(context, "4B", MONDAY).rows if one.pupil.id == kaya)
    said = "Leave was asked for and not granted: G if the child is on holiday all the same, O if away for anything else"
    assert all(cell.refused.startswith(said) for cell in row.cells)
    assert all(cell.refused.endswith("Each such session counts towards a penalty notice.") for cell in row.cells)
    other = next(one for one in page(context, "4B", MONDAY).rows if one.pupil.id != kaya)
    assert not any(cell.refused for cell in other.cells)
    clock.set(2026, 12, 4, 16, 0)
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4)]
    write(context, [Edit(kaya, Session(day, half), "O") for day in days for half in Half], "no reason given")
    (met,) = [one for one in due_of(context, kaya, FRIDAY) if one.kind == "term-time-holiday"]
    assert "Leave was asked for and not granted on Fri 20 Nov" in met.says
    line = leave_line(context, entry)
    assert len(line.taken) == 10
    assert line.clock == (
        "10 sessions taken without leave. 10 of 10 unauthorised sessions in the 10 school weeks up to Fri 4 Dec 2026: "
        "a penalty notice must be considered."
    )


def test_brothers_and_sisters_are_seen_at_one_glance(school: SmallSchool) -> None:
    context, kaya, doyle = school.context, school.pupils["Kaya"], school.pupils["Doyle"]
    mother = mother_of(school)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Tie(0, doyle, mother, "stepmother", Answer.NO, Answer.YES))
    new = NewLeave(WEEK, "holiday in Wales", TODAY, (mother,))
    (first, second), _ = ask_leave(context, [kaya, doyle], new)
    decide_leave(context, second, REFUSE)
    line = leave_line(context, first)
    assert [(name, one.state) for name, one in line.same] == [("Ryan Doyle", LeaveState.REFUSED)]
    assert line.told[0].startswith("A holiday is unlikely")
    later, _ = ask_leave(context, [kaya], replace(new, span=Span(date(2027, 1, 11), date(2027, 1, 12))))
    again = leave_line(context, later[0])
    assert [one.entry for one in again.history] == [first]
    assert again.same == ()


def test_an_independent_school_decides_by_its_own_policy(school: SmallSchool) -> None:
    context = school.context
    with context.store.writing(context.deed("set up")) as writing:
        known: School = writing.book.school()
        writing.book.put(replace(known, type=SchoolType.INDEPENDENT))
    found = leave_page(context)
    assert found.grounds[0].key == "own-policy"
    assert "own policy" in found.policy
    entry = ask(school)
    decide_leave(context, entry, replace(GRANT, ground="own-policy"))
    assert [one.code for one in plans(school)] == ["C"]


def test_the_schools_own_list_stands_before_that_of_the_pack(school: SmallSchool) -> None:
    context = school.context
    assert leave_page(context).listed is None
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), la="halton"))
    shipped = leave_page(context).listed
    assert shipped is not None
    assert shipped.items[1] == "religious festivals"
    ask(school)
    assert leave_page(context).waiting[0].told[0] == "Asked for 10 days before it begins; 4 weeks are asked for."
    set_leave_list(context, ["a wedding of a parent", " ", "a funeral; abroad"])
    own = leave_page(context).listed
    assert own is not None
    assert own.items == ("a wedding of a parent", "a funeral, abroad")


@pytest.mark.parametrize("why", ["independent", "too young"])
def test_no_penalty_notice_is_spoken_of_where_there_can_be_none(school: SmallSchool, why: str) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    entry = ask(school)
    decide_leave(context, entry, REFUSE)
    with context.store.writing(context.deed("set up")) as writing:
        if why == "independent":
            writing.book.put(replace(writing.book.school(), type=SchoolType.INDEPENDENT))
        else:
            child = writing.book.get(Pupil, kaya)
            assert child is not None
            writing.book.put(replace(child, date_of_birth=date(2021, 12, 5)))
    row = next(one for one in page(context, "4B", MONDAY).rows if one.pupil.id == kaya)
    assert all("not granted" in cell.refused and "penalty" not in cell.refused for cell in row.cells)
