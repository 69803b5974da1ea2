"""What may be asked for and recorded of a penalty notice, and what is refused in words and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.court import OrderStep, record_order
from desktop_app.actions.holds import put_hold
from desktop_app.actions.log import log, withdraw
from desktop_app.actions.notice_page import notice_page
from desktop_app.actions.notices import (
    Became,
    Elsewhere,
    ask_notice,
    decide_against,
    record_elsewhere,
    record_notice,
    record_received,
    take_back,
    take_back_last,
)
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.notices import NoticeState
from desktop_app.domain.people import Pattern, PatternKind, Pupil, Tie
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.formal import Family, family, mark
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
ISSUED, PAID, UNPAID = NoticeState.ISSUED, NoticeState.PAID, NoticeState.UNPAID


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G."""
    return family(school)


def entries_of(doyles: Family) -> int:
    """How many entries there are about the child."""
    with doyles.context.store.reading() as reading:
        return len(reading.entries.of(doyles.pupil))


def asked(doyles: Family) -> int:
    """The number of a notice that was asked for."""
    return ask_notice(doyles.context, doyles.asking())[0][0]


def test_a_notice_is_asked_of_each_parent_by_itself(doyles: Family) -> None:
    made, changes = ask_notice(doyles.context, doyles.asking(doyles.mother, doyles.father))
    assert len(made) == 2
    assert changes.pupils == {doyles.pupil}
    page = notice_page(doyles.context, doyles.pupil)
    assert [(one.notice.parent, one.notice.state.value, one.counts) for one in page.lines] == [
        (doyles.mother, "asked", False),
        (doyles.father, "asked", False),
    ]
    assert all(one.notice.sessions == doyles.week for one in page.lines)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"parents": ()}, "Name the parent"),
        ({"why_not": {}}, "Say why Mr P Doyle is not named"),
        ({"equality": " "}, "Equality Act"),
        ({"reasons": ""}, "Say why"),
        ({"sessions": ()}, "Choose the sessions"),
        ({"sessions": (Session(date(2026, 11, 9), Half.AM),)}, "Not unauthorised: Mon 9 Nov"),
        ({"sessions": (Session(date(2026, 11, 23), Half.AM),)}, "Still to come"),
        ({"on": date(2026, 11, 21)}, "still to come"),
        ({"parents": (9999,)}, "not a contact"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(
    doyles: Family, more: dict[str, object], words: str
) -> None:
    before = entries_of(doyles)
    with pytest.raises(Refused, match=words):
        ask_notice(doyles.context, doyles.asking(**more))
    assert entries_of(doyles) == before


def test_an_n_is_settled_first(doyles: Family) -> None:
    session = Session(date(2026, 11, 12), Half.AM)
    mark(doyles.context, doyles.pupil, [session], "N")
    with pytest.raises(Refused, match="Still N: Thu 12 Nov 2026 AM"):
        ask_notice(doyles.context, doyles.asking(sessions=(*doyles.week, session)))


def test_sessions_outside_compulsory_age_are_no_offence(doyles: Family) -> None:
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        child = writing.book.get(Pupil, doyles.pupil)
        assert child is not None
        writing.book.put(replace(child, date_of_birth=date(2021, 12, 1)))
    with pytest.raises(Refused, match="Outside compulsory school age"):
        ask_notice(doyles.context, doyles.asking())


def test_only_whoever_has_the_right_asks(doyles: Family) -> None:
    context = doyles.context
    lead = replace(context, staff=replace(context.staff, role=Role.ATTENDANCE_LEAD), alone=False)
    with pytest.raises(NotAllowed):
        ask_notice(lead, doyles.asking())


def test_of_a_held_family_nothing_more_is_said(doyles: Family) -> None:
    put_hold(doyles.context, doyles.pupil, TODAY, None, "sealed")
    with pytest.raises(Refused, match=r"^See the DSL\.$"):
        ask_notice(doyles.context, doyles.asking(equality=""))
    assert {one.next.says for one in notice_page(doyles.context, doyles.pupil).parents} == {"See the DSL"}


@pytest.mark.parametrize("kind", [SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL])
def test_a_school_without_the_power_is_told_what_instead(doyles: Family, kind: SchoolType) -> None:
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), type=kind))
    with pytest.raises(Refused, match=r"cannot ask for a penalty notice.*supervision order"):
        ask_notice(doyles.context, doyles.asking())
    found = notice_page(doyles.context, doyles.pupil)
    assert {one.next.number for one in found.parents} == {0}
    assert {one.key: one.may for one in found.powers}["penalty-notice"] is False


def test_somebody_kept_away_by_a_court_is_not_named(doyles: Family) -> None:
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        tie = next(one for one in writing.book.all(Tie) if one.person == doyles.father)
        writing.book.put(replace(tie, no_contact=True))
    assert [one.parent for one in notice_page(doyles.context, doyles.pupil).parents] == [doyles.mother]
    ask_notice(doyles.context, doyles.asking(why_not={}))


def test_one_is_asked_for_at_a_time(doyles: Family) -> None:
    asked(doyles)
    mark(doyles.context, doyles.pupil, more := [Session(date(2026, 11, 16), Half.AM)], "O")
    with pytest.raises(Refused, match="record what the authority answered first"):
        ask_notice(doyles.context, doyles.asking(sessions=tuple(more)))


def test_a_session_is_in_one_notice_of_a_parent_alone(doyles: Family) -> None:
    notice = asked(doyles)
    record_notice(doyles.context, notice, Became(ISSUED, TODAY))
    with pytest.raises(Refused, match="for these already"):
        ask_notice(doyles.context, doyles.asking())
    father = doyles.asking(doyles.father)
    ask_notice(doyles.context, replace(father, why_not={doyles.mother: "She has one."}))


def test_the_course_of_a_notice(doyles: Family, clock: StillClock) -> None:
    context, notice = doyles.context, asked(doyles)
    with pytest.raises(Refused, match="asked, so it cannot be paid"):
        record_notice(context, notice, Became(PAID, TODAY))
    with pytest.raises(Refused, match="was not issued"):
        record_received(context, notice, TODAY)
    clock.set(2026, 12, 4, 10, 0)
    record_notice(context, notice, Became(ISSUED, date(2026, 12, 1), reference="PN 7"))
    with pytest.raises(Refused, match=r"cannot have been received|cannot be of"):
        record_received(context, notice, date(2026, 11, 30))
    record_received(context, notice, date(2026, 12, 3))
    line = notice_page(context, doyles.pupil).lines[0]
    assert (line.early, line.late, line.counts) == (date(2026, 12, 23), date(2026, 12, 30), True)
    assert line.notice.reference == "PN 7"
    clock.set(2026, 12, 30, 10, 0)
    with pytest.raises(Refused, match="can be paid until Wed 30 Dec 2026"):
        record_notice(context, notice, Became(UNPAID, date(2026, 12, 30)))
    clock.set(2026, 12, 31, 10, 0)
    record_notice(context, notice, Became(UNPAID, date(2026, 12, 31)))
    record_notice(context, notice, Became(PAID, date(2026, 12, 31)))
    with pytest.raises(Refused, match="paid, so it cannot be unpaid"):
        record_notice(context, notice, Became(UNPAID, date(2026, 12, 31)))


def test_a_third_is_refused_and_a_withdrawn_one_makes_room(doyles: Family) -> None:
    context = doyles.context
    for day in (date(2025, 3, 3), date(2026, 2, 2)):
        record_elsewhere(context, Elsewhere(doyles.pupil, doyles.mother, day, "Priory Park School", PAID))
    with pytest.raises(Refused, match=r"another is not possible.*authority’s own count decides"):
        ask_notice(context, doyles.asking())
    with pytest.raises(Refused, match="third notice"):
        record_elsewhere(context, Elsewhere(doyles.pupil, doyles.mother, date(2025, 9, 9), "Another School", ISSUED))
    first = notice_page(context, doyles.pupil).lines[0].notice.entry
    gone, _ = record_notice(context, first, Became(NoticeState.WITHDRAWN, TODAY, reasons="Issued in error."))
    notice = asked(doyles)
    record_notice(context, notice, Became(ISSUED, TODAY))
    with pytest.raises(Refused, match="third notice"):
        take_back(context, gone, "It was not withdrawn after all.")
    with pytest.raises(Refused, match="ledger"):
        withdraw(context, gone, "Another way round.")


def test_no_other_deed_writes_a_notice(doyles: Family) -> None:
    new = NewEntry(EntryKind.PENALTY_NOTICE, doyles.context.now(), (doyles.pupil,), "issued", (doyles.mother,))
    with pytest.raises(Refused, match="recorded where it is done"):
        log(doyles.context, new)


def test_the_newest_entry_goes_first(doyles: Family) -> None:
    notice = asked(doyles)
    made, _ = record_notice(doyles.context, notice, Became(ISSUED, TODAY))
    with pytest.raises(Refused, match="take that back first"):
        take_back(doyles.context, notice, "A mistake.")
    take_back(doyles.context, made, "A mistake.")
    take_back(doyles.context, notice, "A mistake.")
    assert notice_page(doyles.context, doyles.pupil).lines == ()


def test_what_was_entered_last_is_taken_back_step_by_step(doyles: Family) -> None:
    notice = asked(doyles)
    made, _ = record_notice(doyles.context, notice, Became(ISSUED, TODAY))
    assert [take_back_last(doyles.context, notice, "A mistake.")[0] for _ in range(2)] == [made, notice]
    with pytest.raises(Refused, match="withdrawn already"):
        take_back_last(doyles.context, notice, "A mistake.")
    with pytest.raises(Refused, match="none of the notices"):
        take_back_last(doyles.context, 9999, "A mistake.")


def test_decided_against_is_an_outcome_and_no_notice(doyles: Family) -> None:
    decide_against(doyles.context, doyles.asking(reasons="The grandmother died that week."))
    line = notice_page(doyles.context, doyles.pupil).lines[0]
    assert (line.notice.state, line.counts) == (NoticeState.DECIDED_AGAINST, False)
    assert line.notice.reasons == "The grandmother died that week."
    with pytest.raises(Refused, match="Equality Act"):
        decide_against(doyles.context, doyles.asking(equality=""))
    asked(doyles)


def test_while_an_order_stands_nothing_is_asked_for(doyles: Family) -> None:
    step = OrderStep(doyles.pupil, "made", "The family court made it.", first=date(2026, 11, 4), on=date(2026, 11, 4))
    record_order(doyles.context, step)
    with pytest.raises(Refused, match="supervision order stands until Wed 3 Nov 2027"):
        ask_notice(doyles.context, doyles.asking())
    record_order(doyles.context, OrderStep(doyles.pupil, "ended", "Discharged.", on=date(2026, 11, 5)))
    with pytest.raises(Refused, match=r"Under an education supervision order.*Wed 4 Nov"):
        ask_notice(doyles.context, doyles.asking())
    free = tuple(one for one in doyles.week if one.day not in (date(2026, 11, 4), date(2026, 11, 5)))
    ask_notice(doyles.context, doyles.asking(sessions=free))


def test_a_warning_the_authority_wants_is_asked_of_each_parent(school: SmallSchool) -> None:
    """Knowsley: “penalty notice warning letter”, to each parent before a notice is asked for."""
    doyles = family(school, warned=False)
    context = doyles.context
    details = {"what": "penalty notice", "method": "by post"}
    father = NewEntry(EntryKind.WARNING, context.now(), (doyles.pupil,), "sent", (doyles.father,), details=details)
    log(context, father)
    with pytest.raises(Refused, match="Nothing of the kind is recorded for Ms K Doyle"):
        ask_notice(context, doyles.asking())
    log(context, replace(father, persons=(doyles.mother,)))
    ask_notice(context, doyles.asking())


def test_alternative_provision_counts_only_where_each_parent_was_told(doyles: Family) -> None:
    mondays = Pattern(
        0, doyles.pupil, PatternKind.ALTERNATIVE, "0011111111", date(2026, 9, 7), code="B", provider="The Forge"
    )
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        kept = writing.book.put(mondays)
    with pytest.raises(Refused, match="told in writing: Mon 2 Nov 2026 AM and PM"):
        ask_notice(doyles.context, doyles.asking())
    with doyles.context.store.writing(doyles.context.deed("set up")) as writing:
        writing.book.put(replace(mondays, id=kept, told="each parent, 3 September 2026"))
    ask_notice(doyles.context, doyles.asking())


def test_nobody_asks_before_the_warning_came(school: SmallSchool) -> None:
    doyles = family(school)
    with pytest.raises(Refused, match="Nothing of the kind is recorded"):
        ask_notice(doyles.context, doyles.asking(on=date(2026, 10, 5)))
