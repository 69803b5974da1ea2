"""The log entry that established it is the reason of an amendment, and nothing private becomes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from desktop_app.actions.contacts import set_no_contact
from desktop_app.actions.log import log, withdraw
from desktop_app.actions.log_reasons import reasons_from_log
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.people import Person, Tie
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

MONDAY = date(2026, 11, 16)


@pytest.fixture
def logged(school: SmallSchool, clock: StillClock) -> SmallSchool:
    clock.set(2026, 11, 20, 16, 0)
    return school


def enter(school: SmallSchool, outcome: str, when: datetime, *names: str, **more: object) -> int:
    pupils = tuple(school.pupils[name] for name in names or ("Kaya",))
    made, _ = log(school.context, NewEntry(EntryKind.PHONE_CALL, when, pupils, outcome, **more))  # type: ignore[arg-type]
    return made


def offered(school: SmallSchool, *names: str) -> list[str]:
    pupils = [school.pupils[name] for name in names or ("Kaya",)]
    return [one.words for one in reasons_from_log(school.context, pupils, MONDAY)]


def test_an_entry_says_when_with_whom_what_and_its_number(logged: SmallSchool) -> None:
    with logged.context.store.reading() as reading:
        mother = next(one.person for one in reading.book.all(Tie) if one.pupil == logged.pupils["Kaya"])
    number = enter(logged, "ill since\n the night", datetime(2026, 11, 16, 10, 5), persons=(mother,))
    assert offered(logged) == [f"Phone call Mon 16 Nov 10:05, Ms K Kaya: ill since the night (log entry {number})"]


def test_the_day_itself_comes_first_and_then_the_days_after_it(logged: SmallSchool) -> None:
    enter(logged, "before", datetime(2026, 11, 13, 10, 0))
    for hour, said in ((9, "early"), (11, "late")):
        enter(logged, said, datetime(2026, 11, 16, hour, 0))
    for day in (17, 18):
        enter(logged, f"on the {day}th", datetime(2026, 11, day, 9, 0))
    said = [one.split(": ")[1].split(" (")[0] for one in offered(logged)]
    assert said == ["late", "early", "on the 17th"]


def test_nothing_restricted_or_withdrawn_or_about_somebody_else_is_offered(logged: SmallSchool) -> None:
    noon = datetime(2026, 11, 16, 12, 0)
    enter(logged, "canary", noon, restricted=True)
    wrong = enter(logged, "wrong child", noon)
    withdraw(logged.context, wrong, "wrong child")
    enter(logged, "about the other", noon, "Doyle")
    enter(logged, "about both", noon, "Doyle", "Kaya")
    assert [one.split(": ")[1].split(" (")[0] for one in offered(logged)] == ["about both"]
    assert len(offered(logged, "Kaya", "Doyle")) == 1
    assert offered(logged, "Kaya", "Abara") == []
    assert reasons_from_log(logged.context, (), MONDAY) == ()


def test_nobody_whom_a_court_keeps_away_is_named_in_a_reason(logged: SmallSchool) -> None:
    context, noon = logged.context, datetime(2026, 11, 16, 12, 0)
    with context.store.writing(context.deed("test")) as writing:
        away = writing.book.put(Person(0, "E Grimsby", "Mr"))
        tie = writing.book.put(Tie(0, logged.pupils["Kaya"], away, "father"))
    enter(logged, "No answer from Mr E Grimsby", noon)
    number = enter(logged, "ill", noon, persons=(away,))
    assert len(offered(logged)) == 2
    set_no_contact(context, tie, "Family Court at Liverpool, 17 November 2026", on=True)
    assert offered(logged) == [f"Phone call Mon 16 Nov 12:00: ill (log entry {number})"]
    set_no_contact(context, tie, "the order ended", on=False)
    assert len(offered(logged)) == 2


def test_a_long_outcome_leaves_room_for_the_number(logged: SmallSchool) -> None:
    number = enter(logged, "x" * 400, datetime(2026, 11, 16, 12, 0))
    (words,) = offered(logged)
    assert len(words) == 300
    assert words.endswith(f"x… (log entry {number})")


def test_whoever_may_not_read_the_log_is_offered_nothing(logged: SmallSchool) -> None:
    teacher = replace(logged.context, staff=replace(logged.context.staff, role=Role.TEACHER), alone=False)
    with pytest.raises(NotAllowed):
        reasons_from_log(teacher, [logged.pupils["Kaya"]], MONDAY)
