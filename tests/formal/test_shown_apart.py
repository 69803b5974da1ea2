"""Sessions that a notice was paid for, or that lie under an order, are shown apart: in the list, in the certificate."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop_app.actions.casefiles import read_case
from desktop_app.actions.court import OrderStep, record_order
from desktop_app.actions.guarding import findings, read_guarded
from desktop_app.actions.holds import put_hold
from desktop_app.actions.log import log
from desktop_app.actions.notices import Became, ask_notice, record_notice
from desktop_app.actions.watching import due_of
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.letters import LetterRule, Sent
from desktop_app.domain.notices import NoticeState
from desktop_app.domain.people import Tie
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.triggers import Trigger, TriggerKind
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate
from tests.support.formal import Family, family, mark
from tests.support.schools import SmallSchool

TODAY = date(2026, 11, 20)
CONCERN = LetterRule("concern-1", "Concern", Sent.EACH, False, EntryKind.LETTER, "ours", guards=("concern",))


@pytest.fixture
def doyles(school: SmallSchool) -> Family:
    """Doyle, both parents, and a week of G: ten sessions in ten weeks."""
    return family(school)


def paid(doyles: Family) -> None:
    """The mother paid a notice for the week."""
    made = ask_notice(doyles.context, doyles.asking())[0][0]
    record_notice(doyles.context, made, Became(NoticeState.ISSUED, TODAY))
    record_notice(doyles.context, made, Became(NoticeState.PAID, TODAY))


def threshold(doyles: Family) -> list[Trigger]:
    """The penalty threshold of the child today, if it is met."""
    return [one for one in due_of(doyles.context, doyles.pupil, TODAY) if one.kind is TriggerKind.PENALTY_THRESHOLD]


def case_of(doyles: Family) -> CaseFile:
    """The case of the child as a bundle would read it."""
    with doyles.context.store.reading() as reading:
        key = doyles.context.pack(reading.book.school()).referrals[0].key
        request = BundleRequest(doyles.pupil, key, TODAY, date(2026, 11, 2), date(2026, 11, 13))
        return read_case(doyles.context, reading, request)


def test_paid_sessions_do_not_fill_the_window_again(doyles: Family) -> None:
    assert [len(one.sessions) for one in threshold(doyles)] == [10]
    paid(doyles)
    assert threshold(doyles) == []
    more = [Session(date(2026, 11, day), half) for day in (9, 10, 11, 12, 13) for half in (Half.AM, Half.PM)]
    mark(doyles.context, doyles.pupil, more[:9], "O")
    assert threshold(doyles) == [], "nine, and ten that were paid for"
    mark(doyles.context, doyles.pupil, more[9:], "O")
    (found,) = threshold(doyles)
    assert len(found.sessions) == 10
    assert "10 more are shown apart" in found.says


def test_a_notice_that_is_not_paid_leaves_them_where_they_are(doyles: Family) -> None:
    made = ask_notice(doyles.context, doyles.asking())[0][0]
    record_notice(doyles.context, made, Became(NoticeState.ISSUED, TODAY))
    assert len(threshold(doyles)) == 1


def test_under_an_order_the_threshold_is_not_told(doyles: Family) -> None:
    record_order(
        doyles.context, OrderStep(doyles.pupil, "made", "Made.", first=date(2026, 11, 6), on=date(2026, 11, 6))
    )
    assert threshold(doyles) == []


def test_the_certificate_leaves_out_what_was_paid_for_and_names_no_notice(doyles: Family) -> None:
    extra = [Session(date(2026, 11, 9), Half.AM)]
    mark(doyles.context, doyles.pupil, extra, "O")
    assert certificate(case_of(doyles)).unauthorised == 11
    paid(doyles)
    found = certificate(case_of(doyles))
    assert (found.unauthorised, found.possible) == (1, 1)
    assert "10 sessions are left out" in found.left_out
    assert "notice" not in found.left_out


def test_the_certificate_leaves_out_what_lies_under_an_order(doyles: Family) -> None:
    record_order(
        doyles.context, OrderStep(doyles.pupil, "made", "Made.", first=date(2026, 11, 6), on=date(2026, 11, 6))
    )
    found = certificate(case_of(doyles))
    assert found.unauthorised == 8
    assert "2 sessions are left out: an education supervision order was in force." in found.left_out


def test_the_guard_reads_what_is_recorded(doyles: Family) -> None:
    context = doyles.context
    with context.store.reading() as reading:
        before = findings(context, reading, CONCERN, doyles.pupil, doyles.mother)
    assert [one.key for one in before] == ["few-sessions"]
    log(context, NewEntry(EntryKind.LETTER, context.now(), (doyles.pupil,), "posted", (doyles.mother,)))
    with context.store.reading() as reading:
        assert "contacted" in {one.key for one in findings(context, reading, CONCERN, doyles.pupil, doyles.mother)}
        assert "contacted" not in {one.key for one in findings(context, reading, CONCERN, doyles.pupil, doyles.father)}
    put_hold(context, doyles.pupil, TODAY, None, "sealed")
    with context.store.reading() as reading:
        assert [one.words for one in findings(context, reading, CONCERN, doyles.pupil, doyles.mother)] == [
            "See the DSL"
        ]


def test_a_restricted_entry_is_not_told(doyles: Family) -> None:
    context = doyles.context
    new = NewEntry(EntryKind.MEETING, context.now(), (doyles.pupil,), "held", (doyles.mother,), restricted=True)
    log(context, new)
    with context.store.reading() as reading:
        found = findings(context, reading, CONCERN, doyles.pupil, doyles.mother)
    assert "contacted" not in {one.key for one in found}


def test_a_brother_is_not_named(doyles: Family, school: SmallSchool) -> None:
    context, kaya = doyles.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Tie(0, kaya, doyles.mother, "mother"))
    log(context, NewEntry(EntryKind.LETTER, context.now(), (kaya,), "posted", (doyles.mother,)))
    with context.store.reading() as reading:
        found = {one.key: one.words for one in findings(context, reading, CONCERN, doyles.pupil, doyles.mother)}
    assert "a brother or sister" in found["sibling"]
    assert "Kaya" not in found["sibling"]


def test_a_batch_is_read_in_as_many_statements_as_one(doyles: Family, school: SmallSchool) -> None:
    def statements(pupils: list[int]) -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            with doyles.context.store.reading() as reading:
                guarded = read_guarded(doyles.context, reading, pupils, TODAY)
                for one in pupils:
                    guarded.findings(CONCERN, one, doyles.mother)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(seen)

    statements([doyles.pupil])
    assert statements(list(school.pupils.values())) <= statements([doyles.pupil]) + 2
