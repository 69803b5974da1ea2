"""Who crossed a band, held against a second reckoning that goes through the marks one by one."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.crossings import crossings, since_last_week
from desktop_app.context import as_aware
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Pupil
from desktop_app.domain.rulebook import Limit
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.referrals import calendar_of
from tests.support.schools import SmallSchool

FIRST, LAST = date(2026, 11, 13), date(2026, 11, 20)
BEGIN = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _after_school(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)


def present(half: Half) -> str:
    return "/" if half is Half.AM else "\\"


def fill(school: SmallSchool, codes: dict[Session, str], pupil: int) -> None:
    sessions = calendar_of(school.context).sessions(BEGIN, LAST)
    with school.context.store.writing(school.context.deed("marks")) as writing:
        writing.marks.add(
            NewMark(pupil, one.day, one.half, codes.get(one, present(one.half)))
            for one in sessions
            if codes.get(one) != ""
        )


def naive_band(attended: int, possible: int) -> str:
    percent = 100 * attended / possible
    if percent >= 95 - 1e-9:
        return "good"
    if percent > 90 + 1e-9:
        return "monitor"
    if percent > 75 + 1e-9:
        return "persistent"
    return "serious" if percent > 50 + 1e-9 else "severe"


def naive(school: SmallSchool, pupil: int) -> tuple[str, str, list[str]] | None:
    with school.context.store.reading() as reading:
        marks = reading.marks.between(BEGIN, LAST, [pupil])
        child = reading.book.get(Pupil, pupil)
    assert child is not None
    known = set(calendar_of(school.context).sessions(BEGIN, LAST))
    came = missed = more_came = more_missed = 0
    moved: list[str] = []
    for mark in marks:
        on_roll = child.starting_day <= mark.day <= (child.leaving_day or date.max)
        if Session(mark.day, mark.half) not in known or not on_roll:
            continue
        if mark.code in {"/", "\\", "L", "P", "V"}:
            came, more_came = (came + 1, more_came) if mark.day <= FIRST else (came, more_came + 1)
        elif mark.code in {"I", "M", "O", "U", "C", "N"}:
            missed, more_missed = (missed + 1, more_missed) if mark.day <= FIRST else (missed, more_missed + 1)
            if mark.day > FIRST:
                moved.append(f"{mark.day} {mark.half} {mark.code}")
    if came + missed < 40 or (child.leaving_day and child.leaving_day < LAST):
        return None
    was = naive_band(came, came + missed)
    now = naive_band(came + more_came, came + missed + more_came + more_missed)
    if was == now:
        return None
    rose = (came + more_came) * (came + missed) > came * (came + missed + more_came + more_missed)
    return was, now, [] if rose else sorted(moved)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_agrees_with_a_naive_reckoning(school: SmallSchool, seed: int) -> None:
    dice = random.Random(seed)
    sessions = calendar_of(school.context).sessions(BEGIN, LAST)
    for pupil in school.pupils.values():
        rate, late_rate = dice.choice([0.02, 0.05, 0.1, 0.25, 0.5]), dice.choice([0.0, 0.1, 0.6, 1.0])
        fill(
            school,
            {
                one: dice.choice(["I", "M", "O", "U", "C", "N", "L", "D", "Y6", "I", ""])
                for one in sessions
                if dice.random() < (late_rate if one.day > FIRST else rate)
            },
            pupil,
        )
        with school.context.store.writing(school.context.deed("roll")) as writing:
            child = writing.book.get(Pupil, pupil)
            assert child is not None
            left = dice.choice([None, None, None, LAST - timedelta(days=2), LAST])
            started = dice.choice([date(2022, 9, 5), date(2022, 9, 5), date(2026, 10, 12), date(2026, 9, 28)])
            writing.book.put(replace(child, leaving_day=left, starting_day=started))
    found = {
        one.pupil.id: (one.was.key, one.now.key, [f"{day} {half} {code}" for day, half, code in one.sessions])
        for one in crossings(school.context, FIRST, LAST)
    }
    expected = {key: told for key in school.pupils.values() if (told := naive(school, key)) is not None}
    assert found == expected


def fall(school: SmallSchool, surname: str = "Kaya") -> None:
    """Six absences early (above 90 %), and a week missed at the end."""
    sessions = calendar_of(school.context).sessions(BEGIN, LAST)
    early = dict.fromkeys(sessions[:6], "I")
    week = {one: "O" for one in sessions if one.day > FIRST}
    fill(school, early | week, school.pupils[surname])


def test_a_fall_lists_the_absences_that_made_it_and_a_rise_lists_none(school: SmallSchool) -> None:
    fall(school)
    sessions = calendar_of(school.context).sessions(BEGIN, LAST)
    early = [one for one in sessions if one.day <= FIRST]
    fill(school, dict.fromkeys(early[: len(early) // 10 + 1], "I"), school.pupils["Doyle"])
    fell, rose = crossings(school.context, *since_last_week(LAST))
    assert (fell.pupil.surname, fell.was.key, fell.now.key, fell.better) == ("Kaya", "monitor", "persistent", False)
    assert [seen.code for seen in fell.sessions] == ["O"] * 10
    assert (fell.sessions[0].day, fell.sessions[0].half) == (date(2026, 11, 16), Half.AM)
    assert (rose.pupil.surname, rose.was.key, rose.now.key, rose.better) == ("Doyle", "persistent", "monitor", True)
    assert rose.sessions == ()
    assert fell.class_name == "4B"
    assert fell.after.possible == len(sessions)


def test_a_mark_amended_later_is_not_there_as_at_the_day_before(school: SmallSchool, clock: StillClock) -> None:
    fall(school)
    friday = as_aware(datetime(2026, 11, 20, 17, 0))
    clock.set(2026, 11, 23, 9, 0)
    told = crossings(school.context, FIRST, LAST, friday)
    fill(school, {}, school.pupils["Kaya"])
    assert crossings(school.context, FIRST, LAST) == ()
    assert crossings(school.context, FIRST, LAST, friday) == told != ()
    assert crossings(school.context, FIRST, LAST, as_aware(datetime(2020, 1, 1))) == ()


def test_two_school_years_are_never_compared(school: SmallSchool) -> None:
    fall(school)
    assert crossings(school.context, date(2026, 8, 28), LAST) == ()
    assert crossings(school.context, LAST, FIRST) == ()


def test_the_pack_may_have_its_own_number_of_sessions(school: SmallSchool) -> None:
    fall(school)
    law = school.context.rulebook
    packs = {**law.packs, "knowsley": replace(law.packs["knowsley"], too_early=Limit(300, "a pack"))}
    context = replace(school.context, rulebook=replace(law, packs=packs))
    assert crossings(school.context, FIRST, LAST)
    assert crossings(context, FIRST, LAST) == ()


def test_a_teacher_is_told_of_the_classes_given_to_them(school: SmallSchool) -> None:
    fall(school)
    assert crossings(in_role(school.context, Role.TEACHER, "4B"), FIRST, LAST)
    assert crossings(in_role(school.context, Role.TEACHER, "5A"), FIRST, LAST) == ()
