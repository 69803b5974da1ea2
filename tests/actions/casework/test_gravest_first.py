"""A child who meets several triggers is led to the gravest first, under every pack, and to help before a fine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from db.house import House
from desktop_app.actions.case_page import case_page, proposals_of
from desktop_app.actions.casework import move, open_at
from desktop_app.context import Context
from desktop_app.domain.cases import Proposal, ProposalKind
from desktop_app.domain.rulebook import Rulebook
from tests.support.casework import mark_days
from tests.support.clock import StillClock
from tests.support.schools import fill_school, make_school

OPEN, UP, DO, CONSIDER = ProposalKind.OPEN, ProposalKind.MOVE_UP, ProposalKind.DO, ProposalKind.CONSIDER
Make = Callable[[str, tuple[int, ...]], tuple[Context, int]]


@pytest.fixture
def child(tmp_path: Path, house: House, rulebook: Rulebook) -> Iterator[Make]:
    """A child of a school of that authority who was away, without leave, on those weekdays (0: Monday) since term
    began; it is Monday, 12 October."""
    opened: list[Context] = []

    def make(la: str, absent: tuple[int, ...]) -> tuple[Context, int]:
        context = make_school(
            house, tmp_path / f"{la}.rollbook", rulebook, StillClock(datetime(2026, 10, 12, 9, 0)), la=la
        )
        ryan = fill_school(context, (("Doyle", "Ryan"),))["Doyle"]
        mark_days(context, ryan, date(2026, 9, 3), date(2026, 10, 9), absent=absent)
        opened.append(context)
        return context, ryan

    yield make
    for one in opened:
        one.store.close()


def steps_of(found: tuple[Proposal, ...], kind: ProposalKind) -> list[str]:
    return [one.step for one in found if one.kind is kind and not one.ask]


@pytest.mark.parametrize(
    ("la", "severe", "persistent"),
    [
        ("sefton", "severe.support", "school-panel.panel"),
        ("halton", "support.meetings", "support.meetings"),
        ("windsor-maidenhead", "severe.joint", "persistent.targeted"),
        ("england", "listen-support.joint", "listen-support.plan"),
    ],
)
def test_a_case_is_opened_where_the_gravest_trigger_leads(child: Make, la: str, severe: str, persistent: str) -> None:
    """Each authority names severe absence by itself; a child who is severely absent is persistently absent as well."""
    context, ryan = child(la, (0, 1, 2, 3, 4))
    found = proposals_of(context, ryan)
    assert (found[0].kind, found[0].step, found[0].trigger) == (OPEN, severe, "severe-absence")
    assert persistent in steps_of(found, OPEN) or persistent == severe
    open_at(context, ryan, severe, opened_on="severe-absence")


@pytest.mark.parametrize(
    ("la", "first"),
    [
        ("sefton", "early-help.plan"),
        ("halton", "support.meetings"),
        ("windsor-maidenhead", "persistent.targeted"),
        ("england", "listen-support.plan"),
        ("knowsley", "level-1.school"),
    ],
)
def test_a_child_below_85_is_led_to_the_step_of_its_own_line(child: Make, la: str, first: str) -> None:
    """Sefton: 51–85, “Early Help Plan or multi-agency plan must be in place”; Halton 9.4 has regular meetings with the
    parents of the persistently absent; the second tier of Windsor and Maidenhead begins at 90%."""
    context, ryan = child(la, (0, 1))
    assert (proposals_of(context, ryan)[0].kind, proposals_of(context, ryan)[0].step) == (OPEN, first)


@pytest.mark.parametrize("la", ["sefton", "halton", "windsor-maidenhead", "england", "knowsley"])
@pytest.mark.parametrize("absent", [(0,), (0, 1, 2), (0, 1, 2, 3, 4)])
def test_a_penalty_never_comes_before_help(child: Make, la: str, absent: tuple[int, ...]) -> None:
    """Sefton: “they should consider if support is more appropriate in this case”."""
    fines = {"school-panel.notice", "formal.improvement", "legal.intervention", "enforce.improvement"}
    context, ryan = child(la, absent)
    found = proposals_of(context, ryan)
    assert found[0].kind is OPEN
    assert not fines & set(steps_of(found, OPEN))


def test_what_must_be_done_stands_before_the_way_up_and_the_fine_is_only_considered(child: Make) -> None:
    """A severely absent child whose case was opened at the panel all the same."""
    context, ryan = child("sefton", (0, 1, 2, 3, 4))
    case, _ = open_at(context, ryan, "school-panel.panel")
    found = case_page(context, case).proposals
    ups = [number for number, one in enumerate(found) if one.kind is UP]
    musts = [number for number, one in enumerate(found) if one.must]
    assert musts
    assert max(musts) < min(ups)
    assert steps_of(found, UP)[0] == "severe.support"
    assert "school-panel.notice" in steps_of(found, CONSIDER)
    move(context, case, "severe.support", "severely absent", "the DSL", despite="it cannot wait")
    assert "school-panel.notice" not in [one.step for one in case_page(context, case).proposals]


def test_a_severely_absent_child_in_halton_goes_on_to_the_joint_meeting(child: Make) -> None:
    """9.5: “agree action plans and joint approaches for severely absent pupils”."""
    context, ryan = child("halton", (0, 1, 2, 3, 4))
    case, _ = open_at(context, ryan, "support.meetings", opened_on="severe-absence")
    found = case_page(context, case).proposals
    assert steps_of(found, UP) == ["joint.targeting"]
    assert "formal.improvement" in steps_of(found, CONSIDER)
