"""Formal steps by real keys: a notice asked for and decided against, a contract, a Notice to Improve, an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.actions.contracts import contracts_of
from desktop_app.actions.court import OrderStep, orders_of, record_order
from desktop_app.actions.improving import improvements
from desktop_app.actions.ledger import ledger
from desktop_app.actions.notice_page import notice_page
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.marks import NewMark
from desktop_app.domain.notices import NoticeState
from desktop_app.domain.people import Tie
from desktop_app.domain.school import SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.formal.page import FormalPlace
from ui.pupils.page import PupilsPage

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _a_week_without_leave(school: SmallSchool, clock: StillClock) -> None:
    """Kaya missed the week of 9 November: ten sessions."""
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(
                school.pupils["Kaya"],
                one.day,
                one.half,
                "O" if date(2026, 11, 9) <= one.day <= date(2026, 11, 13) else ("/" if one.half is Half.AM else "\\"),
            )
            for one in calendar_of(school.context).sessions(date(2026, 9, 1), TODAY)
        )


def at(school: SmallSchool, open_at) -> tuple[Desk, FormalPlace]:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("pupils", PupilsPage, FormalPlace)
    desk.window.go("pupils", pupil=school.pupils["Kaya"])
    desk.press("x")
    page = desk.window.page("formal")
    assert isinstance(page, FormalPlace)
    return desk, page


def said(page: FormalPlace) -> str:
    return "\n".join(page.model.text(line, 0) for line in page.model.lines)


def test_a_notice_is_asked_for_and_becomes_what_it_becomes(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    kaya = school.pupils["Kaya"]
    assert desk.focus is page.list
    assert "It would be the first in 3 years: £80 if paid within 21 days" in said(page)
    assert "10 unauthorised sessions" in said(page)
    assert page.form.sessions.text().startswith("9/11/2026, 10/11/2026")
    page.form.words.setFocus()
    desk.type("Support offered twice and declined.")
    desk.press("Ctrl+Return")
    assert "qual" in page.form.fault.text(), "the Equality Act is asked about"
    page.form.equality.setFocus()
    desk.type("None known.")
    desk.press("Ctrl+Return")
    assert "the penalty notice warning letter" in page.form.fault.text()
    with school.context.store.writing(school.context.deed("warned")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya)
        at_nine = datetime(2026, 11, 16, 9, 0)
        writing.entries.add(NewEntry(EntryKind.WARNING, at_nine, (kaya,), "sent", (mother,)))
    desk.press("Ctrl+Return")
    assert not page.form.fault.text()
    (line,) = notice_page(school.context, kaya).lines
    assert (line.notice.state, len(line.notice.sessions)) == (NoticeState.ASKED, 10)
    page.form.deed.setCurrentIndex(2)
    page.form.state.choose("issued")
    page.form.words.setFocus()
    desk.press("Ctrl+Return")
    (line,) = notice_page(school.context, kaya).lines
    assert line.counts
    (column,) = ledger(school.context, kaya).parents
    assert len(column.counted) == 1
    assert "It would be the second in 3 years" in said(page)


def test_considered_and_decided_against(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    page.form.deed.setCurrentIndex(1)
    page.form.equality.setText("The mother is deaf; a signed meeting comes first.")
    page.form.words.setFocus()
    desk.type("Support has only begun.")
    desk.press("Ctrl+Return")
    (line,) = notice_page(school.context, school.pupils["Kaya"]).lines
    assert (line.notice.state, line.counts) == (NoticeState.DECIDED_AGAINST, False)


def test_a_contract_has_its_three_parts_and_a_log(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    desk.press("Alt+3")
    assert [line.what for line in page.model.lines] == [None]
    assert len(page.form.texts) == 3
    page.form.texts[0].setFocus()
    desk.press("Ctrl+Return")
    assert "The contract does not say" in page.form.fault.text()
    for text, words in zip(page.form.texts, ("At the gate by 8.45", "Breakfast club", "I agree"), strict=True):
        text.setText(words)
    desk.press("Ctrl+Return")
    (made,) = contracts_of(school.context, school.pupils["Kaya"])
    assert (made.first, made.last) == (TODAY, date(2027, 2, 11))
    page.form.deed.setCurrentIndex(1)
    page.form.state.choose("not kept")
    page.form.words.setFocus()
    desk.type("Late on three days; the club held a place.")
    desk.press("Ctrl+Return")
    assert "Fri 20 Nov: × not kept: Late on three days" in said(page)


def test_a_notice_to_improve_asks_for_its_eight_contents(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    desk.press("Alt+2")
    assert len(page.form.texts) == 8
    page.form.la_said.setText("The authority agreed on 19 November")
    page.form.texts[0].setFocus()
    desk.press("Ctrl+Return")
    assert "It does not say" in page.form.fault.text()
    for text in page.form.texts:
        text.setText("as in the letter")
    desk.press("Ctrl+Return")
    (found,) = improvements(school.context, school.pupils["Kaya"])
    assert found.notice.first == date(2026, 11, 23)
    assert "Running" in said(page)


def test_what_the_type_of_school_may_not_use_is_said(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(replace(writing.book.school(), type=SchoolType.INDEPENDENT))
    desk, page = at(school, open_at)
    for key in ("Alt+1", "Alt+2", "Alt+3"):
        desk.press(key)
        assert "A school of this type cannot use it" in page.power.text(), key
    desk.press("Alt+4")
    assert not page.power.isVisible()


def test_an_order_is_considered_and_who_may_not_is_told(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    desk.press("Alt+4")
    page.form.state.choose("considered")
    page.form.words.setFocus()
    desk.type("The family engages; no order is needed yet.")
    desk.press("Ctrl+Return")
    assert "Education supervision order: considered" in said(page)
    desk.window.take_over(in_role(school.context, Role.ATTENDANCE_LEAD))
    desk.window.go("formal", pupil=school.pupils["Kaya"])
    page = desk.window.page("formal")
    assert isinstance(page, FormalPlace)
    page.form.words.setFocus()
    desk.press("Ctrl+Return")
    assert "may not" in desk.said or "ask for a penalty notice" in desk.said
    assert notice_page(school.context, school.pupils["Kaya"]).lines == ()


def turn_to(desk: Desk, page: FormalPlace, title: str) -> None:
    """Go to a deed with the arrows, from the lines on."""
    page.list.setFocus()
    desk.press("Tab")
    assert desk.focus is page.form.deed
    while page.form.deed.currentText() != title:
        before = page.form.deed.currentIndex()
        desk.press("Down")
        assert page.form.deed.currentIndex() > before, title


def tab_to(desk: Desk, wanted: QWidget) -> None:
    """Go on with Tab until the keyboard is there."""
    for _ in range(12):
        if desk.focus is wanted:
            return
        desk.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}")


def test_a_notice_known_from_another_school_counts(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    kaya = school.pupils["Kaya"]
    turn_to(desk, page, "Known from another school")
    assert page.form.on.text() == "", "today is no guess at the day"
    desk.press("Ctrl+Return")
    assert "on which day it was issued" in page.form.fault.text()
    tab_to(desk, page.form.on)
    desk.type("3/6/2026")
    desk.press("Ctrl+Return")
    assert "from which school" in page.form.fault.text()
    assert notice_page(school.context, kaya).lines == ()
    page.form.deed.setFocus()
    tab_to(desk, page.form.school)
    desk.type("Priory Park School")
    tab_to(desk, page.form.received)
    desk.type("2/6/2026")
    desk.press("Ctrl+Return")
    assert "cannot have been received on Tue 2 Jun 2026" in page.form.fault.text()
    page.form.received.selectAll()
    desk.type("5/6/2026")
    tab_to(desk, page.form.reference)
    desk.type("LA/77")
    desk.press("Ctrl+Return")
    (line,) = notice_page(school.context, kaya).lines
    assert (line.counts, line.notice.elsewhere, line.notice.reference) == (True, True, "LA/77")
    assert (line.notice.issued, line.notice.received) == (date(2026, 6, 3), date(2026, 6, 5))
    assert "It would be the second in 3 years" in said(page)
    (column,) = ledger(school.context, kaya).parents
    assert len(column.counted) == 1
    with school.context.store.reading() as reading:
        (entry,) = [one for one in reading.entries.of(kaya) if one.kind is EntryKind.PENALTY_NOTICE]
    assert entry.note == "Known from Priory Park School"


def test_a_prosecution_is_laid_heard_and_ended(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    desk.press("Alt+4")
    turn_to(desk, page, "What a court heard, or how it ended")
    tab_to(desk, page.form.words)
    desk.type("Adjourned.")
    desk.press("Ctrl+Return")
    assert "Say which prosecution" in page.form.fault.text()
    page.form.words.selectAll()
    desk.press("Delete")
    page.list.setFocus()
    desk.press("Tab")
    desk.press("Up")
    assert not page.form.fault.text(), "what was wrong was wrong with another deed"
    assert page.form.deed.currentText() == "A prosecution: the information is laid"
    desk.press("Ctrl+Return")
    assert "Say what was laid" in page.form.fault.text()
    tab_to(desk, page.form.words)
    desk.type("Laid by the authority.")
    desk.press("Ctrl+Return")
    assert not page.form.fault.text()
    assert "Prosecution: information laid" in said(page)
    turn_to(desk, page, "What a court heard, or how it ended")
    assert page.form.item.currentText() == "Ms K Kaya, laid Fri 20 Nov 2026"
    tab_to(desk, page.form.words)
    desk.type("Adjourned.")
    desk.press("Ctrl+Return")
    assert "Prosecution: heard: Ms K Kaya: Adjourned." in said(page)
    turn_to(desk, page, "What a court heard, or how it ended")
    tab_to(desk, page.form.state)
    desk.press("Down")
    tab_to(desk, page.form.words)
    desk.type("A fine of £200.")
    desk.press("Ctrl+Return")
    assert "Prosecution: ended: Ms K Kaya: A fine of £200." in said(page)
    turn_to(desk, page, "What a court heard, or how it ended")
    assert page.form.item.count() == 0, "it has ended"


def test_an_order_that_stands_is_extended_and_varied(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    kaya = school.pupils["Kaya"]
    desk.press("Alt+4")
    turn_to(desk, page, "Extend or vary the order that stands")
    tab_to(desk, page.form.until)
    desk.type("1/12/2027")
    tab_to(desk, page.form.words)
    desk.type("The court heard the authority.")
    desk.press("Ctrl+Return")
    assert "No order stands on Fri 20 Nov 2026" in page.form.fault.text()
    record_order(school.context, OrderStep(kaya, "made", "Made.", on=date(2026, 11, 2)))
    desk.press("Ctrl+Return")
    assert orders_of(school.context, kaya)[0].last == date(2027, 12, 1)
    assert "From Mon 2 Nov 2026 to Wed 1 Dec 2027" in said(page)
    turn_to(desk, page, "Extend or vary the order that stands")
    tab_to(desk, page.form.state)
    desk.press("Down")
    assert page.form.until.parentWidget().isHidden(), "its days stay"
    tab_to(desk, page.form.words)
    desk.type("The supervisor meets the family each week.")
    desk.press("Ctrl+Return")
    assert "Education supervision order: varied" in said(page)
    assert orders_of(school.context, kaya)[0].last == date(2027, 12, 1)


def test_a_referral_says_on_which_day_its_answer_is_asked_for(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk, page = at(school, open_at)
    desk.press("Alt+4")
    turn_to(desk, page, "Refer to the authority")
    tab_to(desk, page.form.chase)
    desk.type("31 June")
    desk.press("Ctrl+Return")
    assert page.form.fault.text() == "⚠ Ask for the answer on: that is not a day. Write it as 24/11/2026."
    page.form.deed.setFocus()
    desk.press("Up")
    assert page.form.deed.currentText() == "Something else considered"
    tab_to(desk, page.form.words)
    desk.type("Support is at work.")
    tab_to(desk, page.form.equality)
    desk.type("His asthma; the plan was read.")
    desk.press("Ctrl+Return")
    assert not page.form.fault.text(), "a day of another deed keeps nobody from this one"
    with school.context.store.reading() as reading:
        (weighed,) = [one for one in reading.entries.of(school.pupils["Kaya"]) if one.kind is EntryKind.CONSIDERED]
    assert weighed.details["equality"] == "His asthma; the plan was read."
    turn_to(desk, page, "Refer to the authority")
    assert not page.form.chase.text(), "nor is it kept for the next"
    tab_to(desk, page.form.chase)
    desk.type("4/12/2026")
    desk.press("Ctrl+Return")
    assert not page.form.fault.text()
    with school.context.store.reading() as reading:
        due = [one.due for one in reading.book.all(Task) if one.text.startswith("Ask the authority")]
    assert due == [date(2026, 12, 4)]
