"""Which attendance service the school has bought decides what the pack has for it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.actions.attendance_service import attendance_service, change_attendance_service
from desktop_app.actions.case_page import case_page
from desktop_app.actions.casework import move, open_at
from desktop_app.actions.roll import read_roll
from desktop_app.domain.cases import ProposalKind
from desktop_app.domain.casework import Service
from desktop_app.domain.errors import Refused
from tests.support.casework import mark_days
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


@pytest.mark.parametrize(
    ("service", "step"),
    [(Service.LA, "level-2.check"), (Service.OTHER, "level-2.provider"), (Service.NONE, "level-2.own")],
)
def test_knowsley_level_2_is_by_the_service_bought(
    service: Service, step: str, school: SmallSchool, clock: StillClock
) -> None:
    """Practice 34: School setting: LA service agreement / other provider / none decides Knowsley Level 2."""
    context, ryan = school.context, school.pupils["Doyle"]
    assert attendance_service(context) is None
    assert change_attendance_service(context, service)[0]
    assert not change_attendance_service(context, service)[0]
    assert attendance_service(context) is service
    clock.set(2026, 10, 5, 9, 0)
    mark_days(context, ryan, date(2026, 9, 3), date(2026, 11, 6), absent=(0,))
    case, _ = open_at(context, ryan, "level-1.school")
    move(context, case, "level-1.early-help", "no better", "the head", despite="at once")
    clock.set(2026, 11, 6, 15, 30)
    steps = [other for other in ("level-2.check", "level-2.provider", "level-2.own") if other != step]
    for other in steps:
        with pytest.raises(Refused, match="is not for a school with"):
            move(context, case, other, "no better", "the head", despite="at once")
    assert not {one.step for one in case_page(context, case).proposals} & set(steps)
    move(context, case, step, "no better", "the head", despite="at once")
    assert case_page(context, case).state.step == step


@pytest.mark.parametrize(("absent", "prompts"), [(10, True), (9, False)])
def test_seventy_five_per_cent_exactly_prompts_claag(
    absent: int, prompts: bool, school: SmallSchool, clock: StillClock
) -> None:
    """Practice 35: CLAAG: 75 % exactly prompts, 75.1 % does not (here 30 of 40 days, and 31 of 40)."""
    context, ryan = school.context, school.pupils["Doyle"]
    days = [date(2026, 9, 3), date(2026, 11, 5)]
    with context.store.reading() as reading:
        calendar = read_roll(reading.book).calendar
    every = calendar.school_days(*days)[:40]
    mark_days(context, ryan, every[0], every[absent - 1], absent=(0, 1, 2, 3, 4))
    mark_days(context, ryan, every[absent], every[-1])
    clock.set(every[-1].year, every[-1].month, every[-1].day, 15, 40)
    case, _ = open_at(context, ryan, "level-1.school", on=every[5])
    found = [one for one in case_page(context, case).proposals if one.trigger == "neglect-factor"]
    assert [one.step for one in found] == (["level-3.claag"] if prompts else [])
    assert {one.kind for one in found} <= {ProposalKind.CONSIDER, ProposalKind.MOVE_UP}
