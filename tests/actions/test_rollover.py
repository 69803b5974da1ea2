"""The roll-over: offered, previewed, done at once or not at all; last year's figures stay where they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.actions.admission import admit
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.leaving import grounds_for, leave, take_back_leaving
from desktop_app.actions.rollover import class_groups, last_day, leavers_grounds, preview_rollover, roll_over
from desktop_app.domain.admission import Destination
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.people import Membership
from desktop_app.domain.staff import Role
from desktop_app.rules.leaving import Answers
from tests.support.clock import StillClock
from tests.support.newcomers import FRIDAY, NEW, child, head, places
from tests.support.schools import SmallSchool, pupil

START, LAST = date(2027, 9, 1), date(2027, 7, 21)
WHERE = {("4B", "4"): Destination("5A", "5"), ("6P", "6"): Destination("", "")}
GROUND = "another-school"
CONFIRMED = Answers(LAST, frozenset({"The other school has confirmed that it has the pupil on roll"}))


@pytest.fixture
def july(school: SmallSchool, clock: StillClock) -> SmallSchool:
    """The end of a year with a class of Year 4, two leavers of Year 6 and a child who starts in September."""
    with school.context.store.writing(school.context.deed("set up")) as writing:
        for number, (surname, forename) in enumerate([("Old", "Max"), ("Ray", "Ida")]):
            key = writing.book.put(pupil(surname, forename, 50 + number, date_of_birth=date(2016, 1, 1)))
            writing.book.put(Membership(0, key, "6P", "6", date(2026, 9, 1)))
            school.pupils[surname] = key
    clock.set(2027, 7, 21, 15, 40)
    small = replace(NEW, starting_day=START, date_of_birth=date(2022, 10, 1))
    school.pupils["Zamora"], _, _ = admit(school.context, small, "RH", "R")
    return school


def test_where_each_class_would_go_is_offered(july: SmallSchool) -> None:
    found = {(one.class_name, one.year): (one.pupils, one.to) for one in class_groups(july.context, START)}
    assert last_day(july.context, START) == LAST
    assert last_day(july.context, date(2026, 9, 1)) == LAST  # today: no school day is to come
    assert found == {("4B", "4"): (6, Destination("5B", "5")), ("6P", "6"): (2, Destination("", ""))}


def test_a_new_year_moves_everybody_at_once(july: SmallSchool, clock: StillClock) -> None:
    context = july.context
    found = preview_rollover(context, START, WHERE)
    assert (len(found.moving), [one.surname for one, _ in found.leaving]) == (6, ["Old", "Ray"])
    assert [one.surname for one in found.starting] == ["Zamora"]
    done, changes = roll_over(context, START, WHERE, GROUND, CONFIRMED)
    assert done == found
    assert changes.book
    assert child(july, july.pupils["Old"]).leaving_day == LAST
    assert places(july, july.pupils["Old"]) == [("6P", date(2026, 9, 1), LAST)]
    assert places(july, july.pupils["Zamora"]) == [("RH", START, None)]
    clock.set(2027, 9, 2, 9, 0)
    rows = figures(context, date(2027, 9, 1), date(2027, 9, 1), Grouping.CLASS)
    assert {row.class_name: row.pupils for row in rows} == {"5A": 6, "RH": 1}
    assert {row.class_name for row in figures(context, FRIDAY, FRIDAY, Grouping.CLASS)} == {"4B", "6P"}


def test_doing_it_twice_changes_no_more(july: SmallSchool) -> None:
    roll_over(july.context, START, WHERE, GROUND, CONFIRMED)
    before = {key: places(july, key) for key in july.pupils.values()}
    again = {("4B", "4"): Destination("5A", "5")}
    done, _ = roll_over(july.context, START, again, "", CONFIRMED)
    assert (len(done.moving), done.leaving) == (6, ())
    assert {key: places(july, key) for key in july.pupils.values()} == before


def test_the_grounds_of_leavers_are_of_this_school_and_age(july: SmallSchool) -> None:
    offered = {one.key for one in leavers_grounds(july.context)}
    assert GROUND in offered
    assert not offered & {"ceased-independent", "twenty-days", "leave-not-returned", "home-education"}
    with pytest.raises(Refused, match=r"Old.*not a ground for a pupil of this age"):
        roll_over(july.context, START, WHERE, "over-age", CONFIRMED)


def test_who_leaves_after_it_and_stays_after_all_has_next_years_class_again(july: SmallSchool) -> None:
    context, key = july.context, july.pupils["Kaya"]
    roll_over(context, START, WHERE, GROUND, CONFIRMED)
    both = [("4B", date(2026, 9, 1), date(2027, 8, 31)), ("5A", START, None)]
    assert places(july, key) == both
    moved = next(one for one in grounds_for(context, key, LAST) if one.key == GROUND)
    for reason in ("stays", "stays again"):
        leave(context, key, moved.key, LAST, moved.asks)
        assert places(july, key) == [("4B", date(2026, 9, 1), LAST)]
        take_back_leaving(context, key, reason)
        assert places(july, key) == both
    with context.store.reading() as reading:
        said = [one.withdrawn for one in reading.entries.of(key) if one.kind is EntryKind.DELETION]
    assert [one.reason for one in said if one is not None] == ["stays", "stays again"]


def test_who_stays_is_left_as_they_are(july: SmallSchool) -> None:
    staying = {july.pupils["Ray"], july.pupils["Kaya"]}
    done, _ = roll_over(july.context, START, WHERE, GROUND, CONFIRMED, staying)
    assert {one.surname for one in done.staying} == {"Ray", "Kaya"}
    assert child(july, july.pupils["Ray"]).leaving_day is None
    assert places(july, july.pupils["Kaya"]) == [("4B", date(2026, 9, 1), None)]


@pytest.mark.parametrize(("where", "ground", "answers", "why"), [
    ({("4B", "4"): Destination("5A", "5")}, GROUND, CONFIRMED, "where class 6P, year 6, goes; Max Old"),
    ({**WHERE, ("4B", "4"): Destination("5A", "five")}, GROUND, CONFIRMED, "class 4B, year 4,: “five” is no year"),
    (WHERE, GROUND, Answers(date(2027, 7, 20), CONFIRMED.answered), "never backwards"),
    (WHERE, GROUND, Answers(START, CONFIRMED.answered), "before the new year"),
    (WHERE, GROUND, Answers(LAST), "Max Old: Not yet: “The other school"),
    (WHERE, "", CONFIRMED, "on which ground"),
    (WHERE, "not-of-age-left", CONFIRMED, "Max Old: “Left below or above compulsory age” is not a ground"),
    (WHERE, "twenty-days", CONFIRMED, "child by child"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_is_moved(
    july: SmallSchool, where: dict, ground: str, answers: Answers, why: str
) -> None:
    before = head(july)
    with pytest.raises(Refused, match=why):
        roll_over(july.context, START, where, ground, answers)
    assert head(july) == before


def test_the_office_moves_classes_and_takes_nobody_off(july: SmallSchool) -> None:
    office = replace(july.context, staff=replace(july.context.staff, role=Role.OFFICE), alone=False)
    before = head(july)
    with pytest.raises(NotAllowed, match="off the roll"):
        roll_over(office, START, WHERE, GROUND, CONFIRMED)
    assert head(july) == before
    roll_over(office, START, WHERE, "", CONFIRMED, {july.pupils["Old"], july.pupils["Ray"]})
    assert places(july, july.pupils["Kaya"])[-1][0] == "5A"
