"""The groups with their figures beside the rest of the school: against a naive count, empty ones, and who may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.group_list import GroupLine, group_list
from desktop_app.actions.roll import read_roll
from desktop_app.context import Context
from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Flag, FlagKind, Membership, Pupil
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.running import finish
from tests.support.schools import SmallSchool, pupil
from ui.groups.model import line_words

SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _term(school: SmallSchool, clock: StillClock) -> None:
    """Doyle misses every Friday and half of the Mondays, Kaya everything; both are on free school meals."""
    clock.set(2026, 11, 20, 16, 0)
    with school.context.store.writing(school.context.deed("a term")) as writing:
        writing.marks.add(
            NewMark(key, day, half, "O" if missed(name, day, half is HALVES[0]) else "/" if half is HALVES[0] else "\\")
            for name, key in school.pupils.items()
            for day in read_roll(writing.book).calendar.school_days(SEPTEMBER, TODAY)
            for half in HALVES
        )
        writing.book.put_many(Flag(0, school.pupils[name], FlagKind.FSM, "", SEPTEMBER) for name in ("Doyle", "Kaya"))


def missed(name: str, day: date, morning: bool) -> bool:
    return name == "Kaya" or (name == "Doyle" and (day.weekday() == 4 or (day.weekday() == 0 and morning)))


def lines(context: Context, first: date = SEPTEMBER) -> dict[str, GroupLine]:
    return {line.group.key: line for line in finish(group_list(context, first, TODAY)).lines}


def test_a_group_stands_beside_the_rest_of_the_school(school: SmallSchool) -> None:
    with school.context.store.reading() as reading:
        days = read_roll(reading.book).calendar.school_days(SEPTEMBER, TODAY)
    each = 2 * len(days)
    there = sum(not missed("Doyle", day, morning) for day in days for morning in (True, False))
    line = lines(school.context)["fsm"]
    assert (line.here, line.gone, [child.surname for child, _ in line.members]) == (2, 0, ["Doyle", "Kaya"])
    assert line.attendance == Fraction(100 * there, 2 * each)
    assert (line.rest, line.gap) == (100, Fraction(100 * there, 2 * each) - 100)
    assert (line.told, line.persistent, line.severe) == (2, 2, 1)
    assert (line.small, line.too_early) == (True, False)


def test_the_standing_groups_without_members_are_there_and_empty(school: SmallSchool) -> None:
    found = lines(school.context)
    assert [key for key, line in found.items() if not line.members] == [
        *("pupil-premium", "sen-support", "ehcp", "looked-after", "previously-looked-after", "child-in-need"),
        *("child-protection", "early-help", "social-worker", "young-carer", "eal", "service-child", "medical"),
        *("send", "social-care"),
    ]
    empty = found["looked-after"]
    assert (empty.here, empty.attendance, empty.gap, empty.small, empty.too_early) == (0, None, None, False, False)


def test_of_one_day_the_rate_is_told_and_who_is_persistently_absent_is_not(school: SmallSchool) -> None:
    line = lines(school.context, TODAY)["fsm"]
    assert line.attendance == 0
    assert (line.too_early, line.told, line.persistent, line.severe) == (True, 0, 0, 0)


def test_who_left_counts_in_the_figures_and_is_in_the_list_no_more(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("leaves")) as writing:
        kaya = writing.book.get(Pupil, school.pupils["Kaya"])
        assert kaya is not None
        writing.book.put(replace(kaya, leaving_day=date(2026, 11, 13)))
    line = lines(school.context)["fsm"]
    assert (line.here, line.gone, line.severe) == (1, 1, 1)
    assert line.beside is not None
    (row,) = [one for one in figures(school.context, SEPTEMBER, TODAY, Grouping.GROUP) if one.key == "fsm"]
    assert line.beside.members.figures == row.figures


def test_a_teacher_is_told_of_no_social_care_and_of_own_members_only(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("care")) as writing:
        writing.book.put(Flag(0, school.pupils["Doyle"], FlagKind.LOOKED_AFTER, "", SEPTEMBER))
    teacher = in_role(school.context, Role.TEACHER, "4B")
    found = lines(teacher)
    assert "looked-after" not in found
    assert "social-care" not in found
    assert all(class_name == "4B" for line in found.values() for _, class_name in line.members)
    assert not any(line.here == 0 for line in found.values()), "which groups are not empty is told to who knows all"
    assert "looked-after" in lines(in_role(school.context, Role.DSL))
    with pytest.raises(NotAllowed):
        lines(in_role(school.context, Role.GOVERNOR))


def test_where_a_child_of_another_class_could_be_told_no_figure_is_shown(school: SmallSchool) -> None:
    with school.context.store.writing(school.context.deed("more")) as writing:
        more = writing.book.put_many(pupil(f"Late{n}", "Kit", n) for n in range(10, 25))
        writing.book.put_many(Membership(0, one, "2W", "2", SEPTEMBER) for one in more)
        in_choir = (school.pupils["Doyle"], school.pupils["Kaya"], more[0])
        writing.book.put_many(Flag(0, one, FlagKind.OTHER, "Choir", SEPTEMBER) for one in in_choir)
        writing.book.put(Flag(0, more[0], FlagKind.OTHER, "Refuge", SEPTEMBER))
    assert lines(school.context)["own:choir"].here == 3
    found = lines(in_role(school.context, Role.TEACHER, "4B"))
    choir = found["own:choir"]
    assert (choir.beside, choir.attendance, choir.gap, choir.small) == (None, None, None, False)
    assert (choir.here, [child.surname for child, _ in choir.members]) == (2, ["Doyle", "Kaya"])
    assert "own:refuge" not in found
    assert line_words(choir, 40) == "Of so few outside your own classes no figure is shown to you."
