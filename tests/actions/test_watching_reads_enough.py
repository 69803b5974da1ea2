"""What is read for the list of a whole school is little: here it is held against rules that are handed every mark."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.actions.watching import due, due_of
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Membership, Pattern, PatternKind
from desktop_app.domain.school import Period
from desktop_app.domain.sessions import Half, Session
from desktop_app.domain.triggers import Trigger
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool, pupil
from tests.support.watching import LAST_YEAR, calendar_of, look, met

CHILDREN = 25
DAYS = int(os.environ.get("ROLLBOOK_DAYS", "12"))
MOODS = ("/", "/", "/", "/", "O", "N", "G", "I", "U", "GNOU", "/////O", "/U", "IM", "C", "/I")
APART = {"band-crossed", "register-missing"}


def own(key: int, week: str) -> list[Pattern]:
    """The child's own timetable of that week, where it has one."""
    return [Pattern(key, key, PatternKind.DUAL, week, date(2026, 9, 7), date(2027, 5, 28))] if week else []


def throw(dice: random.Random, starts: date, leaves: date | None, week: str) -> dict[Session, str]:
    """Two years of marks in stretches, with D outside the child's own week."""
    codes: dict[Session, str] = {}
    mood, left = "/", 0
    for one in calendar_of().sessions(max(starts, date(2025, 9, 1)), leaves or date(2027, 7, 21)):
        if left == 0:
            mood, left = dice.choice(MOODS), dice.choice([2, 6, 10, 19, 22, 40, 44])
        code = dice.choice(mood)
        codes[one] = code if code != "/" else "/" if one.half is Half.AM else "\\"
        if week and week[2 * one.day.weekday() + one.half.ordinal] == "0":
            codes[one] = "D"
        left -= 1
    return codes


def plainly(one: Trigger) -> tuple[object, ...]:
    """What of a trigger does not hang on who the child is."""
    return (one.key, one.since, one.due, one.says, one.sessions, one.provisional)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_school_read_at_once_is_told_as_each_child_by_itself(
    empty_school: SmallSchool, clock: StillClock, seed: int
) -> None:
    context, dice = empty_school.context, random.Random(seed)
    clock.set(2027, 7, 22, 9, 0)
    starts = [dice.choice([date(2022, 9, 5), date(2026, 9, 14), date(2026, 11, 9)]) for _ in range(CHILDREN)]
    leaves = [dice.choice([None, None, None, date(2027, 1, 15), date(2027, 3, 31)]) for _ in range(CHILDREN)]
    weeks = [dice.choice(["", "", "1010101010", "1111110000"]) for _ in range(CHILDREN)]
    with context.store.writing(context.deed("set up")) as writing:
        writing.book.put_many(Period(0, one.kind, one.name, one.start, one.end) for one in LAST_YEAR)
        keys = writing.book.put_many(
            pupil(f"S{n:02d}", "Sam", n, starting_day=starts[n], leaving_day=leaves[n]) for n in range(CHILDREN)
        )
        patterns = {key: own(key, week) for key, week in zip(keys, weeks, strict=True)}
        writing.book.put_many(replace(one, id=0) for mine in patterns.values() for one in mine)
        writing.book.put_many(Membership(0, key, "4B", "4", day) for key, day in zip(keys, starts, strict=True))
        codes = {key: throw(dice, starts[n], leaves[n], weeks[n]) for n, key in enumerate(keys)}
        writing.marks.add(
            NewMark(key, one.day, one.half, code) for key, mine in codes.items() for one, code in mine.items()
        )
    told = 0
    for _ in range(DAYS):
        on = date(2026, 9, 3) + timedelta(days=dice.randrange(320))
        found = [one for one in due(context, on) if one.key not in APART]
        for key, day, left in zip(keys, starts, leaves, strict=True):
            mine = [plainly(one) for one in found if one.pupil == key]
            if day > on:
                assert not mine
                continue
            child = look(
                context.rulebook, {one: code for one, code in codes[key].items() if one.day <= on}, on,
                starts=day, leaves=left, present=False, patterns=patterns[key],
            )  # fmt: skip
            assert sorted(map(str, mine)) == sorted(str(plainly(one)) for one in met(child)), f"child {key} on {on}"
            told += len(mine)
        some = dice.choice(keys)
        alone = [plainly(one) for one in due_of(context, some, on) if one.key not in APART]
        assert alone == [plainly(one) for one in found if one.pupil == some]
    assert told > 200
