"""A school whose type the law gives no penalty notice is not asked for one, and its case does not stick there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_page import case_page, proposals_of
from desktop_app.actions.casework import move, open_at
from desktop_app.context import Context
from desktop_app.domain.cases import ProposalKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from tests.support.casework import mark_days
from tests.support.clock import StillClock
from tests.support.schools import fill_school, make_school

Make = Callable[[str, SchoolType], tuple[Context, int]]
WITHOUT = (SchoolType.INDEPENDENT, SchoolType.NON_MAINTAINED_SPECIAL)


@pytest.fixture
def child(tmp_path: Path, house: House, rulebook: Rulebook) -> Iterator[Make]:
    """A child of a school of that authority and type, away on three days of five."""
    opened: list[Context] = []

    def make(la: str, kind: SchoolType) -> tuple[Context, int]:
        clock = StillClock(datetime(2026, 10, 12, 9, 0))
        context = make_school(house, tmp_path / f"{la}.rollbook", rulebook, clock, la=la)
        ryan = fill_school(context, (("Doyle", "Ryan"),))["Doyle"]
        with context.store.writing(context.deed("type")) as writing:
            writing.book.put(replace(writing.book.school(), type=kind))
        mark_days(context, ryan, date(2026, 9, 3), date(2026, 10, 9), absent=(0, 1, 2))
        opened.append(context)
        return context, ryan

    yield make
    for one in opened:
        one.store.close()


@pytest.mark.parametrize("kind", WITHOUT)
@pytest.mark.parametrize(
    ("la", "penal"),
    [
        ("sefton", "school-panel.notice"),
        ("halton", "formal.improvement"),
        ("england", "enforce.improvement"),
        ("windsor-maidenhead", "legal.intervention"),
    ],
)
def test_nothing_opens_on_the_penalty_threshold(child: Make, la: str, penal: str, kind: SchoolType) -> None:
    context, ryan = child(la, kind)
    assert penal not in [one.step for one in proposals_of(context, ryan)]
    case, _ = open_at(context, ryan, proposals_of(context, ryan)[0].step)
    assert "penalty-threshold" not in [one.trigger for one in case_page(context, case).proposals]


def test_a_maintained_school_is_led_there(child: Make) -> None:
    context, ryan = child("sefton", SchoolType.MAINTAINED)
    assert "school-panel.notice" in [one.step for one in proposals_of(context, ryan)]


@pytest.mark.parametrize("kind", WITHOUT)
def test_an_ask_for_a_notice_says_what_can_be_done_instead_and_holds_nobody_up(child: Make, kind: SchoolType) -> None:
    context, ryan = child("halton", kind)
    case, _ = open_at(context, ryan, "formal.improvement", despite="risk")
    (ask,) = [one for one in case_page(context, case).proposals if one.ask == "notice"]
    assert (ask.kind, ask.must, ask.entry_kind) == (ProposalKind.DO, False, "")
    assert ask.title.startswith("Instead of “Notice to Improve")
    assert "Set the same things out in a letter of concern" in ask.says


@pytest.mark.parametrize("kind", WITHOUT)
def test_a_contract_the_school_cannot_make_is_not_what_a_case_waits_for(child: Make, kind: SchoolType) -> None:
    context, ryan = child("sefton", kind)
    case, _ = open_at(context, ryan, "severe.support")
    move(context, case, "lasap.panel", "no better", "all", despite="tried")
    move(context, case, "lasap.contract", "no better", "all", despite="tried")
    assert not [one.ask for one in case_page(context, case).proposals if one.must]
    move(context, case, "legal.order-considered", "no better", "all")
