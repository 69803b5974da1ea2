"""The steps of the band a child is in: read, done, put off; nobody else's, and nothing for those who may not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.actions.log import log
from desktop_app.actions.next_steps import next_steps, step_done, step_later
from desktop_app.actions.tasks import close_task
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.next_steps import StepState
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool

LAST = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    """Kaya missed the week of 9 November, and so went below 95 %; everybody else was there."""
    clock.set(2026, 11, 20, 16, 0)
    missed = range(9, 14)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        for surname in ("Kaya", "Doyle"):
            writing.marks.add(
                NewMark(
                    school.pupils[surname],
                    one.day,
                    one.half,
                    "O"
                    if surname == "Kaya" and one.day.month == 11 and one.day.day in missed
                    else ("/" if one.half is Half.AM else "\\"),
                )
                for one in calendar_of(school.context).sessions(date(2026, 9, 1), LAST)
            )


def states(school: SmallSchool, surname: str = "Kaya") -> dict[str, StepState]:
    return {one.action.key: one.state for one in next_steps(school.context, school.pupils[surname]).steps}


def test_a_child_below_the_line_has_the_packs_steps_from_that_day_on(school: SmallSchool) -> None:
    found = next_steps(school.context, school.pupils["Kaya"])
    assert found.stay is not None
    assert (found.stay.band.key, found.stay.since) == ("monitor", date(2026, 11, 11))
    assert [one.action.key for one in found.open][:3] == ["call", "letter", "meeting"]
    assert {one.state for one in found.steps} == {StepState.NEXT}
    good = next_steps(school.context, school.pupils["Doyle"])
    assert good.stay is not None
    assert good.stay.band.key == "good"
    early = next_steps(school.context, school.pupils["Abara"])
    assert (early.stay, early.steps, early.least) == (None, (), 40)


def test_a_call_counts_from_the_day_the_band_was_entered(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    log(school.context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, 6, 9), (kaya,), "Spoke"))
    assert states(school)["call"] is StepState.NEXT
    log(school.context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, 13, 9), (kaya,), "Spoke"))
    assert states(school)["call"] is StepState.DONE


def test_a_step_without_a_form_is_done_when_somebody_says_so(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    step_later(school.context, kaya, "monitor", "plan", date(2026, 11, 27))
    entry, changes = step_done(school.context, kaya, "monitor", "plan", "Agreed with Ms Kaya")
    assert (changes.entries, changes.pupils) == (True, frozenset({kaya}))
    assert states(school)["plan"] is StepState.DONE
    with school.context.store.reading() as reading:
        recorded = reading.entries.get(entry)
        (task,) = reading.book.all(Task)
    assert recorded is not None
    assert (recorded.kind, recorded.outcome, recorded.note) == (
        EntryKind.SEEN_TO,
        "Agreed with Ms Kaya",
        "Support plan agreed, with its reviews",
    )
    assert task.closed_by == entry


def test_a_step_put_off_is_one_task_and_closing_it_does_the_step(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    step_later(school.context, kaya, "monitor", "staff", date(2026, 11, 27))
    number, _ = step_later(school.context, kaya, "monitor", "staff", date(2026, 11, 30))
    with school.context.store.reading() as reading:
        (task,) = reading.book.all(Task)
    assert (task.id, task.due, task.text) == (number, date(2026, 11, 30), "Somebody of the staff beside the child")
    assert states(school)["staff"] is StepState.LATER
    close_task(school.context, number, "Ms Vale sits with her at nine")
    assert states(school)["staff"] is StepState.DONE


def test_refusals_change_nothing(school: SmallSchool) -> None:
    kaya = school.pupils["Kaya"]
    before = states(school)
    with school.context.store.reading() as reading:
        head = reading.chain_head
    with pytest.raises(Refused, match="Say what came of it"):
        step_done(school.context, kaya, "monitor", "plan", "  ")
    with pytest.raises(Refused, match="no such step"):
        step_done(school.context, kaya, "monitor", "praise", "Done")
    with pytest.raises(Refused, match="That day is over"):
        step_later(school.context, kaya, "monitor", "plan", date(2026, 11, 19))
    with pytest.raises(Refused, match="not in this school’s book"):
        next_steps(school.context, 999)
    with pytest.raises(NotAllowed):
        next_steps(in_role(school.context, Role.GOVERNOR), kaya)
    with pytest.raises(NotAllowed):
        step_done(in_role(school.context, Role.TEACHER, "4B"), kaya, "monitor", "plan", "Done")
    with school.context.store.reading() as reading:
        assert reading.chain_head == head
    assert states(school) == before
