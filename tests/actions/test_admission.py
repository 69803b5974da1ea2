"""The admission register: in from the agreed day, out on a ground of the law and never backwards, all of it kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from desktop_app.actions.admission import NewContact, admit, correct, grounds_for, leave, move, particulars_history
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.rollover import Destination, preview_rollover, roll_over
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.marks import Mark, NewMark
from desktop_app.domain.people import Answer, Person, Pupil, Tie
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role
from desktop_app.rules.leaving import absent_days
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def child(school: SmallSchool, key: int) -> Pupil:
    with school.context.store.reading() as reading:
        found = reading.book.get(Pupil, key)
    assert found is not None
    return found


NEW = replace(pupil("Zamora", "Inés", 40), starting_day=MONDAY)
MOTHER = NewContact(Person(0, "Ms P Zamora"), Tie(0, 0, 0, "mother", Answer.YES, Answer.YES), ("07700 900777",))


def test_a_child_is_on_roll_from_the_agreed_day_even_if_absent(school: SmallSchool, clock: StillClock) -> None:
    key, asked, _ = admit(school.context, NEW, "4B", "4", [MOTHER])
    assert asked == ("There is one number only: ask for more than one, of different people.",)
    clock.set(2026, 11, 23, 9, 0)
    write(school.context, [Edit(key, Session(MONDAY, Half.AM), "N")])
    with pytest.raises(Refused, match="before the starting day"):
        write(school.context, [Edit(key, Session(FRIDAY, Half.AM), "N")])
    with school.context.store.reading() as reading:
        (entry,) = reading.entries.of(key)
    assert entry.kind is EntryKind.ADMISSION


@pytest.mark.parametrize(("changed", "class_name", "why"), [
    ({"legal_surname": " "}, "4B", "full legal name"),
    ({"starting_day": date(2017, 1, 1)}, "4B", "before the child was born"),
    ({"upn": "A123"}, "4B", "a UPN has 13 characters"),
    ({"admission_number": "00001"}, "4B", "is another pupil’s"),
    ({}, " ", "which class"),
])  # fmt: skip
def test_what_is_wrong_with_an_admission_is_said_and_nothing_is_kept(
    school: SmallSchool, changed: dict[str, object], class_name: str, why: str
) -> None:
    with school.context.store.reading() as reading:
        head = reading.chain_head
    with pytest.raises(Refused, match=why):
        admit(school.context, replace(NEW, **changed), class_name, "4")  # type: ignore[arg-type]
    with school.context.store.reading() as reading:
        assert reading.chain_head == head


def test_what_the_regulations_still_ask_for_is_said(school: SmallSchool) -> None:
    _, asked, _ = admit(school.context, NEW, "4B", "4", [replace(MOTHER, phones=())])
    assert asked == ("An emergency telephone number of Ms P Zamora is needed: the child lives there.",)
    _, asked, _ = admit(school.context, replace(NEW, admission_number="00041"), "4B", "4")
    assert asked == ("Say with which parent the child lives, with address and an emergency number.",)


def test_every_version_of_the_particulars_is_kept(school: SmallSchool) -> None:
    key = school.pupils["Kaya"]
    correct(school.context, replace(child(school, key), used_forename="Cal"), since=FRIDAY)
    correct(school.context, child(school, key))
    first, second = particulars_history(school.context, key)
    assert (first.fact.used_forename, second.fact.used_forename, second.fact.since) == ("", "Cal", FRIDAY)
    assert second.author.name == "Dr A Rahman"
    with pytest.raises(Refused, match="not by a correction"):
        correct(school.context, replace(child(school, key), leaving_day=FRIDAY))


def test_the_figures_of_before_stay_with_the_class_of_before(school: SmallSchool, clock: StillClock) -> None:
    key = school.pupils["Kaya"]
    fill_present(school.context, "4B", Session(FRIDAY, Half.AM))
    move(school.context, [key], "5A", "5", MONDAY)
    clock.set(2026, 11, 23, 9, 0)
    before = {row.class_name: row.pupils for row in figures(school.context, FRIDAY, FRIDAY, Grouping.CLASS)}
    after = {row.class_name: row.pupils for row in figures(school.context, FRIDAY, MONDAY, Grouping.CLASS)}
    assert before == {"4B": 6}
    assert after == {"4B": 5, "5A": 1}


def test_leaving_is_on_a_ground_with_what_it_asks_and_never_backwards(school: SmallSchool) -> None:
    context, key = school.context, school.pupils["Kaya"]
    ground = next(one for one in grounds_for(context, key, FRIDAY) if one.key == "another-school")
    with pytest.raises(Refused, match="the other school has confirmed"):
        leave(context, key, ground.key, FRIDAY)
    with pytest.raises(Refused, match="never deleted backwards"):
        leave(context, key, ground.key, date(2026, 11, 19), ground.asks)
    with pytest.raises(Refused, match="not a ground of the regulations"):
        leave(context, key, "because", FRIDAY)
    with pytest.raises(Refused, match="not a ground for a pupil of this age"):
        leave(context, key, "not-of-age-left", FRIDAY, ["The parent, or the pupil over compulsory age, has said so"])
    leave(context, key, ground.key, FRIDAY, ground.asks, next_school="St B")
    left = child(school, key)
    assert (left.leaving_day, left.leaving_ground, left.next_school) == (FRIDAY, "another-school", "St B")
    with pytest.raises(Refused, match="has left already"):
        leave(context, key, ground.key, FRIDAY, ground.asks)
    with context.store.reading() as reading:
        assert reading.entries.of(key)[-1].kind is EntryKind.DELETION


def test_home_education_warns_and_the_office_deletes_nobody(school: SmallSchool) -> None:
    home = next(
        one for one in grounds_for(school.context, school.pupils["Kaya"], FRIDAY) if one.key == "home-education"
    )
    assert "consent" in home.warning
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    with pytest.raises(NotAllowed, match="off the roll"):
        leave(office, school.pupils["Kaya"], home.key, FRIDAY, home.asks)


def test_twenty_days_in_a_row_are_needed(school: SmallSchool, clock: StillClock) -> None:
    context, key = school.context, school.pupils["Kaya"]
    ground = context.rulebook.grounds["twenty-days"]
    with context.store.reading() as reading:
        days = [date(2026, 11, 2) + timedelta(days=n) for n in range(26) if (n % 7) < 5]
        assert reading.book.school().name
    clock.set(2026, 11, 27, 15, 40)
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(NewMark(key, day, half, "O") for day in days[1:] for half in HALVES)
    with pytest.raises(Refused, match="19 school days in a row"):
        leave(context, key, ground.key, date(2026, 11, 27), ground.asks)
    with context.store.writing(context.deed("set up")) as writing:
        writing.marks.add(NewMark(key, days[0], half, "G") for half in HALVES)
    leave(context, key, ground.key, date(2026, 11, 27), ground.asks)


@given(st.lists(st.sampled_from("GNOI/"), max_size=60))
def test_the_run_is_that_of_a_naive_count(codes: list[str]) -> None:
    first = date(2026, 9, 1)
    marks = [Mark(1, first + timedelta(days=n // 2), HALVES[n % 2], code) for n, code in enumerate(codes)]
    run, days = 0, [codes[n : n + 2] for n in range(0, len(codes), 2)]
    while run < len(days) and all(code in "GNO" for code in days[-1 - run]):
        run += 1
    assert absent_days(marks) == run


def test_a_new_year_moves_everybody_at_once(school: SmallSchool, clock: StillClock) -> None:
    context = school.context
    start = date(2027, 9, 1)
    with context.store.writing(context.deed("set up")) as writing:
        from desktop_app.domain.people import Membership

        old = writing.book.put(pupil("Old", "Max", 50, date_of_birth=date(2016, 1, 1)))
        writing.book.put(Membership(0, old, "6P", "6", date(2026, 9, 1)))
    clock.set(2027, 7, 21, 15, 40)
    where = {"4B": Destination("5A", "5")}
    with pytest.raises(Refused, match="where class 6P goes"):
        preview_rollover(context, start, where)
    where["6P"] = Destination("", "")
    found = preview_rollover(context, start, where)
    assert (len(found.moving), [one.surname for one, _ in found.leaving]) == (6, ["Old"])
    with pytest.raises(Refused, match="last day of the leavers"):
        roll_over(context, start, where, "another-school", date(2027, 7, 20))
    roll_over(context, start, where, "another-school", date(2027, 7, 21))
    assert child(school, old).leaving_day == date(2027, 7, 21)
    clock.set(2027, 9, 2, 9, 0)
    rows = figures(context, date(2027, 9, 1), date(2027, 9, 1), Grouping.CLASS)
    assert {row.class_name: row.pupils for row in rows} == {"5A": 6}
    assert {row.class_name for row in figures(context, FRIDAY, FRIDAY, Grouping.CLASS)} == {"4B", "6P"}
