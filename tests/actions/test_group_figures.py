"""Figures of groups, held against a naive count of the same marks; who is shown which."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.explain import explain, whom
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.group_figures import group_figures, whole_school
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.context import Context, as_aware
from desktop_app.domain.codes import Counts
from desktop_app.domain.errors import Refused
from desktop_app.domain.groups import Tally
from desktop_app.domain.people import Flag, FlagKind, Membership, Pupil
from desktop_app.domain.sessions import HALVES, Session
from desktop_app.domain.staff import Role
from tests.support.clock import StillClock
from tests.support.people import in_role
from tests.support.schools import SmallSchool, pupil

FIRST, LAST = date(2026, 11, 9), date(2026, 11, 20)
DAYS = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17, 18, 19, 20)]
KINDS = (
    FlagKind.FSM,
    FlagKind.EHCP,
    FlagKind.SEN_SUPPORT,
    FlagKind.CHILD_PROTECTION,
    FlagKind.ETHNICITY,
    FlagKind.OTHER,
)
VALUES = {FlagKind.ETHNICITY: ("WBRI", "apkn"), FlagKind.OTHER: ("Breakfast club", "breakfast  Club", "Choir")}


@pytest.fixture(autouse=True)
def _after_school(clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)


def _put(context: Context, *flags: Flag) -> None:
    with context.store.writing(context.deed("flags")) as writing:
        writing.book.put_many(flags)


def _mark_at_random(school: SmallSchool, dice: random.Random) -> None:
    edits = [
        Edit(child, Session(day, half), dice.choice(["/", "/", "/", "I", "O", "L", "Y6"]))
        for child in school.pupils.values()
        for day in DAYS
        for half in HALVES
        if dice.random() < 0.8
    ]
    present = {half: "/\\"[half.ordinal] for half in HALVES}
    write(
        school.context,
        [replace(one, code=present[one.session.half]) if one.code == "/" else one for one in edits],
        "a second look",
    )


def _naive(school: SmallSchool, members: set[int]) -> tuple[int, ...]:
    """Pupils, counted, possible, attended, persistent, severe: mark by mark."""
    codes = school.context.rulebook.codes
    possible: Counter[int] = Counter()
    attended: Counter[int] = Counter()
    with school.context.store.reading() as reading:
        for mark in reading.marks.on(DAYS):
            if mark.pupil in members:
                kind = codes[mark.code].counts
                possible[mark.pupil] += kind not in (Counts.NOT_POSSIBLE, Counts.NOT_COUNTED)
                attended[mark.pupil] += kind in (Counts.PRESENT, Counts.APPROVED)
    missed = {key: possible[key] - attended[key] for key in members}
    with_any = [key for key in members if possible[key]]
    return (
        len(members),
        len(with_any),
        sum(possible.values()),
        sum(attended.values()),
        sum(missed[key] * 10 >= possible[key] for key in with_any),
        sum(missed[key] * 2 >= possible[key] for key in with_any),
    )


def _told(tally: Tally) -> tuple[int, ...]:
    counts = tally.figures
    return tally.pupils, tally.counted, counts.possible, counts.attended, tally.persistent, tally.severe


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_groups_agree_with_a_naive_count(school: SmallSchool, seed: int) -> None:
    dice = random.Random(seed)
    _mark_at_random(school, dice)
    with school.context.store.writing(school.context.deed("again")) as writing:
        for old in writing.book.all(Flag):
            writing.book.remove(old)
    flags: list[Flag] = []
    for child in school.pupils.values():
        for kind in KINDS:
            if dice.random() < 0.5:
                begins = date(2026, 11, dice.randint(1, 25))
                ends = dice.choice([None, date(2026, 11, dice.randint(begins.day, 28))])
                flags.append(Flag(0, child, kind, dice.choice(VALUES.get(kind, ("",))), begins, ends))
    _put(school.context, *flags)

    def key(flag: Flag) -> str:
        if flag.kind is FlagKind.OTHER:
            return "own:choir" if "Choir" in flag.value else "own:breakfast club"
        return f"ethnicity:{flag.value.upper()}" if flag.kind is FlagKind.ETHNICITY else flag.kind.value

    members: dict[str, set[int]] = {}
    for flag in flags:
        if flag.first <= LAST and (flag.last is None or flag.last >= LAST):
            members.setdefault(key(flag), set()).add(flag.pupil)
    if "ehcp" in members and "sen-support" in members:
        members["sen-support"] -= members["ehcp"]
        if not members["sen-support"]:
            del members["sen-support"]
    if send := members.get("ehcp", set()) | members.get("sen-support", set()):
        members["send"] = send
    if "child-protection" in members:
        members["social-care"] = members["child-protection"]
    everyone = set(school.pupils.values())
    found = {one.group.key: one for one in group_figures(school.context, FIRST, LAST)}
    assert set(found) == set(members) | {"sex:F", "sex:M"}
    for name, of in members.items():
        assert _told(found[name].members) == _naive(school, of)
        assert _told(found[name].rest) == _naive(school, everyone - of)
    assert _told(whole_school(school.context, FIRST, LAST)) == _naive(school, everyone)
    rows = {row.key: row for row in figures(school.context, FIRST, LAST, Grouping.GROUP)}
    assert {name: row.figures for name, row in rows.items()} == {
        name: one.members.figures for name, one in found.items()
    }


def test_a_leaver_counts_in_the_groups_of_the_last_day_on_roll(school: SmallSchool) -> None:
    doyle = school.pupils["Doyle"]
    with school.context.store.writing(school.context.deed("leaves")) as writing:
        child = writing.book.get(Pupil, doyle)
        assert child is not None
        writing.book.put(replace(child, leaving_day=date(2026, 11, 12)))
    _put(school.context, Flag(0, doyle, FlagKind.FSM, "", date(2026, 9, 1), date(2026, 11, 12)))
    found = {one.group.key: one for one in group_figures(school.context, FIRST, LAST)}
    assert found["fsm"].members.pupils == 1
    assert found["fsm"].small
    _put(school.context, Flag(0, school.pupils["Kaya"], FlagKind.EAL, "", date(2026, 9, 1), date(2026, 11, 19)))
    assert "eal" not in {one.group.key for one in group_figures(school.context, FIRST, LAST)}


def test_comparable_figures_leave_out_the_young_and_the_summer_of_year_11(
    school: SmallSchool, clock: StillClock
) -> None:
    clock.set(2027, 6, 18, 16, 0)
    with school.context.store.writing(school.context.deed("two more")) as writing:
        four, fifteen = writing.book.put_many(
            [
                pupil("Young", "Ada", 7, date_of_birth=date(2021, 9, 1), starting_day=date(2026, 9, 2)),
                pupil("Old", "Ben", 8, date_of_birth=date(2011, 8, 31), starting_day=date(2026, 9, 2)),
            ]
        )
        writing.book.put_many(
            [Membership(0, four, "R", "R", date(2026, 9, 1)), Membership(0, fifteen, "11A", "11", date(2026, 9, 1))]
        )
    before, after = date(2027, 5, 28), date(2027, 6, 7)
    children = [four, fifteen, school.pupils["Doyle"]]
    edits = [Edit(child, Session(day, half), "I") for child in children for day in (before, after) for half in HALVES]
    write(school.context, edits, "from the paper")
    rows = {row.pupil.id: row for row in figures(school.context, before, after, comparable=True) if row.pupil}
    assert four not in rows
    assert rows[fifteen].figures.authorised == 2
    assert rows[school.pupils["Doyle"]].figures.authorised == 4
    assert whole_school(school.context, before, after).pupils == 8
    assert whole_school(school.context, before, after, comparable=True).pupils == 7
    assert whole_school(school.context, after, after, comparable=True).pupils == 6
    phases = figures(school.context, before, after, Grouping.PHASE)
    assert [(row.key, row.pupils) for row in phases] == [("Primary", 7), ("Secondary", 1)]


def test_as_at_is_the_same_to_the_last_digit_after_amendments(school: SmallSchool, clock: StillClock) -> None:
    _mark_at_random(school, random.Random(1))
    _put(school.context, Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", date(2026, 9, 1)))
    then = as_aware(school.context.now())
    before = group_figures(school.context, FIRST, LAST), group_figures(school.context, FIRST, LAST, comparable=True)
    clock.set(2026, 11, 25, 16, 0)
    _mark_at_random(school, random.Random(2))
    _put(school.context, Flag(0, school.pupils["Kaya"], FlagKind.FSM, "", date(2026, 9, 1)))
    assert group_figures(school.context, FIRST, LAST) != before[0]
    assert group_figures(school.context, FIRST, LAST, then) == before[0]
    assert group_figures(school.context, FIRST, LAST, then, comparable=True) == before[1]


def test_a_teacher_is_shown_no_group_of_social_care_and_a_governor_none_that_is_small(school: SmallSchool) -> None:
    started = date(2026, 9, 1)
    with school.context.store.writing(school.context.deed("more")) as writing:
        more = writing.book.put_many(pupil(f"Late{n}", "Kit", n) for n in range(10, 34))
        writing.book.put_many(Membership(0, one, "4B", "4", started) for one in more)
        writing.book.put_many(Flag(0, one, FlagKind.FSM, "", started) for one in more[:12])
        writing.book.put_many(Flag(0, one, FlagKind.SEN_SUPPORT, "", started) for one in more[:11])
        writing.book.put(Flag(0, more[12], FlagKind.EHCP, "", started))
        writing.book.put(Flag(0, more[13], FlagKind.CHILD_PROTECTION, "", started))
        writing.book.put_many(Flag(0, one, FlagKind.ETHNICITY, "WBRI", started) for one in more[:12])
        writing.book.put_many(Flag(0, one, FlagKind.ETHNICITY, "APKN", started) for one in more[12:])
        writing.book.put_many(Flag(0, one, FlagKind.ETHNICITY, "CHNE", started) for one in school.pupils.values())

    def keys(role: Role, *classes: str) -> set[str]:
        return {one.group.key for one in group_figures(in_role(school.context, role, *classes), FIRST, LAST)}

    head = keys(Role.HEADTEACHER)
    assert {"child-protection", "social-care", "send", "ethnicity:CHNE", "fsm"} <= head
    assert head - keys(Role.TEACHER, "4B") == {"child-protection", "social-care"}
    # The six of Chinese background would be left over by the others, and EHCP by the joined group.
    assert keys(Role.GOVERNOR) == {"fsm", "sen-support", "ethnicity:WBRI", "sex:F", "sex:M"}
    assert keys(Role.TEACHER, "2W") == keys(Role.GOVERNOR)


@pytest.fixture
def two_classes(school: SmallSchool) -> Context:
    """The six of 4B, fifteen of 2W; one of 2W is in the refuge, three of 4B and one of 2W in the choir."""
    started = date(2026, 9, 1)
    with school.context.store.writing(school.context.deed("more")) as writing:
        more = writing.book.put_many(pupil(f"Late{n}", "Kit", n) for n in range(10, 25))
        writing.book.put_many(Membership(0, one, "2W", "2", started) for one in more)
        for key in (*list(school.pupils.values())[:3], more[0]):
            writing.book.put(Flag(0, key, FlagKind.OTHER, "Choir", started))
        writing.book.put(Flag(0, more[0], FlagKind.OTHER, "Refuge", started))
        writing.book.put(Flag(0, school.pupils["Kaya"], FlagKind.OTHER, "Chess", started))
    return school.context


def test_a_class_teacher_is_told_of_no_child_of_another_class(two_classes: Context) -> None:
    def groups(teacher: Context) -> set[str]:
        found = {one.group.key for one in group_figures(teacher, FIRST, LAST)}
        assert {row.key for row in figures(teacher, FIRST, LAST, Grouping.GROUP)} == found
        assert {one.key for one in whom(teacher, FIRST, LAST) if one.by is Grouping.GROUP} == found
        return {one for one in found if one.startswith("own:")}

    assert groups(two_classes) == {"own:chess", "own:choir", "own:refuge"}
    of_4b, of_2w = (in_role(two_classes, Role.TEACHER, one) for one in ("4B", "2W"))
    # Of the choir one child is of the other class: take away one’s own three, and the rest is of that child.
    assert groups(of_4b) == {"own:chess"}
    assert groups(of_2w) == {"own:refuge"}
    with pytest.raises(Refused, match="There is no group"):
        explain(of_4b, Grouping.GROUP, "own:refuge", FIRST, LAST)
    with pytest.raises(Refused, match="There is no group"):
        figures(of_4b, FIRST, LAST, Grouping.SCHOOL, group="Refuge")
    with pytest.raises(Refused, match="a child could be told"):
        figures(of_4b, FIRST, LAST, Grouping.GROUP, group="sex:F")
    # Of their own children a teacher may still ask by any group.
    assert [row.class_name for row in figures(of_4b, FIRST, LAST, group="Choir")] == ["4B"] * 3


def test_a_class_teacher_is_not_shown_a_small_class_of_somebody_else(two_classes: Context) -> None:
    of_4b, of_2w = (in_role(two_classes, Role.TEACHER, one) for one in ("4B", "2W"))
    for by, both in ((Grouping.CLASS, ["2W", "4B"]), (Grouping.YEAR, ["2", "4"])):
        assert [row.key for row in figures(of_4b, FIRST, LAST, by)] == both
        assert [row.key for row in figures(of_2w, FIRST, LAST, by)] == both[:1]
        assert [one.key for one in whom(of_2w, FIRST, LAST) if one.by is by] == both[:1]
    with pytest.raises(Refused, match="one could be told"):
        explain(of_2w, Grouping.CLASS, "4B", FIRST, LAST)
    assert explain(of_4b, Grouping.CLASS, "4B", FIRST, LAST).pupils == 6
    assert [row.key for row in figures(in_role(two_classes, Role.READ_ONLY), FIRST, LAST, Grouping.CLASS)] == [
        "2W",
        "4B",
    ]
