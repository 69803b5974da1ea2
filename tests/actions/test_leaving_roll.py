"""Leaving the roll: on a ground of the law, with what it asks for, never backwards; taken back while there is time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.actions.leaving import days_lacking, grounds_for, leave, take_back_leaving
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.watching import due_of
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind, Pattern, PatternKind, Pupil
from desktop_app.domain.rulebook import Ground
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.leaving import RETURN
from tests.support.clock import StillClock
from tests.support.newcomers import FRIDAY, MONDAY, THURSDAY, child, head, places
from tests.support.schools import SmallSchool


def ground(school: SmallSchool, key: str, surname: str = "Kaya") -> Ground:
    return next(one for one in grounds_for(school.context, school.pupils[surname], FRIDAY) if one.key == key)


def test_leaving_ends_class_and_register_and_says_on_what_ground(school: SmallSchool, clock: StillClock) -> None:
    context, key, moved = school.context, school.pupils["Kaya"], ground(school, "another-school")
    leave(context, key, moved.key, FRIDAY, moved.asks, next_school="St B", evidence="their office, by telephone")
    left = child(school, key)
    assert (left.leaving_day, left.leaving_ground, left.next_school) == (FRIDAY, "another-school", "St B")
    assert places(school, key) == [("4B", date(2026, 9, 1), FRIDAY)]
    with context.store.reading() as reading:
        entry = reading.entries.of(key)[-1]
    assert entry.kind is EntryKind.DELETION
    assert (entry.details["ground"], entry.details["evidence"]) == ("another-school", "their office, by telephone")
    assert {entry.details[f"shown {n}"] for n in range(1, len(moved.asks) + 1)} == set(moved.asks)
    clock.set(2026, 11, 23, 9, 0)
    with pytest.raises(Refused, match="after leaving"):
        write(context, [Edit(key, Session(MONDAY, Half.AM), "/")])


@pytest.mark.parametrize(("key", "last", "asked", "why"), [
    ("another-school", FRIDAY, 0, "The other school has confirmed"),
    ("another-school", FRIDAY, 1, "return to the authority"),
    ("another-school", THURSDAY, 9, "never deleted backwards"),
    ("because", FRIDAY, 9, "not a ground of the regulations"),
    ("not-of-age-left", FRIDAY, 9, "not a ground for a pupil of this age"),
    ("over-age", FRIDAY, 9, "not a ground for a pupil of this age"),
    ("nursery-ends", FRIDAY, 9, "not a ground for a pupil of this age"),
    ("ceased-independent", FRIDAY, 9, "not a ground in a school of this type"),
    ("home-education", FRIDAY, 9, "Which parent wrote"),
    ("twenty-days", FRIDAY, 9, "0 school days in a row"),
    ("leave-not-returned", FRIDAY, 9, "No leave of absence"),
])  # fmt: skip
def test_what_stands_against_it_is_said_and_nothing_is_changed(
    school: SmallSchool, key: str, last: date, asked: int, why: str
) -> None:
    known = school.context.rulebook.grounds.get(key)
    answered = [*(known.asks if known else ()), RETURN][:asked]
    before = head(school)
    with pytest.raises(Refused, match=why):
        leave(school.context, school.pupils["Kaya"], key, last, answered)
    assert head(school) == before


def test_a_leaving_day_is_not_before_a_mark(school: SmallSchool, clock: StillClock) -> None:
    key, moved = school.pupils["Kaya"], ground(school, "another-school")
    clock.set(2026, 11, 20, 13, 5)
    write(school.context, [Edit(key, Session(FRIDAY, Half.AM), "/")], reason="late")
    clock.set(2026, 11, 19, 9, 0)  # the clock of the PC was put back
    with pytest.raises(Refused, match="a mark of Fri 20 Nov 2026"):
        leave(school.context, key, moved.key, THURSDAY, moved.asks)


def test_home_education_warns_of_consent_and_the_office_deletes_nobody(school: SmallSchool) -> None:
    home = ground(school, "home-education")
    assert home.coming is not None
    assert "consent" in home.coming.words
    assert home.coming.first is None
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed, match="off the roll"):
        leave(office, school.pupils["Kaya"], home.key, FRIDAY, home.asks, evidence="letter of 18 November")
    leave(school.context, school.pupils["Kaya"], home.key, FRIDAY, home.asks, evidence="letter of 18 November")


def test_the_social_worker_is_told_first(school: SmallSchool) -> None:
    key = school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("set up")) as writing:
        writing.book.put(Flag(0, key, FlagKind.SOCIAL_WORKER, "Ms S Lowe", date(2026, 9, 1)))
        writing.book.put(Flag(0, key, FlagKind.EHCP, "", date(2025, 9, 1), date(2026, 8, 31)))
    moved = ground(school, "another-school", "Doyle")
    assert "The social worker was told" in moved.asks
    assert len(moved.asks) == 3
    with pytest.raises(Refused, match="social worker was told"):
        leave(school.context, key, moved.key, FRIDAY, set(moved.asks) - {"The social worker was told"})


def test_twenty_days_in_a_row_are_needed(school: SmallSchool, clock: StillClock) -> None:
    context, key = school.context, school.pupils["Kaya"]
    absent = ground(school, "twenty-days")
    days = [date(2026, 11, 2) + timedelta(days=n) for n in range(26) if (n % 7) < 5]
    clock.set(2026, 11, 27, 15, 40)
    last = date(2026, 11, 27)
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(NewMark(key, day, half, "O") for day in days[1:] for half in HALVES)
    with pytest.raises(Refused, match="19 school days in a row"):
        leave(context, key, absent.key, last, absent.asks, evidence="called on the 9th; authority visited on the 16th")
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(NewMark(key, days[0], half, "G") for half in HALVES)
    assert days_lacking(context, key, absent.key) == ""
    with pytest.raises(Refused, match="What the school asked"):
        leave(context, key, absent.key, last, absent.asks)
    leave(context, key, absent.key, last, absent.asks, evidence="called on the 9th; authority visited on the 16th")


@pytest.mark.parametrize(("outside", "whole"), [("", True), ("O", True), ("C2", False), ("D", False), ("\\", False)])
def test_the_ground_and_the_watch_list_say_the_same_of_a_timetable(
    school: SmallSchool, clock: StillClock, outside: str, whole: bool
) -> None:
    """Mornings only, twenty of them missed, and once another code in an afternoon."""
    context, key = school.context, school.pupils["Kaya"]
    days = [date(2026, 11, 2) + timedelta(days=n) for n in range(26) if (n % 7) < 5]
    clock.set(2026, 11, 27, 15, 40)
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put(Pattern(0, key, PatternKind.PART_TIME, "1010101010", date(2026, 9, 1), date(2027, 7, 21)))
        writing.marks.add(NewMark(key, day, Half.AM, "O") for day in days)
        if outside:
            writing.marks.add([NewMark(key, days[3], Half.PM, outside)])
    assert (days_lacking(context, key, "twenty-days") == "") is whole
    assert bool([one for one in due_of(context, key, days[-1]) if one.key == "long-absence"]) is whole


def test_half_term_breaks_no_run_and_a_gap_does(school: SmallSchool, clock: StillClock) -> None:
    """Ten school days before the half term of 26 to 30 October, ten after it."""
    context, key = school.context, school.pupils["Kaya"]
    days = [date(2026, 10, 12) + timedelta(days=n) for n in range(33) if n % 7 < 5 and not 14 <= n < 21]
    assert len(days) == 20
    clock.set(2026, 11, 13, 15, 40)
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(
            NewMark(key, day, half, "N") for day in days for half in HALVES if (day, half) != (days[4], Half.PM)
        )
    assert days_lacking(context, key, "twenty-days").startswith("15 school days in a row")
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add([NewMark(key, days[4], Half.PM, "N")])
    assert days_lacking(context, key, "twenty-days") == ""


def test_a_leaving_is_taken_back_while_the_day_has_not_passed(school: SmallSchool, clock: StillClock) -> None:
    context, key, moved = school.context, school.pupils["Kaya"], ground(school, "another-school")
    with pytest.raises(Refused, match="does not leave"):
        take_back_leaving(context, key, "stays")
    leave(context, key, moved.key, MONDAY, moved.asks)
    with pytest.raises(Refused, match="has left already"):
        leave(context, key, moved.key, MONDAY, moved.asks)
    with pytest.raises(Refused, match="Say why"):
        take_back_leaving(context, key, " ")
    take_back_leaving(context, key, "the house sale fell through")
    assert child(school, key).leaving_day is None
    assert places(school, key) == [("4B", date(2026, 9, 1), None)]
    with context.store.reading() as reading:
        (entry,) = reading.entries.of(key)
    assert entry.withdrawn is not None
    leave(context, key, moved.key, MONDAY, moved.asks)
    clock.set(2026, 11, 24, 9, 0)
    with pytest.raises(Refused, match="is admitted again"):
        take_back_leaving(context, key, "back")


def test_only_the_entry_of_that_leaving_is_withdrawn_if_there_is_one(school: SmallSchool) -> None:
    context, key, moved = school.context, school.pupils["Kaya"], ground(school, "another-school")
    with context.store.writing(context.deed("set up")) as writing:
        told = {"ground": "moved-away"}
        older = writing.entries.add(NewEntry(EntryKind.DELETION, context.now(), (key,), "Of long ago", details=told))
        doyle = writing.book.get(Pupil, school.pupils["Doyle"])
        assert doyle is not None
        writing.book.put(replace(doyle, leaving_day=MONDAY))
    take_back_leaving(context, doyle.id, "the list was wrong")
    assert child(school, doyle.id).leaving_day is None
    leave(context, key, moved.key, MONDAY, moved.asks)
    take_back_leaving(context, key, "stays")
    with context.store.reading() as reading:
        assert {one.id for one in reading.entries.of(key) if one.withdrawn is None} == {older}
