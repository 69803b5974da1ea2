"""The calendar changed after marks exist: what would come of it is said first, and is what then comes of it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.register import fill_present, write
from desktop_app.actions.register_checks import Edit
from desktop_app.actions.school_year import periods, preview_period, put_period, remove_period
from desktop_app.actions.settle import settle
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Period, PeriodKind
from desktop_app.domain.sessions import Half, Session
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool

FRIDAY = date(2026, 11, 20)
AM, PM = Session(FRIDAY, Half.AM), Session(FRIDAY, Half.PM)


def codes(school: SmallSchool, surname: str) -> list[str]:
    with school.context.store.reading() as reading:
        return [one.code for one in reading.marks.between(FRIDAY, FRIDAY, [school.pupils[surname]])]


def possible(school: SmallSchool) -> int:
    return figures(school.context, FRIDAY, FRIDAY, Grouping.SCHOOL)[0].figures.possible


def test_a_closure_over_marks_says_how_many_no_longer_count(school: SmallSchool) -> None:
    fill_present(school.context, "4B", AM)
    polling = Period(0, PeriodKind.CLOSURE, "Polling day", FRIDAY, FRIDAY)
    effect = preview_period(school.context, polling)
    assert effect.words == ("6 marks would no longer count (nothing is deleted): 4B 6 (Fri 20 Nov 2026 AM).",)
    assert possible(school) == 6
    key, done, _ = put_period(school.context, polling)
    assert done == effect
    assert possible(school) == 0
    assert codes(school, "Kaya") == ["/"], "the mark stays in the register's history"
    again, _ = remove_period(school.context, key)
    assert again.words[0] == "6 marks would count again: 4B 6 (Fri 20 Nov 2026 AM)."
    assert possible(school) == 6


def test_snow_in_the_morning_is_in_every_register_at_once(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 13, 40)
    write(school.context, [Edit(school.pupils["Kaya"], AM, "/")])
    write(school.context, [Edit(school.pupils["Doyle"], AM, "N")])
    snow = Period(0, PeriodKind.SITE_CLOSED, "Snow", FRIDAY, FRIDAY)
    effect = preview_period(school.context, snow)
    assert effect.words[-1] == "2 marks stand there already and would not change."
    put_period(school.context, snow)
    assert codes(school, "Kaya") == ["/"]
    assert codes(school, "Doyle") == ["N"]
    assert codes(school, "Abara") == ["Y4"]
    clock.set(2026, 11, 20, 16, 0)
    settle(school.context)
    assert [codes(school, name) for name in ("Kaya", "Doyle", "Abara")] == [["/", "Y4"], ["N", "Y4"], ["Y4", "Y4"]]
    assert possible(school) == 2


def test_a_part_of_the_site_closes_for_some_classes(school: SmallSchool, clock: StillClock) -> None:
    clock.set(2026, 11, 20, 16, 0)
    put_period(school.context, Period(0, PeriodKind.PART_CLOSED, "Boiler", FRIDAY, FRIDAY, None, (), ("5A",)))
    assert codes(school, "Kaya") == []
    put_period(school.context, Period(0, PeriodKind.PART_CLOSED, "Boiler", FRIDAY, FRIDAY, Half.AM, (), ("4B",)))
    assert codes(school, "Kaya") == ["Y3"]


@pytest.mark.parametrize(("period", "why"), [
    (Period(0, PeriodKind.CLOSURE, "x", FRIDAY, date(2026, 11, 1)), "before it begins"),
    (Period(0, PeriodKind.CLOSURE, "x", FRIDAY, date(2028, 11, 1)), "four hundred days"),
    (Period(0, PeriodKind.SITE_CLOSED, " ", FRIDAY, FRIDAY), "Say why"),
])  # fmt: skip
def test_a_bad_period_is_refused(school: SmallSchool, period: Period, why: str) -> None:
    before = periods(school.context, date(2026, 9, 1), date(2027, 8, 31))
    with pytest.raises(Refused, match=why):
        put_period(school.context, period)
    assert periods(school.context, date(2026, 9, 1), date(2027, 8, 31)) == before
