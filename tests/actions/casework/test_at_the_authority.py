"""A case that lies with the authority falls due again: it is reviewed, and the authority's answer is asked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_page import case_page
from desktop_app.actions.casework import move, open_at
from desktop_app.domain.cases import ProposalKind
from desktop_app.domain.rulebook import Rulebook
from tests.support.casework import mark_days
from tests.support.clock import StillClock
from tests.support.schools import fill_school, make_school


@pytest.mark.parametrize(
    ("la", "way"),
    [
        ("halton", ("support.meetings", "joint.targeting", "formal.referral")),
        ("windsor-maidenhead", ("persistent.targeted", "legal.intervention")),
        ("england", ("listen-support.plan", "formalise.contract", "enforce.referral")),
    ],
)
def test_three_months_later_it_is_late(
    la: str, way: tuple[str, ...], tmp_path: Path, house: House, rulebook: Rulebook
) -> None:
    clock = StillClock(datetime(2026, 10, 12, 9, 0))
    context = make_school(house, tmp_path / "school.rollbook", rulebook, clock, la=la)
    ryan = fill_school(context, (("Doyle", "Ryan"),))["Doyle"]
    mark_days(context, ryan, date(2026, 9, 3), date(2026, 10, 9), absent=(0, 1))
    case, _ = open_at(context, ryan, way[0])
    for to in way[1:]:
        move(context, case, to, "no better", "the head", despite="tried")
    page = case_page(context, case)
    assert page.review_due == date(2026, 11, 9)
    assert [one.task.due for one in page.owed] == [date(2026, 11, 9)]
    clock.set(2027, 1, 12, 9, 0)
    first = case_page(context, case).proposals
    late = [one for one in first if one.kind is ProposalKind.REVIEW]
    assert [one.due for one in late] == [date(2026, 11, 9)]
    (answer,) = [one for one in first if one.ask == "answer"]
    assert answer.must
    context.store.close()
