"""Explaining a figure: every session in one place, the sums those of the figures, and what makes others differ."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from desktop_app.actions.explain import explain
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.context import Context, as_aware
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.explained import Explained
from desktop_app.domain.people import Flag, FlagKind, Membership, Pattern, Pupil
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.domain.staff import Role, Staff
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FIRST, LAST = date(2026, 10, 19), date(2026, 11, 20)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
STARTED = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _friday(clock: StillClock) -> None:
    clock.set(2026, 11, 20, 12, 30)


def _put(context: Context, *facts: Pupil | Flag | Pattern | Period | Membership) -> None:
    with context.store.writing(context.deed("set up")) as writing:
        for fact in facts:
            writing.book.put(fact)


def _get(school: SmallSchool, surname: str) -> Pupil:
    with school.context.store.reading() as reading:
        child = reading.book.get(Pupil, school.pupils[surname])
    assert child is not None
    return child


def _of(school: SmallSchool, surname: str, last: date = LAST) -> Explained:
    return explain(school.context, Grouping.PUPIL, str(school.pupils[surname]), FIRST, last)


def _mark(school: SmallSchool, dice: random.Random, share: float = 0.8) -> None:
    edits: list[Edit] = []
    with school.context.store.reading() as reading:
        closed = {date(2026, 10, 26) + timedelta(days=n) for n in range(5)}
        assert reading.book.all(Pupil)
    for child in school.pupils.values():
        for day in DAYS:
            for half in HALVES:
                later = day == LAST and half is Half.PM
                if day.weekday() < 5 and day not in closed and not later and dice.random() < share:
                    code = dice.choice(["/\\"[half.ordinal], "/\\"[half.ordinal], "I", "O", "N", "U", "Y6", "D", "M"])
                    edits.append(Edit(child, Session(day, half), code))
    write(school.context, edits, "from the paper")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_every_half_day_has_one_place_and_the_sums_are_the_figures(school: SmallSchool, seed: int) -> None:
    dice = random.Random(seed)
    with school.context.store.writing(school.context.deed("as before")) as writing:
        for name, one in school.pupils.items():
            child = writing.book.get(Pupil, one)
            assert child is not None
            writing.book.put(replace(child, starting_day=date(2022, 9, 5), leaving_day=None))
            assert name
        for pattern in writing.book.all(Pattern):
            writing.book.remove(pattern)
        for period in writing.book.all(Period):
            if period.name == "flood":
                writing.book.remove(period)
    _mark(school, dice)
    late, gone, part = dice.sample(sorted(school.pupils), 3)
    _put(
        school.context,
        replace(_get(school, late), starting_day=dice.choice(DAYS)),
        replace(_get(school, gone), leaving_day=dice.choice(DAYS)),
        Pattern(0, school.pupils[part], "part-time", "".join(dice.choice("011") for _ in range(10)), dice.choice(DAYS)),
        Period(0, PeriodKind.CLOSURE, "flood", day := dice.choice(DAYS), day),
    )
    last = dice.choice([LAST, date(2026, 12, 11)])
    weekdays = sum((FIRST + timedelta(days=n)).weekday() < 5 for n in range((last - FIRST).days + 1))
    rows = {row.pupil.id: row.figures for row in figures(school.context, FIRST, last) if row.pupil}
    for surname, key in school.pupils.items():
        found = _of(school, surname, last)
        codes = Counter({line.code.key: line.sessions for line in found.codes})
        if key in rows:
            assert found.figures == rows[key]
            assert codes == Counter(rows[key].codes)
            unmarked = sum(one.sessions for one in found.left_out if one.why.startswith("no mark yet"))
            assert unmarked == rows[key].unmarked
        assert codes.total() + sum(one.sessions for one in found.left_out) == 2 * weekdays
        counted = sum(line.sessions for line in found.codes if line.code.counts.possible)
        assert counted == found.figures.possible
    whole = explain(school.context, Grouping.SCHOOL, "", FIRST, last)
    assert whole.figures == figures(school.context, FIRST, last, Grouping.SCHOOL)[0].figures
    assert whole.pupils == len(rows)


def test_what_is_said_of_one_child(school: SmallSchool, clock: StillClock) -> None:
    doyle = school.pupils["Doyle"]
    _put(
        school.context,
        replace(_get(school, "Doyle"), starting_day=date(2026, 11, 9), last_school="Elm Street Primary"),
        Membership(0, doyle, "4C", "4", date(2026, 11, 16)),
    )
    days = [date(2026, 11, day) for day in (9, 10, 11, 12, 13, 16, 17)]
    codes = ["/", "/", "I", "N", "D", "O", "Y6"]
    write(school.context, [Edit(doyle, Session(day, Half.AM), code) for day, code in zip(days, codes, strict=True)])
    clock.set(2026, 11, 20, 15, 0)
    write(school.context, [Edit(doyle, Session(days[0], Half.AM), "L", minutes=4)], "came late after all")
    found = _of(school, "Doyle")
    assert found.says[:2] == (
        "2 attended of 5 possible = 40.0%.",
        "Possible = 2 attended + 1 authorised absence + 2 unauthorised absence; other sessions below are in no figure.",
    )
    assert "Missed: 3 of 5 = 60.0%, 1½ days." in found.says
    assert found.dates[0] == "On roll from Mon 9 Nov 2026: nothing before counts."
    assert "In 4C, Year 4, from Mon 16 Nov 2026." in found.dates
    assert any(one.startswith("Once late: L counts as attended") for one in found.says)
    assert found.amended == ("Mon 9 Nov, morning: / became L, by Dr A Rahman on Fri 20 Nov 2026.",)
    said = " ".join(found.elsewhere)
    for words in ("still N", "another school (D)", "without a mark", "came from another school within the year"):
        assert words in said
    assert "sixth form" not in said
    assert "1 session is still N" in said
    left = {one.why: one.sessions for one in found.left_out}
    assert left["the school is closed: half term"] == 10
    assert left["before the starting day, Mon 9 Nov 2026"] == 20


def test_what_differs_by_age_is_said_only_of_whom_it_concerns(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2027, 6, 25, 16, 0)
    _put(
        school.context,
        replace(_get(school, "Doyle"), date_of_birth=date(2011, 8, 31)),
        replace(_get(school, "Kaya"), date_of_birth=date(2022, 1, 1)),
        Membership(0, school.pupils["Kaya"], "N", "N2", STARTED),
    )
    whole = explain(school.context, Grouping.SCHOOL, "", date(2027, 5, 24), date(2027, 6, 25))
    assert "The DfE’s figures leave out 1 pupil in nursery or under five on 31 August." in whole.elsewhere
    assert any("summer term of 1 pupil aged 15" in one for one in whole.elsewhere)
    of_kaya, of_doyle = (
        explain(school.context, Grouping.PUPIL, str(school.pupils[name]), date(2027, 5, 24), date(2027, 6, 25))
        for name in ("Kaya", "Doyle")
    )
    assert of_kaya.elsewhere[0] == ("The DfE’s figures leave this child out: in nursery, or under five on 31 August.")
    assert of_doyle.elsewhere[0].startswith("The DfE leaves out the second half of the summer term of a child aged 15")
    assert not any("1 pupil" in one for found in (of_kaya, of_doyle) for one in found.elsewhere)
    before = explain(school.context, Grouping.SCHOOL, "", date(2027, 4, 12), date(2027, 5, 28))
    assert not any("aged 15" in one for one in before.elsewhere)
    counted = explain(school.context, Grouping.SCHOOL, "", date(2027, 5, 24), date(2027, 6, 25), comparable=True)
    assert counted.pupils == 5
    assert counted.counts.startswith("As the DfE counts")
    assert not any("nursery" in one for one in counted.elsewhere)


def test_as_at_is_the_same_after_amendments_and_says_what_they_made_of_it(
    school: SmallSchool, clock: StillClock
) -> None:
    doyle = school.pupils["Doyle"]
    session = Session(date(2026, 11, 18), Half.AM)
    write(school.context, [Edit(doyle, session, "O")])
    then = as_aware(school.context.now())
    before = _of(school, "Doyle")
    clock.set(2026, 11, 20, 16, 0)
    write(school.context, [Edit(doyle, session, "I")], "a letter from the surgery")
    after = explain(school.context, Grouping.PUPIL, str(doyle), FIRST, LAST, then)
    assert replace(after, amended=()) == replace(before, amended=())
    assert after.amended == ("As recorded now it is 0.0% (0 of 1).",)
    whole = explain(school.context, Grouping.CLASS, "4B", FIRST, LAST, then)
    assert whole.figures.unauthorised == 1
    assert whole.amended == ("As recorded now it is 0.0% (0 of 1).",)


def test_a_group_a_class_and_a_year(school: SmallSchool) -> None:
    _put(school.context, Flag(0, school.pupils["Doyle"], FlagKind.FSM, "", STARTED))
    _mark(school, random.Random(3))
    group = explain(school.context, Grouping.GROUP, "fsm", FIRST, LAST)
    assert (group.title, group.pupils) == ("Free school meals", 1)
    assert group.figures == _of(school, "Doyle").figures
    for by, key in ((Grouping.CLASS, "4B"), (Grouping.YEAR, "4"), (Grouping.PHASE, "Primary")):
        assert explain(school.context, by, key, FIRST, LAST).pupils == 6
    with pytest.raises(Refused, match="nobody in Class 9Z then"):
        explain(school.context, Grouping.CLASS, "9Z", FIRST, LAST)


def test_who_may_ask(school: SmallSchool) -> None:
    governor = replace(school.context, staff=Staff(0, "Mr G Ost", "", Role.GOVERNOR, "ost"), alone=False)
    doyle = str(school.pupils["Doyle"])
    with pytest.raises(NotAllowed):
        explain(governor, Grouping.PUPIL, doyle, FIRST, LAST)
    for by, key in ((Grouping.CLASS, "4B"), (Grouping.SCHOOL, "")):
        with pytest.raises(NotAllowed):
            explain(governor, by, key, FIRST, LAST)
    vale = Staff(0, "Ms T Vale", "", Role.TEACHER, "vale", classes=("5A",))
    with pytest.raises(Refused, match="sees only the children of 5A"):
        explain(replace(school.context, staff=vale, alone=False), Grouping.PUPIL, doyle, FIRST, LAST)
