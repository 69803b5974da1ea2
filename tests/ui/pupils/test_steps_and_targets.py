"""A child's next steps and target, by real keys beside its page."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from desktop_app.actions.next_steps import next_steps
from desktop_app.actions.targets import target_state
from desktop_app.domain.entries import EntryKind, Task
from desktop_app.domain.marks import NewMark
from desktop_app.domain.next_steps import StepState
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.pupils.child import ChildView
from ui.pupils.page import PupilsPage

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _below_the_line(school: SmallSchool, clock: StillClock) -> None:
    """Kaya missed the week of 9 November and is below 95 %."""
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


def at(school: SmallSchool, open_at, surname: str = "Kaya") -> Desk:  # type: ignore[no-untyped-def]
    desk: Desk = open_at("pupils", PupilsPage)
    desk.window.go("pupils", pupil=school.pupils[surname])
    return desk


def child(desk: Desk) -> ChildView:
    page = desk.window.page("pupils")
    assert isinstance(page, PupilsPage)
    return page.child


def test_a_step_with_a_form_opens_the_log_of_its_kind(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at)
    assert child(desk).figures.next_words.text() == "Next: Phone call to the parents · 8 more"
    desk.press("n")
    assert desk.focus is child(desk).beside.steps.list
    assert child(desk).beside.steps.standing.text() == "Monitor since Wed 11 Nov 2026."
    desk.press("Down", "Return")
    assert child(desk).beside.log.isVisible()
    assert child(desk).beside.log.draft().kind is EntryKind.LETTER


def test_a_step_without_a_form_is_said_to_be_done(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at)
    steps = child(desk).beside.steps
    desk.press("n", "Down", "Down", "Down", "Down")
    desk.press("Ctrl+Return")
    assert "Type what came of it" in steps.fault.text()
    desk.press("Return")
    assert desk.focus is steps.outcome
    desk.type("Ms Vale sits with her at nine")
    desk.press("Ctrl+Return")
    assert desk.said == "Done: Somebody of the staff beside the child."
    assert desk.focus is steps.list
    done = [one.action.key for one in next_steps(school.context, school.pupils["Kaya"]).steps if one.done]
    assert done == ["staff"]
    shown = steps.list.step()
    assert shown is not None
    assert shown.state is StepState.DONE


def test_a_step_is_put_off_to_a_day(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at)
    steps = child(desk).beside.steps
    desk.press("n", "t")
    assert desk.focus is steps.due
    desk.type("soon")
    desk.press("Ctrl+Return")
    assert "That is not a day" in steps.fault.text()
    steps.due.clear()
    desk.type("27/11/2026")
    desk.press("Ctrl+Return")
    assert desk.said == "Phone call to the parents: on Fri 27 Nov 2026."
    with school.context.store.reading() as reading:
        (task,) = reading.book.all(Task)
    assert (task.due, task.text, task.pupil) == (date(2026, 11, 27), "Phone call to the parents", school.pupils["Kaya"])
    assert child(desk).figures.next_words.text() == "Next: Letter that sets out the concern · 7 more"


def test_too_early_is_said_and_asks_for_nothing(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at, "Doyle")
    assert not child(desk).figures.next_words.isVisible()
    desk.press("n")
    steps = child(desk).beside.steps
    assert steps.standing.text().startswith("Too early to say: fewer than 40 sessions")
    assert not steps.list.isVisible()
    assert not steps.keep.isEnabled()


def test_whoever_may_not_read_the_log_sees_no_steps(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    school.context = in_role(school.context, Role.TEACHER, "4B")
    desk = at(school, open_at)
    assert not child(desk).figures.steps.isVisible()
    desk.press("n")
    assert "read the log" in child(desk).beside.steps.standing.text()
    assert child(desk).beside.steps.list.steps.lines == ()


def test_a_target_is_set_and_stands_beside_the_number(school: SmallSchool, open_at) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at)
    assert not child(desk).figures.target_words.isVisible()
    desk.press("o")
    target = child(desk).beside.target
    assert desk.focus is target.percent
    desk.type("all")
    desk.press("Ctrl+Return")
    assert "A target is a percentage above 0" in target.fault.text()
    assert target_state(school.context, school.pupils["Kaya"], TODAY) is None
    target.percent.clear()
    desk.type("96.5")
    target.first.set_date(date(2026, 11, 16))
    target.agreed_with.setFocus()
    desk.type("Ms K Kaya")
    desk.press("Ctrl+Return")
    assert desk.said == "Target set for Çağla Kaya: 96.5%."
    assert child(desk).figures.target_words.text() == "Target 96.5% · met, 10 of 10"
    state = target_state(school.context, school.pupils["Kaya"], TODAY)
    assert state is not None
    assert (state.target.percent, state.target.agreed_with) == (Fraction(193, 2), "Ms K Kaya")
    desk.press("o")
    assert "Met so far: 10 of 10 sessions, 100.0%." in target.standing.text()


def test_the_card_follows_what_was_logged_elsewhere(school: SmallSchool, open_at, clock: StillClock) -> None:  # type: ignore[no-untyped-def]
    desk = at(school, open_at)
    desk.press("n", "Return")
    log = child(desk).beside.log
    assert log.draft().kind is EntryKind.PHONE_CALL
    clock.set(2026, 11, 20, 16, 5)
    assert datetime(2026, 11, 20, 16, 5) == school.context.now()
    log._nobody.setChecked(True)
    log._outcome.setText("No answer")
    desk.press("Ctrl+Return")
    assert child(desk).figures.next_words.text() == "Next: Letter that sets out the concern · 7 more"
