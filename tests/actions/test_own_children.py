"""What is read and done child by child keeps to the own classes too, wherever the id of a child is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.admission import admit, particulars_history, still_asked, to_come
from desktop_app.actions.arrivals import arrivals
from desktop_app.actions.chasing import Called, record_call, record_told
from desktop_app.actions.contacts import contact_cards
from desktop_app.actions.families import contacts
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.keying import keying_sheet
from desktop_app.actions.leaving import days_lacking, grounds_for
from desktop_app.actions.log import add_to, log, withdraw
from desktop_app.actions.planned import planned_of
from desktop_app.actions.plans import plan
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.register_page import page, row
from desktop_app.actions.tasks import close_task
from desktop_app.actions.timetables import timetables_of
from desktop_app.actions.today import today
from desktop_app.actions.week import check_week, close_week, week, weeks
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry, Task
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Channel, Membership, Tie
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Plan
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.chasing import Outcome
from tests.support.newcomers import NEW
from tests.support.people import in_role
from tests.support.running import finish
from tests.support.schools import SmallSchool, pupil
from tests.support.tasks import tasks_due

FRIDAY = date(2026, 11, 20)
THURSDAY = Session(date(2026, 11, 19), Half.AM)
AM = Session(FRIDAY, Half.AM)


@pytest.fixture
def other(school: SmallSchool) -> int:
    """A child of 5C with a trip today, a task, and no reason for yesterday."""
    context = school.context
    with context.store.writing(context.deed("test")) as writing:
        made = writing.book.put(pupil("Yıldız", "Emre", 9))
        writing.book.put(Membership(0, made, "5C", "5", date(2026, 9, 1)))
        writing.book.put(Task(0, made, "timetable-review", FRIDAY, None, "Review"))
    plan(context, Plan(0, 0, "V", FRIDAY, Half.AM, FRIDAY, Half.PM, note="museum"), [made, school.pupils["Kaya"]])
    write(context, [Edit(key, THURSDAY, "N") for key in (made, school.pupils["Kaya"])], "as reported")
    return made


@pytest.fixture
def teacher(school: SmallSchool) -> Context:
    return in_role(school.context, Role.TEACHER, "4B")


READS: dict[str, Callable[[Context, int], object]] = {
    "contact_cards": contact_cards,
    "contacts": lambda context, child: contacts(context, [child]),
    "planned_of": planned_of,
    "timetables_of": timetables_of,
    "still_asked": still_asked,
    "particulars_history": particulars_history,
    "grounds_for": lambda context, child: grounds_for(context, child, FRIDAY),
    "days_lacking": lambda context, child: days_lacking(context, child, next(iter(context.rulebook.grounds))),
}


@pytest.mark.parametrize("name", READS)
def test_a_child_of_another_class_is_read_of_by_nobody_who_does_not_see_it(
    name: str, school: SmallSchool, teacher: Context, other: int
) -> None:
    READS[name](teacher, school.pupils["Kaya"])
    READS[name](school.context, other)
    with pytest.raises(Refused, match="sees only the children of 4B"):
        READS[name](teacher, other)


def test_the_sheet_and_the_row_of_another_class_are_refused(school: SmallSchool, teacher: Context, other: int) -> None:
    assert keying_sheet(teacher, "4B", AM).lines
    with pytest.raises(Refused, match="5C is not among the classes given to"):
        keying_sheet(teacher, "5C", AM)
    with pytest.raises(Refused, match="5C is not among the classes given to"):
        row(teacher, page(school.context, "5C", FRIDAY), other)
    own = page(teacher, "4B", FRIDAY)
    assert row(teacher, own, school.pupils["Kaya"]).pupil.surname == "Kaya"
    with pytest.raises(Refused, match="not in 4B in that week"):
        row(teacher, own, other)


def test_lists_of_the_school_hold_the_own_children_alone(school: SmallSchool, teacher: Context, other: int) -> None:
    kaya = school.pupils["Kaya"]
    later, _, _ = admit(school.context, replace(NEW, upn=""), "5C", "5", [])

    def read(context: Context) -> list[set[int]]:
        return [
            {away.pupil.id for place in arrivals(context) for away in place.pupils},
            {one.pupil.id for one in week(context, FRIDAY).found},
            {one.pupil.id for known in finish(weeks(context)) for one in known.found},
            {one.pupil.id for one in figures(context, FRIDAY, FRIDAY, Grouping.PUPIL) if one.pupil},
            {one.id for one in to_come(context)},
        ]

    assert all({other, later} & found for found in read(school.context))
    own = read(teacher)
    assert not any({other, later} & found for found in own)
    assert all(kaya in found for found in own[:3])
    assert (today(school.context).to_confirm, today(teacher).to_confirm) == (2, 1)


def test_a_week_is_signed_off_by_somebody_who_sees_every_class(school: SmallSchool, teacher: Context) -> None:
    closer = replace(teacher, staff=replace(teacher.staff, rights=(Right.CLOSE_WEEK.value,)))
    for deed in (check_week, close_week):
        with pytest.raises(Refused, match="by somebody who sees every class"):
            deed(closer, date(2026, 11, 13))


def test_a_call_is_recorded_by_those_who_read_the_log_and_see_the_children(
    school: SmallSchool, teacher: Context, other: int
) -> None:
    context, kaya = school.context, school.pupils["Kaya"]
    with context.store.writing(context.deed("test")) as writing:
        mother = next(one.person for one in writing.book.all(Tie) if one.pupil == kaya)
        writing.book.put(Tie(0, other, mother, "mother"))
        channel = next(one.id for one in writing.book.all(Channel) if one.person == mother)
    called = Called((kaya,), channel, Outcome.NO_ANSWER)
    with pytest.raises(NotAllowed, match="read the log"):
        record_call(teacher, called)
    with pytest.raises(NotAllowed, match="read the log"):
        record_told(teacher, kaya, "social worker")
    reads = replace(teacher, staff=replace(teacher.staff, rights=(Right.READ_LOG.value,)))
    with pytest.raises(Refused, match="sees only the children of 4B"):
        record_call(reads, called)
    record_call(context, called)


def test_nothing_is_logged_of_another_class(school: SmallSchool, teacher: Context, other: int) -> None:
    def met(child: int) -> NewEntry:
        return NewEntry(EntryKind.MEETING, school.context.now(), (child,), "met at the gate")

    entry, _ = log(school.context, met(other))
    (task,) = tasks_due(school.context, FRIDAY)
    reads = replace(teacher, staff=replace(teacher.staff, rights=(Right.READ_LOG.value,)))
    deeds: tuple[Callable[[], object], ...] = (
        lambda: log(teacher, met(other)),
        lambda: add_to(teacher, entry, "more"),
        lambda: withdraw(teacher, entry, "wrong child"),
        lambda: close_task(reads, task.id, "done"),
    )
    for deed in deeds:
        with pytest.raises(Refused, match="sees only the children of 4B"):
            deed()
    log(teacher, met(school.pupils["Kaya"]))
